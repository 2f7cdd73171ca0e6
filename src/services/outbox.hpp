// E4 over a store, for tick.
#pragma once

#include "unit.hpp"

namespace crm {

/// See Crm::claim_notices.
std::vector<NoticeMessage> claim(Unit& unit, std::int64_t limit, std::chrono::seconds lease);

}  // namespace crm
