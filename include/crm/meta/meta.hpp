/// The field tables: one line a field, from which schema, rows, JSON, C constants and bindings come (X10).
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "crm/base/error.hpp"
#include "crm/base/numbers.hpp"
#include "crm/store/schema.hpp"
#include "crm/store/value.hpp"

namespace crm {

/// What a value means to people; how it is stored follows from it.
enum class Kind : std::int32_t {
  text = 1,
  integer = 2,
  boolean = 3,      ///< stored 0 or 1
  real = 4,
  decimal = 5,      ///< stored in millionths
  money = 6,        ///< minor units; the currency is the field right after it
  currency = 7,     ///< ISO 4217 letters
  date = 8,         ///< stored as days since 1970-01-01
  instant = 9,      ///< stored as microseconds since 1970-01-01 UTC
  enumeration = 10,
  reference = 11,   ///< id of a record of the entity `refers`
  entity = 12,      ///< number of an entity; with the field right after it, a reference to any record
  any_reference = 13,  ///< id of a record of the entity named by the field right before it
};

enum FieldFlag : std::uint32_t {
  kRequired = 1,    ///< never null
  kDerived = 2,     ///< made by the library, whatever is given for it
  kByAction = 4,    ///< changes by actions (hold, dismiss, ...), not by save
  kPersonal = 8,    ///< says something about a person (X7)
  kSearched = 16,   ///< folded key with an index for parts of words
  kImmutable = 32,  ///< given at the first save and never changed
};

/// A value of an enumeration: permanent number, code for JSON and constants, captions.
struct EnumValue {
  std::int32_t number;
  const char* code;
  const char* ru;
  const char* en;
};

struct EnumInfo {
  const char* name;  ///< "event_state"
  std::span<const EnumValue> values;

  [[nodiscard]] const EnumValue* find(std::int64_t number) const;
  [[nodiscard]] const EnumValue* find(std::string_view code) const;
  /// As told to people and programs; of a number that only a later release knows, its digits.
  [[nodiscard]] std::string code(std::int64_t number) const;
  [[nodiscard]] std::string caption(std::int64_t number, Language language) const;
};

struct FieldInfo {
  FieldNo no = 0;
  const char* name = "";            ///< snake_case; references end with _id
  Kind kind = Kind::text;
  std::uint32_t flags = 0;
  EntityNo refers = 0;
  const EnumInfo* values = nullptr;
  const char* ru = "";
  const char* en = "";
  bool narrow = false;              ///< an integer of 32 bits
  bool first_of_member = true;      ///< false: the second column of a two-column member
  void (*get)(const void* entity, Cell& out) = nullptr;
  void (*put)(void* entity, const Cell& in) = nullptr;

  [[nodiscard]] bool has(FieldFlag flag) const { return (flags & flag) != 0; }
};

struct IndexInfo {
  std::array<FieldNo, 8> fields{};  ///< 0 ends
  bool unique = false;
  bool filled_only = false;
  std::array<FieldNo, 6> covers{};  ///< likewise
};

struct EntityInfo {
  EntityNo no = 0;
  const char* name = "";            ///< snake_case; also the table
  const char* ru = "";
  const char* en = "";
  std::span<const FieldInfo> fields;
  std::span<const IndexInfo> indexes;
  /// A row of default values ("a new card").
  Row (*blank)() = nullptr;

  /// nullptr if there is none.
  [[nodiscard]] const FieldInfo* find(FieldNo field) const;
  [[nodiscard]] const FieldInfo* find(std::string_view field_name) const;
  /// Throws `invalid_argument` (`field.unknown`).
  [[nodiscard]] const FieldInfo& at(FieldNo field) const;
  /// Position in `fields` and in `Row::values`; -1 for kId, kVersion and unknown numbers.
  [[nodiscard]] int position(FieldNo field) const;
};

/// All entities by number.
std::span<const EntityInfo* const> entities();
/// nullptr if there is none.
const EntityInfo* find_entity(EntityNo entity);
const EntityInfo* find_entity(std::string_view name);
/// Throws `invalid_argument` (`entity.unknown`).
const EntityInfo& entity_info(EntityNo entity);

/// All enumerations, for constants and forms.
std::span<const EnumInfo* const> enumerations();

/// The caption of a field in an error or a form.
std::string_view caption(const FieldInfo& field, Language language);
std::string_view caption(const EntityInfo& entity, Language language);

/// What a value of a kind looks like, for error messages: "a date, \"2026-03-02\"".
const char* wanted_form(Kind kind);

/// How a kind is stored.
Storage storage_of(Kind kind);

/// The schema of the current release for a store.
Schema current_schema();

}  // namespace crm
