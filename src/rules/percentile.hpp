// Percentiles of times as Excel's PERCENTILE.INC counts them.
#pragma once

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace crm {

/// Between which values lie, both inclusive.
struct Bounds {
  std::int64_t least = INT64_MAX;
  std::int64_t most = INT64_MIN;

  void take(std::int64_t value) {
    least = std::min(least, value);
    most = std::max(most, value);
  }
};

/// The values that would stand at these places (0..) if all were sorted; `ranks` ascend, at most 255, where there are more
/// than 256 values. All values are within the bounds.
std::vector<std::int64_t> values_at(std::span<const std::int64_t> values, std::span<const std::size_t> ranks, Bounds within);

/// Percentiles in tenths (5: the median), ascending, of microseconds within the bounds: linear between the two nearest, halves up; none of no
/// values.
template <std::size_t N>
std::array<std::optional<std::chrono::microseconds>, N> percentiles(std::span<const std::int64_t> values, Bounds within,
                                                                    const std::array<std::size_t, N>& tenths) {
  std::array<std::optional<std::chrono::microseconds>, N> found;
  if (values.empty()) return found;
  std::array<std::size_t, N * 2> ranks;
  for (std::size_t i = 0; i < N; ++i) {
    ranks[i * 2] = tenths[i] * (values.size() - 1) / 10;
    ranks[i * 2 + 1] = std::min(ranks[i * 2] + 1, values.size() - 1);
  }
  const auto near = values_at(values, ranks, within);
  for (std::size_t i = 0; i < N; ++i) {
    const auto rest = static_cast<std::int64_t>(tenths[i] * (values.size() - 1) % 10);
    found[i] = std::chrono::microseconds(near[i * 2] + ((near[i * 2 + 1] - near[i * 2]) * rest + 5) / 10);
  }
  return found;
}

}  // namespace crm
