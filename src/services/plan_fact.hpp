// M9 over a store.
#pragma once

#include "crm/services/plans.hpp"
#include "analytics/analytics.hpp"

namespace crm {

/// Out of what is `kept`, where that is given. Throws `date.order`, `field.range`, `M9.scope`.
PlanFactReport plan_fact_of(Unit& unit, const PlanFactQuery& query, Analytics* kept = nullptr);

}  // namespace crm
