/// The client card (C1-C5, C9): the company and what hangs on it.
#pragma once

#include <optional>
#include <string>

#include "crm/base/money.hpp"
#include "crm/base/time.hpp"
#include "crm/model/refs.hpp"

namespace crm {

/// C1. Status goes draft -> active <-> archived, never back to draft.
struct Company {
  static constexpr EntityNo kEntity = 6;
  enum Field : FieldNo { kName = 3, kShortName, kStatus, kSource, kComment, kCreatedAt, kCreatedBy,
                         kActivatedOn, kScore, kScoreValidUntil, kPhone, kEmail, kSearchKey };
  enum class Status : std::int32_t { draft = 0, active = 1, archived = 2 };

  CompanyId id;
  Version version = 0;
  std::string name;
  std::string short_name;
  Status status = Status::draft;
  std::string source;
  std::string comment;
  std::optional<Instant> created_at;       ///< set at the first save
  UserId created_by;
  std::optional<Date> activated_on;        ///< set when it becomes active
  std::optional<std::int32_t> score;       ///< C11, 0..100, derived; of the card as saved last
  std::optional<Date> score_valid_until;   ///< from this day the score must be computed anew; derived
  std::string phone;                       ///< primary phone as typed, derived from the contact points
  std::string email;                       ///< primary e-mail, derived
  std::string search_key;                  ///< derived
};

/// A phone, e-mail, site or messenger of a company or of an employee (C1, C4).
struct ContactPoint {
  static constexpr EntityNo kEntity = 7;
  enum Field : FieldNo { kOwnerKind = 3, kOwner, kKind, kValue, kKey, kNote, kPrimary };
  enum class Kind : std::int32_t { phone = 0, email = 1, site = 2, messenger = 3 };

  IdOf<ContactPoint> id;
  Version version = 0;
  RecordRef owner;         ///< a company or an employee
  Kind kind = Kind::phone;
  std::string value;       ///< as typed
  std::string key;         ///< derived: E.164 or digits of a phone, folded text otherwise
  std::string note;
  bool primary = false;    ///< one per owner and kind
};

/// C2, юридическое лицо. Requisites are optional; those given must be valid.
struct LegalEntity {
  static constexpr EntityNo kEntity = 8;
  enum Field : FieldNo { kCompany = 3, kForm, kName, kCountry, kInn, kKpp, kOgrn, kTaxId, kAddress, kDirector,
                         kFrom, kTo, kUnchecked };
  /// Decides which requisites apply: an organisation has ИНН-10, КПП and ОГРН, an entrepreneur (ИП) has ИНН-12
  /// and ОГРНИП and no КПП; a foreign one has a free tax id and none of them.
  enum class Form : std::int32_t { organisation = 0, entrepreneur = 1, foreign = 2 };

  LegalEntityId id;
  Version version = 0;
  CompanyId company;
  Form form = Form::organisation;
  std::string name;             ///< full name
  std::string country = "RU";   ///< ISO 3166-1
  std::string inn;
  std::string kpp;
  std::string ogrn;             ///< ОГРН or ОГРНИП
  std::string tax_id;           ///< of a foreign entity
  std::string address;          ///< legal address
  std::string director;
  std::optional<Date> from;
  std::optional<Date> to;
  bool unchecked = false;       ///< imported with requisites that failed their checks
};

/// A bank account of a legal entity (C2).
struct BankAccount {
  static constexpr EntityNo kEntity = 9;
  enum Field : FieldNo { kLegalEntity = 3, kBik, kAccount, kCorrespondent, kAtCentralBank, kBank, kFrom, kTo, kUnchecked };

  IdOf<BankAccount> id;
  Version version = 0;
  LegalEntityId legal_entity;
  std::string bik;              ///< БИК of the bank that keeps it
  std::string account;          ///< 20 digits
  std::string correspondent;    ///< 20 digits, kept at the Bank of Russia
  bool at_central_bank = false; ///< the account itself is kept at the Bank of Russia
  std::string bank;
  std::optional<Date> from;
  std::optional<Date> to;
  bool unchecked = false;       ///< imported with requisites that failed their checks
};

/// C3: a link to a file; the file stays the host's.
struct Document {
  static constexpr EntityNo kEntity = 10;
  enum Field : FieldNo { kOwnerKind = 3, kOwner, kTitle, kUri, kKind, kAddedBy, kAddedAt };

  IdOf<Document> id;
  Version version = 0;
  RecordRef owner;              ///< a company, employee, event or user
  std::string title;
  std::string uri;
  std::string kind;
  UserId added_by;
  std::optional<Instant> added_at;
};

/// C4: a person of the client.
struct Employee {
  static constexpr EntityNo kEntity = 11;
  enum Field : FieldNo { kCompany = 3, kLastName, kFirstName, kMiddleName, kPosition, kBirthday, kLeftOn, kComment,
                         kPhone, kEmail, kSearchKey };

  EmployeeId id;
  Version version = 0;
  CompanyId company;
  std::string last_name;
  std::string first_name;
  std::string middle_name;
  std::string position;
  std::optional<Date> birthday;
  std::optional<Date> left_on;  ///< first day no longer there; empty = active
  std::string comment;
  std::string phone;            ///< primary phone as typed, derived
  std::string email;            ///< primary e-mail, derived
  std::string search_key;       ///< derived: folded name, phone digits, e-mails
};

/// C5. A settlement without streets is legal.
struct Address {
  static constexpr EntityNo kEntity = 12;
  enum Field : FieldNo { kCompany = 3, kCountry, kRegion, kDistrict, kSettlement, kStreet, kHouse, kBuilding, kUnit,
                         kPostcode, kFias, kLatitude, kLongitude, kSource, kPrecision, kPrimary };
  enum class Precision : std::int32_t { none = 0, settlement = 1, street = 2, house = 3 };

  IdOf<Address> id;
  Version version = 0;
  CompanyId company;
  std::string country;
  std::string region;
  std::string district;
  std::string settlement;
  std::string street;
  std::string house;            ///< with fraction, корпус and letter
  std::string building;         ///< name of a building
  std::string unit;             ///< unit, floor, comment
  std::string postcode;
  std::string fias;
  std::optional<double> latitude;   ///< degrees, WGS 84
  std::optional<double> longitude;
  std::string source;               ///< of the position
  Precision precision = Precision::none;
  bool primary = false;
};

/// C9: сферы бизнеса, a tree.
struct Sphere {
  static constexpr EntityNo kEntity = 13;
  enum Field : FieldNo { kName = 3, kParent, kRetiredOn };

  SphereId id;
  Version version = 0;
  std::string name;
  SphereId parent;
  std::optional<Date> retired_on;
};

struct CompanySphere {
  static constexpr EntityNo kEntity = 14;
  enum Field : FieldNo { kCompany = 3, kSphere };

  IdOf<CompanySphere> id;
  Version version = 0;
  CompanyId company;
  SphereId sphere;
};

/// C7: a line of the assignment ledger. Ended, never deleted.
struct Assignment {
  static constexpr EntityNo kEntity = 15;
  enum Field : FieldNo { kCompany = 3, kUser, kRole, kFrom, kTo, kReason, kEndReason, kBy };
  enum class Role : std::int32_t { main = 0, assistant = 1 };

  IdOf<Assignment> id;
  Version version = 0;
  CompanyId company;
  UserId user;
  Role role = Role::main;
  std::optional<Date> from;
  std::optional<Date> to;
  std::string reason;
  std::string end_reason;
  UserId by;
};

/// X12: the host's own id of a record, unique by (system, kind, key).
struct ExternalId {
  static constexpr EntityNo kEntity = 16;
  enum Field : FieldNo { kSystem = 3, kKind, kKey, kOwnerKind, kOwner };

  IdOf<ExternalId> id;
  Version version = 0;
  std::string system;
  std::string kind;
  std::string key;
  RecordRef owner;
};

/// M10: money received from a client or goods shipped to it; the host owns it.
struct Receipt {
  static constexpr EntityNo kEntity = 17;
  enum Field : FieldNo { kCompany = 3, kKind, kDate, kAmount, kCurrency, kProduct, kQuantity, kUser, kNumber };
  enum class Kind : std::int32_t { receipt = 0, shipment = 1 };

  IdOf<Receipt> id;
  Version version = 0;
  CompanyId company;
  Kind kind = Kind::receipt;
  std::optional<Date> date;         ///< of the host's document
  std::optional<Money> amount;      ///< negative for a return
  ProductId product;
  std::optional<Decimal> quantity;
  UserId user;                      ///< responsible on the host's record
  std::string number;
};

}  // namespace crm
