// The numbers of one chart: written alike and short, on an axis with round ticks.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "crm/report/chart.hpp"

namespace crm::report {

/// No value of a chart and no sum of them is farther from zero.
inline constexpr std::int64_t kMostValue = 1'000'000'000'000'000;

/// The sum; throws M13.too_large beyond kMostValue.
std::int64_t added(std::int64_t a, std::int64_t b);

/// All in one unit (thousands, millions) with as many digits after the point as the greatest needs for four in all, fewer if they are zeros.
class ShortNumbers {
 public:
  ShortNumbers(const Chart& chart, std::span<const std::int64_t> shown);

  /// "12,35".
  [[nodiscard]] std::string label(std::int64_t value) const { return text(value, digits_); }
  /// With no more digits than ticks `step` apart need.
  [[nodiscard]] std::string tick(std::int64_t value, std::int64_t step) const;
  /// "12 345 678,90 ₽".
  [[nodiscard]] std::string exact(std::int64_t value) const;
  /// "млн ₽", "%", "".
  [[nodiscard]] std::string unit() const;
  /// "Поступило, млн ₽"; "" if there is neither.
  [[nodiscard]] std::string axis_title() const;

 private:
  [[nodiscard]] std::string text(std::int64_t value, int digits) const;

  const Chart& chart_;
  int thousands_ = 0;  // 10^3 to this power
  int digits_ = 0;
};

/// From `low` to `high`, with ticks at the multiples of `step` between.
struct ValueAxis {
  std::int64_t low = 0;
  std::int64_t high = 1;
  std::int64_t step = 1;

  /// 0 at `low`, 1 at `high`.
  [[nodiscard]] double at(std::int64_t value) const { return static_cast<double>(value - low) / static_cast<double>(high - low); }
  [[nodiscard]] std::vector<std::int64_t> ticks() const;
};

/// Over `least`..`most` in about `intervals` steps of 1, 2 or 5 times a power of ten; `one` upwards if they are the same.
ValueAxis value_axis(std::int64_t least, std::int64_t most, int intervals, std::int64_t one);

}  // namespace crm::report
