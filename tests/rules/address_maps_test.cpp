// The forms of C5: the desktop 2GIS, 2gis.ru, its application, geo: and the question to a geocoder.
#include <doctest/doctest.h>

#include <limits>

#include "crm/rules/address.hpp"

namespace {

crm::Address office() {
  crm::Address address;
  address.settlement = "г. Новосибирск";
  address.street = "пр-кт Карла Маркса";
  address.house = "д. 7 корп. 2";
  return address;
}

crm::Address at(double latitude, double longitude) {
  auto address = office();
  address.latitude = latitude;
  address.longitude = longitude;
  return address;
}

TEST_CASE("the desktop map is opened at the building") {
  CHECK(crm::desktop_command(office()) ==
        "grym.exe \"Новосибирск\" \"!find:map_building\" \"Новосибирск\" \"Карла Маркса\" \"7 к2\" \"!select:show\" "
        "\"!select:only\" \"!show:selection\"");

  auto suburb = office();
  suburb.settlement = "рп Краснообск";
  suburb.street = "";
  CHECK(
      crm::desktop_command(suburb, "Новосибирск") ==
      "grym.exe \"Новосибирск\" \"!find:map_building\" \"Краснообск\" \"\" \"7 к2\" \"!select:show\" \"!select:only\" "
      "\"!show:selection\"");
}

TEST_CASE("no value breaks the command line or becomes a command") {
  auto address = office();
  address.settlement = "Чита\" \"!exit";
  address.street = "Мира\\";
  address.house = "5\n%TEMP%";

  CHECK(crm::desktop_command(address) ==
        "grym.exe \"Чита exit\" \"!find:map_building\" \"Чита exit\" \"Мира\" \"5 TEMP\" \"!select:show\" "
        "\"!select:only\" \"!show:selection\"");
}

TEST_CASE("a backslash within a value is a slash, any control character a space") {
  auto address = office();
  address.settlement = "Ч\\ита";
  address.street = "Ми\x01ра\x1F";
  address.house = "5 \x1Fцех";
  CHECK(crm::desktop_command(address, "Ч!\x01%\"") ==
        "grym.exe \"Ч\" \"!find:map_building\" \"Ч/ита\" \"Ми ра\" \"5 цех\" \"!select:show\" \"!select:only\" \"!show:selection\"");
  address.house = "5#цех";  // no letter is lost beside them
  CHECK(crm::desktop_command(address)->find("\"5#цех\"") != std::string::npos);
}

TEST_CASE("a building without a settlement or a number cannot be found by the desktop map") {
  auto address = office();
  address.house = "";
  CHECK_FALSE(crm::desktop_command(address));

  address = office();
  address.settlement = " ";
  CHECK_FALSE(crm::desktop_command(address));
}

// "Омск, Мира, 5" in UTF-8: О D0 9E, м D0 BC, с D1 81, к D0 BA; М D0 9C, и D0 B8, р D1 80, а D0 B0.
TEST_CASE("a search is percent-encoded UTF-8 on the map of the city") {
  auto address = office();
  address.settlement = "г Омск";
  address.street = "Мира ул";
  address.house = "5";

  CHECK(crm::search_url(address) ==
        "https://2gis.ru/omsk/search/%D0%9E%D0%BC%D1%81%D0%BA%2C%20%D0%9C%D0%B8%D1%80%D0%B0%2C%205");
  CHECK(crm::search_url(address, "novo omsk/") ==
        "https://2gis.ru/novo%20omsk%2F/search/%D0%9E%D0%BC%D1%81%D0%BA%2C%20%D0%9C%D0%B8%D1%80%D0%B0%2C%205");
}

TEST_CASE("a search in a settlement without a map of its own is over all maps") {
  crm::Address address;
  address.settlement = "с. Мы";
  CHECK(crm::search_url(address) == "https://2gis.ru/search/%D0%9C%D1%8B");

  address.settlement = "";
  CHECK_FALSE(crm::search_url(address));
}

TEST_CASE("2GIS names its maps in its own way") {
  CHECK(crm::dgis_city("г. Москва") == "moscow");
  CHECK(crm::dgis_city("САНКТ-ПЕТЕРБУРГ") == "spb");
  CHECK(crm::dgis_city("Нижний Новгород") == "n_novgorod");
  CHECK(crm::dgis_city("Орёл") == "orel");
  CHECK(crm::dgis_city("Набережные Челны") == "nabchelny");
  CHECK(crm::dgis_city("Ярославль г") == "yaroslavl");
  CHECK(crm::dgis_city("Абакан") == "abakan");
  CHECK(crm::dgis_city("Ябедино").empty());
  CHECK(crm::dgis_city("яяя").empty());
  CHECK(crm::dgis_city("!").empty());
  CHECK(crm::dgis_city("").empty());
}

TEST_CASE("2GIS takes the longitude first, geo: the latitude") {
  const auto address = at(54.98007536, 82.8977660669108);

  CHECK(crm::geo_url(address) == "https://2gis.ru/geo/82.897766,54.980075");
  CHECK(crm::dgis_uri(address) == "dgis://2gis.ru/geo/82.897766,54.980075");
  CHECK(crm::route_url(address) == "https://2gis.ru/directions/points/%7C82.897766%2C54.980075");
  CHECK(crm::geo_uri(address) == "geo:54.980075,82.897766");
}

TEST_CASE("degrees are the shortest decimals, with a point and without an exponent") {
  CHECK(crm::geo_uri(at(0, 0)) == "geo:0,0");
  CHECK(crm::geo_uri(at(-0.0, -0.0000004)) == "geo:0,0");
  CHECK(crm::geo_uri(at(-0.5, -12)) == "geo:-0.5,-12");
  CHECK(crm::geo_uri(at(0.000001, -0.000012)) == "geo:0.000001,-0.000012");
  CHECK(crm::geo_uri(at(1e-20, 100.10)) == "geo:0,100.1");
  CHECK(crm::geo_uri(at(89.9999999, 179.9999994)) == "geo:90,179.999999");
  CHECK(crm::geo_uri(at(-90, -180)) == "geo:-90,-180");
}

TEST_CASE("without a position on Earth there is no link to it") {
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  constexpr double infinity = std::numeric_limits<double>::infinity();
  for (const auto& address : {office(), at(90.000001, 0), at(-91, 0), at(0, 180.5), at(0, -181), at(nan, 0), at(0, nan),
                              at(infinity, 0), at(0, -infinity)}) {
    CHECK_FALSE(crm::geo_url(address));
    CHECK_FALSE(crm::dgis_uri(address));
    CHECK_FALSE(crm::route_url(address));
    CHECK_FALSE(crm::geo_uri(address));
  }
  auto half = office();
  half.latitude = 55;
  CHECK_FALSE(crm::geo_uri(half));
}

TEST_CASE("a geocoder is asked from the largest to the smallest, with the type of the street") {
  auto address = office();
  CHECK(crm::geocoder_query(address) == "г. Новосибирск, пр-кт Карла Маркса, 7 к2");

  address.country = "RU";
  address.region = "Новосибирская обл";
  address.district = " Искитимский   р-н ";
  CHECK(crm::geocoder_query(address) == "Новосибирская обл, Искитимский р-н, г. Новосибирск, пр-кт Карла Маркса, 7 к2");

  // Two Latin letters are a code, whatever else has two characters or bytes is told.
  address.region = address.district = address.street = address.house = "";
  for (const char* code : {"AZ", "az", "Za"}) {
    address.country = code;
    CHECK(crm::geocoder_query(address) == "г. Новосибирск");
  }
  for (const std::string told : {"A1", "1A", "Я", "A@", "A[", "A`", "A{", "USA"}) {
    address.country = told;
    CHECK(crm::geocoder_query(address) == told + ", г. Новосибирск");
  }

  address.country = "Казахстан";
  address.region = address.district = address.street = address.house = "";
  address.settlement = "Алматы";
  CHECK(crm::geocoder_query(address) == "Казахстан, Алматы");

  address.country = "";
  address.region = "г Москва";
  address.settlement = "Москва";
  CHECK(crm::geocoder_query(address) == "Москва");
  CHECK(crm::geocoder_query({}).empty());
}

}  // namespace
