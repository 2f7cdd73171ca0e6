// What the cases of a funnel entered, kept in a handle and brought up to date from the change log, company by company.
#pragma once

#include <map>

#include "services/funnel_facts.hpp"

namespace crm {

/// Not of deals, which companies may share, nor of what events were before they were held, nor by products that a case got later than asked.
class ResidentFunnel {
 public:
  static bool can_keep(Unit& unit, const FunnelQuery& query, const Funnel& funnel);

  /// Entries of all time. A case whose company is none was replaced by a newer one and counts no longer.
  const FunnelFacts& up_to_date(Unit& unit, const FunnelQuery& query, const Funnel& funnel, const std::vector<FunnelStage>& stages);

 private:
  std::optional<std::vector<Value>> touched_since(Unit& unit) const;
  void replace(const std::vector<Value>& companies, FunnelFacts fresh);

  Version seen_ = -1;
  std::size_t replaced_ = 0;       ///< cases
  FunnelFacts facts_;
  std::unordered_map<Id, std::vector<std::uint32_t>> cases_;   ///< of a company
};

/// By funnel and by which held events count.
using ResidentFunnels = std::map<std::pair<FunnelId, FunnelQuery::Held>, ResidentFunnel>;

}  // namespace crm
