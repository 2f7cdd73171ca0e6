// The way up the tree of spheres.
#pragma once

#include "crm/rules/matrix.hpp"

namespace crm {

/// Calls `at(sphere)` for the sphere and those above it until it answers true; a damaged tree with a cycle ends, too.
template <class At>
bool any_upwards(SphereId sphere, const SphereParents& parents, At&& at) {
  for (std::size_t steps = 0; sphere && steps <= parents.size(); ++steps) {
    if (at(sphere)) return true;
    const auto up = parents.find(sphere);
    sphere = up == parents.end() ? SphereId{} : up->second;
  }
  return false;
}

}  // namespace crm
