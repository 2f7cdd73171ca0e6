// C7: each row of the Definitions, Dismissal, by hand.
#include "crm/rules/dismissal.hpp"

#include <doctest/doctest.h>

using namespace crm;

namespace {

using As = Assignment::Role;
using State = Event::State;

constexpr UserId kLeaver{1}, kBoss{2}, kColleague{3}, kSuccessor{4}, kNobody{0};
constexpr CompanyId kFirm{10}, kOther{11};

Date day(const char* text) { return *parse_date(text); }
std::optional<Date> maybe(const char* text) { return parse_date(text); }

User user(UserId id, const char* name) {
  User u;
  u.id = id;
  u.last_name = name;
  u.hired = day("2020-01-01");
  return u;
}

Assignment line(Id id, CompanyId company, UserId who, As role, const char* from = "2025-01-01", const char* to = "") {
  Assignment a;
  a.id = {id};
  a.company = company;
  a.user = who;
  a.role = role;
  a.from = maybe(from);
  a.to = maybe(to);
  return a;
}

Event event(Id id, CompanyId company, State state = State::planned) {
  Event e;
  e.id = {id};
  e.company = company;
  e.executor = kLeaver;
  e.setter = kLeaver;
  e.state = state;
  e.due_at = parse_instant("2026-03-05T10:00:00Z");
  return e;
}

/// He leaves on the 2nd of March and has one company; his boss stays.
DismissalFacts facts() {
  DismissalFacts f;
  f.user = user(kLeaver, "Иванов");
  f.user.supervisor = kBoss;
  f.day = day("2026-03-02");
  f.supervisor = user(kBoss, "Петров");
  f.assignments = {line(1, kFirm, kLeaver, As::main)};
  return f;
}

std::string rules(const DismissalPlan& plan) {
  std::string out;
  for (const Violation& v : plan.violations) out += (out.empty() ? "" : ", ") + v.rule;
  return out;
}

/// "company:user:role:from:to" of the new assignments.
std::string made(const DismissalPlan& plan) {
  std::string out;
  for (const Assignment& a : plan.made) {
    out += (out.empty() ? "" : ", ") + std::to_string(a.company.value) + ":" + std::to_string(a.user.value) + ":";
    out += std::string(a.role == As::main ? "main" : "assistant") + ":" + to_string(*a.from) + ":";
    out += a.to ? to_string(*a.to) : "";
  }
  return out;
}

UserId executor_of_only_event(const DismissalPlan& plan) {
  REQUIRE(plan.events.size() == 1);
  return plan.events[0].executor;
}

}  // namespace

TEST_CASE("assignments end on the day with the reason, and what was still to begin never does") {
  DismissalFacts f = facts();
  f.assignments = {line(1, kFirm, kLeaver, As::main),
                   line(2, kOther, kLeaver, As::main, "2026-02-01", "2026-06-01"),
                   line(3, kOther, kLeaver, As::assistant, "2026-09-01")};

  const DismissalPlan plan = plan_dismissal(f);

  REQUIRE(plan.ended.size() == 3);
  CHECK(plan.ended[0].id.value == 1);
  CHECK(plan.ended[0].to == day("2026-03-02"));
  CHECK(plan.ended[0].end_reason == "dismissed");
  CHECK(plan.ended[1].to == day("2026-03-02"));
  CHECK(plan.ended[2].to == plan.ended[2].from);  // an empty interval
  CHECK(made(plan) == "10:2:main:2026-03-02:, 11:2:main:2026-03-02:2026-06-01, 11:2:assistant:2026-09-01:");
  CHECK(plan.made[0].reason == "dismissal of Иванов");
}

TEST_CASE("a company goes to the successor, else to another manager, else to the supervisor, else it is an orphan") {
  struct Row {
    const char* what;
    bool successor, colleague, boss;
    const char* expected;
    std::size_t orphans;
  };
  const Row rows[] = {
      {"all there", true, true, true, "10:4:main:2026-03-02:", 0},
      {"no successor named", false, true, true, "10:3:main:2026-03-02:", 0},
      {"no colleague either", false, false, true, "10:2:main:2026-03-02:", 0},
      {"nobody", false, false, false, "", 1},
      {"a successor alone", true, false, false, "10:4:main:2026-03-02:", 0},
  };
  for (const Row& row : rows) {
    CAPTURE(row.what);
    DismissalFacts f = facts();
    if (row.successor) f.successor = user(kSuccessor, "Сидоров");
    if (row.colleague) f.colleagues = {line(9, kFirm, kColleague, As::assistant)};
    if (!row.boss) f.supervisor.reset();

    const DismissalPlan plan = plan_dismissal(f);

    CHECK(made(plan) == row.expected);
    CHECK(plan.orphans.size() == row.orphans);
  }
}

TEST_CASE("an orphan is told once, however many assignments he had there") {
  DismissalFacts f = facts();
  f.supervisor.reset();
  f.assignments.push_back(line(2, kFirm, kLeaver, As::assistant));

  CHECK(plan_dismissal(f).orphans == std::vector<CompanyId>{kFirm});
}

TEST_CASE("of several colleagues the main manager takes it, then the one assigned first") {
  DismissalFacts f = facts();
  f.assignments = {line(1, kFirm, kLeaver, As::assistant)};
  f.colleagues = {line(7, kFirm, kColleague, As::assistant, "2021-01-01"),
                  line(8, kFirm, {5}, As::main, "2024-01-01")};
  CHECK(made(plan_dismissal(f)) == "10:5:assistant:2026-03-02:");

  f.assignments[0].role = As::main;
  f.colleagues = {line(7, kFirm, kColleague, As::assistant, "2023-01-01"),
                  line(8, kFirm, {5}, As::assistant, "2021-01-01")};
  CHECK(made(plan_dismissal(f)) == "10:5:main:2026-03-02:");
}

TEST_CASE("whoever holds the role already is not given it again, and takes the events all the same") {
  DismissalFacts f = facts();
  f.assignments = {line(1, kFirm, kLeaver, As::assistant)};
  f.colleagues = {line(7, kFirm, kColleague, As::assistant)};
  f.events = {event(50, kFirm)};

  const DismissalPlan plan = plan_dismissal(f);

  CHECK(made(plan).empty());
  CHECK(plan.orphans.empty());
  CHECK(executor_of_only_event(plan) == kColleague);

  f.colleagues[0].to = day("2026-04-01");  // he would have stayed longer
  CHECK(made(plan_dismissal(f)) == "10:3:assistant:2026-03-02:");
}

TEST_CASE("an open event goes to who took the company, else to the supervisor") {
  struct Row {
    const char* what;
    CompanyId company;
    bool successor, colleague, boss;
    UserId expected;
  };
  const Row rows[] = {
      {"his company, a successor", kFirm, true, true, true, kSuccessor},
      {"his company, a colleague", kFirm, false, true, true, kColleague},
      {"his company, the boss", kFirm, false, false, true, kBoss},
      {"another company, a successor", kOther, true, false, true, kBoss},
      {"no company, a successor", {}, true, false, true, kBoss},
      {"no company, nobody above", {}, true, false, false, kSuccessor},
      {"nobody at all", kOther, false, false, false, kNobody},
  };
  for (const Row& row : rows) {
    CAPTURE(row.what);
    DismissalFacts f = facts();
    if (row.successor) f.successor = user(kSuccessor, "Сидоров");
    if (row.colleague) f.colleagues = {line(9, kFirm, kColleague, As::assistant)};
    if (!row.boss) f.supervisor.reset();
    f.events = {event(50, row.company)};

    const DismissalPlan plan = plan_dismissal(f);

    if (row.expected) {
      CHECK(executor_of_only_event(plan) == row.expected);
      CHECK(plan.left_events.empty());
    } else {
      CHECK(plan.events.empty());
      CHECK(plan.left_events == std::vector<EventId>{{50}});
    }
  }
}

TEST_CASE("state, dates and setter of an event stay; held and cancelled ones stay his") {
  DismissalFacts f = facts();
  f.events = {event(50, kFirm, State::postponed), event(51, kFirm, State::held), event(52, kFirm, State::cancelled)};

  const DismissalPlan plan = plan_dismissal(f);

  REQUIRE(plan.events.size() == 1);
  CHECK(plan.events[0].id.value == 50);
  CHECK(plan.events[0].state == State::postponed);
  CHECK(plan.events[0].setter == kLeaver);
  CHECK(plan.events[0].due_at == f.events[0].due_at);
  CHECK(plan.events[0].sequence == 0);
  CHECK(plan.left_events.empty());
}

TEST_CASE("subordinates go to his supervisor, or to the successor if so asked, and never below themselves") {
  struct Row {
    const char* what;
    bool asked, boss;
    UserId junior;
    std::vector<UserId> above_successor;
    UserId expected;
  };
  const Row rows[] = {
      {"not asked", false, true, {20}, {}, kBoss},
      {"asked", true, true, {20}, {}, kSuccessor},
      {"the successor himself", true, true, kSuccessor, {kLeaver}, kBoss},
      {"the boss of the successor", true, true, {20}, {{20}, kLeaver}, kBoss},
      {"nobody above", false, false, {20}, {}, kNobody},
  };
  for (const Row& row : rows) {
    CAPTURE(row.what);
    DismissalFacts f = facts();
    f.successor = user(kSuccessor, "Сидоров");
    f.subordinates_to_successor = row.asked;
    f.above_successor = row.above_successor;
    if (!row.boss) f.supervisor.reset();
    f.subordinates = {user(row.junior, "Младший")};

    const DismissalPlan plan = plan_dismissal(f);

    REQUIRE(plan.subordinates.size() == 1);
    CHECK(plan.subordinates[0].id == row.junior);
    CHECK(plan.subordinates[0].supervisor == row.expected);
  }
}

TEST_CASE("what refuses a dismissal, and then nothing is planned") {
  DismissalFacts gone = facts();
  gone.user.dismissed = day("2026-01-15");
  DismissalFacts last = facts();
  last.last_administrator = true;
  DismissalFacts himself = facts();
  himself.successor = himself.user;
  DismissalFacts not_yet = facts();
  not_yet.successor = user(kSuccessor, "Сидоров");
  not_yet.successor->hired = day("2026-03-03");
  DismissalFacts leaves_too = facts();
  leaves_too.successor = user(kSuccessor, "Сидоров");
  leaves_too.successor->dismissed = day("2026-03-02");
  DismissalFacts left_since = facts();
  left_since.successor = user(kSuccessor, "Сидоров");
  left_since.successor->dismissed = day("2026-03-04");
  left_since.carried_out = day("2026-03-05");
  DismissalFacts all = last;
  all.user.dismissed = day("2026-01-15");
  all.successor = not_yet.successor;

  CHECK(rules(plan_dismissal(gone)) == "C7.dismissed_already");
  CHECK(plan_dismissal(gone).violations[0].detail == "2026-01-15");
  CHECK(rules(plan_dismissal(last)) == "C7.last_administrator");
  CHECK(rules(plan_dismissal(himself)) == "C7.successor_not_in_service");
  CHECK(rules(plan_dismissal(not_yet)) == "C7.successor_not_in_service");
  CHECK(plan_dismissal(not_yet).violations[0] ==
        Violation{"C7.successor_not_in_service", User::kEntity, User::kDismissed, 4, "Сидоров", "2026-03-02"});
  CHECK(rules(plan_dismissal(leaves_too)) == "C7.successor_not_in_service");
  CHECK(rules(plan_dismissal(left_since)) == "C7.successor_not_in_service");
  left_since.carried_out = day("2026-03-03");
  CHECK(rules(plan_dismissal(left_since)).empty());
  CHECK(rules(plan_dismissal(all)) == "C7.dismissed_already, C7.last_administrator, C7.successor_not_in_service");
  CHECK(plan_dismissal(all).ended.empty());
}

TEST_CASE("one is in service from the day hired to the day before the first day out") {
  User u = user(kLeaver, "Иванов");
  u.dismissed = day("2026-03-02");

  CHECK_FALSE(in_service(u, day("2019-12-31")));
  CHECK(in_service(u, day("2020-01-01")));
  CHECK(in_service(u, day("2026-03-01")));
  CHECK_FALSE(in_service(u, day("2026-03-02")));
}

TEST_CASE("a colleague of another company takes nothing, and the later of two assistants neither") {
  DismissalFacts f = facts();
  f.colleagues = {line(7, kOther, kColleague, As::main), line(8, kFirm, UserId{31}, As::assistant, "2025-03-01"),
                  line(9, kFirm, UserId{32}, As::assistant, "2025-02-01"), line(10, kFirm, UserId{33}, As::assistant, "2025-05-01")};

  CHECK(made(plan_dismissal(f)) == "10:32:main:2026-03-02:");
}

TEST_CASE("who holds the role for as long as the leaver would have needs no second row, who holds it shorter does") {
  DismissalFacts f = facts();
  f.successor = user(kSuccessor, "Сидоров");
  f.assignments = {line(1, kFirm, kLeaver, As::assistant, "2025-01-01", "2026-06-01")};
  const auto holds = [&](CompanyId company, As role, const char* to) {
    f.colleagues = {line(7, company, kSuccessor, role, "2025-01-01", to)};
    return made(plan_dismissal(f));
  };

  CHECK(holds(kFirm, As::assistant, "2026-06-01").empty());
  CHECK(holds(kFirm, As::assistant, "2026-07-01").empty());
  CHECK(holds(kFirm, As::assistant, "2026-05-31") == "10:4:assistant:2026-03-02:2026-06-01");
  CHECK(holds(kFirm, As::main, "") == "10:4:assistant:2026-03-02:2026-06-01");
  CHECK(holds(kOther, As::assistant, "") == "10:4:assistant:2026-03-02:2026-06-01");
}

TEST_CASE("an open event of his company stays where nobody takes it") {
  DismissalFacts f = facts();
  f.supervisor.reset();
  f.events = {event(50, kFirm)};

  CHECK(plan_dismissal(f).left_events == std::vector<EventId>{{50}});
}

TEST_CASE("subordinates that were to go to a successor who is not named go to his supervisor") {
  DismissalFacts f = facts();
  f.subordinates_to_successor = true;
  f.subordinates = {user({20}, "Младший")};

  CHECK(plan_dismissal(f).subordinates[0].supervisor == kBoss);
}
