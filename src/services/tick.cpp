// What time brings (E7, E12, C7, C11, E4), in bounded batches.
#include <algorithm>
#include <string>

#include "completeness.hpp"
#include "escalations.hpp"
#include "managers.hpp"

namespace crm {
namespace {

/// Rows whose `field` has come, earliest first.
template <class E>
std::vector<E> due(Unit& unit, FieldNo field, std::int64_t until, std::int64_t limit) {
  Query query;
  query.filter = where::le(field, until);
  query.order = {{field}};
  query.limit = limit;
  std::vector<E> found;
  for (const Row& row : unit.rows(E::kEntity, std::move(query))) found.push_back(from_row<E>(row));
  return found;
}

/// The smallest value of `field`, if there is any.
std::optional<std::int64_t> earliest(Unit& unit, EntityNo entity, FieldNo field) {
  Query query;
  query.columns = {field};
  query.filter = where::not_null(field);
  query.order = {{field}};
  query.limit = 1;
  query.entity = entity;
  const auto cursor = unit.session.select(query);
  const Cell* cells = cursor->next();
  if (!cells) return {};
  return cells[0].as_integer();
}

/// Events that fell overdue, which one is when its due time is over, not at it; and those that began to await verification.
std::int64_t begin_due(Unit& unit, std::int64_t limit, TickReport& report) {
  const auto found = due<Event>(unit, Event::kTickAt, to_number(unit.now) - 1, limit);
  if (found.empty()) return 0;
  const bool escalates_unverified =
      !unit.ids(EscalationStep::kEntity, kId,
                where::all({where::eq(EscalationStep::kRetired, Id{0}),
                            where::eq(EscalationStep::kTrigger, static_cast<Id>(Escalation::Trigger::unverified))}))
           .empty();
  for (const Event& event : found) {
    report.overdue += !event.awaiting_since;
    if (!event.awaiting_since || escalates_unverified) begin_escalation(unit, event);
    unit.refresh(Event::kEntity, event.id.value, {{Event::kTickAt, Value()}});
  }
  return std::ssize(found);
}

std::int64_t escalate_due(Unit& unit, std::int64_t limit, TickReport& report) {
  const auto found = due<Escalation>(unit, Escalation::kNextAt, to_number(unit.now), limit);
  if (found.empty()) return 0;
  Escalator escalator(unit);
  for (const Escalation& before : found) {
    Escalation after = before;
    report.escalated += escalator.run(after);
    unit.update(before, after);
    unit.flush();
  }
  return std::ssize(found);
}

/// One that is refused on its day says why, and is not tried again.
std::int64_t dismiss_due(Unit& unit, std::int64_t limit) {
  const auto found = due<PlannedDismissal>(unit, PlannedDismissal::kTickOn, to_number(unit.today()), limit);
  for (const PlannedDismissal& planned : found) {
    PlannedDismissal done = planned;
    done.tick_on.reset();
    const auto refusal =
        unit.attempt([&] { dismiss_now(unit, planned.user, planned.day, planned.successor, planned.subordinates_to_successor); });
    if (refusal) done.refusal = refusal->message();
    unit.update(planned, done);
    unit.flush();
  }
  return std::ssize(found);
}

std::int64_t renew_scores(Unit& unit, std::int64_t limit) {
  const auto found = due<Company>(unit, Company::kScoreValidUntil, to_number(unit.today()), limit);
  for (const Company& company : found) store_score(unit, company, measure_card(unit, company));
  unit.flush();
  return std::ssize(found) + renew_outdated(unit, limit - std::ssize(found));
}

std::optional<Instant> next_of(Unit& unit) {
  std::optional<Instant> next;
  const auto consider = [&](Instant at) { next = next ? std::min(*next, at) : at; };
  const auto start_of = [&](std::int64_t day) { return unit.zone().start_of(std::clamp(date_of(day), kFirstDate, kLastDate)); };
  if (unit.organisation().rescore_after) consider(unit.now);
  if (const auto at = earliest(unit, Event::kEntity, Event::kTickAt)) consider(instant_of(*at == INT64_MAX ? *at : *at + 1));
  if (const auto at = earliest(unit, Escalation::kEntity, Escalation::kNextAt)) consider(instant_of(*at));
  if (const auto at = earliest(unit, Notice::kEntity, Notice::kNextAt)) consider(instant_of(*at));
  if (const auto day = earliest(unit, PlannedDismissal::kEntity, PlannedDismissal::kTickOn)) consider(start_of(*day));
  if (const auto day = earliest(unit, Company::kEntity, Company::kScoreValidUntil)) consider(start_of(*day));
  return next;
}

}  // namespace

TickReport Crm::tick(std::int64_t limit) {
  if (limit < 1 || limit > 100000)
    refuse(Code::invalid_argument, {"field.range", 0, 0, 0, std::to_string(limit), "limit: 1..100000"});
  if (in_unit()) {
    TickReport report;
    as_one([&] { report = tick_now(limit); });
    return report;
  }
  return tick_now(limit);
}

TickReport Crm::tick_now(std::int64_t limit) {
  const Interrupt::Call one = as_one_call();
  const AsSystem as_system(state_->options);
  TickReport report;
  const auto step = [&](auto&& work) {
    const std::int64_t done = writing(*state_, [&](Unit& unit) { return work(unit); });
    report.more = report.more || done == limit;
    return done;
  };
  step([&](Unit& unit) { return begin_due(unit, limit, report); });
  step([&](Unit& unit) { return escalate_due(unit, limit, report); });
  report.dismissed = step([&](Unit& unit) { return dismiss_due(unit, limit); });
  report.rescored = step([&](Unit& unit) { return renew_scores(unit, limit); });
  if (const auto& deliver = state_->options.host.deliver) {
    const auto claimed = claim_notices(limit);
    report.more = report.more || std::ssize(claimed) == limit;
    for (const NoticeMessage& message : claimed) {
      std::string error;
      try {
        deliver(message);
      } catch (const std::bad_alloc&) {
        throw;  // no word of the host's: it is delivered when its claim has run out
      } catch (const std::exception& e) {
        error = e.what();
        if (error.empty()) error = "?";
      } catch (...) {
        error = "an exception of no standard class";
      }
      if (error.empty()) {
        acknowledge_notice(message.notice.id);
        ++report.delivered;
      } else {
        fail_notice(message.notice.id, error);
        ++report.failed;
      }
    }
  }
  report.next = reading(*state_, [&](Unit& unit) { return next_of(unit); });
  return report;
}

}  // namespace crm
