#include "main_managers.hpp"

#include <algorithm>

#include "analytics/analytics.hpp"

namespace crm {
namespace {

DateRange range_of(const Cell& from, const Cell& to) {
  DateRange range;
  if (!from.is_null()) range.from = date_of(from.integer);
  if (!to.is_null()) range.to = date_of(to.integer);
  return range;
}

}  // namespace

ManagerLedger ManagerLedger::read(Unit& unit) {
  ManagerLedger out;
  Query query;
  query.entity = Assignment::kEntity;
  query.columns = {Assignment::kCompany, Assignment::kUser, Assignment::kFrom, Assignment::kTo};
  query.filter = where::eq(Assignment::kRole, static_cast<Id>(Assignment::Role::main));
  const auto lines = unit.session.select(query);
  while (const Cell* cells = lines->next())
    out.ledger_[cells[0].as_integer()].push_back({{cells[1].as_integer()}, range_of(cells[2], cells[3])});
  const auto read_service = [&](EntityNo entity, FieldNo user, FieldNo from, FieldNo to) {
    Query service;
    service.entity = entity;
    service.columns = {user, from, to};
    const auto intervals = unit.session.select(service);
    while (const Cell* cells = intervals->next()) out.service_[{cells[0].as_integer()}].push_back(range_of(cells[1], cells[2]));
  };
  read_service(User::kEntity, kId, User::kHired, User::kDismissed);
  read_service(Employment::kEntity, Employment::kUser, Employment::kFrom, Employment::kTo);
  return out;
}

bool ManagerLedger::in_service_on(UserId user, Date day) const {
  const auto found = service_.find(user);
  return found != service_.end() && std::ranges::any_of(found->second, [&](const DateRange& range) { return range.contains(day); });
}

UserId ManagerLedger::on(CompanyId company, Date day) const {
  const auto found = ledger_.find(company.value);
  if (found == ledger_.end()) return {};
  for (const Line& line : found->second)
    if (line.dates.contains(day) && in_service_on(line.user, day)) return line.user;
  return {};
}

std::size_t ManagerLedger::bytes() const {
  std::size_t sum = bytes_of_nodes(ledger_) + bytes_of_nodes(service_);
  for (const auto& [company, lines] : ledger_) sum += bytes_of(lines);
  return sum;
}

UserId MainManagers::on(CompanyId company, Date day) {
  const auto read = [&] { return ManagerLedger::read(unit_); };
  if (!ledger_) ledger_ = kept_ ? &kept_->managers.get(unit_, kept_->changes, ManagerLedger::kFollowsFrom, read) : &(own_ = read());
  return ledger_->on(company, day);
}

}  // namespace crm
