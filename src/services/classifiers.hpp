// C10: what stands where in a classifier of any kind.
#pragma once

#include <map>

#include "analytics/bytes.hpp"
#include "unit.hpp"

namespace crm {

struct ClassifierPlaces {
  std::vector<ClassifierCount> nodes;      ///< with their parents; nothing is counted yet
  std::vector<std::pair<Id, Id>> records;  ///< a record and the node it stands on itself, as the asker sees them
};

/// Of a classifier by spheres its kind alone is looked at.
ClassifierPlaces placed_in(Unit& unit, const Classifier& classifier);
/// Each record with each node that it stands on or below, once.
std::vector<std::pair<Id, Id>> with_nodes_above(const ClassifierPlaces& placed);

/// By which groups records are counted.
struct RecordGroups {
  /// With the day, what they follow from.
  static constexpr auto kFollowsFrom = {Classifier::kEntity,  ClassifierNode::kEntity, ClassifierPlacement::kEntity, Characteristic::kEntity,
                                        NumberValue::kEntity, DictionaryValue::kEntity, Sphere::kEntity,             CompanySphere::kEntity,
                                        Assignment::kEntity,  User::kEntity,            Employment::kEntity};

  std::vector<std::pair<Id, Id>> places;   ///< a record and a node; sorted
  std::map<Id, std::string> names;         ///< of nodes

  [[nodiscard]] std::size_t bytes() const { return bytes_of(places) + bytes_of_nodes(names); }
  static RecordGroups of(Unit& unit, const Classifier& classifier);
};

}  // namespace crm
