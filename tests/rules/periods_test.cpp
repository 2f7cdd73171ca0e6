#include "crm/rules/periods.hpp"

#include <doctest/doctest.h>

using namespace crm;

TEST_CASE("a date falls in the period that begins on or before it") {
  struct Row {
    const char* day;
    PeriodLength length;
    const char* start;
  };
  const Row rows[] = {
      {"2026-03-05", PeriodLength::day, "2026-03-05"},     {"2026-03-05", PeriodLength::week, "2026-03-02"},
      {"2026-03-02", PeriodLength::week, "2026-03-02"},    {"2026-03-01", PeriodLength::week, "2026-02-23"},
      {"2026-01-01", PeriodLength::week, "2025-12-29"},    {"2026-03-31", PeriodLength::month, "2026-03-01"},
      {"2026-03-31", PeriodLength::quarter, "2026-01-01"}, {"2026-06-30", PeriodLength::quarter, "2026-04-01"},
      {"2026-12-31", PeriodLength::quarter, "2026-10-01"}, {"2026-12-31", PeriodLength::year, "2026-01-01"},
      {"1969-12-31", PeriodLength::month, "1969-12-01"},
  };
  for (const Row& row : rows) CHECK(to_string(period_start(*parse_date(row.day), row.length)) == row.start);
}

TEST_CASE("a length that is not known is a year") {
  CHECK(period_start(*parse_date("2026-03-05"), static_cast<PeriodLength>(77)) == *parse_date("2026-01-01"));
}

TEST_CASE("each month is of its quarter") {
  for (unsigned month = 1; month <= 12; ++month) {
    const Date day(std::chrono::year(2026) / std::chrono::month(month) / 15);
    const char* const starts[] = {"2026-01-01", "2026-04-01", "2026-07-01", "2026-10-01"};
    CHECK(to_string(period_start(day, PeriodLength::quarter)) == starts[month <= 3 ? 0 : month <= 6 ? 1 : month <= 9 ? 2 : 3]);
  }
}
