/// Extra characteristics and their dictionaries (C6), classifiers (C10), completeness profiles (C11): set-up data.
#pragma once

#include <optional>
#include <string>

#include "crm/base/time.hpp"
#include "crm/model/refs.hpp"

namespace crm {

/// C6: справочник of values, may be a tree.
struct Dictionary {
  static constexpr EntityNo kEntity = 28;
  enum Field : FieldNo { kName = 3 };

  DictionaryId id;
  Version version = 0;
  std::string name;
};

/// Retired, never deleted.
struct DictionaryValue {
  static constexpr EntityNo kEntity = 29;
  enum Field : FieldNo { kDictionary = 3, kParent, kText, kRetired };

  DictionaryValueId id;
  Version version = 0;
  DictionaryId dictionary;
  DictionaryValueId parent;
  std::string text;
  bool retired = false;
};

/// C6: дополнительная характеристика of companies, employees, events or users.
struct Characteristic {
  static constexpr EntityNo kEntity = 30;
  enum Field : FieldNo { kCode = 3, kNameRu, kNameEn, kAppliesTo, kKind, kDictionary, kMany, kRetired };
  enum class Kind : std::int32_t { text = 0, integer = 1, decimal = 2, money = 3, boolean = 4, date = 5, time = 6,
                                   dictionary = 7 };

  CharacteristicId id;
  Version version = 0;
  std::string code;               ///< unique
  std::string name_ru;
  std::string name_en;
  EntityNo applies_to = 0;        ///< entity number of Company, Employee, Event or User
  Kind kind = Kind::text;
  DictionaryId dictionary;        ///< of kind dictionary
  bool many = false;              ///< several values of the dictionary
  bool retired = false;
};

/// A value that is a number: integer, millionths, minor units (of the organisation's currency), 0/1, days since
/// 1970-01-01, microseconds of the day, or the id of a dictionary value.
struct NumberValue {
  static constexpr EntityNo kEntity = 31;
  enum Field : FieldNo { kOwnerKind = 3, kOwner, kCharacteristic, kOrdinal, kValue };

  IdOf<NumberValue> id;
  Version version = 0;
  RecordRef owner;
  CharacteristicId characteristic;
  std::int32_t ordinal = 0;
  std::int64_t value = 0;
};

struct TextValue {
  static constexpr EntityNo kEntity = 32;
  enum Field : FieldNo { kOwnerKind = 3, kOwner, kCharacteristic, kOrdinal, kValue, kKey };

  IdOf<TextValue> id;
  Version version = 0;
  RecordRef owner;
  CharacteristicId characteristic;
  std::int32_t ordinal = 0;
  std::string value;
  std::string key;                ///< derived: folded
};

/// C10: a way to group companies or users.
struct Classifier {
  static constexpr EntityNo kEntity = 33;
  enum Field : FieldNo { kName = 3, kAppliesTo, kKind, kCharacteristic, kOwner };
  enum class Kind : std::int32_t { manual = 0, characteristic = 1, manager = 2, sphere = 3 };

  ClassifierId id;
  Version version = 0;
  std::string name;
  EntityNo applies_to = 0;        ///< entity number of Company or User
  Kind kind = Kind::manual;
  CharacteristicId characteristic;
  UserId owner;                   ///< private to him; empty = shared
};

/// A node of a hand-made classifier.
struct ClassifierNode {
  static constexpr EntityNo kEntity = 34;
  enum Field : FieldNo { kClassifier = 3, kParent, kName, kRank };

  ClassifierNodeId id;
  Version version = 0;
  ClassifierId classifier;
  ClassifierNodeId parent;
  std::string name;
  std::int32_t rank = 0;          ///< the higher one decides where several profiles could apply
};

/// A company or user placed on a node by hand.
struct ClassifierPlacement {
  static constexpr EntityNo kEntity = 35;
  enum Field : FieldNo { kNode = 3, kRecordKind, kRecord };

  IdOf<ClassifierPlacement> id;
  Version version = 0;
  ClassifierNodeId node;
  RecordRef record;
};

/// C11: what a full card is, for the companies on a classifier node, or for all others (no node).
struct Profile {
  static constexpr EntityNo kEntity = 36;
  enum Field : FieldNo { kName = 3, kNode, kThreshold, kActive };

  ProfileId id;
  Version version = 0;
  std::string name;
  ClassifierNodeId node;          ///< empty: the default profile
  std::int32_t threshold = 0;     ///< 0..100; a lower score is refused by the gate
  bool active = true;
};

/// C11: one weighted criterion of a profile.
struct Criterion {
  static constexpr EntityNo kEntity = 37;
  enum Field : FieldNo { kProfile = 3, kSubject, kFieldNo, kCharacteristic, kAtLeast, kWeight, kHard };
  /// What is looked at. `field` is a field of the company (field_no), `characteristic` one of C6; the others count
  /// rows of the card.
  enum class Subject : std::int32_t {
    field = 0, characteristic = 1, phone = 2, email = 3, employee = 4, employee_with_phone = 5,
    legal_entity = 6, legal_entity_with_inn = 7, legal_entity_with_kpp = 8, bank_account = 9, sphere = 10,
    current_manager = 11, address = 12, address_on_map = 13, document = 14,
  };

  IdOf<Criterion> id;
  Version version = 0;
  ProfileId profile;
  Subject subject = Subject::field;
  std::int32_t field_no = 0;
  CharacteristicId characteristic;
  std::int32_t at_least = 1;      ///< N of "at least N"
  std::int32_t weight = 1;        ///< 1..1000
  bool hard = false;              ///< the gate refuses without it
};

}  // namespace crm
