// Events that a report counts, as conditions.
#pragma once

#include "crm/services/events_counted.hpp"
#include "unit.hpp"

namespace crm {

/// Of an event, or of what has it in `via`.
std::vector<Filter> counted_filter(EventsCounted counted, FieldNo via = 0);
/// Whether these are those that have `Event::counted_at`, all or some of them: an index that covers reports finds them by it.
bool has_counted_at(EventsCounted counted);
/// Throws `M9.counted` for `all`: what is planned or measured in stages is held.
void check_held(EventsCounted counted);

}  // namespace crm
