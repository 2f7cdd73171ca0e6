#include "facts.hpp"

namespace crm::years {
namespace {

struct Hash {
  std::uint64_t value = 14695981039346656037u;  // FNV-1a

  void add(const void* bytes, std::size_t size) {
    for (const auto* at = static_cast<const unsigned char*>(bytes); size; --size) value = (value ^ *at++) * 1099511628211u;
  }
  void add(std::int64_t number) { add(&number, sizeof number); }
};

}  // namespace

Facts::Facts(Session& session, const Schema& schema) : last(session.last_change()) {
  for (const EntityDef& entity : schema.entities) {
    Query query;
    query.entity = entity.no;
    query.columns = {kId, kVersion};
    for (const FieldDef& field : entity.fields) query.columns.emplace_back(field.no);
    const auto cursor = session.select(query);
    auto& of_entity = rows[entity.no];
    while (const Cell* cells = cursor->next()) {
      Row row{cells[0].integer, cells[1].integer, {}};
      row.values.reserve(entity.fields.size());
      for (std::size_t i = 0; i < entity.fields.size(); ++i) row.values.push_back(to_value(cells[i + 2]));
      of_entity.emplace(row.id, std::move(row));
    }
  }
}

std::uint64_t Facts::hash() const {
  Hash hash;
  for (const auto& [entity, of_entity] : rows)
    for (const auto& [id, row] : of_entity) {
      hash.add(entity);
      hash.add(id);
      hash.add(row.version);
      for (const Value& value : row.values) {
        const Cell cell = to_cell(value);
        hash.add(static_cast<std::int64_t>(cell.kind));
        if (cell.kind == Storage::integer) hash.add(cell.integer);
        if (cell.kind == Storage::real) hash.add(&cell.real, sizeof cell.real);
        if (cell.kind == Storage::text || cell.kind == Storage::bytes) hash.add(cell.text, cell.size);
      }
    }
  return hash.value;
}

}  // namespace crm::years
