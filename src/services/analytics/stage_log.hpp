// What the cases of a funnel entered, kept in a handle and brought up to date from the change log, company by company.
#pragma once

#include <boost/unordered/unordered_flat_map.hpp>
#include <map>

#include "case_log.hpp"

namespace crm {

/// Not of deals, which companies may share, nor of what events were before they were held, nor by products that a case got later than asked.
class ResidentFunnel {
 public:
  static bool can_keep(Unit& unit, const FunnelQuery& query, const Funnel& funnel);

  /// Entries of all time.
  const CaseLog& up_to_date(Unit& unit, const FunnelQuery& query, const Funnel& funnel, const std::vector<FunnelStage>& stages);

 private:
  static constexpr std::uint32_t kNone = UINT32_MAX;

  std::optional<std::vector<Value>> touched_since(Unit& unit) const;
  void drop(const std::vector<Value>& companies);
  void add(const FunnelFacts& facts);
  void number_cases(std::uint32_t from);

  Version seen_ = -1;
  CaseLog cases_;
  boost::unordered_flat_map<Id, std::uint32_t> newest_;  ///< case of a company
  std::vector<std::uint32_t> next_;                      ///< by case, another one of the same company; kNone: there is none
};

/// By funnel and by which held events count.
using ResidentFunnels = std::map<std::pair<FunnelId, FunnelQuery::Held>, ResidentFunnel>;

}  // namespace crm
