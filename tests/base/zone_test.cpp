#include <doctest/doctest.h>

#include <limits>
#include <random>
#include <string>

#include "crm/base/error.hpp"
#include "crm/base/time.hpp"

namespace {

using crm::Zone;

crm::Instant utc(const char* text) { return crm::parse_instant(text).value(); }

/// Wall clock time written as if it were UTC.
crm::LocalTime wall(const char* text) { return crm::LocalTime(utc(text).time_since_epoch()); }

crm::Code code_of(std::string_view name) {
  try {
    const Zone zone(name);
    return crm::Code::ok;
  } catch (const crm::Error& error) {
    return error.code();
  }
}

TEST_CASE("UTC shows an instant as it is") {
  const Zone zone;

  CHECK(zone.name() == "UTC");
  CHECK(zone.local(utc("2026-03-02T02:00:00Z")) == wall("2026-03-02T02:00:00Z"));
  CHECK(zone.instant(wall("2026-03-02T02:00:00Z")) == utc("2026-03-02T02:00:00Z"));
}

TEST_CASE("a fixed offset moves the day") {
  const Zone zone("+07:00");
  const Zone west("-03:30");

  CHECK(zone.name() == "+07:00");
  CHECK(crm::to_string(crm::today(utc("2026-03-01T16:59:59Z"), zone)) == "2026-03-01");
  CHECK(crm::to_string(crm::today(utc("2026-03-01T17:00:00Z"), zone)) == "2026-03-02");
  CHECK(zone.start_of(crm::parse_date("2026-03-02").value()) == utc("2026-03-01T17:00:00Z"));
  CHECK(west.local(utc("2026-03-01T00:00:00Z")) == wall("2026-02-28T20:30:00Z"));
}

TEST_CASE("names nobody knows are refused") {
  for (const std::string bad :
       {"", "+7", "07:00", "+7:00", "+25:00", "+07:60", " UTC", "Москва", "Europe/Berlin\n", "../../etc/passwd", "europe/berlin", "Europe/",
        "Asia/Atlantis"}) {
    CAPTURE(bad);
    CHECK(code_of(bad) == crm::Code::invalid_argument);
  }
}

TEST_CASE("a host's never stays far away in any zone") {
  using Limits = std::numeric_limits<std::int64_t>;

  CHECK(crm::to_number(Zone("-05:00").instant(crm::LocalTime::max())) == Limits::max());
  CHECK(Zone("+05:00").local(crm::instant_of(Limits::max())) == crm::LocalTime::max());
  CHECK(Zone("-05:00").local(crm::instant_of(Limits::min())) == crm::LocalTime::min());
  CHECK(Zone("+05:00").date(crm::instant_of(Limits::min())) < crm::date_of(-100'000'000));
  CHECK(Zone("Europe/Berlin").local(crm::instant_of(Limits::max())) == crm::LocalTime::max());
  CHECK(crm::to_number(Zone("America/New_York").instant(crm::LocalTime::max())) == Limits::max());
  CHECK(Zone("America/New_York").local(crm::instant_of(Limits::min())) == crm::LocalTime::min());
  CHECK(crm::to_number(Zone("Europe/Berlin").instant(crm::LocalTime::min())) == Limits::min());
}

struct Jump {
  const char* zone;
  const char* at;      // the instant of the jump
  const char* before;  // what the clock would have shown at it
  const char* after;   // what it shows
};

// Instants and wall clocks: zdump -v of the IANA database.
constexpr Jump kForward[] = {
    {"Europe/Berlin", "2025-03-30T01:00:00Z", "2025-03-30T02:00:00Z", "2025-03-30T03:00:00Z"},
    {"America/New_York", "2025-03-09T07:00:00Z", "2025-03-09T02:00:00Z", "2025-03-09T03:00:00Z"},
    {"Asia/Novosibirsk", "2016-07-23T20:00:00Z", "2016-07-24T02:00:00Z", "2016-07-24T03:00:00Z"},
    {"Europe/Moscow", "2011-03-26T23:00:00Z", "2011-03-27T02:00:00Z", "2011-03-27T03:00:00Z"},
};
constexpr Jump kBack[] = {
    {"Europe/Berlin", "2025-10-26T01:00:00Z", "2025-10-26T03:00:00Z", "2025-10-26T02:00:00Z"},
    {"America/New_York", "2025-11-02T06:00:00Z", "2025-11-02T02:00:00Z", "2025-11-02T01:00:00Z"},
    {"Europe/Moscow", "2014-10-25T22:00:00Z", "2014-10-26T02:00:00Z", "2014-10-26T01:00:00Z"},
};

TEST_CASE("a time the clock skips is the moment of the jump") {
  for (const auto& jump : kForward) {
    CAPTURE(std::string(jump.zone));
    const Zone zone(jump.zone);
    const auto at = utc(jump.at);

    CHECK(zone.local(at) == wall(jump.after));
    CHECK(zone.local(at - std::chrono::microseconds(1)) == wall(jump.before) - std::chrono::microseconds(1));
    CHECK(zone.instant(wall(jump.before)) == at);
    CHECK(zone.instant(wall(jump.before) + std::chrono::minutes(30)) == at);
    CHECK(zone.instant(wall(jump.after)) == at);
    CHECK(zone.instant(wall(jump.after) + std::chrono::minutes(1)) == at + std::chrono::minutes(1));
    CHECK(zone.instant(wall(jump.before) - std::chrono::minutes(1)) == at - std::chrono::minutes(1));
  }
}

TEST_CASE("a time the clock shows twice is the earlier one") {
  for (const auto& jump : kBack) {
    CAPTURE(std::string(jump.zone));
    const Zone zone(jump.zone);
    const auto at = utc(jump.at);

    CHECK(zone.local(at) == wall(jump.after));
    CHECK(zone.local(at - std::chrono::microseconds(1)) == wall(jump.before) - std::chrono::microseconds(1));
    CHECK(zone.instant(wall(jump.after)) == at - std::chrono::hours(1));
    CHECK(zone.instant(wall(jump.after) + std::chrono::minutes(59)) == at - std::chrono::minutes(1));
    CHECK(zone.instant(wall(jump.before)) == at + std::chrono::hours(1));
  }
}

// Samoa crossed the date line: 2011-12-30 was not. Sao Paulo skipped midnight of 2018-11-04.
TEST_CASE("a day that begins without midnight begins at the jump") {
  CHECK(Zone("Pacific/Apia").start_of(crm::parse_date("2011-12-30").value()) == utc("2011-12-30T10:00:00Z"));
  CHECK(Zone("Pacific/Apia").start_of(crm::parse_date("2011-12-31").value()) == utc("2011-12-30T10:00:00Z"));
  CHECK(Zone("America/Sao_Paulo").start_of(crm::parse_date("2018-11-04").value()) == utc("2018-11-04T03:00:00Z"));
}

// Moscow kept summer time from 2011 on and left it in 2014; Lord Howe moves its clock by half an hour.
TEST_CASE("clocks of years that people remember") {
  const Zone moscow("Europe/Moscow");
  CHECK(moscow.local(utc("2010-12-31T21:00:00Z")) == wall("2011-01-01T00:00:00Z"));
  CHECK(moscow.local(utc("2012-01-01T00:00:00Z")) == wall("2012-01-01T04:00:00Z"));
  CHECK(moscow.local(utc("2015-01-01T00:00:00Z")) == wall("2015-01-01T03:00:00Z"));
  CHECK(Zone("W-SU").local(utc("2012-01-01T00:00:00Z")) == wall("2012-01-01T04:00:00Z"));
  CHECK(Zone("Australia/Lord_Howe").local(utc("2026-01-01T00:00:00Z")) == wall("2026-01-01T11:00:00Z"));
  CHECK(Zone("Australia/Lord_Howe").local(utc("2026-07-01T00:00:00Z")) == wall("2026-07-01T10:30:00Z"));
}

TEST_CASE("summer time goes on after 2037") {
  const Zone berlin("Europe/Berlin");

  CHECK(berlin.local(utc("2038-07-01T00:00:00Z")) == wall("2038-07-01T02:00:00Z"));
  CHECK(berlin.local(utc("2199-07-01T00:00:00Z")) == wall("2199-07-01T02:00:00Z"));
  CHECK(berlin.start_of(crm::parse_date("2199-07-01").value()) == utc("2199-06-30T22:00:00Z"));
}

TEST_CASE("a stored name that nobody knows here keeps its name and has the clock of UTC") {
  const Zone zone = Zone::as_stored("Asia/Atlantis");

  CHECK_FALSE(zone.is_known());
  CHECK(zone.name() == "Asia/Atlantis");
  CHECK(zone.local(utc("2026-03-02T02:00:00Z")) == wall("2026-03-02T02:00:00Z"));
  CHECK(Zone::as_stored("Asia/Novosibirsk").is_known());
}

TEST_CASE("a zone is the same after copying") {
  Zone copy;
  copy = Zone("Asia/Novosibirsk");

  CHECK(copy.name() == "Asia/Novosibirsk");
  CHECK(copy.local(utc("2026-03-02T02:00:00Z")) == wall("2026-03-02T09:00:00Z"));
}

constexpr const char* kZones[] = {"Europe/Berlin",       "America/New_York",  "Asia/Novosibirsk", "Europe/Moscow",
                                  "Australia/Lord_Howe", "America/Sao_Paulo", "Asia/Tehran",      "Pacific/Apia"};

TEST_CASE("any instant comes back from the wall clock, or as the earlier one of two") {
  constexpr unsigned kSeed = 2016;
  CAPTURE(kSeed);
  std::mt19937_64 random(kSeed);
  std::uniform_int_distribution<std::int64_t> moment(-2'208'988'800, 4'102'444'800);  // 1900..2100
  for (const std::string name : kZones) {
    CAPTURE(name);
    const Zone zone(name);
    for (int i = 0; i < 5'000; ++i) {
      const auto at = crm::instant_of(moment(random) * 1'000'000);
      const auto back = zone.instant(zone.local(at));
      CHECK(back <= at);
      CHECK(at - back <= std::chrono::hours(24));
      CHECK(zone.local(back) == zone.local(at));
    }
  }
}

}  // namespace
