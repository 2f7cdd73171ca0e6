// Times that come and go, and their percentiles.
#pragma once

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <vector>

namespace crm {

/// After a first question, only times that came or went since cost something at the next.
class Times {
 public:
  /// Adds `time` if it is `kept`; without a branch on that, which callers cannot guess.
  void add(std::int64_t time, bool kept) {
    if (kept_ == values_.size()) values_.resize(kept_ * 2 + 16);
    values_[kept_] = time;
    kept_ += kept;
    least_ = std::min(least_, time);
    most_ = std::max(most_, time);
    if (!counts_.empty() && kept) note(time);
  }
  /// Takes out one that was added.
  void remove(std::int64_t time);
  [[nodiscard]] std::size_t size() const { return kept_ - gone_.size(); }

  /// Those that would stand at these places (0..) if all were sorted.
  std::vector<std::int64_t> at(std::span<const std::size_t> ranks);
  /// Percentiles in tenths (5: the median) of microseconds, as Excel's PERCENTILE.INC counts them: linear between the two nearest, halves up;
  /// none of no times.
  template <std::size_t N>
  std::array<std::optional<std::chrono::microseconds>, N> percentiles(const std::array<std::size_t, N>& tenths) {
    std::array<std::optional<std::chrono::microseconds>, N> found;
    if (size() == 0) return found;
    const std::size_t last = size() - 1;
    std::array<std::size_t, N * 2> ranks;
    for (std::size_t i = 0; i < N; ++i) {
      ranks[i * 2] = tenths[i] * last / 10;
      ranks[i * 2 + 1] = std::min(ranks[i * 2] + 1, last);
    }
    const auto near = at(ranks);
    for (std::size_t i = 0; i < N; ++i) {
      const auto rest = static_cast<std::int64_t>(tenths[i] * last % 10);
      found[i] = std::chrono::microseconds(near[i * 2] + ((near[i * 2 + 1] - near[i * 2]) * rest + 5) / 10);
    }
    return found;
  }

 private:
  struct Place {
    std::size_t bucket = 0;
    std::size_t rank = 0;   // in it
  };
  [[nodiscard]] std::size_t bucket_of(std::int64_t time) const {
    return static_cast<std::size_t>((static_cast<std::uint64_t>(time) - static_cast<std::uint64_t>(base_)) >> shift_);
  }
  [[nodiscard]] std::span<const std::int64_t> values() const { return std::span(values_).first(kept_); }
  void note(std::int64_t time);
  void forget_buckets();
  void let_go();
  void count_buckets();
  [[nodiscard]] std::vector<Place> places_of(std::span<const std::size_t> ranks) const;
  void gather(const std::vector<Place>& places);

  std::vector<std::int64_t> values_;          // room for more than are kept
  std::size_t kept_ = 0;
  std::vector<std::int64_t> gone_;            // taken out, and still among the values
  std::int64_t least_ = INT64_MAX, most_ = INT64_MIN;   // no value is outside
  std::vector<std::uint32_t> counts_;         // of buckets, by leading bits above `base_`; empty: not counted
  std::int64_t base_ = 0;
  int shift_ = 0;
  std::map<std::size_t, std::vector<std::int64_t>> near_;   // all times of the buckets last asked for
};

}  // namespace crm
