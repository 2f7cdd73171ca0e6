/// Phones of text.hpp: how they are read, and the rule of Russia; those of other countries are in phone_numbers.cpp.
#include <algorithm>
#include <iterator>

#include "crm/base/text.hpp"
#include "phone_numbers.hpp"
#include "utf8.hpp"

namespace crm {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// What people put between the digits: spaces, brackets, dots, slashes, "~" (wait for the tone), hyphens and dashes
/// (U+2010..U+2015, U+2212).
std::size_t separator_at(std::string_view text, std::size_t at) {
  const char c = text[at];
  if (c == '(' || c == ')' || c == '-' || c == '.' || c == '/' || c == '~') return 1;
  if (text.substr(at, 2) == "\xE2\x80" && utf8::is_tail(text, at + 2)) {
    const unsigned char third = utf8::byte(text, at + 2);
    if (third >= 0x90 && third <= 0x95) return 3;
  }
  if (text.substr(at, 3) == "−") return 3;
  return utf8::space_at(text, at);
}

/// Extension after the number ("доб. 12", "ext 12", "#12", ",12"): it is no part of E.164, and is let go.
/// Any other rest makes the whole no number: two phones in one field must not become one.
bool is_extension(std::string_view rest) {
  const std::string folded = fold(rest);
  constexpr std::string_view kMarks[] = {"добавочный", "добав", "доб", "вн", "ext", "x", "#", ",", ";"};
  for (const std::string_view mark : kMarks) {
    if (!folded.starts_with(mark)) continue;
    const std::string_view after = std::string_view(folded).substr(mark.size());
    const auto digits = std::count_if(after.begin(), after.end(), is_digit);
    return digits >= 1 && digits <= 6 && std::all_of(after.begin(), after.end(), [](char c) {
             return is_digit(c) || c == ' ' || c == '.' || c == ':' || c == '=';
           });
  }
  return false;
}

/// The ten digits of a number in the plan of +7 that people can have: city 3, 4, 8, mobile 9, Kazakhstan 6, 7.
bool is_subscriber(std::string_view ten) {
  return ten.size() == 10 && (ten[0] == '3' || ten[0] == '4' || ten[0] >= '6');
}

/// Bare ten digits: Russia only, since Kazakhstan's 7 may be a number cut short.
bool is_russian_subscriber(std::string_view ten) { return is_subscriber(ten) && ten[0] != '6' && ten[0] != '7'; }

struct TypedPhone {
  std::string digits;
  bool plus = false;  ///< before the digits
};

/// None: the text holds what no phone does.
std::optional<TypedPhone> read_phone(std::string_view typed) {
  TypedPhone phone;
  for (std::size_t at = 0; at < typed.size();) {
    if (is_digit(typed[at])) {
      phone.digits += typed[at++];
    } else if (typed[at] == '+') {
      if (phone.plus || !phone.digits.empty()) return std::nullopt;
      phone.plus = true;
      ++at;
    } else if (const std::size_t separator = separator_at(typed, at)) {
      at += separator;
    } else if (is_extension(typed.substr(at))) {
      break;
    } else {
      return std::nullopt;
    }
  }
  return phone;
}

}  // namespace

std::string phone_digits(std::string_view typed) {
  std::string digits;
  std::copy_if(typed.begin(), typed.end(), std::back_inserter(digits), is_digit);
  return digits;
}

std::optional<std::string> phone_e164(std::string_view typed) {
  const auto phone = read_phone(typed);
  if (!phone) return std::nullopt;
  const std::string_view all = phone->digits;
  if (all.size() == 11 && (all[0] == '7' || (all[0] == '8' && !phone->plus)) && is_subscriber(all.substr(1)))
    return "+7" + phone->digits.substr(1);
  if (!phone->plus && is_russian_subscriber(all)) return "+7" + phone->digits;
  return foreign_e164(all, phone->plus);
}

}  // namespace crm
