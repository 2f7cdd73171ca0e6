// An address written in one line, taken apart.
#include <doctest/doctest.h>

#include <array>
#include <random>
#include <string>

#include "crm/rules/address.hpp"

namespace {

struct Line {
  const char* typed;
  crm::AddressLine parts;  // place, street, house, unit
};

TEST_CASE("a line comes apart into place, street, house and what follows") {
  const Line lines[] = {
      {"630099, г. Новосибирск, ул. Ленина, д. 5, корп. 2, оф. 7", {"630099, г. Новосибирск", "ул. Ленина", "д. 5, корп. 2", "оф. 7"}},
      {"630099, Мира, 5", {"630099", "Мира", "5", ""}},
      {", г. Омск, Мира, 5", {"г. Омск", "Мира", "5", ""}},
      {"Россия, Омская обл., г. Омск, пр-кт Мира, 12/5", {"Россия, Омская обл., г. Омск", "пр-кт Мира", "12/5", ""}},
      {"Российская Федерация, г. Омск, Мира, 5", {"Российская Федерация, г. Омск", "Мира", "5", ""}},
      {"РФ; г. Омск; ул. Мира; 5", {"РФ; г. Омск", "ул. Мира", "5", ""}},
      {"Бердск г., р-н Искитимский, Мира, 5", {"Бердск г., р-н Искитимский", "Мира", "5", ""}},
      {"Новосибирский район, Кольцово п., 12", {"Новосибирский район, Кольцово п.", "", "12", ""}},
      // Without a word for it: what stands before the street is the place.
      {"Москва, ул. Ленина, 5", {"Москва", "ул. Ленина", "5", ""}},
      {"Москва, Ленина ул., 5", {"Москва", "Ленина ул", "5", ""}},
      {"край, ул. Мира, 5", {"край", "ул. Мира", "5", ""}},
      {"5 обл, ул. Мира, 3", {"5 обл", "ул. Мира", "3", ""}},
      // Without a comma before the house.
      {"Ленина 5", {"", "Ленина", "5", ""}},
      {"ул. Ленина 5 оф. 7", {"", "ул. Ленина", "5", "оф. 7"}},
      {"ул. Ленина 5 кв. 7, 3", {"", "ул. Ленина", "5", "кв. 7, 3"}},
      {"Красный проспект, 5 / Фрунзе, 2", {"", "Красный проспект", "5", "Фрунзе, 2"}},
      {"Красный проспект 5/ул. Фрунзе", {"", "Красный проспект", "5", "ул. Фрунзе"}},
      {"ул. Ленина д. 5 цех", {"", "ул. Ленина", "д. 5", "цех"}},
      {"ул. Мира, №7", {"", "ул. Мира", "№7", ""}},
      {"ул. Мира № 7", {"", "ул. Мира", "№ 7", ""}},
      {"5", {"", "", "5", ""}},
      {"5, оф. 2", {"", "", "5", "оф. 2"}},
      {"Мира 5., 7", {"", "Мира", "5", "7"}},
      {"офис 7, 5", {"", "", "", "офис 7, 5"}},
      {"Омск, Набережная, 5", {"", "Омск, Набережная", "5", ""}},  // a lone word may be a name: nothing tells the place
      // A number of a name is no house.
      {"12 ул. 5", {"", "12 ул. 5", "", ""}},
      {"ул. 8 Марта, 12", {"", "ул. 8 Марта", "12", ""}},
      {"ул. 8 Марта 12", {"", "ул. 8 Марта", "12", ""}},
      {"12-я линия, 3", {"", "12-я линия", "3", ""}},
      {"мкр 2", {"", "мкр 2", "", ""}},
      {"мкр 2, 7", {"", "мкр 2", "7", ""}},
      {"123456 ул. Мира, 5", {"", "123456 ул. Мира", "5", ""}},
      // Neither street nor house.
      {"а/я 576", {"", "", "", "а/я 576"}},
      {"г. Омск, А/Я 576", {"г. Омск", "", "", "А/Я 576"}},
      {"п/п 12345", {"", "", "", "п/п 12345"}},
      {"в/ч 7890", {"", "", "", "в/ч 7890"}},
      {"офис 7", {"", "", "", "офис 7"}},
      {", ул. Мира, 5", {"", "ул. Мира", "5", ""}},
      {"", {}},
      {" , ; ", {}},
  };
  for (const Line& line : lines) {
    CAPTURE(line.typed);
    const auto parts = crm::split_address(line.typed);
    CHECK(parts.place == line.parts.place);
    CHECK(parts.street == line.parts.street);
    CHECK(parts.house == line.parts.house);
    CHECK(parts.unit == line.parts.unit);
  }
}

/// All but what stands between parts and at their ends.
std::string kept(const std::string& text) {
  std::string out;
  for (const char c : text)
    if (std::string_view(" ,;./\\").find(c) == std::string_view::npos) out += c;
  return out;
}

std::string any_line(std::mt19937& random) {
  constexpr std::array kWords{"630099", "г.",   "Омск", "обл", "5",      "ул.", "Мира", "№",  "7",   "д.", "корп.", "3",    "лит",
                              "А",      "оф.",  "а/я",  "/",   "Россия", "12-я", "линия", "р-н", ",",   ";",  "\\",    "п/п",  "-",
                              "\"Б\"",  "123456", "к",  "с2",  "й",      "[",   "{x",   "中", "Ã",   "«",  "литВ", "стр",  "й-"};
  std::string line;
  for (auto left = random() % 9; left > 0; --left) {
    line += kWords[random() % kWords.size()];
    if (random() % 3) line += ' ';
  }
  return line;
}

TEST_CASE("of any line every letter and digit is in one of its parts, in their order") {
  std::mt19937 random(20260302);
  for (int round = 0; round < 4'000; ++round) {
    const std::string line = any_line(random);
    CAPTURE(line);
    const auto parts = crm::split_address(line);
    CHECK(kept(parts.place + parts.street + parts.house + parts.unit) == kept(line));
  }
}

TEST_CASE("whatever is typed, its normal form is its own normal form") {
  std::mt19937 random(20260303);
  for (int round = 0; round < 4'000; ++round) {
    const std::string typed = any_line(random);
    CAPTURE(typed);
    const std::string settlement = crm::normal_settlement(typed), street = crm::normal_street(typed), house = crm::normal_house(typed);
    CHECK(crm::normal_settlement(settlement) == settlement);
    CHECK(crm::normal_street(street) == street);
    CHECK(crm::normal_house(house) == house);
  }
}

}  // namespace
