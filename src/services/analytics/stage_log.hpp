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

/// Of all cases and of each group.
struct FunnelTallies {
  FunnelFrame frame;
  bool with_cases = false;
  FunnelTally total{frame, with_cases};
  std::map<Id, FunnelTally> groups{};

  FunnelTally& group(Id id) { return groups.try_emplace(id, frame, with_cases).first->second; }
  [[nodiscard]] FunnelAnswer answer();
  [[nodiscard]] std::size_t times() const;
};

/// Not of deals, which companies may share, nor of what events were before they were held, nor by products that a case got later than asked.
class ResidentFunnel {
 public:
  static bool can_keep(Unit& unit, const FunnelQuery& query, const Funnel& funnel);

  /// Entries of all time.
  const CaseLog& up_to_date(Unit& unit, Analytics& kept, const FunnelQuery& query, const Funnel& funnel, const std::vector<FunnelStage>& stages);
  /// `change(tallies, standing, by)` adds a case to the tallies (1), or takes it out of them (-1): of all cases the first time, later only of
  /// those that came and went since.
  template <class Change>
  const FunnelAnswer& answer(const FunnelAsked& asked, const FunnelFrame& frame, Change&& change) {
    if (counts_.size() >= kMostAnswers) counts_.clear();
    const auto [at, fresh] = counts_.try_emplace(asked);
    Count& count = at->second;
    if (!fresh && count.seen == changes_.size()) return count.answer;
    try {
      if (!count.tallies) {
        let_go_of_tallies();
        count.tallies.emplace(FunnelTallies{frame});
        cases_.each(frame, [&](const CaseStanding& standing) { change(*count.tallies, standing, 1); });
      } else {
        CaseReader reader(frame);
        for (const auto& one : std::span(changes_).subspan(count.seen))
          cases_.with(one.case_no, frame, reader, [&](const CaseStanding& standing) { change(*count.tallies, standing, one.by); });
      }
    } catch (...) {  // a sum that does not fit, or it was interrupted
      counts_.erase(at);
      throw;
    }
    count.seen = changes_.size();
    count.answer = count.tallies->answer();
    return count.answer;
  }
  [[nodiscard]] std::size_t bytes() const;

 private:
  static constexpr std::size_t kMostAnswers = 200;
  /// A case that came (1) or went (-1).
  struct Came {
    std::uint32_t case_no = 0;
    int by = 1;
  };
  struct Count {
    std::optional<FunnelTallies> tallies;
    FunnelAnswer answer;
    std::size_t seen = 0;                                ///< so many of `changes_`
  };
  void let_go_of_tallies();
  void forget_counts();

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
  std::vector<Came> changes_;                            ///< since anything was counted
  std::map<FunnelAsked, Count> counts_;
};

/// By funnel and by which held events count.
using ResidentFunnels = std::map<std::pair<FunnelId, EventsCounted>, ResidentFunnel>;

}  // namespace crm
