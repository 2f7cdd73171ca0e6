#include "crm/rules/dismissal.hpp"

#include <algorithm>
#include <string>
#include <tuple>

namespace crm {
namespace {

std::vector<Violation> refusals(const DismissalFacts& facts) {
  std::vector<Violation> out;
  const auto refuse = [&](const char* rule, FieldNo field, const User& about, Date since) {
    out.push_back({rule, User::kEntity, field, about.id.value, about.last_name, to_string(since)});
  };
  if (facts.user.dismissed) refuse("C7.dismissed_already", User::kDismissed, facts.user, *facts.user.dismissed);
  if (facts.last_administrator) refuse("C7.last_administrator", User::kAdministrator, facts.user, facts.day);
  if (facts.successor && (facts.successor->id == facts.user.id || !may_take_over(*facts.successor, facts.day, facts.carried_out)))
    refuse("C7.successor_not_in_service", User::kDismissed, *facts.successor, facts.day);
  return out;
}

UserId supervisor_of(const DismissalFacts& facts) { return facts.supervisor ? facts.supervisor->id : UserId{}; }

/// The manager that stays with the company: main before assistant, then the one assigned first.
const Assignment* colleague_on(const DismissalFacts& facts, CompanyId company) {
  const auto rank = [](const Assignment& line) { return std::tuple(line.role, line.from, line.id); };
  const Assignment* best = nullptr;
  for (const Assignment& line : facts.colleagues)
    if (line.company == company && (!best || rank(line) < rank(*best))) best = &line;
  return best;
}

/// Who takes a company: the named successor, else by rule another current manager, else the supervisor.
UserId heir_of(const DismissalFacts& facts, CompanyId company) {
  if (facts.successor) return facts.successor->id;
  if (const Assignment* colleague = colleague_on(facts, company)) return colleague->user;
  return supervisor_of(facts);
}

/// Whether the heir is in that role already, for as long as the dismissed one would have been.
bool holds_already(const DismissalFacts& facts, const Assignment& line, UserId heir) {
  return std::ranges::any_of(facts.colleagues, [&](const Assignment& his) {
    return his.user == heir && his.company == line.company && his.role == line.role &&
           (!his.to || (line.to && *line.to <= *his.to));
  });
}

void hand_over_company(const DismissalFacts& facts, const Assignment& line, DismissalPlan& plan) {
  const Date from = std::max(line.from.value_or(facts.day), facts.day);
  Assignment ended = line;
  ended.to = from;  // one that would only begin later never does: it ends on the day it was to begin
  ended.end_reason = "dismissed";
  plan.ended.push_back(std::move(ended));

  const UserId heir = heir_of(facts, line.company);
  if (!heir) {
    if (std::ranges::find(plan.orphans, line.company) == plan.orphans.end()) plan.orphans.push_back(line.company);
    return;
  }
  if (holds_already(facts, line, heir)) return;
  Assignment taken;
  taken.company = line.company;
  taken.user = heir;
  taken.role = line.role;
  taken.from = from;
  taken.to = line.to;
  taken.reason = "dismissal of " + facts.user.last_name;
  plan.made.push_back(std::move(taken));
}

/// To whoever took the company, else his supervisor; a successor is the last resort.
UserId executor_of(const DismissalFacts& facts, const Event& event) {
  const bool his_company = event.company && std::ranges::find(facts.assignments, event.company, &Assignment::company) !=
                                                facts.assignments.end();
  if (his_company)
    if (const UserId heir = heir_of(facts, event.company)) return heir;
  if (facts.supervisor) return facts.supervisor->id;
  return facts.successor ? facts.successor->id : UserId{};
}

void hand_over_events(const DismissalFacts& facts, DismissalPlan& plan) {
  for (Event event : facts.events) {
    if (event.state == Event::State::held || event.state == Event::State::cancelled) continue;  // C13: stay his
    event.executor = executor_of(facts, event);
    if (event.executor) {
      plan.events.push_back(std::move(event));
    } else {
      plan.left_events.push_back(event.id);
    }
  }
}

UserId new_supervisor(const DismissalFacts& facts, const User& junior) {
  const bool to_successor = facts.subordinates_to_successor && facts.successor && facts.successor->id != junior.id &&
                            std::ranges::find(facts.above_successor, junior.id) == facts.above_successor.end();
  return to_successor ? facts.successor->id : supervisor_of(facts);
}

}  // namespace

bool may_take_over(const User& user, Date day, std::optional<Date> carried_out) {
  return in_service(user, day) && (!carried_out || in_service(user, *carried_out));
}

bool in_service(const User& user, Date day) { return DateRange{user.hired, user.dismissed}.contains(day); }

DismissalPlan plan_dismissal(const DismissalFacts& facts) {
  DismissalPlan plan;
  plan.violations = refusals(facts);
  if (!plan.violations.empty()) return plan;
  for (const Assignment& line : facts.assignments) hand_over_company(facts, line, plan);
  hand_over_events(facts, plan);
  for (User junior : facts.subordinates) {
    junior.supervisor = new_supervisor(facts, junior);
    plan.subordinates.push_back(std::move(junior));
  }
  return plan;
}

}  // namespace crm
