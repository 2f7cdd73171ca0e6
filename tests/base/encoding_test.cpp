// UTF-16 and Windows-1251 against iconv(3) of the C library.
#include "crm/base/encoding.hpp"

#include <doctest/doctest.h>
#include <iconv.h>

#include <array>
#include <bit>
#include <cstring>
#include <optional>
#include <string>

#include "crm/base/error.hpp"

namespace {

/// `text` by iconv; none if it refuses.
std::optional<std::string> converted(const char* from, const char* to, std::string text) {
  const iconv_t conversion = iconv_open(to, from);
  REQUIRE(conversion != reinterpret_cast<iconv_t>(-1));
  std::string out(text.size() * 4 + 4, '\0');
  char* in_at = text.data();
  char* out_at = out.data();
  std::size_t in_left = text.size();
  std::size_t out_left = out.size();
  const bool done = iconv(conversion, &in_at, &in_left, &out_at, &out_left) != static_cast<std::size_t>(-1);
  iconv_close(conversion);
  if (!done) return std::nullopt;
  out.resize(out.size() - out_left);
  return out;
}

constexpr const char* kUtf16 = std::endian::native == std::endian::little ? "UTF-16LE" : "UTF-16BE";
constexpr const char* kUtf32 = std::endian::native == std::endian::little ? "UTF-32LE" : "UTF-32BE";

std::string bytes_of(const std::u16string& units) {
  std::string bytes(units.size() * sizeof(char16_t), '\0');
  std::memcpy(bytes.data(), units.data(), bytes.size());
  return bytes;
}

struct Refusal {
  std::string rule, value, detail;
  friend bool operator==(const Refusal&, const Refusal&) = default;
};

template <class Call>
Refusal refusal_of(Call call) {
  try {
    call();
  } catch (const crm::Error& error) {
    CHECK(error.code() == crm::Code::invalid_argument);
    const auto& violation = error.violations().at(0);
    return {violation.rule, violation.value, violation.detail};
  }
  return {};
}

TEST_CASE("every byte of Windows-1251 is the character that iconv says, and comes back") {
  for (int byte = 0; byte < 256; ++byte) {
    CAPTURE(byte);
    const std::string bytes(1, static_cast<char>(byte));
    const auto expected = converted("CP1251", "UTF-8", bytes);
    if (expected) {
      CHECK(crm::from_windows_1251(bytes) == *expected);
      CHECK(crm::to_windows_1251(*expected) == bytes);
    } else {
      CHECK(byte == 0x98);
      CHECK(refusal_of([&] { crm::from_windows_1251(bytes); }) == Refusal{"encoding.windows_1251_byte", "98", "0"});
    }
  }
}

TEST_CASE("every character goes to UTF-16 as iconv says, and comes back") {
  std::string points;
  std::string utf8;
  std::u16string ours;
  for (char32_t point = 0; point <= 0x10FFFF; ++point) {
    if (point >= 0xD800 && point < 0xE000) continue;
    std::array<char, sizeof point> raw{};
    std::memcpy(raw.data(), &point, sizeof point);
    points.append(raw.data(), raw.size());
  }
  utf8 = converted(kUtf32, "UTF-8", points).value();

  ours = crm::to_utf16(utf8);

  CHECK((bytes_of(ours) == converted(kUtf32, kUtf16, points).value()));
  CHECK((crm::from_utf16(ours) == utf8));
}

TEST_CASE("a character that Windows-1251 lacks is named, or replaced") {
  CHECK(crm::to_windows_1251("№ 5 – €", '*') == "\xB9 5 \x96 \x88");
  for (char32_t point = 1; point <= 0x10FFFF; point += point < 0x3000 ? 1 : 251) {
    if (point >= 0xD800 && point < 0xE000) continue;
    const std::u16string utf16 = point < 0x10000 ? std::u16string(1, static_cast<char16_t>(point))
                                                 : std::u16string{static_cast<char16_t>(0xD7C0 + (point >> 10)),
                                                                  static_cast<char16_t>(0xDC00 + (point & 0x3FF))};
    const std::string utf8 = crm::from_utf16(utf16);
    const auto expected = converted("UTF-8", "CP1251", utf8);
    CAPTURE(utf8);
    if (expected) {
      CHECK(crm::to_windows_1251(utf8) == *expected);
    } else {
      CHECK(refusal_of([&] { crm::to_windows_1251("я" + utf8); }) == Refusal{"encoding.windows_1251", utf8, "2"});
      CHECK(crm::to_windows_1251("a" + utf8 + "b", '?') == "a?b");
    }
  }
}

TEST_CASE("half a pair of UTF-16 is refused at its place") {
  const std::u16string high(1, u'\xD83D');
  const std::u16string low(1, u'\xDE00');
  CHECK(crm::from_utf16(high + low) == "😀");
  CHECK(refusal_of([&] { crm::from_utf16(u"аб" + high); }) == Refusal{"encoding.utf16", "D83D", "2"});
  CHECK(refusal_of([&] { crm::from_utf16(high + u"а"); }) == Refusal{"encoding.utf16", "D83D", "0"});
  CHECK(refusal_of([&] { crm::from_utf16(high + high + low); }) == Refusal{"encoding.utf16", "D83D", "0"});
  CHECK(refusal_of([&] { crm::from_utf16(u"😀" + low); }) == Refusal{"encoding.utf16", "DE00", "2"});
}

TEST_CASE("what is not UTF-8 is refused at its first bad byte") {
  const std::string bad[] = {"\xD0", "\xC0\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xFF", "\x80"};
  for (const std::string& bytes : bad) {
    CAPTURE(bytes);
    CHECK(refusal_of([&] { crm::to_utf16("яz" + bytes); }).rule == "field.utf8");
    CHECK(refusal_of([&] { crm::to_utf16("яz" + bytes); }).detail == "3");
    CHECK(refusal_of([&] { crm::to_windows_1251("яz" + bytes, '?'); }).detail == "3");
  }
}

TEST_CASE("a zero is a character like any other") {
  using namespace std::string_literals;
  CHECK(crm::to_utf16("a\0b"s) == u"a\0b"s);
  CHECK(crm::from_utf16(u"a\0b"s) == "a\0b"s);
  CHECK(crm::to_windows_1251("a\0b"s) == "a\0b"s);
  CHECK(crm::from_windows_1251("a\0b"s) == "a\0b"s);
  CHECK(crm::to_utf16("").empty());
}

}  // namespace
