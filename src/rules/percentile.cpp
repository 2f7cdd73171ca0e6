#include "percentile.hpp"

#include <algorithm>
#include <bit>
#include <vector>

namespace crm {
namespace {

/// Counts values by their leading bits, then looks among those alone that share these with a value asked for.
std::vector<std::int64_t> by_leading_bits(std::span<const std::int64_t> values, std::span<const std::size_t> ranks, Bounds within) {
  if (within.least == within.most) return std::vector<std::int64_t>(ranks.size(), within.least);
  const auto above = [least = within.least](std::int64_t value) { return static_cast<std::uint64_t>(value) - static_cast<std::uint64_t>(least); };
  const int bits = std::clamp(static_cast<int>(std::bit_width(values.size())), 8, 12);
  const int shift = std::max(0, static_cast<int>(std::bit_width(above(within.most))) - bits);
  std::vector<std::size_t> counts(std::size_t{1} << bits);
  const auto bucket_of = [&](std::int64_t value) { return static_cast<std::size_t>(above(value) >> shift); };
  for (std::int64_t value : values) ++counts[bucket_of(value)];

  struct Near {
    std::vector<std::int64_t> values;
    std::vector<std::size_t> ranks;
    Bounds within{};
  };
  std::vector<Near> near;
  std::vector<std::uint8_t> near_of(counts.size());  // 1..: place in `near`
  std::size_t passed = 0, rank = 0;
  for (std::size_t bucket = 0; bucket < counts.size() && rank < ranks.size(); passed += counts[bucket++]) {
    if (ranks[rank] >= passed + counts[bucket]) continue;
    near_of[bucket] = static_cast<std::uint8_t>(near.size() + 1);
    near.emplace_back().values.reserve(counts[bucket]);
    for (; rank < ranks.size() && ranks[rank] < passed + counts[bucket]; ++rank) near.back().ranks.push_back(ranks[rank] - passed);
  }
  for (std::int64_t value : values)
    if (const std::uint8_t at = near_of[bucket_of(value)]) {
      near[at - 1U].values.push_back(value);
      near[at - 1U].within.take(value);
    }
  std::vector<std::int64_t> found;
  for (const Near& one : near)
    for (const std::int64_t value : values_at(one.values, one.ranks, one.within)) found.push_back(value);
  return found;
}

}  // namespace

std::vector<std::int64_t> values_at(std::span<const std::int64_t> values, std::span<const std::size_t> ranks, Bounds within) {
  constexpr std::size_t kFew = 256;
  if (values.size() > kFew) return by_leading_bits(values, ranks, within);
  std::vector<std::int64_t> sorted(values.begin(), values.end());
  std::ranges::sort(sorted);
  std::vector<std::int64_t> found;
  for (const std::size_t rank : ranks) found.push_back(sorted[rank]);
  return found;
}

}  // namespace crm
