// Plan cells, kept in a handle by the day from which they are planned.
#pragma once

#include <map>

#include "crm/rules/plan_fact.hpp"
#include "kept.hpp"
#include "resident.hpp"

namespace crm {

struct PlanRows {
  static constexpr EntityNo kEntity = PlanCell::kEntity;
  class Filler;

  std::vector<Id> id;
  std::vector<PlanCell> cells;                            ///< every version
  std::map<Date, std::vector<std::size_t>> places;        ///< by `from`
  Instant last_made{};

  [[nodiscard]] std::size_t bytes() const { return bytes_of(id, cells) + bytes_of_nodes(places) + cells.size() * sizeof(std::size_t); }
  static std::vector<Path> paths();
};

class PlanRows::Filler : public OwnRowsFiller {
 public:
  explicit Filler(PlanRows& rows) : rows_(rows) {}

  void add(const Cell* cells);
  void set(std::size_t place, const Cell* cells);

 private:
  PlanRows& rows_;
};

class ResidentPlans {
 public:
  /// Cells in force at an instant that are planned from a day in [from, to) on; none if a version was made after that instant.
  std::optional<std::vector<const PlannedNumber*>> in_force(Unit& unit, Changes& changes, Date from, Date to, Instant at);
  [[nodiscard]] std::size_t bytes() const;

 private:
  Resident<PlanRows> resident_;
  Kept<std::map<Date, std::vector<PlannedNumber>>> newest_;    ///< in force now, of days that were asked of
};

}  // namespace crm
