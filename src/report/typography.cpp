#include "typography.hpp"

#include <algorithm>
#include <cctype>

namespace crm::report {
namespace {

bool begins_character(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) != 0x80; }

/// One letter or two, an initial, a number sign; not a number, not a dash.
bool is_short(std::string_view word) {
  if (word == "–" || word == "—") return false;
  if (word.ends_with('.')) word.remove_suffix(1);
  const bool digit = std::ranges::any_of(word, [](char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; });
  return !word.empty() && !digit && std::ranges::count_if(word, begins_character) <= 2;
}

}  // namespace

std::string typeset(std::string_view text) {
  std::string out;
  std::size_t word = 0;  // where the last one begins
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != ' ') {
      out += text[i];
      continue;
    }
    const std::string_view rest = text.substr(i + 1);
    const bool held = is_short(text.substr(word, i - word)) || rest.starts_with("– ") || rest.starts_with("— ");
    out += held ? "\u00A0" : " ";
    word = i + 1;
  }
  return out;
}

}  // namespace crm::report
