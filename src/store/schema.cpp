#include "crm/store/schema.hpp"

#include "crm/base/error.hpp"

namespace crm {
namespace {

// Permanent numbers of a list that has only grown are its positions; look there first.
template <class Item>
std::size_t place_of(const std::vector<Item>& items, std::size_t no, std::size_t first) {
  const std::size_t guess = no - first;  // wraps far beyond the end when no < first
  if (guess < items.size() && items[guess].no == no) return guess;
  for (std::size_t i = 0; i < items.size(); ++i)
    if (items[i].no == no) return i;
  return items.size();
}

}  // namespace

int EntityDef::position(FieldNo field) const {
  const std::size_t place = place_of(fields, field, kVersion + 1u);
  return place < fields.size() ? static_cast<int>(place) : -1;
}

const EntityDef* Schema::find(EntityNo entity) const {
  const std::size_t place = place_of(entities, entity, 1);
  return place < entities.size() ? &entities[place] : nullptr;
}

const EntityDef& Schema::at(EntityNo entity) const {
  if (const EntityDef* def = find(entity)) return *def;
  throw Error(Code::invalid_argument, {{"entity.unknown", entity, 0, 0, std::to_string(entity), ""}});
}

}  // namespace crm
