/// What the host supplies (X1). Every part is optional. Each is called on the thread of the call that needs it, inside that call; what it
/// throws is told as an error of code `host` (`X1.host`), and nothing is half done.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "crm/base/error.hpp"
#include "crm/model/entities.hpp"
#include "crm/services/outbox.hpp"
#include "crm/store/store.hpp"

namespace crm {

/// A place on Earth, WGS 84.
struct GeoPoint {
  double latitude = 0;   ///< degrees, -90..90
  double longitude = 0;  ///< degrees, -180..180
  Address::Precision precision = Address::Precision::house;
};

/// A part of what has changed in the host since the position asked for.
struct FeedPage {
  /// A JSON array. Products and receipts: records as `save_json` takes them, each with its external id. Documents: as `post_document_json`
  /// takes them. The feed of products brings products and cards of clients (company, legal entity, bank account, contact, employee, address), that of
  /// receipts receipts and these; a page with a record of anything else, a user or a role, is `denied` whole (`X1.feed_entity`).
  /// What was un-posted comes with "posted": false: a document by its kind and key, a receipt or shipment by its external id; it is taken away, since
  /// un-posted ones do not exist (Definitions, Numbers), and one that never came before is passed over.
  std::string records;
  std::string next;      ///< where the next page begins; kept with what was read
  bool more = false;     ///< there is a next page already
};

struct HostPort {
  /// Now. Without it: the system's clock. Either must show a year from 1900 to 2200, else every call that asks it is refused (`clock.range`,
  /// as `host` or `refused`).
  std::function<Instant()> clock;
  /// Shows or sends a notice, during `tick`; throws why it could not. Without it: notices wait to be claimed.
  std::function<void(const NoticeMessage&)> deliver;
  /// The place of an address, asked with `geocoder_query`; none if it is not found. Without it: `Crm::geocode` is `unsupported`.
  std::function<std::optional<GeoPoint>(const std::string& query)> geocode;
  /// Whether the file of a document is there. Without it: links are taken as they are.
  std::function<bool(const std::string& uri)> file_exists;
  /// Why this user may not make this change, "" if he may: asked after the rights of the library itself, before anything is written.
  /// It can refuse and never allow. A characteristic is an update of the record that has it. Without it: the rights of the library alone.
  /// Not asked when the host acts.
  std::function<std::string(UserId user, RecordRef record, Do what)> authorise;
  /// The host's products, documents, receipts and shipments from a position on ("" = from the beginning), for `Crm::read_feed`. Without
  /// it: they are given by `save_json` and `post_document`.
  std::function<FeedPage(const std::string& after)> products;
  std::function<FeedPage(const std::string& after)> documents;
  std::function<FeedPage(const std::string& after)> receipts;
};

struct FeedReport {
  std::int64_t records = 0;
  std::int64_t pages = 0;
  bool more = false;     ///< the limit of pages was reached: call again
  std::vector<Violation> warnings;  ///< cards that fell below the threshold: the gate is not for what the host feeds (C11)
};

/// Throws `code` (`clock.range`) unless it is an instant that a clock may show: what is written by a wrong one stays.
void check_clock(Instant now, Code code);

}  // namespace crm
