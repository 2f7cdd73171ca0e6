/// Phones that the rule of Russia does not know: what a build with libphonenumber tells and one without it does not.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace crm {

/// E.164 of a number of any country, from the digits as typed and whether "+" led them; none if it is not valid.
/// Without libphonenumber: of numbers with "+" alone, whose digits are kept.
std::optional<std::string> foreign_e164(std::string_view digits, bool plus);

}  // namespace crm
