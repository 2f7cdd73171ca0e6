// What waits in the outbox is what is to be told, and what fell overdue is recorded once (E4, E7, E12).
#include <set>

#include "facts.hpp"

namespace crm::years {
namespace {

bool is_open(const Event& event) { return event.state == Event::State::planned || event.state == Event::State::rescheduled; }

/// The user, or who is nearest above him in service.
UserId told_for(const Facts& facts, UserId user, Date today) {
  for (UserId at = user; at; at = facts.find(at)->supervisor) {
    const User& one = *facts.find(at);
    if ((!one.hired || *one.hired <= today) && (!one.dismissed || today < *one.dismissed)) return at;
  }
  return {};
}

/// The moments of reminders of the type before an event that is to come.
std::set<std::pair<Instant, Id>> moments(const Evening& evening, const Event& event) {
  std::set<std::pair<Instant, Id>> found;
  const Zone zone = event.zone.empty() ? evening.zone : Zone(event.zone);
  const UserId recipient = told_for(evening.facts, event.executor, evening.today);
  if (event.removed || !recipient) return found;
  if (is_open(event) && *event.start > evening.now) {
    const Instant from = event.all_day ? zone.instant(LocalTime(zone.date(*event.start)) + std::chrono::hours(9)) : *event.start;
    for (const auto& [id, reminder] : evening.facts.all<Reminder>())
      if (reminder.type == event.type && reminder.minutes_before) found.emplace(from - std::chrono::minutes(*reminder.minutes_before), recipient.value);
  }
  if (event.state == Event::State::postponed && event.postponed_until)
    found.emplace(zone.instant(LocalTime(*event.postponed_until) + std::chrono::hours(9)), recipient.value);
  return found;
}

/// Reminders to come are those of the events as they are now, each once.
void check_reminders(const Evening& evening) {
  std::map<EventId, std::multiset<std::pair<Instant, Id>>> waiting;
  for (const auto& [id, notice] : evening.facts.all<Notice>()) {
    const bool reminds = notice.kind == Notice::Kind::reminder || notice.kind == Notice::Kind::postponed_until;
    if (reminds && notice.state == Notice::State::pending && notice.at > evening.now) waiting[notice.event].emplace(notice.at, notice.recipient.value);
  }
  for (const auto& [id, event] : evening.facts.all<Event>()) {
    std::multiset<std::pair<Instant, Id>> want;
    for (const auto& moment : moments(evening, event))
      if (moment.first > evening.now) want.insert(moment);
    same("reminders", "reminders to come of event " + std::to_string(id), waiting[event.id], want);
  }
}

/// By the tick every event that was overdue then is recorded for its due moment, once.
void check_overdue(const Evening& evening) {
  std::map<std::pair<EventId, Instant>, int> recorded;
  for (const auto& [id, one] : evening.facts.all<Escalation>()) {
    if (one.trigger != Escalation::Trigger::overdue) continue;
    if (++recorded[{one.event, one.since}] > 1)
      throw Broken{"overdue", "event " + std::to_string(one.event.value) + " fell overdue twice at " + to_string(one.since)};
  }
  if (!evening.house.ticked) return;
  const Instant ticked = *evening.house.ticked;
  for (const auto& [id, event] : evening.facts.all<Event>()) {
    if (event.removed || event.version > evening.house.ticked_at || !event.due_at || *event.due_at >= ticked) continue;
    if (recorded.contains({event.id, *event.due_at})) continue;
    throw Broken{"overdue", "event " + std::to_string(id) + " fell overdue at " + to_string(*event.due_at) + " and a tick has not recorded it"};
  }
}

void check_outbox(const Evening& evening) {
  std::set<std::string> keys;
  for (const auto& [id, notice] : evening.facts.all<Notice>()) {
    if (!keys.insert(notice.key).second) throw Broken{"key", "key " + notice.key + " stands twice in the outbox"};
    const bool waits = notice.state == Notice::State::pending || notice.state == Notice::State::claimed;
    same("outbox", "notice " + std::to_string(id) + " waits", notice.next_at.has_value(), waits);
    same("outbox", "notice " + std::to_string(id) + " has ended", notice.ended_at.has_value(), !waits);
  }
}

}  // namespace

void check_notices(const Evening& evening) {
  check_outbox(evening);
  check_overdue(evening);
  check_reminders(evening);
}

}  // namespace crm::years
