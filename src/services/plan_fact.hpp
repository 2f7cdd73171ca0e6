// M9 over a store.
#pragma once

#include "crm/services/plans.hpp"
#include "unit.hpp"

namespace crm {

/// Throws `date.order`, `field.range`, `M9.scope`.
PlanFactReport plan_fact_of(Unit& unit, const PlanFactQuery& query);

}  // namespace crm
