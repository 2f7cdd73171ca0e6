#include "shelf.hpp"

#include <algorithm>
#include <utility>

#include "crm/base/error.hpp"

namespace crm::memory {

int place_of(const EntityDef& def, FieldNo field) {
  if (field == kId) return kIdPlace;
  if (field == kVersion) return kVersionPlace;
  const int place = def.position(field);
  if (place < 0)
    throw Error(Code::invalid_argument, {{"field.unknown", def.no, field, 0, std::to_string(field), def.name}});
  return place;
}

bool ByFields::operator()(const Row* a, const Row* b) const {
  for (const int place : places)
    if (const int side = compare(cell_at(*a, place), cell_at(*b, place)); side != 0) return side < 0;
  return a->id < b->id;
}

int ByFields::side(const Row& row, const Prefix& prefix) const {
  for (std::size_t i = 0; i < prefix.size(); ++i)
    if (const int side = compare(cell_at(row, places[i]), prefix[i]); side != 0) return side;
  return 0;
}

Index::Index(const EntityDef& entity, IndexDef index) : def(std::move(index)) {
  for (const FieldNo field : def.fields) places.push_back(place_of(entity, field));
  rows = std::set<const Row*, ByFields>(ByFields{places});
}

Shelf::Shelf(const EntityDef& def) : def_(def) {
  for (const IndexDef& index : def.indexes) indexes_.emplace_back(def, index);
  for (const FieldDef& field : def.fields)
    if (field.refers != 0 && index_of(place_of(def, field.no)) == nullptr)
      indexes_.emplace_back(def, IndexDef{{field.no}, false, true});
}

const Row* Shelf::find(Id id) const {
  const auto row = rows_.find(id);
  return row == rows_.end() ? nullptr : &row->second;
}

const Index* Shelf::index_of(int place) const {
  const auto found =
      std::find_if(indexes_.begin(), indexes_.end(), [&](const Index& i) { return i.places[0] == place; });
  return found == indexes_.end() ? nullptr : &*found;
}

const Row* Shelf::twin(const Index& unique, const Row& row) const {
  if (!unique.keeps(row)) return nullptr;
  std::vector<Cell> key;
  for (const int place : unique.places) {
    key.push_back(cell_at(row, place));
    if (key.back().is_null()) return nullptr;  // nulls are different from each other
  }
  const auto [begin, end] = unique.equal(key);
  const auto other = std::find_if(begin, end, [&](const Row* r) { return r->id != row.id; });
  return other == end ? nullptr : *other;
}

void Shelf::put(Row row) {
  erase(row.id);
  const Id id = row.id;
  const Row& kept = rows_.emplace(id, std::move(row)).first->second;
  for (Index& index : indexes_)
    if (index.keeps(kept)) index.rows.insert(&kept);
}

void Shelf::erase(Id id) {
  const auto row = rows_.find(id);
  if (row == rows_.end()) return;
  for (Index& index : indexes_) index.rows.erase(&row->second);
  rows_.erase(row);
}

}  // namespace crm::memory
