// M12 over a store: who asks what, in which groups.
#include "crm/services/funnel.hpp"

#include <algorithm>
#include <map>

#include "access.hpp"
#include "analytics/analytics.hpp"
#include "classifiers.hpp"
#include "crm/base/text.hpp"
#include "events_counted.hpp"
#include "funnel_facts.hpp"
#include "sizes.hpp"

namespace crm {
namespace {

using Definition = FunnelFrame::Definition;
using By = FunnelQuery::By;

void check(const FunnelQuery& query) {
  check_held(query.counted);
  static constexpr const char* kNames[] = {"snapshot", "active", "entry_cohort"};
  const bool period = query.definition != Definition::snapshot;
  const bool right = period ? query.from && query.to && *query.from < *query.to : !query.from && !query.to;
  if (!right || (query.as_of && query.definition == Definition::active))
    refuse(Code::invalid_argument, {"M12.period", 0, 0, 0, kNames[static_cast<int>(query.definition)], ""});
}

class FunnelMaker {
 public:
  /// `kept`: what may be used and added to, if anything.
  FunnelMaker(Unit& unit, const FunnelQuery& query, Analytics* kept) : unit_(unit), query_(query), kept_(kept) {}

  FunnelReport make() {
    report_.funnel = unit_.load(query_.funnel);
    report_.stages = unit_.list<FunnelStage>(where::eq(FunnelStage::kFunnel, query_.funnel.value), {{FunnelStage::kPlace}});
    if (report_.stages.empty())
      refuse(Code::refused, {"M12.no_stages", Funnel::kEntity, 0, query_.funnel.value, report_.funnel.code, ""});
    read_frame();
    read_groups();
    const FunnelFrame& frame = report_.frame;
    const Instant until = frame.definition == Definition::active ? frame.to - std::chrono::microseconds(1) : frame.at;
    if (kept_ && ResidentFunnel::can_keep(unit_, query_, report_.funnel)) {
      ResidentFunnel& resident = kept_->funnels[{query_.funnel, query_.counted}];
      resident_ = &resident.up_to_date(unit_, *kept_, query_, report_.funnel, report_.stages);
      const FunnelAsked asked{frame.definition, frame.from, frame.to, frame.at, query_.by, query_.classifier, groups_version_};
      tell(resident.answer(asked, frame, [&](FunnelTallies& tallies, const CaseStanding& standing, int by) { change(tallies, standing, standing, by); }));
    } else {
      gathered_ = gather_funnel(unit_, query_, report_.funnel, report_.stages, until, kept_);
      tell(count_gathered());
    }
    tell_additivity();
    return std::move(report_);
  }

 private:
  void read_frame() {
    FunnelFrame& frame = report_.frame;
    frame.stages = static_cast<std::int32_t>(report_.stages.size());
    frame.definition = query_.definition;
    if (query_.from) frame.from = unit_.zone().start_of(*query_.from);
    if (query_.to) frame.to = unit_.zone().start_of(*query_.to);
    if (query_.definition != Definition::active)
      frame.at = unit_.zone().start_of(query_.as_of.value_or(unit_.today()) + std::chrono::days(1)) - std::chrono::microseconds(1);
  }

  /// A company, or a manager, may stand in several groups.
  void read_groups() {
    if (query_.by != By::sphere && query_.by != By::classifier) return;
    Classifier classifier;
    classifier.applies_to = Company::kEntity;
    classifier.kind = Classifier::Kind::sphere;
    if (query_.by == By::classifier) {
      classifier = unit_.load(query_.classifier);
      unit_.access().check_seen({Classifier::kEntity, query_.classifier.value});
    }
    of_users_ = classifier.applies_to == User::kEntity;
    const auto read = [&] { return RecordGroups::of(unit_, classifier); };
    if (!kept_) {
      groups_ = &(own_groups_ = read());
      return;
    }
    Kept<RecordGroups>& kept = kept_->groups[classifier.id];
    groups_ = &kept.get(unit_, kept_->changes, RecordGroups::kFollowsFrom, unit_.today(), read);
    groups_version_ = kept.version();
  }

  void groups_of(const CaseStanding& standing, std::int32_t stage, std::vector<Id>& found) const {
    found.clear();
    switch (query_.by) {
      case By::nothing: return;
      case By::manager: found.push_back(manager_of(report_.frame, standing, stage).value); return;
      case By::product:
        if (report_.funnel.case_of == Funnel::Case::company_product) {
          found.push_back((resident_ ? resident_->product(standing.case_no) : gathered_.cases[standing.case_no].product).value);
        } else {
          for (const auto& [no, product] : std::ranges::equal_range(gathered_.products, standing.case_no, {}, [](const auto& p) { return p.first; }))
            found.push_back(product.value);
        }
        return;
      case By::sphere:
      case By::classifier: break;
    }
    const CompanyId company = resident_ ? resident_->company(standing.case_no) : gathered_.cases[standing.case_no].company;
    const Id record = of_users_ ? manager_of(report_.frame, standing, stage).value : company.value;
    for (const auto& [one, node] : std::ranges::equal_range(groups_->places, record, {}, [](const auto& p) { return p.first; }))
      found.push_back(node);
    if (found.empty()) found.push_back(0);
  }

  /// Adds a case to its groups and to all, or takes it out. `numbered`: as the report numbers it.
  void change(FunnelTallies& tallies, const CaseStanding& standing, const CaseStanding& numbered, int by) {
    unit_.check_interrupt();
    const auto change_one = [&](FunnelTally& tally, auto... stage) { by > 0 ? tally.add(numbered, stage...) : tally.remove(numbered, stage...); };
    change_one(tallies.total);
    if (query_.by == By::nothing) return;
    if (query_.definition != Definition::active) {  // it has the same groups at each stage
      groups_of(standing, 1, groups_found_);
      for (Id group : groups_found_) change_one(tallies.group(group));
      return;
    }
    for (std::int32_t stage = 1; stage <= standing.position; ++stage) {
      if (!standing.counted[static_cast<std::size_t>(stage) - 1]) continue;
      groups_of(standing, stage, groups_found_);
      for (Id group : groups_found_) change_one(tallies.group(group), stage);
    }
  }

  FunnelAnswer count_gathered() {
    FunnelTallies tallies{report_.frame, query_.with_ids};
    each_case(report_.frame, gathered_.entries, [&](const CaseStanding& standing) {
      CaseStanding numbered = standing;
      if (query_.with_ids) numbered.case_no = tell_case(standing);
      change(tallies, standing, numbered, 1);
    });
    return tallies.answer();
  }

  void tell(FunnelAnswer answer) {
    report_.total.count = std::move(answer.total);
    for (auto& [group, count] : answer.rows) report_.rows.push_back({group, name_of(group), std::move(count)});
    if (!report_.rows.empty() && report_.rows.front().group == 0) std::ranges::rotate(report_.rows, report_.rows.begin() + 1);
  }

  std::uint32_t tell_case(const CaseStanding& standing) {
    FunnelCase& one = report_.cases.emplace_back(gathered_.cases[standing.case_no]);
    for (const StageEntry& entry : standing.entries) {
      if (entry.document) {
        one.documents.push_back({entry.source});
      } else {
        one.events.push_back({entry.source});
      }
    }
    const auto once = [](auto& ids) {
      std::ranges::sort(ids);
      const auto twice = std::ranges::unique(ids);
      ids.erase(twice.begin(), twice.end());
    };
    once(one.events);
    once(one.documents);
    return static_cast<std::uint32_t>(report_.cases.size() - 1);
  }

  std::string name_of(Id group) {
    if (group == 0) return "";
    if (query_.by == By::product) return unit_.load(ProductId{group}).name;
    if (query_.by != By::manager) return groups_->names.at(group);
    const User user = unit_.load(UserId{group});
    return short_name(user.last_name, user.first_name, user.middle_name);
  }

  void tell_additivity() {
    const bool one_product = report_.funnel.case_of == Funnel::Case::company_product;
    report_.additive = query_.by == By::nothing || query_.by == By::manager || (query_.by == By::product && one_product);
    report_.distinct_additive = report_.additive && !(query_.by == By::manager && query_.definition == Definition::active);
    report_.stages_additive = query_.definition == Definition::snapshot;
  }

  Unit& unit_;
  const FunnelQuery& query_;
  bool of_users_ = false;
  const RecordGroups* groups_ = nullptr;
  RecordGroups own_groups_;
  Version groups_version_ = 0;
  Analytics* const kept_;
  const CaseLog* resident_ = nullptr;   ///< if not gathered
  FunnelFacts gathered_;
  std::vector<Id> groups_found_;
  FunnelReport report_;
};

}  // namespace

FunnelReport Crm::funnel(const FunnelQuery& asked) {
  check(asked);
  FunnelQuery query = asked;
  for (auto* filter : {&query.events, &query.companies}) {
    if (!*filter) continue;
    check_size(limits(), **filter);
    (*filter)->by_user = true;
  }
  return reading(*state_, [&](Unit& unit) {
    const KeptWithin within(*state_);
    return FunnelMaker(unit, query, kept_for_reports(*state_, unit)).make();
  });
}

}  // namespace crm
