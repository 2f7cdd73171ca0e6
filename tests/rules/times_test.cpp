#include "rules/times.hpp"

#include <doctest/doctest.h>

#include <limits>
#include <random>
#include <set>

using namespace crm;
using std::chrono::microseconds;

namespace {

Times times_of(const std::vector<std::int64_t>& values) {
  Times times;
  for (std::int64_t value : values) times.add(value, true);
  return times;
}

}  // namespace

TEST_CASE("percentiles are those of Excel's PERCENTILE.INC") {
  // PERCENTILE.INC({1;2;3;4}; 0.5) = 2.5, of 0.9 3.7; of ten tens 55 and 91; one value is every percentile.
  const auto found = times_of({4'000, 1'000, 3'000, 2'000}).percentiles<2>({5, 9});
  CHECK(found[0] == microseconds(2'500));
  CHECK(found[1] == microseconds(3'700));
  const auto tens = times_of({100, 90, 80, 70, 60, 50, 40, 30, 20, 10}).percentiles<2>({5, 9});
  CHECK(tens[0] == microseconds(55));
  CHECK(tens[1] == microseconds(91));
  const auto one = times_of({7}).percentiles<2>({5, 9});
  CHECK(one[0] == microseconds(7));
  CHECK(one[1] == microseconds(7));
  CHECK_FALSE(Times().percentiles<1>({5})[0]);
}

TEST_CASE("times at ranks are those of all sorted, however they lie, and whatever came and went since they were asked last") {
  std::mt19937_64 random(7);
  const auto uniform = [&](std::int64_t from, std::int64_t to) { return std::uniform_int_distribution<std::int64_t>(from, to)(random); };
  constexpr auto kMost = std::numeric_limits<std::int64_t>::max();
  constexpr auto kLeast = std::numeric_limits<std::int64_t>::min();
  for (int round = 0; round < 60; ++round) {
    CAPTURE(round);
    const auto any = [&]() -> std::int64_t {
      switch (round / 2 % 6) {
        case 0: return uniform(0, 1'000'000'000);
        case 1: return uniform(0, 3);                                        // most are equal
        case 2: return uniform(kLeast, kMost);
        case 3: return uniform(0, 999) ? uniform(0, 50) : uniform(0, kMost);  // nearly all in one bucket
        case 4: return uniform(0, 100) + round * uniform(0, 1) * 1000;       // two heaps
        default: return 5;
      }
    };
    Times times;
    std::multiset<std::int64_t> expected;
    const auto add = [&] {
      const std::int64_t value = any();
      const bool kept = uniform(0, 9) > 0;
      times.add(value, kept);
      if (kept) expected.insert(value);
    };
    for (auto left = round % 2 ? uniform(1, 100) : uniform(4'000, 30'000); left > 0; --left) add();
    for (int change = 0; change < 12; ++change) {
      CAPTURE(change);
      CHECK(times.size() == expected.size());
      if (!expected.empty()) {
        const std::vector<std::size_t> ranks{0, expected.size() / 3, expected.size() / 2, expected.size() - 1};
        const std::vector<std::int64_t> sorted(expected.begin(), expected.end());
        std::vector<std::int64_t> at;
        for (const std::size_t rank : ranks) at.push_back(sorted[rank]);
        CHECK(times.at(ranks) == at);
      }
      // A few each time; at the end nearly all of them go, the largest first.
      const bool end = change == 10;
      for (auto going = end ? std::ssize(expected) - uniform(0, 3) : uniform(0, 20); going > 0 && !expected.empty(); --going) {
        const auto one = end ? std::prev(expected.end()) : std::next(expected.begin(), static_cast<std::ptrdiff_t>(uniform(0, std::ssize(expected) - 1)));
        times.remove(*one);
        expected.erase(one);
      }
      for (auto coming = uniform(0, 20); coming > 0; --coming) add();
    }
  }
}

TEST_CASE("times that come after a question, below and above all others, stand where they belong") {
  Times times;
  std::vector<std::int64_t> expected;
  const auto add = [&](std::int64_t time) {
    times.add(time, true);
    expected.push_back(time);
  };
  for (std::int64_t i = 0; i < 1'000; ++i) add(i * 1'000);
  const auto ranked = [&] {
    std::ranges::sort(expected);
    const std::vector<std::size_t> ranks{0, 500, expected.size() - 1};
    CHECK(times.at(ranks) == std::vector<std::int64_t>{expected[0], expected[500], expected.back()});
  };

  ranked();
  times.add(5, false);  // not kept
  add(501'500);
  ranked();
  add(-7'000'000);
  ranked();
  add(9'000'000'000);
  ranked();
}

TEST_CASE("of many times most are taken out, equal ones by their number") {
  Times times;
  for (int i = 0; i < 30'000; ++i) times.add(i % 3, true);
  const std::vector<std::size_t> middle{14'999};
  CHECK(times.at(middle) == std::vector<std::int64_t>{1});
  for (int i = 0; i < 9'999; ++i) times.remove(0);
  for (int i = 0; i < 9'999; ++i) times.remove(2);

  CHECK(times.size() == 10'002);
  const std::vector<std::size_t> ranks{0, 1, 10'000, 10'001};
  CHECK(times.at(ranks) == std::vector<std::int64_t>{0, 1, 1, 2});
}

TEST_CASE("a time that is taken out leaves its place among its neighbours at once") {
  Times times;
  std::vector<std::int64_t> expected;
  const auto add = [&](std::int64_t time) {
    times.add(time, true);
    expected.push_back(time);
  };
  const auto remove = [&](std::int64_t time) {
    times.remove(time);
    expected.erase(std::ranges::find(expected, time));
  };
  const auto as_sorted = [&] {
    std::ranges::sort(expected);
    for (std::size_t rank = 0; rank < expected.size(); ++rank)
      if (const std::size_t one[] = {rank}; times.at(one) != std::vector{expected[rank]}) return false;
    return true;
  };
  for (std::int64_t i = 299; i >= 0; --i) add(i);                     // close together
  for (std::int64_t i = 0; i < 300; ++i) add(1'000'000'000 + i * 7);  // and others far away
  const std::size_t near[] = {100};
  CHECK(times.at(near) == std::vector<std::int64_t>{100});
  const std::size_t both[] = {100, 400};
  CHECK(times.at(both) == std::vector<std::int64_t>{100, 1'000'000'700});
  remove(200);
  remove(250);
  CHECK(times.at(near) == std::vector<std::int64_t>{100});
  const std::size_t behind[] = {297};
  CHECK(times.at(behind) == std::vector<std::int64_t>{299});
  CHECK(as_sorted());
  CHECK(times.at(near) == std::vector<std::int64_t>{100});
  add(-9'000'000'000);  // beyond what was counted: all is counted anew, without what is gone
  remove(10);
  CHECK(as_sorted());
}
