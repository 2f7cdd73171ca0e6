// What the host supplies (X1): places of addresses, feeds of products, documents and receipts.
#include "host_port.hpp"

#include <boost/json.hpp>

#include "access.hpp"
#include "crm/rules/address.hpp"
#include "crm/services/json_door.hpp"
#include "json_parts.hpp"

namespace json = boost::json;

namespace crm {
namespace {

[[noreturn]] void not_supplied(const char* part) { refuse(Code::unsupported, {"X1.not_supplied", 0, 0, 0, part, ""}); }

using Read = std::function<FeedPage(const std::string& after)>;

const Read& feed_of(const HostPort& host, HostFeed::Feed feed) {
  switch (feed) {
    case HostFeed::Feed::products: return host.products;
    case HostFeed::Feed::documents: return host.documents;
    case HostFeed::Feed::receipts: break;
  }
  return host.receipts;
}

std::string name_of(HostFeed::Feed feed) {
  return entity_info(HostFeed::kEntity).at(HostFeed::kFeed).values->find(static_cast<std::int64_t>(feed))->code;
}

json::array array_of(const std::string& records) {
  json::value parsed = parse_json(records.empty() ? "[]" : records);
  if (!parsed.is_array()) bad_json(parsed, "records: an array");
  return std::move(parsed.get_array());
}

void take_document(Crm& crm, json::value& given) {
  if (!given.is_object()) bad_json(given, "a document: an object");
  json::object& object = given.get_object();
  bool posted = true;
  if (const json::value* told = object.if_contains("posted")) {
    if (!told->is_bool()) bad_json(*told, "posted: true or false");
    posted = told->get_bool();
    object.erase("posted");
  }
  if (posted) {
    post_document_json(crm, json::serialize(object), false);
    return;
  }
  const auto text = [&](const char* name) {
    const json::value* found = object.if_contains(name);
    if (!found || !found->is_string()) bad_json(given, std::string(name) + " of an un-posted document: a text");
    return std::string(found->get_string());
  };
  try {
    unpost_document_json(crm, text("kind"), text("key"), false);
  } catch (const Error& error) {
    if (error.code() != Code::not_found) throw;  // posted and un-posted before it was ever read
  }
}

std::int64_t take(Crm& crm, HostFeed::Feed feed, const std::string& records) {
  json::array all = array_of(records);
  if (feed == HostFeed::Feed::documents) {
    for (json::value& document : all) take_document(crm, document);
  } else if (!all.empty()) {
    save_json(crm, json::serialize(all));
  }
  return static_cast<std::int64_t>(all.size());
}

HostFeed stored_feed(Unit& unit, HostFeed::Feed feed) {
  const auto found = unit.list<HostFeed>(where::eq(HostFeed::kFeed, static_cast<Id>(feed)));
  if (!found.empty()) return found.front();
  HostFeed fresh;
  fresh.feed = feed;
  return fresh;
}

void keep_position(Unit& unit, const HostFeed& before, const std::string& next) {
  HostFeed after = before;
  after.position = next;
  after.read_at = unit.now;
  if (before.id) {
    unit.update(before, after);
  } else {
    unit.insert(after);
  }
}

void check_position(const GeoPoint& found) {
  const bool on_earth = found.latitude >= -90 && found.latitude <= 90 && found.longitude >= -180 && found.longitude <= 180;
  if (!on_earth)
    throw Error(Code::host, std::vector<Violation>{{"X1.host", Address::kEntity, Address::kLatitude, 0, "geocode",
                                                    std::to_string(found.latitude) + ", " + std::to_string(found.longitude)}});
}

}  // namespace

bool Crm::geocode(IdOf<Address> id) {
  const auto& geocoder = host().geocode;
  if (!geocoder) not_supplied("geocode");
  Address address = load(id);
  const auto found = ask_host("geocode", geocoder, geocoder_query(address));
  if (!found) return false;
  check_position(*found);
  address.latitude = found->latitude;
  address.longitude = found->longitude;
  address.precision = found->precision;
  address.source = "host";
  save(address);
  return true;
}

FeedReport Crm::read_feed(HostFeed::Feed feed, std::int64_t pages) {
  const Read& read = feed_of(host(), feed);
  if (!read) not_supplied(name_of(feed).c_str());
  if (pages < 1) refuse(Code::invalid_argument, {"field.range", 0, 0, 0, std::to_string(pages), "pages: 1 or more"});
  const AsSystem as_system(state_->options);
  FeedReport report;
  do {
    const HostFeed before = reading(*state_, [&](Unit& unit) { return stored_feed(unit, feed); });
    const FeedPage page = ask_host("feed", read, before.position);
    if (page.more && page.next == before.position)
      throw Error(Code::host, std::vector<Violation>{{"X1.feed_stuck", HostFeed::kEntity, HostFeed::kPosition, 0, page.next, name_of(feed)}});
    begin();
    try {
      report.records += take(*this, feed, page.records);
      writing(*state_, [&](Unit& unit) { keep_position(unit, before, page.next); });
      commit();
    } catch (...) {
      if (in_unit()) rollback();
      throw;
    }
    ++report.pages;
    report.more = page.more;
  } while (report.more && report.pages < pages);
  return report;
}

}  // namespace crm
