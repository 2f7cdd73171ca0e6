/// Fixed-width numbers of ISO 8601, for the .cpp files of base: no locale, no sign, no spaces.
#pragma once

#include <charconv>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace crm::digits {

inline bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// The number made of the `width` digits at `at`; none if any of them is not a digit.
inline std::optional<int> read(std::string_view text, std::size_t at, std::size_t width) {
  if (at + width > text.size()) return std::nullopt;
  int number = 0;
  for (std::size_t i = at; i < at + width; ++i) {
    if (!is_digit(text[i])) return std::nullopt;
    number = number * 10 + (text[i] - '0');
  }
  return number;
}

/// "+07:00", up to 23:59 either way.
inline std::optional<std::chrono::minutes> read_offset(std::string_view text) {
  if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') return std::nullopt;
  const auto hours = read(text, 1, 2);
  const auto minutes = read(text, 4, 2);
  if (!hours || !minutes || *hours > 23 || *minutes > 59) return std::nullopt;
  const std::chrono::minutes offset(*hours * 60 + *minutes);
  return text[0] == '-' ? -offset : offset;
}

/// Appends `number` with leading zeros up to `width`.
inline void append(std::string& out, std::uint64_t number, std::size_t width) {
  char buffer[20];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, number).ptr;
  const auto length = static_cast<std::size_t>(end - buffer);
  if (length < width) out.append(width - length, '0');
  out.append(buffer, length);
}

}  // namespace crm::digits
