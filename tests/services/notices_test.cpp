// E4, E9, E12, M6, M7 and tick, over every store.
#include <string>
#include <vector>

#include "fixture.hpp"

using namespace crm;
using namespace crm::test;

namespace {

using K = Notice::Kind;
using S = Notice::State;

std::string line(std::vector<std::string> told) {
  std::ranges::sort(told);
  std::string out;
  for (const std::string& one : told) out += (out.empty() ? "" : ", ") + one;
  return out;
}

/// "created 3, done 2" for the claimed notices.
std::string told(const std::vector<NoticeMessage>& messages) {
  std::vector<std::string> out;
  const FieldInfo& kind = entity_info(Notice::kEntity).at(Notice::kKind);
  for (const NoticeMessage& m : messages)
    out.push_back(std::string(kind.values->find(static_cast<Id>(m.notice.kind))->code) + " " + std::to_string(m.notice.recipient.value));
  return line(out);
}

std::string one(const char* kind, UserId user) { return std::string(kind) + " " + std::to_string(user.value); }

/// Claims all that has come and acknowledges it.
std::vector<NoticeMessage> take(House& house) {
  auto messages = house.db.claim_notices(1000);
  for (const NoticeMessage& m : messages) house.db.acknowledge_notice(m.notice.id);
  return messages;
}
std::string deliver(House& house) { return told(take(house)); }

void remind(House& house, std::int32_t minutes) {
  Reminder reminder;
  reminder.type = house.meeting;
  reminder.minutes_before = minutes;
  house.db.save(reminder);
}

EscalationStepId step(House& house, Escalation::Trigger trigger, std::int32_t minutes, std::int32_t level, bool raises = false) {
  EscalationStep s;
  s.trigger = trigger;
  s.delay_minutes = minutes;
  s.level = level;
  s.raises = raises;
  house.db.save(s);
  return s.id;
}

Notice notice_of(House& house, K kind) {
  Query query;
  query.filter = where::eq(Notice::kKind, static_cast<Id>(kind));
  const auto found = house.db.list<Notice>(query);
  REQUIRE(found.size() == 1);
  return found.front();
}

}  // namespace

TEST_CASE("executor and setter are told of a new event and of a held one, never the one who acts") {
  CRM_EVERY_STORE {
    House house(store);
    const CompanyId company = house.company("Вектор");
    house.db.assign(company, house.manager, Assignment::Role::main);
    CHECK(deliver(house) == line({one("assigned", house.manager)}));

    house.meet(company, "2026-03-03T10:00:00+07:00");
    CHECK(deliver(house) == line({one("created", house.manager), one("created", house.chief)}));

    house.db.act_as(house.manager);
    const Event event = house.meet(company, "2026-03-02T08:00:00+07:00");
    house.db.act(event.id, 0, Action::hold);
    house.db.act_as(UserId{});
    CHECK(deliver(house) == line({one("created", house.chief), one("done", house.chief)}));
  }
}

TEST_CASE("a supervisor who subscribed is told what was done, an executor who did not want it is not") {
  CRM_EVERY_STORE {
    House house(store);
    Subscription mine{{}, 0, house.director, K::done, Subscription::Role::supervisor, true};
    house.db.save(mine);
    Subscription not_mine{{}, 0, house.manager, K::created, Subscription::Role::executor, false};
    house.db.save(not_mine);
    const Event event = house.meet(house.company("Вектор"), "2026-03-02T08:00:00+07:00");
    CHECK(deliver(house) == line({one("created", house.chief)}));

    Watcher watcher{{}, 0, event.id, house.other};
    house.db.save(watcher);
    house.db.act(event.id, 0, Action::hold);
    CHECK(deliver(house) == line({one("done", house.chief), one("done", house.director), one("done", house.manager),
                                          one("done", house.other)}));
    Subscription wrong{{}, 0, house.manager, K::overdue, Subscription::Role::executor, false};
    CHECK(refusal([&] { house.db.save(wrong); }) == "field.enum");
  }
}

TEST_CASE("reminders come at their offsets, once, and follow the event") {
  CRM_EVERY_STORE {
    House house(store);
    remind(house, 60);
    remind(house, 24 * 60);
    const Event event = house.meet(house.company("Вектор"), "2026-03-04T10:00:00+07:00");
    deliver(house);

    CHECK(house.db.tick().next == at("2026-03-03T10:00:00+07:00"));
    house.now = at("2026-03-03T10:00:00+07:00");
    auto messages = house.db.claim_notices();
    REQUIRE(told(messages) == line({one("reminder", house.manager)}));
    CHECK(messages[0].notice.minutes_before == 24 * 60);
    CHECK_FALSE(messages[0].notice.late);
    house.db.acknowledge_notice(messages[0].notice.id);

    ActionRequest moved;
    moved.start = at("2026-03-06T10:00:00+07:00");
    house.db.act(event.id, 0, Action::reschedule, moved);
    house.now = at("2026-03-04T09:30:00+07:00");
    CHECK(house.db.claim_notices().empty());  // of the old start
    moved.start = at("2026-03-04T10:00:00+07:00");
    moved.end = at("2026-03-04T11:00:00+07:00");
    house.db.act(event.id, 0, Action::reschedule, moved);
    // Back again at 9:30: the moment of one hour before has passed, that of one day before was told.
    CHECK(house.db.claim_notices().empty());

    moved.start = at("2026-03-05T10:00:00+07:00");
    moved.end.reset();
    house.db.act(event.id, 0, Action::reschedule, moved);
    house.now = at("2026-03-05T09:05:00+07:00");
    messages = house.db.claim_notices();
    REQUIRE(messages.size() == 2);  // a day before was at 10:00 on Wednesday: late, and still before the event
    CHECK(messages[0].notice.minutes_before == 24 * 60);
    CHECK(messages[0].notice.late);
    CHECK(messages[1].notice.minutes_before == 60);
    CHECK(messages[1].notice.late);
    CHECK(messages[0].text == "Reminder: встреча, Вектор, 2026-03-05 10:00");
  }
}

TEST_CASE("a reminder that nobody asked for in time is expired, one of an open event is late") {
  CRM_EVERY_STORE {
    House house(store);
    remind(house, 60);
    house.meet(house.company("Вектор"), "2026-03-03T10:00:00+07:00");
    deliver(house);
    house.now = at("2026-03-03T11:00:00+07:00");  // due: over

    CHECK(house.db.claim_notices().empty());

    const Notice notice = notice_of(house, K::reminder);
    CHECK(notice.state == S::expired);
    CHECK_FALSE(notice.next_at);
    CHECK(notice.key == "reminder/1/2026-03-03T03:00:00Z/60/" + std::to_string(house.manager.value));
  }
}

TEST_CASE("all-day offsets count from 09:00, an event's own reminders stand for those of its type, watchers subscribe") {
  CRM_EVERY_STORE {
    House house(store);
    remind(house, 60);
    Event event;
    event.type = house.meeting;
    event.company = house.company("Вектор");
    event.executor = house.manager;
    event.all_day = true;
    event.start = at("2026-03-05T00:00:00+07:00");
    event.end = at("2026-03-06T00:00:00+07:00");
    house.db.plan(event);
    CHECK(notice_of(house, K::reminder).at == at("2026-03-05T08:00:00+07:00"));

    Reminder own;
    own.event = event.id;
    own.minutes_before = 0;
    house.db.save(own);
    Subscription wish{{}, 0, house.other, K::reminder, Subscription::Role::watcher, true};
    house.db.save(wish);
    Watcher watcher{{}, 0, event.id, house.other};
    house.db.save(watcher);
    deliver(house);
    house.now = at("2026-03-05T09:00:00+07:00");
    CHECK(deliver(house) == line({one("reminder", house.manager), one("reminder", house.other)}));

    Reminder nobody;
    nobody.minutes_before = 5;
    CHECK(refusal([&] { house.db.save(nobody); }) == "E4.one_owner");
    nobody.event = event.id;
    nobody.minutes_before = -5;
    CHECK(refusal([&] { house.db.save(nobody); }) == "field.range");
  }
}

TEST_CASE("a postponed event reminds on the morning of its day only") {
  CRM_EVERY_STORE {
    House house(store);
    remind(house, 60);
    const Event event = house.meet(house.company("Вектор"), "2026-03-03T10:00:00+07:00");
    deliver(house);
    ActionRequest request = because("в отпуске");
    request.until = day("2026-03-10");
    house.db.act(event.id, 0, Action::postpone, request);

    house.now = at("2026-03-10T08:59:59+07:00");
    CHECK(house.db.claim_notices().empty());
    house.now = at("2026-03-10T09:00:00+07:00");
    CHECK(deliver(house) == line({one("postponed_until", house.manager)}));
  }
}

TEST_CASE("another executor takes over the reminders, both are told") {
  CRM_EVERY_STORE {
    House house(store);
    remind(house, 60);
    const Event event = house.meet(house.company("Вектор"), "2026-03-03T10:00:00+07:00");
    deliver(house);
    ActionRequest request;
    request.executor = house.other;
    house.db.act(event.id, 0, Action::change_executor, request);

    CHECK(deliver(house) == line({one("executor_changed", house.manager), one("executor_changed", house.other)}));
    house.now = at("2026-03-03T09:00:00+07:00");
    CHECK(deliver(house) == line({one("reminder", house.other)}));
  }
}

TEST_CASE("what was claimed and not acknowledged comes again after its lease; failures wait longer and longer, and end") {
  CRM_EVERY_STORE {
    House house(store);
    house.db.assign(house.company("Вектор"), house.manager, Assignment::Role::main);
    auto messages = house.db.claim_notices(10, std::chrono::seconds(60));
    REQUIRE(messages.size() == 1);
    const NoticeId id = messages[0].notice.id;
    CHECK(house.db.claim_notices().empty());
    house.now += std::chrono::seconds(60);  // the host was killed
    messages = house.db.claim_notices();
    REQUIRE(messages.size() == 1);
    CHECK(messages[0].notice.attempts == 2);

    house.db.fail_notice(id, "нет связи");
    CHECK(house.db.load(id).state == S::pending);
    CHECK(house.db.load(id).next_at == house.now + std::chrono::minutes(2));
    for (std::int32_t attempt = 3; attempt <= 10; ++attempt) {
      house.now = *house.db.load(id).next_at;
      REQUIRE(house.db.claim_notices().size() == 1);
      house.db.fail_notice(id, "нет связи");
    }
    const Notice failed = house.db.load(id);
    CHECK(failed.state == S::failed);
    CHECK(failed.error == "нет связи");
    CHECK(failed.attempts == 10);
    house.now += std::chrono::days(30);
    CHECK(house.db.claim_notices().empty());
    CHECK(refusal([&] { house.db.acknowledge_notice(id); }) == "E4.not_claimed");

    Code code{};
    house.db.act_as(house.manager);
    CHECK(refusal([&] { house.db.claim_notices(); }, &code) == "E4.host_only");
    CHECK(code == Code::denied);
  }
}

TEST_CASE("a sink gets what tick brings, and what it refuses is tried again") {
  CRM_EVERY_STORE {
    House house(store);
    std::vector<std::string> seen;
    bool refuses = true;
    house.db.host().deliver = [&](const NoticeMessage& m) {
      if (refuses) throw Error(Code::host, "почта не отвечает");
      seen.push_back(m.notice.key);
    };
    house.db.assign(house.company("Вектор"), house.manager, Assignment::Role::main);

    TickReport report = house.db.tick();
    CHECK(report.failed == 1);
    CHECK(report.next == house.now + std::chrono::minutes(1));
    refuses = false;
    house.now += std::chrono::minutes(1);
    report = house.db.tick();
    CHECK(report.delivered == 1);
    CHECK(seen == std::vector<std::string>{"assigned/1"});
    CHECK_FALSE(report.next);
    CHECK(house.db.tick().delivered == 0);
  }
}

TEST_CASE("an event falls overdue once for each due, and escalates by working time") {
  CRM_EVERY_STORE {
    House house(store);
    using T = Escalation::Trigger;
    step(house, T::overdue, 0, 0);
    step(house, T::overdue, 60, 1, true);
    step(house, T::overdue, 10 * 60, 2);
    const Event event = house.meet(house.company("Вектор"), "2026-03-02T10:00:00+07:00");  // due at 11:00
    deliver(house);
    CHECK(house.db.tick().next == at("2026-03-02T11:00:00.000001+07:00"));
    house.now = at("2026-03-02T11:00:00+07:00");
    CHECK(house.db.tick().overdue == 0);

    house.now = at("2026-03-02T11:30:00+07:00");
    TickReport report = house.db.tick();
    CHECK(report.overdue == 1);
    CHECK(report.escalated == 1);
    CHECK(report.next == house.now - std::chrono::minutes(30));  // a notice waits to be claimed
    CHECK(deliver(house) == line({one("overdue", house.manager)}));
    CHECK(house.db.tick().next == at("2026-03-02T12:00:00+07:00"));

    house.now = at("2026-03-03T11:59:00+07:00");  // 10 working hours: Monday 11-18 and Tuesday 9-12
    CHECK(house.db.tick().escalated == 1);
    CHECK(deliver(house) == line({one("overdue", house.chief)}));
    CHECK(house.db.load(event.id).priority == Event::Priority::high);
    house.now = at("2026-03-03T12:00:00+07:00");
    CHECK(house.db.tick().escalated == 1);
    CHECK(deliver(house) == line({one("overdue", house.director)}));
    CHECK(house.db.tick().overdue == 0);

    ActionRequest moved;
    moved.start = at("2026-03-03T15:00:00+07:00");
    house.db.act(event.id, 0, Action::reschedule, moved);
    house.now = at("2026-03-03T15:00:01+07:00");
    report = house.db.tick();
    CHECK(report.overdue == 1);
    CHECK(report.escalated == 1);
    CHECK(house.db.list<Escalation>({}).size() == 2);
  }
}

TEST_CASE("steps that nobody ticked in time are expired when the event was held meanwhile, and a reopened one goes on") {
  CRM_EVERY_STORE {
    House house(store);
    using T = Escalation::Trigger;
    step(house, T::overdue, 0, 0);
    step(house, T::overdue, 60, 1);
    step(house, T::overdue, 120, 2);
    const Event event = house.meet(house.company("Вектор"), "2026-03-02T10:00:00+07:00");
    deliver(house);
    house.now = at("2026-03-02T12:30:00+07:00");
    house.db.act(event.id, 0, Action::cancel, because("клиент отказался"));

    CHECK(house.db.tick().escalated == 2);
    CHECK(deliver(house).empty());
    Query overdue;
    overdue.filter = where::eq(Notice::kKind, static_cast<Id>(K::overdue));
    for (const Notice& n : house.db.list<Notice>(overdue)) CHECK(n.state == S::expired);

    house.db.act(event.id, 0, Action::reopen, because("клиент передумал"));
    CHECK(house.db.list<Escalation>({}).size() == 1);  // recorded once for that due
    house.now = at("2026-03-02T13:00:00+07:00");
    CHECK(house.db.tick().escalated == 1);
    CHECK(deliver(house) == line({one("overdue", house.director)}));
  }
}

TEST_CASE("the recipient is as of the nominal instant, not as of the tick") {
  CRM_EVERY_STORE {
    House house(store);
    step(house, Escalation::Trigger::overdue, 60, 1);
    house.meet(house.company("Вектор"), "2026-03-02T10:00:00+07:00");
    deliver(house);
    house.now = at("2026-03-02T14:00:00+07:00");
    User manager = house.db.load(house.manager);
    manager.supervisor = house.director;
    house.db.save(manager);

    house.now = at("2026-03-02T15:00:00+07:00");
    house.db.tick();

    CHECK(deliver(house) == line({one("overdue", house.chief)}));
  }
}

TEST_CASE("the queue of verification, its escalation and a returned event") {
  CRM_EVERY_STORE {
    House house(store);
    step(house, Escalation::Trigger::unverified, 60, 1);
    const CompanyId company = house.company("Вектор");
    const Event first = house.meet(company, "2026-03-02T07:00:00+07:00");
    const Event second = house.meet(company, "2026-03-02T08:00:00+07:00");
    house.db.act(second.id, 0, Action::hold);
    house.now += std::chrono::minutes(10);
    house.db.act(first.id, 0, Action::hold);
    deliver(house);

    auto queue = house.db.verification_queue(house.director);
    REQUIRE(queue.size() == 2);
    CHECK(queue[0].id == second.id);
    CHECK(queue[1].awaiting_since == house.now);
    CHECK(house.db.verification_queue(house.manager).empty());

    house.now = at("2026-03-02T10:05:00+07:00");  // an hour after the second was held, less after the first
    house.db.tick();
    CHECK(deliver(house) == line({one("unverified", house.chief)}));

    house.db.act_as(house.chief);
    house.db.act(second.id, 0, Action::accept);
    ActionRequest back;
    back.comment = "нет протокола";
    house.db.act(first.id, 0, Action::return_, back);
    house.db.act_as(UserId{});
    CHECK(house.db.verification_queue(house.chief).empty());
    const auto messages = take(house);
    REQUIRE(told(messages) == line({one("returned", house.manager)}));
    CHECK(messages[0].text == "Returned: встреча, Вектор, 2026-03-02 07:00. Начальников: нет протокола");
    house.now = at("2026-03-03T10:00:00+07:00");
    house.db.tick();
    CHECK(deliver(house).empty());  // it left the queue before its step fell
  }
}

TEST_CASE("without a policy for it what awaits verification leaves no record, and is not counted as overdue") {
  CRM_EVERY_STORE {
    House house(store);
    const Event event = house.meet(house.company("Вектор"), "2026-03-02T09:00:00+07:00");
    house.db.act(event.id, 0, Action::hold);
    house.now += std::chrono::hours(1);

    CHECK(house.db.tick().overdue == 0);

    CHECK_FALSE(house.db.load(event.id).tick_at);
    house.db.act_as(house.chief);
    house.db.act(event.id, 0, Action::accept);
    house.db.act_as(UserId{});
    CHECK(house.db.list<Escalation>({}).empty());
  }
}

TEST_CASE("a dismissal on a day to come is done by tick on that day") {
  CRM_EVERY_STORE {
    House house(store);
    const CompanyId company = house.company("Вектор");
    house.db.assign(company, house.manager, Assignment::Role::main);
    remind(house, 60);
    const Event event = house.meet(company, "2026-03-05T10:00:00+07:00");
    deliver(house);

    const DismissalReport planned = house.db.dismiss(house.manager, day("2026-03-04"), house.other);
    CHECK(planned.planned_for == day("2026-03-04"));
    CHECK(house.db.load(event.id).executor == house.manager);
    CHECK(refusal([&] { house.db.dismiss(house.manager, day("2026-03-05")); }) == "C7.dismissal_planned");
    CHECK(house.db.tick().next == at("2026-03-04T00:00:00+07:00"));

    house.now = at("2026-03-04T00:00:00+07:00");
    CHECK(house.db.tick().dismissed == 1);
    CHECK(house.db.load(house.manager).dismissed == day("2026-03-04"));
    CHECK(house.db.load(event.id).executor == house.other);
    CHECK(house.db.current_managers(company, day("2026-03-04")).at(0).user == house.other);
    const auto messages = take(house);
    REQUIRE(told(messages) == line({one("dismissal", house.other)}));
    CHECK(messages[0].text == "You took over work (companies / events): Менеджеров: 1 / 1");
    house.now = at("2026-03-05T09:00:00+07:00");
    CHECK(deliver(house) == line({one("reminder", house.other)}));
    CHECK(house.db.tick().dismissed == 0);
  }
}

TEST_CASE("a silent organisation makes no notices, and the time of its events is recorded all the same") {
  CRM_EVERY_STORE {
    House house(store);
    Organisation organisation = house.db.organisation();
    organisation.silent = true;
    house.db.save(organisation);
    remind(house, 60);
    step(house, Escalation::Trigger::overdue, 0, 0, true);
    const Event event = house.meet(house.company("Вектор"), "2026-03-02T10:00:00+07:00");
    house.now = at("2026-03-02T12:00:00+07:00");

    const TickReport report = house.db.tick();

    CHECK(report.overdue == 1);
    CHECK(report.escalated == 0);
    CHECK(house.db.load(event.id).priority == Event::Priority::normal);
    CHECK(house.db.list<Notice>({}).empty());
    CHECK_FALSE(report.next);
  }
}

TEST_CASE("tick takes a bounded number at a time and comes to the same end") {
  CRM_EVERY_STORE {
    House house(store);
    step(house, Escalation::Trigger::overdue, 0, 0);
    const CompanyId company = house.company("Вектор");
    for (int i = 0; i < 7; ++i) house.meet(company, "2026-03-02T10:00:00+07:00");
    house.now = at("2026-03-02T12:00:00+07:00");
    TickReport report = house.db.tick(3);
    CHECK(report.overdue == 3);
    CHECK(report.more);
    std::int64_t overdue = 3, escalated = report.escalated;
    for (int call = 0; call < 10 && report.more; ++call) {
      report = house.db.tick(3);
      overdue += report.overdue;
      escalated += report.escalated;
    }
    CHECK(overdue == 7);
    CHECK(escalated == 7);
    CHECK(refusal([&] { house.db.tick(0); }) == "field.range");
  }
}

TEST_CASE("an administrator restores a removed event, nobody else sees it") {
  CRM_EVERY_STORE {
    House house(store);
    const Event event = house.meet(house.company("Вектор"), "2026-03-03T10:00:00+07:00");
    house.db.act(event.id, 0, Action::remove, because("создано по ошибке"));
    CHECK(refusal([&] { house.db.load(event.id); }) == "record.not_found");
    house.db.act_as(house.chief);
    CHECK(refusal([&] { house.db.act(event.id, 0, Action::restore); }) == "E7.who");
    house.db.act_as(UserId{});
    house.db.act(event.id, 0, Action::restore);
    CHECK(house.db.load(event.id).due_at == event.due_at);
    CHECK(refusal([&] { house.db.act(event.id, 0, Action::restore); }) == "E7.not_removed");
  }
}

TEST_CASE("of a removed event nobody is told, and all others are told all the same") {
  CRM_EVERY_STORE {
    House house(store);
    using T = Escalation::Trigger;
    step(house, T::overdue, 0, 0);
    step(house, T::overdue, 60, 1);
    const CompanyId company = house.company("Вектор");
    const Event gone = house.meet(company, "2026-03-02T10:00:00+07:00");
    const Event stays = house.meet(company, "2026-03-02T10:00:00+07:00");
    house.db.act(gone.id, 0, Action::remove, because("создано по ошибке"));
    const auto is_gone = [&](const NoticeMessage& m) { return m.notice.event == gone.id; };

    auto messages = take(house);

    CHECK(std::ranges::none_of(messages, is_gone));
    CHECK(told(messages) == line({one("created", house.manager), one("created", house.chief)}));

    const Event late = house.meet(company, "2026-03-02T10:00:00+07:00");
    house.now = at("2026-03-02T11:30:00+07:00");
    CHECK(house.db.tick().overdue == 2);
    house.db.act(late.id, 0, Action::remove, because("создано по ошибке"));
    house.now = at("2026-03-02T13:00:00+07:00");
    house.db.tick();
    messages = take(house);
    CHECK(std::ranges::all_of(messages, [&](const NoticeMessage& m) { return m.notice.event == stays.id; }));
    CHECK(told(messages) == line({one("overdue", house.manager), one("overdue", house.chief)}));
  }
}

TEST_CASE("a dismissal that is carried out late hands nothing to who has left since") {
  CRM_EVERY_STORE {
    House house(store);
    const CompanyId company = house.company("Вектор");
    house.db.assign(company, house.manager, Assignment::Role::main);
    house.db.assign(company, house.other, Assignment::Role::assistant);
    const Event event = house.meet(company, "2026-03-09T10:00:00+07:00");
    house.db.dismiss(house.manager, day("2026-03-04"));  // his colleague would take it
    house.now = at("2026-03-05T09:00:00+07:00");
    house.db.dismiss(house.other, day("2026-03-05"));    // before anybody ticked

    CHECK(house.db.tick().dismissed == 1);

    CHECK(house.db.load(house.manager).dismissed == day("2026-03-04"));
    const auto now = house.db.current_managers(company, day("2026-03-05"));
    REQUIRE(now.size() == 2);  // main and assistant
    CHECK(now[0].user == house.chief);
    CHECK(now[1].user == house.chief);
    CHECK(house.db.load(event.id).executor == house.chief);
    for (const Assignment& line : house.db.list<Assignment>({}))
      if (line.user == house.other) CHECK(line.to == day("2026-03-05"));
    // The same of a day that has passed already, and of a named successor.
    CHECK(refusal([&] { house.db.dismiss(house.chief, day("2026-03-04"), house.other); }) == "C7.successor_not_in_service");
  }
}

TEST_CASE("a dismissal to come is called off by one that has come, and is not of the next time of service") {
  CRM_EVERY_STORE {
    House house(store);
    house.db.dismiss(house.manager, day("2026-03-04"));
    house.db.dismiss(house.manager, day("2026-03-02"));
    house.db.rehire(house.manager, day("2026-03-03"));
    house.now = at("2026-03-05T09:00:00+07:00");

    CHECK(house.db.tick().dismissed == 0);

    CHECK(!house.db.load(house.manager).dismissed);
    CHECK(house.db.dismiss(house.manager, day("2026-03-09")).planned_for == day("2026-03-09"));
  }
}
