#include <doctest/doctest.h>

#include <limits>
#include <utility>

#include "crm/base/error.hpp"
#include "crm/store/store.hpp"

using namespace crm;

namespace {

using Lines = std::vector<std::vector<Value>>;
using Fn = Measure::Fn;

// A session that answers every query with the same rows; their columns are those that fold asks for.
class GivenRows final : public Session {
 public:
  explicit GivenRows(Lines rows) : rows_(std::move(rows)) {}

  std::unique_ptr<Cursor> select(const Query& query) override {
    asked = query;
    return std::make_unique<Steps>(rows_);
  }
  std::optional<Row> find(EntityNo, Id) override { return {}; }
  Id reserve(EntityNo) override { return 0; }
  void apply(std::span<Change>) override {}
  std::vector<LogLine> changes(Version, std::int64_t) override { return {}; }
  std::optional<LogLine> change(Version) override { return {}; }
  std::optional<LogLine> erasure(EntityNo, Id) override { return {}; }
  Version last_change() override { return 0; }
  void commit() override {}

  Query asked;

 private:
  class Steps final : public Cursor {
   public:
    explicit Steps(const Lines& rows) : rows_(rows) {}
    const Cell* next() override {
      if (at_ == rows_.size()) return nullptr;
      cells_.clear();
      for (const Value& value : rows_[at_]) cells_.push_back(to_cell(value));
      ++at_;
      return cells_.data();
    }

   private:
    const Lines& rows_;
    std::vector<Cell> cells_;
    std::size_t at_ = 0;
  };
  Lines rows_;
};

Aggregate aggregate(std::vector<GroupKey> keys, std::vector<Measure> measures) {
  return {4, {}, std::move(keys), std::move(measures)};
}

}  // namespace

TEST_CASE("fold asks for the columns of its keys and measures, under the same filter") {
  GivenRows session({});
  Aggregate what = aggregate({{5, {}}}, {{Fn::count, {}}, {Fn::sum, {6, 7}}});
  what.filter = where::eq(8, 1);

  fold(session, what);

  CHECK(session.asked.entity == 4);
  CHECK((session.asked.columns == std::vector<Path>{5, kId, {6, 7}}));
  CHECK(session.asked.filter->op == Filter::Op::eq);
  CHECK(session.asked.limit == 0);
}

TEST_CASE("groups come in the order of their keys with what was measured") {
  GivenRows session({{"b", 1, 10, 10}, {"a", 2, 5, 5}, {"b", 3, Value(), Value()}, {Value(), 4, 7, 7}});

  const Table table = fold(session, aggregate({{5, {}}}, {{Fn::count, {}}, {Fn::sum, 6}, {Fn::max, 6}}));

  CHECK(table.columns == 4);
  CHECK((table.rows == Lines{{Value(), 1, 7, 7}, {"a", 1, 5, 5}, {"b", 2, 10, 10}}));
}

TEST_CASE("nothing folded is one row without keys and none with keys") {
  GivenRows session({});
  const std::vector<Measure> measures{{Fn::count, {}}, {Fn::count_distinct, 6}, {Fn::sum, 6}, {Fn::min, 6}};

  CHECK((fold(session, aggregate({}, measures)).rows == Lines{{0, 0, Value(), Value()}}));
  CHECK(fold(session, aggregate({{5, {}}}, measures)).rows.empty());
}

TEST_CASE("a bucket begins at its edge and ends before the next one") {
  GivenRows session({{9}, {10}, {19}, {20}, {29}, {30}, {Value()}, {15.0}});

  const Table table = fold(session, aggregate({{5, {10, 20, 30}}}, {}));

  CHECK((table.rows == Lines{{Value()}, {0}, {1}}));
}

TEST_CASE("one edge makes no bucket") {
  GivenRows session({{9, 1}, {10, 2}, {11, 3}});

  CHECK((fold(session, aggregate({{5, {10}}}, {{Fn::count, {}}})).rows == Lines{{Value(), 3}}));
}

TEST_CASE("a sum is exact, and refused only when the result does not fit") {
  constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
  constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();
  const std::vector<Measure> sum{{Fn::sum, 6}};
  const auto sum_of = [&](const Lines& rows) {
    GivenRows session(rows);
    return fold(session, aggregate({}, sum)).rows.front().front();
  };

  CHECK((sum_of({{most}, {1}, {-1}}) == Value(most)));
  CHECK((sum_of({{least}, {-1}, {1}}) == Value(least)));
  CHECK((sum_of({{most}, {most}, {least}, {least}}) == Value(-2)));
  CHECK((sum_of({{-1}, {-1}}) == Value(-2)));
  for (const Lines& rows :
       {Lines{{most}, {1}}, Lines{{least}, {-1}}, Lines{{least}, {least}}, Lines{{most}, {most}, {2}}}) {
    try {
      sum_of(rows);
      FAIL("it does not fit");
    } catch (const Error& error) {
      CHECK(error.code() == Code::invalid_argument);
      CHECK(error.refused_by("money.overflow"));
      CHECK(error.violations().front().field == 6);
    }
  }
}

TEST_CASE("reals are added as reals") {
  GivenRows session({{0.5}, {0.25}, {Value()}});

  CHECK((fold(session, aggregate({}, {{Fn::sum, 6}})).rows == Lines{{0.75}}));
}

TEST_CASE("distinct counts each value once, min and max compare text by its bytes") {
  GivenRows session({{"б", "б", "б"}, {"а", "а", "а"}, {"б", "б", "б"}, {Value(), Value(), Value()}});

  const Table table = fold(session, aggregate({}, {{Fn::count_distinct, 6}, {Fn::min, 6}, {Fn::max, 6}}));

  CHECK((table.rows == Lines{{2, "а", "б"}}));
}

TEST_CASE("a session that pushes nothing down folds") {
  GivenRows session({{1}, {2}});
  Session& plain = session;

  CHECK((plain.aggregate(aggregate({}, {{Fn::count, {}}})).rows == Lines{{2}}));
}
