/// Why a user sees a record, or does not (X5).
#pragma once

#include <string>
#include <vector>

#include "crm/model/refs.hpp"

namespace crm {

/// How much of a company, or of a record of it, a user sees.
enum class Sight : std::int32_t {
  nothing = 0,
  name = 1,      ///< of a company: through an event that he sees
  contacts = 2,  ///< of a company: its people and contacts as well, while an event of his is open
  whole = 3,
};

struct AccessExplain {
  Sight sight = Sight::nothing;
  bool may_edit = false;
  /// All that hold: host, administrator, everybody (not restricted), self, executor, setter, watcher, supervisor_of_executor,
  /// supervisor_of_setter, manager, supervisor_of_manager, creator, open_event, "role CODE". Empty: nothing gives it to him.
  std::vector<std::string> reasons;
};

}  // namespace crm
