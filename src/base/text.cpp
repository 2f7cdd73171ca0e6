#include "crm/base/text.hpp"

#include <array>
#include <cstdint>

#include "fold_table.hpp"
#include "utf8.hpp"

namespace crm {
namespace {

constexpr std::array<char, 128> kAsciiLower = [] {
  std::array<char, 128> table{};
  for (std::size_t c = 0; c < table.size(); ++c) table[c] = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  return table;
}();

/// Writes the key into a buffer as long as the text: no character grows, and a space written was a space read.
class KeyWriter {
 public:
  explicit KeyWriter(char* begin) : begin_(begin), end_(begin) {}

  void space() { gap_ = end_ != begin_; }
  void one(char c) {
    close_gap();
    *end_++ = c;
  }
  void two(std::uint16_t bytes) {
    close_gap();
    if (bytes > 0xFF) *end_++ = static_cast<char>(bytes >> 8);
    *end_++ = static_cast<char>(bytes & 0xFF);
  }
  /// Composes е or и with the mark that follows it in texts from macOS: й is и + U+0306, ё is е + U+0308.
  [[nodiscard]] bool takes_mark(unsigned char mark) {
    if (gap_ || end_ - begin_ < 2 || static_cast<unsigned char>(end_[-2]) != 0xD0) return false;
    const auto last = static_cast<unsigned char>(end_[-1]);
    if (mark == 0x88 && last == 0xB5) return true;
    if (mark != 0x86 || last != 0xB8) return false;
    end_[-1] = static_cast<char>(0xB9);
    return true;
  }
  [[nodiscard]] std::size_t size() const { return static_cast<std::size_t>(end_ - begin_); }

 private:
  void close_gap() {
    if (gap_) *end_++ = ' ';
    gap_ = false;
  }
  char* begin_;
  char* end_;
  bool gap_ = false;
};

/// U+1E00..U+1EFF, Vietnamese and others: capitals are even but for six signs in the middle. `low` is the
/// code point less U+1E00.
bool is_capital_of_latin_additional(unsigned low) { return low % 2 == 0 && (low <= 0x94 || low >= 0xA0); }

}  // namespace

std::optional<std::size_t> first_bad_byte(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = utf8::length_at(text, at);
    if (length == 0 || text[at] == '\0') return at;
    at += length;
  }
  return std::nullopt;
}

std::string well_formed(std::string_view text) {
  std::string out;
  while (const auto bad = first_bad_byte(text)) {
    out.append(text.substr(0, *bad)).append("\uFFFD");
    text.remove_prefix(*bad + 1);
  }
  return out.append(text);
}

std::string fold(std::string_view text) {
  std::string key(text.size(), '\0');
  KeyWriter write(key.data());
  for (std::size_t at = 0; at < text.size();) {
    const unsigned char lead = utf8::byte(text, at);
    if (lead < 0x80) {
      if (utf8::is_ascii_space(lead)) {
        write.space();
      } else {
        write.one(kAsciiLower[lead]);
      }
      ++at;
    } else if (lead >= 0xC2 && lead < 0xE0 && utf8::is_tail(text, at + 1)) {
      const unsigned char tail = utf8::byte(text, at + 1);
      at += 2;
      if (lead == 0xC2 && (tail == 0x85 || tail == 0xA0)) {
        write.space();
      } else if (lead != 0xCC || !write.takes_mark(tail)) {
        const std::size_t point = (lead & 0x1Fu) << 6 | (tail & 0x3Fu);
        write.two(fold_table::kLower[point - fold_table::kFirst]);
      }
    } else if (const std::size_t space = utf8::space_at(text, at)) {
      write.space();
      at += space;
    } else if (lead == 0xE1 && utf8::length_at(text, at) == 3 && utf8::byte(text, at + 1) >> 2 == 0xB8 >> 2) {
      const unsigned low = (utf8::byte(text, at + 1) & 3u) << 6 | (utf8::byte(text, at + 2) & 0x3Fu);
      write.one(text[at]);
      write.one(text[at + 1]);
      write.one(is_capital_of_latin_additional(low) ? static_cast<char>(utf8::byte(text, at + 2) + 1) : text[at + 2]);
      at += 3;
    } else {
      write.one(text[at++]);  // other scripts, and bytes that are not UTF-8, go over as they are
    }
  }
  key.resize(write.size());
  return key;
}

std::string shorten(std::string_view text) {
  constexpr std::size_t kMost = 60;
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out;
  std::size_t shown = 0;  // characters
  std::size_t cut = 0;    // where `out` ends if "…" must follow
  for (std::size_t at = 0; at < text.size();) {
    const unsigned char lead = utf8::byte(text, at);
    const std::size_t length = utf8::length_at(text, at);
    const bool control =
        lead < 0x20 || lead == 0x7F || (length == 2 && lead == 0xC2 && utf8::byte(text, at + 1) < 0xA0);
    const std::size_t taken = length == 0 ? 1 : length;
    shown += length == 0 || control ? 4 * taken : 1;
    if (shown > kMost) return out.substr(0, cut) + "…";

    if (length == 0 || control) {
      for (std::size_t i = at; i < at + taken; ++i) {
        out += "\\x";
        out += kHex[utf8::byte(text, i) >> 4];
        out += kHex[utf8::byte(text, i) & 0x0F];
      }
    } else {
      out += text.substr(at, length);
    }
    at += taken;
    if (shown < kMost) cut = out.size();
  }
  return out;
}

std::string_view trim(std::string_view text) {
  while (!text.empty()) {
    const std::size_t length = utf8::space_at(text, 0);
    if (length == 0) break;
    text.remove_prefix(length);
  }
  const auto space_at_end = [&text]() -> std::size_t {
    for (std::size_t length = 1; length <= 3 && length <= text.size(); ++length)
      if (utf8::space_at(text, text.size() - length) == length) return length;
    return 0;
  };
  while (const std::size_t length = space_at_end()) text.remove_suffix(length);
  return text;
}

std::string full_name(std::string_view last, std::string_view first, std::string_view middle) {
  std::string name(last);
  for (std::string_view part : {first, middle})
    if (!part.empty()) name.append(name.empty() ? "" : " ").append(part);
  return name;
}

std::string short_name(std::string_view last, std::string_view first, std::string_view middle) {
  std::string name(last);
  for (std::string_view part : {first, middle}) {
    if (part.empty()) continue;
    std::size_t letter = 1;
    while (letter < part.size() && (static_cast<unsigned char>(part[letter]) & 0xC0u) == 0x80u) ++letter;
    name.append(name.empty() ? "" : " ").append(part.substr(0, letter)).append(".");
  }
  return name;
}

}  // namespace crm
