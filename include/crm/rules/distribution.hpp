/// A total shared out by weights, to the last unit (M8: group entry of plans).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "crm/base/error.hpp"

namespace crm {

struct Distribution {
  std::vector<std::int64_t> parts;    ///< one for each weight, their sum is the total; empty if refused
  std::optional<Violation> refused;   ///< M8.negative_total, M8.negative_weight, M8.no_weights
};

/// Largest remainder: each part is its exact share rounded down, and what is left over goes, a unit each, to the parts that lost most by
/// that, the earlier first. Units are whatever the total is in: kopecks, millionths, events.
Distribution distribute(std::int64_t total, std::span<const std::int64_t> weights);

}  // namespace crm
