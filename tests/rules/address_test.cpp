// Settlements, streets and houses as typed by people, against the spelling of the 2GIS map worked out by hand.
#include "crm/rules/address.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace {

struct Case {
  const char* typed;
  const char* normal;
};

TEST_CASE("a settlement goes without the word for its kind") {
  const Case cases[] = {
      {"г. Новосибирск", "Новосибирск"},
      {"г.Новосибирск", "Новосибирск"},
      {"Г НОВОСИБИРСК", "НОВОСИБИРСК"},
      {"город  Орёл ", "Орёл"},
      {"Бердск г", "Бердск"},
      {"пос. Мошковский", "Мошковский"},
      {"посёлок Красный Яр", "Красный Яр"},
      {"р.п. Кольцово", "Кольцово"},
      {"рп Кольцово", "Кольцово"},
      {"рабочий посёлок Краснообск", "Краснообск"},
      {"посёлок городского типа Ордынское", "Ордынское"},
      {"пгт Нижний Одес", "Нижний Одес"},
      {"с. Нюя", "Нюя"},
      {"дер. Ивановка", "Ивановка"},
      {"д. Ивановка", "Ивановка"},
      {"ст-ца Каневская", "Каневская"},
      {"х. Весёлый", "Весёлый"},
      {"П. Посад", "П. Посад"},  // Павловский Посад: a capital is no посёлок
      {"С.-Петербург", "С.-Петербург"},
      {"Белый Городок", "Белый Городок"},
      {"город", "город"},
      {"", ""},
  };
  for (const Case& c : cases) {
    CAPTURE(c.typed);
    CHECK(crm::normal_settlement(c.typed) == c.normal);
    CHECK(crm::normal_settlement(c.normal) == c.normal);
  }
}

TEST_CASE("a street goes without its type, before the name or after it") {
  const Case cases[] = {
      {"пр-кт Карла Маркса", "Карла Маркса"},
      {"Карла Маркса пр-кт", "Карла Маркса"},
      {"ул. Ленина", "Ленина"},
      {"ул.Ленина", "Ленина"},
      {"УЛ. ЛЕНИНА", "ЛЕНИНА"},
      {"ул Ленина ", "Ленина"},
      {"улица  Красный   Проспект", "Красный Проспект"},
      {"Ленина, ул.", "Ленина"},
      {"Красный пр.", "Красный"},
      {"Красный проспект", "Красный"},
      {"просп. Дзержинского", "Дзержинского"},
      {"пр-т. Московский", "Московский"},
      {"Банковский пер", "Банковский"},
      {"Президентский б-р", "Президентский"},
      {"бульвар Победы", "Победы"},
      {"Пресненская наб.", "Пресненская"},
      {"Набережная реки Фонтанки", "реки Фонтанки"},
      {"наб р.Гзень", "р.Гзень"},
      {"Волоколамское ш", "Волоколамское"},
      {"шоссе Энтузиастов", "Энтузиастов"},
      {"ш. Энтузиастов", "Энтузиастов"},
      {"Волоколамское Ш", "Волоколамское Ш"},
      {"Пер. Гнездниковский Б,", "Гнездниковский Б"},
      {"ул. ZAZ", "ZAZ"},
      // Letters of the Latin, the Greek and the Cyrillic alphabet make a name, and no other sign does.
      {"ул. a", "a"},
      {"ул. m", "m"},
      {"ул. z", "z"},
      {"ул. A", "A"},
      {"ул. M", "M"},
      {"ул. Z", "Z"},
      {"ул. À", "À"},
      {"ул. ߊ", "ߊ"},
      {"ул. §", "ул. §"},
      {"ул. ก", "ул. ก"},
      {"линия 100.", "линия 100"},
      {"ул. 5-a", "ул. 5-a"},
      {"-ул Мира", "Мира"},
      {"№.", "№"},
      {"пл. Ленина", "Ленина"},
      {"5-й Донской пр-д", "5-й Донской"},
      {"Береговой проезд", "Береговой"},
      {"1-ый Магистральный тупик", "1-ый Магистральный"},
      {"мкр Северный", "Северный"},
      {"Сибирский тракт", "Сибирский"},
      {"ул. 8 Марта", "8 Марта"},
      {"пер 1905 года", "1905 года"},
      // A type that begins the name is taken off all the same: the map finds it by the rest.
      {"Проспект Мира", "Мира"},
      {"Площадь Революции", "Революции"},
      {"ул. Площадь Революции", "Революции"},
      // With a capital in the last place it is a part of the name.
      {"ул. Нижняя Набережная", "Нижняя Набережная"},
      {"ул Тенистая Аллея", "Тенистая Аллея"},
      // An initial is no type.
      {"ул. Ш. Руставели", "Ш. Руставели"},
      {"Пер. Гнездниковский Б.", "Гнездниковский Б."},
      // What would leave a number or nothing stays.
      {"8-я линия", "8-я линия"},
      {"29-й мкр", "29-й мкр"},
      {"мкр 2", "мкр 2"},
      {"квартал 1", "квартал 1"},
      {"Набережная", "Набережная"},
      {"ул. Набережная", "Набережная"},
      {"Сущевский вал", "Сущевский вал"},
      {"", ""},
  };
  for (const Case& c : cases) {
    CAPTURE(c.typed);
    CHECK(crm::normal_street(c.typed) == c.normal);
    CHECK(crm::normal_street(c.normal) == c.normal);
  }
}

TEST_CASE("a house is written as on the map") {
  const Case cases[] = {
      {"д. 12", "12"},
      {"дом №7", "7"},
      {"д.12А", "12а"},
      {"12 А", "12а"},
      {"28 \"В\"", "28в"},
      {"4-а", "4а"},
      {"12/5", "12/5"},
      {"12\\5", "12/5"},
      {"2А/23Б", "2а/23б"},
      {"21-1", "21-1"},
      {"д. 12 корп. 3", "12 к3"},
      {"12к3", "12 к3"},
      {"12, к. 3", "12 к3"},
      {"12 К 3", "12 к3"},
      {"дом 233, корпус Б", "233 кб"},
      {"дом 5, строение 1", "5 ст1"},
      {"5с1", "5 ст1"},
      {"5, стр. 1Б", "5 ст1б"},
      {"9, к 4, стр 1", "9 к4 ст1"},
      {"вл. 7", "7"},
      {"владение 39 строение 6", "39 ст6"},
      {"зд. №30", "30"},
      {"строение 58", "ст58"},
      {"4 лит А", "4а"},
      {"4, литера А", "4а"},
      {"4 литА", "4а"},
      {"8А лит А", "8а лит а"},
      {"д. 12 корп. 3 лит. А", "12 к3 лит а"},
      {"12 К", "12к"},
      {"5 в центре", "5 в центре"},
      {"5, 12", "5, 12"},
      {"д. 5, оф. 7", "5, оф. 7"},
      {"24-й км", "24-й км"},
      {"б/н", "б/н"},
      {"б/н.", "б/н."},
      {"10 А", "10а"},
      {"5 A", "5a"},
      {"5 Z", "5z"},
      {"5 À", "5à"},
      {"5 §", "5 §"},
      {"5 ก", "5 ก"},
      {"5 ߊ", "5ߊ"},
      {"5 А корп. 3", "5а к3"},
      {"5 А кв. 7", "5а кв. 7"},
      {"5 А лит. Б", "5а лит б"},
      {"5 А д. 3", "5а д. 3"},
      {"12 к Б", "12 к Б"},
      {"12 к \"Б\"", "12 кб"},
      {"5Z", "5z"},
      {"12А Мира", "12а Мира"},
      {"4-а Мира", "4а Мира"},
      {"5 А, Мира", "5а, Мира"},
      {"5 в центре, 2", "5 в центре, 2"},
      {"дом 5 в центре, 2", "5 в центре, 2"},
      {"д. 5-й", "д. 5-й"},
      {"д. 12345", "12345"},
      {"д. 123456", "д. 123456"},  // a postcode
      {"12 корп Б5", "12 корп Б5"},
      {"12 корп Б стр 2", "12 кб ст2"},
      {"5 \xD0", "5 \xD0"},  // half a letter is none
      {"123456", "123456"},
      {"12345", "12345"},
      {"5, корп.", "5, корп"},
      {"дом", "дом"},
      {"12-", "12-"},
      {"5-й", "5-й"},
      {"5 «Б»", "5б"},
      {"5 А, 7", "5а, 7"},
      {"5. А", "5. А"},
      {"  дом  26 ", "26"},
      {"", ""},
  };
  for (const Case& c : cases) {
    CAPTURE(c.typed);
    CHECK(crm::normal_house(c.typed) == c.normal);
    CHECK(crm::normal_house(c.normal) == c.normal);
  }
}

/// Cells of the first columns of a CSV line; a quoted cell may hold commas.
std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> cells(1);
  bool quoted = false;
  for (const char c : line) {
    if (c == '"') {
      quoted = !quoted;
    } else if (c == ',' && !quoted) {
      cells.emplace_back();
    } else {
      cells.back() += c;
    }
  }
  return cells;
}

TEST_CASE("the name of every Russian city outlives the word for a city") {
  std::filesystem::path root =
      std::filesystem::path(__FILE__).parent_path().parent_path().parent_path() / ".." / "shared" / "data";
  if (const char* named = std::getenv("CRM_SHARED_DATA")) root = named;
  std::ifstream file(root / "ru_cities" / "city.csv");
  if (!file) {
    MESSAGE("skipped: no ru_cities in the shared data");
    return;
  }
  constexpr std::size_t kRegion = 5;
  constexpr std::size_t kCity = 9;
  std::string line;
  std::getline(file, line);
  REQUIRE(cells_of(line).at(kCity) == "city");

  int cities = 0;
  while (std::getline(file, line)) {
    const auto cells = cells_of(line);
    const std::string& name = cells.at(kCity).empty() ? cells.at(kRegion) : cells.at(kCity);  // Москва is a region
    CAPTURE(name);
    for (const auto& typed : {name, "г. " + name, "г." + name, "г " + name, name + " г", name + " г.", "город " + name})
      CHECK(crm::normal_settlement(typed) == name);
    ++cities;
  }
  CHECK(cities > 1000);
}

}  // namespace
