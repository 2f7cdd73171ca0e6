/// Money as integer minor units with a currency, and decimals as scaled integers: never a float.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace crm {

/// ISO 4217 letters ("RUB"). Default: none.
class Currency {
 public:
  Currency() = default;
  /// Three capital Latin letters, else throws `invalid_argument`.
  explicit Currency(std::string_view letters);

  [[nodiscard]] std::string_view letters() const {
    return code_[0] ? std::string_view(code_.data(), 3) : std::string_view();
  }
  explicit operator bool() const { return code_[0] != 0; }
  /// Digits after the point of the major unit: 2, but 0 for JPY, 3 for KWD, ... (ISO 4217).
  [[nodiscard]] int minor_digits() const;

  friend auto operator<=>(const Currency&, const Currency&) = default;

 private:
  std::array<char, 4> code_{};
};

/// None unless it is three capital Latin letters.
Currency parse_currency(std::string_view letters);

/// An amount in minor units (kopecks, cents) of a currency.
struct Money {
  std::int64_t minor = 0;
  Currency currency;

  friend bool operator==(const Money&, const Money&) = default;
};

/// Sum of whole numbers, of minor units or millionths; throws `invalid_argument` (`money.overflow`) when it does not fit in 64 bits.
std::int64_t checked_sum(std::int64_t a, std::int64_t b);
/// Sum; throws `invalid_argument` when currencies differ or the sum does not fit in 64 bits.
Money operator+(const Money& a, const Money& b);
/// "-1234.50 RUB"
std::string to_string(const Money& amount);

/// A decimal number in millionths: 1.5 is 1'500'000. Range about ±9.2e12.
struct Decimal {
  static constexpr std::int64_t kScale = 1'000'000;
  std::int64_t millionths = 0;

  friend auto operator<=>(Decimal, Decimal) = default;
};

/// Reads "-12.345"; up to six digits after the point, else none.
std::optional<Decimal> parse_decimal(std::string_view text);
/// Shortest form: "12.345", "7".
std::string to_string(Decimal number);
/// Reads "1234.5" as minor units of `currency`; more digits than it has, or not a number: none.
std::optional<Money> parse_money(std::string_view text, Currency currency);

}  // namespace crm
