/// What a dismissal moves (C7; Definitions, Dismissal).
#pragma once

#include <optional>
#include <vector>

#include "crm/base/error.hpp"
#include "crm/base/time.hpp"
#include "crm/model/company.hpp"
#include "crm/model/event.hpp"
#include "crm/model/organisation.hpp"

namespace crm {

struct DismissalFacts {
  User user;
  Date day;                        ///< first day out of service
  std::optional<User> successor;   ///< named
  std::optional<User> supervisor;  ///< the nearest one in service on `day`, and when it is carried out
  bool last_administrator = false;
  bool subordinates_to_successor = false;
  std::vector<Assignment> assignments;  ///< his, current on `day` or later
  std::vector<Assignment> colleagues;   ///< of others on the same companies, current on `day`, users in service
  std::vector<Event> events;            ///< open and postponed ones that he executes
  std::vector<User> subordinates;
  std::vector<UserId> above_successor;  ///< his chain, if subordinates go to him: none of them may come below him
  std::optional<Date> carried_out;      ///< a day after `day`: who has left since takes nothing over
};

struct DismissalPlan {
  std::vector<Violation> violations;  ///< C7.dismissed_already, C7.last_administrator, C7.successor_not_in_service;
                                      ///< nothing else is filled then
  std::vector<Assignment> ended;      ///< those of the facts, in order, with `to` and `end_reason`
  std::vector<Assignment> made;       ///< new ones; `by` is the caller's to fill
  std::vector<CompanyId> orphans;     ///< no current manager is left
  std::vector<Event> events;          ///< with the new executor
  std::vector<EventId> left_events;   ///< nobody can take them: they stay his
  std::vector<User> subordinates;     ///< those of the facts, in order, with the new supervisor
};

DismissalPlan plan_dismissal(const DismissalFacts& facts);

/// hired ≤ day < dismissed
bool in_service(const User& user, Date day);
/// In service on `day`, and still so where a dismissal is carried out later: else what he takes would outlast his own.
bool may_take_over(const User& user, Date day, std::optional<Date> carried_out);

}  // namespace crm
