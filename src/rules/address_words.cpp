#include "address_words.hpp"

#include <algorithm>
#include <iterator>

#include "base/utf8.hpp"
#include "crm/base/text.hpp"

namespace crm::address {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Length of the letter or digit at `at`, 0 if it is none: ASCII, Latin, Greek and Cyrillic letters.
std::size_t letter_or_digit(std::string_view text, std::size_t at) {
  const char c = text[at];
  if (is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) return 1;
  const unsigned char lead = utf8::byte(text, at);
  return lead >= 0xC3 && lead < 0xE0 ? utf8::length_at(text, at) : 0;
}

struct StreetType {
  std::string_view key;
  enum class Kind { short_form, initial, whole } kind;
};
using Kind = StreetType::Kind;

/// `initial`: with a capital it is the initial of a person ("Ш. Руставели", "Ал. Матросова").
constexpr StreetType kStreetTypes[] = {
    {"ул", Kind::short_form},    {"улица", Kind::whole},      {"пр-кт", Kind::short_form}, {"пр-т", Kind::short_form},
    {"пр", Kind::short_form},    {"просп", Kind::short_form}, {"проспект", Kind::whole},   {"пер", Kind::short_form},
    {"переулок", Kind::whole},   {"б-р", Kind::short_form},   {"бул", Kind::short_form},   {"бульв", Kind::short_form},
    {"бульвар", Kind::whole},    {"наб", Kind::short_form},   {"набережная", Kind::whole}, {"ш", Kind::initial},
    {"шоссе", Kind::whole},      {"пл", Kind::short_form},    {"площадь", Kind::whole},    {"пр-д", Kind::short_form},
    {"проезд", Kind::whole},     {"мкр", Kind::short_form},   {"мкрн", Kind::short_form},  {"мкр-н", Kind::short_form},
    {"микрорайон", Kind::whole}, {"кв-л", Kind::short_form},  {"квартал", Kind::whole},    {"туп", Kind::short_form},
    {"тупик", Kind::whole},      {"ал", Kind::initial},       {"аллея", Kind::whole},      {"линия", Kind::whole},
    {"тракт", Kind::whole},
};

constexpr std::string_view kSettlementTypes[] = {"г",     "гор", "город",   "пос",        "поселок", "пгт",   "рп",
                                                 "дп",    "кп",  "село",    "дер",        "деревня", "ст-ца", "станица",
                                                 "хутор", "аул", "рабочий", "городского", "типа"};
constexpr std::string_view kSettlementInitials[] = {"п", "р", "с", "д", "х"};

template <std::size_t N>
bool is_one_of(const std::string_view (&list)[N], std::string_view key) {
  return std::ranges::find(list, key) != std::end(list);
}

bool is_small(const Word& word) { return word.text == word.key; }

}  // namespace

std::vector<Word> words_of(std::string_view text) {
  std::vector<Word> words;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    while (at < text.size()) {
      if (const std::size_t length = letter_or_digit(text, at)) {
        at += length;
      } else if (text[at] == '-' && at > begin && at + 1 < text.size() && letter_or_digit(text, at + 1) != 0) {
        ++at;
      } else {
        break;
      }
    }
    if (at == begin) {
      ++at;
    } else {
      const auto word = text.substr(begin, at - begin);
      words.push_back({begin, at, word, fold(word)});
    }
  }
  return words;
}

bool is_street_type(const Word& word) {
  const auto type = std::ranges::find(kStreetTypes, std::string_view(word.key), &StreetType::key);
  return type != std::end(kStreetTypes) && (type->kind != Kind::initial || is_small(word));
}

bool is_street_type_after_name(const Word& word) {
  const auto type = std::ranges::find(kStreetTypes, std::string_view(word.key), &StreetType::key);
  return type != std::end(kStreetTypes) && (type->kind == Kind::short_form || is_small(word));
}

bool is_settlement_type(const Word& word) {
  return is_one_of(kSettlementTypes, word.key) || (is_one_of(kSettlementInitials, word.key) && is_small(word));
}

bool is_house_mark(std::string_view key) {
  constexpr std::string_view kMarks[] = {"д",    "дом",    "вл",           "влад", "владение",
                                         "двлд", "домовл", "домовладение", "зд",   "здание"};
  return is_one_of(kMarks, key);
}

std::string_view part_mark(std::string_view key) {
  constexpr std::string_view kBlocks[] = {"к", "кор", "корп", "корпус"};
  constexpr std::string_view kStructures[] = {"с", "ст", "стр", "строен", "строение"};
  if (is_one_of(kBlocks, key)) return "к";
  return is_one_of(kStructures, key) ? "ст" : "";
}

bool is_letter_mark(std::string_view key) {
  constexpr std::string_view kMarks[] = {"лит", "литер", "литера"};
  return is_one_of(kMarks, key);
}

bool is_unit_mark(std::string_view key) {
  constexpr std::string_view kMarks[] = {
      "оф",      "офис", "кв",      "квартира", "пом",  "помещ",   "помещение", "помещения", "ком",    "комната",
      "комнаты", "каб",  "кабинет", "эт",       "этаж", "подъезд", "секция",    "тел",       "цоколь", "подвал"};
  return is_one_of(kMarks, key);
}

bool holds_name(std::span<const Word> words) {
  return std::ranges::any_of(words, [](const Word& word) { return !is_digit(word.text.front()); });
}

std::string collapse(std::string_view text) {
  std::string out;
  bool gap = false;
  for (std::size_t at = 0; at < text.size();) {
    if (const std::size_t space = utf8::space_at(text, at)) {
      gap = !out.empty();
      at += space;
    } else {
      if (gap) out += ' ';
      gap = false;
      out += text[at++];
    }
  }
  return out;
}

}  // namespace crm::address
