#include "numbers.hpp"

#include <algorithm>
#include <cstdlib>

namespace crm::report {
namespace {

constexpr std::string_view kMinus = "−";
constexpr std::string_view kNarrowSpace = "\u202F";  // no-break
constexpr std::string_view kSpace = "\u00A0";        // no-break

std::string grouped(const std::string& digits, std::string_view between) {
  std::string out;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) out += between;
    out += digits[i];
  }
  return out;
}

}  // namespace

std::int64_t power_of_ten(int exponent) {
  std::int64_t power = 1;
  while (exponent-- > 0) power *= 10;
  return power;
}

std::string number_text(std::int64_t value, int decimals, int shown, Language language) {
  const bool russian = language == Language::russian;
  shown = std::min(shown, decimals);
  const auto dropped = static_cast<std::uint64_t>(power_of_ten(decimals - shown));
  const auto scale = static_cast<std::uint64_t>(power_of_ten(shown));
  const std::uint64_t distance = value < 0 ? 0 - static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value);
  const std::uint64_t rounded = distance / dropped + (distance % dropped * 2 >= dropped && dropped > 1 ? 1 : 0);

  std::string out(value < 0 && rounded > 0 ? kMinus : std::string_view());
  out += grouped(std::to_string(rounded / scale), russian ? kNarrowSpace : ",");
  if (shown == 0) return out;
  const std::string fraction = std::to_string(rounded % scale);
  return out + (russian ? "," : ".") + std::string(static_cast<std::size_t>(shown) - fraction.size(), '0') + fraction;
}

std::string with_unit(std::string number, std::string_view unit, Language language) {
  if (unit.empty()) return number;
  if (unit == "%") return number.append(language == Language::russian ? kNarrowSpace : std::string_view()).append(unit);
  return number.append(kSpace).append(unit);
}

std::int64_t thousandths(std::int64_t part, std::int64_t whole) {
  const std::int64_t distance = std::abs(part);
  const std::int64_t share = distance / whole * 1000 + (distance % whole * 1000 + whole / 2) / whole;
  return part < 0 ? -share : share;
}

std::string share_text(std::int64_t part, std::int64_t whole, Language language) {
  return with_unit(number_text(thousandths(part, whole), 1, 1, language), "%", language);
}

}  // namespace crm::report
