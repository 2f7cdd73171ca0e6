/// Phones of other countries: libphonenumber knows their numbering plans, and is used where CRM_WITH_PHONES is set.
#include "phone_numbers.hpp"

#ifdef CRM_WITH_PHONES
#include <phonenumbers/phonenumberutil.h>
#endif

namespace crm {

#ifdef CRM_WITH_PHONES
namespace {

/// What follows the international prefix: "+", "00" of most countries, "8~10" of Russia.
std::optional<std::string_view> behind_prefix(std::string_view digits, bool plus) {
  if (plus) return digits;
  if (digits.starts_with("00")) return digits.substr(2);
  if (digits.starts_with("810")) return digits.substr(3);
  return std::nullopt;
}

}  // namespace

std::optional<std::string> foreign_e164(std::string_view digits, bool plus) {
  using i18n::phonenumbers::PhoneNumberUtil;
  const auto number = behind_prefix(digits, plus);
  if (!number) return std::nullopt;

  const PhoneNumberUtil& plans = *PhoneNumberUtil::GetInstance();  // made once, read by any thread
  i18n::phonenumbers::PhoneNumber parsed;
  const auto error = plans.Parse("+" + std::string(*number), "ZZ", &parsed);  // ZZ: no country is guessed
  if (error != PhoneNumberUtil::NO_PARSING_ERROR || !plans.IsValidNumber(parsed)) return std::nullopt;
  std::string e164;
  plans.Format(parsed, PhoneNumberUtil::E164, &e164);
  return e164;
}

#else

std::optional<std::string> foreign_e164(std::string_view digits, bool plus) {
  // E.164: at most 15 digits, no country code starts with 0; 7 is the shortest in use.
  const bool possible = plus && digits.size() >= 7 && digits.size() <= 15 && digits[0] != '0' && digits[0] != '7';
  return possible ? std::optional("+" + std::string(digits)) : std::nullopt;
}

#endif

}  // namespace crm
