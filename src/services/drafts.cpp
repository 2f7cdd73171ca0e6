#include "drafts.hpp"

#include "analytics/analytics.hpp"

namespace crm {

std::vector<Id> draft_companies(Unit& unit, Analytics* kept) {
  const auto read = [&] { return unit.ids(Company::kEntity, kId, where::eq(Company::kStatus, static_cast<Id>(Company::Status::draft))); };
  return kept ? kept->drafts.get(unit, kept->changes, {Company::kEntity}, read) : read();
}

}  // namespace crm
