#include <doctest/doctest.h>

#include <cstdint>
#include <random>
#include <string>

#include "crm/base/text.hpp"

#ifdef CRM_WITH_UTF8PROC
#include <utf8proc.h>
#endif

namespace {

using namespace std::string_view_literals;

TEST_CASE("a name is folded to its search key") {
  const std::pair<std::string_view, std::string_view> rows[] = {
      {"ИВАНОВ", "иванов"},
      {"Фёдор Ёлкин", "федор елкин"},
      {"Йод и йогурт", "йод и йогурт"},
      {"ЇЖАК Ґанок ЄВРО", "їжак ґанок євро"},
      {"ӘЛІШЕР Қазақстан ҢҮҰҺӨ", "әлішер қазақстан ңүұһө"},
      {"Ўзбекистон ЂУРЂЕВИЋ", "ўзбекистон ђурђевић"},
      {"ООО \"Ромашка\" №7", "ооо \"ромашка\" №7"},
      {"MÜLLER & Söhne GmbH", "müller & söhne gmbh"},
      {"ŁÓDŹ ŠKODA Çelik", "łódź škoda çelik"},
      {"İstanbul", "istanbul"},
      {"Nguyễn ĐỨC ẤN", "nguyễn đức ấn"},
      {"ΑΘΗΝΑ Ώρα", "αθηνα ώρα"},
      {"ΙΩΑΝΝΗΣ", "ιωαννησ"},
      {"Ιωαννης", "ιωαννησ"},
      {"ՀԱՅԱՍՏԱՆ Հայաստան", "հայաստան հայաստան"},
      {"日本 😀", "日本 😀"},
      {"", ""},
  };
  for (const auto& [typed, key] : rows) {
    CAPTURE(typed);
    CHECK(crm::fold(typed) == key);
  }
}

TEST_CASE("runs of spaces of any kind are one space, none at the ends") {
  CHECK(crm::fold("  ООО\u00A0\u00A0Ромашка\t\r\n ") == "ооо ромашка");
  CHECK(crm::fold("1\u2009000\u202F000") == "1 000 000");
  CHECK(crm::fold("а\u3000б\u0085в\u2028г") == "а б в г");
  CHECK(crm::fold(" \t\u00A0\n").empty());
}

// Files and address books from macOS carry й and ё as two characters.
TEST_CASE("decomposed й and ё give the key of the composed ones") {
  CHECK(crm::fold("Андре\u0438\u0306") == "андрей");
  CHECK(crm::fold("\u0418\u0306од") == "йод");
  CHECK(crm::fold("Фе\u0308дор") == "федор");
  CHECK(crm::fold("е \u0308") == "е \u0308");
  CHECK(crm::fold("\u0308") == "\u0308");
}

TEST_CASE("bytes that are not UTF-8 go over as they are") {
  CHECK(crm::fold("А\xD0"sv) == "а\xD0"sv);
  CHECK(crm::fold("\xC8 \xFF"sv) == "\xC8 \xFF"sv);
  CHECK(crm::fold("\xE1\xB8"sv) == "\xE1\xB8"sv);
  CHECK(crm::fold("\xE1"sv) == "\xE1"sv);
  CHECK(crm::fold("A\0B"sv) == "a\0b"sv);
}

TEST_CASE("a key folds to itself and is never longer than its text") {
  constexpr unsigned kSeed = 451;
  CAPTURE(kSeed);
  std::mt19937 random(kSeed);
  constexpr std::string_view kPieces[] = {"А", "ё", "Ё", "И",      "\u0306", "\u0308",   " ", "\u00A0", "\t", "Z", "İ",
                                          "Σ", "ς", "Ⱥ", "\u2003", "\xD0",   "\xE1\xB8", "Ẁ", "\xE2",   "Ա",  "7", "Қ"};
  for (int i = 0; i < 20'000; ++i) {
    std::string text;
    for (auto n = random() % 12; n > 0; --n) text += kPieces[random() % std::size(kPieces)];
    CAPTURE(crm::shorten(text));

    const auto key = crm::fold(text);

    CHECK(key.size() <= text.size());
    CHECK(crm::fold(key) == key);
  }
}

#ifdef CRM_WITH_UTF8PROC

std::string encode(std::int32_t point) {
  utf8proc_uint8_t buffer[4];
  const auto length = utf8proc_encode_char(point, buffer);
  return {reinterpret_cast<const char*>(buffer), static_cast<std::size_t>(length)};
}

/// utf8proc's simple lower case but for what fold says of itself.
std::string expected(std::int32_t point) {
  if (point == 0x401 || point == 0x451) return "е";
  if (point == 0x3C2) return "σ";
  if (point == 0x23A || point == 0x23E || point == 0x1E9E) return encode(point);  // a small letter of another length
  return encode(utf8proc_tolower(point));
}

TEST_CASE("every letter of the ranges of fold becomes what utf8proc makes of it") {
  struct Range {
    std::int32_t first, last;
  };
  // ASCII; U+0080..07FF whole: Latin, Greek, Cyrillic, Armenian and what has no case; Latin Extended Additional.
  for (const auto [first, last] : {Range{0x21, 0x7E}, Range{0x86, 0x9F}, Range{0xA1, 0x7FF}, Range{0x1E00, 0x1EFF}}) {
    for (auto point = first; point <= last; ++point) {
      CAPTURE(point);
      CHECK(crm::fold(encode(point)) == expected(point));
    }
  }
}

TEST_CASE("the spaces of fold are those of Unicode") {
  for (std::int32_t point = 1; point < 0x10000; ++point) {
    if (point >= 0xD800 && point <= 0xDFFF) continue;
    const auto category = utf8proc_category(point);
    const bool separator = category == UTF8PROC_CATEGORY_ZS || category == UTF8PROC_CATEGORY_ZL ||
                           category == UTF8PROC_CATEGORY_ZP || (point >= 0x09 && point <= 0x0D) || point == 0x85;
    CAPTURE(point);
    CHECK(crm::fold(encode(point)).empty() == separator);
    CHECK(crm::trim(encode(point)).empty() == separator);
  }
}

#else

TEST_CASE("every letter of the ranges of fold becomes what utf8proc makes of it") {
  MESSAGE("skipped: utf8proc is not linked (CRM_WITH_UTF8PROC)");
}

#endif

}  // namespace
