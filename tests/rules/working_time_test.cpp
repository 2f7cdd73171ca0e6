#include "crm/rules/working_time.hpp"

#include <doctest/doctest.h>

#include <random>

#include "crm/base/error.hpp"

using namespace crm;
using namespace std::chrono_literals;

namespace {

Date day(const char* iso) { return *parse_date(iso); }
Instant at(const char* iso) { return *parse_instant(iso); }

WorkingHours part(int weekday, int from, int to, UserId user = {}) {
  WorkingHours hours;
  hours.user = user;
  hours.weekday = weekday;
  hours.from_minute = from;
  hours.to_minute = to;
  return hours;
}

CalendarDay special(const char* iso, int works_as = 0, int shorter = 0, UserId user = {}) {
  CalendarDay one;
  one.user = user;
  one.day = day(iso);
  one.works_as = works_as;
  one.shorter_minutes = shorter;
  return one;
}

/// Monday to Friday, 9:00 to 13:00 and 14:00 to 18:00: the eight hours of a Russian office.
std::vector<WorkingHours> office() {
  std::vector<WorkingHours> all;
  for (int weekday = 1; weekday <= 5; ++weekday) {
    all.push_back(part(weekday, 14 * 60, 18 * 60));
    all.push_back(part(weekday, 9 * 60, 13 * 60));
  }
  return all;
}

/// The production calendar of Russia for 2025: holidays of article 112 of the Labour Code, days moved by Government decree 1335 of
/// 4 October 2024, days shorter by an hour.
std::vector<CalendarDay> russia_2025() {
  std::vector<CalendarDay> all;
  for (const char* off : {"2025-01-01", "2025-01-02", "2025-01-03", "2025-01-06", "2025-01-07", "2025-01-08", "2025-05-01", "2025-05-02",
                          "2025-05-08", "2025-05-09", "2025-06-12", "2025-06-13", "2025-11-03", "2025-11-04", "2025-12-31"})
    all.push_back(special(off));
  for (const char* shorter : {"2025-03-07", "2025-04-30", "2025-06-11"}) all.push_back(special(shorter, 5, 60));
  all.push_back(special("2025-11-01", 1, 60));  // a Saturday that works for Monday 3 November
  return all;
}

/// Whether this build knows IANA zones; otherwise the case says so and is left.
bool has_zones() {
  try {
    static_cast<void>(Zone("Europe/Berlin"));
    return true;
  } catch (const Error& error) {
    CHECK(error.code() == Code::unsupported);
    MESSAGE("skipped: no zone database in this build");
    return false;
  }
}

/// The slow obvious way: minute by minute of the wall clock, in a zone whose clock does not jump.
std::int64_t counted_minutes(const WorkingTime& calendar, const Zone& zone, Instant from, Instant to) {
  std::int64_t minutes = 0;
  for (Instant now = from; now < to; now += 1min) {
    const auto since_midnight = std::chrono::duration_cast<std::chrono::minutes>(zone.local(now) - LocalTime(zone.date(now))).count();
    for (const DayPart p : calendar.hours(zone.date(now))) minutes += p.from <= since_midnight && since_midnight < p.to;
  }
  return minutes;
}

}  // namespace

TEST_CASE("the production calendar of Russia for 2025: 247 working days, 1972 hours") {
  const WorkingTime calendar(Zone("+03:00"), office(), russia_2025());
  CHECK(calendar.working_days(day("2025-01-01"), day("2026-01-01")) == 247);
  CHECK(calendar.between(at("2025-01-01T00:00:00+03:00"), at("2026-01-01T00:00:00+03:00")) == 1972h);
  // The published working days of its months.
  const int months[] = {17, 20, 21, 22, 18, 19, 23, 21, 22, 23, 19, 22};
  for (unsigned month = 1; month <= 12; ++month) {
    const auto first = std::chrono::local_days(std::chrono::year(2025) / month / 1);
    const auto last = std::chrono::local_days(std::chrono::year(2025) / month / std::chrono::last);
    CHECK_MESSAGE(calendar.working_days(first, last + std::chrono::days(1)) == months[month - 1], "month " << month);
  }
  CHECK(calendar.hours(day("2025-11-01")) == std::vector<DayPart>{{540, 780}, {840, 1020}});
  CHECK(calendar.hours(day("2025-06-12")).empty());
}

TEST_CASE("nothing is set: Monday to Friday, nine to six") {
  const WorkingTime calendar(Zone(), {}, {});
  CHECK(calendar.hours(day("2026-03-02")) == std::vector<DayPart>{{540, 1080}});
  CHECK(calendar.is_working_day(day("2026-03-06")));
  CHECK_FALSE(calendar.is_working_day(day("2026-03-07")));
  CHECK_FALSE(calendar.is_working_day(day("2026-03-08")));
}

TEST_CASE("working time is added over nights, breaks and days off") {
  std::vector<CalendarDay> days{special("2026-03-09")};
  const WorkingTime calendar(Zone("+07:00"), office(), days);
  const auto added = [&](const char* from, std::chrono::minutes work) { return to_string(*calendar.add(at(from), work)); };
  CHECK(added("2026-03-06T12:00:00+07:00", 0min) == "2026-03-06T05:00:00Z");
  CHECK(added("2026-03-07T12:00:00+07:00", 0min) == "2026-03-07T05:00:00Z");   // no work: at once, also on a Saturday
  CHECK(added("2026-03-06T12:00:00+07:00", 60min) == "2026-03-06T06:00:00Z");  // at the break, not after it
  CHECK(added("2026-03-06T12:00:00+07:00", 61min) == "2026-03-06T07:01:00Z");
  CHECK(added("2026-03-06T12:00:00+07:00", 5h) == "2026-03-06T11:00:00Z");     // the end of Friday
  CHECK(added("2026-03-06T12:00:00+07:00", 6h) == "2026-03-10T03:00:00Z");     // Monday is a day off: 10:00 on Tuesday
  CHECK(added("2026-03-08T03:00:00+07:00", 1h) == "2026-03-10T03:00:00Z");
  CHECK(calendar.between(at("2026-03-06T12:00:00+07:00"), at("2026-03-10T10:00:00+07:00")) == 6h);
  CHECK(calendar.between(at("2026-03-10T10:00:00+07:00"), at("2026-03-06T12:00:00+07:00")) == 0h);
}

TEST_CASE("a user's hours and days go before the organisation's") {
  const UserId one{7}, two{8};
  std::vector<WorkingHours> hours = office();
  hours.push_back(part(6, 600, 840, one));
  std::vector<CalendarDay> days{special("2026-03-07", 0, 0), special("2026-03-14", 6, 0, one), special("2026-03-14", 0, 0),
                                special("2026-03-05", 0, 0, two)};
  const WorkingTime own(Zone(), hours, days, one), other(Zone(), hours, days, two), house(Zone(), hours, days);
  CHECK(own.hours(day("2026-03-05")).empty());  // he works on Saturdays only
  CHECK(own.hours(day("2026-03-07")).empty());  // ... but not when the house does not
  CHECK(own.hours(day("2026-03-14")) == std::vector<DayPart>{{600, 840}});
  CHECK(other.hours(day("2026-03-05")).empty());
  CHECK(house.hours(day("2026-03-05")).size() == 2);
  CHECK(house.hours(day("2026-03-14")).empty());
}

TEST_CASE("a short day loses its end, over a break too, and no more than it has") {
  const auto hours = office();
  const auto left = [&](int shorter) { return WorkingTime(Zone(), hours, std::vector{special("2026-03-06", 5, shorter)}).hours(day("2026-03-06")); };
  CHECK(left(1) == std::vector<DayPart>{{540, 780}, {840, 1079}});
  CHECK(left(60) == std::vector<DayPart>{{540, 780}, {840, 1020}});
  CHECK(left(240) == std::vector<DayPart>{{540, 780}});
  CHECK(left(300) == std::vector<DayPart>{{540, 720}});
  CHECK(left(1000).empty());
}

TEST_CASE("who has no hours of his own works those of the house") {
  auto hours = office();
  hours.push_back(part(6, 600, 840, UserId{1}));
  const WorkingTime other(Zone(), hours, {}, UserId{2});
  CHECK(other.hours(day("2026-03-05")) == std::vector<DayPart>{{540, 780}, {840, 1080}});
  CHECK(other.hours(day("2026-03-07")).empty());
}

TEST_CASE("nobody works: there is no such instant") {
  std::vector<CalendarDay> closed;  // for good: longer than anybody looks ahead
  for (Date one = day("2026-03-02"); one < day("2037-01-01"); one += std::chrono::days(1)) {
    closed.emplace_back();
    closed.back().day = one;
  }
  const WorkingTime calendar(Zone(), office(), closed);
  CHECK_FALSE(calendar.add(at("2026-03-02T00:00:00Z"), 1min).has_value());
  CHECK(calendar.add(at("2026-03-02T00:00:00Z"), 0min) == at("2026-03-02T00:00:00Z"));
}

TEST_CASE("hours and days that no release writes are not counted with, those at the edge are") {
  const std::vector<DayPart> usual{{540, 1080}};  // of a house without hours
  for (const WorkingHours& wrong : {part(0, 60, 120), part(8, 60, 120), part(1, -1, 120), part(1, 120, 120), part(1, 120, 119), part(1, 60, 1441)}) {
    const WorkingTime calendar(Zone(), std::vector{wrong}, {});
    CHECK(calendar.hours(day("2026-03-02")).empty());  // a Monday; he has hours, if none that count
    CHECK(calendar.hours(day("2026-03-01")).empty());
  }
  CHECK(WorkingTime(Zone(), std::vector{part(1, 0, 1)}, {}).hours(day("2026-03-02")) == std::vector<DayPart>{{0, 1}});
  CHECK(WorkingTime(Zone(), std::vector{part(7, 1439, 1440)}, {}).hours(day("2026-03-01")) == std::vector<DayPart>{{1439, 1440}});

  for (const int wrong : {-1, 8}) CHECK(WorkingTime(Zone(), {}, std::vector{special("2026-03-02", wrong)}).hours(day("2026-03-02")) == usual);
  const auto sunday = std::vector{part(7, 60, 120)};
  CHECK(WorkingTime(Zone(), sunday, std::vector{special("2026-03-02", 7)}).hours(day("2026-03-02")) == std::vector<DayPart>{{60, 120}});
}

TEST_CASE("a working night over a jump of the clock is as long as it really is") {
  if (!has_zones()) return;
  std::vector<WorkingHours> night{part(7, 0, 360)};
  const WorkingTime calendar(Zone("Europe/Berlin"), night, {});
  CHECK(calendar.between(at("2026-03-28T12:00:00Z"), at("2026-03-29T12:00:00Z")) == 5h);   // the clock goes from 2:00 to 3:00
  CHECK(calendar.between(at("2026-10-24T12:00:00Z"), at("2026-10-25T12:00:00Z")) == 7h);   // ... and from 3:00 back to 2:00
  CHECK(to_string(*calendar.add(at("2026-03-28T12:00:00Z"), 2h)) == "2026-03-29T01:00:00Z");
}

TEST_CASE("adding and counting agree with each other and with a count minute by minute") {
  std::mt19937 random(20260302);
  const auto below = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
  for (int round = 0; round < 60; ++round) {
    std::vector<WorkingHours> hours;
    for (int weekday = 1; weekday <= 7; ++weekday)
      for (int from = below(700); from < 1300 && below(4) > 0; from += 60 + below(400)) {
        const int to = std::min(1440, from + 10 + below(300));
        hours.push_back(part(weekday, from, to));
        from = to;
      }
    if (hours.empty()) continue;
    std::vector<CalendarDay> days;
    for (int i = 0; i < 5; ++i) days.push_back(special(to_string(day("2026-03-01") + std::chrono::days(i * 4 + below(4))).c_str(), below(8), below(200)));
    const Zone zone("+07:00");
    const WorkingTime calendar(zone, hours, days);
    const Instant from = at("2026-03-01T00:00:00+07:00") + std::chrono::minutes(below(20 * 1440));
    const Instant to = from + std::chrono::minutes(below(6 * 1440));
    const auto counted = counted_minutes(calendar, zone, from, to);
    CHECK(calendar.between(from, to) == std::chrono::minutes(counted));
    const auto work = std::chrono::minutes(1 + below(3000));
    const auto reached = calendar.add(from, work);
    REQUIRE(reached.has_value());
    CHECK(calendar.between(from, *reached) == work);
    CHECK(calendar.between(from, *reached - 1us) < work);  // the first such instant
  }
}

TEST_CASE("hours and days that there are not are not counted with") {
  const std::vector<WorkingHours> hours{part(77, 0, 60), part(-1, 0, 60), part(1, 600, 540), part(1, 60, 9000), part(1, 540, 600)};

  const WorkingTime calendar(Zone(), hours, std::vector{special("2026-03-02", 77), special("2026-03-09", -3)});

  CHECK(calendar.hours(day("2026-03-02")) == std::vector<DayPart>{{540, 600}});
  CHECK(calendar.hours(day("2026-03-09")) == std::vector<DayPart>{{540, 600}});
  CHECK(calendar.hours(day("2026-03-03")).empty());
}

TEST_CASE("a special day has a name, the user's own before the organisation's in whichever order they come") {
  CalendarDay all = special("2026-03-09"), own = special("2026-03-09", 1, 0, UserId{7}), other = special("2026-03-09", 2, 0, UserId{8});
  all.name = "Перенос";
  own.name = "Дежурство";
  for (const auto& days : {std::vector{all, own, other}, std::vector{other, own, all}}) {
    const WorkingTime his(Zone(), {}, days, UserId{7});
    CHECK(his.name(day("2026-03-09")) == "Дежурство");
    CHECK(his.name(day("2026-03-10")).empty());
    CHECK(WorkingTime(Zone(), {}, days).name(day("2026-03-09")) == "Перенос");
  }
}
