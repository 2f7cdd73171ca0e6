/// An address as a command, a link or a question to a map.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <initializer_list>
#include <iterator>

#include "address_words.hpp"
#include "crm/base/text.hpp"
#include "crm/rules/address.hpp"
#include "dgis_cities.hpp"

namespace crm {
namespace {

/// Percent-encoded bytes, all but the unreserved ones (RFC 3986, 2.3).
std::string encode(std::string_view text) {
  constexpr std::string_view kUnreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    if (kUnreserved.find(c) != std::string_view::npos) {
      out += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      out += {'%', kHex[byte >> 4], kHex[byte & 0x0F]};
    }
  }
  return out;
}

std::string join(std::initializer_list<std::string_view> parts) {
  std::string out;
  for (const std::string_view part : parts) {
    if (!out.empty() && !part.empty()) out += ", ";
    out += part;
  }
  return out;
}

/// The shortest decimal of degrees rounded to six places; no locale, no exponent, no "-0".
std::string decimal(double degrees) {
  constexpr std::int64_t kMillion = 1'000'000;
  const std::int64_t millionths = std::llround(degrees * static_cast<double>(kMillion));
  const std::int64_t size = std::abs(millionths);
  std::string fraction = std::to_string(kMillion + size % kMillion).substr(1);
  fraction.resize(fraction.find_last_not_of('0') + 1);
  return (millionths < 0 ? "-" : "") + std::to_string(size / kMillion) + (fraction.empty() ? "" : "." + fraction);
}

struct Position {
  std::string latitude, longitude;
};

std::optional<Position> position_of(const Address& address) {
  if (!address.latitude || !address.longitude) return std::nullopt;
  const bool on_earth = std::abs(*address.latitude) <= 90 && std::abs(*address.longitude) <= 180;  // false for NaN
  if (!on_earth) return std::nullopt;
  return Position{decimal(*address.latitude), decimal(*address.longitude)};
}

std::optional<std::string> by_position(const Address& address, std::string_view before,
                                       std::string_view between = ",") {
  const auto position = position_of(address);
  if (!position) return std::nullopt;
  return std::string(before) + position->longitude + std::string(between) + position->latitude;
}

/// A value in quotes. What would end them, start a command of 2GIS ("!") or name a variable of the shell is let go.
std::string quoted(std::string_view value) {
  std::string safe;
  for (const char c : value) {
    if (c == '\\') {
      safe += '/';  // before a quote it would keep it from closing
    } else if (static_cast<unsigned char>(c) < 0x20) {
      safe += ' ';
    } else if (c != '"' && c != '!' && c != '%') {
      safe += c;
    }
  }
  return '"' + address::collapse(safe) + '"';
}

bool is_code(std::string_view country) {
  return country.size() == 2 &&
         std::ranges::all_of(country, [](char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; });
}

}  // namespace

std::string_view dgis_city(std::string_view settlement) {
  const std::string key = fold(normal_settlement(settlement));
  const auto found =
      std::ranges::lower_bound(address::kDgisCities, std::string_view(key), {}, &address::DgisCity::settlement);
  return found != std::end(address::kDgisCities) && found->settlement == key ? found->city : "";
}

std::optional<std::string> desktop_command(const Address& address, std::string_view map) {
  const std::string settlement = normal_settlement(address.settlement);
  const std::string house = normal_house(address.house);
  if (settlement.empty() || house.empty()) return std::nullopt;
  return "grym.exe " + quoted(map.empty() ? settlement : map) + " \"!find:map_building\" " + quoted(settlement) + ' ' +
         quoted(normal_street(address.street)) + ' ' + quoted(house) +
         " \"!select:show\" \"!select:only\" \"!show:selection\"";
}

std::optional<std::string> search_url(const Address& address, std::string_view city) {
  const std::string wanted =
      join({normal_settlement(address.settlement), normal_street(address.street), normal_house(address.house)});
  if (wanted.empty()) return std::nullopt;
  if (city.empty()) city = dgis_city(address.settlement);
  return "https://2gis.ru/" + (city.empty() ? "" : encode(city) + '/') + "search/" + encode(wanted);
}

std::optional<std::string> geo_url(const Address& address) { return by_position(address, "https://2gis.ru/geo/"); }

std::optional<std::string> dgis_uri(const Address& address) { return by_position(address, "dgis://2gis.ru/geo/"); }

std::optional<std::string> route_url(const Address& address) {
  return by_position(address, "https://2gis.ru/directions/points/%7C", "%2C");
}

std::optional<std::string> geo_uri(const Address& address) {
  const auto position = position_of(address);
  if (!position) return std::nullopt;
  return "geo:" + position->latitude + ',' + position->longitude;
}

std::string geocoder_query(const Address& address) {
  const auto same_place = [](std::string_view a, std::string_view b) {
    return fold(normal_settlement(a)) == fold(normal_settlement(b));
  };
  using address::collapse;
  return join({is_code(address.country) ? "" : collapse(address.country),
               same_place(address.region, address.settlement) ? "" : collapse(address.region),
               collapse(address.district), collapse(address.settlement), collapse(address.street),
               normal_house(address.house)});
}

}  // namespace crm
