// Addresses as JSON (C5).
#include "crm/rules/address.hpp"
#include "crm/services/json_door.hpp"
#include "json_parts.hpp"

namespace json = boost::json;

namespace crm {

std::string map_links_json(const Address& address) {
  json::object out;
  const auto add = [&](const char* name, const std::optional<std::string>& link) {
    if (link) out[name] = *link;
  };
  add("desktop", desktop_command(address));
  add("search", search_url(address));
  add("geo", geo_url(address));
  add("app", dgis_uri(address));
  add("route", route_url(address));
  add("geo_uri", geo_uri(address));
  out["geocoder_query"] = geocoder_query(address);
  return json::serialize(out);
}

std::string split_address_json(std::string_view line) {
  const AddressLine parts = split_address(line);
  return json::serialize(json::object{{"place", parts.place},
                                      {"street", parts.street},
                                      {"house", parts.house},
                                      {"unit", parts.unit},
                                      {"normal_street", normal_street(parts.street)},
                                      {"normal_house", normal_house(parts.house)}});
}

}  // namespace crm
