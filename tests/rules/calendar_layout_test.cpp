#include "crm/rules/calendar_layout.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>

#include "crm/base/error.hpp"

using namespace crm;

namespace {

Date day(const char* iso) { return *parse_date(iso); }
Instant at(const char* iso) { return *parse_instant(iso); }

constexpr std::int32_t hour(double h) { return static_cast<std::int32_t>(h * 60); }

bool overlap(MinuteSpan a, MinuteSpan b) { return a.from < b.to && b.from < a.to; }

/// How many spans last at the same minute, at most; minute by minute.
std::int32_t deepest(const std::vector<MinuteSpan>& spans) {
  std::int32_t most = 0;
  for (std::int32_t minute = 0; minute < 1440; ++minute) {
    std::int32_t depth = 0;
    for (const MinuteSpan& span : spans) depth += span.from <= minute && minute < span.to;
    most = std::max(most, depth);
  }
  return most;
}

const Zone kNovosibirsk("+07:00");

}  // namespace

TEST_CASE("columns of a day, drawn by hand") {
  using Spans = std::vector<MinuteSpan>;
  using Places = std::vector<ColumnPlace>;
  CHECK(overlap_columns(Spans{}) == Places{});
  // One after the other: each has the whole day.
  CHECK(overlap_columns(Spans{{hour(9), hour(10)}, {hour(10), hour(11)}}) == Places{{0, 1, 1}, {0, 1, 1}});
  // A long one beside two short ones, given in any order.
  CHECK(overlap_columns(Spans{{hour(10), hour(11)}, {hour(9), hour(11)}, {hour(9), hour(10)}}) ==
        Places{{1, 2, 1}, {0, 2, 1}, {1, 2, 1}});
  // Three at nine; at half past ten one of them goes on beside a new one, which takes the two free columns... of which one is its own.
  CHECK(overlap_columns(Spans{{hour(9), hour(12)}, {hour(9), hour(10)}, {hour(9), hour(10)}, {hour(10.5), hour(11)}}) ==
        Places{{0, 3, 1}, {1, 3, 1}, {2, 3, 1}, {1, 3, 2}});
  // A chain shares its columns though its ends do not overlap.
  CHECK(overlap_columns(Spans{{hour(9), hour(10.5)}, {hour(10), hour(12)}, {hour(11), hour(12)}}) ==
        Places{{0, 2, 1}, {1, 2, 1}, {0, 2, 1}});
  // Of two that begin together the longer stands first.
  CHECK(overlap_columns(Spans{{hour(9), hour(10)}, {hour(9), hour(11)}}) == Places{{1, 2, 1}, {0, 2, 1}});
  // After two at nine the day is free again, from their end on.
  CHECK(overlap_columns(Spans{{hour(9), hour(10)}, {hour(9), hour(10)}, {hour(10), hour(11)}}) == Places{{0, 2, 1}, {1, 2, 1}, {0, 1, 1}});
  // What begins when another ends takes no place from it: there it is as wide as until then nothing stood beside it, and the other way round.
  CHECK(overlap_columns(Spans{{hour(8), hour(12)}, {hour(8), hour(10)}, {hour(10), hour(11)}, {hour(10), hour(10.5)}}) ==
        Places{{0, 3, 1}, {1, 3, 2}, {1, 3, 1}, {2, 3, 1}});
  CHECK(overlap_columns(Spans{{hour(8), hour(12)}, {hour(8), hour(10)}, {hour(8), hour(10)}, {hour(10), hour(11)}}) ==
        Places{{0, 3, 1}, {1, 3, 1}, {2, 3, 1}, {1, 3, 2}});
}

TEST_CASE("no two events lie on one another, and there are no more columns than there must be") {
  std::mt19937 random(20260302);
  for (int world = 0; world < 2000; ++world) {
    std::vector<MinuteSpan> spans(random() % 14);
    for (MinuteSpan& span : spans) {
      span.from = static_cast<std::int32_t>(random() % 1400);
      span.to = std::min<std::int32_t>(1440, span.from + 15 + static_cast<std::int32_t>(random() % 300));
    }
    const auto places = overlap_columns(spans);
    REQUIRE(places.size() == spans.size());
    std::int32_t most = 0;
    for (std::size_t i = 0; i < spans.size(); ++i) {
      REQUIRE(places[i].column >= 0);
      REQUIRE(places[i].width >= 1);
      REQUIRE(places[i].column + places[i].width <= places[i].columns);
      most = std::max(most, places[i].columns);
      for (std::size_t other = 0; other < i; ++other) {
        if (!overlap(spans[i], spans[other])) continue;
        REQUIRE(places[i].columns == places[other].columns);
        const bool apart = places[i].column + places[i].width <= places[other].column ||
                           places[other].column + places[other].width <= places[i].column;
        REQUIRE(apart);
      }
    }
    REQUIRE(most == deepest(spans));
  }
}

TEST_CASE("lanes of bars") {
  using Spans = std::vector<DaySpan>;
  const Date monday = day("2026-03-02");
  const auto span = [&](int from, int to) { return DaySpan{monday + std::chrono::days(from), monday + std::chrono::days(to)}; };
  CHECK(lanes(Spans{}).empty());
  CHECK(lanes(Spans{span(0, 2), span(1, 1), span(3, 6), span(2, 3), span(2, 2)}) == std::vector<std::int32_t>{0, 1, 0, 1, 2});

  std::mt19937 random(7);
  for (int world = 0; world < 1000; ++world) {
    Spans spans;
    for (auto left = random() % 20; left > 0; --left) {
      const int from = static_cast<int>(random() % 7);
      spans.push_back(span(from, from + static_cast<int>(random() % static_cast<unsigned>(7 - from))));
    }
    const auto lane = lanes(spans);
    for (std::size_t i = 0; i < spans.size(); ++i) {
      std::vector<bool> taken(static_cast<std::size_t>(lane[i]), false);
      for (std::size_t other = 0; other < i; ++other) {
        const bool meet = spans[i].first <= spans[other].last && spans[other].first <= spans[i].last;
        REQUIRE_FALSE((meet && lane[other] == lane[i]));
        if (meet && lane[other] < lane[i]) taken[static_cast<std::size_t>(lane[other])] = true;
      }
      REQUIRE(std::ranges::find(taken, false) == taken.end());  // not lower than it must
    }
  }
}

TEST_CASE("the days an event touches") {
  const auto touched = [](const char* start, const char* end, bool all_day = false, const char* zone = "+07:00") {
    Interval interval{at(start), {}, all_day};
    if (*end) interval.end = at(end);
    const DaysTouched out = days_touched(interval, Zone(zone), kNovosibirsk);
    return to_string(out.first) + ".." + to_string(out.last) + (out.bar ? " bar" : "");
  };
  CHECK(touched("2026-03-02T10:00:00+07:00", "2026-03-02T11:00:00+07:00") == "2026-03-02..2026-03-02");
  CHECK(touched("2026-03-02T10:00:00+07:00", "") == "2026-03-02..2026-03-02");
  CHECK(touched("2026-03-02T23:00:00+07:00", "2026-03-03T00:00:00+07:00") == "2026-03-02..2026-03-02");
  CHECK(touched("2026-03-02T23:00:00+07:00", "2026-03-03T01:00:00+07:00") == "2026-03-02..2026-03-03");
  CHECK(touched("2026-03-02T10:00:00+07:00", "2026-03-03T10:00:00+07:00") == "2026-03-02..2026-03-03");
  CHECK(touched("2026-03-02T10:00:00+07:00", "2026-03-03T11:00:00+07:00") == "2026-03-02..2026-03-03 bar");
  CHECK(touched("2026-03-02T00:00:00+07:00", "2026-03-03T00:00:00+07:00", true) == "2026-03-02..2026-03-02 bar");
  CHECK(touched("2026-03-02T00:00:00+07:00", "2026-03-05T00:00:00+07:00", true) == "2026-03-02..2026-03-04 bar");
  CHECK(touched("2026-03-02T00:00:00+07:00", "", true) == "2026-03-02..2026-03-02 bar");
  // 8 March of Lisbon is 8 March in Novosibirsk, where its midnight is seven in the morning.
  CHECK(touched("2026-03-08T00:00:00Z", "2026-03-09T00:00:00Z", true, "UTC") == "2026-03-08..2026-03-08 bar");
  CHECK(touched("2026-03-08T18:00:00Z", "2026-03-08T19:00:00Z") == "2026-03-09..2026-03-09");
  CHECK(touched("2026-03-08T18:00:00Z", "2026-03-08T19:00:00Z", false, "UTC") == "2026-03-09..2026-03-09");
}

TEST_CASE("the minutes of a day on which an event lies, no fewer than can be seen") {
  const auto minutes = [](const char* start, const char* end, const char* on, std::int32_t least = 30) {
    const MinuteSpan span = minutes_on(at(start), at(end), day(on), kNovosibirsk, least);
    return std::pair(span.from, span.to);
  };
  using Pair = std::pair<std::int32_t, std::int32_t>;
  CHECK(minutes("2026-03-02T10:00:00+07:00", "2026-03-02T11:30:00+07:00", "2026-03-02") == Pair{600, 690});
  CHECK(minutes("2026-03-02T10:00:00+07:00", "2026-03-02T10:05:00+07:00", "2026-03-02") == Pair{600, 630});
  CHECK(minutes("2026-03-02T10:00:00+07:00", "2026-03-02T10:00:00+07:00", "2026-03-02") == Pair{600, 630});
  CHECK(minutes("2026-03-02T22:30:00+07:00", "2026-03-03T01:30:00+07:00", "2026-03-02") == Pair{1350, 1440});
  CHECK(minutes("2026-03-02T22:30:00+07:00", "2026-03-03T01:30:00+07:00", "2026-03-03") == Pair{0, 90});
  CHECK(minutes("2026-03-02T23:55:00+07:00", "2026-03-02T23:59:00+07:00", "2026-03-02") == Pair{1410, 1440});
}

TEST_CASE("an event is dropped on a cell") {
  const WorkingTime working(kNovosibirsk, {}, {});
  const auto moved = [&](CalendarCell cell, const char* start, const char* end, bool all_day = false) {
    Interval interval{{}, {}, all_day};
    if (*start) interval.start = at(start);
    if (*end) interval.end = at(end);
    const Interval out = moved_to(cell, interval, kNovosibirsk, kNovosibirsk, 45, working);
    return to_string(*out.start) + (out.end ? ".." + to_string(*out.end) : "") + (out.all_day ? " all day" : "");
  };
  // Novosibirsk is seven hours ahead of UTC.
  const CalendarCell friday{day("2026-03-06"), {}};
  const CalendarCell friday_noon{day("2026-03-06"), 12 * 60};
  CHECK(moved(friday, "2026-03-02T10:00:00+07:00", "2026-03-02T11:30:00+07:00") == "2026-03-06T03:00:00Z..2026-03-06T04:30:00Z");
  CHECK(moved(friday_noon, "2026-03-02T10:00:00+07:00", "2026-03-02T11:30:00+07:00") == "2026-03-06T05:00:00Z..2026-03-06T06:30:00Z");
  CHECK(moved(friday, "2026-03-02T10:00:00+07:00", "") == "2026-03-06T03:00:00Z");
  CHECK(moved(friday, "2026-03-02T00:00:00+07:00", "2026-03-05T00:00:00+07:00", true) == "2026-03-05T17:00:00Z..2026-03-08T17:00:00Z all day");
  CHECK(moved(friday_noon, "2026-03-02T00:00:00+07:00", "2026-03-05T00:00:00+07:00", true) == "2026-03-06T05:00:00Z..2026-03-06T05:45:00Z");
  CHECK(moved(friday, "", "") == "2026-03-06T02:00:00Z..2026-03-06T02:45:00Z");  // with the working hours
  CHECK(moved({day("2026-03-07"), {}}, "", "") == "2026-03-07T02:00:00Z..2026-03-07T02:45:00Z");  // Saturday: at nine

  WorkingHours early;
  early.weekday = 5;
  early.from_minute = 7 * 60;
  early.to_minute = 16 * 60;
  const Interval made = new_interval(friday, kNovosibirsk, 45, WorkingTime(kNovosibirsk, std::vector{early}, {}));
  CHECK(to_string(*made.start) == "2026-03-06T00:00:00Z");
  CHECK(to_string(*made.end) == "2026-03-06T00:45:00Z");
  CHECK_FALSE(made.all_day);
}
