// Where facts come from: held events with their lines, receipts and shipments, companies that became active (M9, M10).
#pragma once

#include <functional>
#include <optional>
#include <set>

#include "crm/services/plans.hpp"
#include "analytics/analytics.hpp"
#include "main_managers.hpp"

namespace crm {

struct FactsAsked {
  Date from{};                          ///< half-open
  Date to{};
  std::set<PlanCell::Measure> measures;
  EventsCounted counted = EventsCounted::held;
  bool by_product = false;              ///< else events come without their products
  bool by_type = true;                  ///< else sums of events are of any type
  std::optional<std::set<UserId>> users;  ///< theirs alone are asked for; others may come along
};

/// Facts that the asker sees, those of one source together. Drafts are no clients. Out of what is `kept`, if given: facts that fall into the
/// same numbers may then come as one, with the sum of their values, as if of one source.
void each_fact(Unit& unit, const FactsAsked& asked, Analytics* kept, const std::function<void(const CountedFact&)>& take);

}  // namespace crm
