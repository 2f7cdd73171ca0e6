// Numbers as people read them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "crm/base/error.hpp"

namespace crm::report {

/// `value` / 10^`decimals` (0..18) with `shown` digits after the point (not more than `decimals`), half away from zero:
/// "−1 234 567,89" with narrow no-break spaces, "−1,234,567.89".
std::string number_text(std::int64_t value, int decimals, int shown, Language language);

/// "1 234,50 ₽", "45,3 %", "45.3%", never broken between the lines; without a unit the number alone.
std::string with_unit(std::string number, std::string_view unit, Language language);

/// 333 of 1 and 3, half away from zero. `whole` is above 0; both are below 10^15.
std::int64_t thousandths(std::int64_t part, std::int64_t whole);
/// "33,3 %" of 1 and 3, likewise.
std::string share_text(std::int64_t part, std::int64_t whole, Language language);

/// 10^`exponent`, 0..18.
std::int64_t power_of_ten(int exponent);

}  // namespace crm::report
