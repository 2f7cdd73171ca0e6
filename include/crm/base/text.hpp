/// UTF-8 checks, folding for search keys, phones: the same result in every store and, but for phones of other countries, in
/// every build.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace crm {

/// Byte position of the first byte that is not well-formed UTF-8 (RFC 3629) or is NUL; none if all is well.
std::optional<std::size_t> first_bad_byte(std::string_view text);

/// `text` with U+FFFD for every byte that is not well-formed UTF-8 and for every NUL.
std::string well_formed(std::string_view text);

/// Search key: lower case (Latin, Greek, Cyrillic, Armenian), ё as е, ς as σ, every run of spaces (also
/// no-break ones, tabs, newlines) as one space, none at the ends. Never longer than `text`; other
/// characters and bad bytes go over as they are. Stored in key columns, so its table never changes
/// without a migration.
std::string fold(std::string_view text);

/// Only the digits of a phone as typed: "+7 (383) 212-34-56" gives "73832123456".
std::string phone_digits(std::string_view typed);

/// E.164 of a phone as typed: digits, what people put between them, an extension ("доб. 12"), which is let go. By the rules
/// of Russia first: 8 or +7 or bare ten digits of a subscriber number become "+7...". Another number is taken for one if its
/// international prefix is typed, and only with libphonenumber (CRM_WITH_PHONES): "+", "00" or "8~10" before a number
/// that is valid in its country's plan, "0044 (0)20 7946 0958" is "+442079460958". Without it a number after "+" keeps
/// its 7 to 15 digits. What cannot be a number, what is not valid: none.
std::optional<std::string> phone_e164(std::string_view typed);

/// A piece of `text` for an error message: at most 60 characters, cut between characters, with "…";
/// bytes that are not UTF-8 and control characters are shown as "\xNN".
std::string shorten(std::string_view text);

/// Without spaces at the ends.
std::string_view trim(std::string_view text);

/// "Иванов Пётр Сергеевич"; empty parts are left out.
std::string full_name(std::string_view last, std::string_view first, std::string_view middle);
/// "Иванов П. С."
std::string short_name(std::string_view last, std::string_view first, std::string_view middle);

}  // namespace crm
