#include "crm/rules/distribution.hpp"

#include <doctest/doctest.h>

#include <limits>
#include <numeric>
#include <random>

using namespace crm;

namespace {

using Parts = std::vector<std::int64_t>;

std::string rule_of(std::int64_t total, const Parts& weights) {
  const Distribution shared = distribute(total, weights);
  return shared.refused ? shared.refused->rule : "";
}

}  // namespace

TEST_CASE("a total is shared out to the last unit") {
  struct Row {
    std::int64_t total;
    Parts weights;
    Parts parts;
  };
  const Row rows[] = {
      {100, {1, 1, 1}, {34, 33, 33}},           // 33.33 each: the unit that is left goes to the first
      {100, {1, 2, 3}, {17, 33, 50}},           // 16.67, 33.33, 50
      {10, {6, 6, 2}, {4, 4, 2}},               // 4.29, 4.29, 1.43: the last lost most
      {7, {0, 5, 0}, {0, 7, 0}},
      {0, {3, 4}, {0, 0}},
      {2, {1, 1, 1, 1}, {1, 1, 0, 0}},          // ties by order
      {5, {9}, {5}},
      {99999, {31, 28, 31}, {34444, 31111, 34444}},  // 34444.1, 31110.8, 34444.1
  };
  for (const Row& row : rows) {
    const Distribution shared = distribute(row.total, row.weights);
    CHECK(!shared.refused);
    CHECK(shared.parts == row.parts);
  }
}

TEST_CASE("what cannot be shared out is refused by name") {
  CHECK(rule_of(-1, {1}) == "M8.negative_total");
  CHECK(rule_of(10, {1, -1, 5}) == "M8.negative_weight");
  CHECK(rule_of(10, {0, 0}) == "M8.no_weights");
  CHECK(rule_of(10, {}) == "M8.no_weights");
  CHECK(distribute(10, Parts{0, 0}).parts.empty());
  // Of no record.
  CHECK(distribute(-1, Parts{1}).refused == Violation{"M8.negative_total", 0, 0, 0, "-1", ""});
  CHECK(distribute(10, Parts{1, -5}).refused == Violation{"M8.negative_weight", 0, 0, 0, "-5", ""});
  CHECK(distribute(10, Parts{}).refused == Violation{"M8.no_weights", 0, 0, 0, "10", ""});
}

TEST_CASE("parts add up, lie within a unit of the exact share, and a greater weight never gets less") {
  std::mt19937_64 random(20260302);
  for (int i = 0; i < 2000; ++i) {
    Parts weights(1 + static_cast<std::size_t>(random() % 12));
    for (std::int64_t& weight : weights) weight = static_cast<std::int64_t>(random() % 1000);
    weights[static_cast<std::size_t>(random() % weights.size())] += 1;
    const auto total = static_cast<std::int64_t>(random() % 1'000'000);
    const std::int64_t sum = std::accumulate(weights.begin(), weights.end(), std::int64_t{0});

    const Parts parts = distribute(total, weights).parts;

    REQUIRE(parts.size() == weights.size());
    CHECK(std::accumulate(parts.begin(), parts.end(), std::int64_t{0}) == total);
    for (std::size_t a = 0; a < parts.size(); ++a) {
      CHECK(std::abs(parts[a] * sum - total * weights[a]) < sum);
      for (std::size_t b = 0; b < parts.size(); ++b)
        if (weights[a] > weights[b]) CHECK(parts[a] >= parts[b]);
    }
  }
}

TEST_CASE("the greatest totals and weights are shared out as exactly") {
  constexpr auto kMost = std::numeric_limits<std::int64_t>::max();
  CHECK(distribute(kMost, Parts{kMost, kMost}).parts == Parts{kMost / 2 + 1, kMost / 2});
  CHECK(distribute(kMost, Parts{0, kMost}).parts == Parts{0, kMost});
}
