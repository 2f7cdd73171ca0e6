/// Rows to entities and back.
#pragma once

#include "crm/meta/meta.hpp"
#include "crm/model/refs.hpp"

namespace crm {

/// Any record as a row with its entity: what the C ABI and JSON speak of.
struct Record {
  const EntityInfo* info = nullptr;
  Row row;

  /// Of no entity.
  Record() = default;
  /// A new one with default values.
  explicit Record(EntityNo entity) : info(&entity_info(entity)), row(info->blank()) {}
  Record(const EntityInfo& entity, Row values) : info(&entity), row(std::move(values)) {}

  [[nodiscard]] EntityNo entity() const { return info->no; }
  /// Borrowed; kId and kVersion included. Throws `field.unknown`.
  [[nodiscard]] Cell get(FieldNo field) const;
  /// Throws `field.unknown`, `field.type`, `field.read_only` (id, version), `field.utf8`, `field.nul`,
  /// `field.enum`, `field.range`.
  void set(FieldNo field, const Cell& value);

  [[nodiscard]] Id id_of(FieldNo field) const { return get(field).as_integer(); }
};

/// What is wrong with `value` for `field` by itself, if anything.
std::optional<Violation> check_value(const EntityInfo& entity, const FieldInfo& field, const Cell& value, Id record);

/// Whether a stored number can be told as what its field means: a date or an instant of the years 1400 to 9999, an entity that there is; 0 or 1.
bool is_in_range(const FieldInfo& field, const Cell& value);

/// Fields → members. `E` is any entity of crm/model.
template <class E>
E from_row(const Row& row) {
  E entity;
  entity.id.value = row.id;
  entity.version = row.version;
  const EntityInfo& info = entity_info(E::kEntity);
  for (std::size_t i = 0; i < info.fields.size(); ++i) info.fields[i].put(&entity, to_cell(row.values[i]));
  return entity;
}

/// Members → fields.
template <class E>
Row to_row(const E& entity) {
  Row row{entity.id.value, entity.version, {}};
  const EntityInfo& info = entity_info(E::kEntity);
  row.values.reserve(info.fields.size());
  for (const FieldInfo& field : info.fields) {
    Cell cell;
    field.get(&entity, cell);
    row.values.push_back(to_value(cell));
  }
  return row;
}

}  // namespace crm
