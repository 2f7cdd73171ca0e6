// The calendar (E11) over every store; expected contents are found by the slow definition, over all events.
#include <random>
#include <set>

#include "crm/services/json_door.hpp"
#include "fixture.hpp"

using namespace crm;
using namespace crm::test;

namespace {

using View = CalendarQuery::View;

CalendarQuery ask(View view, const char* on) {
  CalendarQuery query;
  query.view = view;
  query.day = day(on);
  return query;
}

std::set<Id> shown(const Calendar& calendar) {
  std::set<Id> ids;
  for (const CalendarEntry& entry : calendar.entries) ids.insert(entry.event.value);
  return ids;
}

/// The days of the calendar on which an event is drawn, from its boxes and bars.
std::set<std::string> drawn_on(const Calendar& calendar, EventId event) {
  std::set<std::string> days;
  for (const CalendarWeek& week : calendar.weeks) {
    for (const CalendarDayView& view : week.days)
      for (const CalendarBox& box : view.boxes)
        if (calendar.entries[box.entry].event == event) days.insert(to_string(view.day));
    for (const CalendarBar& bar : week.bars)
      if (calendar.entries[bar.entry].event == event)
        for (Date at = bar.first; at <= bar.last; at += std::chrono::days(1)) days.insert(to_string(at));
  }
  return days;
}

struct Office : House {
  explicit Office(const std::string& store) : House(store), vektor(company("Вектор")), romb(company("Ромб")) {}

  EventId plan(UserId who, const char* start, const char* end, CompanyId of = {}, bool all_day = false) {
    Event event;
    event.type = meeting;
    event.company = of ? of : vektor;
    event.executor = who;
    event.setter = chief;
    event.start = at(start);
    if (*end) event.end = at(end);
    event.all_day = all_day;
    db.plan(event);
    return event.id;
  }

  CompanyId vektor, romb;
};

}  // namespace

TEST_CASE("a week: who, what, where, how") {
  CRM_EVERY_STORE {
    Office house(store);
    const EventId first = house.plan(house.manager, "2026-03-03T10:00:00+07:00", "2026-03-03T11:00:00+07:00");
    const EventId beside = house.plan(house.manager, "2026-03-03T10:30:00+07:00", "2026-03-03T12:00:00+07:00", house.romb);
    const EventId late = house.plan(house.manager, "2026-03-03T23:00:00+07:00", "2026-03-04T01:00:00+07:00");
    const EventId trip = house.plan(house.other, "2026-02-27T00:00:00+07:00", "2026-03-04T00:00:00+07:00", {}, true);
    const EventId gone = house.plan(house.other, "2026-03-05T10:00:00+07:00", "2026-03-05T11:00:00+07:00");
    house.db.act(gone, 0, Action::remove, because("ошибка"));

    const Calendar calendar = house.db.calendar(ask(View::week, "2026-03-05"));
    CHECK(to_string(calendar.from) == "2026-03-02");
    CHECK(to_string(calendar.to) == "2026-03-09");
    CHECK(calendar.today == day("2026-03-02"));
    CHECK(calendar.now == 9 * 60);
    REQUIRE(calendar.entries.size() == 4);
    CHECK(shown(calendar) == std::set<Id>{first.value, beside.value, late.value, trip.value});
    CHECK(drawn_on(calendar, late) == std::set<std::string>{"2026-03-03", "2026-03-04"});
    CHECK(drawn_on(calendar, trip) == std::set<std::string>{"2026-03-02", "2026-03-03"});
    const CalendarBar& bar = calendar.weeks.at(0).bars.at(0);
    CHECK(bar.from_before);
    CHECK_FALSE(bar.goes_on);

    const CalendarDayView& tuesday = calendar.weeks[0].days[1];
    CHECK(tuesday.hours == std::vector<DayPart>{{540, 1080}});
    REQUIRE(tuesday.boxes.size() == 3);
    CHECK(tuesday.boxes[0].place == ColumnPlace{0, 2, 1});
    CHECK(tuesday.boxes[1].place == ColumnPlace{1, 2, 1});
    CHECK(tuesday.boxes[2].goes_on);
    CHECK(calendar.weeks[0].days[2].boxes.at(0).from_before);

    const CalendarEntry& entry = calendar.entries[1];
    CHECK(entry.event == first);
    CHECK(entry.company_name == "Вектор");
    CHECK(entry.executor_name == "Менеджеров");
    CHECK(entry.type_name == "встреча");
    CHECK(entry.state == EffectiveState::planned);
    CHECK(calendar.overdue.empty());

    CalendarQuery of_company = ask(View::week, "2026-03-02");
    of_company.company = house.romb;
    CHECK(shown(house.db.calendar(of_company)) == std::set<Id>{beside.value});
    CHECK(house.db.calendar(of_company).title == "Ромб");
    CalendarQuery of_user = ask(View::day, "2026-03-04");
    of_user.user = house.manager;
    CHECK(shown(house.db.calendar(of_user)) == std::set<Id>{late.value});
  }
}

TEST_CASE("whatever a day, week or month touches is shown, and nothing else") {
  CRM_EVERY_STORE {
    Office house(store);
    std::mt19937 random(58);
    const Instant from = at("2026-01-01T00:00:00+07:00");
    const UserId people[] = {house.manager, house.other, house.chief};
    struct Stored {
      EventId id;
      UserId who;
      Instant start, last;  // the last moment, inclusive
    };
    std::vector<Stored> all;
    for (int i = 0; i < 250; ++i) {
      const auto start = from + std::chrono::minutes(15 * static_cast<int>(random() % (4 * 24 * 120)));
      const int kind = static_cast<int>(random() % 4);
      const auto length = kind == 0   ? std::chrono::minutes(15 + static_cast<int>(random() % 120))
                          : kind == 1 ? std::chrono::minutes(60 * (20 + static_cast<int>(random() % 10)))  // about a day
                          : kind == 2 ? std::chrono::minutes(60 * 24 * (1 + static_cast<int>(random() % 40)))
                                      : std::chrono::minutes(60);
      Event event;
      event.type = house.meeting;
      event.company = house.vektor;
      event.executor = people[random() % 3];
      event.setter = house.chief;
      event.start = start;
      event.end = start + length;
      house.db.plan(event);
      all.push_back({event.id, event.executor, start, start + length - std::chrono::microseconds(1)});
    }
    const Zone zone("+07:00");
    for (const View view : {View::day, View::week, View::month}) {
      for (const char* on : {"2026-01-01", "2026-02-11", "2026-03-02", "2026-03-31", "2026-04-19", "2026-05-20"}) {
        for (const UserId who : {UserId{}, house.other}) {
          CalendarQuery query = ask(view, on);
          query.user = who;
          const Calendar calendar = house.db.calendar(query);
          REQUIRE_FALSE(calendar.more);
          std::set<Id> expected;
          for (const Stored& one : all) {
            const bool touches = zone.date(one.start) < calendar.to && calendar.from <= zone.date(one.last);
            if (!touches || (who && one.who != who)) continue;
            expected.insert(one.id.value);
            std::set<std::string> days;
            for (Date at = std::max(calendar.from, zone.date(one.start)); at < calendar.to && at <= zone.date(one.last); at += std::chrono::days(1))
              days.insert(to_string(at));
            REQUIRE(drawn_on(calendar, one.id) == days);
          }
          REQUIRE(shown(calendar) == expected);
          REQUIRE(calendar.weeks.size() * (view == View::day ? 1u : 7u) == static_cast<std::size_t>((calendar.to - calendar.from).count()));
        }
      }
    }
    CalendarQuery few = ask(View::month, "2026-02-11");
    few.limit = 5;
    const Calendar cut = house.db.calendar(few);
    CHECK(cut.more);
    CHECK(cut.entries.size() == 5);
  }
}

TEST_CASE("a department is those who work there in the period") {
  CRM_EVERY_STORE {
    Office house(store);
    Department sales;
    sales.name = "Продажи";
    house.db.save(sales);
    Department retail;
    retail.name = "Розница";
    retail.parent = sales.id;
    house.db.save(retail);
    Placement past{{}, 0, house.manager, retail.id, {}, day("2025-01-01"), day("2026-03-04")};
    house.db.save(past);
    const EventId before = house.plan(house.manager, "2026-03-03T10:00:00+07:00", "");
    const EventId after = house.plan(house.manager, "2026-03-10T10:00:00+07:00", "");
    house.plan(house.other, "2026-03-03T10:00:00+07:00", "");

    CalendarQuery query = ask(View::week, "2026-03-03");
    query.department = sales.id;
    CHECK(shown(house.db.calendar(query)) == std::set<Id>{before.value});
    query.day = day("2026-03-10");
    CHECK(shown(house.db.calendar(query)).empty());
    CHECK(house.db.calendar(query).title == "Продажи");
    query.department = {};
    CHECK(shown(house.db.calendar(query)) == std::set<Id>{after.value});
  }
}

TEST_CASE("the overdue are listed apart, whatever the period") {
  CRM_EVERY_STORE {
    Office house(store);
    const EventId late = house.plan(house.manager, "2026-02-10T10:00:00+07:00", "");
    const EventId later = house.plan(house.other, "2026-02-20T10:00:00+07:00", "");
    house.plan(house.manager, "2026-03-20T10:00:00+07:00", "");
    Calendar calendar = house.db.calendar(ask(View::day, "2026-03-20"));
    REQUIRE(calendar.overdue.size() == 2);
    CHECK(calendar.overdue[0].event == late);
    CHECK(calendar.overdue[1].event == later);
    CHECK(calendar.overdue[0].state == EffectiveState::overdue);
    CHECK(calendar.entries.at(0).state == EffectiveState::planned);

    CalendarQuery own = ask(View::day, "2026-03-20");
    own.user = house.other;
    CHECK(house.db.calendar(own).overdue.size() == 1);
  }
}

TEST_CASE("who does not see an event does not find it in a calendar") {
  CRM_EVERY_STORE {
    Office house(store);
    const EventId his = house.plan(house.manager, "2026-03-03T10:00:00+07:00", "");
    const EventId of_other = house.plan(house.other, "2026-03-03T10:00:00+07:00", "", house.romb);
    const EventId late = house.plan(house.other, "2026-02-03T10:00:00+07:00", "", house.romb);

    house.db.act_as(house.manager);
    CalendarQuery query = ask(View::week, "2026-03-03");
    CHECK(shown(house.db.calendar(query)) == std::set<Id>{his.value});
    CHECK(house.db.calendar(query).overdue.empty());
    query.user = house.other;
    CHECK(house.db.calendar(query).entries.empty());
    CalendarQuery hidden = ask(View::week, "2026-03-03");
    hidden.company = house.romb;
    Code code{};
    CHECK(refusal([&] { house.db.calendar(hidden); }, &code) == "record.not_found");
    CHECK(code == Code::not_found);

    house.db.act_as(house.chief);
    query.user = {};
    CHECK(shown(house.db.calendar(query)) == std::set<Id>{his.value, of_other.value});
    REQUIRE(house.db.calendar(query).overdue.size() == 1);
    CHECK(house.db.calendar(query).overdue[0].event == late);
  }
}

TEST_CASE("from a cell: a new event, a move") {
  CRM_EVERY_STORE {
    Office house(store);
    const CalendarCell friday{day("2026-03-06"), {}};
    Event fresh = house.db.event_in_cell(house.meeting, friday, house.manager);
    CHECK(fresh.start == at("2026-03-06T09:00:00+07:00"));
    CHECK(fresh.end == at("2026-03-06T10:00:00+07:00"));
    fresh.company = house.vektor;
    house.db.plan(fresh);

    const Event moved = house.db.move_event(fresh.id, fresh.version, {day("2026-03-11"), 14 * 60 + 30});
    CHECK(moved.state == Event::State::rescheduled);
    CHECK(moved.start == at("2026-03-11T14:30:00+07:00"));
    CHECK(moved.end == at("2026-03-11T15:30:00+07:00"));
    CHECK(house.db.list<Reschedule>({}).size() == 1);
    CHECK(house.db.move_event(fresh.id, 0, {day("2026-03-12"), {}}).start == at("2026-03-12T14:30:00+07:00"));

    Code code{};
    CHECK(refusal([&] { house.db.move_event(fresh.id, 0, {day("2026-02-12"), {}}); }) == "E3.in_the_past");
    CHECK(refusal([&] { house.db.move_event(fresh.id, 0, {day("2026-03-12"), {}}); }) == "E3.same_interval");
    CHECK(refusal([&] { house.db.move_event(fresh.id, fresh.version, {day("2026-03-13"), {}}); }, &code) == "record.conflict");
    CHECK(code == Code::conflict);
    CHECK(refusal([&] { house.db.move_event(fresh.id, 0, {day("2026-03-13"), 1440}); }) == "field.range");
    CHECK(refusal([&] { house.db.event_in_cell(house.meeting, {day("2026-03-13"), -1}); }) == "field.range");
  }
}

TEST_CASE("a long event is found after it was moved, shortened, imported") {
  CRM_EVERY_STORE {
    Office house(store);
    const EventId trip = house.plan(house.manager, "2026-03-02T00:00:00+07:00", "2026-03-21T00:00:00+07:00", {}, true);
    CHECK(shown(house.db.calendar(ask(View::day, "2026-03-20"))).size() == 1);
    house.db.move_event(trip, 0, {day("2026-04-01"), {}});
    CHECK(shown(house.db.calendar(ask(View::day, "2026-03-20"))).empty());
    CHECK(shown(house.db.calendar(ask(View::day, "2026-04-19"))).size() == 1);
    ActionRequest shorter;
    shorter.start = at("2026-04-01T10:00:00+07:00");
    shorter.end = at("2026-04-01T11:00:00+07:00");
    CHECK_FALSE(house.db.act(trip, 0, Action::reschedule, shorter).long_until);
    CHECK(shown(house.db.calendar(ask(View::day, "2026-04-19"))).empty());
  }
}

TEST_CASE("themes are data: the first one, the one asked for, and what cannot be read is warned of") {
  CRM_EVERY_STORE {
    Office house(store);
    CHECK(house.db.calendar(ask(View::day, "2026-03-02")).looks->at(EffectiveState::held, Event::Priority::low).background == "#DDF3E0");
    CalendarTheme dark;
    dark.name_ru = "Тёмная";
    dark.paper = "#101418";
    dark.ink = "#F5F7FA";
    CHECK(house.db.save(dark).empty());
    CalendarStyle held;
    held.theme = dark.id;
    held.state = EffectiveState::held;
    held.background = "#204020";
    CHECK(house.db.save(held).empty());
    const Calendar calendar = house.db.calendar(ask(View::day, "2026-03-02"));
    CHECK(calendar.theme.name_ru == "Тёмная");
    CHECK(calendar.looks->at(EffectiveState::held, Event::Priority::low).background == "#204020");
    CHECK(calendar.looks->at(EffectiveState::planned, Event::Priority::low).background == "#101418");

    held.ink = "#406040";
    const Warnings warnings = house.db.save(held);
    REQUIRE(warnings.size() == 1);
    CHECK(warnings[0].rule == "E11.contrast");
    CHECK(warnings[0].detail == "held, low");

    CalendarStyle twin;
    twin.theme = dark.id;
    twin.state = EffectiveState::held;
    CHECK(refusal([&] { house.db.save(twin); }) == "E11.one_style");
    CalendarTheme bad = dark;
    bad.paper = "black";
    CHECK(refusal([&] { house.db.save(bad); }) == "E11.colour");
    bad = dark;
    bad.font = "Arial</style>";
    CHECK(refusal([&] { house.db.save(bad); }) == "E11.font");
    bad = dark;
    bad.font_size = 60;
    CHECK(refusal([&] { house.db.save(bad); }) == "field.range");
    CalendarQuery unknown = ask(View::day, "2026-03-02");
    unknown.theme = {77};
    CHECK(refusal([&] { house.db.calendar(unknown); }) == "record.not_found");
  }
}

TEST_CASE("what is asked in JSON") {
  House house("memory:");
  CHECK(calendar_request(house.db, "{}").query.day == day("2026-03-02"));
  const CalendarRequest request = calendar_request(
      house.db, R"({"view":"month","day":"2026-05-01","user_id":1,"department_id":2,"company_id":3,"zone":"UTC","theme_id":4,"limit":5,"width":900,"links":"crm:"})");
  CHECK(request.query.view == View::month);
  CHECK(request.query.day == day("2026-05-01"));
  CHECK(request.query.user == UserId{1});
  CHECK(request.query.department == DepartmentId{2});
  CHECK(request.query.company == CompanyId{3});
  CHECK(request.query.zone == "UTC");
  CHECK(request.query.theme == CalendarThemeId{4});
  CHECK(request.query.limit == 5);
  CHECK(request.picture.width == 900);
  CHECK(request.picture.links == "crm:");
  for (const char* bad : {"[]", R"({"view":"year"})", R"({"day":"2026-02-30"})", R"({"user_id":"3"})", R"({"width":100})", R"({"colour":1})"})
    CHECK_THROWS_AS(calendar_request(house.db, bad), Error);
  CalendarQuery none = ask(View::day, "2026-03-02");
  none.limit = 0;
  CHECK(refusal([&] { house.db.calendar(none); }) == "field.range");
}
