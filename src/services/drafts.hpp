// Companies that are drafts: no clients yet, so that reports and matrices leave them out.
#pragma once

#include "unit.hpp"

namespace crm {

struct Analytics;

/// Their ids, ascending; as `kept` has them, if it is given.
std::vector<Id> draft_companies(Unit& unit, Analytics* kept);

}  // namespace crm
