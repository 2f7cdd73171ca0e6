#include "crm/rules/event_state.hpp"

#include <algorithm>
#include <array>

#include "crm/base/text.hpp"
#include "crm/rules/event_due.hpp"

namespace crm {
namespace {

using State = Event::State;
using Verification = Event::Verification;

constexpr const char* kStateNames[] = {"planned", "rescheduled", "postponed", "held", "cancelled"};

/// Of the table: the state after, or the rule that refuses.
struct Cell {
  State to;
  const char* refused;
};
constexpr Cell to(State state) { return {state, nullptr}; }
constexpr Cell no(const char* rule) { return {State::planned, rule}; }

constexpr auto P = State::planned, R = State::rescheduled, O = State::postponed, H = State::held, C = State::cancelled;
constexpr auto kNotClosed = no("E7.not_closed"), kNotHeld = no("E7.not_held"), kClosed = no("E7.closed"),
               kAlready = no("E7.already"), kHistory = no("E7.held_is_history");

// Definitions, Event states: rows are stored states, columns actions from reschedule on. Reopening with an interval
// gives rescheduled; removing keeps the state and hides the event; what depends on the verification is below.
constexpr Cell kTable[5][kActions - 2] = {
    // reschedule, postpone, hold, cancel, reopen, accept, return, resubmit, remove, change of executor, restore
    {to(R), to(O), to(H), to(C), kNotClosed, kNotHeld, kNotHeld, kNotHeld, to(P), to(P), to(P)},        // planned
    {to(R), to(O), to(H), to(C), kNotClosed, kNotHeld, kNotHeld, kNotHeld, to(R), to(R), to(R)},        // rescheduled
    {to(R), to(O), to(H), to(C), kNotClosed, kNotHeld, kNotHeld, kNotHeld, to(O), to(O), to(O)},        // postponed
    {kClosed, kClosed, kAlready, kClosed, to(P), to(H), to(H), to(H), kHistory, kClosed, to(H)},        // held
    {kClosed, kClosed, kClosed, kAlready, to(P), kNotHeld, kNotHeld, kNotHeld, to(C), kClosed, to(C)},  // cancelled
};

enum Who : unsigned { kExecutor = 1, kSetter = 2, kSupervisor = 4, kAdministrator = 8, kWriter = 16 };
constexpr unsigned kAbove = kSetter | kSupervisor | kAdministrator;

struct ActionRow {
  const char* name;
  unsigned who;
  FieldNo about;
  NoticeEffect notice = NoticeEffect::none;
};

// In order of their numbers.
constexpr std::array<ActionRow, kActions> kActionRows = {{
    {"plan", kWriter | kAdministrator, Event::kCompany, NoticeEffect::created},
    {"record", kWriter | kAdministrator, Event::kCompany, NoticeEffect::done},
    {"reschedule", kExecutor | kAbove, Event::kStart},
    {"postpone", kExecutor | kAbove, Event::kState},
    {"hold", kExecutor | kAbove, Event::kState, NoticeEffect::done},
    {"cancel", kExecutor | kAbove, Event::kState},
    {"reopen", kSupervisor | kAdministrator, Event::kState},
    {"accept", kSupervisor, Event::kVerification},
    {"return", kSupervisor, Event::kVerification},
    {"resubmit", kExecutor, Event::kVerification},
    {"remove", kAbove, Event::kRemoved},
    {"change_executor", kAbove, Event::kExecutor, NoticeEffect::executor_changed},
    {"restore", kAdministrator, Event::kRemoved},
}};

const ActionRow& row_of(Action action) { return kActionRows[static_cast<std::size_t>(action)]; }
/// Not one that a later release has put into the base.
bool is_known(State state) { return state >= State::planned && state <= State::cancelled; }
bool blank(std::string_view text) { return trim(text).empty(); }
std::string number(auto id) { return std::to_string(id.value); }

/// One action being tried: collects reasons and makes the event after.
class Attempt {
 public:
  Attempt(Action action, const Event& event, const EventType& type, const ActionRequest& request,
          const ActorFacts& actor, Instant now, const Zone& zone)
      : action_(action), before_(event), type_(type), request_(request), actor_(actor), now_(now), zone_(zone) {
    out_.after = event;
  }

  Transition run() {
    if (action_ > Action::record && !is_known(before_.state)) {
      refuse("field.enum", Event::kState, state_label(), "planned, rescheduled, postponed, held, cancelled");
      return std::move(out_);
    }
    if (const char* rule = refused_in_state(action_, before_)) {
      refuse(rule, Event::kState, event_label(), before_.removed ? "removed" : state_label());
      return std::move(out_);
    }
    const ActionRow& row = row_of(action_);
    if (!may_act()) refuse("E7.who", row.about, number(actor_.user), row.name);
    out_.notice = row.notice;
    if (action_ > Action::record) out_.after.state = cell().to;
    change();
    if (out_.after.state != State::postponed) out_.after.postponed_until.reset();
    settle_dates(out_.after, zone_);
    if (action_ == Action::reschedule) check_due();
    if (out_.violations.empty()) {
      out_.allowed = true;
      return std::move(out_);
    }
    Transition refused;
    refused.after = before_;
    refused.violations = std::move(out_.violations);
    return refused;
  }

 private:
  void refuse(const char* rule, FieldNo field, std::string value, std::string detail = {}) {
    out_.violations.push_back({rule, Event::kEntity, field, before_.id.value, std::move(value), std::move(detail)});
  }
  /// A new event has no id: its type names it.
  [[nodiscard]] std::string event_label() const { return before_.id ? number(before_.id) : type_.code; }
  [[nodiscard]] std::string state_label() const {
    const bool verifies = action_ == Action::accept || action_ == Action::return_;
    if (verifies && before_.verification == Verification::accepted) return "accepted";
    if (verifies && before_.verification == Verification::returned) return "returned";
    return is_known(before_.state) ? kStateNames[static_cast<int>(before_.state)] : std::to_string(static_cast<int>(before_.state));
  }
  [[nodiscard]] const Cell& cell() const {
    return kTable[static_cast<int>(before_.state)][static_cast<int>(action_) - 2];
  }

  [[nodiscard]] bool may_act() const {
    const ActorFacts& a = actor_;
    if (a.is_system) return true;
    if (action_ <= Action::record && !before_.company) return true;  // there is nothing to write to
    unsigned roles = (a.is_executor ? kExecutor : 0u) | (a.is_setter ? kSetter : 0u) |
                     (a.is_supervisor ? kSupervisor : 0u) | (a.is_administrator ? kAdministrator : 0u) |
                     (a.may_write_company ? kWriter : 0u);
    if (action_ == Action::cancel && type_.executor_may_not_cancel) roles &= ~static_cast<unsigned>(kExecutor);
    if (action_ == Action::reopen && a.is_executor) return !a.executor_has_supervisor;
    if (action_ == Action::accept || action_ == Action::return_) {
      if (a.is_executor) return false;
      if (before_.verification != Verification::awaiting && !a.outranks_verifier) return false;
    }
    return (roles & row_of(action_).who) != 0;
  }

  void change() {
    switch (action_) {
      case Action::plan: check_new(); break;
      case Action::record: record(); break;
      case Action::reschedule: reschedule(); break;
      case Action::postpone: postpone(); break;
      case Action::hold: hold(); break;
      case Action::cancel: take_reason(); break;
      case Action::reopen: reopen(); break;
      case Action::accept: verify(Verification::accepted); break;
      case Action::return_: verify(Verification::returned); break;
      case Action::resubmit: resubmit(); break;
      case Action::remove: remove(); break;
      case Action::change_executor: change_executor(); break;
      case Action::restore: out_.after.removed = false; break;
    }
  }

  void take_reason() {
    if (blank(request_.reason)) refuse("E7.reason_required", Event::kReason, event_label(), row_of(action_).name);
    out_.after.reason = request_.reason;
  }

  void check_interval(const Interval& interval) {
    if (interval.start && interval.end && *interval.end < *interval.start)
      refuse("E3.end_before_start", Event::kEnd, to_string(*interval.end), to_string(*interval.start));
  }

  void check_executor(UserId executor) {
    if (!executor || !actor_.executor_in_service)
      refuse("E6.executor_not_in_service", Event::kExecutor, number(executor), to_string(zone_.date(now_)));
  }

  /// What a new event must have (Definitions, `plan`).
  void check_new() {
    const Event& e = before_;
    if (type_.retired) refuse("E13.type_retired", Event::kType, type_.code);
    check_executor(e.executor);
    if (!e.start) refuse("E3.start_required", Event::kStart, event_label());
    check_interval(interval_of(e));
    if (!e.company && !type_.no_company) refuse("E1.company_required", Event::kCompany, "", type_.code);
    if (!actor_.has_product && type_.product_required) refuse("E1.product_required", Event::kProduct, "", type_.code);
    if (!e.contact && type_.contact_required) refuse("E2.contact_required", Event::kContact, "", type_.code);
    out_.after.state = State::planned;
    out_.after.verification = Verification::not_required;
    out_.after.held_at.reset();
  }

  void record() {
    check_new();
    if (before_.start && *before_.start > now_)
      refuse("E7.start_in_future", Event::kStart, to_string(*before_.start), to_string(now_));
    take_result();
    if (request_.outcome_type) check_outcome(out_.after.outcome);
    become_held();
  }

  void reschedule() {
    const Interval wanted = request_.interval();
    if (!wanted.start) refuse("E3.start_required", Event::kStart, event_label());
    check_interval(wanted);
    if (wanted.start && wanted == interval_of(before_))
      refuse("E3.same_interval", Event::kStart, to_string(*wanted.start));
    if (type_.reason_required && blank(request_.reason)) refuse("E3.reason_required", Event::kReason, "", type_.code);
    ++out_.after.sequence;
    move_to(wanted, Reschedule::Kind::moved);
  }

  void check_due() {
    if (request_.start && *out_.after.due_at < now_)
      refuse("E3.in_the_past", Event::kStart, to_string(*out_.after.due_at), to_string(now_));
  }

  /// Takes another interval, with a row of the log.
  void move_to(const Interval& interval, Reschedule::Kind kind) {
    out_.after.start = interval.start;
    out_.after.end = interval.end;
    out_.after.all_day = interval.all_day;
    Reschedule& log = out_.log.emplace();
    log.event = before_.id;
    log.kind = kind;
    log.old_start = before_.start;
    log.old_end = before_.end;
    log.new_start = interval.start;
    log.new_end = interval.end;
    log.reason = request_.reason;
  }

  void postpone() {
    take_reason();
    const Date today = zone_.date(now_);
    if (request_.until && *request_.until < today)
      refuse("E7.until_in_past", Event::kPostponedUntil, to_string(*request_.until), to_string(today));
    out_.after.postponed_until = request_.until;
  }

  void take_result() {
    if (!blank(request_.result)) out_.after.result = request_.result;
    if (request_.outcome) out_.after.outcome = request_.outcome;
    if (type_.result_required && blank(out_.after.result) && !out_.after.outcome)
      refuse("E7.result_required", Event::kResult, "", type_.code);
  }

  void check_outcome(OutcomeId outcome) {
    if (outcome && request_.outcome_type != type_.id)
      refuse("E13.outcome_of_type", Event::kOutcome, number(outcome), type_.code);
  }

  void become_held() {
    const bool to_verify = type_.verified && actor_.executor_has_supervisor;
    out_.after.state = State::held;
    out_.after.held_at = now_;
    out_.after.verification = to_verify ? Verification::awaiting : Verification::not_required;
    out_.verification_changed = to_verify;
  }

  void hold() {
    take_result();
    check_outcome(request_.outcome);
    const Interval actual = request_.interval();
    if (actual.end && !actual.start) refuse("E3.start_required", Event::kStart, event_label());
    check_interval(actual);
    // A postponed event has no planned time to be held in: the actual one must be given.
    const bool parked = before_.state == State::postponed;
    const auto began = actual.start ? actual.start : parked ? std::nullopt : before_.start;
    if (!began || *began > now_)
      refuse("E7.not_started", Event::kStart, event_label(), began ? to_string(*began) : state_label());
    if (actual.start && actual != interval_of(before_)) move_to(actual, Reschedule::Kind::actual);
    become_held();
  }

  void reopen() {
    take_reason();
    const Interval wanted = request_.interval();
    out_.after.held_at.reset();
    out_.after.verification = Verification::not_required;
    out_.verification_changed = before_.verification != Verification::not_required;
    check_interval(wanted);
    if (wanted.start) {
      out_.after.state = State::rescheduled;
      ++out_.after.sequence;
      move_to(wanted, Reschedule::Kind::moved);
    } else if (wanted.end || !before_.start) {
      refuse("E3.start_required", Event::kStart, event_label());
    }
  }

  void verify(Verification verdict) {
    if (verdict == Verification::returned && blank(request_.comment))
      refuse("M6.comment_required", Event::kVerification, event_label());
    out_.after.verification = verdict;
    out_.verification_changed = true;
  }

  void resubmit() {
    take_result();
    check_outcome(request_.outcome);
    const bool changed =
        actor_.result_changed || out_.after.result != before_.result || out_.after.outcome != before_.outcome;
    if (!changed && blank(request_.comment)) refuse("M6.comment_required", Event::kVerification, event_label());
    out_.after.verification = Verification::awaiting;
    out_.after.held_at = now_;
    out_.verification_changed = true;
  }

  void remove() {
    take_reason();
    if (!actor_.posted_document.empty()) refuse("E7.linked", Event::kRemoved, event_label(), actor_.posted_document);
    out_.after.removed = true;
  }

  void change_executor() {
    check_executor(request_.executor);
    out_.after.executor = request_.executor;
  }

  const Action action_;
  const Event& before_;
  const EventType& type_;
  const ActionRequest& request_;
  const ActorFacts& actor_;
  const Instant now_;
  const Zone& zone_;
  Transition out_;
};

}  // namespace

std::string_view name(Action action) { return row_of(action).name; }

Interval interval_of(const Event& event) { return {event.start, event.end, event.all_day}; }

bool Transition::refused_by(std::string_view rule) const {
  return std::ranges::any_of(violations, [&](const Violation& v) { return v.rule == rule; });
}

const char* refused_in_state(Action action, const Event& event) {
  if (action <= Action::record) return event.id ? "E7.already" : nullptr;
  if (!is_known(event.state)) return "field.enum";
  if (action == Action::restore) return event.removed ? nullptr : "E7.not_removed";
  if (event.removed) return "E7.already";
  if (const char* rule = kTable[static_cast<int>(event.state)][static_cast<int>(action) - 2].refused) return rule;
  const Verification now = event.verification;
  if (action == Action::resubmit && now != Verification::returned) return "E7.not_returned";
  if (action == Action::accept || action == Action::return_) {
    if (now == Verification::not_required) return "M6.not_required";
    // A verdict is changed, not given twice.
    if (now == (action == Action::accept ? Verification::accepted : Verification::returned)) return "E7.already";
  }
  return nullptr;
}

Transition act(Action action, const Event& event, const EventType& type, const ActionRequest& request,
               const ActorFacts& actor, Instant now, const Zone& zone) {
  return Attempt(action, event, type, request, actor, now, zone).run();
}

std::vector<Violation> check_edit(const Event& before, const Event& after) {
  std::vector<Violation> violations;
  const auto keep = [&](bool same, FieldNo field, const char* field_name) {
    if (!same) violations.push_back({"field.read_only", Event::kEntity, field, before.id.value, "", field_name});
  };
  const bool moved = interval_of(before) != interval_of(after);
  if (before.state != State::held && moved)
    violations.push_back({"E3.use_reschedule", Event::kEntity, Event::kStart, before.id.value, number(before.id), ""});
  keep(before.zone == after.zone, Event::kZone, "zone");
  keep(before.executor == after.executor, Event::kExecutor, "executor_id");
  keep(before.setter == after.setter, Event::kSetter, "setter_id");
  keep(before.state == after.state, Event::kState, "state");
  keep(before.verification == after.verification, Event::kVerification, "verification");
  keep(before.postponed_until == after.postponed_until, Event::kPostponedUntil, "postponed_until");
  keep(before.reason == after.reason, Event::kReason, "reason");
  keep(before.sequence == after.sequence, Event::kSequence, "sequence");
  keep(before.held_at == after.held_at, Event::kHeldAt, "held_at");
  keep(before.removed == after.removed, Event::kRemoved, "removed");
  return violations;
}

bool edit_held(const Event& before, const Event& after, const ActorFacts& actor, std::vector<Violation>& violations,
               bool lines_changed) {
  if (before.state != State::held) return false;
  const bool changed = lines_changed || before.result != after.result || before.outcome != after.outcome ||
                       interval_of(before) != interval_of(after);
  if (!changed) return false;
  const bool above = actor.is_system || actor.is_administrator || (actor.is_supervisor && !actor.is_executor);
  const bool still_his = actor.is_executor && before.verification != Verification::accepted;
  if (!above && !still_his) {
    violations.push_back({"E7.who", Event::kEntity, Event::kResult, before.id.value, number(actor.user), "edit"});
    return false;
  }
  if (still_his && !actor.is_system && !actor.is_administrator) return false;
  return before.verification == Verification::accepted || before.verification == Verification::returned;
}

}  // namespace crm
