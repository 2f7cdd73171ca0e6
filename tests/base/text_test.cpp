#include "crm/base/text.hpp"

#include <doctest/doctest.h>

#include <random>
#include <string>

namespace {

using namespace std::string_literals;
using namespace std::string_view_literals;

// RFC 3629 section 4 and the malformed sequences of Markus Kuhn's UTF-8 stress test.
TEST_CASE("the first byte that is not UTF-8 is found") {
  const std::pair<std::string_view, std::size_t> bad[] = {{"\x80"sv, 0},
                                                          {"a\xBF"sv, 1},
                                                          {"\xC0\xAF"sv, 0},
                                                          {"\xC1\xBF"sv, 0},
                                                          {"аб\xD0"sv, 4},
                                                          {"\xD0x"sv, 0},
                                                          {"\xE0\x80\xAF"sv, 0},
                                                          {"\xE0\x9F\xBF"sv, 0},
                                                          {"\xE2\x82"sv, 0},
                                                          {"\xED\xA0\x80"sv, 0},
                                                          {"\xED\xBF\xBF"sv, 0},
                                                          {"\xF0\x8F\xBF\xBF"sv, 0},
                                                          {"\xF0\x9F\x98"sv, 0},
                                                          {"\xF4\x90\x80\x80"sv, 0},
                                                          {"\xF5\x80\x80\x80"sv, 0},
                                                          {"ok\xFF"sv, 2},
                                                          {"\xFE"sv, 0},
                                                          {"a\0b"sv, 1},
                                                          {"имя\0"sv, 6},
                                                          {"\xE2(\xA1"sv, 0}};
  for (const auto& [text, at] : bad) {
    CAPTURE(crm::shorten(text));
    CHECK(crm::first_bad_byte(text) == at);
  }
}

TEST_CASE("well-formed text has no bad byte") {
  for (const auto good :
       {""sv, "Иванов"sv, "\x01\x7F"sv, "\xC2\x80"sv, "\xDF\xBF"sv, "\xE0\xA0\x80"sv, "\xED\x9F\xBF"sv,
        "\xEE\x80\x80"sv, "\xEF\xBF\xBF"sv, "\xF0\x90\x80\x80"sv, "\xF4\x8F\xBF\xBF"sv, "😀 日本"sv}) {
    CAPTURE(good);
    CHECK_FALSE(crm::first_bad_byte(good));
  }
}

TEST_CASE("spaces of every kind are trimmed at the ends only") {
  CHECK(crm::trim("  ООО  Ромашка\t\r\n") == "ООО  Ромашка");
  CHECK(crm::trim("\u00A0\u2009Иванов\u202F\u3000") == "Иванов");
  CHECK(crm::trim(" \u00A0\n").empty());
  CHECK(crm::trim("").empty());
  CHECK(crm::trim("а") == "а");
  CHECK(crm::trim("\xA0") == "\xA0");  // half a no-break space is no space
}

TEST_CASE("a long value is cut between characters for a message") {
  const auto letters = [](std::size_t count) {
    std::string text;
    while (count-- > 0) text += "я";
    return text;
  };

  CHECK(crm::shorten(letters(60)) == letters(60));
  CHECK(crm::shorten(letters(61)) == letters(59) + "…");
  CHECK(crm::shorten(letters(5'000)) == letters(59) + "…");
  CHECK(crm::shorten("").empty());
}

TEST_CASE("bytes that cannot be shown are written as numbers") {
  CHECK(crm::shorten("a\nb"sv) == "a\\x0Ab");
  CHECK(crm::shorten("a\0b\x7F"sv) == "a\\x00b\\x7F");
  CHECK(crm::shorten("\xD0"sv) == "\\xD0");
  CHECK(crm::shorten("\xC8\xE2\xE0\xED\xEE\xE2"sv) == "\\xC8\\xE2\\xE0\\xED\\xEE\\xE2");  // Иванов in Windows-1251
  CHECK(crm::shorten("\u0085") == "\\xC2\\x85");
  CHECK(crm::shorten("\u00A0") == "\u00A0");
  // An escape is not cut in the middle: 57 letters, then four characters more than fit.
  CHECK(crm::shorten(std::string(57, 'a') + "\n") == std::string(57, 'a') + "…");
}

TEST_CASE("whatever comes in, a message gets UTF-8 of sixty characters") {
  constexpr unsigned kSeed = 3629;
  CAPTURE(kSeed);
  std::mt19937 random(kSeed);
  for (int i = 0; i < 5'000; ++i) {
    std::string bytes(random() % 100, '\0');
    for (char& c : bytes) c = static_cast<char>(random());

    const auto shown = crm::shorten(bytes);

    CHECK_FALSE(crm::first_bad_byte(shown));
    std::size_t characters = 0;
    for (const char c : shown) characters += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    CHECK(characters <= 60);
  }
}

}  // namespace
