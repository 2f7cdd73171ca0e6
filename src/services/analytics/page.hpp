// A page of events by conditions on them and on their clients (E10), found in resident columns.
#pragma once

#include "analytics.hpp"

namespace crm {

/// The question by the ids of its page, if the handle has the columns and they can answer: all of its conditions are on columns or on what
/// the company has, the order is by start, and there is a limit.
std::optional<Query> page_by_ids(Crm::State& state, Unit& unit, const Query& asked);

}  // namespace crm
