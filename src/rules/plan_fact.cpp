#include "crm/rules/plan_fact.hpp"

#include <algorithm>
#include <boost/multiprecision/cpp_int.hpp>
#include <boost/unordered/unordered_flat_set.hpp>
#include <limits>
#include <tuple>
#include <unordered_map>

#include "plan_total.hpp"

namespace crm {
namespace {

using Measure = PlanCell::Measure;
using Departments = std::vector<DepartmentId>;

bool divides_by_type(Measure measure) { return measure == Measure::events || measure == Measure::amount || measure == Measure::quantity; }
bool divides_by_product(Measure measure) { return measure != Measure::new_companies; }

std::vector<RecordRef> whole_path(const StaffTree& staff, const PlannedNumber& cell) {
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

constexpr std::int64_t kAny = INT64_MIN;  // what is not divided by: below every id

template <class E>
void unpack(std::int64_t number, std::optional<IdOf<E>>& id) {
  if (number != kAny) id = IdOf<E>{number};
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
  constexpr std::int64_t kSmall = std::int64_t{1} << 40;
  if (-kSmall < fact && fact < kSmall && rate.days < 4'000 && rate.passed < 4'000) {
    const std::int64_t twice = std::abs(fact) * rate.days * 2 + rate.passed;
    return (fact < 0 ? -1 : 1) * (twice / (rate.passed * 2));
  }
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

std::vector<PlannedNumber> plans_in_force(std::span<const PlanCell> versions, Instant at) {
  std::vector<const PlanCell*> made;
  for (const PlanCell& cell : versions)
    if (cell.made_at && cell.made_at <= at && cell.from && cell.to) made.push_back(&cell);
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
  std::vector<PlannedNumber> out;
  for (const auto& [cell, by_currency] : last)
    for (const auto& [currency, v] : by_currency)
      out.push_back({v->measure, currency, v->user, v->department, v->product, v->type, *v->from, *v->to, *number_of(*v), *v->made_at});
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

/// The key of a row in a form that is compared and hashed fast, in the same order.
struct PlanFactSheet::LineKey {
  std::int64_t what = 0;  // measure and letters of the currency
  std::int64_t department = kAny, user = kAny, product = kAny, type = kAny;

  friend auto operator<=>(const LineKey&, const LineKey&) = default;

  static LineKey of_total(Measure measure, Currency currency) {
    std::int64_t what = static_cast<std::int64_t>(measure);
    const std::string_view letters = currency.letters();
    for (std::size_t i = 0; i < 3; ++i) what = what << 8 | (letters.empty() ? 0 : letters[i]);
    return {what};
  }

  void to(PlanFactKey& out) const {
    out.measure = static_cast<Measure>(what >> 24);
    if (what & 255) {
      const char letters[] = {static_cast<char>(what >> 16 & 255), static_cast<char>(what >> 8 & 255), static_cast<char>(what & 255)};
      out.currency = Currency({letters, 3});
    }
    unpack(department, out.department);
    unpack(user, out.user);
    unpack(product, out.product);
    unpack(type, out.type);
  }
};

/// A row or a total while plans and facts come in.
struct PlanFactSheet::Line {
  LineKey key;
  std::int64_t fact = 0;
  Id last_source = 0;
  const PlannedNumber* planned = nullptr;
  std::unique_ptr<std::vector<const PlannedNumber*>> more;  // of a number made of several

  void add(const PlannedNumber& one) {
    if (!planned) {
      planned = &one;
      return;
    }
    if (!more) more = std::make_unique<std::vector<const PlannedNumber*>>();
    more->push_back(&one);
  }
  void add(const CountedFact& counted) {
    if (counted.measure == Measure::events && last_source == counted.source) return;  // once, whatever its products
    last_source = counted.source;
    fact = checked_sum(fact, counted.value);
  }
};

struct PlanFactSheet::Gathered {
  struct PlaceHash {
    using is_avalanching = void;
    using is_transparent = void;
    const std::vector<Line>& rows;
    std::size_t operator()(std::uint32_t place) const { return (*this)(rows[place].key); }
    std::size_t operator()(const LineKey& key) const {
      // Each part by a large odd number of its own, all at once.
      const auto mixed = [](std::int64_t part, std::uint64_t by) { return static_cast<std::uint64_t>(part) * by; };
      std::uint64_t sum = mixed(key.what, 0x9E3779B97F4A7C15u) ^ mixed(key.department, 0xC2B2AE3D27D4EB4Fu) ^ mixed(key.user, 0x165667B19E3779F9u) ^
                          mixed(key.product, 0x85EBCA77C2B2AE63u) ^ mixed(key.type, 0x27D4EB2F165667C5u);
      sum = (sum ^ sum >> 32) * 0xD6E8FEB86659FD93u;
      return static_cast<std::size_t>(sum ^ sum >> 32);
    }
  };

  struct PlaceEqual {
    using is_transparent = void;
    const std::vector<Line>& rows;
    bool operator()(std::uint32_t a, std::uint32_t b) const { return rows[a].key == rows[b].key; }
    bool operator()(const LineKey& key, std::uint32_t place) const { return rows[place].key == key; }
    bool operator()(std::uint32_t place, const LineKey& key) const { return rows[place].key == key; }
  };
  std::vector<Line> rows, totals;
  boost::unordered_flat_set<std::uint32_t, PlaceHash, PlaceEqual> places{0, PlaceHash{rows}, PlaceEqual{rows}};  // of rows
  std::unordered_map<Id, Departments> paths;                                                                     // of users

  /// One that is mostly there.
  Line& row(const LineKey& key) {
    const auto known = places.find(key);
    return known != places.end() ? rows[*known] : new_row(key);
  }
  /// One that is mostly new.
  Line& new_row(const LineKey& key) {
    rows.emplace_back().key = key;
    const auto [place, fresh] = places.insert(static_cast<std::uint32_t>(rows.size() - 1));
    if (!fresh) rows.pop_back();
    return rows[*place];
  }
  Line& total(const LineKey& key) {
    const auto found = std::ranges::find(totals, key, &Line::key);
    if (found != totals.end()) return *found;
    totals.emplace_back().key = key;
    return totals.back();
  }
};

PlanFactSheet::PlanFactSheet(Asked asked) : asked_(std::move(asked)), gathered_(std::make_unique<Gathered>()) {
  const Departments above = asked_.scope.user ? asked_.staff.path(asked_.scope.user) : asked_.staff.path(asked_.scope.department);
  top_ = above.empty() ? 0 : above.size() - 1;
}

PlanFactSheet::~PlanFactSheet() = default;

const Departments& PlanFactSheet::path_of(UserId user) {
  const auto known = gathered_->paths.find(user.value);
  return known != gathered_->paths.end() ? known->second : gathered_->paths.emplace(user.value, asked_.staff.path(user)).first->second;
}

/// Of a user, or of nobody's in a department.
bool PlanFactSheet::is_of_scope(UserId user, DepartmentId department) {
  if (asked_.scope.user && user != asked_.scope.user) return false;
  return !asked_.scope.department || is_below(user ? path_of(user) : asked_.staff.path(department), asked_.scope.department);
}

/// The keys of rows for each department that is shown above a user, or above and with a department; or for *none*.
template <class Visit>
void PlanFactSheet::each_key(LineKey key, UserId user, DepartmentId department, Visit&& visit) {
  if (!asked_.by.department) return visit(key);
  const Departments path = user ? path_of(user) : asked_.staff.path(department);
  if (path.size() <= top_) {
    key.department = 0;
    return visit(key);
  }
  for (const DepartmentId shown : std::span(path).subspan(top_)) {
    key.department = shown.value;
    visit(key);
  }
}

void PlanFactSheet::reserve(std::size_t plans) {
  gathered_->rows.reserve(plans);
  gathered_->places.reserve(plans);
}

void PlanFactSheet::plan(const PlannedNumber& cell) {
  const bool inside = cell.from >= asked_.from && cell.to <= asked_.to;
  if (!inside || !is_of_scope(cell.user, cell.department)) return;
  LineKey key = LineKey::of_total(cell.measure, cell.currency);
  gathered_->total(key).add(cell);
  // A coarse cell is in the total, and in no row that is finer than itself.
  const bool of_any_user = asked_.by.user && !cell.user;
  const bool of_any_product = asked_.by.product && !cell.product && divides_by_product(cell.measure);
  const bool of_any_type = asked_.by.type && !cell.type && divides_by_type(cell.measure);
  if (of_any_user || of_any_product || of_any_type) return;
  if (asked_.by.user) key.user = cell.user.value;
  if (asked_.by.product) key.product = cell.product.value;
  if (asked_.by.type) key.type = cell.type.value;
  each_key(key, cell.user, cell.department, [&](const LineKey& row) { gathered_->new_row(row).add(cell); });
}

void PlanFactSheet::count(const CountedFact& fact) {
  if (!is_of_scope(fact.user, {})) return;
  LineKey key = LineKey::of_total(fact.measure, fact.currency);
  gathered_->total(key).add(fact);
  if (asked_.by.user) key.user = fact.user.value;
  if (asked_.by.product) key.product = fact.product.value;
  if (asked_.by.type) key.type = fact.type.value;
  each_key(key, fact.user, {}, [&](const LineKey& row) { gathered_->row(row).add(fact); });
}

/// Of several cells; the row's department stands `shown` steps down the organisation.
PlanTotal PlanFactSheet::total_of(const Line& line, UserId user, std::size_t shown) const {
  std::vector<const PlannedNumber*> cells = *line.more;
  cells.push_back(line.planned);
  if (const auto sum = sum_of_apart(cells)) return {*sum, 0, false};
  std::vector<PlacedCell> placed;
  for (const PlannedNumber* cell : cells) placed.push_back({cell, whole_path(asked_.staff, *cell)});
  PlanFactKey key;
  line.key.to(key);
  std::size_t depth = shown;
  if (user) depth = asked_.staff.path(user).size() + 1;
  if (!user && !key.department) depth = asked_.staff.path(asked_.scope.department).size();
  PlacedCells all;
  for (const PlacedCell& one : placed) all.push_back(&one);
  return plan_total({depth, key.product.value_or(ProductId{}), key.type.value_or(EventTypeId{}), asked_.from, asked_.to}, all);
}

void PlanFactSheet::fill(const Line& line, PlanFactRow& out) const {
  const PlanFactKey& key = out.key;
  line.key.to(out.key);
  out.fact = line.fact;
  out.additive = key.measure != Measure::events || !asked_.by.product;
  const std::size_t shown = key.department && *key.department ? asked_.staff.path(*key.department).size() : 0;
  if (shown > top_) out.level = static_cast<std::int32_t>(shown - top_ - 1);
  const UserId user = key.user.value_or(asked_.scope.user);
  if (line.planned) {
    out.version = line.planned->made_at;
    if (line.more)
      for (const PlannedNumber* one : *line.more) out.version = std::max(*out.version, one->made_at);
    const PlanTotal total = line.more ? total_of(line, user, shown) : PlanTotal{line.planned->number, 0, false};
    out.plan = total.sum;
    out.deviation = checked_sum(out.fact, -total.sum);
    if (total.sum != 0) out.attainment = static_cast<double>(out.fact) / static_cast<double>(total.sum);
    if (total.divided) out.undistributed = total.undistributed;
  }
  const auto own = asked_.rates.find(user);
  out.forecast = forecast(out.fact, user && own != asked_.rates.end() ? own->second : asked_.rate);
}

PlanFactTable PlanFactSheet::table() const {
  const auto rows_of = [&](const std::vector<Line>& lines) {
    std::vector<const Line*> sorted;
    for (const Line& line : lines) sorted.push_back(&line);
    const auto before = [](const Line* a, const Line* b) { return a->key < b->key; };
    const auto planned = std::ranges::is_sorted_until(sorted, before);  // plans mostly come in order, and few facts are without one
    std::ranges::sort(planned, sorted.end(), before);
    std::ranges::inplace_merge(sorted, planned, before);
    std::vector<PlanFactRow> rows;
    rows.reserve(sorted.size());
    for (const Line* line : sorted) fill(*line, rows.emplace_back());
    return rows;
  };
  const PlanDimensions& by = asked_.by;
  PlanFactTable out;
  if (by.department || by.user || by.product || by.type) out.rows = rows_of(gathered_->rows);
  out.totals = rows_of(gathered_->totals);
  return out;
}

}  // namespace crm
