#include "fixture.hpp"

using namespace crm;
using namespace crm::test;

namespace {

WorkingHours part(std::int32_t weekday, std::int32_t from, std::int32_t to, UserId user = {}) {
  WorkingHours hours;
  hours.user = user;
  hours.weekday = weekday;
  hours.from_minute = from;
  hours.to_minute = to;
  return hours;
}

CalendarDay off(const char* iso, UserId user = {}) {
  CalendarDay special;
  special.user = user;
  special.day = day(iso);
  special.name = "выходной";
  return special;
}

template <class E>
std::string refused(House& house, E row) {
  try {
    house.db.save(row);
  } catch (const Error& error) {
    return error.violations().at(0).rule;
  }
  return "";
}

}  // namespace

TEST_CASE("the calendar of the organisation, of a user, and of days that are special to either") {
  for (const std::string& store : stores()) {
    House house(store);
    CHECK(house.db.working_time().hours(day("2026-03-02")) == std::vector<DayPart>{{540, 1080}});

    for (std::int32_t weekday = 1; weekday <= 5; ++weekday) {
      WorkingHours morning = part(weekday, 540, 780);
      WorkingHours afternoon = part(weekday, 840, 1080);
      house.db.save(morning);
      house.db.save(afternoon);
    }
    WorkingHours saturday = part(6, 600, 900, house.manager);
    house.db.save(saturday);
    CalendarDay holiday = off("2026-03-09");
    CalendarDay leave = off("2026-03-10", house.other);
    house.db.save(holiday);
    house.db.save(leave);

    const WorkingTime everybody = house.db.working_time();
    const WorkingTime manager = house.db.working_time(house.manager);
    const WorkingTime other = house.db.working_time(house.other);
    CHECK(everybody.working_days(day("2026-03-02"), day("2026-03-16")) == 9);  // ten weekdays, one of them a holiday
    CHECK(everybody.name(day("2026-03-09")) == "выходной");
    CHECK(other.working_days(day("2026-03-02"), day("2026-03-16")) == 8);
    CHECK(manager.working_days(day("2026-03-02"), day("2026-03-16")) == 2);    // two Saturdays
    // Friday 17:00 in Novosibirsk and two hours of work: one on Friday, one on Tuesday after the break of the week.
    CHECK(*everybody.add(at("2026-03-06T17:00:00+07:00"), std::chrono::hours(2)) == at("2026-03-10T10:00:00+07:00"));
    CHECK(*other.add(at("2026-03-06T17:00:00+07:00"), std::chrono::hours(2)) == at("2026-03-11T10:00:00+07:00"));

    const WorkingTime march_only = house.db.working_time({}, {day("2026-03-10"), day("2026-04-01")});
    CHECK(march_only.name(day("2026-03-09")).empty());  // not asked for
    CHECK_THROWS_AS(static_cast<void>(house.db.working_time({9999})), Error);
  }
}

TEST_CASE("a working calendar that contradicts itself is refused") {
  for (const std::string& store : stores()) {
    House house(store);
    WorkingHours monday = part(1, 540, 780);
    house.db.save(monday);
    CHECK(refused(house, part(1, 700, 800)) == "M14.overlap");
    CHECK(refused(house, part(1, 780, 800)).empty());                  // they touch
    CHECK(refused(house, part(1, 700, 800, house.manager)).empty());   // his own
    CHECK(refused(house, part(2, 700, 700)) == "M14.order");
    CHECK(refused(house, part(0, 540, 600)) == "field.range");
    CHECK(refused(house, part(8, 540, 600)) == "field.range");
    CHECK(refused(house, part(2, 540, 1441)) == "field.range");
    monday.to_minute = 760;
    house.db.save(monday);  // no overlap with itself

    CHECK(refused(house, off("2026-03-09")).empty());
    CHECK(refused(house, off("2026-03-09")) == "M14.one_a_day");
    CHECK(refused(house, off("2026-03-09", house.manager)).empty());
    CHECK(refused(house, off("2026-03-09", house.manager)) == "M14.one_a_day");
    CalendarDay wrong = off("2026-03-11");
    wrong.works_as = 8;
    CHECK(refused(house, wrong) == "field.range");
  }
}
