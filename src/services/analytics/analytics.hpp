// What a handle keeps for its reports between calls.
#pragma once

#include <map>
#include <string>
#include <unordered_map>

#include "columns.hpp"
#include "crm/rules/plan_fact.hpp"
#include "crm/services/pivot.hpp"
#include "kept.hpp"
#include "plan_cells.hpp"
#include "receipts.hpp"
#include "services/classifiers.hpp"
#include "services/main_managers.hpp"
#include "services/matrices.hpp"
#include "stage_log.hpp"

namespace crm {

/// What a handle keeps resident; made at the first report.
struct Analytics {
  Changes changes;
  ResidentEvents events;
  Resident<ReceiptColumns> receipts;
  ResidentPlans plans;
  ResidentFunnels funnels;
  std::unordered_map<std::string, Kept<std::vector<std::uint64_t>>> companies;   ///< that satisfy a condition, as bits by place
  Interner company_places;                                                        ///< of companies in these bits, once and for all
  Kept<ManagerLedger> managers;
  Kept<std::vector<Id>> drafts;        ///< companies that are, ascending
  Kept<StaffTree> staff;
  std::map<ClassifierId, Kept<RecordGroups>> groups;   ///< none: spheres
  ResidentMatrices matrices;
  bool asked = false;      ///< a report was asked before: the next one builds the columns

  [[nodiscard]] std::size_t bytes() const;
};

/// While it lives a report is made: at its end what is kept goes where it is more than `Limits::resident_bytes`, for good.
class KeptWithin {
 public:
  explicit KeptWithin(Crm::State& state) : state_(state) {}
  ~KeptWithin();
  KeptWithin(const KeptWithin&) = delete;
  KeptWithin& operator=(const KeptWithin&) = delete;

 private:
  Crm::State& state_;
};

/// Whether nothing that is read may be undone.
bool may_be_kept(const Crm::State& state);
/// Whether who asks sees everything and nothing that is read may be undone.
bool may_be_resident(const Crm::State& state, Unit& unit);
/// What is kept, if a report may use it: its asker sees everything, nothing that is read may be undone, and it is not the first of its handle.
Analytics* kept_for_reports(Crm::State& state, Unit& unit);
/// The columns of all events, up to date, if so and there is no condition.
const EventColumns* resident_events(Crm::State& state, Unit& unit, bool conditional);

/// Codes for JSON and errors.
std::string code_of(Dimension dimension);
std::string code_of(Figure figure);

}  // namespace crm
