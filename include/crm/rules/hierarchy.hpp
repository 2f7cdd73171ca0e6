/// Trees of supervisors, departments, spheres, dictionary values, classifier nodes (M1, M6, C9, C10).
#pragma once

#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "crm/base/numbers.hpp"

namespace crm {

/// (child, parent); parent 0 is none.
using ParentEdge = std::pair<Id, Id>;

/// The records of one cycle in order of the edges, its first one again at the end; none if it is a forest.
std::optional<std::vector<Id>> find_cycle(std::span<const ParentEdge> child_parent);

/// Those above `child`, nearest first; ends where a cycle closes.
std::vector<Id> chain(Id child, std::span<const ParentEdge> child_parent);

/// `root` and everything below it, level by level, by id inside a level; each once, even in a cycle.
std::vector<Id> subtree(Id root, std::span<const ParentEdge> child_parent);

}  // namespace crm
