#include "percentile.hpp"

#include <algorithm>
#include <bit>
#include <vector>

namespace crm {
namespace {

/// Counts values by their leading bits, then sorts those alone that share these with a value asked for.
std::vector<std::int64_t> by_leading_bits(std::span<const std::int64_t> values, std::span<const std::size_t> ranks) {
  constexpr int kBits = 12;
  const auto [least, most] = std::ranges::minmax(values);
  const auto above = [&](std::int64_t value) { return static_cast<std::uint64_t>(value) - static_cast<std::uint64_t>(least); };
  const int shift = std::max(0, static_cast<int>(std::bit_width(above(most))) - kBits);
  std::vector<std::size_t> counts(std::size_t{1} << kBits);
  for (std::int64_t value : values) ++counts[above(value) >> shift];
  std::vector<char> asked(counts.size());
  std::vector<std::size_t> places;                    // of the ranks among the values of the buckets asked for
  std::size_t passed = 0, kept = 0, rank = 0;
  for (std::size_t bucket = 0; bucket < counts.size() && rank < ranks.size(); ++bucket) {
    for (; rank < ranks.size() && ranks[rank] < passed + counts[bucket]; ++rank) {
      asked[bucket] = 1;
      places.push_back(kept + ranks[rank] - passed);
    }
    if (asked[bucket]) kept += counts[bucket];
    passed += counts[bucket];
  }
  std::vector<std::int64_t> near;
  near.reserve(kept);
  for (std::int64_t value : values)
    if (asked[above(value) >> shift]) near.push_back(value);
  std::ranges::sort(near);
  std::vector<std::int64_t> found;
  for (const std::size_t place : places) found.push_back(near[place]);
  return found;
}

}  // namespace

std::vector<std::int64_t> values_at(std::span<const std::int64_t> values, std::span<const std::size_t> ranks) {
  constexpr std::size_t kFew = 4096;
  if (values.size() > kFew) return by_leading_bits(values, ranks);
  std::vector<std::int64_t> sorted(values.begin(), values.end());
  std::ranges::sort(sorted);
  std::vector<std::int64_t> found;
  for (const std::size_t rank : ranks) found.push_back(sorted[rank]);
  return found;
}

}  // namespace crm
