// Managers of companies, supervisors and dismissal (C7, C13, M6).
#include <algorithm>

#include "crm/rules/dismissal.hpp"
#include "crm/services/filters.hpp"
#include "access.hpp"
#include "managers.hpp"
#include "notices.hpp"
#include "save.hpp"
#include "sizes.hpp"

namespace crm {
namespace {

/// from ≤ day < to, or later.
Filter current_or_later(Date day) {
  return where::any({where::is_null(Assignment::kTo), where::gt(Assignment::kTo, to_number(day))});
}

Filter open_events_of(UserId user) {
  std::vector<Value> states;
  for (auto state : {Event::State::planned, Event::State::rescheduled, Event::State::postponed})
    states.emplace_back(static_cast<Id>(state));
  return where::all({where::eq(Event::kExecutor, user.value), where::in(Event::kState, std::move(states)),
                     where::eq(Event::kRemoved, Id{0})});
}

/// The nearest one above who is in service.
std::optional<User> supervisor_in_service(Unit& unit, const DismissalFacts& facts) {
  for (UserId id : supervisors_of(unit, facts.user.id)) {
    User above = unit.load(id);
    if (may_take_over(above, facts.day, facts.carried_out)) return above;
  }
  return {};
}

DismissalFacts gather(Unit& unit, UserId user, Date day, UserId successor, bool to_successor) {
  DismissalFacts facts;
  facts.user = unit.load(user);
  facts.day = day;
  if (day < unit.today()) facts.carried_out = unit.today();
  if (successor) {
    facts.successor = unit.load(successor);
    facts.above_successor = supervisors_of(unit, successor);
  }
  facts.supervisor = supervisor_in_service(unit, facts);
  facts.subordinates_to_successor = to_successor;
  if (facts.user.administrator) {
    const auto others = unit.list<User>(where::all({where::eq(User::kAdministrator, Id{1}), where::ne(kId, user.value)}));
    facts.last_administrator = std::ranges::none_of(others, [&](const User& u) { return may_take_over(u, day, facts.carried_out); });
  }
  facts.assignments = unit.list<Assignment>(where::all({where::eq(Assignment::kUser, user.value), current_or_later(day)}));
  for (const Assignment& line : facts.assignments)
    for (Assignment& other : unit.list<Assignment>(where::all({where::eq(Assignment::kCompany, line.company.value),
                                                               where::ne(Assignment::kUser, user.value), where::current_on(day)})))
      if (may_take_over(unit.load(other.user), day, facts.carried_out)) facts.colleagues.push_back(std::move(other));
  facts.events = unit.list<Event>(open_events_of(user));
  facts.subordinates = unit.list<User>(where::eq(User::kSupervisor, user.value));
  return facts;
}

void check_in_service(Unit& unit, UserId user, Date day) {
  const User found = unit.load(user);
  if (!in_service(found, day))
    refuse(Code::refused, {"C7.user_not_in_service", Assignment::kEntity, Assignment::kUser, 0, found.last_name, to_string(day)});
}

}  // namespace

std::vector<UserId> supervisors_of(Unit& unit, UserId user) {
  std::vector<UserId> above;
  for (auto at = unit.find(user); at && at->supervisor; at = unit.find(at->supervisor)) {
    if (std::ranges::find(above, at->supervisor) != above.end()) break;
    above.push_back(at->supervisor);
  }
  return above;
}

std::vector<Assignment> managers_on(Unit& unit, CompanyId company, Date day) {
  auto lines = unit.list<Assignment>(where::all({where::eq(Assignment::kCompany, company.value), where::current_on(day)}),
                                     {{Assignment::kRole}});
  std::erase_if(lines, [&](const Assignment& line) { return !served_on(unit, unit.load(line.user), day); });
  return lines;
}

Assignment Crm::assign(CompanyId company, UserId user, Assignment::Role role, std::optional<Date> from,
                       std::string_view reason) {
  Assignment line;
  line.company = company;
  line.user = user;
  line.role = role;
  line.reason = reason;
  return writing(*state_, [&](Unit& unit) {
    line.from = from ? *from : unit.today();
    unit.load(company);
    unit.access().check_edit_company(company);
    check_in_service(unit, user, *line.from);
    unit.touch(company);
    if (role == Assignment::Role::main) {
      // The main manager of that day gives way. Whoever would come later stands in the way and is told before anything
      // is changed.
      auto mains = unit.list<Assignment>(where::all({where::eq(Assignment::kCompany, company.value),
                                                     where::eq(Assignment::kRole, static_cast<Id>(role)),
                                                     current_or_later(*line.from)}));
      for (const Assignment& old : mains) {
        if (old.from <= line.from && old.user == user) return old;
        if (old.from > line.from)
          refuse(Code::refused, {"C7.two_mains", Assignment::kEntity, Assignment::kUser, 0, std::to_string(user.value),
                                 to_string(*old.from)});
      }
      for (Assignment& old : mains) {
        const Assignment before = old;
        old.to = line.from;
        old.end_reason = "replaced";
        unit.update(before, old);
      }
      unit.flush();
    }
    Record record(entity_info(Assignment::kEntity), to_row(line));
    save_record(unit, record);
    tell_assigned(unit, line);
    unit.flush();
    auto made = from_row<Assignment>(record.row);
    unit.take_version(made);
    return made;
  });
}

void Crm::end_assignment(IdOf<Assignment> assignment, Date day, std::string_view reason) {
  writing(*state_, [&](Unit& unit) {
    const Assignment before = unit.load(assignment);
    unit.access().check_seen({Assignment::kEntity, assignment.value});
    unit.access().check_edit_company(before.company);
    Assignment after = before;
    after.to = day;
    after.end_reason = reason;
    Record record(entity_info(Assignment::kEntity), to_row(after));
    save_record(unit, record);
    unit.flush();
  });
}

std::vector<Assignment> Crm::current_managers(CompanyId company, Date day) {
  return reading(*state_, [&](Unit& unit) {
    unit.load(company);
    unit.access().check_seen({Company::kEntity, company.value});
    return managers_on(unit, company, day);
  });
}

std::vector<UserId> Crm::supervisors(UserId user) {
  return reading(*state_, [&](Unit& unit) {
    unit.load(user);
    return supervisors_of(unit, user);
  });
}

WorkingTime working_time_of(Unit& unit, UserId user, const DateRange& days) {
  const auto whose = [&](FieldNo field) {
    return user ? where::any({where::is_null(field), where::eq(field, user.value)}) : where::is_null(field);
  };
  std::vector<Filter> special{whose(CalendarDay::kUser)};
  if (days.from) special.push_back(where::ge(CalendarDay::kDay, to_number(*days.from)));
  if (days.to) special.push_back(where::lt(CalendarDay::kDay, to_number(*days.to)));
  return WorkingTime(unit.zone(), unit.list<WorkingHours>(whose(WorkingHours::kUser)), unit.list<CalendarDay>(where::all(special)), user);
}

WorkingTime Crm::working_time(UserId user, const DateRange& days) {
  return reading(*state_, [&](Unit& unit) {
    if (user) unit.load(user);
    return working_time_of(unit, user, days);
  });
}

std::vector<CompanyId> Crm::orphans(Date day) {
  return reading(*state_, [&](Unit& unit) {
    const Filter managed = where::exists(
        Assignment::kEntity, Assignment::kCompany, kId,
        {where::current_on(day), where::in_service(Assignment::kUser, day)});
    std::vector<CompanyId> found;
    std::vector<Filter> parts{where::eq(Company::kStatus, static_cast<Id>(Company::Status::active)), where::none({managed})};
    if (auto seen = unit.access().visible(Company::kEntity)) parts.push_back(std::move(*seen));
    for (Id id : unit.ids(Company::kEntity, kId, where::all(std::move(parts)))) found.push_back({id});
    return within_limits(limits(), std::move(found));
  });
}

namespace {

DismissalReport plan_for(Unit& unit, UserId user, Date day, UserId successor, bool subordinates_to_successor) {
  const DismissalFacts facts = gather(unit, user, day, successor, subordinates_to_successor);
  refuse_if_any(Code::refused, plan_dismissal(facts).violations);
  if (!unit.ids(PlannedDismissal::kEntity, kId,
                where::all({where::eq(PlannedDismissal::kUser, user.value), where::not_null(PlannedDismissal::kTickOn)}))
           .empty())
    refuse(Code::refused, {"C7.dismissal_planned", User::kEntity, User::kDismissed, user.value, facts.user.last_name, to_string(day)});
  PlannedDismissal planned;
  planned.user = user;
  planned.day = day;
  planned.successor = successor;
  planned.subordinates_to_successor = subordinates_to_successor;
  planned.by = unit.actor;
  planned.tick_on = day;
  unit.insert(planned);
  DismissalReport report;
  report.planned_for = day;
  return report;
}

/// A dismissal to come of one who has left already; it would be of his next time of service.
void call_off(Unit& unit, UserId user) {
  for (const PlannedDismissal& planned : unit.list<PlannedDismissal>(
           where::all({where::eq(PlannedDismissal::kUser, user.value), where::not_null(PlannedDismissal::kTickOn)}))) {
    PlannedDismissal off = planned;
    off.tick_on.reset();
    unit.update(planned, off);
  }
  unit.flush();
}

}  // namespace

DismissalReport dismiss_now(Unit& unit, UserId user, Date day, UserId successor, bool subordinates_to_successor) {
  const DismissalFacts facts = gather(unit, user, day, successor, subordinates_to_successor);
  DismissalPlan plan = plan_dismissal(facts);
  refuse_if_any(Code::refused, std::move(plan.violations));

  DismissalReport report;
  User dismissed = facts.user;
  dismissed.dismissed = day;
  unit.update(facts.user, dismissed);
  for (std::size_t i = 0; i < plan.ended.size(); ++i) unit.update(facts.assignments[i], plan.ended[i]);
  // The gate is not asked at a dismissal (C11), but the scores follow.
  for (const Assignment& line : plan.ended) unit.touch(line.company, Unit::Gate::open);
  for (Assignment& line : plan.made) {
    line.by = unit.actor;
    unit.insert(line);
  }
  for (Event& event : plan.events) {
    const auto before = std::ranges::find(facts.events, event.id, &Event::id);
    unit.update(*before, event);
    settle_reminders(unit, event);
    report.events.push_back(event.id);
  }
  tell_dismissal(unit, facts.user, plan.made, plan.events);
  for (std::size_t i = 0; i < plan.subordinates.size(); ++i) {
    unit.update(facts.subordinates[i], plan.subordinates[i]);
    report.subordinates.push_back(plan.subordinates[i].id);
  }
  unit.flush();
  for (std::vector<Assignment>* written : {&plan.ended, &plan.made})
    for (Assignment& line : *written) unit.take_version(line);
  for (Id cell : unit.ids(PlanCell::kEntity, kId,
                          where::all({where::eq(PlanCell::kUser, user.value), where::gt(PlanCell::kTo, to_number(day))})))
    report.plan_cells.push_back({cell});
  report.ended = std::move(plan.ended);
  report.made = std::move(plan.made);
  report.orphans = std::move(plan.orphans);
  return report;
}

DismissalReport Crm::dismiss(UserId user, Date day, UserId successor, bool subordinates_to_successor) {
  return writing(*state_, [&](Unit& unit) {
    unit.load(user);
    unit.access().check_above(user, "dismiss", false);
    if (day > unit.today()) return plan_for(unit, user, day, successor, subordinates_to_successor);
    DismissalReport report = dismiss_now(unit, user, day, successor, subordinates_to_successor);
    call_off(unit, user);
    return report;
  });
}

}  // namespace crm
