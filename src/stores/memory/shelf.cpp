#include "shelf.hpp"

#include <algorithm>
#include <utility>

namespace crm::memory {

using rows::cell_at;
using rows::place_of;
using rows::Wanted;

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

bool Index::keeps(const Row& row) const {
  return !def.filled_only || std::ranges::none_of(places, [&](int place) { return cell_at(row, place).is_null(); });
}

Shelf::Shelf(const EntityDef& def) : rows::Shelf(def) {
  for (const IndexDef& index : def.indexes) indexes_.emplace_back(def, index);
  for (const FieldDef& field : def.fields) {
    const int place = place_of(def, field.no);
    const bool led = std::ranges::any_of(indexes_, [&](const Index& i) { return i.places[0] == place && i.finds_by(1); });
    if (field.refers != 0 && !led) indexes_.emplace_back(def, IndexDef{{field.no}, false, true});
  }
}

const Row* Shelf::find(Id id) const {
  const auto row = rows_.find(id);
  return row == rows_.end() ? nullptr : &row->second;
}

std::vector<const Row*> Shelf::candidates(std::span<const Wanted> wanted) const {
  const auto value_at = [&](int place) {
    const auto found = std::ranges::find_if(wanted, [&](const Wanted& w) { return w.place == place && w.is_exact(); });
    return found == wanted.end() ? Cell() : found->low;
  };
  std::vector<const Row*> found;
  if (const Cell id = value_at(rows::kIdPlace); id.kind == Storage::integer) {
    if (const Row* row = find(id.integer)) found.push_back(row);
    return found;
  }
  const Index* best = nullptr;
  std::vector<Cell> longest;
  for (const Index& index : indexes_) {
    std::vector<Cell> prefix;
    for (const int place : index.places) {
      const Cell value = value_at(place);
      if (value.is_null()) break;
      prefix.push_back(value);
    }
    if (prefix.size() > longest.size() && index.finds_by(prefix.size())) {
      best = &index;
      longest = std::move(prefix);
    }
  }
  if (best != nullptr) {
    const auto [begin, end] = best->rows.equal_range(Prefix(longest));
    found.assign(begin, end);
  } else {
    for (const auto& [id, row] : rows_) found.push_back(&row);
  }
  return found;
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
