/// Addresses as the 2GIS map knows them: names without type words, house numbers in its spelling, links to the map
/// (C5).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "crm/model/company.hpp"

namespace crm {

/// "г. Новосибирск", "Новосибирск г", "р.п. Кольцово" without the word for the kind of settlement. What would leave no
/// name stays; "п", "с", "д", "х" count in lower case only ("П. Посад" is Павловский).
std::string normal_settlement(std::string_view typed);

/// The name of a street without its type: "пр-кт Карла Маркса" is "Карла Маркса", "Береговой проезд" is "Береговой",
/// "Проспект Мира" is "Мира". A capital in the last word makes it part of the name ("ул. Нижняя Набережная"), and what
/// would leave a mere number stays ("8-я линия", "мкр 2"). Applied twice it gives the same.
std::string normal_street(std::string_view typed);

/// A house as 2GIS writes it: "д. 12 корп. 3" is "12 к3", "дом 5, стр. 1" is "5 ст1", "вл. 7А" is "7а", "12/5" stays.
/// A литера is the letter of a house that has no other ("4 лит А" is "4а"), else it follows ("3 к2 лит а"). What is not
/// understood follows as typed. Applied twice it gives the same.
std::string normal_house(std::string_view typed);

/// The parts of an address written in one line, each as typed; every letter and digit is in one of them.
struct AddressLine {
  std::string place;  ///< what stands before the street: postcode, district, settlement
  std::string street;
  std::string house;  ///< with корпус, строение and литера
  std::string unit;   ///< floor, office, flat, the other street of a corner and whatever else follows

  friend bool operator==(const AddressLine&, const AddressLine&) = default;
};

/// "ул. Ленина, д. 5, корп. 2, оф. 7" is street "ул. Ленина", house "д. 5, корп. 2", unit "оф. 7". Of several houses
/// the first is the house. A line with neither street nor house ("а/я 576") is a unit.
AddressLine split_address(std::string_view line);

/// The name of a 2GIS map in its addresses ("n_novgorod") by a city that has one; empty for any other settlement: these
/// names follow no rule, so none is guessed.
std::string_view dgis_city(std::string_view settlement);

/// Opens the desktop 2GIS (Windows, version 3) at the building: program and arguments. `map` is the name of the map;
/// empty: that of the settlement, which is right for a city with a map of its own. A settlement without streets has an
/// empty street. None without a settlement or a house. No value can end its quotes or be a command.
std::optional<std::string> desktop_command(const Address& address, std::string_view map = {});

/// Search on 2gis.ru by settlement, street, house. `city` is as of `dgis_city`, by default that of the settlement;
/// where there is none, the search is for all maps. None where all three are empty.
std::optional<std::string> search_url(const Address& address, std::string_view city = {});

/// The position on 2gis.ru, in the 2GIS application, and the end of a route; longitude first. None without a position
/// on Earth. Degrees are told to six decimals, 11 cm.
std::optional<std::string> geo_url(const Address& address);
std::optional<std::string> dgis_uri(const Address& address);
std::optional<std::string> route_url(const Address& address);
/// The position for any map program (RFC 5870): latitude first.
std::optional<std::string> geo_uri(const Address& address);

/// What to ask a geocoder: country, region, district, settlement, street, house. The street keeps its type, which tells
/// two of one name apart; a country that is a code is left out, and so is a region that is its own city.
std::string geocoder_query(const Address& address);

}  // namespace crm
