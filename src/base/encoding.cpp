#include "crm/base/encoding.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <utility>

#include "crm/base/error.hpp"
#include "crm/base/text.hpp"
#include "utf8.hpp"

namespace crm {
namespace {

constexpr char16_t kNoUnit = 0;

/// Characters of bytes 80..BF of Windows-1251 (Microsoft); C0..FF are А..я in the order of Unicode.
constexpr char16_t kUpper[] = {
    0x0402, 0x0403, 0x201A, 0x0453, 0x201E, 0x2026, 0x2020, 0x2021, 0x20AC, 0x2030, 0x0409, 0x2039, 0x040A,
    0x040C, 0x040B, 0x040F, 0x0452, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, kNoUnit,  0x2122,
    0x0459, 0x203A, 0x045A, 0x045C, 0x045B, 0x045F, 0x00A0, 0x040E, 0x045E, 0x0408, 0x00A4, 0x0490, 0x00A6,
    0x00A7, 0x0401, 0x00A9, 0x0404, 0x00AB, 0x00AC, 0x00AD, 0x00AE, 0x0407, 0x00B0, 0x00B1, 0x0406, 0x0456,
    0x0491, 0x00B5, 0x00B6, 0x00B7, 0x0451, 0x2116, 0x0454, 0x00BB, 0x0458, 0x0405, 0x0455, 0x0457,
};
constexpr unsigned kAlphabet = 0xC0;       // byte of А
constexpr char32_t kFirstLetter = 0x0410;  // А
constexpr char32_t kLastLetter = 0x044F;   // я

[[noreturn]] void refuse(std::string_view rule, std::string value, std::size_t position) {
  Violation violation;
  violation.rule = rule;
  violation.value = std::move(value);
  violation.detail = std::to_string(position);
  throw Error(Code::invalid_argument, {std::move(violation)});
}

std::string hex(unsigned number, int digits) {
  std::string out;
  for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) out += "0123456789ABCDEF"[number >> shift & 0xF];
  return out;
}

/// The character at `at`, which moves behind it.
char32_t next(std::string_view utf8, std::size_t& at) {
  const std::size_t length = utf8::length_at(utf8, at);
  if (length == 0) refuse("field.utf8", shorten(utf8), at);
  const unsigned char lead = utf8::byte(utf8, at);
  char32_t point = length == 1 ? lead : lead & (0x7Fu >> length);
  for (std::size_t i = 1; i < length; ++i) point = point << 6 | (utf8::byte(utf8, at + i) & 0x3Fu);
  at += length;
  return point;
}

void append(std::string& utf8, char32_t point) {
  const auto tail = [&](int shift) { utf8 += static_cast<char>(0x80 | (point >> shift & 0x3F)); };
  if (point < 0x80) {
    utf8 += static_cast<char>(point);
  } else if (point < 0x800) {
    utf8 += static_cast<char>(0xC0 | point >> 6);
    tail(0);
  } else if (point < 0x10000) {
    utf8 += static_cast<char>(0xE0 | point >> 12);
    tail(6);
    tail(0);
  } else {
    utf8 += static_cast<char>(0xF0 | point >> 18);
    tail(12);
    tail(6);
    tail(0);
  }
}

bool is_high(char16_t unit) { return unit >= 0xD800 && unit < 0xDC00; }
bool is_low(char16_t unit) { return unit >= 0xDC00 && unit < 0xE000; }

/// The byte of a character in Windows-1251.
std::optional<char> byte_of(char32_t point) {
  if (point < 0x80) return static_cast<char>(point);
  if (point >= kFirstLetter && point <= kLastLetter) return static_cast<char>(kAlphabet + (point - kFirstLetter));
  const auto found = std::ranges::find(kUpper, point);
  if (found == std::end(kUpper)) return std::nullopt;
  return static_cast<char>(0x80 + (found - std::begin(kUpper)));
}

}  // namespace

std::u16string to_utf16(std::string_view utf8) {
  std::u16string out;
  out.reserve(utf8.size());
  for (std::size_t at = 0; at < utf8.size();) {
    const char32_t point = next(utf8, at);
    if (point < 0x10000) {
      out += static_cast<char16_t>(point);
    } else {
      out += static_cast<char16_t>(0xD7C0 + (point >> 10));
      out += static_cast<char16_t>(0xDC00 + (point & 0x3FF));
    }
  }
  return out;
}

std::string from_utf16(std::u16string_view utf16) {
  std::string out;
  out.reserve(utf16.size() * 2);
  for (std::size_t at = 0; at < utf16.size(); ++at) {
    const char16_t unit = utf16[at];
    if (is_high(unit) && at + 1 < utf16.size() && is_low(utf16[at + 1])) {
      const char32_t high = unit - 0xD7C0u;  // with the 10000 that pairs begin from
      append(out, high << 10 | (utf16[++at] & 0x3FFu));
    } else if (is_high(unit) || is_low(unit)) {
      refuse("encoding.utf16", hex(unit, 4), at);
    } else {
      append(out, unit);
    }
  }
  return out;
}

std::string to_windows_1251(std::string_view utf8, std::optional<char> replacement) {
  std::string out;
  out.reserve(utf8.size());
  for (std::size_t at = 0; at < utf8.size();) {
    const std::size_t begin = at;
    const auto byte = byte_of(next(utf8, at));
    if (!byte && !replacement) refuse("encoding.windows_1251", std::string(utf8.substr(begin, at - begin)), begin);
    out += byte.value_or(replacement.value_or('?'));
  }
  return out;
}

std::string from_windows_1251(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size() * 2);
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    const unsigned char byte = utf8::byte(bytes, at);
    if (byte < 0x80) {
      out += bytes[at];
    } else if (byte >= kAlphabet) {
      append(out, kFirstLetter + (byte - kAlphabet));
    } else if (const char16_t point = kUpper[byte - 0x80]; point != kNoUnit) {
      append(out, point);
    } else {
      refuse("encoding.windows_1251_byte", hex(byte, 2), at);
    }
  }
  return out;
}

}  // namespace crm
