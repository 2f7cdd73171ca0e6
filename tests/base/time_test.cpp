#include "crm/base/time.hpp"

#include <doctest/doctest.h>

#include <limits>
#include <random>
#include <string>

namespace {

using namespace std::chrono_literals;
using crm::Date;
using crm::Instant;

Date date(int y, unsigned m, unsigned d) {
  return Date(std::chrono::year(y) / std::chrono::month(m) / std::chrono::day(d));
}

// Day numbers: Python, (date(y, m, d) - date(1970, 1, 1)).days
TEST_CASE("real dates are read") {
  const std::pair<const char*, std::int64_t> rows[] = {
      {"1970-01-01", 0},     {"1600-02-29", -135081}, {"1400-01-01", -208188}, {"2000-02-29", 11016},
      {"2024-02-29", 19782}, {"2026-03-02", 20514},   {"9999-12-31", 2932896}, {"1969-12-31", -1}};
  for (const auto& [text, number] : rows) {
    CAPTURE(std::string(text));
    const auto day = crm::parse_date(text);
    REQUIRE(day.has_value());
    CHECK(crm::to_number(*day) == number);
    CHECK(crm::to_string(*day) == text);
    CHECK(crm::date_of(number) == *day);
  }
}

TEST_CASE("what is no real date is not read") {
  for (const std::string bad : {"",           "2026-02-29",  "1900-02-29",  "2100-02-29",  "2026-04-31",
                                "2026-13-01", "2026-00-10",  "2026-01-00",  "2026-1-1",    "26-01-01",
                                "2026-01-1 ", " 2026-01-01", "2026-01-01 ", "2026/01/01",  "20260101",
                                "01.02.2026", "-026-01-01",  "+026-01-01",  "10000-01-01", "0001-01-01",
                                "1399-12-31", "2026-01-01T", "２026-01-01", "2026-01-0x"}) {
    CAPTURE(bad);
    CHECK_FALSE(crm::parse_date(bad));
  }
}

TEST_CASE("every day of 1400 to 9999 is shown and read back") {
  const auto last = date(9999, 12, 31);
  std::int64_t days = 0;
  for (auto day = date(1400, 1, 1); day <= last; day += std::chrono::days(1)) {
    if (crm::parse_date(crm::to_string(day)) != day) FAIL_CHECK(crm::to_string(day));
    ++days;
  }
  CHECK(days == 3'141'085);  // Python: (date(9999, 12, 31) - date(1400, 1, 1)).days + 1
}

// Microseconds: Python, datetime.fromisoformat(...).timestamp()
TEST_CASE("instants are read with offsets and fractions") {
  const std::pair<const char*, std::int64_t> rows[] = {
      {"1970-01-01T00:00:00Z", 0},
      {"2026-03-02T09:00:00+07:00", 1772416800000000},
      {"2026-03-02T02:00:00Z", 1772416800000000},
      {"2026-03-01T22:30:00-03:30", 1772416800000000},
      {"2026-03-02T02:00:00.5Z", 1772416800500000},
      {"2026-03-02T02:00:00.123456Z", 1772416800123456},
      {"2026-03-02T02:00:00.1234569Z", 1772416800123456},
      {"2026-03-02T02:00:00.000000001Z", 1772416800000000},
      {"2026-03-02T02:00:00.001+00:00", 1772416800001000},
      {"1969-12-31T23:59:59.999999Z", -1},
  };
  for (const auto& [text, number] : rows) {
    CAPTURE(std::string(text));
    const auto at = crm::parse_instant(text);
    REQUIRE(at.has_value());
    CHECK(crm::to_number(*at) == number);
  }
}

TEST_CASE("what is no instant is not read") {
  for (const std::string bad : {"",
                                "2026-03-02",
                                "2026-03-02T09:00:00",
                                "2026-03-02 09:00:00Z",
                                "2026-03-02T09:00Z",
                                "2026-03-02T24:00:00Z",
                                "2026-03-02T09:60:00Z",
                                "2026-03-02T09:00:60Z",
                                "2026-02-30T09:00:00Z",
                                "2026-03-02T09:00:00.Z",
                                "2026-03-02T09:00:00.1234567890Z",
                                "2026-03-02T09:00:00,5Z",
                                "2026-03-02T09:00:00+7:00",
                                "2026-03-02T09:00:00+0700",
                                "2026-03-02T09:00:00+24:00",
                                "2026-03-02T09:00:00+07:60",
                                "2026-03-02T09:00:00ZZ",
                                "2026-03-02T09:00:00 Z",
                                "2026-03-02T9:00:00Z00",
                                "2026-03-02T09:00:00.5"}) {
    CAPTURE(bad);
    CHECK_FALSE(crm::parse_instant(bad));
  }
}

TEST_CASE("an instant is shown in UTC, with a fraction only if there is one") {
  CHECK(crm::to_string(crm::instant_of(1772416800000000)) == "2026-03-02T02:00:00Z");
  CHECK(crm::to_string(crm::instant_of(1772416800500000)) == "2026-03-02T02:00:00.500Z");
  CHECK(crm::to_string(crm::instant_of(1772416800000001)) == "2026-03-02T02:00:00.000001Z");
  CHECK(crm::to_string(crm::instant_of(-1)) == "1969-12-31T23:59:59.999999Z");
}

// The ends of 64 bits in microseconds: GNU date -u -d @9223372036854 and @-9223372036855.
TEST_CASE("an instant far outside the calendar is still shown") {
  using Limits = std::numeric_limits<std::int64_t>;

  CHECK(crm::to_string(crm::instant_of(Limits::max())) == "+294247-01-10T04:00:54.775807Z");
  CHECK(crm::to_string(crm::instant_of(Limits::min())) == "-290308-12-21T19:59:05.224192Z");
}

TEST_CASE("any instant of the calendar reads back from its text") {
  constexpr unsigned kSeed = 1600;
  CAPTURE(kSeed);
  std::mt19937_64 random(kSeed);
  std::uniform_int_distribution<std::int64_t> moment(-11'676'096'000'000'000, 253'402'300'799'999'999);  // 1600..9999
  for (int i = 0; i < 50'000; ++i) {
    const Instant at = crm::instant_of(moment(random) / (i % 3 == 0 ? 1'000'000 : 1) * (i % 3 == 0 ? 1'000'000 : 1));
    if (crm::parse_instant(crm::to_string(at)) != at) FAIL_CHECK(crm::to_string(at));
  }
}

TEST_CASE("a period holds its first day and not its end") {
  const crm::DateRange march{date(2026, 3, 1), date(2026, 4, 1)};

  CHECK(march.contains(date(2026, 3, 1)));
  CHECK(march.contains(date(2026, 3, 31)));
  CHECK_FALSE(march.contains(date(2026, 4, 1)));
  CHECK_FALSE(march.contains(date(2026, 2, 28)));
  CHECK(crm::DateRange{}.contains(date(1600, 1, 1)));
}

TEST_CASE("periods that only touch do not overlap") {
  const crm::DateRange march{date(2026, 3, 1), date(2026, 4, 1)};
  const crm::DateRange from_april{date(2026, 4, 1), std::nullopt};
  const crm::DateRange until_march{std::nullopt, date(2026, 3, 2)};

  CHECK_FALSE(march.overlaps(from_april));
  CHECK_FALSE(from_april.overlaps(march));
  CHECK(march.overlaps(until_march));
  CHECK(until_march.overlaps(march));
  CHECK_FALSE(until_march.overlaps(from_april));
  CHECK(crm::DateRange{}.overlaps(from_april));
}

}  // namespace
