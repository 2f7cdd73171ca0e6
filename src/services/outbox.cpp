// Notices on their way to people (E4, E9): claimed, delivered, failed, tried again.
#include "crm/services/outbox.hpp"

#include <algorithm>
#include <map>

#include "crm/rules/dismissal.hpp"
#include "crm/rules/notice_text.hpp"
#include "notices.hpp"
#include "outbox.hpp"

namespace crm {
namespace {

constexpr std::int32_t kAttempts = 10;
constexpr auto kLate = std::chrono::minutes(1);
constexpr int kRounds = 8;  // of a claim that meets expired notices only

/// 1, 2, 4, ... minutes, 12 hours at most.
std::chrono::minutes back_off(std::int32_t attempts) {
  return std::min(std::chrono::minutes(1LL << std::min(attempts - 1, 20)), std::chrono::minutes(12 * 60));
}

/// Reads each record that messages speak of once.
class Words {
 public:
  explicit Words(Unit& unit) : unit_(unit), texts_(unit.list<NoticeText>(where::not_null(kId))) {}

  std::optional<Event> event(EventId id) {
    if (!id) return {};
    return events_.try_emplace(id, *unit_.find(id)).first->second;  // removed ones too: what tells of them is over
  }

  bool in_service(UserId id) { return crm::in_service(user(id), unit_.today()); }

  std::string text(const Notice& notice) {
    NoticeWords words;
    if (const auto e = event(notice.event)) {
      const EventType type = unit_.load(e->type);
      words.event = russian() || type.name_en.empty() ? type.name_ru : type.name_en;
      if (!e->purpose.empty()) words.event += " (" + e->purpose + ")";
      words.executor = name(e->executor);
      if (e->start) words.start = local(*e);
    }
    if (notice.company) words.company = unit_.load(notice.company).name;
    words.by = name(notice.by);
    words.detail = notice.detail;
    const auto own = std::ranges::find(texts_, notice.kind, &NoticeText::kind);
    std::string given = own == texts_.end() ? "" : russian() ? own->text_ru : own->text_en;
    if (given.empty()) given = notice_template(notice.kind, unit_.language());
    return notice_text(given, words);
  }

 private:
  [[nodiscard]] bool russian() const { return unit_.language() == Language::russian; }

  const User& user(UserId id) {
    const auto known = users_.find(id);
    return known != users_.end() ? known->second : users_.emplace(id, unit_.load(id)).first->second;
  }

  std::string name(UserId id) {
    if (!id) return {};
    const User& u = user(id);
    return u.last_name + (u.first_name.empty() ? "" : " " + u.first_name);
  }

  /// "2026-03-02 09:00" by the wall clock of the event.
  std::string local(const Event& event) {
    const Zone zone = unit_.zone_named(event.zone);
    const LocalTime wall = zone.local(*event.start);
    const Date day = std::chrono::floor<std::chrono::days>(wall);
    if (event.all_day) return to_string(day);
    const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(wall - LocalTime(day)).count();
    const auto two = [](std::int64_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
    return to_string(day) + " " + two(minutes / 60) + ":" + two(minutes % 60);
  }

  Unit& unit_;
  std::vector<NoticeText> texts_;
  std::map<EventId, Event> events_;
  std::map<UserId, User> users_;
};

/// Whether there is no sense in telling it any more.
bool is_over(Unit& unit, Words& words, const Notice& notice) {
  if (!words.in_service(notice.recipient)) return true;
  const auto event = words.event(notice.event);
  if (!event) return false;
  if (event->removed) return true;
  if (notice.kind == Notice::Kind::reminder) {
    const bool is_open = event->state == Event::State::planned || event->state == Event::State::rescheduled;
    return !is_open || !event->due_at || *event->due_at <= unit.now;
  }
  return notice.kind == Notice::Kind::postponed_until && event->state != Event::State::postponed;
}

std::vector<Notice> due_notices(Unit& unit, std::int64_t limit) {
  Query query;
  query.filter = where::le(Notice::kNextAt, to_number(unit.now));
  query.order = {{Notice::kNextAt}};
  query.limit = limit;
  std::vector<Notice> found;
  for (const Row& row : unit.rows(Notice::kEntity, std::move(query))) found.push_back(from_row<Notice>(row));
  return found;
}

void check_host(Unit& unit) {
  if (unit.actor)
    refuse(Code::denied, {"E4.host_only", Notice::kEntity, 0, 0, std::to_string(unit.actor.value), ""});
}

/// A notice that the host has, or had when it was dropped.
Notice claimed_notice(Unit& unit, NoticeId id) {
  check_host(unit);
  const Notice notice = unit.load(id);
  const bool was_given = notice.state == Notice::State::claimed || (notice.state == Notice::State::dropped && notice.claimed_at) ||
                         notice.state == Notice::State::delivered;
  if (!was_given)
    refuse(Code::refused, {"E4.not_claimed", Notice::kEntity, Notice::kState, id.value, notice.key,
                           entity_info(Notice::kEntity).at(Notice::kState).values->code(static_cast<Id>(notice.state))});
  return notice;
}

}  // namespace

std::vector<NoticeMessage> claim(Unit& unit, std::int64_t limit, std::chrono::seconds lease) {
  check_host(unit);
  Words words(unit);
  std::vector<NoticeMessage> claimed;
  for (int round = 0; round < kRounds && std::ssize(claimed) < limit; ++round) {
    const auto due = due_notices(unit, limit - std::ssize(claimed));
    if (due.empty()) break;
    for (const Notice& notice : due) {
      if (is_over(unit, words, notice)) {
        end_notice(unit, notice, Notice::State::expired);
      } else if (notice.attempts >= kAttempts) {
        end_notice(unit, notice, Notice::State::failed);
      } else {
        claimed.push_back({notice, words.text(notice)});
        Notice& taken = claimed.back().notice;
        taken.state = Notice::State::claimed;
        taken.late = notice.attempts == 0 ? unit.now >= notice.at + kLate : notice.late;
        ++taken.attempts;
        taken.claimed_at = unit.now;
        taken.next_at = unit.now + lease;
        unit.update(notice, taken);
      }
    }
    unit.flush();
  }
  return claimed;
}

std::vector<NoticeMessage> Crm::claim_notices(std::int64_t limit, std::chrono::seconds lease) {
  if (limit < 1 || limit > 10000)
    refuse(Code::invalid_argument, {"field.range", 0, 0, 0, std::to_string(limit), "limit: 1..10000"});
  if (lease < std::chrono::seconds(1) || lease > std::chrono::hours(24))
    refuse(Code::invalid_argument, {"field.range", 0, 0, 0, std::to_string(lease.count()), "lease: 1..86400 s"});
  return writing(*state_, [&](Unit& unit) { return claim(unit, limit, lease); });
}

void Crm::acknowledge_notice(NoticeId id) {
  writing(*state_, [&](Unit& unit) {
    const Notice notice = claimed_notice(unit, id);
    if (notice.state != Notice::State::delivered) end_notice(unit, notice, Notice::State::delivered);
  });
}

void Crm::fail_notice(NoticeId id, std::string_view error) {
  writing(*state_, [&](Unit& unit) {
    const Notice notice = claimed_notice(unit, id);
    if (notice.state != Notice::State::claimed) return;  // delivered after all, or not wanted any more
    Notice failed = notice;
    failed.error = error;
    if (notice.attempts >= kAttempts) {
      failed.state = Notice::State::failed;
      failed.next_at.reset();
      failed.ended_at = unit.now;
    } else {
      failed.state = Notice::State::pending;
      failed.next_at = unit.now + back_off(notice.attempts);
    }
    unit.update(notice, failed);
  });
}

}  // namespace crm
