// What the cases of a funnel entered, kept in a handle and brought up to date from the change log, company by company.
#pragma once

#include <boost/unordered/unordered_flat_map.hpp>
#include <map>
#include <tuple>

#include "case_log.hpp"

namespace crm {

struct Analytics;

/// What is asked of a funnel: the frame, the groups, and of which version these are.
using FunnelAsked = std::tuple<FunnelFrame::Definition, Instant, Instant, Instant, FunnelQuery::By, ClassifierId, Version>;

struct FunnelAnswer {
  FunnelCount total;
  std::vector<std::pair<Id, FunnelCount>> rows;   ///< of groups, by id
};

/// Not of deals, which companies may share, nor of what events were before they were held, nor by products that a case got later than asked.
class ResidentFunnel {
 public:
  static bool can_keep(Unit& unit, const FunnelQuery& query, const Funnel& funnel);

  /// Entries of all time.
  const CaseLog& up_to_date(Unit& unit, Analytics& kept, const FunnelQuery& query, const Funnel& funnel, const std::vector<FunnelStage>& stages);
  /// What `count()` gives, which is asked anew only if a case has changed since.
  template <class Count>
  FunnelAnswer answer(const FunnelAsked& asked, Count&& count) {
    constexpr std::size_t kMostAnswers = 200;
    if (answers_.size() >= kMostAnswers) answers_.clear();
    const auto known = answers_.find(asked);
    return known != answers_.end() ? known->second : answers_.emplace(asked, count()).first->second;
  }

 private:
  static constexpr std::uint32_t kNone = UINT32_MAX;

  std::optional<std::vector<Value>> touched_since(Unit& unit) const;
  void replace(const std::vector<Value>& companies, const FunnelFacts& facts);
  [[nodiscard]] bool is_as_before(CompanyId company, const std::vector<FunnelCase>& cases, std::span<const std::span<const StageEntry>> entries) const;
  void drop(CompanyId company);
  void add(const std::vector<FunnelCase>& cases, std::span<const StageEntry> entries);
  void number_cases(std::uint32_t from);

  Version seen_ = -1;
  CaseLog cases_;
  boost::unordered_flat_map<Id, std::uint32_t> newest_;  ///< case of a company
  std::vector<std::uint32_t> next_;                      ///< by case, another one of the same company; kNone: there is none
  std::map<FunnelAsked, FunnelAnswer> answers_;
};

/// By funnel and by which held events count.
using ResidentFunnels = std::map<std::pair<FunnelId, EventsCounted>, ResidentFunnel>;

}  // namespace crm
