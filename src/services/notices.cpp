#include "notices.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "crm/rules/dismissal.hpp"
#include "events.hpp"
#include "managers.hpp"

namespace crm {
namespace {

using Recipient = Subscription::Role;

/// Without a subscription: supervisors are told of nothing, executors alone are reminded.
bool wanted_by_default(Notice::Kind kind, Recipient role) {
  if (kind == Notice::Kind::reminder) return role == Recipient::executor;
  return role != Recipient::supervisor;
}

/// The user, or the nearest one above him who is in service.
UserId in_service_or_above(Unit& unit, UserId user) {
  const auto found = unit.find(user);
  if (!found) return {};
  if (in_service(*found, unit.today())) return user;
  for (UserId id : supervisors_of(unit, user))
    if (in_service(unit.load(id), unit.today())) return id;
  return {};
}

/// Everybody who stands in a role to an event.
std::vector<std::pair<Recipient, UserId>> people_of(Unit& unit, const Event& event, bool is_new) {
  std::vector<std::pair<Recipient, UserId>> people{{Recipient::executor, event.executor}, {Recipient::setter, event.setter}};
  for (UserId id : supervisors_of(unit, event.executor)) people.emplace_back(Recipient::supervisor, id);
  if (!is_new)
    for (Id id : unit.ids(Watcher::kEntity, Watcher::kUser, where::eq(Watcher::kEvent, event.id.value)))
      people.emplace_back(Recipient::watcher, UserId{id});
  return people;
}

/// Who is told of `kind` about the event, each once.
std::vector<UserId> recipients(Unit& unit, Notice::Kind kind, const Event& event, bool is_new) {
  const auto people = people_of(unit, event, is_new);
  std::vector<Value> ids;
  for (const auto& [role, user] : people) ids.emplace_back(user.value);
  const auto subscriptions = unit.list<Subscription>(
      where::all({where::in(Subscription::kUser, std::move(ids)), where::eq(Subscription::kKind, static_cast<Id>(kind))}));
  std::vector<UserId> out;
  for (const auto& [role, user] : people) {
    const auto own = std::ranges::find_if(subscriptions, [&](const Subscription& s) { return s.user == user && s.role == role; });
    if (own == subscriptions.end() ? !wanted_by_default(kind, role) : !own->wanted) continue;
    const UserId told = in_service_or_above(unit, user);
    if (told && std::ranges::find(out, told) == out.end()) out.push_back(told);
  }
  return out;
}

Notice notice_of(Unit& unit, Notice::Kind kind, const Event& event, UserId recipient) {
  Notice notice;
  notice.kind = kind;
  notice.recipient = recipient;
  notice.event = event.id;
  notice.company = event.company;
  notice.at = unit.now;
  notice.by = unit.actor;
  return notice;
}

std::string code_of(Notice::Kind kind) {
  return entity_info(Notice::kEntity).at(Notice::kKind).values->code(static_cast<std::int64_t>(kind));
}

/// 09:00 of a day.
Instant morning(const Zone& zone, Date day) { return zone.instant(LocalTime(day) + std::chrono::hours(9)); }

/// How many minutes before the start this event reminds: its own rows, else those of its type.
std::vector<std::int32_t> offsets_of(Unit& unit, const Event& event, bool is_new) {
  std::vector<Reminder> rows;
  if (!is_new) rows = unit.list<Reminder>(where::eq(Reminder::kEvent, event.id.value));
  if (rows.empty()) rows = unit.list<Reminder>(where::eq(Reminder::kType, event.type.value));
  std::set<std::int32_t> offsets;
  for (const Reminder& row : rows)
    if (row.minutes_before) offsets.insert(*row.minutes_before);
  return {offsets.begin(), offsets.end()};
}

/// The reminders an event is to have, by key. Moments that have passed already are left out.
std::map<std::string, Notice> wanted_reminders(Unit& unit, const Event& event, bool is_new) {
  std::map<std::string, Notice> wanted;
  const auto add = [&](Notice::Kind kind, Instant at, UserId recipient, const std::string& tail, std::optional<std::int32_t> minutes) {
    if (at <= unit.now || !recipient) return;
    Notice notice = notice_of(unit, kind, event, recipient);
    notice.at = at;
    notice.by = {};
    notice.minutes_before = minutes;
    notice.key = code_of(kind) + "/" + std::to_string(event.id.value) + "/" + tail + "/" + std::to_string(recipient.value);
    wanted.emplace(notice.key, notice);
  };
  if (event.removed) return wanted;
  const Zone zone = zone_of(unit, event);
  if (event.state == Event::State::postponed && event.postponed_until)
    add(Notice::Kind::postponed_until, morning(zone, *event.postponed_until), in_service_or_above(unit, event.executor),
        to_string(*event.postponed_until), {});
  const bool is_open = event.state == Event::State::planned || event.state == Event::State::rescheduled;
  if (!is_open || !event.start || *event.start <= unit.now) return wanted;
  const auto offsets = offsets_of(unit, event, is_new);
  if (offsets.empty()) return wanted;
  const Instant from = event.all_day ? morning(zone, zone.date(*event.start)) : *event.start;
  for (UserId recipient : recipients(unit, Notice::Kind::reminder, event, is_new))
    for (std::int32_t minutes : offsets)
      add(Notice::Kind::reminder, from - std::chrono::minutes(minutes), recipient,
          to_string(*event.start) + "/" + std::to_string(minutes), minutes);
  return wanted;
}

}  // namespace

void stage_notice(Unit& unit, Notice notice) {
  if (unit.organisation().silent) return;
  if (!notice.ended_at) notice.next_at = notice.at;
  notice.id.value = unit.session.reserve(Notice::kEntity);
  if (notice.key.empty())  // told once, in this very change
    notice.key = code_of(notice.kind) + "/" + std::to_string(notice.id.value);
  unit.insert(notice);
}

void end_notice(Unit& unit, const Notice& notice, Notice::State state) {
  Notice ended = notice;
  ended.state = state;
  ended.next_at.reset();
  ended.ended_at = unit.now;
  unit.update(notice, ended);
}

void tell_of_event(Unit& unit, Notice::Kind kind, const Event& event) {
  if (unit.organisation().silent) return;
  const bool is_new = kind == Notice::Kind::created;
  for (UserId recipient : recipients(unit, kind, event, is_new))
    if (recipient != unit.actor) stage_notice(unit, notice_of(unit, kind, event, recipient));
}

void tell_executor_changed(Unit& unit, const Event& before, const Event& after) {
  for (UserId user : {before.executor, after.executor}) {
    const UserId recipient = in_service_or_above(unit, user);
    if (recipient && recipient != unit.actor) stage_notice(unit, notice_of(unit, Notice::Kind::executor_changed, after, recipient));
  }
}

void tell_returned(Unit& unit, const Event& event, std::string_view comment) {
  const UserId recipient = in_service_or_above(unit, event.executor);
  if (!recipient || recipient == unit.actor) return;
  Notice notice = notice_of(unit, Notice::Kind::returned, event, recipient);
  notice.detail = comment;
  stage_notice(unit, notice);
}

void tell_assigned(Unit& unit, const Assignment& assignment) {
  if (assignment.user == unit.actor) return;
  Notice notice;
  notice.kind = Notice::Kind::assigned;
  notice.recipient = assignment.user;
  notice.company = assignment.company;
  notice.at = unit.now;
  notice.by = unit.actor;
  stage_notice(unit, notice);
}

void tell_dismissal(Unit& unit, const User& user, std::span<const Assignment> made, std::span<const Event> events) {
  struct Taken {
    std::set<CompanyId> companies;
    std::size_t events = 0;
  };
  std::map<UserId, Taken> by_heir;
  for (const Assignment& line : made) by_heir[line.user].companies.insert(line.company);
  for (const Event& event : events) ++by_heir[event.executor].events;
  for (const auto& [heir, taken] : by_heir) {
    if (heir == unit.actor) continue;
    Notice notice;
    notice.kind = Notice::Kind::dismissal;
    notice.recipient = heir;
    notice.at = unit.now;
    notice.by = unit.actor;
    notice.detail = user.last_name + (user.first_name.empty() ? "" : " " + user.first_name) + ": " +
                    std::to_string(taken.companies.size()) + " / " + std::to_string(taken.events);
    stage_notice(unit, notice);
  }
}

void settle_reminders(Unit& unit, const Event& event, bool is_new) {
  if (unit.organisation().silent) return;
  auto wanted = wanted_reminders(unit, event, is_new);
  if (!is_new) {
    for (const Notice& old : unit.list<Notice>(where::eq(Notice::kEvent, event.id.value))) {
      if (old.kind != Notice::Kind::reminder && old.kind != Notice::Kind::postponed_until) continue;
      const bool is_wanted = wanted.erase(old.key) > 0;
      const bool is_waiting = old.state == Notice::State::pending || old.state == Notice::State::claimed;
      if (is_waiting && !is_wanted) end_notice(unit, old, Notice::State::dropped);
      if (is_wanted && old.state == Notice::State::dropped) {  // moved away and back again
        Notice again = old;
        again.state = Notice::State::pending;
        again.next_at = again.at;
        again.ended_at.reset();
        unit.update(old, again);
      }
    }
  }
  for (auto& [key, notice] : wanted) stage_notice(unit, std::move(notice));
}

}  // namespace crm
