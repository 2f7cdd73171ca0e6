// C10: what stands where in a classifier of any kind.
#pragma once

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

}  // namespace crm
