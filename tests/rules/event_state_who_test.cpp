// E7: the columns "who" and "required" of the Definitions, each line as a row.
#include <doctest/doctest.h>

#include <functional>

#include "crm/rules/event_state.hpp"

using namespace crm;

namespace {

using State = Event::State;
using Verification = Event::Verification;

const Instant kNow = *parse_instant("2026-03-02T20:00:00Z");  // the 3rd of March in +07:00
const Zone kZone("+07:00");

/// An attempt that is allowed as it stands; the rows of the tables spoil it.
struct Try {
  Action action = Action::plan;
  Event event;
  EventType type;
  ActionRequest request;
  ActorFacts actor;

  [[nodiscard]] Transition run() const { return act(action, event, type, request, actor, kNow, kZone); }
  [[nodiscard]] std::string refusals() const {
    std::string out;
    for (const Violation& v : run().violations) out += (out.empty() ? "" : ", ") + v.rule;
    return out;
  }
};

Instant hour(int hours) { return kNow + std::chrono::hours(hours); }

bool of_new(Action action) { return action == Action::plan || action == Action::record; }
bool of_held(Action action) { return action >= Action::reopen && action <= Action::resubmit; }

Try good(Action action) {
  Try t;
  t.action = action;
  t.type.id = {3};
  t.type.code = "meeting";
  t.event.id = {of_new(action) ? 0 : 7};
  t.event.type = {3};
  t.event.company = {4};
  t.event.executor = {5};
  t.event.start = hour(-2);
  t.event.end = hour(-1);
  if (of_held(action)) t.event.state = State::held;
  if (of_held(action))
    t.event.verification = action == Action::resubmit ? Verification::returned : Verification::awaiting;
  if (action == Action::reschedule) t.request.start = hour(24);
  t.event.removed = action == Action::restore;
  t.request.reason = "клиент просил";
  t.request.comment = "исправьте сумму";
  t.request.executor = {6};
  t.actor.user = {9};
  t.actor.is_system = true;
  t.actor.executor_has_supervisor = true;
  return t;
}

ActorFacts as(const char* role) {
  ActorFacts actor;
  actor.user = {9};
  actor.executor_has_supervisor = true;
  const std::string who(role);
  actor.is_system = who == "system";
  actor.is_administrator = who == "administrator";
  actor.is_executor = who == "executor" || who == "executor at the top";
  actor.is_setter = who == "setter";
  actor.is_supervisor = who == "supervisor";
  actor.may_write_company = who == "writer";
  if (who == "executor at the top") actor.executor_has_supervisor = false;
  return actor;
}

}  // namespace

TEST_CASE("who may do what") {
  const char* const roles[] = {
      "nobody", "writer", "executor", "setter", "supervisor", "administrator", "executor at the top", "system"};
  struct Row {
    Action action;
    const char* may;  // in the order of roles
  };
  const Row rows[] = {
      {Action::plan, "-+---+-+"},     {Action::record, "-+---+-+"}, {Action::reschedule, "--++++++"},
      {Action::postpone, "--++++++"}, {Action::hold, "--++++++"},   {Action::cancel, "--++++++"},
      {Action::reopen, "----++++"},   {Action::accept, "----+--+"}, {Action::return_, "----+--+"},
      {Action::resubmit, "--+---++"}, {Action::remove, "---+++-+"}, {Action::change_executor, "---+++-+"},
      {Action::restore, "-----+-+"},
  };
  for (const Row& row : rows)
    for (std::size_t r = 0; r < std::size(roles); ++r) {
      CAPTURE(std::string(name(row.action)));
      CAPTURE(roles[r]);
      Try t = good(row.action);
      t.actor = as(roles[r]);

      CHECK(t.refusals() == (row.may[r] == '+' ? "" : "E7.who"));
    }
}

TEST_CASE("an executor who is the setter, too, may act as the setter") {
  Try cancel = good(Action::cancel);
  cancel.type.executor_may_not_cancel = true;
  cancel.actor = as("executor");

  CHECK(cancel.refusals() == "E7.who");
  cancel.actor.is_setter = true;
  CHECK(cancel.refusals().empty());
}

TEST_CASE("an administrator does not reopen or verify his own event") {
  for (Action action : {Action::reopen, Action::accept, Action::return_}) {
    Try t = good(action);
    t.actor = as("executor");
    t.actor.is_administrator = true;
    t.actor.is_supervisor = true;  // even if the tree of users is damaged

    CHECK(t.refusals() == "E7.who");
  }
}

TEST_CASE("a verdict is changed by the same supervisor or a higher one only") {
  for (auto [action, was] :
       {std::pair(Action::accept, Verification::returned), {Action::return_, Verification::accepted}}) {
    Try t = good(action);
    t.event.verification = was;
    t.actor = as("supervisor");

    CHECK(t.refusals() == "E7.who");
    t.actor.outranks_verifier = true;
    CHECK(t.refusals().empty());
  }
}

TEST_CASE("an event without a company is planned by anyone, if its type allows") {
  Try t = good(Action::plan);
  t.event.company = {};
  t.actor = as("nobody");

  CHECK(t.refusals() == "E1.company_required");
  t.type.no_company = true;
  CHECK(t.refusals().empty());
}

TEST_CASE("what each action requires, and which field is named") {
  struct Row {
    const char* what;
    Action action;
    std::function<void(Try&)> spoil;
    const char* refusals;
    FieldNo field;
  };
  using T = Try&;
  // clang-format off
  const Row rows[] = {
      {"retired type", Action::plan, [](T t) { t.type.retired = true; }, "E13.type_retired", Event::kType},
      {"executor gone", Action::plan, [](T t) { t.actor.executor_in_service = false; }, "E6.executor_not_in_service", Event::kExecutor},
      {"no executor", Action::plan, [](T t) { t.event.executor = {}; }, "E6.executor_not_in_service", Event::kExecutor},
      {"no start", Action::plan, [](T t) { t.event.start.reset(); }, "E3.start_required", Event::kStart},
      {"end first", Action::plan, [](T t) { t.event.end = hour(-3); }, "E3.end_before_start", Event::kEnd},
      {"no company", Action::plan, [](T t) { t.event.company = {}; }, "E1.company_required", Event::kCompany},
      {"no product", Action::plan, [](T t) { t.type.product_required = true; }, "E1.product_required", Event::kProduct},
      {"a product", Action::plan, [](T t) { t.type.product_required = t.actor.has_product = true; }, "", 0},
      {"no contact", Action::plan, [](T t) { t.type.contact_required = true; }, "E2.contact_required", Event::kContact},
      {"a contact", Action::plan, [](T t) { t.type.contact_required = true; t.event.contact = {8}; }, "", 0},
      {"a past start", Action::plan, [](T t) { t.event.start = t.event.end = hour(-99); }, "", 0},
      {"in an hour", Action::record, [](T t) { t.event.start = hour(1); t.event.end = hour(2); }, "E7.start_in_future", Event::kStart},
      {"starting now", Action::record, [](T t) { t.event.start = kNow; t.event.end = hour(1); }, "", 0},
      {"no result", Action::record, [](T t) { t.type.result_required = true; }, "E7.result_required", Event::kResult},
      {"its result", Action::record, [](T t) { t.type.result_required = true; t.event.result = "да"; }, "", 0},
      {"its outcome", Action::record, [](T t) { t.type.result_required = true; t.event.outcome = {2}; }, "", 0},
      {"alien outcome", Action::record, [](T t) { t.event.outcome = {2}; t.request.outcome_type = {4}; }, "E13.outcome_of_type", Event::kOutcome},
      {"no interval", Action::reschedule, [](T t) { t.request.start.reset(); }, "E3.start_required", Event::kStart},
      {"end first", Action::reschedule, [](T t) { t.request.end = hour(23); }, "E3.end_before_start", Event::kEnd},
      {"the old interval", Action::reschedule, [](T t) { t.event.start = t.request.start; t.event.end = {}; }, "E3.same_interval", Event::kStart},
      {"the same hours as a whole day", Action::reschedule, [](T t) { t.event.start = t.request.start; t.event.end = {}; t.request.all_day = true; }, "", 0},
      {"another past", Action::reschedule, [](T t) { t.request.start = hour(-9); t.request.end = hour(-8); }, "E3.in_the_past", Event::kStart},
      {"begun, not over", Action::reschedule, [](T t) { t.request.start = hour(-9); t.request.end = kNow; }, "", 0},
      {"today, all day", Action::reschedule, [](T t) { t.request.start = hour(-3); t.request.all_day = true; }, "", 0},
      {"no reason", Action::reschedule, [](T t) { t.request.reason = ""; }, "", 0},
      {"no reason, wanted", Action::reschedule, [](T t) { t.request.reason = " "; t.type.reason_required = true; }, "E3.reason_required", Event::kReason},
      {"no reason", Action::postpone, [](T t) { t.request.reason = ""; }, "E7.reason_required", Event::kReason},
      {"until yesterday", Action::postpone, [](T t) { t.request.until = parse_date("2026-03-02"); }, "E7.until_in_past", Event::kPostponedUntil},
      {"until today", Action::postpone, [](T t) { t.request.until = parse_date("2026-03-03"); }, "", 0},
      {"not begun", Action::hold, [](T t) { t.event.start = hour(1); t.event.end = hour(2); }, "E7.not_started", Event::kStart},
      {"not begun, but held", Action::hold, [](T t) { t.event.start = hour(1); t.event.end = {}; t.request.start = hour(-1); }, "", 0},
      {"held tomorrow", Action::hold, [](T t) { t.request.start = hour(24); }, "E7.not_started", Event::kStart},
      {"an end alone", Action::hold, [](T t) { t.request.end = hour(-1); }, "E3.start_required", Event::kStart},
      {"parked, no actual one", Action::hold, [](T t) { t.event.state = State::postponed; }, "E7.not_started", Event::kStart},
      {"parked, an actual one", Action::hold, [](T t) { t.event.state = State::postponed; t.request.start = hour(-1); }, "", 0},
      {"end first", Action::hold, [](T t) { t.request.start = hour(-1); t.request.end = hour(-2); }, "E3.end_before_start", Event::kEnd},
      {"no result", Action::hold, [](T t) { t.type.result_required = true; }, "E7.result_required", Event::kResult},
      {"a blank result", Action::hold, [](T t) { t.type.result_required = true; t.request.result = " "; }, "E7.result_required", Event::kResult},
      {"an outcome", Action::hold, [](T t) { t.type.result_required = true; t.request.outcome = {2}; t.request.outcome_type = {3}; }, "", 0},
      {"alien outcome", Action::hold, [](T t) { t.request.outcome = {2}; t.request.outcome_type = {4}; }, "E13.outcome_of_type", Event::kOutcome},
      {"no reason", Action::cancel, [](T t) { t.request.reason = ""; }, "E7.reason_required", Event::kReason},
      {"no reason", Action::reopen, [](T t) { t.request.reason = ""; }, "E7.reason_required", Event::kReason},
      {"without any start", Action::reopen, [](T t) { t.event.state = State::cancelled; t.event.start.reset(); }, "E3.start_required", Event::kStart},
      {"end first", Action::reopen, [](T t) { t.request.start = hour(2); t.request.end = hour(1); }, "E3.end_before_start", Event::kEnd},
      {"no comment", Action::accept, [](T t) { t.request.comment = ""; }, "", 0},
      {"no comment", Action::return_, [](T t) { t.request.comment = ""; }, "M6.comment_required", Event::kVerification},
      {"nothing new", Action::resubmit, [](T t) { t.request.comment = ""; }, "M6.comment_required", Event::kVerification},
      {"the same result", Action::resubmit, [](T t) { t.request.comment = ""; t.event.result = t.request.result = "да"; }, "M6.comment_required", Event::kVerification},
      {"a new result", Action::resubmit, [](T t) { t.request.comment = ""; t.request.result = "да"; }, "", 0},
      {"edited before", Action::resubmit, [](T t) { t.request.comment = ""; t.actor.result_changed = true; }, "", 0},
      {"no reason", Action::remove, [](T t) { t.request.reason = ""; }, "E7.reason_required", Event::kReason},
      {"a posted document", Action::remove, [](T t) { t.actor.posted_document = "накладная 12"; }, "E7.linked", Event::kRemoved},
      {"nobody", Action::change_executor, [](T t) { t.request.executor = {}; }, "E6.executor_not_in_service", Event::kExecutor},
      {"one who left", Action::change_executor, [](T t) { t.actor.executor_in_service = false; }, "E6.executor_not_in_service", Event::kExecutor},
  };
  // clang-format on
  for (const Row& row : rows) {
    CAPTURE(std::string(name(row.action)));
    CAPTURE(row.what);
    Try t = good(row.action);
    CHECK(t.refusals().empty());
    row.spoil(t);

    CHECK(t.refusals() == row.refusals);
    for (const Violation& v : t.run().violations) {
      CHECK(v.entity == Event::kEntity);
      CHECK(v.field == row.field);
      CHECK(v.record == t.event.id.value);
    }
  }
}

TEST_CASE("all reasons are told at once") {
  Try t = good(Action::plan);
  t.event = Event{};
  t.event.company = {4};
  t.type.retired = t.type.contact_required = t.type.product_required = true;
  t.actor = as("nobody");

  CHECK(t.refusals() ==
        "E7.who, E13.type_retired, E6.executor_not_in_service, E3.start_required, E1.product_required, "
        "E2.contact_required");
}

TEST_CASE("a plain save changes neither what actions change nor the interval") {
  Event before = good(Action::cancel).event;
  Event after = before;
  after.purpose = "показать прайс";
  after.priority = Event::Priority::high;
  CHECK(check_edit(before, after).empty());

  after.start = hour(5);
  after.state = State::held;
  after.removed = true;
  after.sequence = 2;
  const auto violations = check_edit(before, after);
  REQUIRE(violations.size() == 4);
  CHECK(violations[0] == Violation{"E3.use_reschedule", Event::kEntity, Event::kStart, 7, "7", ""});
  CHECK(violations[1] == Violation{"field.read_only", Event::kEntity, Event::kState, 7, "", "state"});
  CHECK(violations[2].field == Event::kSequence);
  CHECK(violations[3].field == Event::kRemoved);
}

TEST_CASE(
    "the result of a held event: the executor until it is accepted, a supervisor always and then it awaits again") {
  struct Row {
    const char* role;
    Verification verification;
    bool refused, again;
  };
  const Row rows[] = {
      {"executor", Verification::not_required, false, false}, {"executor", Verification::awaiting, false, false},
      {"executor", Verification::returned, false, false},     {"executor", Verification::accepted, true, false},
      {"supervisor", Verification::accepted, false, true},    {"supervisor", Verification::returned, false, true},
      {"supervisor", Verification::awaiting, false, false},   {"supervisor", Verification::not_required, false, false},
      {"setter", Verification::awaiting, true, false},        {"nobody", Verification::awaiting, true, false},
      {"administrator", Verification::accepted, false, true}, {"system", Verification::accepted, false, true},
  };
  for (const Row& row : rows) {
    CAPTURE(row.role);
    CAPTURE(static_cast<int>(row.verification));
    Event before = good(Action::accept).event;
    before.verification = row.verification;
    Event after = before;
    after.result = "исправлено";
    std::vector<Violation> violations;

    CHECK(edit_held(before, after, as(row.role), violations) == row.again);
    CHECK(violations.empty() != row.refused);
    std::vector<Violation> none;
    CHECK_FALSE(edit_held(before, before, as(row.role), none));
    CHECK(none.empty());
    CHECK(edit_held(before, before, as(row.role), none, true) == row.again);
  }
}

TEST_CASE("a held interval is corrected by a plain save, and the verification judges that, too") {
  Event before = good(Action::accept).event;
  before.verification = Verification::accepted;
  Event after = before;
  after.end = *after.end + std::chrono::minutes(30);

  CHECK(check_edit(before, after).empty());
  std::vector<Violation> violations;
  CHECK_FALSE(edit_held(before, after, as("executor"), violations));
  REQUIRE(violations.size() == 1);
  CHECK(violations[0].rule == "E7.who");
  violations.clear();
  CHECK(edit_held(before, after, as("supervisor"), violations));
  CHECK(violations.empty());
}

TEST_CASE("whoever executes an event and supervises others is its executor; an administrator is one, too") {
  Event before = good(Action::accept).event;
  before.verification = Verification::returned;
  Event after = before;
  after.result = "исправлено";
  ActorFacts both = as("executor");
  both.is_supervisor = true;
  std::vector<Violation> violations;

  CHECK_FALSE(edit_held(before, after, both, violations));  // it stays returned until he resubmits
  both.is_administrator = true;
  CHECK(edit_held(before, after, both, violations));
  both.is_administrator = false;
  both.is_system = true;
  CHECK(edit_held(before, after, both, violations));
  before.verification = after.verification = Verification::accepted;
  both.is_system = false;
  CHECK_FALSE(edit_held(before, after, both, violations));
  CHECK(violations.size() == 1);
}

TEST_CASE("what is not held is not edited as a result") {
  const Event before = good(Action::cancel).event;
  Event after = before;
  after.result = "рано";
  std::vector<Violation> violations;

  CHECK_FALSE(edit_held(before, after, as("nobody"), violations));
  CHECK(violations.empty());
}

TEST_CASE("an action has a name, and a refusal tells its rule") {
  CHECK(name(Action::return_) == "return");
  Transition refused;
  refused.violations.push_back({"E7.who", Event::kEntity, 0, 0, "", ""});
  CHECK(refused.refused_by("E7.who"));
  CHECK_FALSE(refused.refused_by("E7.closed"));
}

TEST_CASE("a day without an hour is moved to, though its due time is not known") {
  Try t = good(Action::reschedule);
  t.request.start = hour(24);
  t.request.end.reset();

  CHECK(t.refusals().empty());
}

TEST_CASE("each field that actions alone change is named when a plain save changes it") {
  const Event before = good(Action::cancel).event;
  const auto changed = [&](auto change) {
    Event after = before;
    change(after);
    const auto violations = check_edit(before, after);
    return violations.size() == 1 ? violations[0].detail : std::to_string(violations.size());
  };
  CHECK(changed([](Event& e) { e.zone = "Europe/Berlin"; }) == "zone");
  CHECK(changed([](Event& e) { e.executor = {6}; }) == "executor_id");
  CHECK(changed([](Event& e) { e.setter = {6}; }) == "setter_id");
  CHECK(changed([](Event& e) { e.state = State::held; }) == "state");
  CHECK(changed([](Event& e) { e.verification = Verification::accepted; }) == "verification");
  CHECK(changed([](Event& e) { e.postponed_until = Date{}; }) == "postponed_until");
  CHECK(changed([](Event& e) { e.reason = "иначе"; }) == "reason");
  CHECK(changed([](Event& e) { ++e.sequence; }) == "sequence");
  CHECK(changed([](Event& e) { e.held_at = kNow; }) == "held_at");
  CHECK(changed([](Event& e) { e.removed = true; }) == "removed");
}

TEST_CASE("an outcome, an hour and a line of a held event are its result as much as its words") {
  const Event before = good(Action::accept).event;
  const auto asks_again = [&](auto change) {
    Event accepted = before, after = before;
    accepted.verification = after.verification = Verification::accepted;
    change(after);
    std::vector<Violation> violations;
    return edit_held(accepted, after, as("supervisor"), violations);
  };
  CHECK(asks_again([](Event& e) { e.outcome = {2}; }));
  CHECK(asks_again([](Event& e) { e.start = hour(-3); }));
  CHECK(asks_again([](Event& e) { e.all_day = true; }));
  CHECK_FALSE(asks_again([](Event& e) { e.purpose = "не о том"; }));
}

TEST_CASE("a refusal of the state names the event and the state it is in") {
  const auto told = [](Action action, auto change) {
    Try t = good(action);
    change(t.event);
    const auto violations = t.run().violations;
    REQUIRE(violations.size() == 1);
    CHECK(violations[0].field == Event::kState);
    return violations[0].rule + " " + violations[0].value + " " + violations[0].detail;
  };
  CHECK(told(Action::plan, [](Event& e) { e.id = {7}; }) == "E7.already 7 planned");
  CHECK(told(Action::cancel, [](Event& e) { e.removed = true; }) == "E7.already 7 removed");
  CHECK(told(Action::reschedule, [](Event& e) { e.state = State::held; }) == "E7.closed 7 held");
  CHECK(told(Action::reopen, [](Event& e) { e.state = State::rescheduled; }) == "E7.not_closed 7 rescheduled");
  CHECK(told(Action::accept, [](Event& e) { e.verification = Verification::accepted; }) == "E7.already 7 accepted");
  CHECK(told(Action::return_, [](Event& e) { e.verification = Verification::returned; }) == "E7.already 7 returned");
  CHECK(told(Action::resubmit, [](Event& e) { e.verification = Verification::accepted; }) == "E7.not_returned 7 held");
  // Of a state that only a later release knows nothing is done.
  CHECK(told(Action::cancel, [](Event& e) { e.state = static_cast<State>(5); }) == "field.enum 5 planned, rescheduled, postponed, held, cancelled");
  CHECK(told(Action::hold, [](Event& e) { e.state = static_cast<State>(-1); }) == "field.enum -1 planned, rescheduled, postponed, held, cancelled");
}

TEST_CASE("what has not begun is told with its beginning, what has none with its state") {
  Try later = good(Action::hold);
  later.event.start = hour(1);
  later.event.end = hour(2);
  CHECK(later.run().violations == std::vector{Violation{"E7.not_started", Event::kEntity, Event::kStart, 7, "7", to_string(hour(1))}});

  Try parked = good(Action::hold);
  parked.event.state = State::postponed;
  CHECK(parked.run().violations == std::vector{Violation{"E7.not_started", Event::kEntity, Event::kStart, 7, "7", "postponed"}});
}

TEST_CASE("a new event begins unverified and not held, whatever it came with, and is named by its type") {
  Try t = good(Action::plan);
  t.event.verification = Verification::accepted;
  t.event.held_at = kNow;
  t.event.state = State::cancelled;
  const Transition planned = t.run();
  REQUIRE(planned.allowed);
  CHECK(planned.after.state == State::planned);
  CHECK(planned.after.verification == Verification::not_required);
  CHECK_FALSE(planned.after.held_at);

  t.event.start.reset();
  t.event.end.reset();
  CHECK(t.run().violations == std::vector{Violation{"E3.start_required", Event::kEntity, Event::kStart, 0, "meeting", ""}});
}
