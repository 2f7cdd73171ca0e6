#include "crm/base/money.hpp"

#include <algorithm>
#include <limits>

#include "crm/base/error.hpp"
#include "crm/base/text.hpp"
#include "digits.hpp"

namespace crm {
namespace {

using Limits = std::numeric_limits<std::int64_t>;

[[noreturn]] void refuse(std::string_view rule, std::string value, std::string detail) {
  Violation violation;
  violation.rule = rule;
  violation.value = std::move(value);
  violation.detail = std::move(detail);
  throw Error(Code::invalid_argument, {std::move(violation)});
}

/// Distance from zero, also of the lowest number, which has no positive twin.
std::uint64_t magnitude(std::int64_t number) {
  return number < 0 ? 0 - static_cast<std::uint64_t>(number) : static_cast<std::uint64_t>(number);
}

/// "-12.5" with `places` = 3 gives -12500. No sign but "-", no spaces, digits on both sides of a point.
std::optional<std::int64_t> read_scaled(std::string_view text, std::size_t places) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  const std::size_t point = text.find('.');
  const std::string_view whole = text.substr(0, point);
  const std::string_view fraction = point == std::string_view::npos ? std::string_view() : text.substr(point + 1);
  if (whole.empty() || (point != std::string_view::npos && fraction.empty()) || fraction.size() > places)
    return std::nullopt;

  const std::uint64_t limit = static_cast<std::uint64_t>(Limits::max()) + (negative ? 1 : 0);
  std::uint64_t number = 0;
  const auto push = [&](char c) {
    const auto digit = static_cast<std::uint64_t>(c - '0');
    if (!digits::is_digit(c) || number > (limit - digit) / 10) return false;
    number = number * 10 + digit;
    return true;
  };
  if (!std::all_of(whole.begin(), whole.end(), push) || !std::all_of(fraction.begin(), fraction.end(), push))
    return std::nullopt;
  for (std::size_t have = fraction.size(); have < places; ++have)
    if (!push('0')) return std::nullopt;
  return static_cast<std::int64_t>(negative ? 0 - number : number);
}

/// All `places` digits after the point.
std::string print_scaled(std::int64_t number, std::size_t places) {
  std::string out = number < 0 ? "-" : "";
  const std::size_t sign = out.size();
  digits::append(out, magnitude(number), places + 1);
  if (places != 0 && out.size() - sign > places) out.insert(out.size() - places, 1, '.');
  return out;
}

}  // namespace

static bool is_currency(std::string_view letters) {
  return letters.size() == 3 && std::all_of(letters.begin(), letters.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

Currency parse_currency(std::string_view letters) { return is_currency(letters) ? Currency(letters) : Currency(); }

Currency::Currency(std::string_view letters) {
  if (!is_currency(letters)) refuse("money.currency_form", shorten(letters), "");
  std::copy(letters.begin(), letters.end(), code_.begin());
}

int Currency::minor_digits() const {
  // ISO 4217, table A.1; every other one has two.
  constexpr std::string_view kNone[] = {"BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG",
                                        "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF"};
  constexpr std::string_view kThree[] = {"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"};
  constexpr std::string_view kFour[] = {"CLF", "UYW"};
  const auto among = [this](const auto& list) {
    return std::find(std::begin(list), std::end(list), letters()) != std::end(list);
  };
  if (among(kNone)) return 0;
  if (among(kThree)) return 3;
  return among(kFour) ? 4 : 2;
}

std::int64_t checked_sum(std::int64_t a, std::int64_t b) {
  const bool fits = b >= 0 ? a <= Limits::max() - b : a >= Limits::min() - b;
  if (!fits) refuse("money.overflow", std::to_string(a), std::to_string(b));
  return a + b;
}

Money operator+(const Money& a, const Money& b) {
  if (a.currency != b.currency)
    refuse("money.currency", std::string(a.currency.letters()), std::string(b.currency.letters()));
  return {checked_sum(a.minor, b.minor), a.currency};
}

std::string to_string(const Money& amount) {
  std::string out = print_scaled(amount.minor, static_cast<std::size_t>(amount.currency.minor_digits()));
  if (amount.currency) out.append(" ").append(amount.currency.letters());
  return out;
}

std::optional<Decimal> parse_decimal(std::string_view text) {
  const auto scaled = read_scaled(text, 6);
  if (!scaled) return std::nullopt;
  return Decimal{*scaled};
}

std::string to_string(Decimal number) {
  std::string out = print_scaled(number.millionths, 6);
  out.erase(out.find_last_not_of('0') + 1);
  if (out.back() == '.') out.pop_back();
  return out;
}

std::optional<Money> parse_money(std::string_view text, Currency currency) {
  const auto scaled = read_scaled(text, static_cast<std::size_t>(currency.minor_digits()));
  if (!scaled) return std::nullopt;
  return Money{*scaled, currency};
}

}  // namespace crm
