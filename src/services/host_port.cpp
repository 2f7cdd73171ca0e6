// What the host supplies (X1): places of addresses, feeds of products, documents and receipts.
#include "host_port.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <iterator>
#include <utility>

#include "access.hpp"
#include "crm/rules/address.hpp"
#include "crm/services/json_door.hpp"
#include "json_parts.hpp"

namespace json = boost::json;

namespace crm {
namespace {

[[noreturn]] void not_supplied(std::string part) { refuse(Code::unsupported, {"X1.not_supplied", 0, 0, 0, std::move(part), ""}); }

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
  return entity_info(HostFeed::kEntity).at(HostFeed::kFeed).values->code(static_cast<std::int64_t>(feed));
}

json::array array_of(const Crm& crm, const std::string& records) {
  json::value parsed = parse_json(crm, records.empty() ? "[]" : records);
  if (!parsed.is_array()) bad_json(JsonAt(parsed), "records: an array");
  return std::move(parsed.get_array());
}

/// What a feed may save: its own records, and the goods and the cards of clients that they speak of. Neither the people who work here nor what
/// decides who sees or may do what: users and their roles, the organisation, managers of clients, spheres and matrices (roles may see by them),
/// events (who executes one sees its client).
bool may_bring(HostFeed::Feed feed, EntityNo entity) {
  static constexpr EntityNo kGoodsAndCards[] = {Product::kEntity,      Company::kEntity,  LegalEntity::kEntity, BankAccount::kEntity,
                                                ContactPoint::kEntity, Employee::kEntity, Address::kEntity};
  return std::ranges::find(kGoodsAndCards, entity) != std::end(kGoodsAndCards) || (feed == HostFeed::Feed::receipts && entity == Receipt::kEntity);
}

[[noreturn]] void not_to_bring(HostFeed::Feed feed, EntityNo entity, Id id, std::int64_t number) {
  throw Error(Code::denied, std::vector<Violation>{{"X1.feed_entity", entity, 0, id, std::string(entity_info(entity).name), name_of(feed)},
                                                   {"json.batch", 0, 0, 0, std::to_string(number), ""}});
}

/// Of a record without an entity that is known, saving tells.
void check_brought(HostFeed::Feed feed, const json::value& record, std::int64_t number) {
  const json::object* object = record.if_object();
  const json::value* name = object ? object->if_contains("entity") : nullptr;
  const EntityInfo* entity = name && name->is_string() ? find_entity(std::string_view(name->get_string())) : nullptr;
  const json::value* id = object ? object->if_contains("id") : nullptr;
  if (entity && !may_bring(feed, entity->no)) not_to_bring(feed, entity->no, id && id->is_int64() ? id->get_int64() : 0, number);
}

/// Takes "posted" out of a document or a receipt; true where it is not told.
bool take_posted(json::object& object) {
  const json::value* told = object.if_contains("posted");
  if (!told) return true;
  if (!told->is_bool()) placed("posted", [&] { bad_json(JsonAt(*told), "posted: true or false"); });
  const bool posted = told->get_bool();
  object.erase("posted");
  return posted;
}

void take_document(Crm& crm, json::value& given) {
  if (!given.is_object()) bad_json(JsonAt(given), "a document: an object");
  json::object& object = given.get_object();
  if (take_posted(object)) {
    post_document_json(crm, json::serialize(object), false);
    return;
  }
  const auto text = [&](const char* name) {
    const json::value* found = object.if_contains(name);
    if (!found || !found->is_string()) bad_json(JsonAt(given), std::string(name) + " of an un-posted document: a text");
    return std::string(found->get_string());
  };
  try {
    unpost_document_json(crm, text("kind"), text("key"), false);
  } catch (const Error& error) {
    if (error.code() != Code::not_found) throw;  // posted and un-posted before it was ever read
  }
}

/// A contact may be that of a user, too, also where only its id was told.
void check_whose(Crm& crm, HostFeed::Feed feed, const json::object& saved, std::int64_t number) {
  if (saved.at("entity").as_string() != entity_info(ContactPoint::kEntity).name) return;
  const ContactPoint contact = crm.load(IdOf<ContactPoint>{saved.at("id").as_int64()});
  if (!may_bring(feed, contact.owner.entity)) not_to_bring(feed, contact.owner.entity, contact.owner.id, number);
}

/// Takes a receipt or shipment away, with the external ids that led to it. One that was never read is passed over.
void take_away(Unit& unit, const ExternalKey& key) {
  const auto ids = unit.list<ExternalId>(where::all(
      {where::eq(ExternalId::kSystem, key.system), where::eq(ExternalId::kKind, key.kind), where::eq(ExternalId::kKey, key.key)}));
  if (ids.empty()) return;
  const RecordRef owner = ids.front().owner;
  if (owner.entity != Receipt::kEntity)
    refuse(Code::already_exists, {"X12.taken", ExternalId::kEntity, ExternalId::kKey, 0, key.key, key.system + "/" + key.kind});
  const Receipt gone = unit.load<Receipt>({owner.id});
  for (const ExternalId& id : unit.list<ExternalId>(
           where::all({where::eq(ExternalId::kOwnerKind, Id{owner.entity}), where::eq(ExternalId::kOwner, owner.id)})))
    unit.erase(ExternalId::kEntity, id.id.value, id.version);
  unit.erase(Receipt::kEntity, gone.id.value, gone.version);
}

}  // namespace

std::int64_t Crm::take_page(HostFeed::Feed feed, const std::string& records) {
  json::array all = array_of(*this, records);
  json::array to_save;
  std::int64_t number = 0;
  const auto save_those = [&] {
    if (to_save.empty()) return;
    const json::value saved = json::parse(save_json(*this, json::serialize(to_save)));
    std::int64_t at = number - std::ssize(to_save);
    for (const json::value& record : saved.get_array()) check_whose(*this, feed, record.get_object(), at++);
    to_save.clear();
  };
  for (json::value& record : all) {
    if (feed == HostFeed::Feed::documents) {
      take_document(*this, record);
      continue;
    }
    check_brought(feed, record, number);
    if (feed != HostFeed::Feed::receipts || !record.is_object() || take_posted(record.get_object())) {
      to_save.push_back(std::move(record));
    } else {
      save_those();  // in the order of the page: it may bring one and take it away
      const json::value* id = record.get_object().if_contains("external_id");
      if (!id) bad_json(JsonAt(record), "external_id: system, kind and key");
      const ExternalKey key = placed("external_id", [&] { return external_key(JsonAt(*id)); });
      writing(*state_, [&](Unit& unit) { take_away(unit, key); });
    }
    ++number;
  }
  save_those();
  return std::ssize(all);
}

namespace {

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
  const Interrupt::Call one = as_one_call();
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
  if (!read) not_supplied(name_of(feed));
  if (pages < 1) refuse(Code::invalid_argument, {"field.range", 0, 0, 0, std::to_string(pages), "pages: 1 or more"});
  const Interrupt::Call one = as_one_call();
  const AsSystem as_system(state_->options);
  FeedReport report;
  do {
    const HostFeed before = reading(*state_, [&](Unit& unit) { return stored_feed(unit, feed); });
    const FeedPage page = ask_host(name_of(feed), read, before.position);
    if (page.more && page.next == before.position)
      throw Error(Code::host, std::vector<Violation>{{"X1.feed_stuck", HostFeed::kEntity, HostFeed::kPosition, 0, page.next, name_of(feed)}});
    if (in_unit()) refuse(Code::misuse, {"handle.transaction", 0, 0, 0, "", "a feed inside a unit of work"});
    auto warnings = as_one([&] {
      report.records += take_page(feed, page.records);
      writing(*state_, [&](Unit& unit) { keep_position(unit, before, page.next); });
      for (auto& [company, touched] : state_->touched) touched.gated = false;  // C11: the gate is not for the host's feeds
    });
    std::ranges::move(warnings, std::back_inserter(report.warnings));
    ++report.pages;
    report.more = page.more;
  } while (report.more && report.pages < pages);
  return report;
}

}  // namespace crm
