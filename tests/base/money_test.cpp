#include "crm/base/money.hpp"

#include <doctest/doctest.h>

#include <limits>
#include <random>
#include <string>

#include "crm/base/error.hpp"

namespace {

using crm::Currency;
using crm::Decimal;
using crm::Money;

constexpr auto kMax = std::numeric_limits<std::int64_t>::max();
constexpr auto kMin = std::numeric_limits<std::int64_t>::min();
const char* const kNotNumbers[] = {"",      "-",   ".",     "5.",  ".5",   "+5",  " 5", "5 ",  "1,5",
                                   "1 000", "--1", "1.2.3", "1e3", "0x10", "inf", "５", "1.-5"};

TEST_CASE("a currency is three capital letters") {
  CHECK(Currency("RUB").letters() == "RUB");
  CHECK_FALSE(Currency());
  CHECK(Currency().letters().empty());
  for (const std::string bad : {"", "RU", "RUBL", "rub", "РУБ", "R1B"}) {
    CAPTURE(bad);
    CHECK_THROWS_AS(Currency(std::string_view(bad)), crm::Error);
  }
}

// ISO 4217, list one, column "Mnr unt".
TEST_CASE("the number of minor digits is that of ISO 4217") {
  const std::pair<const char*, int> rows[] = {{"RUB", 2}, {"USD", 2}, {"EUR", 2}, {"KZT", 2}, {"BYN", 2}, {"CNY", 2},
                                              {"HUF", 2}, {"JPY", 0}, {"KRW", 0}, {"VND", 0}, {"ISK", 0}, {"KWD", 3},
                                              {"BHD", 3}, {"TND", 3}, {"CLF", 4}, {"UYW", 4}};
  for (const auto& [letters, digits] : rows) {
    CAPTURE(std::string(letters));
    CHECK(Currency(letters).minor_digits() == digits);
  }
}

TEST_CASE("an amount is shown in major units") {
  CHECK(to_string(Money{-123450, Currency("RUB")}) == "-1234.50 RUB");
  CHECK(to_string(Money{5, Currency("RUB")}) == "0.05 RUB");
  CHECK(to_string(Money{-5, Currency("USD")}) == "-0.05 USD");
  CHECK(to_string(Money{0, Currency("EUR")}) == "0.00 EUR");
  CHECK(to_string(Money{1500, Currency("JPY")}) == "1500 JPY");
  CHECK(to_string(Money{1500, Currency("KWD")}) == "1.500 KWD");
  CHECK(to_string(Money{kMin, Currency("RUB")}) == "-92233720368547758.08 RUB");
  CHECK(to_string(Money{100, Currency()}) == "1.00");
}

TEST_CASE("amounts of one currency add up, others are refused") {
  const Money hundred{100, Currency("RUB")};

  CHECK(hundred + Money{-30, Currency("RUB")} == Money{70, Currency("RUB")});
  try {
    static_cast<void>(hundred + Money{1, Currency("USD")});
    FAIL("roubles and dollars were added");
  } catch (const crm::Error& error) {
    CHECK(error.code() == crm::Code::invalid_argument);
    CHECK(error.refused_by("money.currency"));
  }
}

TEST_CASE("a sum beyond 64 bits is refused") {
  const Currency rub("RUB");

  CHECK((Money{kMax, rub} + Money{kMin, rub}).minor == -1);
  CHECK((Money{kMax - 1, rub} + Money{1, rub}).minor == kMax);
  CHECK_THROWS_AS((Money{kMax, rub} + Money{1, rub}), crm::Error);
  CHECK_THROWS_AS((Money{kMin, rub} + Money{-1, rub}), crm::Error);
}

TEST_CASE("a decimal is read exactly or not at all") {
  CHECK(crm::parse_decimal("-12.345") == Decimal{-12'345'000});
  CHECK(crm::parse_decimal("0.1") == Decimal{100'000});
  CHECK(crm::parse_decimal("007") == Decimal{7'000'000});
  CHECK(crm::parse_decimal("-0") == Decimal{0});
  CHECK(crm::parse_decimal("0.000001") == Decimal{1});
  CHECK(crm::parse_decimal("9223372036854.775807") == Decimal{kMax});
  CHECK(crm::parse_decimal("-9223372036854.775808") == Decimal{kMin});
  CHECK_FALSE(crm::parse_decimal("9223372036854.775808"));
  CHECK_FALSE(crm::parse_decimal("-9223372036854.775809"));
  CHECK_FALSE(crm::parse_decimal("10000000000000"));
  CHECK_FALSE(crm::parse_decimal("99999999999999999999999"));
  CHECK_FALSE(crm::parse_decimal("0.0000001"));
  for (const std::string bad : kNotNumbers) {
    CAPTURE(bad);
    CHECK_FALSE(crm::parse_decimal(bad));
  }
}

TEST_CASE("a decimal is shown in its shortest form") {
  CHECK(to_string(Decimal{12'345'000}) == "12.345");
  CHECK(to_string(Decimal{7'000'000}) == "7");
  CHECK(to_string(Decimal{100'000'000}) == "100");
  CHECK(to_string(Decimal{-500'000}) == "-0.5");
  CHECK(to_string(Decimal{0}) == "0");
  CHECK(to_string(Decimal{kMin}) == "-9223372036854.775808");
}

TEST_CASE("an amount is read to the minor unit of its currency") {
  CHECK(crm::parse_money("1234.5", Currency("RUB")) == Money{123450, Currency("RUB")});
  CHECK(crm::parse_money("-0.05", Currency("RUB")) == Money{-5, Currency("RUB")});
  CHECK(crm::parse_money("1500", Currency("JPY")) == Money{1500, Currency("JPY")});
  CHECK(crm::parse_money("1.125", Currency("KWD")) == Money{1125, Currency("KWD")});
  CHECK_FALSE(crm::parse_money("1.125", Currency("RUB")));
  CHECK_FALSE(crm::parse_money("1.0", Currency("JPY")));
  CHECK_FALSE(crm::parse_money("92233720368547758.08", Currency("RUB")));
  for (const std::string bad : kNotNumbers) {
    CAPTURE(bad);
    CHECK_FALSE(crm::parse_money(bad, Currency("RUB")));
  }
}

TEST_CASE("what is shown reads back the same") {
  constexpr unsigned kSeed = 20260302;
  CAPTURE(kSeed);
  std::mt19937_64 random(kSeed);
  for (int i = 0; i < 20'000; ++i) {
    const auto number = static_cast<std::int64_t>(random()) >> (random() % 64);
    CHECK(crm::parse_decimal(to_string(Decimal{number})) == Decimal{number});
    const Money amount{number, Currency("RUB")};
    const auto shown = to_string(amount);
    CHECK(crm::parse_money(shown.substr(0, shown.size() - 4), Currency("RUB")) == amount);
  }
}

}  // namespace
