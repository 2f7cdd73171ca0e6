/// The staff as a list and as cards (M1-M7).
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "crm/services/card.hpp"

namespace crm {

/// Events that a user answers for (M11: is executor of), by effective state; `states[i]` is of the state with number i.
struct EventCounts {
  std::array<std::int64_t, 6> states{};
};

struct StaffQuery {
  std::optional<Date> day;         ///< who works where on that day; none: today
  DepartmentId department;         ///< with those below; none: everybody
  bool dismissed = false;          ///< also those who are not in service on the day
};

/// A line of the list (M3).
struct StaffRow {
  User user;
  std::string department;          ///< on the day; of several, the one he came to last
  std::string position;            ///< there, else his own
  std::string supervisor;
  bool in_service = false;
  Portfolio portfolio;             ///< on the day, of the companies that the asker sees
  EventCounts events;              ///< now, of those that the asker sees
};

/// Everything on one user (M2-M7).
struct UserCard {
  StaffRow row;
  std::vector<Placement> placements;       ///< the latest first
  std::vector<Employment> employments;     ///< earlier ones, for who was hired again
  std::vector<UserId> supervisors;         ///< nearest first
  std::vector<UserId> subordinates;        ///< of his own, in service or not
  std::vector<ContactPoint> contacts;
  std::vector<ClassifierNode> nodes;       ///< M5: where he stands in hand-made classifiers
  std::vector<CharacteristicOf> characteristics;  ///< for himself and who is above him, as are documents
  std::vector<Document> documents;
};

}  // namespace crm
