// Group entry of plans (M8): cells, or a total shared out among them, in one transaction.
#include "access.hpp"
#include "crm/rules/distribution.hpp"
#include "plan_fact.hpp"
#include "save.hpp"

namespace crm {
namespace {

void add(Unit& unit, PlanCell& cell) {
  Record record(entity_info(PlanCell::kEntity), to_row(cell));
  if (unit.actor) unit.access().check_write(nullptr, record);
  save_record(unit, record);
  unit.flush();
  cell = from_row<PlanCell>(record.row);
}

/// What a list does not divide stays as in the whole.
template <class T>
std::vector<T> list_or(const std::vector<T>& list, const T& whole) {
  return list.empty() ? std::vector{whole} : list;
}

std::vector<PlanCell> outline(const PlanShare& share) {
  const PlanCell& total = share.total;
  std::vector<std::pair<std::optional<Date>, std::optional<Date>>> periods(share.periods.begin(), share.periods.end());
  if (periods.empty()) periods.emplace_back(total.from, total.to);
  const auto users = list_or(share.users, total.user);
  const auto products = list_or(share.products, total.product);
  const auto types = list_or(share.types, total.type);
  double size = 1;
  for (const std::size_t factor : {users.size(), products.size(), types.size(), periods.size()}) size *= static_cast<double>(factor);
  if (size > static_cast<double>(PlanShare::kMostCells))
    refuse(Code::invalid_argument, {"field.range", PlanCell::kEntity, 0, 0, "", "plan cells: " + std::to_string(PlanShare::kMostCells) + " at most"});
  std::vector<PlanCell> cells;
  PlanCell cell = total;
  cell.id = {};
  cell.version = 0;
  cell.made_at.reset();
  for (const UserId user : users)
    for (const ProductId product : products)
      for (const EventTypeId type : types)
        for (const auto& [from, to] : periods) {
          cell.user = user;
          if (user) cell.department = {};
          cell.product = product;
          cell.type = type;
          cell.from = from;
          cell.to = to;
          cells.push_back(cell);
        }
  return cells;
}

/// The facts of `days` of each cell: of its user or department, its product and type where it has one.
std::vector<std::int64_t> facts_of(Unit& unit, const std::vector<PlanCell>& cells, const std::pair<Date, Date>& time) {
  const PlanCell& first = cells.front();
  PlanFactQuery query;
  query.from = time.first;
  query.to = time.second;
  query.measures = {first.measure};
  query.by = {bool(first.department), bool(first.user), bool(first.product), bool(first.type)};
  std::map<PlanFactKey, std::int64_t> facts;
  for (const PlanFactRow& row : plan_fact_of(unit, query).table.rows) facts[row.key] = std::max(std::int64_t{0}, row.fact);
  std::vector<std::int64_t> weights;
  for (const PlanCell& cell : cells) {
    PlanFactKey key{cell.measure, cell.amount ? cell.amount->currency : Currency(), {}, {}, {}, {}};
    if (cell.department) key.department = cell.department;
    if (cell.user) key.user = cell.user;
    if (cell.product) key.product = cell.product;
    if (cell.type) key.type = cell.type;
    weights.push_back(facts[key]);
  }
  return weights;
}

std::vector<std::int64_t> weights_of(Unit& unit, const PlanShare& share, const std::vector<PlanCell>& cells) {
  const auto wrong = [&](const char* rule) {
    refuse(Code::invalid_argument,
           {rule, PlanCell::kEntity, 0, 0, std::to_string(share.weights.size()), std::to_string(cells.size())});
  };
  if (!share.weights.empty() && share.facts_of) wrong("M8.one_way");
  if (share.facts_of) return facts_of(unit, cells, *share.facts_of);
  if (share.weights.empty()) return std::vector<std::int64_t>(cells.size(), 1);
  if (share.weights.size() != cells.size()) wrong("M8.weights");
  return share.weights;
}

}  // namespace

std::vector<PlanCell> Crm::set_plans(std::span<const PlanCell> cells) {
  return writing(*state_, [&](Unit& unit) {
    std::vector<PlanCell> made(cells.begin(), cells.end());
    for (PlanCell& cell : made) add(unit, cell);
    for (PlanCell& cell : made) unit.take_version(cell);
    return made;
  });
}

std::vector<PlanCell> Crm::share_plan(const PlanShare& share) {
  const auto total = number_of(share.total);
  if (!total) refuse(Code::invalid_argument, {"M8.no_total", PlanCell::kEntity, 0, 0, "", ""});
  return writing(*state_, [&](Unit& unit) {
    PlanShare whole = share;
    if (auto& amount = whole.total.amount; amount && !amount->currency) amount->currency = unit.organisation().currency;
    std::vector<PlanCell> cells = outline(whole);
    const Distribution shared = distribute(*total, weights_of(unit, whole, cells));
    if (shared.refused) refuse(Code::refused, *shared.refused);
    for (std::size_t i = 0; i < cells.size(); ++i) {
      set_number(cells[i], shared.parts[i]);
      add(unit, cells[i]);
    }
    for (PlanCell& cell : cells) unit.take_version(cell);
    return cells;
  });
}

}  // namespace crm
