/// One step of UTF-8 (RFC 3629) and what counts as a space, for the .cpp files of base.
#pragma once

#include <cstddef>
#include <string_view>

namespace crm::utf8 {

inline unsigned char byte(std::string_view text, std::size_t at) { return static_cast<unsigned char>(text[at]); }

inline bool is_tail(std::string_view text, std::size_t at) {
  return at < text.size() && (byte(text, at) & 0xC0) == 0x80;
}

/// Length of the well-formed character at `at`; 0 if there is none. NUL is a character here.
inline std::size_t length_at(std::string_view text, std::size_t at) {
  const unsigned char lead = byte(text, at);
  if (lead < 0x80) return 1;
  if (lead < 0xC2 || lead > 0xF4 || !is_tail(text, at + 1)) return 0;
  if (lead < 0xE0) return 2;

  // The second byte bars overlong forms, surrogates and what is above U+10FFFF.
  const unsigned char second = byte(text, at + 1);
  if ((lead == 0xE0 && second < 0xA0) || (lead == 0xED && second > 0x9F)) return 0;
  if ((lead == 0xF0 && second < 0x90) || (lead == 0xF4 && second > 0x8F)) return 0;
  if (!is_tail(text, at + 2)) return 0;
  if (lead < 0xF0) return 3;
  return is_tail(text, at + 3) ? 4 : 0;
}

inline bool is_ascii_space(unsigned char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

/// Length of the space at `at`, 0 if it is none: ASCII, U+0085, U+00A0, U+1680, U+2000..200A, 2028, 2029, 202F,
/// 205F, 3000 (Unicode White_Space).
inline std::size_t space_at(std::string_view text, std::size_t at) {
  const unsigned char lead = byte(text, at);
  if (is_ascii_space(lead)) return 1;
  if (lead == 0xC2) return is_tail(text, at + 1) && (byte(text, at + 1) == 0x85 || byte(text, at + 1) == 0xA0) ? 2 : 0;
  if (lead < 0xE1 || lead > 0xE3 || !is_tail(text, at + 1) || !is_tail(text, at + 2)) return 0;

  const unsigned second = byte(text, at + 1);
  const unsigned third = byte(text, at + 2);
  const unsigned point = (lead & 0x0Fu) << 12 | (second & 0x3Fu) << 6 | (third & 0x3Fu);
  const bool space = (point >= 0x2000 && point <= 0x200A) || point == 0x1680 || point == 0x2028 || point == 0x2029 ||
                     point == 0x202F || point == 0x205F || point == 0x3000;
  return space ? 3 : 0;
}

}  // namespace crm::utf8
