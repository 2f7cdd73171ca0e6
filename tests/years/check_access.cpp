// X5: what each user's lists hold is what the table of Definitions, Organisation and access, gives him, read row by row.
#include <set>

#include "facts.hpp"

namespace crm::years {
namespace {

bool within(const std::optional<Date>& from, const std::optional<Date>& to, Date day) { return (!from || *from <= day) && (!to || day < *to); }

class Sight {
 public:
  Sight(const Evening& evening, const User& user) : facts_(evening.facts), today_(evening.today), user_(user) {
    for (const auto& [id, given] : facts_.all<UserRole>())
      if (given.user == user.id && !facts_.find(given.role)->retired) roles_.push_back(*facts_.find(given.role));
    if (roles_.empty()) roles_.emplace_back();
    for (const auto& [id, cell] : facts_.all<UserCell>()) {
      if (cell.user != user.id) continue;
      products_.insert(cell.product);
      follows_.insert(cell.sphere);
    }
    for (const auto& [id, one] : facts_.all<Assignment>())
      if (within(one.from, one.to, today_) && works(one.user)) managers_[one.company].insert(one.user);
    for (const auto& [id, row] : facts_.all<CompanySphere>()) spheres_[row.company].insert(row.sphere);
    for (const auto& [id, line] : facts_.all<EventLine>()) lines_[line.event].insert(line.product);
    for (const auto& [id, watcher] : facts_.all<Watcher>())
      if (watcher.user == user.id) watched_.insert(watcher.event);
    for (const auto& [id, company] : facts_.all<Company>())
      for (const Role& role : roles_)
        if (by(role, company)) whole_.insert(company.id);
  }

  [[nodiscard]] bool sees(const Company& company) const { return user_.administrator || whole_.contains(company.id); }
  [[nodiscard]] bool sees(const Event& event) const {
    if (event.removed) return false;
    if (user_.administrator) return true;
    for (const Role& role : roles_)
      if (by(role, event)) return true;
    return false;
  }
  /// Of the company: "name and contacts, while the event is open".
  [[nodiscard]] bool is_open_for_him(const Event& event) const {
    const bool open = event.state == Event::State::planned || event.state == Event::State::rescheduled;
    return open && !event.removed && (event.executor == user_.id || event.setter == user_.id);
  }

 private:
  [[nodiscard]] bool works(UserId id) const {
    const User& user = *facts_.find(id);
    return within(user.hired, user.dismissed, today_);
  }
  [[nodiscard]] bool is_above(UserId whom) const {
    for (UserId at = facts_.find(whom)->supervisor; at; at = facts_.find(at)->supervisor)
      if (at == user_.id) return true;
    return false;
  }
  /// Departments in which somebody works, with those above them if asked.
  [[nodiscard]] std::set<DepartmentId> departments(UserId whom, bool with_above) const {
    std::set<DepartmentId> found;
    for (const auto& [id, placement] : facts_.all<Placement>()) {
      if (placement.user != whom || !within(placement.from, placement.to, today_)) continue;
      found.insert(placement.department);
      for (DepartmentId at = facts_.find(placement.department)->parent; at && with_above; at = facts_.find(at)->parent) found.insert(at);
    }
    return found;
  }
  [[nodiscard]] bool covers(const Role& role, UserId whom) const {
    if (whom == user_.id) return true;
    if (role.scope == Role::Scope::own) return false;
    if (is_above(whom)) return true;
    if (role.scope != Role::Scope::department) return false;
    const auto his = departments(user_.id, false);
    for (DepartmentId one : departments(whom, true))
      if (his.contains(one)) return true;
    return false;
  }
  [[nodiscard]] bool by(const Role& role, const Company& company) const {
    if (role.scope == Role::Scope::all) return true;
    const auto managers = managers_.find(company.id);
    if (managers != managers_.end())
      for (UserId manager : managers->second)
        if (covers(role, manager)) return true;
    if (managers == managers_.end() && company.created_by && covers(role, company.created_by)) return true;
    if (role.matrix != Role::Matrix::adds) return false;
    const auto spheres = spheres_.find(company.id);
    if (spheres != spheres_.end())
      for (SphereId sphere : spheres->second)
        for (SphereId at = sphere; at; at = facts_.find(at)->parent)
          if (follows_.contains(at)) return true;
    return false;
  }
  [[nodiscard]] bool by(const Role& role, const Event& event) const {
    if (event.executor == user_.id || event.setter == user_.id) return true;
    bool seen = watched_.contains(event.id) || role.scope == Role::Scope::all || covers(role, event.executor) ||
                (event.setter && covers(role, event.setter));
    if (!seen && !role.own_events && event.company) seen = by(role, *facts_.find(event.company));
    if (!seen || role.matrix != Role::Matrix::narrows) return seen;
    const auto lines = lines_.find(event.id);
    if (lines == lines_.end()) return true;
    for (ProductId product : lines->second)
      if (products_.contains(product)) return true;
    return false;
  }

  const Facts& facts_;
  Date today_;
  const User& user_;
  std::vector<Role> roles_;
  std::set<ProductId> products_;
  std::set<SphereId> follows_;
  std::map<CompanyId, std::set<UserId>> managers_;
  std::map<CompanyId, std::set<SphereId>> spheres_;
  std::map<EventId, std::set<ProductId>> lines_;
  std::set<EventId> watched_;
  std::set<CompanyId> whole_;
};

std::set<Id> listed(Crm& db, EntityNo entity) {
  Query query;
  query.entity = entity;
  query.columns = {kId};
  std::set<Id> found;
  Rows rows = db.select(query);
  while (const Cell* cells = rows.next()) found.insert(cells[0].integer);
  return found;
}

void check_user(const Evening& evening, const User& user) {
  evening.db.act_as(user.id);
  const Sight sight(evening, user);
  const std::string who = " of user " + std::to_string(user.id.value);
  std::set<Id> companies, employees, events, receipts;
  std::set<CompanyId> contacts;
  for (const auto& [id, company] : evening.facts.all<Company>())
    if (sight.sees(company)) companies.insert(id), contacts.insert(company.id);
  for (const auto& [id, event] : evening.facts.all<Event>()) {
    if (sight.sees(event)) events.insert(id);
    if (sight.is_open_for_him(event)) contacts.insert(event.company);
  }
  for (const auto& [id, employee] : evening.facts.all<Employee>())
    if (contacts.contains(employee.company)) employees.insert(id);
  for (const auto& [id, receipt] : evening.facts.all<Receipt>())
    if (companies.contains(receipt.company.value)) receipts.insert(id);
  same("companies", "companies" + who, listed(evening.db, Company::kEntity), companies);
  same("events", "events" + who, listed(evening.db, Event::kEntity), events);
  same("employees", "employees" + who, listed(evening.db, Employee::kEntity), employees);
  same("receipts", "receipts" + who, listed(evening.db, Receipt::kEntity), receipts);
}

}  // namespace

void check_access(const Evening& evening) {
  for (const auto& [id, user] : evening.facts.all<User>())
    if (within(user.hired, user.dismissed, evening.today)) check_user(evening, user);
}

}  // namespace crm::years
