// A planned number out of coarse and finer plan cells (Definitions, plan cell).
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "crm/rules/plan_fact.hpp"

namespace crm {

/// A cell with its place in the organisation: departments from the top down, then the user.
struct PlacedCell {
  const PlannedNumber* cell = nullptr;
  std::vector<RecordRef> path;
};

/// What a number is asked of: all with the same first `depth` steps of the path; no product or type means any.
struct PlanBox {
  std::size_t depth = 0;
  ProductId product;
  EventTypeId type;
  Date from{};
  Date to{};
};

struct PlanTotal {
  std::int64_t sum = 0;
  std::int64_t undistributed = 0;  ///< coarse cells − Σ finer ones
  bool divided = false;            ///< a coarse cell has finer ones
};

/// Σ of two or more cells of users that divide by the same things and whose periods are the same or apart, so that none lies inside another;
/// none if they are not so.
std::optional<std::int64_t> sum_of_apart(std::span<const PlannedNumber* const> cells);

using PlacedCells = std::vector<const PlacedCell*>;

/// `cells` lie inside the box, are of one measure and currency, and no two of them mean the same. Throws `money.overflow`.
PlanTotal plan_total(const PlanBox& box, const PlacedCells& cells);

}  // namespace crm
