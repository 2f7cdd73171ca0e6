// Whatever says today, overdue or reminder goes by a wall clock: across changes of it, in the zone of the event or of the organisation.
// The jumps are those of the IANA database, worked by hand: Berlin 2026-03-29 and 2026-10-25 at 01:00 UTC, New York 2026-03-08 at 07:00 UTC,
// Novosibirsk +06 to +07 on 2016-07-23 at 20:00 UTC, Moscow +03 to +04 on 2011-03-26 at 23:00 UTC and back to +03 on 2014-10-25 at 22:00 UTC.
#include "fixture.hpp"

using namespace crm;
using namespace crm::test;

namespace {

/// The house in another zone, with reminders an hour before.
struct Abroad : House {
  Abroad(const std::string& store, const char* zone) : House(store) {
    User early = db.load(manager);
    early.hired = day("2010-01-01");
    db.save(early);
    Organisation organisation = db.organisation();
    organisation.zone = zone;
    db.save(organisation);
    Reminder reminder;
    reminder.type = meeting;
    reminder.minutes_before = 60;
    db.save(reminder);
    client = company("Вектор");
  }

  /// All day long from midnight to midnight of a wall clock.
  Event whole_day(const char* first, const char* after_last) {
    Event event;
    event.type = meeting;
    event.company = client;
    event.executor = manager;
    event.all_day = true;
    event.start = db.zone().start_of(day(first));
    event.end = db.zone().start_of(day(after_last));
    db.plan(event);
    return event;
  }

  /// When the reminder of the last event is to come.
  Instant reminder() {
    Query query;
    query.filter = where::eq(Notice::kKind, static_cast<Id>(Notice::Kind::reminder));
    query.order = {{kId, true}};
    return db.list<Notice>(query).at(0).at;
  }

  CompanyId client;
};

}  // namespace

TEST_CASE("the day of an all-day event is as long as its wall clock says, and its reminder is at eight in the morning") {
  struct Row {
    const char* zone;
    const char* now;
    const char* day;
    const char* next;
    const char* starts;
    const char* due;
    const char* reminds;  // 08:00 by the wall clock
  };
  const Row rows[] = {
      {"Europe/Berlin", "2026-03-20T10:00:00Z", "2026-03-29", "2026-03-30", "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z", "2026-03-29T06:00:00Z"},
      {"Europe/Berlin", "2026-10-20T10:00:00Z", "2026-10-25", "2026-10-26", "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z", "2026-10-25T07:00:00Z"},
      {"America/New_York", "2026-03-01T10:00:00Z", "2026-03-08", "2026-03-09", "2026-03-08T05:00:00Z", "2026-03-09T04:00:00Z", "2026-03-08T12:00:00Z"},
      {"Asia/Novosibirsk", "2016-07-20T10:00:00Z", "2016-07-24", "2016-07-25", "2016-07-23T18:00:00Z", "2016-07-24T17:00:00Z", "2016-07-24T01:00:00Z"},
      {"Europe/Moscow", "2011-03-20T10:00:00Z", "2011-03-27", "2011-03-28", "2011-03-26T21:00:00Z", "2011-03-27T20:00:00Z", "2011-03-27T04:00:00Z"},
      {"Europe/Moscow", "2014-10-20T10:00:00Z", "2014-10-26", "2014-10-27", "2014-10-25T20:00:00Z", "2014-10-26T21:00:00Z", "2014-10-26T05:00:00Z"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.zone);
    CAPTURE(row.day);
    Abroad house("memory:", row.zone);
    house.now = at(row.now);

    const Event event = house.whole_day(row.day, row.next);

    CHECK(event.start == at(row.starts));
    CHECK(event.due_at == at(row.due));
    CHECK(house.reminder() == at(row.reminds));
    house.now = at(row.due);
    CHECK(house.db.overdue().empty());
    house.now += std::chrono::microseconds(1);
    CHECK(house.db.overdue().size() == 1);
    CHECK(house.db.tick().overdue == 1);
  }
}

TEST_CASE("today changes at the midnight of the organisation, on the day its clock changes too") {
  struct Row {
    const char* zone;
    const char* midnight;
    const char* begins;
  };
  const Row rows[] = {
      {"Europe/Berlin", "2026-03-29T22:00:00Z", "2026-03-30"},    {"Europe/Berlin", "2026-10-25T23:00:00Z", "2026-10-26"},
      {"America/New_York", "2026-03-09T04:00:00Z", "2026-03-09"}, {"Asia/Novosibirsk", "2016-07-24T17:00:00Z", "2016-07-25"},
      {"Europe/Moscow", "2011-03-27T20:00:00Z", "2011-03-28"},    {"Europe/Moscow", "2014-10-26T21:00:00Z", "2014-10-27"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.zone);
    CAPTURE(row.begins);
    Abroad house("memory:", row.zone);
    house.now = at(row.midnight) - std::chrono::microseconds(1);
    CHECK(house.db.today() == day(row.begins) - std::chrono::days(1));
    house.now = at(row.midnight);
    CHECK(house.db.today() == day(row.begins));
  }
}

TEST_CASE("a postponed event and a dismissal to come keep to the midnight of the wall clock") {
  CRM_EVERY_STORE {
    Abroad house(store, "Europe/Berlin");
    house.now = at("2026-03-20T10:00:00Z");
    const Event event = house.meet(house.client, "2026-03-21T10:00:00Z");
    ActionRequest request;
    request.until = day("2026-03-29");
    request.reason = "отпуск";
    const Event postponed = house.db.act(event.id, 0, Action::postpone, request);
    CHECK(postponed.due_at == at("2026-03-29T22:00:00Z"));
    house.db.dismiss(house.other, day("2026-03-30"));
    house.now = at("2026-03-29T21:59:59Z");
    CHECK(house.db.tick().dismissed == 0);
    house.now = at("2026-03-29T22:00:00Z");
    CHECK(house.db.tick().dismissed == 1);
  }
}

TEST_CASE("an event keeps the zone it was planned in, whatever the organisation's is") {
  CRM_EVERY_STORE {
    Abroad house(store, "Europe/Moscow");
    house.now = at("2026-03-20T10:00:00Z");
    Event event;
    event.type = house.meeting;
    event.company = house.client;
    event.executor = house.manager;
    event.zone = "America/New_York";
    event.all_day = true;
    event.start = at("2026-03-25T04:00:00Z");
    event.end = at("2026-03-26T04:00:00Z");
    house.db.plan(event);

    CHECK(event.due_at == at("2026-03-26T04:00:00Z"));
    CHECK(house.reminder() == at("2026-03-25T12:00:00Z"));
  }
}
