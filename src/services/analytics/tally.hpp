// Events and companies counted without a list of facts: what screens ask all the time.
#pragma once

#include "facts.hpp"

namespace crm {

/// Whether a report is of that kind: at most one plain dimension on each side, events and companies alone, nothing compared.
bool can_tally(const PivotQuery& query);

/// Its series, over numbers of `rows` and `columns` that are given out; none where there are more cells than bits are kept for.
std::optional<std::vector<PivotSeries>> tally(const PivotQuery& query, const Span& span, const EventColumns& events, Side& rows, Side& columns);

/// The same, counted while the events of `filter` are read, as the asker sees them.
std::optional<std::vector<PivotSeries>> tally_read(Unit& unit, const PivotQuery& query, Filter filter, Side& rows, Side& columns);

}  // namespace crm
