/// The state machine of events (E3, E7, M6): which action is allowed in which state, to whom, with what, and its
/// result.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crm/base/error.hpp"
#include "crm/base/time.hpp"
#include "crm/model/event.hpp"

namespace crm {

/// Permanent numbers; the C ABI names them CRM_ACTION_*.
enum class Action : std::int32_t {
  plan = 0,
  record = 1,
  reschedule = 2,
  postpone = 3,
  hold = 4,
  cancel = 5,
  reopen = 6,
  accept = 7,
  return_ = 8,
  resubmit = 9,
  remove = 10,
  change_executor = 11,
  restore = 12,
};
inline constexpr int kActions = 13;

/// "reschedule", "return", ...
std::string_view name(Action action);

/// When an event takes place; all-day ones from midnight to an exclusive midnight of the event's zone.
struct Interval {
  std::optional<Instant> start;
  std::optional<Instant> end;
  bool all_day = false;

  friend bool operator==(const Interval&, const Interval&) = default;
};

Interval interval_of(const Event& event);

/// What an action is given. Unused parts are ignored.
struct ActionRequest {
  std::optional<Instant> start;  ///< reschedule, reopen: the new interval; hold: the actual one
  std::optional<Instant> end;
  bool all_day = false;
  std::optional<Date> until;  ///< postpone
  std::string result;         ///< hold, resubmit; empty = as the event has it
  OutcomeId outcome;          ///< hold, resubmit; none = as the event has it
  EventTypeId outcome_type;   ///< a fact: the type that `outcome` belongs to; record: that of the event's own
                              ///< outcome, which is not judged without it
  std::string reason;         ///< postpone, cancel, reopen, remove; reschedule if the type says so
  std::string comment;        ///< return; resubmit without a changed result
  UserId executor;            ///< change of executor

  [[nodiscard]] Interval interval() const { return {start, end, all_day}; }
};

/// Who acts, and what else the verdict depends on, as of now (Definitions, Organisation and access).
struct ActorFacts {
  UserId user;                    ///< for messages only
  bool is_system = false;         ///< the host: may do every action
  bool is_administrator = false;  ///< all but verify (accept, return, resubmit)
  bool is_executor = false;
  bool is_setter = false;
  bool is_supervisor = false;      ///< anyone above the executor
  bool may_write_company = false;  ///< plan, record: a current manager, a supervisor of one, a role; asked only of
                                   ///< an event with a company
  bool executor_has_supervisor = false;
  bool outranks_verifier = false;  ///< the same as, or above, who accepted or returned last

  bool executor_in_service = true;  ///< plan, record: of the event's; change: of the new one
  bool has_product = false;         ///< plan, record: the event has a line
  bool result_changed = false;      ///< resubmit: result, interval or lines were edited since the return
  std::string posted_document;      ///< remove: a posted document of the host that is linked to the event
};

/// Who is told; never the one who acts.
enum class NoticeEffect : std::int32_t { none = 0, created = 1, done = 2, executor_changed = 3 };

struct Transition {
  bool allowed = false;
  std::vector<Violation> violations;  ///< all reasons; a refusal by the state stands alone
  Event after;                        ///< if allowed; otherwise the event as it was
  std::optional<Reschedule> log;      ///< a row of the reschedule log; id, by and at are the caller's to fill
  bool verification_changed = false;  ///< a row of the verification log: to `after.verification`, with the comment
  NoticeEffect notice = NoticeEffect::none;

  [[nodiscard]] bool refused_by(std::string_view rule) const;
};

/// The event after `action`, or every reason why not. `zone` is the event's. For `plan` and `record` the event is a new
/// one (no id).
Transition act(Action action, const Event& event, const EventType& type, const ActionRequest& request,
               const ActorFacts& actor, Instant now, const Zone& zone);

/// The table of states alone: the rule that refuses `action` on a stored event, or nullptr. For menus and buttons.
const char* refused_in_state(Action action, const Event& event);

/// A plain save: what only actions change (`field.read_only`, one for each field) and the interval of an event that is
/// not held (E3.use_reschedule). The actual interval of a held one is judged by `edit_held`.
std::vector<Violation> check_edit(const Event& before, const Event& after);

/// Result, outcome, actual interval and lines of a held event: the executor until it is accepted, a supervisor always.
/// Returns whether the event is to be verified again; refusals (E7.who) go to `violations`.
bool edit_held(const Event& before, const Event& after, const ActorFacts& actor, std::vector<Violation>& violations,
               bool lines_changed = false);

}  // namespace crm
