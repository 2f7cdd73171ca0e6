// Who manages whom and what: the tree, the ledger of assignments, dismissals (C7, M6, M7; Definitions, Dismissal).
#include <algorithm>
#include <set>

#include "facts.hpp"

namespace crm::years {
namespace {

bool works(const User& user, Date day) { return (!user.hired || *user.hired <= day) && (!user.dismissed || day < *user.dismissed); }

bool holds(const Assignment& one, Date day) { return (!one.from || *one.from <= day) && (!one.to || day < *one.to); }

void check_tree(const Evening& evening) {
  const auto& users = evening.facts.all<User>();
  for (const auto& [id, user] : users) {
    std::set<UserId> seen{user.id};
    for (UserId at = user.supervisor; at; at = evening.facts.find(at)->supervisor)
      if (!seen.insert(at).second) throw Broken{"cycle", "user " + std::to_string(id) + " is above himself"};
  }
  if (std::ranges::none_of(users, [&](const auto& one) { return one.second.administrator && works(one.second, evening.today); }))
    throw Broken{"administrator", "no administrator is in service"};
}

/// Two main managers on one day; managers after their last day.
void check_ledger(const Evening& evening) {
  std::map<CompanyId, std::vector<const Assignment*>> mains;
  for (const auto& [id, one] : evening.facts.all<Assignment>()) {
    if (one.role == Assignment::Role::main && !(one.to && one.from && *one.to <= *one.from)) mains[one.company].push_back(&one);
    const User& user = *evening.facts.find(one.user);
    const bool never = one.from && one.to && *one.to <= *one.from;
    if (!never && user.dismissed && *user.dismissed <= evening.today && (!one.to || *one.to > *user.dismissed))
      throw Broken{"dismissed", "assignment " + std::to_string(id) + " goes on after user " + std::to_string(user.id.value) + " was dismissed"};
  }
  for (auto& [company, lines] : mains) {
    std::ranges::sort(lines, {}, [](const Assignment* one) { return one->from; });
    for (std::size_t i = 1; i < lines.size(); ++i)
      if (!lines[i - 1]->to || *lines[i - 1]->to > *lines[i]->from)
        throw Broken{"main", "company " + std::to_string(company.value) + " has two main managers on " + to_string(*lines[i]->from)};
  }
}

void check_managers(const Evening& evening) {
  std::map<CompanyId, std::set<Id>> current;
  std::map<UserId, std::pair<std::set<CompanyId>, std::set<CompanyId>>> portfolios;
  for (const auto& [id, one] : evening.facts.all<Assignment>()) {
    if (!holds(one, evening.today) || !works(*evening.facts.find(one.user), evening.today)) continue;
    current[one.company].insert(id);
    if (evening.facts.find(one.company)->status == Company::Status::draft) continue;
    (one.role == Assignment::Role::main ? portfolios[one.user].first : portfolios[one.user].second).insert(one.company);
  }
  std::set<CompanyId> orphans;
  for (const auto& [id, company] : evening.facts.all<Company>()) {
    std::set<Id> got;
    for (const Assignment& one : evening.db.current_managers(company.id, evening.today)) got.insert(one.id.value);
    same("managers", "current managers of company " + std::to_string(id), got, current[company.id]);
    if (company.status == Company::Status::active && current[company.id].empty()) orphans.insert(company.id);
  }
  const auto told = evening.db.orphans(evening.today);
  same("orphans", "companies without a manager", std::set<CompanyId>(told.begin(), told.end()), orphans);
  for (const auto& [id, user] : evening.facts.all<User>()) {
    const Portfolio portfolio = evening.db.portfolio(user.id, evening.today);
    same("portfolio", "main companies of user " + std::to_string(id), portfolio.main, std::ssize(portfolios[user.id].first));
    same("portfolio", "assisted companies of user " + std::to_string(id), portfolio.assistant, std::ssize(portfolios[user.id].second));
  }
}

/// A dismissal to come was carried out by the tick of its day, or tells why not.
void check_planned(const Evening& evening) {
  if (!evening.house.ticked) return;
  const Date ticked = evening.zone.date(*evening.house.ticked);
  for (const auto& [id, planned] : evening.facts.all<PlannedDismissal>())
    if (planned.tick_on && *planned.tick_on <= ticked && planned.version <= evening.house.ticked_at)
      throw Broken{"planned", "the dismissal of user " + std::to_string(planned.user.value) + " on " + to_string(planned.day) + " was not carried out"};
}

}  // namespace

void check_staff(const Evening& evening) {
  check_tree(evening);
  check_ledger(evening);
  check_managers(evening);
  check_planned(evening);
}

}  // namespace crm::years
