// The main manager of a company on a date (Definitions, Numbers: manager of a receipt or shipment).
#pragma once

#include <map>
#include <unordered_map>

#include "unit.hpp"

namespace crm {

/// Who was the main manager of a company on a date, in service; reads the ledger at the first question.
class MainManagers {
 public:
  explicit MainManagers(Unit& unit) : unit_(unit) {}
  /// None: unassigned.
  UserId on(CompanyId company, Date day);

 private:
  struct Line {
    UserId user;
    DateRange dates;
  };
  void read();
  [[nodiscard]] bool in_service_on(UserId user, Date day) const;

  Unit& unit_;
  bool known_ = false;
  std::unordered_map<Id, std::vector<Line>> ledger_;
  std::map<UserId, std::vector<DateRange>> service_;
};

}  // namespace crm
