// Events and companies counted straight from resident columns, without a list of facts: what screens ask all the time.
#pragma once

#include "facts.hpp"

namespace crm {

/// Whether a report is of that kind: at most one plain dimension on each side, events and companies alone, nothing compared.
bool can_tally(const PivotQuery& query);

/// Its series, over numbers of `rows` and `columns` that it gives out.
std::vector<PivotSeries> tally(const PivotQuery& query, const Span& span, const EventColumns& events, Side& rows, Side& columns);

}  // namespace crm
