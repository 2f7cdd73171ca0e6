// Saving any record: the checks all entities share, and the ones of each entity.
#pragma once

#include "unit.hpp"

namespace crm {

/// Validates, fills what the library makes, and stages the change.
Warnings save_record(Unit& unit, Record& record);
/// Stages the erasure of a row that hangs on others.
void erase_record(Unit& unit, EntityNo entity, Id id, Version version);

/// Rows that only the library writes.
bool written_by_actions_only(EntityNo entity);

/// One entity's own rules. `before` is null for a new record. Derived fields of `after` may be set; changes of
/// other records may be staged.
using Check = void (*)(Unit& unit, const Record* before, Record& after, Warnings& warnings,
                       std::vector<Violation>& violations);
/// nullptr if the entity has none.
Check check_of(EntityNo entity);

/// The company whose card a record belongs to, if any.
CompanyId company_of(Unit& unit, const Record& record);

/// The folded words by which people find a record.
std::string search_key(std::initializer_list<std::string_view> words);

/// Stages what becomes of an event when `changed` is among its lines or the line `erased` is not any more; refusals go to `violations`.
void change_line(Unit& unit, EventId event, const std::optional<EventLine>& changed, Id erased, std::vector<Violation>& violations);
/// Contact points of an owner, primary first.
std::vector<ContactPoint> contact_points(Unit& unit, RecordRef owner);

/// Throws the first cycle of a tree as `rule`, if `record` under `parent` would make one.
void check_tree(Unit& unit, const Record& record, FieldNo parent_field, const char* rule,
                std::vector<Violation>& violations);

}  // namespace crm
