// Events: planning, recording, actions (E1-E7, E13, M6).
#include "events.hpp"

#include <algorithm>

#include "access.hpp"
#include "checks.hpp"
#include "crm/base/text.hpp"
#include "crm/rules/dismissal.hpp"
#include "crm/rules/event_due.hpp"
#include "crm/services/filters.hpp"
#include "escalations.hpp"
#include "managers.hpp"
#include "notices.hpp"
#include "sizes.hpp"

namespace crm {

Zone zone_of(Unit& unit, const Event& event) { return unit.zone_named(event.zone); }

namespace {

bool outranks_last_verifier(Unit& unit, EventId event) {
  const auto log = unit.list<VerificationEntry>(where::eq(VerificationEntry::kEvent, event.value), {{kId, true}});
  for (const VerificationEntry& entry : log) {
    if (entry.to != Event::Verification::accepted && entry.to != Event::Verification::returned) continue;
    const auto above = supervisors_of(unit, entry.by);
    return entry.by == unit.actor || std::ranges::find(above, unit.actor) != above.end();
  }
  return true;
}

/// Whether the event was written again after it was returned last: a later line of the log.
bool changed_since_return(Unit& unit, const Event& event) {
  const auto log = unit.list<VerificationEntry>(where::eq(VerificationEntry::kEvent, event.id.value), {{kId, true}});
  return !log.empty() && event.version > log.front().version;
}

/// The number of a posted document that the event is linked to, "" if there is none.
std::string posted_document(Unit& unit, EventId event) {
  const auto found = unit.list<HostDocument>(where::all(
      {where::eq(HostDocument::kPosted, Id{1}),
       where::exists(EventDocument::kEntity, EventDocument::kDocument, kId, {where::eq(EventDocument::kEvent, event.value)})}));
  if (found.empty()) return {};
  return found.front().number.empty() ? found.front().key : found.front().number;
}

ActorFacts actor_facts(Unit& unit, Action action, const Event& event, const ActionRequest& request, bool has_product) {
  ActorFacts facts;
  facts.has_product = has_product;
  // Planned by the host: nobody is asked, nothing is verified yet.
  const bool chain_matters = unit.actor || action != Action::plan;
  const auto above = chain_matters ? supervisors_of(unit, event.executor) : std::vector<UserId>();
  facts.executor_has_supervisor = !above.empty();
  if (action == Action::plan || action == Action::record || action == Action::change_executor) {
    const auto executor = unit.find(action == Action::change_executor ? request.executor : event.executor);
    facts.executor_in_service = executor && in_service(*executor, unit.today());
  }
  if (action == Action::remove) facts.posted_document = posted_document(unit, event.id);
  if (action == Action::resubmit) facts.result_changed = changed_since_return(unit, event);
  if (!unit.actor) {
    facts.is_system = true;
    return facts;
  }
  facts.user = unit.actor;
  facts.is_administrator = unit.load(unit.actor).administrator;
  facts.is_executor = event.executor == unit.actor;
  facts.is_setter = event.setter == unit.actor;
  facts.is_supervisor = std::ranges::find(above, unit.actor) != above.end();
  if (action == Action::plan || action == Action::record)
    facts.may_write_company = !event.company || unit.access().may_edit_company(event.company);
  if (action == Action::accept || action == Action::return_) facts.outranks_verifier = outranks_last_verifier(unit, event.id);
  return facts;
}

/// Every value by itself, as at a save.
void check_values(const Event& event) {
  const EntityInfo& info = entity_info(Event::kEntity);
  const Row row = to_row(event);
  std::vector<Violation> violations;
  for (std::size_t i = 0; i < info.fields.size(); ++i)
    if (auto violation = check_value(info, info.fields[i], to_cell(row.values[i]), event.id.value))
      violations.push_back(std::move(*violation));
  if (!event.zone.empty() && !Zone::as_stored(event.zone).is_known())
    violations.push_back({"time.zone", Event::kEntity, Event::kZone, event.id.value, shorten(event.zone), ""});
  refuse_if_any(Code::invalid_argument, std::move(violations));
}

/// E2: the contact person is an employee of that company. E13: the outcome is of the event's type.
void check_people(Unit& unit, const Event& event, std::vector<Violation>& violations) {
  if (event.contact)
    if (const auto contact = unit.find(event.contact); contact && contact->company != event.company)
      violations.push_back({"E2.other_company", Event::kEntity, Event::kContact, event.id.value,
                            std::to_string(event.contact.value), std::to_string(event.company.value)});
  if (event.outcome)
    if (const auto outcome = unit.find(event.outcome); outcome && outcome->type != event.type)
      violations.push_back({"E13.outcome_of_type", Event::kEntity, Event::kOutcome, event.id.value,
                            std::to_string(event.outcome.value), std::to_string(event.type.value)});
}

void check_card(Unit& unit, const Event& event, std::vector<Violation>& violations) {
  if (!event.company) return;
  const auto card = unit.find(event.company);
  if (!card) return;  // the store says ref.missing
  if (card->status == Company::Status::archived)
    violations.push_back({"card.archived", Event::kEntity, Event::kCompany, 0, card->name, ""});
  if (card->status == Company::Status::draft && card->created_at &&
      draft_expired(*card->created_at, unit.now, unit.zone(), unit.organisation().draft_days))
    violations.push_back({"C11.draft_expired", Event::kEntity, Event::kCompany, 0, card->name,
                          std::to_string(unit.organisation().draft_days)});
}

void log_verification(Unit& unit, EventId event, Event::Verification to, const std::string& comment) {
  VerificationEntry entry;
  entry.event = event;
  entry.to = to;
  entry.comment = comment;
  entry.by = unit.actor;
  entry.at = unit.now;
  unit.insert(entry);
}

void stage_logs(Unit& unit, const Event& event, Transition& transition, const ActionRequest& request) {
  if (transition.log) {
    transition.log->event = event.id;
    transition.log->by = unit.actor;
    transition.log->at = unit.now;
    unit.insert(*transition.log);
  }
  if (transition.verification_changed) log_verification(unit, event.id, transition.after.verification, request.comment);
}

/// What an action brings for reminders and notices; `before` has no id for a new event.
void stage_effects(Unit& unit, const Event& before, const Transition& transition, const ActionRequest& request) {
  const Event& after = transition.after;
  const bool reminds_anew = !before.id || interval_of(before) != interval_of(after) || before.state != after.state ||
                            before.postponed_until != after.postponed_until || before.executor != after.executor ||
                            before.removed != after.removed;
  if (reminds_anew) settle_reminders(unit, after, !before.id);
  switch (transition.notice) {
    case NoticeEffect::none: break;
    case NoticeEffect::created: tell_of_event(unit, Notice::Kind::created, after); break;
    case NoticeEffect::done: tell_of_event(unit, Notice::Kind::done, after); break;
    case NoticeEffect::executor_changed: tell_executor_changed(unit, before, after); break;
  }
  if (transition.verification_changed && after.verification == Event::Verification::returned) tell_returned(unit, after, request.comment);
}

}  // namespace

Warnings stage_new_event(Unit& unit, Action action, Event& event, std::span<EventLine> lines) {
  if (!event.executor) event.executor = unit.actor;
  if (!event.setter) event.setter = unit.actor ? unit.actor : event.executor;
  if (event.amount && !event.amount->currency) event.amount->currency = unit.organisation().currency;
  const auto type = unit.find(event.type);
  if (!type)
    refuse(Code::invalid_argument,
           {event.type ? "ref.missing" : "field.required", Event::kEntity, Event::kType, 0,
            event.type ? std::to_string(event.type.value) : "", "type_id"});
  if (unit.actor) unit.access().check_references(nullptr, Record(entity_info(Event::kEntity), to_row(event)));
  if (event.start && !event.end && !event.all_day)
    event.end = *event.start + std::chrono::minutes(type->default_minutes);
  event.product = lines.empty() ? ProductId{} : lines.front().product;
  event.products = different_products(lines);
  event.sequence = 0;
  event.removed = false;
  event.due_at.reset();
  event.long_until.reset();
  event.counted_at.reset();
  event.awaiting_since.reset();
  event.tick_at.reset();
  check_values(event);
  Transition transition = act(action, event, *type, {}, actor_facts(unit, action, event, {}, !lines.empty()), unit.now,
                              zone_of(unit, event));
  Warnings warnings;
  check_people(unit, event, transition.violations);
  check_card(unit, event, transition.violations);
  check_matrices(unit, event, lines, warnings, transition.violations);
  const bool denied = transition.refused_by("E7.who");
  refuse_if_any(denied ? Code::denied : Code::refused, std::move(transition.violations));
  event = transition.after;
  settle_time(unit, nullptr, event);
  unit.insert(event);
  transition.after = event;
  transition.log.reset();
  stage_lines(unit, event, lines);
  stage_logs(unit, event, transition, {});
  stage_effects(unit, {}, transition, {});
  return warnings;
}

Transition stage_action(Unit& unit, const Event& before, Action action, ActionRequest request) {
  const EventType type = unit.load(before.type);
  if (request.outcome) request.outcome_type = unit.load(request.outcome).type;
  Transition transition =
      act(action, before, type, request, actor_facts(unit, action, before, request, true), unit.now, zone_of(unit, before));
  const bool denied = transition.refused_by("E7.who");
  refuse_if_any(denied ? Code::denied : Code::refused, std::move(transition.violations));
  check_values(transition.after);
  settle_time(unit, &before, transition.after);
  unit.update(before, transition.after);
  stage_logs(unit, before, transition, request);
  stage_effects(unit, before, transition, request);
  return transition;
}

namespace {

/// A removed event is hidden from everybody else's doors.
Event load_removed(Unit& unit, EventId id) {
  const auto row = unit.session.find(Event::kEntity, id.value);
  if (!row) return unit.load(id);  // says not_found
  return from_row<Event>(*row);
}

}  // namespace

void check_version(const Event& event, Version version) {
  if (version && version != event.version)
    refuse(Code::conflict,
           {"record.conflict", Event::kEntity, kVersion, event.id.value, std::to_string(event.id.value), "event"});
}

void judge_result(Unit& unit, const Event& before, Event& after, bool lines_changed, std::vector<Violation>& violations) {
  if (before.state != Event::State::held) return;
  const ActorFacts actor = actor_facts(unit, Action::hold, before, {}, true);
  if (!edit_held(before, after, actor, violations, lines_changed || before.amount != after.amount)) return;
  after.verification = Event::Verification::awaiting;
  settle_dates(after, zone_of(unit, after));
  log_verification(unit, before.id, after.verification, {});
}

namespace checks {

void event(Unit& unit, const Record* before, Record& after, Warnings&, std::vector<Violation>& violations) {
  auto changed = from_row<Event>(after.row);
  const auto stored = from_row<Event>(before->row);
  check_people(unit, changed, violations);
  judge_result(unit, stored, changed, false, violations);
  settle_time(unit, &stored, changed);
  after.row = to_row(changed);
  fill_currency(unit, after, Event::kAmount, Event::kCurrency);
}

}  // namespace checks

/// The event and its lines get what is stored when all has been written.
static Warnings bring_about(Crm::State& state, Action action, Event& event, std::span<EventLine> lines) {
  Event made = event;
  std::vector<EventLine> its_lines(lines.begin(), lines.end());
  Warnings warnings = writing(state, [&](Unit& unit) {
    Warnings told = stage_new_event(unit, action, made, its_lines);
    unit.flush();
    unit.take_version(made);
    for (EventLine& line : its_lines) unit.take_version(line);
    return told;
  });
  event = std::move(made);
  std::ranges::move(its_lines, lines.begin());
  return warnings;
}

Warnings Crm::plan(Event& event, std::span<EventLine> lines) {
  return bring_about(*state_, Action::plan, event, lines);
}

Warnings Crm::record(Event& event, std::span<EventLine> lines) {
  return bring_about(*state_, Action::record, event, lines);
}

Event Crm::act(EventId id, Version version, Action action, const ActionRequest& given) {
  if (action == Action::plan || action == Action::record)
    refuse(Code::invalid_argument, {"E7.use_plan", Event::kEntity, 0, id.value, std::string(name(action)), ""});
  return writing(*state_, [&](Unit& unit) {
    const Event before = action == Action::restore ? load_removed(unit, id) : unit.load(id);
    if (action == Action::restore)
      unit.access().check_history_seen({Event::kEntity, id.value});
    else
      unit.access().check_seen({Event::kEntity, id.value});
    check_version(before, version);
    Event after = stage_action(unit, before, action, given).after;
    unit.flush();
    unit.take_version(after);
    return after;
  });
}

std::vector<Event> Crm::overdue(UserId executor) {
  return reading(*state_, [&](Unit& unit) {
    Filter filter = where::lt(Event::kDueAt, to_number(unit.now));
    if (executor) filter = where::all({std::move(filter), where::eq(Event::kExecutor, executor.value)});
    if (auto seen = unit.access().visible(Event::kEntity)) filter = where::all({std::move(filter), std::move(*seen)});
    return within_limits(limits(), unit.list<Event>(std::move(filter), {{Event::kDueAt}}));
  });
}

std::vector<Event> Crm::verification_queue(UserId supervisor) {
  return reading(*state_, [&](Unit& unit) {
    unit.load(supervisor);
    unit.access().check_above(supervisor, "supervisor", true);
    std::vector<Value> executors;
    for (Id id : subtree_of(unit.session, User::kEntity, User::kSupervisor, supervisor.value))
      if (id != supervisor.value) executors.emplace_back(id);
    if (executors.empty()) return std::vector<Event>{};
    Filter filter = where::all({where::not_null(Event::kAwaitingSince), where::in(Event::kExecutor, std::move(executors))});
    if (auto seen = unit.access().visible(Event::kEntity)) filter = where::all({std::move(filter), std::move(*seen)});
    return within_limits(limits(), unit.list<Event>(std::move(filter), {{Event::kAwaitingSince}}));
  });
}

}  // namespace crm
