// The files of zic and the rules in them, made here by hand after RFC 8536 and POSIX.
#include "base/zone_history.hpp"

#include <doctest/doctest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <random>

#include "base/zone_rules.hpp"
#include "crm/base/time.hpp"

using namespace crm;

namespace {

std::string number(std::int64_t value, int width) {
  std::string bytes;
  for (int shift = 8 * (width - 1); shift >= 0; shift -= 8) bytes += static_cast<char>(value >> shift & 0xff);
  return bytes;
}

std::string header(int times, int types, int letters) {
  return "TZif2" + std::string(15, '\0') + number(0, 4) + number(0, 4) + number(0, 4) + number(times, 4) + number(types, 4) + number(letters, 4);
}

/// One hour east, from 2000-01-01T00:00:00Z on three.
std::string file(const std::string& rule, std::int64_t at = 946'684'800) {
  const std::string types = number(3600, 4) + std::string("\0\0", 2) + number(10800, 4) + std::string("\0\4", 2);
  return header(0, 1, 1) + std::string(7, '\0') + header(1, 2, 8) + number(at, 8) + "\1" + types + std::string("ONE\0THR\0", 8) + "\n" + rule + "\n";
}

std::int64_t seconds(const char* iso) { return to_number(parse_instant(iso).value()) / 1'000'000; }

/// Hours from UTC at an instant.
double hours(const ZoneRules& rules, const char* iso) {
  const std::int64_t at = to_number(parse_instant(iso).value());
  return static_cast<double>(rules.to_wall(at) - at) / 3.6e9;
}

ZoneRules by_rule(const char* rule) {
  const auto history = with_rule({}, rule);
  REQUIRE(history);
  return {"by rule", *history};
}

/// A folder of zones that calls itself so.
struct Database {
  std::filesystem::path folder = std::filesystem::temp_directory_path() / ("crm_zone_history_test_" + std::to_string(getpid()));

  explicit Database(const std::string& first_line) {
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder / "Asia");
    std::ofstream(folder / "tzdata.zi") << first_line << "\nR something\n";
    std::ofstream(folder / "Asia/Atlantis", std::ios::binary) << file("THR-3");
    std::ofstream(folder / "Asia/Broken", std::ios::binary) << file("THR-3").substr(0, 100);
  }
  ~Database() { std::filesystem::remove_all(folder); }
  Database(const Database&) = delete;

  [[nodiscard]] bool tells(std::string_view name) const { return zone_of_system(folder.string(), name).has_value(); }
};

}  // namespace

TEST_CASE("a file of zic is read") {
  const auto history = read_tzif(file("THR-3"));
  REQUIRE(history);

  CHECK(history->first == 3600);
  REQUIRE(history->jumps.size() == 1);
  CHECK(history->jumps[0].at == seconds("2000-01-01T00:00:00Z"));
  CHECK(history->jumps[0].offset == 10800);
  CHECK_FALSE(history->goes_on);
}

TEST_CASE("a broken file of zic is none, wherever it is broken") {
  const std::string good = file("THR-3THS,M3.5.0,M10.5.0");
  REQUIRE(read_tzif(good));
  for (std::size_t size = 0; size < good.size(); ++size) CHECK_FALSE(read_tzif(good.substr(0, size)));
  CHECK_FALSE(read_tzif(file("THR")));
  CHECK_FALSE(read_tzif(file("THR-3", std::int64_t{1} << 62).replace(0, 4, "TZiv")));

  constexpr unsigned kSeed = 8536;
  CAPTURE(kSeed);
  std::mt19937 random(kSeed);
  for (int round = 0; round < 20'000; ++round) {  // whatever comes of it, nothing beside the file is read and no clock is days away
    std::string broken = good;
    for (int i = 0; i < 3; ++i) broken[random() % broken.size()] = static_cast<char>(random());
    if (const auto history = read_tzif(broken))
      for (const ZoneJump& jump : history->jumps) CHECK(std::abs(jump.offset) <= 26 * 3600);
  }
}

TEST_CASE("a rule of POSIX says when the clock moves, for ever") {
  const ZoneRules berlin = by_rule("CET-1CEST,M3.5.0,M10.5.0/3");
  // 2101-03-27 is the last Sunday of its March; 2426 has the calendar of 2026 (400 years): 29 March and 25 October.
  CHECK(hours(berlin, "2101-03-27T00:59:59Z") == 1);
  CHECK(hours(berlin, "2101-03-27T01:00:00Z") == 2);
  CHECK(hours(berlin, "2426-03-29T00:59:59Z") == 1);
  CHECK(hours(berlin, "2426-03-29T01:00:00Z") == 2);
  CHECK(hours(berlin, "2426-10-25T00:59:59Z") == 2);
  CHECK(hours(berlin, "2426-10-25T01:00:00Z") == 1);
  CHECK(hours(berlin, "9999-07-01T00:00:00Z") == 2);
  CHECK(hours(berlin, "9999-12-31T23:59:59Z") == 1);

  const ZoneRules lord_howe = by_rule("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0");
  CHECK(hours(lord_howe, "2050-01-01T00:00:00Z") == 11);
  CHECK(hours(lord_howe, "2050-07-01T00:00:00Z") == 10.5);
  // 2050-10-02 is the first Sunday; 02:00 of +10:30 is 15:30 of the day before.
  CHECK(hours(lord_howe, "2050-10-01T15:29:59Z") == 10.5);
  CHECK(hours(lord_howe, "2050-10-01T15:30:00Z") == 11);

  // The 60th day is 1 March in every year if 29 February does not count, else it is 29 February of 2028 (counted from 0: 59).
  const ZoneRules without_leap = by_rule("AAA0BBB,J60/0,J300/0");
  CHECK(hours(without_leap, "2028-02-29T23:59:59Z") == 0);
  CHECK(hours(without_leap, "2028-03-01T00:00:00Z") == 1);
  const ZoneRules with_leap = by_rule("AAA0BBB,59/0,299/0");
  CHECK(hours(with_leap, "2028-02-28T23:59:59Z") == 0);
  CHECK(hours(with_leap, "2028-02-29T00:00:00Z") == 1);
  CHECK(hours(with_leap, "2027-03-01T00:00:00Z") == 1);

  // Greenland: on Saturday before the last Sunday of March at 22:00, that is on Sunday "at -1".
  const ZoneRules nuuk = by_rule("<-02>2<-01>,M3.5.0/-1,M10.5.0/0");
  CHECK(hours(nuuk, "2030-03-31T00:59:59Z") == -2);
  CHECK(hours(nuuk, "2030-03-31T01:00:00Z") == -1);
}

TEST_CASE("a rule that cannot be is none") {
  for (const char* bad : {"C", "CET", "CET-1CEST", "CET-25", "CET-1CEST,M3.5.0", "CET-1CEST,M13.5.0,M10.5.0", "CET-1CEST,M3.6.0,M10.5.0",
                          "CET-1CEST,M3.5.7,M10.5.0", "CET-1CEST,J0,J300", "CET-1CEST,J366,J300", "CET-1CEST,M3.5.0,M10.5.0/168", "<CET-1", "CET-1 ",
                          "CET-1CEST,M3.5.0,M10.5.0;"}) {
    CAPTURE(std::string(bad));
    CHECK_FALSE(with_rule({}, bad));
  }
}

TEST_CASE("the system's database is asked only where it is known to be newer") {
  for (const char* newer : {"# version 2999a", "# version 2999", "# version 2999zz"}) {
    CAPTURE(std::string(newer));
    CHECK(Database(newer).tells("Asia/Atlantis"));
  }
  for (const char* other : {"# version 2026a", "# version 2001z", "", "# version", "# version unknown", "# version 2999a-dirty", "# version 2999A", "2999a"}) {
    CAPTURE(std::string(other));
    CHECK_FALSE(Database(other).tells("Asia/Atlantis"));
  }
  CHECK_FALSE(zone_of_system("/nowhere", "Asia/Atlantis"));

  const Database newer("# version 2999a");
  for (const char* none : {"Asia/Broken", "Asia", "Asia/", "/Asia/Atlantis", "./Asia/Atlantis", "Asia/../Asia/Atlantis", "Asia//Atlantis", "", "tzdata.zi"}) {
    CAPTURE(std::string(none));
    CHECK_FALSE(newer.tells(none));
  }
}
