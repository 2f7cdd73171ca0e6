#include "chart_numbers.hpp"

#include <algorithm>
#include <cmath>

#include "numbers.hpp"

namespace crm::report {
namespace {

constexpr int kSignificant = 4;

struct Shortening {
  const char* ru;
  const char* en;
  int from;  // ... digits before the point
};
// A number of five digits is read as it is; a million is short only when it has two digits.
constexpr Shortening kShortenings[] = {{"", "", 0}, {"тыс.", "thousand", 6}, {"млн", "million", 8}, {"млрд", "billion", 11}, {"трлн", "trillion", 14}};

std::int64_t floor_to(std::int64_t value, std::int64_t step) { return (value / step - (value % step < 0 ? 1 : 0)) * step; }

}  // namespace

std::int64_t added(std::int64_t a, std::int64_t b) {
  const std::int64_t sum = a + b;
  if (sum > kMostValue || sum < -kMostValue) {
    Violation violation;
    violation.rule = "M13.too_large";
    violation.value = std::to_string(sum);
    violation.detail = std::to_string(kMostValue);
    throw Error(Code::invalid_argument, {std::move(violation)});
  }
  return sum;
}

ShortNumbers::ShortNumbers(const Chart& chart, std::span<const std::int64_t> shown) : chart_(chart) {
  std::int64_t most = 0;
  for (const std::int64_t value : shown) most = std::max(most, std::abs(value));
  const auto whole_digits = [&](int exponent) {
    const std::int64_t whole = most / power_of_ten(exponent);
    return whole == 0 ? 0 : static_cast<int>(std::to_string(whole).size());
  };
  for (const Shortening& one : kShortenings)
    if (whole_digits(chart.decimals) >= one.from) thousands_ = static_cast<int>(&one - kShortenings);

  const int decimals = chart.decimals + 3 * thousands_;
  digits_ = std::clamp(kSignificant - std::max(whole_digits(decimals), 1), 0, decimals);
  const auto zero_at = [&](int digit) {
    return std::ranges::all_of(shown, [&](std::int64_t value) { return value % power_of_ten(decimals - digit + 1) == 0; });
  };
  while (digits_ > 0 && zero_at(digits_)) --digits_;
}

std::string ShortNumbers::text(std::int64_t value, int digits) const {
  return number_text(value, chart_.decimals + 3 * thousands_, digits, chart_.language);
}

std::string ShortNumbers::tick(std::int64_t value, std::int64_t step) const {
  int digits = chart_.decimals + 3 * thousands_;
  for (; digits > 0 && step % 10 == 0; step /= 10) --digits;
  return text(value, digits);
}

std::string ShortNumbers::exact(std::int64_t value) const {
  return with_unit(number_text(value, chart_.decimals, chart_.decimals, chart_.language), chart_.unit, chart_.language);
}

std::string ShortNumbers::unit() const {
  const Shortening& one = kShortenings[thousands_];
  const std::string shortened = chart_.language == Language::russian ? one.ru : one.en;
  return shortened + (shortened.empty() || chart_.unit.empty() ? "" : "\u00A0") + chart_.unit;
}

std::string ShortNumbers::axis_title() const {
  const std::string in = unit();
  return chart_.value_title + (chart_.value_title.empty() || in.empty() ? "" : ", ") + in;
}

ValueAxis value_axis(std::int64_t least, std::int64_t most, int intervals, std::int64_t one) {
  if (least == most) most = least + one;
  const double wanted = static_cast<double>(most - least) / intervals;
  std::int64_t step = 1;
  for (std::int64_t power = 1; static_cast<double>(step) < wanted; power *= 10)
    for (const std::int64_t times : {1, 2, 5})
      if (static_cast<double>(step) < wanted) step = times * power;
  // An end goes on to the next tick only if that is near: a small return would else take the room of a great one.
  ValueAxis axis{floor_to(least, step), -floor_to(-most, step), step};
  if ((least - axis.low) * 2 > step) axis.low = least;
  if ((axis.high - most) * 2 > step) axis.high = most;
  return axis;
}

std::vector<std::int64_t> ValueAxis::ticks() const {
  std::vector<std::int64_t> out;
  for (std::int64_t tick = -floor_to(-low, step); tick <= high; tick += step) out.push_back(tick);
  return out;
}

}  // namespace crm::report
