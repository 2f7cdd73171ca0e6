// The main manager of a company on a date (Definitions, Numbers: manager of a receipt or shipment).
#pragma once

#include <map>
#include <unordered_map>

#include "unit.hpp"

namespace crm {

/// Main managers of all companies, and who was in service when.
class ManagerLedger {
 public:
  static constexpr auto kFollowsFrom = {Assignment::kEntity, User::kEntity, Employment::kEntity};

  static ManagerLedger read(Unit& unit);
  /// None: unassigned.
  [[nodiscard]] UserId on(CompanyId company, Date day) const;
  [[nodiscard]] std::size_t bytes() const;

 private:
  struct Line {
    UserId user;
    DateRange dates;
  };
  [[nodiscard]] bool in_service_on(UserId user, Date day) const;

  std::unordered_map<Id, std::vector<Line>> ledger_;
  std::map<UserId, std::vector<DateRange>> service_;
};

struct Analytics;

/// Who was the main manager of a company on a date, in service; out of the kept ledger, if any, else of one that is read at the first question.
class MainManagers {
 public:
  explicit MainManagers(Unit& unit, Analytics* kept = nullptr) : unit_(unit), kept_(kept) {}
  UserId on(CompanyId company, Date day);

 private:
  Unit& unit_;
  Analytics* kept_;
  const ManagerLedger* ledger_ = nullptr;
  ManagerLedger own_;
};

}  // namespace crm
