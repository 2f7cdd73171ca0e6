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
