#include "crm/rules/address.hpp"

#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

#include "address_words.hpp"
#include "crm/base/text.hpp"

namespace crm {
namespace {

using address::holds_name;
using address::is_street_type;
using address::Word;
using address::words_of;

/// Without spaces, commas and slashes at the ends; a dot at the end stays after an initial.
std::string_view trim_edges(std::string_view text) {
  const auto is_edge = [](char c) { return std::string_view(",;/\\.").find(c) != std::string_view::npos; };
  text = trim(text);
  while (!text.empty() && is_edge(text.front())) text = trim(text.substr(1));
  while (!text.empty() && is_edge(text.back())) {
    constexpr std::size_t kInitial = 2;  // bytes of a Cyrillic letter
    const auto words = words_of(text);
    if (text.back() == '.' && !words.empty() && words.back().text.size() <= kInitial) break;
    text = trim(text.substr(0, text.size() - 1));
  }
  return text;
}

/// Takes off the type words before and after the name, while a name remains.
template <class IsType, class IsLastType>
std::string without_types(std::string_view typed, IsType is_type, IsLastType is_last_type) {
  std::string_view rest = trim_edges(typed);
  for (;;) {
    const std::vector<Word> words = words_of(rest);
    if (words.empty()) break;
    const std::span all(words);
    if (is_type(words.front()) && holds_name(all.subspan(1))) {
      rest = trim_edges(rest.substr(words.front().end));
    } else if (is_last_type(words.back()) && holds_name(all.first(all.size() - 1))) {
      rest = trim_edges(rest.substr(0, words.back().begin));
    } else {
      break;
    }
  }
  return address::collapse(rest);
}

struct Segment {
  std::size_t begin, end;
};

/// Finds where the place, the street and the house of a line end.
class Splitter {
 public:
  explicit Splitter(std::string_view line) : line_(line) {
    for (std::size_t begin = 0;;) {
      const std::size_t comma = std::min(line.find_first_of(",;", begin), line.size());
      segments_.push_back({begin, comma});
      if (comma == line.size()) break;
      begin = comma + 1;
    }
  }

  AddressLine split() {
    skip_places();
    find_house();
    skip_bare_place();
    const std::size_t street = segments_[first_].begin;
    AddressLine parts;
    parts.place = trim_edges(line_.substr(0, street));
    parts.street = trim_edges(line_.substr(street, house_ - street));
    parts.house = trim_edges(line_.substr(house_, rest_ - house_));
    parts.unit = trim_edges(line_.substr(rest_));
    return parts;
  }

 private:
  [[nodiscard]] std::string_view text_of(std::size_t segment) const {
    return line_.substr(segments_[segment].begin, segments_[segment].end - segments_[segment].begin);
  }

  /// A postcode, a country, or a name with the word for a settlement, district or region.
  [[nodiscard]] static bool is_place(const std::vector<Word>& words) {
    constexpr std::size_t kPostcode = 6;
    constexpr std::string_view kCountries[] = {"россия", "рф", "российская"};
    constexpr std::string_view kRegions[] = {"обл", "область", "край", "респ", "республика",
                                             "р-н", "район",   "ао",   "округ"};
    if (words.size() == 1 && words[0].text.size() == kPostcode && !holds_name(words)) return true;
    if (words.empty()) return true;
    if (std::ranges::find(kCountries, words[0].key) != std::end(kCountries)) return true;
    const auto is_type = [&](const Word& word) {
      return address::is_settlement_type(word) || std::ranges::find(kRegions, word.key) != std::end(kRegions);
    };
    const std::span all(words);
    return (is_type(words.front()) && holds_name(all.subspan(1))) ||
           (is_type(words.back()) && holds_name(all.first(all.size() - 1)));
  }

  [[nodiscard]] static bool names_street(const std::vector<Word>& words) {
    return words.size() > 1 && (is_street_type(words.front()) || address::is_street_type_after_name(words.back()));
  }

  void skip_places() {
    while (first_ + 1 < segments_.size()) {
      const auto words = words_of(text_of(first_));
      if (names_street(words) || !is_place(words)) break;
      ++first_;
    }
  }

  /// "Москва, ул. Ленина, 5": what stands before a segment with a type of street is the place.
  void skip_bare_place() {
    for (std::size_t i = first_; i < segments_.size() && segments_[i].begin < house_; ++i) {
      const auto words =
          words_of(line_.substr(segments_[i].begin, std::min(segments_[i].end, house_) - segments_[i].begin));
      if (!names_street(words)) continue;
      first_ = i;
      return;
    }
  }

  void find_house() {
    house_ = rest_ = line_.size();
    for (std::size_t i = first_; i < segments_.size(); ++i)
      if (find_house_in(i)) return;
  }

  bool find_house_in(std::size_t i) {
    const auto words = words_of(text_of(i));
    const std::span all(words);
    for (std::size_t w = 0; w < words.size(); ++w) {
      const std::size_t at = segments_[i].begin + words[w].begin;
      if (address::is_unit_mark(words[w].key) || (w == 0 && is_box(at))) return ends_at(at, at);
      const auto house = address::read_house(line_.substr(at));
      if (house.normal.empty()) continue;
      const std::size_t end = at + house.end;
      const std::size_t sign = before_number_sign(at);
      const bool bare = !holds_name(all.subspan(w, 1));  // no mark before it: may be a number in a name
      if (!bare || (w == 0 && i > first_) || (ends_street(end, i) && (w == 0 || names_before(all.first(w)))))
        return ends_at(sign, end);
    }
    return false;
  }

  bool ends_at(std::size_t house, std::size_t rest) {
    house_ = house;
    rest_ = rest;
    return true;
  }

  [[nodiscard]] std::size_t before_number_sign(std::size_t at) const {
    constexpr std::string_view kSign = "№";
    const std::string_view before = trim(line_.substr(0, at));
    return before.ends_with(kSign) ? line_.rfind(kSign, at) : at;
  }

  /// A post-office box or a field post: no street.
  [[nodiscard]] bool is_box(std::size_t at) const {
    const std::string key = fold(line_.substr(at));
    return key.starts_with("а/я") || key.starts_with("п/п") || key.starts_with("в/ч");
  }

  /// Whether only a unit follows in the segment.
  [[nodiscard]] bool ends_street(std::size_t end, std::size_t segment) const {
    if (end >= segments_[segment].end || line_[end] == '/') return true;
    const auto words = words_of(line_.substr(end, segments_[segment].end - end));
    return words.empty() || address::is_unit_mark(words.front().key);
  }

  [[nodiscard]] static bool names_before(std::span<const Word> words) {
    return std::ranges::any_of(
        words, [](const Word& word) { return !is_street_type(word) && holds_name(std::span(&word, 1)); });
  }

  std::string_view line_;
  std::vector<Segment> segments_;
  std::size_t first_ = 0;  ///< segment of the street
  std::size_t house_ = 0;
  std::size_t rest_ = 0;  ///< after the house
};

}  // namespace

std::string normal_settlement(std::string_view typed) {
  return without_types(typed, address::is_settlement_type, address::is_settlement_type);
}

std::string normal_street(std::string_view typed) {
  return without_types(typed, is_street_type, address::is_street_type_after_name);
}

std::string normal_house(std::string_view typed) {
  const std::string text = address::collapse(typed);
  const auto house = address::read_house(text);
  if (house.normal.empty()) return text;
  std::string rest = text.substr(house.end);
  rest.resize(rest.find_last_not_of(" ,.;") + 1);
  return house.normal + rest;
}

AddressLine split_address(std::string_view line) { return Splitter(line).split(); }

}  // namespace crm
