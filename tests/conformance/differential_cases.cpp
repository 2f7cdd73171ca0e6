// Seeded random schemas, changes and questions: the store answers as the memory store does.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <sstream>

#include "crm/stores/memory.hpp"
#include "random_world.hpp"
#include "state.hpp"

namespace crm::conformance {
namespace {

// The reference has unique indexes only: it must not lean on what it is the measure of.
Schema without_speed(Schema schema) {
  for (EntityDef& def : schema.entities)
    std::erase_if(def.indexes, [](const IndexDef& index) { return !index.unique; });
  return schema;
}

class Twins {
 public:
  /// `marks`: units of work also go back to marks within them.
  Twins(const StoreUnderTest& under_test, std::uint64_t seed, bool marks = false)
      : under_test_(under_test),
        with_marks_(marks),
        world_(seed),
        reference_(open_memory_store(without_speed(world_.schema()))),
        tested_(under_test.make(world_.schema())) {}

  /// Changes of each fate, by the first rule that refused them.
  std::map<std::string, int> live(int changes) {
    while (changes_ < changes) {
      unit_of_work();
      if (world_.one_in(4)) REQUIRE(state_of(*tested_) == state_of(*reference_));
      if (under_test_.reopen && world_.one_in(20)) {
        tested_.reset();
        tested_ = under_test_.reopen(world_.schema());
      }
      const auto left = reference_->read();
      const auto right = tested_->read();
      const Version recent = std::max<Version>(0, left->last_change() - 30);
      REQUIRE(right->changes(recent, 0) == left->changes(recent, 0));
      for (int i = 0; i < 4; ++i) ask(*left, *right);
    }
    REQUIRE(state_of(*tested_) == state_of(*reference_));
    return fates_;
  }

 private:
  void unit_of_work() {
    const Stamp stamp{static_cast<Id>(world_.below(5)), instant_of(static_cast<std::int64_t>(world_.below(1000)))};
    const auto left = reference_->write(stamp);
    const auto right = tested_->write(stamp);
    std::vector<Marked> marks;
    for (auto batches = 1 + world_.below(12); batches > 0; --batches) {
      if (world_.one_in(3)) world_.look_around(*left);
      if (with_marks_ && world_.one_in(4)) marks.push_back({left->mark(), right->mark(), state_of(*right, world_.schema())});
      change(*left, *right);
      if (world_.one_in(3)) ask(*left, *right);
      if (!marks.empty() && world_.one_in(2)) end_mark(*left, *right, marks);
    }
    if (world_.one_in(4)) return;  // rolled back
    left->commit();
    right->commit();
  }

  struct Marked {
    int left, right;
    State before;
  };
  /// Goes back to one of the marks, or gives it up.
  void end_mark(Session& left, Session& right, std::vector<Marked>& marks) {
    const std::size_t which = world_.below(marks.size());
    const Marked& marked = marks[which];
    if (world_.one_in(2)) {
      left.release(marked.left);
      right.release(marked.right);
    } else {
      left.undo_to(marked.left);
      right.undo_to(marked.right);
      REQUIRE(state_of(right, world_.schema()) == marked.before);
      ++fates_["gone back"];
      ask(left, right);
    }
    marks.resize(which);
  }

  void change(Session& left, Session& right) {
    Batch batch(left);
    auto changes = 1 + world_.below(4);
    changes_ += static_cast<int>(changes);
    for (; changes > 0; --changes) world_.add_change(batch);
    Batch same = batch.copy_for(right);

    std::vector<Version> expected, versions;
    const Failure refusal = failure_of([&] { expected = batch.apply(); });
    const Failure failure = failure_of([&] { versions = same.apply(); });
    CAPTURE(changes_);
    REQUIRE(failure == refusal);
    REQUIRE(versions == expected);
    ++fates_[refusal.code == Code::ok ? "done" : refusal.rules.at(0)];
  }

  void ask(Session& left, Session& right) {
    Query query = world_.query();
    compare_answers(left, right, query);
    compare_scans(left, right, query);
    if (world_.one_in(2)) compare_next_page(left, right, query);

    const Aggregate aggregate = world_.aggregate();
    Table expected, table;
    const Failure refusal = failure_of([&] { expected = left.aggregate(aggregate); });
    const Failure failure = failure_of([&] { table = right.aggregate(aggregate); });
    INFO(describe(aggregate));
    REQUIRE(failure == refusal);
    REQUIRE(table == expected);
  }

  void compare_answers(Session& left, Session& right, const Query& query) {
    const auto expected = rows(left, query);
    INFO(world_.describe(query));
    const auto answer = rows(right, query);
    REQUIRE(answer == expected);
  }

  /// All rows of the query, in no order.
  void compare_scans(Session& left, Session& right, Query query) {
    query.order.clear();
    query.limit = query.offset = 0;
    auto expected = rows(left, query);
    std::vector<std::vector<Value>> scanned;
    right.scan(query, [&](const Cell* cells) {
      auto& row = scanned.emplace_back();
      for (std::size_t i = 0; i < query.columns.size(); ++i) row.push_back(to_value(cells[i]));
    });
    std::ranges::sort(expected);
    std::ranges::sort(scanned);
    INFO(world_.describe(query));
    REQUIRE(scanned == expected);
  }

  // The page after some row of the whole answer.
  void compare_next_page(Session& left, Session& right, Query query) {
    query.columns.clear();
    for (const Order& order : query.order) query.columns.push_back(order.path);
    query.columns.push_back(kId);
    query.offset = query.limit = 0;
    const auto all = rows(left, query);
    if (all.empty()) return;
    query.after = all[world_.below(all.size())];
    query.limit = static_cast<std::int64_t>(world_.below(5));
    compare_answers(left, right, query);
  }

  [[nodiscard]] std::string describe(const Aggregate& aggregate) const {
    Query query;
    query.entity = aggregate.entity;
    query.filter = aggregate.filter;
    for (const GroupKey& key : aggregate.keys) query.columns.push_back(key.path);
    for (const Measure& measure : aggregate.measures) query.columns.push_back(measure.path);
    std::ostringstream out;
    out << aggregate.keys.size() << " keys, measures";
    for (const Measure& measure : aggregate.measures) out << " " << static_cast<int>(measure.fn);
    return out.str() + ", " + world_.describe(query);
  }

  const StoreUnderTest& under_test_;
  const bool with_marks_;
  RandomWorld world_;
  std::unique_ptr<Store> reference_;
  std::unique_ptr<Store> tested_;
  int changes_ = 0;
  std::map<std::string, int> fates_;
};

const Case kCases[] = {
    {"random changes and questions are answered as by the memory store",
     [](const StoreUnderTest& under_test) {
       std::map<std::string, int> fates;
       for (int world = 0; world < under_test.worlds; ++world) {
         const std::uint64_t of_world = seed() + static_cast<std::uint64_t>(world);
         INFO("CRM_SEED=", of_world);
         for (const auto& [fate, count] : Twins(under_test, of_world).live(under_test.changes)) fates[fate] += count;
       }

       // The run is worth something only if all this has happened, and often; a smaller one than of one whole world sees less.
       const int often = std::min(20, under_test.worlds * under_test.changes / 170);
       for (const char* fate : {"done", "field.required", "field.type", "record.conflict", "record.not_found",
                                "record.referenced", "ref.missing", "unique.taken"}) {
         CAPTURE(fate);
         CHECK(fates[fate] > often);
       }
     }},
    {"random changes, some of them undone to marks, leave what the memory store has",
     [](const StoreUnderTest& under_test) {
       const std::uint64_t of_world = seed() + 1000;
       INFO("CRM_SEED=", of_world);
       const int changes = under_test.changes / 2;
       auto fates = Twins(under_test, of_world, true).live(changes);
       CHECK(fates["gone back"] > changes / 100);
       CHECK(fates["done"] > changes / 100);
     }},
};

}  // namespace

std::span<const Case> differential_cases() { return kCases; }

}  // namespace crm::conformance
