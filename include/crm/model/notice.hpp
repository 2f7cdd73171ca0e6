/// What time brings and who is told of it: notices, reminders, escalation, dismissals to come (E4, E9, E12, M7, C7).
#pragma once

#include <optional>
#include <string>

#include "crm/base/time.hpp"
#include "crm/model/event.hpp"
#include "crm/model/refs.hpp"

namespace crm {

/// A line of the outbox: one person is told one thing once. Made in the transaction of what it tells of; delivered by the host, at least
/// once (`Crm::claim_notices`), who knows a repeated one by its key.
struct Notice {
  static constexpr EntityNo kEntity = 40;
  enum Field : FieldNo { kKind = 3, kRecipient, kEvent, kCompany, kAt, kKey, kState, kNextAt, kAttempts, kLate, kMinutesBefore,
                         kEscalation, kStep, kClaimedAt, kEndedAt, kBy, kDetail, kError };
  enum class Kind : std::int32_t {
    created = 0,           ///< an event was planned
    done = 1,              ///< it was held
    executor_changed = 2,  ///< it has another executor
    assigned = 3,          ///< M7: a company was assigned to the recipient
    reminder = 4,          ///< E4: of a coming event
    postponed_until = 5,   ///< the day has come until which it was postponed
    overdue = 6,           ///< E12: a step of escalation
    unverified = 7,        ///< E12: the same of an event that awaits verification
    dismissal = 8,         ///< C7: what the recipient took over, in `detail`
    returned = 9,          ///< M6: a supervisor returned it, his comment in `detail`
  };
  /// Ended ones keep what became of them.
  enum class State : std::int32_t {
    pending = 0,
    claimed = 1,    ///< the host has it; once the lease is over it may be claimed again
    delivered = 2,
    failed = 3,     ///< after the last attempt
    expired = 4,    ///< what it tells of was over before it could be told
    dropped = 5,    ///< the event was moved or ended before its time came
  };

  NoticeId id;
  Version version = 0;
  Kind kind = Kind::created;
  UserId recipient;
  EventId event;
  CompanyId company;
  Instant at{};                          ///< the nominal moment
  std::string key;                       ///< idempotency key, unique
  State state = State::pending;
  std::optional<Instant> next_at;        ///< when it may be claimed; none once ended
  std::int32_t attempts = 0;
  bool late = false;                     ///< claimed for the first time a minute or more after its moment
  std::optional<std::int32_t> minutes_before;  ///< of a reminder
  EscalationId escalation;
  EscalationStepId step;
  std::optional<Instant> claimed_at;
  std::optional<Instant> ended_at;
  UserId by;                             ///< whose act it tells of; none: the host or time
  std::string detail;
  std::string error;                     ///< of the last failed delivery
};

/// E7, E12: an event fell overdue, or awaits verification. One for each (event, trigger, since).
struct Escalation {
  static constexpr EntityNo kEntity = 41;
  enum Field : FieldNo { kEvent = 3, kTrigger, kSince, kNextAt, kResumedAt, kEndedAt };
  enum class Trigger : std::int32_t { overdue = 0, unverified = 1 };

  EscalationId id;
  Version version = 0;
  EventId event;
  Trigger trigger = Trigger::overdue;
  Instant since{};                       ///< T0: the due instant; that of hold or resubmit
  std::optional<Instant> next_at;        ///< when the next step falls; none: no step is left
  std::optional<Instant> resumed_at;     ///< it was left and came back (reopened with the same due): steps before are over
  std::optional<Instant> ended_at;       ///< when the event left the state
};

/// E12: a step of the policy. It falls `delay_minutes` after the beginning and tells the one `level` above the executor.
/// One that is added later concerns what begins after, and what has a step to come.
struct EscalationStep {
  static constexpr EntityNo kEntity = 42;
  enum Field : FieldNo { kTrigger = 3, kDelayMinutes, kWorkingTime, kLevel, kMinPriority, kRaises, kRetired };

  EscalationStepId id;
  Version version = 0;
  Escalation::Trigger trigger = Escalation::Trigger::overdue;
  std::int32_t delay_minutes = 0;
  bool working_time = true;              ///< by the organisation's calendar (M14); false: by the clock
  std::int32_t level = 0;                ///< 0 the executor, 1 his supervisor, ...; above the top: the top
  Event::Priority min_priority = Event::Priority::low;  ///< events below it are left out
  bool raises = false;                   ///< raises the priority by one level
  bool retired = false;
};

/// E4: how long before the start. Of a type: the default of its events; of an event: instead of the type's.
struct Reminder {
  static constexpr EntityNo kEntity = 43;
  enum Field : FieldNo { kType = 3, kEvent, kMinutesBefore };

  IdOf<Reminder> id;
  Version version = 0;
  EventTypeId type;                      ///< this or `event`
  EventId event;
  std::optional<std::int32_t> minutes_before;  ///< all-day: before 09:00 of the first day; none: no reminder, whatever the type says
};

/// E9: a user who follows an event that is not his.
struct Watcher {
  static constexpr EntityNo kEntity = 44;
  enum Field : FieldNo { kEvent = 3, kUser };

  IdOf<Watcher> id;
  Version version = 0;
  EventId event;
  UserId user;
};

/// E9: a user wants, or does not want, notices of a kind in a role. Without rows: executor, setter and watcher are told what was created and
/// done, the executor is reminded.
struct Subscription {
  static constexpr EntityNo kEntity = 45;
  enum Field : FieldNo { kUser = 3, kKind, kRole, kWanted };
  enum class Role : std::int32_t { executor = 0, setter = 1, supervisor = 2, watcher = 3 };

  IdOf<Subscription> id;
  Version version = 0;
  UserId user;
  Notice::Kind kind = Notice::Kind::created;   ///< created, done or reminder
  Role role = Role::executor;
  bool wanted = true;
};

/// How a kind of notice reads, instead of the library's own text. {event}, {company}, {start}, {executor}, {by}, {detail} stand for those.
struct NoticeText {
  static constexpr EntityNo kEntity = 46;
  enum Field : FieldNo { kKind = 3, kTextRu, kTextEn };

  IdOf<NoticeText> id;
  Version version = 0;
  Notice::Kind kind = Notice::Kind::created;
  std::string text_ru;
  std::string text_en;
};

/// C7: a dismissal on a day to come, done by tick.
struct PlannedDismissal {
  static constexpr EntityNo kEntity = 47;
  enum Field : FieldNo { kUser = 3, kDay, kSuccessor, kSubordinatesToSuccessor, kBy, kTickOn, kRefusal };

  IdOf<PlannedDismissal> id;
  Version version = 0;
  UserId user;
  Date day{};
  UserId successor;
  bool subordinates_to_successor = false;
  UserId by;
  std::optional<Date> tick_on;           ///< the day while it is to be done; none: done, called off, or refused
  std::string refusal;                   ///< why it could not be done on that day
};

}  // namespace crm
