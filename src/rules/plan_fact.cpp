#include "crm/rules/plan_fact.hpp"

#include <algorithm>
#include <boost/multiprecision/cpp_int.hpp>
#include <limits>
#include <tuple>

#include "plan_total.hpp"

namespace crm {
namespace {

using Measure = PlanCell::Measure;
using Departments = std::vector<DepartmentId>;

bool divides_by_type(Measure measure) { return measure == Measure::events || measure == Measure::amount || measure == Measure::quantity; }
bool divides_by_product(Measure measure) { return measure != Measure::new_companies; }

std::vector<RecordRef> whole_path(const StaffTree& staff, const PlanCell& cell) {
  std::vector<RecordRef> path;
  for (DepartmentId id : cell.user ? staff.path(cell.user) : staff.path(cell.department)) path.push_back({Department::kEntity, id.value});
  if (cell.user) path.push_back({User::kEntity, cell.user.value});
  return path;
}

bool is_below(const Departments& path, DepartmentId department) { return std::ranges::find(path, department) != path.end(); }

/// Nearest, halves away from zero.
std::optional<std::int64_t> rounded(const boost::multiprecision::cpp_int& numerator, std::int64_t denominator) {
  using boost::multiprecision::cpp_int;
  const cpp_int size = abs(numerator);
  cpp_int whole = (size * 2 + denominator) / (cpp_int(denominator) * 2);
  if (whole > std::numeric_limits<std::int64_t>::max()) return {};
  return static_cast<std::int64_t>(numerator < 0 ? cpp_int(-whole) : whole);
}

}  // namespace

Departments StaffTree::path(DepartmentId department) const {
  Departments up;
  for (DepartmentId at = department; at && std::ranges::find(up, at) == up.end();) {
    up.push_back(at);
    const auto parent = parents.find(at);
    at = parent == parents.end() ? DepartmentId{} : parent->second;
  }
  std::ranges::reverse(up);
  return up;
}

Departments StaffTree::path(UserId user) const {
  const auto found = departments.find(user);
  return found == departments.end() ? Departments{} : path(found->second);
}

std::optional<std::int64_t> forecast(std::int64_t fact, const RunRate& rate) {
  if (rate.over) return fact;
  if (rate.passed <= 0) return {};
  return rounded(boost::multiprecision::cpp_int(fact) * rate.days, rate.passed);
}

std::optional<std::int64_t> number_of(const PlanCell& cell) {
  switch (cell.measure) {
    case Measure::events:
    case Measure::new_companies: return cell.events;
    case Measure::quantity: return cell.quantity ? std::optional(cell.quantity->millionths) : std::nullopt;
    case Measure::amount:
    case Measure::receipts:
    case Measure::shipments: break;
  }
  return cell.amount ? std::optional(cell.amount->minor) : std::nullopt;
}

void set_number(PlanCell& cell, std::int64_t number) {
  switch (cell.measure) {
    case Measure::events:
    case Measure::new_companies: cell.events = number; return;
    case Measure::quantity: cell.quantity = Decimal{number}; return;
    case Measure::amount:
    case Measure::receipts:
    case Measure::shipments: break;
  }
  cell.amount = Money{number, cell.amount ? cell.amount->currency : Currency()};
}

std::vector<PlanCell> plans_in_force(std::span<const PlanCell> versions, Instant at) {
  std::vector<const PlanCell*> made;
  for (const PlanCell& cell : versions)
    if (cell.made_at <= at) made.push_back(&cell);
  std::ranges::sort(made, [](const PlanCell* a, const PlanCell* b) { return std::tie(a->made_at, a->id) < std::tie(b->made_at, b->id); });
  using Cell = std::tuple<Measure, UserId, DepartmentId, std::optional<Date>, std::optional<Date>, ProductId, EventTypeId>;
  std::map<Cell, std::map<Currency, const PlanCell*>> last;
  for (const PlanCell* cell : made) {
    auto& by_currency = last[{cell->measure, cell->user, cell->department, cell->from, cell->to, cell->product, cell->type}];
    if (number_of(*cell)) {
      by_currency[cell->amount ? cell->amount->currency : Currency()] = cell;
    } else {
      by_currency.clear();
    }
  }
  std::vector<PlanCell> out;
  for (const auto& [cell, by_currency] : last)
    for (const auto& [currency, version] : by_currency) out.push_back(*version);
  return out;
}

bool in_scope(const PlanScope& scope, UserId user, const StaffTree& staff) {
  if (scope.user && scope.user != user) return false;
  return !scope.department || is_below(staff.path(user), scope.department);
}

bool counts_in(const PlanFactKey& key, const CountedFact& fact, const StaffTree& staff) {
  if (key.measure != fact.measure || key.currency != fact.currency) return false;
  if (key.user.value_or(fact.user) != fact.user || key.product.value_or(fact.product) != fact.product) return false;
  if (key.type.value_or(fact.type) != fact.type) return false;
  if (!key.department) return true;
  const Departments path = staff.path(fact.user);
  return *key.department ? is_below(path, *key.department) : path.empty();
}

std::size_t PlanFactSheet::KeyHash::operator()(const PlanFactKey& key) const {
  std::uint64_t sum = static_cast<std::uint64_t>(key.measure);
  const auto mix = [&](std::int64_t value) {
    sum = (sum ^ static_cast<std::uint64_t>(value)) * 0x9E3779B97F4A7C15u;
    sum ^= sum >> 32;
  };
  for (char letter : key.currency.letters()) mix(letter);
  mix(key.department ? key.department->value : -1);
  mix(key.user ? key.user->value : -1);
  mix(key.product ? key.product->value : -1);
  mix(key.type ? key.type->value : -1);
  return static_cast<std::size_t>(sum);
}

PlanFactSheet::PlanFactSheet(Asked asked) : asked_(std::move(asked)) {
  const Departments above = asked_.scope.user ? asked_.staff.path(asked_.scope.user) : asked_.staff.path(asked_.scope.department);
  top_ = above.empty() ? 0 : above.size() - 1;
}

const Departments& PlanFactSheet::path_of(UserId user) {
  const auto known = paths_.find(user.value);
  return known != paths_.end() ? known->second : paths_.emplace(user.value, asked_.staff.path(user)).first->second;
}

/// The keys of rows for each department of the path that is shown, or for *none*.
template <class Visit>
void PlanFactSheet::each_key(PlanFactKey key, std::span<const DepartmentId> path, Visit&& visit) const {
  if (!asked_.by.department) return visit(key);
  if (path.size() <= top_) {
    key.department = DepartmentId{};
    return visit(key);
  }
  for (const DepartmentId department : path.subspan(top_)) {
    key.department = department;
    visit(key);
  }
}

void PlanFactSheet::plan(const PlanCell& cell) {
  const bool inside = cell.from >= asked_.from && cell.to <= asked_.to;
  const Departments path = cell.user ? path_of(cell.user) : asked_.staff.path(cell.department);
  const bool of_scope = (!asked_.scope.user || cell.user == asked_.scope.user) &&
                        (!asked_.scope.department || is_below(path, asked_.scope.department));
  if (!inside || !of_scope || !number_of(cell)) return;
  const std::size_t place = cells_.size();
  cells_.push_back(cell);
  PlanFactKey key{cell.measure, cell.amount ? cell.amount->currency : Currency(), {}, {}, {}, {}};
  totals_[key].cells.push_back(place);
  // A coarse cell is in the total, and in no row that is finer than itself.
  const bool of_any_user = asked_.by.user && !cell.user;
  const bool of_any_product = asked_.by.product && !cell.product && divides_by_product(cell.measure);
  const bool of_any_type = asked_.by.type && !cell.type && divides_by_type(cell.measure);
  if (of_any_user || of_any_product || of_any_type) return;
  if (asked_.by.user) key.user = cell.user;
  if (asked_.by.product) key.product = cell.product;
  if (asked_.by.type) key.type = cell.type;
  each_key(key, path, [&](const PlanFactKey& row) { rows_[row].cells.push_back(place); });
}

void PlanFactSheet::count(const CountedFact& fact) {
  const PlanScope& scope = asked_.scope;
  const Departments& path = path_of(fact.user);
  if ((scope.user && scope.user != fact.user) || (scope.department && !is_below(path, scope.department))) return;
  const auto add = [&](Gathered& to) {
    if (fact.measure == Measure::events && to.last_source == fact.source) return;  // once, whatever its products
    to.last_source = fact.source;
    to.fact = checked_sum(to.fact, fact.value);
  };
  PlanFactKey key{fact.measure, fact.currency, {}, {}, {}, {}};
  add(totals_[key]);
  if (asked_.by.user) key.user = fact.user;
  if (asked_.by.product) key.product = fact.product;
  if (asked_.by.type) key.type = fact.type;
  each_key(key, path, [&](const PlanFactKey& row) { add(rows_[row]); });
}

/// Of several cells; the row's department stands `shown` steps down the organisation.
PlanTotal PlanFactSheet::total_of(const PlanFactKey& key, UserId user, std::size_t shown, std::span<const std::size_t> places) const {
  std::vector<PlacedCell> placed;
  for (const std::size_t place : places) placed.push_back({&cells_[place], whole_path(asked_.staff, cells_[place]), *number_of(cells_[place])});
  std::size_t depth = shown;
  if (user) depth = asked_.staff.path(user).size() + 1;
  if (!user && !key.department) depth = asked_.staff.path(asked_.scope.department).size();
  PlacedCells cells;
  for (const PlacedCell& one : placed) cells.push_back(&one);
  return plan_total({depth, key.product.value_or(ProductId{}), key.type.value_or(EventTypeId{}), asked_.from, asked_.to}, cells);
}

PlanFactRow PlanFactSheet::row(const PlanFactKey& key, const Gathered& gathered) const {
  PlanFactRow out;
  out.key = key;
  out.fact = gathered.fact;
  out.additive = key.measure != Measure::events || !asked_.by.product;
  const std::size_t shown = key.department && *key.department ? asked_.staff.path(*key.department).size() : 0;
  if (shown > top_) out.level = static_cast<std::int32_t>(shown - top_ - 1);
  const UserId user = key.user.value_or(asked_.scope.user);
  for (const std::size_t place : gathered.cells)
    if (!out.version || *out.version < cells_[place].made_at) out.version = cells_[place].made_at;
  if (!gathered.cells.empty()) {
    const PlanTotal total = gathered.cells.size() == 1 ? PlanTotal{*number_of(cells_[gathered.cells.front()]), 0, false}
                                                       : total_of(key, user, shown, gathered.cells);
    out.plan = total.sum;
    out.deviation = checked_sum(out.fact, -total.sum);
    if (total.sum != 0) out.attainment = static_cast<double>(out.fact) / static_cast<double>(total.sum);
    if (total.divided) out.undistributed = total.undistributed;
  }
  const auto own = asked_.rates.find(user);
  out.forecast = forecast(out.fact, user && own != asked_.rates.end() ? own->second : asked_.rate);
  return out;
}

PlanFactTable PlanFactSheet::table() const {
  PlanFactTable out;
  const PlanDimensions& by = asked_.by;
  if (by.department || by.user || by.product || by.type) {
    std::vector<const std::pair<const PlanFactKey, Gathered>*> sorted;
    for (const auto& one : rows_) sorted.push_back(&one);
    std::ranges::sort(sorted, {}, [](const auto* one) -> const PlanFactKey& { return one->first; });
    for (const auto* one : sorted) out.rows.push_back(row(one->first, one->second));
  }
  for (const auto& [key, gathered] : totals_) out.totals.push_back(row(key, gathered));
  return out;
}

}  // namespace crm
