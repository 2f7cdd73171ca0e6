/// Documents of the host and what their posting does to events (E8). The documents stay the host's: kept here is what rules ask for.
#pragma once

#include <optional>
#include <string>

#include "crm/base/money.hpp"
#include "crm/base/time.hpp"
#include "crm/model/event.hpp"
#include "crm/model/refs.hpp"

namespace crm {

/// "invoice", "shipment", ...: the host's own list.
struct HostDocumentKind {
  static constexpr EntityNo kEntity = 51;
  enum Field : FieldNo { kCode = 3, kNameRu, kNameEn };

  HostDocumentKindId id;
  Version version = 0;
  std::string code;                   ///< unique
  std::string name_ru;
  std::string name_en;
};

/// A document as the host posted it last; one for each (kind, key).
struct HostDocument {
  static constexpr EntityNo kEntity = 52;
  enum Field : FieldNo { kKind = 3, kKey, kRevision, kPosted, kDate, kCompany, kUser, kNumber, kAmount, kCurrency };

  HostDocumentId id;
  Version version = 0;
  HostDocumentKindId kind;
  std::string key;                    ///< the host's id
  std::int64_t revision = 0;          ///< the host's version of it, growing
  bool posted = false;
  Date date{};
  CompanyId company;
  UserId user;                        ///< responsible on the document
  std::string number;
  std::optional<Money> amount;
};

struct HostDocumentLine {
  static constexpr EntityNo kEntity = 53;
  enum Field : FieldNo { kDocument = 3, kProduct, kQuantity, kAmount, kCurrency };

  IdOf<HostDocumentLine> id;
  Version version = 0;
  HostDocumentId document;
  ProductId product;
  std::optional<Decimal> quantity;
  std::optional<Money> amount;
};

/// An event and a document belong together: by hand, or made so by a rule.
struct EventDocument {
  static constexpr EntityNo kEntity = 54;
  enum Field : FieldNo { kEvent = 3, kDocument };

  IdOf<EventDocument> id;
  Version version = 0;
  EventId event;
  HostDocumentId document;
};

/// What posting of a kind does: makes an event of a type, or acts on open ones of it.
struct DocumentRule {
  static constexpr EntityNo kEntity = 55;
  enum Field : FieldNo { kKind = 3, kName, kDoes, kType, kNode, kSphere, kMinAmount, kCurrency, kProduct, kWindowDays, kAll,
                         kStartDays, kPriority, kPurpose, kResult, kOutcome, kReason, kRetired };
  enum class Does : std::int32_t {
    plan = 0,        ///< makes a planned event, `start_days` after the document at 09:00
    record = 1,      ///< makes a held one on the document's date
    hold = 2,        ///< acts on matching open events
    cancel = 3,
  };

  DocumentRuleId id;
  Version version = 0;
  HostDocumentKindId kind;
  std::string name;
  Does does = Does::hold;
  EventTypeId type;                   ///< of the events made, or acted on
  ClassifierNodeId node;              ///< only documents of companies on this node or below
  SphereId sphere;                    ///< ... with this sphere or one below
  std::optional<Money> min_amount;    ///< ... of that amount or more, in that currency
  ProductId product;                  ///< ... with this product
  std::int32_t window_days = 30;      ///< hold, cancel: events that start no further from the document's date
  bool all = false;                   ///< hold, cancel: all that match; false: the nearest
  std::int32_t start_days = 1;        ///< plan
  Event::Priority priority = Event::Priority::normal;
  std::string purpose;
  std::string result;                 ///< hold, record
  OutcomeId outcome;
  std::string reason;                 ///< cancel
  bool retired = false;
};

/// What a rule did to an event, with what it was before: un-posting undoes exactly this.
struct DocumentEffect {
  static constexpr EntityNo kEntity = 56;
  enum Field : FieldNo { kDocument = 3, kRevision, kRule, kEvent, kMade, kUndone, kOldState, kOldStart, kOldEnd, kOldAllDay, kOldUntil,
                         kOldVerification, kOldResult, kOldOutcome, kOldReason, kOldHeldAt, kNewState, kNewStart, kNewEnd,
                         kNewVerification };

  IdOf<DocumentEffect> id;
  Version version = 0;
  HostDocumentId document;
  std::int64_t revision = 0;
  DocumentRuleId rule;
  EventId event;
  bool made = false;                  ///< the event was made by the rule
  bool undone = false;
  Event::State old_state = Event::State::planned;
  std::optional<Instant> old_start;
  std::optional<Instant> old_end;
  bool old_all_day = false;
  std::optional<Date> old_until;
  Event::Verification old_verification = Event::Verification::not_required;
  std::string old_result;
  OutcomeId old_outcome;
  std::string old_reason;
  std::optional<Instant> old_held_at;
  Event::State new_state = Event::State::planned;  ///< as the rule left it
  std::optional<Instant> new_start;
  std::optional<Instant> new_end;
  Event::Verification new_verification = Event::Verification::not_required;
};

/// How far a feed of the host has been read (X1).
struct HostFeed {
  static constexpr EntityNo kEntity = 59;
  enum Field : FieldNo { kFeed = 3, kPosition, kReadAt };
  enum class Feed : std::int32_t { products = 0, documents = 1, receipts = 2 };

  IdOf<HostFeed> id;
  Version version = 0;
  Feed feed = Feed::products;         ///< unique
  std::string position;               ///< the host's own words
  std::optional<Instant> read_at;
};

}  // namespace crm
