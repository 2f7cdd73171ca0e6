/// Reading the number of a house with its parts: "д. 12 корп. 3 лит. А".
#include <optional>

#include "address_words.hpp"
#include "base/utf8.hpp"
#include "crm/base/text.hpp"

namespace crm::address {
namespace {

bool is_digit_at(std::string_view text, std::size_t at) {
  return at < text.size() && text[at] >= '0' && text[at] <= '9';
}

/// After spaces and signs that say nothing between the parts of a house.
std::size_t skip_signs(std::string_view text, std::size_t at) {
  constexpr std::string_view kSigns[] = {",", ".", "\"", "№", "«", "»", "“", "”", "„"};
  while (at < text.size()) {
    std::size_t length = utf8::space_at(text, at);
    for (const std::string_view sign : kSigns)
      if (text.substr(at).starts_with(sign)) length = sign.size();
    if (length == 0) break;
    at += length;
  }
  return at;
}

std::string_view letters_at(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && !is_digit_at(text, end)) {
    const auto c = static_cast<char>(utf8::byte(text, end) | 0x20);
    const bool latin = c >= 'a' && c <= 'z';
    const unsigned char lead = utf8::byte(text, end);
    if (!latin && (lead < 0xC3 || lead >= 0xE0)) break;
    const std::size_t length = utf8::length_at(text, end);
    if (length == 0) break;
    end += length;
  }
  return text.substr(at, end - at);
}

bool is_one_letter(std::string_view letters) {
  return !letters.empty() && utf8::length_at(letters, 0) == letters.size();
}

bool is_part_or_unit(std::string_view key) {
  return is_house_mark(key) || !part_mark(key).empty() || is_letter_mark(key) || is_unit_mark(key);
}

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  House read() {
    while (read_part()) {
    }
    return {std::move(normal_), end_};
  }

 private:
  bool read_part() {
    const std::size_t at = skip_signs(text_, end_);
    if (is_digit_at(text_, at)) return normal_.empty() && read_number(at);
    const std::string_view letters = letters_at(text_, at);
    const std::string key = fold(letters);
    const std::size_t value = skip_signs(text_, at + letters.size());
    if (is_house_mark(key)) return normal_.empty() && is_digit_at(text_, value) && read_number(value);
    if (const auto sign = part_mark(key); !sign.empty())
      return read_value(value, sign, key.size() > 2 || text_[value - 1] == '"');
    if (is_letter_mark(key)) return read_letter(value);
    // Written together: "литА".
    constexpr std::string_view kLetter = "лит";
    if (key.starts_with(kLetter) && is_one_letter(std::string_view(key).substr(kLetter.size())))
      return read_letter(at + kLetter.size());
    return false;
  }

  bool read_number(std::size_t at) {
    const std::size_t begin = normal_.size();
    if (take_number(at)) return true;
    normal_.resize(begin);
    return false;
  }

  /// The number or, after a mark that is no lone letter, the one letter of a part.
  bool read_value(std::size_t at, std::string_view sign, bool letter_will_do) {
    const std::size_t before = normal_.size();
    if (before != 0) normal_ += ' ';
    normal_ += sign;
    if (is_digit_at(text_, at)) {
      if (take_number(at)) return true;
    } else if (const auto letters = letters_at(text_, at);
               letter_will_do && is_one_letter(letters) && !is_digit_at(text_, at + letters.size())) {
      normal_ += fold(letters);
      close(at + letters.size());
      return true;
    }
    normal_.resize(before);
    return false;
  }

  bool read_letter(std::size_t at) {
    const auto letters = letters_at(text_, at);
    if (normal_.empty() || !is_one_letter(letters)) return false;
    const bool first =
        is_digit_at(normal_, normal_.size() - 1) && normal_.find(' ') == std::string::npos && is_digit_at(normal_, 0);
    normal_ += (first ? "" : " лит ") + fold(letters);
    close(at + letters.size());
    return true;
  }

  /// "12", "12а", "12/5", "21-1", "13а/11а", "4-а", "28 "В"". Not an ordinal ("24-й").
  bool take_number(std::size_t at) {
    constexpr std::size_t kMostDigits = 5;  // six are a postcode
    for (;;) {
      std::size_t digits = at;
      while (is_digit_at(text_, digits)) ++digits;
      if (digits - at > kMostDigits) return false;
      normal_ += text_.substr(at, digits - at);
      at = digits;
      if (const auto next = letter_after(at)) {
        normal_ += fold(letters_at(text_, next->begin));
        at = next->end;
      } else if (is_ordinal(at)) {
        return false;
      }
      const bool joined = at < text_.size() && (text_[at] == '/' || text_[at] == '\\' || text_[at] == '-');
      if (!joined || !is_digit_at(text_, at + 1)) break;
      normal_ += text_[at] == '-' ? '-' : '/';
      ++at;
    }
    close(at);
    return true;
  }

  struct Span {
    std::size_t begin, end;
  };

  /// The letter of a house whose digits end at `at`, or none.
  [[nodiscard]] std::optional<Span> letter_after(std::size_t at) const {
    const std::size_t hyphen = at < text_.size() && text_[at] == '-' ? 1 : 0;
    const std::size_t begin = hyphen != 0 ? at + 1 : skip_quotes(at);
    const auto letters = letters_at(text_, begin);
    if (!is_one_letter(letters)) return std::nullopt;
    const std::string key = fold(letters);
    const std::size_t end = begin + letters.size();
    // "12к3": a mark with its number; "8-й", "8-я": an ordinal.
    if (!part_mark(key).empty() && is_digit_at(text_, skip_signs(text_, end))) return std::nullopt;
    if (hyphen != 0 && (key == "й" || key == "я")) return std::nullopt;
    if (begin == at || hyphen != 0) return Span{begin, end};
    // Apart from its number, the letter ends the house: "5 в центре" has none.
    const std::size_t next = skip_signs(text_, end);
    const auto word = letters_at(text_, next);
    const bool ends = next > end && text_.substr(end, next - end).find_first_of(",.") != std::string_view::npos;
    if (word.empty() || ends || is_part_or_unit(fold(word))) return Span{begin, end};
    return std::nullopt;
  }

  [[nodiscard]] std::size_t skip_quotes(std::size_t at) const {
    const std::size_t next = skip_signs(text_, at);
    return text_.substr(at, next - at).find_first_of(",.") == std::string_view::npos ? next : at;
  }

  [[nodiscard]] bool is_ordinal(std::size_t at) const {
    return at + 1 < text_.size() && text_[at] == '-' && !letters_at(text_, at + 1).empty();
  }

  /// What was understood ends at `at`, or after the quotes that close there.
  void close(std::size_t at) {
    end_ = at;
    for (const std::string_view quote : {"\"", "»", "”", "“"})
      if (text_.substr(at).starts_with(quote)) end_ = at + quote.size();
  }

  std::string_view text_;
  std::string normal_;
  std::size_t end_ = 0;
};

}  // namespace

House read_house(std::string_view text) { return Reader(text).read(); }

}  // namespace crm::address
