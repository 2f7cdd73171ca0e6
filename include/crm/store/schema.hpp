/// What a store is told about the entities it keeps: names, kinds, references, indexes, upgrade steps.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "crm/base/numbers.hpp"
#include "crm/store/value.hpp"

namespace crm {

class Session;

/// What a stored number means, for the read-only views of SQL stores.
enum class Meaning : std::uint8_t {
  plain,
  date,     ///< days since 1970-01-01
  instant,  ///< microseconds since 1970-01-01 UTC
  decimal,  ///< millionths
  money,    ///< minor units of the currency in the next field
  code,     ///< one of `codes`
};

struct FieldDef {
  FieldNo no = 0;
  std::string name;                   ///< snake_case; the column name of SQL stores
  Storage kind = Storage::integer;
  bool required = false;              ///< null is refused (`field.required`)
  EntityNo refers = 0;                ///< a value must be the id of a live row of it (`ref.missing`)
  bool searched = false;              ///< folded text with an index for "contains" (trigrams)
  Meaning meaning = Meaning::plain;
  std::vector<std::pair<std::int64_t, std::string>> codes{};
};

/// Fields in order. `unique` takes nulls as different. `filled_only` keeps rows in which none of its fields is null. A store that can
/// reads the fields it `covers`, too, from the index alone; not of a unique one.
struct IndexDef {
  std::vector<FieldNo> fields;
  bool unique = false;
  bool filled_only = false;
  std::vector<FieldNo> covers{};
};

struct EntityDef {
  EntityNo no = 0;
  std::string name;
  std::vector<FieldDef> fields;  ///< own fields; id and version come by themselves
  std::vector<IndexDef> indexes;
  std::string table{};           ///< what a store with tables calls it; empty: as `name`

  [[nodiscard]] const std::string& table_name() const { return table.empty() ? name : table; }
  /// Position in `fields`, or -1: kId, kVersion and unknown numbers.
  [[nodiscard]] int position(FieldNo field) const;
};

/// One forward step to schema `version`: entities, fields and indexes of the current schema that came with it, and what is to be filled
/// in old rows. All steps of an upgrade are one transaction: first everything they bring is made as it is in the current schema, an
/// entity with the fields and indexes that later steps gave it, then each step fills, in order. A new field stands last of its entity.
struct Migration {
  int version = 0;
  std::vector<EntityNo> new_entities;
  std::vector<std::pair<EntityNo, FieldNo>> new_fields;
  std::vector<std::pair<EntityNo, std::size_t>> new_indexes;  ///< positions in EntityDef::indexes
  std::function<void(Session&)> fill;
  /// Entities with new fields of which old ones are no longer required: their tables are made anew, nobody refers to them. Only new
  /// fields that are searched need to stand in `new_fields`, too.
  std::vector<EntityNo> rebuilt{};
  /// Indexes (positions in EntityDef::indexes) whose fields have changed.
  std::vector<std::pair<EntityNo, std::size_t>> changed_indexes{};
};

struct Schema {
  int version = 1;
  std::vector<EntityDef> entities;
  std::vector<Migration> migrations;  ///< ascending; the first release has none

  /// nullptr if there is none.
  [[nodiscard]] const EntityDef* find(EntityNo entity) const;
  /// Throws `invalid_argument` (`entity.unknown`).
  [[nodiscard]] const EntityDef& at(EntityNo entity) const;
};

}  // namespace crm
