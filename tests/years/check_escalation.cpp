// E12: who was told of what fell overdue or waits for verification, by the chain as it was at the nominal moment of each step.
#include <algorithm>
#include <set>

#include "facts.hpp"

namespace crm::years {
namespace {

bool works(const Zone& zone, Instant at, const std::set<Date>& holidays) {
  const Date day = zone.date(at);
  const auto minute = std::chrono::duration_cast<std::chrono::minutes>(zone.local(at) - LocalTime(day)).count();
  const unsigned weekday = std::chrono::weekday(day).iso_encoding();
  return weekday <= 5 && !holidays.contains(day) && minute >= 9 * 60 && minute < 18 * 60;
}

/// Minute by minute.
Instant after_working(Instant from, std::int32_t minutes, const Zone& zone, const std::set<Date>& holidays) {
  static std::map<std::pair<Instant, std::int32_t>, Instant> kept;  // one zone and calendar a run
  if (const auto found = kept.find({from, minutes}); found != kept.end()) return found->second;
  Instant at = from;
  for (std::int32_t left = minutes; left > 0; at += std::chrono::minutes(1)) left -= works(zone, at, holidays);
  return kept[{from, minutes}] = at;
}

/// A record as it was at an instant, by the lines of the log that name one another; none: it was not there yet.
template <class E>
std::optional<E> as_of(const Evening& evening, Session& session, IdOf<E> id, Instant at) {
  const EntityInfo& info = entity_info(E::kEntity);
  Row row = evening.facts.rows.at(E::kEntity).at(id.value);
  for (auto line = session.change(row.version); line->stamp.at > at; line = session.change(row.version)) {
    if (line->op == Do::insert) return {};
    for (const auto& [field, value] : line->old) row.values[static_cast<std::size_t>(info.position(field))] = value;
    row.version = line->previous;
  }
  return from_row<E>(row);
}

/// The person of the level, else the next above in service, else the highest in service.
UserId recipient(const Evening& evening, Session& session, EventId event, std::int32_t level, Instant at) {
  std::vector<std::pair<UserId, bool>> chain;
  const Date day = evening.zone.date(at);
  const auto then = as_of(evening, session, event, at);
  for (UserId user = then ? then->executor : UserId{}; user;) {
    const auto one = as_of(evening, session, user, at);
    if (!one) break;
    chain.emplace_back(user, (!one->hired || *one->hired <= day) && (!one->dismissed || day < *one->dismissed));
    user = one->supervisor;
  }
  if (chain.empty()) return {};
  const std::size_t wanted = std::min<std::size_t>(static_cast<std::size_t>(level), chain.size() - 1);
  for (std::size_t i = wanted; i < chain.size(); ++i)
    if (chain[i].second) return chain[i].first;
  for (std::size_t i = wanted; i-- > 0;)
    if (chain[i].second) return chain[i].first;
  return {};
}

/// An escalation is over when its event has left the state.
void check_over(const Evening& evening) {
  for (const auto& [id, one] : evening.facts.all<Escalation>()) {
    const Event& event = *evening.facts.find(one.event);
    const bool overdue = event.due_at == one.since && !event.removed;
    const bool unverified = event.verification == Event::Verification::awaiting && event.awaiting_since == one.since && !event.removed;
    const bool is_in_state = one.trigger == Escalation::Trigger::overdue ? overdue : unverified;
    same("over", "escalation " + std::to_string(id) + " of event " + std::to_string(event.id.value) + " is over", one.ended_at.has_value(), !is_in_state);
  }
}

/// Of those that have not ended or come back: all were told whose step had fallen by the last whole tick, and nobody whose has not fallen yet.
void check_told(const Evening& evening) {
  const auto session = evening.house.raw().read();
  std::map<EscalationId, std::set<UserId>> told;
  for (const auto& [id, notice] : evening.facts.all<Notice>())
    if (notice.escalation && !told[notice.escalation].insert(notice.recipient).second)
      throw Broken{"told_twice", "user " + std::to_string(notice.recipient.value) + " is told twice of escalation " + std::to_string(notice.escalation.value)};
  if (!evening.house.ticked) return;
  std::set<Date> holidays;
  for (const auto& [id, day] : evening.facts.all<CalendarDay>())
    if (!day.user) holidays.insert(day.day);
  for (const auto& [id, one] : evening.facts.all<Escalation>()) {
    const bool long_over = evening.now - one.since > std::chrono::days(30);  // all its steps fell long ago, and were checked then
    if (long_over || one.ended_at || one.resumed_at || one.since >= *evening.house.ticked) continue;
    std::set<UserId> must, may;
    for (const auto& [step_id, step] : evening.facts.all<EscalationStep>()) {
      if (step.trigger != one.trigger) continue;
      const Instant at = after_working(one.since, step.delay_minutes, evening.zone, holidays);
      if (at > evening.now) continue;
      const UserId user = recipient(evening, *session, one.event, step.level, at);
      if (user) may.insert(user);
      if (user && at <= *evening.house.ticked) must.insert(user);
    }
    const std::string what = "escalation " + std::to_string(id) + " of event " + std::to_string(one.event.value);
    const auto& were = told[one.id];
    if (!std::ranges::includes(were, must)) throw Broken{"told", what + ": told were " + shown(were) + ", by the last tick had to be " + shown(must)};
    if (!std::ranges::includes(may, were)) throw Broken{"told", what + ": told were " + shown(were) + ", steps that fell are of " + shown(may)};
  }
}

}  // namespace

void check_escalation(const Evening& evening) {
  check_over(evening);
  check_told(evening);
}

}  // namespace crm::years
