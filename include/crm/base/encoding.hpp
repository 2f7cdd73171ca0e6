/// UTF-8 to and from UTF-16 and Windows-1251, for hosts that keep their texts so (X12).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace crm {

// All are strict: what is not well-formed is `invalid_argument` with its position in the detail, counted from 0 in
// bytes or UTF-16 units. A zero is a character like any other. No byte-order mark is made or taken away.

/// Units in the order of this machine. Refuses what is not UTF-8 (RFC 3629).
std::u16string to_utf16(std::string_view utf8);
/// Refuses a surrogate without its pair.
std::string from_utf16(std::u16string_view utf16);

/// A character that Windows-1251 lacks becomes `replacement`, a byte of that encoding, or without one is refused and
/// named.
std::string to_windows_1251(std::string_view utf8, std::optional<char> replacement = std::nullopt);
/// Refuses byte 98, the only one that means nothing.
std::string from_windows_1251(std::string_view bytes);

}  // namespace crm
