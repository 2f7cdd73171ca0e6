// The staff as a list and as cards (M1-M7), and hiring again.
#include <algorithm>
#include <map>

#include "access.hpp"
#include "characteristics.hpp"
#include "crm/base/text.hpp"
#include "crm/rules/dismissal.hpp"
#include "crm/services/filters.hpp"
#include "managers.hpp"
#include "save.hpp"
#include "sizes.hpp"

namespace crm {
namespace {

Filter on_day(FieldNo from, FieldNo to, Date day) {
  return where::all({where::any({where::is_null(from), where::le(from, to_number(day))}),
                     where::any({where::is_null(to), where::gt(to, to_number(day))})});
}

/// Names of all rows of a small directory.
template <class E>
std::map<Id, std::string> names(Unit& unit) {
  std::map<Id, std::string> found;
  for (const E& row : unit.list<E>(where::not_null(kId))) found.emplace(row.id.value, row.name);
  return found;
}

std::string name_in(const std::map<Id, std::string>& all, Id id) {
  const auto found = all.find(id);
  return found == all.end() ? std::string() : found->second;
}

/// The place of each user on the day: of several, the one he came to last.
std::map<Id, Placement> places(Unit& unit, Date day) {
  std::map<Id, Placement> found;
  for (Placement& place : unit.list<Placement>(on_day(Placement::kFrom, Placement::kTo, day), {{Placement::kFrom}}))
    found.insert_or_assign(place.user.value, place);
  return found;
}

/// Companies by user and role, of those who stand in `users`; drafts are no clients.
std::map<Id, Portfolio> portfolios(Unit& unit, const std::vector<Value>& users, Date day) {
  Aggregate count;
  count.entity = Assignment::kEntity;
  count.filter = where::all({where::in(Assignment::kUser, users), where::current_on(day),
                             where::ne({Assignment::kCompany, Company::kStatus}, static_cast<Id>(Company::Status::draft))});
  count.keys = {{Assignment::kUser, {}}, {Assignment::kRole, {}}};
  count.measures = {{Measure::Fn::count_distinct, Assignment::kCompany}};
  limit(unit, count);
  std::map<Id, Portfolio> found;
  for (const auto& row : unit.session.aggregate(count).rows) {
    Portfolio& his = found[to_cell(row[0]).as_integer()];
    const bool main = to_cell(row[1]).as_integer() == static_cast<Id>(Assignment::Role::main);
    (main ? his.main : his.assistant) = to_cell(row[2]).as_integer();
  }
  return found;
}

/// Adds `sign` for each event of the filter to its executor's stored state.
void count_events(Unit& unit, Filter filter, std::int64_t sign, std::map<Id, EventCounts>& counts) {
  Aggregate count;
  count.entity = Event::kEntity;
  count.filter = std::move(filter);
  count.keys = {{Event::kExecutor, {}}, {Event::kState, {}}};
  count.measures = {{Measure::Fn::count, {}}};
  limit(unit, count);
  for (const auto& row : unit.session.aggregate(count).rows) {
    const std::int64_t events = to_cell(row[2]).as_integer();
    auto& states = counts[to_cell(row[0]).as_integer()].states;
    const std::int64_t state = to_cell(row[1]).as_integer();
    if (state < 0 || state > static_cast<Id>(Event::State::cancelled)) continue;  // one that only a later release knows
    states[static_cast<std::size_t>(state)] += sign * events;
    if (sign < 0) states[static_cast<std::size_t>(EffectiveState::overdue)] += events;
  }
}

/// Overdue ones leave their stored state: the effective states partition all events.
std::map<Id, EventCounts> event_counts(Unit& unit, const std::vector<Value>& users) {
  std::map<Id, EventCounts> counts;
  count_events(unit, where::in(Event::kExecutor, users), 1, counts);
  count_events(unit, where::all({where::in(Event::kExecutor, users), where::lt(Event::kDueAt, to_number(unit.now))}), -1, counts);
  return counts;
}

/// Whether somebody works in the department or under it on the day.
std::vector<User> people_of(Unit& unit, const StaffQuery& query, Date day) {
  Filter whose = where::not_null(kId);
  if (query.department) {
    unit.load(query.department);
    std::vector<Value> departments;
    for (Id id : subtree_of(unit.session, Department::kEntity, Department::kParent, query.department.value)) departments.emplace_back(id);
    whose = where::exists(Placement::kEntity, Placement::kUser, kId,
                          {where::in(Placement::kDepartment, std::move(departments)), on_day(Placement::kFrom, Placement::kTo, day)});
  }
  auto users = unit.list<User>(std::move(whose), {{User::kLastName}, {User::kFirstName}});
  if (!query.dismissed) std::erase_if(users, [&](const User& user) { return !served_on(unit, user, day); });
  return users;
}

/// Full names of those who are above somebody of `users`.
std::map<Id, std::string> supervisors_names(Unit& unit, const std::vector<User>& users) {
  std::vector<Value> above;
  for (const User& user : users)
    if (user.supervisor) above.emplace_back(user.supervisor.value);
  std::map<Id, std::string> found;
  for (const User& user : unit.list<User>(where::in(kId, std::move(above))))
    found.emplace(user.id.value, full_name(user.last_name, user.first_name, user.middle_name));
  return found;
}

std::vector<StaffRow> rows_of(Unit& unit, std::vector<User> users, Date day) {
  std::vector<Value> ids;
  for (const User& user : users) ids.emplace_back(user.id.value);
  const auto departments = names<Department>(unit);
  const auto positions = names<Position>(unit);
  const auto places_then = places(unit, day);
  const auto companies = portfolios(unit, ids, day);
  const auto events = event_counts(unit, ids);
  const auto above = supervisors_names(unit, users);
  std::vector<StaffRow> rows;
  for (User& user : users) {
    StaffRow& row = rows.emplace_back();
    const auto place = places_then.find(user.id.value);
    PositionId position = user.position;
    if (place != places_then.end()) {
      row.department = name_in(departments, place->second.department.value);
      if (place->second.position) position = place->second.position;
    }
    row.position = name_in(positions, position.value);
    row.supervisor = name_in(above, user.supervisor.value);
    row.in_service = served_on(unit, user, day);
    if (const auto his = companies.find(user.id.value); his != companies.end() && row.in_service) row.portfolio = his->second;
    if (const auto his = events.find(user.id.value); his != events.end()) row.events = his->second;
    row.user = std::move(user);
  }
  return rows;
}

UserCard read_card(Unit& unit, UserId id, Date day) {
  UserCard card;
  card.row = rows_of(unit, {unit.load(id)}, day).front();
  card.placements = unit.list<Placement>(where::eq(Placement::kUser, id.value), {{Placement::kFrom, true}});
  card.employments = unit.list<Employment>(where::eq(Employment::kUser, id.value), {{Employment::kFrom}});
  card.supervisors = supervisors_of(unit, id);
  for (Id below : unit.ids(User::kEntity, kId, where::eq(User::kSupervisor, id.value))) card.subordinates.push_back({below});
  card.contacts = contact_points(unit, {User::kEntity, id.value});
  std::vector<Filter> on_node{where::eq(ClassifierPlacement::kRecordKind, Id{User::kEntity}), where::eq(ClassifierPlacement::kRecord, id.value)};
  const Access access = unit.access();
  if (auto seen = access.visible(ClassifierPlacement::kEntity)) on_node.push_back(std::move(*seen));
  card.nodes = unit.list<ClassifierNode>(where::exists(ClassifierPlacement::kEntity, ClassifierPlacement::kNode, kId, std::move(on_node)));
  if (!access.is_above(id)) return card;
  card.characteristics = read_characteristics(unit, {User::kEntity, id.value});
  card.documents = unit.list<Document>(where::all({where::eq(Document::kOwnerKind, Id{User::kEntity}), where::eq(Document::kOwner, id.value)}));
  return card;
}

}  // namespace

bool served_on(Unit& unit, const User& user, Date day) {
  if (in_service(user, day)) return true;
  if (!user.hired || day >= *user.hired) return false;
  return !unit.ids(Employment::kEntity, kId,
                   where::all({where::eq(Employment::kUser, user.id.value), on_day(Employment::kFrom, Employment::kTo, day)}))
              .empty();
}

std::vector<StaffRow> Crm::staff(const StaffQuery& query) {
  return reading(*state_, [&](Unit& unit) {
    const Date day = query.day ? *query.day : unit.today();
    return within_limits(limits(), rows_of(unit, people_of(unit, query, day), day));
  });
}

UserCard Crm::user_card(UserId user, std::optional<Date> day) {
  return reading(*state_, [&](Unit& unit) { return read_card(unit, user, day ? *day : unit.today()); });
}

/// A row that a host brought without an end, or one that began while he was out: nothing is given back.
static void end_what_was_left(Unit& unit, const User& user) {
  for (const Assignment& line : unit.list<Assignment>(
           where::all({where::eq(Assignment::kUser, user.id.value),
                       where::any({where::is_null(Assignment::kTo), where::gt(Assignment::kTo, to_number(*user.dismissed))})}))) {
    Assignment ended = line;
    ended.to = std::max(line.from.value_or(*user.dismissed), *user.dismissed);
    ended.end_reason = "dismissed";
    if (ended.to == line.to) continue;  // it never began
    unit.update(line, ended);
    unit.touch(line.company, Unit::Gate::open);
  }
}

User Crm::rehire(UserId id, Date day) {
  return writing(*state_, [&](Unit& unit) {
    const User before = unit.load(id);
    unit.access().check_administrator("rehire");
    if (!before.dismissed || day < *before.dismissed)
      refuse(Code::refused, {"M2.not_dismissed", User::kEntity, User::kDismissed, id.value, before.last_name, to_string(day)});
    Employment earlier;
    earlier.user = id;
    earlier.from = before.hired;
    earlier.to = before.dismissed;
    unit.insert(earlier);
    end_what_was_left(unit, before);
    User after = before;
    after.hired = day;
    after.dismissed.reset();
    unit.update(before, after);
    unit.flush();
    unit.take_version(after);
    return after;
  });
}

}  // namespace crm
