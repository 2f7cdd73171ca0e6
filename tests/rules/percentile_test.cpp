#include "rules/percentile.hpp"

#include <doctest/doctest.h>

#include <limits>
#include <random>

using namespace crm;
using std::chrono::microseconds;

namespace {

Bounds around(std::span<const std::int64_t> values) {
  Bounds within;
  for (std::int64_t value : values) within.take(value);
  return within;
}

template <std::size_t N>
auto percentiles_of(const std::vector<std::int64_t>& values, const std::array<std::size_t, N>& tenths) {
  return percentiles<N>(values, around(values), tenths);
}

}  // namespace

TEST_CASE("percentiles are those of Excel's PERCENTILE.INC") {
  // PERCENTILE.INC({1;2;3;4}; 0.5) = 2.5, of 0.9 3.7; of ten tens 55 and 91; one value is every percentile.
  const auto found = percentiles_of<2>(std::vector<std::int64_t>{4'000, 1'000, 3'000, 2'000}, {5, 9});
  CHECK(found[0] == microseconds(2'500));
  CHECK(found[1] == microseconds(3'700));
  const auto tens = percentiles_of<2>(std::vector<std::int64_t>{100, 90, 80, 70, 60, 50, 40, 30, 20, 10}, {5, 9});
  CHECK(tens[0] == microseconds(55));
  CHECK(tens[1] == microseconds(91));
  const auto one = percentiles_of<2>(std::vector<std::int64_t>{7}, {5, 9});
  CHECK(one[0] == microseconds(7));
  CHECK(one[1] == microseconds(7));
  CHECK_FALSE(percentiles_of<1>(std::vector<std::int64_t>{}, {5})[0]);
}

TEST_CASE("values at ranks are those of the sorted values, however they lie") {
  std::mt19937_64 random(7);
  const auto uniform = [&](std::int64_t from, std::int64_t to) { return std::uniform_int_distribution<std::int64_t>(from, to)(random); };
  constexpr auto kMost = std::numeric_limits<std::int64_t>::max();
  constexpr auto kLeast = std::numeric_limits<std::int64_t>::min();
  for (int round = 0; round < 60; ++round) {
    CAPTURE(round);
    std::vector<std::int64_t> values(static_cast<std::size_t>(round % 2 ? uniform(1, 100) : uniform(4'000, 30'000)));
    for (std::int64_t& value : values) {
      switch (round / 2 % 5) {
        case 0: value = uniform(0, 1'000'000'000); break;
        case 1: value = uniform(0, 3); break;                                        // most are equal
        case 2: value = uniform(kLeast, kMost); break;
        case 3: value = uniform(0, 999) ? uniform(0, 50) : uniform(0, kMost); break;  // nearly all in one bucket
        default: value = 5;
      }
    }
    std::vector<std::size_t> ranks{0, values.size() / 3, values.size() / 2, values.size() - 1};
    std::vector<std::int64_t> sorted = values, expected;
    std::ranges::sort(sorted);
    for (const std::size_t rank : ranks) expected.push_back(sorted[rank]);
    CHECK(values_at(values, ranks, around(values)) == expected);
    CHECK(values_at(values, ranks, {kLeast, kMost}) == expected);
  }
}
