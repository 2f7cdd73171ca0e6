// C7 and M6 over a store.
#pragma once

#include "unit.hpp"

namespace crm {

/// The supervisors above a user, nearest first.
std::vector<UserId> supervisors_of(Unit& unit, UserId user);
/// Assignments current on `day` of users in service, main ones first.
std::vector<Assignment> managers_on(Unit& unit, CompanyId company, Date day);
/// In service on the day, now or in an earlier time of service.
bool served_on(Unit& unit, const User& user, Date day);
/// Working time of a user, or of the organisation (M14).
WorkingTime working_time_of(Unit& unit, UserId user, const DateRange& days);
/// Crm::dismiss on a day that has come.
DismissalReport dismiss_now(Unit& unit, UserId user, Date day, UserId successor, bool subordinates_to_successor);

}  // namespace crm
