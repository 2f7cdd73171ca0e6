/// Events (E1-E3, E6, E7, E13, M6): meetings, calls, presentations, sales, ...
#pragma once

#include <optional>
#include <string>

#include "crm/base/money.hpp"
#include "crm/base/time.hpp"
#include "crm/model/refs.hpp"

namespace crm {

/// E13: вид события.
struct EventType {
  static constexpr EntityNo kEntity = 18;
  enum Field : FieldNo { kCode = 3, kNameRu, kNameEn, kDefaultMinutes, kDefaultPriority, kNoCompany, kProductRequired,
                         kContactRequired, kResultRequired, kReasonRequired, kVerified, kExecutorMayNotCancel, kRetired };

  EventTypeId id;
  Version version = 0;
  std::string code;                   ///< unique
  std::string name_ru;
  std::string name_en;
  std::int32_t default_minutes = 60;
  std::int32_t default_priority = 1;  ///< Event::Priority
  bool no_company = false;            ///< events of this type may have no company
  bool product_required = false;
  bool contact_required = false;
  bool result_required = false;       ///< to hold: a result text or an outcome
  bool reason_required = false;       ///< to reschedule
  bool verified = true;               ///< a supervisor verifies (проверка)
  bool executor_may_not_cancel = false;
  bool retired = false;               ///< no new events
};

/// E13: an outcome of a type of events.
struct Outcome {
  static constexpr EntityNo kEntity = 19;
  enum Field : FieldNo { kType = 3, kCode, kNameRu, kNameEn, kKind };
  enum class Kind : std::int32_t { success = 0, neutral = 1, refusal = 2 };

  OutcomeId id;
  Version version = 0;
  EventTypeId type;
  std::string code;
  std::string name_ru;
  std::string name_en;
  Kind kind = Kind::neutral;
};

/// The states that people see: the stored ones with the same permanent numbers, and overdue. They partition all events.
enum class EffectiveState : std::int32_t {
  planned = 0,
  rescheduled = 1,
  postponed = 2,
  held = 3,
  cancelled = 4,
  overdue = 5
};

/// A row of the calendar. State, interval and verification change by actions (hold, reschedule, ...), not by save.
struct Event {
  static constexpr EntityNo kEntity = 20;
  enum Field : FieldNo { kType = 3, kCompany, kContact, kExecutor, kSetter, kPriority, kState, kVerification, kStart,
                         kEnd, kAllDay, kZone, kPostponedUntil, kPurpose, kResult, kOutcome, kReason, kAmount, kCurrency,
                         kSequence, kHeldAt, kRemoved, kCase, kDueAt, kProduct, kAwaitingSince, kTickAt, kLongUntil, kProducts,
                         kCountedAt };
  /// Stored states; overdue is effective and never stored (Definitions, Event states).
  enum class State : std::int32_t { planned = 0, rescheduled = 1, postponed = 2, held = 3, cancelled = 4 };
  enum class Priority : std::int32_t { low = 0, normal = 1, high = 2, very_high = 3 };
  /// M6: an axis of its own beside the state.
  enum class Verification : std::int32_t { not_required = 0, awaiting = 1, accepted = 2, returned = 3 };

  EventId id;
  Version version = 0;
  EventTypeId type;
  CompanyId company;
  EmployeeId contact;                    ///< E2: an employee of that company
  UserId executor;                       ///< исполнитель
  UserId setter;                         ///< постановщик
  Priority priority = Priority::normal;
  State state = State::planned;
  Verification verification = Verification::not_required;
  std::optional<Instant> start;          ///< only a postponed event may have none
  std::optional<Instant> end;
  bool all_day = false;                  ///< start and end are midnights of `zone`, end exclusive
  std::string zone;                      ///< IANA; empty: the organisation's
  std::optional<Date> postponed_until;
  std::string purpose;
  std::string result;
  OutcomeId outcome;
  std::string reason;                    ///< of the last cancel, postpone, reopen or removal
  std::optional<Money> amount;           ///< of an event without lines
  std::int32_t sequence = 0;             ///< iCalendar SEQUENCE: + 1 with every reschedule
  std::optional<Instant> held_at;        ///< when it was held or resubmitted
  bool removed = false;                  ///< hidden from every door but audit
  std::string case_key;                  ///< M12: a deal
  std::optional<Instant> due_at;         ///< derived: open: end, else start; postponed: end of `until`; otherwise none
  ProductId product;                     ///< derived: product of the first line
  std::optional<Instant> awaiting_since; ///< derived: while it awaits verification, since when
  std::optional<Instant> tick_at;        ///< derived: when time does the next thing to it; none once that is recorded
  std::optional<Instant> long_until;     ///< derived: the end of one that lasts longer than a day, so that a period finds it
  std::int32_t products = 0;             ///< derived: how many different products its lines have
  std::optional<Instant> counted_at;     ///< derived: start of one that reports count: held, not returned, not removed
};

/// E1: a product of an event.
struct EventLine {
  static constexpr EntityNo kEntity = 21;
  enum Field : FieldNo { kEvent = 3, kProduct, kQuantity, kAmount, kCurrency };

  IdOf<EventLine> id;
  Version version = 0;
  EventId event;
  ProductId product;
  std::optional<Decimal> quantity;
  std::optional<Money> amount;
};

/// E3: append-only log of moved intervals.
struct Reschedule {
  static constexpr EntityNo kEntity = 22;
  enum Field : FieldNo { kEvent = 3, kKind, kOldStart, kOldEnd, kNewStart, kNewEnd, kReason, kBy, kAt };
  enum class Kind : std::int32_t { moved = 0, actual = 1 };  ///< actual: the interval in which it was really held

  IdOf<Reschedule> id;
  Version version = 0;
  EventId event;
  Kind kind = Kind::moved;
  std::optional<Instant> old_start;
  std::optional<Instant> old_end;
  std::optional<Instant> new_start;
  std::optional<Instant> new_end;
  std::string reason;
  UserId by;
  std::optional<Instant> at;
};

/// M6: append-only log of verification.
struct VerificationEntry {
  static constexpr EntityNo kEntity = 23;
  enum Field : FieldNo { kEvent = 3, kTo, kComment, kBy, kAt };

  IdOf<VerificationEntry> id;
  Version version = 0;
  EventId event;
  Event::Verification to = Event::Verification::awaiting;
  std::string comment;
  UserId by;
  std::optional<Instant> at;
};

}  // namespace crm
