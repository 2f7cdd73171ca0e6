/// Records and the schema as JSON (X10): dates and instants in ISO 8601, enumerations by code, decimals as text,
/// money in minor units, references by id. An integer beyond 2^53 - 1 is a text; both forms are read.
#pragma once

#include <string>
#include <string_view>

#include "crm/base/error.hpp"
#include "crm/meta/record.hpp"

namespace crm {

/// {"entity": "company", "id": 1, "version": 7, "name": "...", ...}; fields that are null are left out.
std::string to_json(const Record& record);
/// The same back; fields not named get their defaults. Throws `json.syntax`, `json.kind`, `field.unknown` and what `Record::set` throws, all
/// violations at once.
Record record_from_json(std::string_view json);

/// Sets a field by its text form: dates, instants, decimals, enumerations and entities as in JSON, texts as they are.
/// Throws what `Record::set` throws and `json.kind`.
void set_field_text(Record& record, FieldNo field, std::string_view text);

/// All entities with fields, kinds, flags, captions in both languages, enumerations: what a host builds forms from.
std::string schema_json();

/// {"code": "refused", "message": "...", "violations": [{"rule", "entity", "field", "record", "value", "detail",
/// "text"}]}
std::string to_json(const Error& error, Language language);

/// The array of violations alone.
std::string violations_json(const std::vector<Violation>& violations, Language language);

}  // namespace crm
