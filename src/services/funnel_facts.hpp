// M12: what the rules of a funnel find in the base.
#pragma once

#include "crm/services/funnel.hpp"
#include "unit.hpp"

namespace crm {

struct Analytics;

struct FunnelFacts {
  std::vector<FunnelCase> cases;                               ///< by `case_no`
  std::vector<StageEntry> entries;                             ///< in the order of `earlier`
  std::vector<std::pair<std::uint32_t, ProductId>> products;   ///< of each case, sorted, none where an entry has none; if asked by product
};

/// Entries up to `until` of the events and documents that the asker sees; of these companies alone, if any are given. `stages` in their order; `kept`:
/// what may be used, if anything.
FunnelFacts gather_funnel(Unit& unit, const FunnelQuery& query, const Funnel& funnel, const std::vector<FunnelStage>& stages, Instant until,
                          Analytics* kept, const std::vector<Value>& companies = {});

}  // namespace crm
