#include <algorithm>
#include <map>
#include <set>

#include "crm/base/error.hpp"
#include "crm/store/store.hpp"

namespace crm {
namespace {

// A sum of any number of 64-bit integers in two limbs: 32-bit compilers have no __int128.
class ExactSum {
 public:
  void add(std::int64_t v) {
    const auto bits = static_cast<std::uint64_t>(v);
    low_ += bits;
    high_ += (low_ < bits ? 1 : 0) + (v < 0 ? -1 : 0);
  }
  [[nodiscard]] std::optional<std::int64_t> value() const {
    const auto v = static_cast<std::int64_t>(low_);
    return high_ == (v < 0 ? -1 : 0) ? std::optional(v) : std::nullopt;
  }

 private:
  std::int64_t high_ = 0;
  std::uint64_t low_ = 0;
};

struct Accumulator {
  std::int64_t count = 0;
  ExactSum integers;
  double reals = 0;
  bool has_real = false;
  Value extreme;
  std::set<Value> distinct;
};

void take(Accumulator& into, const Measure& measure, const Cell& cell) {
  if (cell.is_null()) return;
  ++into.count;
  switch (measure.fn) {
    case Measure::Fn::count: break;
    case Measure::Fn::count_distinct: into.distinct.insert(to_value(cell)); break;
    case Measure::Fn::sum:
      if (cell.kind == Storage::integer) {
        into.integers.add(cell.integer);
      } else {
        into.has_real = true;
        into.reals += cell.as_real();
      }
      break;
    case Measure::Fn::min:
    case Measure::Fn::max: {
      const int side = into.count == 1 ? 0 : compare(cell, to_cell(into.extreme));
      if (into.count == 1 || (measure.fn == Measure::Fn::min ? side < 0 : side > 0)) into.extreme = to_value(cell);
      break;
    }
  }
}

Value result(const Accumulator& of, const Measure& measure, EntityNo entity) {
  switch (measure.fn) {
    case Measure::Fn::count: return of.count;
    case Measure::Fn::count_distinct: return static_cast<std::int64_t>(of.distinct.size());
    case Measure::Fn::min:
    case Measure::Fn::max: return of.extreme;
    case Measure::Fn::sum: break;
  }
  if (of.count == 0) return {};
  const auto whole = of.integers.value();
  if (of.has_real) return of.reals + (whole ? static_cast<double>(*whole) : 0.0);
  if (!whole) throw Error(Code::invalid_argument, {{"money.overflow", entity, measure.path.field, 0, "", ""}});
  return *whole;
}

Value key_of(const GroupKey& key, const Cell& cell) {
  if (key.edges.empty()) return to_value(cell);
  if (cell.kind != Storage::integer) return {};
  const auto above = std::upper_bound(key.edges.begin(), key.edges.end(), cell.integer);
  if (above == key.edges.begin() || above == key.edges.end()) return {};
  return static_cast<std::int64_t>(above - key.edges.begin() - 1);
}

Query rows_of(const Aggregate& aggregate) {
  Query query;
  query.entity = aggregate.entity;
  query.filter = aggregate.filter;
  for (const GroupKey& key : aggregate.keys) query.columns.push_back(key.path);
  for (const Measure& measure : aggregate.measures)
    query.columns.push_back(measure.fn == Measure::Fn::count ? Path(kId) : measure.path);
  return query;
}

}  // namespace

Table fold(Session& session, const Aggregate& aggregate) {
  std::map<std::vector<Value>, std::vector<Accumulator>> groups;
  if (aggregate.keys.empty()) groups[{}].resize(aggregate.measures.size());

  session.scan(rows_of(aggregate), [&](const Cell* cells) {
    std::vector<Value> keys;
    for (const GroupKey& key : aggregate.keys) keys.push_back(key_of(key, *cells++));
    auto& group = groups[std::move(keys)];
    group.resize(aggregate.measures.size());
    for (std::size_t i = 0; i < group.size(); ++i) take(group[i], aggregate.measures[i], cells[i]);
  });

  Table table;
  table.columns = aggregate.keys.size() + aggregate.measures.size();
  for (const auto& [keys, group] : groups) {
    std::vector<Value>& row = table.rows.emplace_back(keys);
    for (std::size_t i = 0; i < group.size(); ++i)
      row.push_back(result(group[i], aggregate.measures[i], aggregate.entity));
  }
  return table;
}

void Session::each_change(Version after, const std::function<bool(const LogLine&)>& take) {
  constexpr std::int64_t kAtOnce = 256;
  for (;;) {
    const std::vector<LogLine> lines = changes(after, kAtOnce);
    for (const LogLine& line : lines)
      if (!take(line)) return;
    if (std::ssize(lines) < kAtOnce) return;
    after = lines.back().seq;
  }
}

void Session::scan(const Query& query, const std::function<void(const Cell*)>& take) {
  const auto cursor = select(query);
  while (const Cell* cells = cursor->next()) take(cells);
}

Table Session::aggregate(const Aggregate& aggregate) { return fold(*this, aggregate); }

int Session::mark() { return 1; }
void Session::undo_to(int /*mark*/) {
  throw Error(Code::unsupported, std::vector<Violation>{{"store.unsupported", 0, 0, 0, "undo_to", "it has no way back"}});
}
void Session::release(int /*mark*/) {}

}  // namespace crm
