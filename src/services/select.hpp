// A question that has been measured, with columns that the library adds to it.
#pragma once

#include "unit.hpp"

namespace crm {

/// As `Crm::select`, without its limits.
Rows select_rows(Crm::State& state, Query query);

}  // namespace crm
