// Values of fields as Boost.JSON values and back; for the JSON doors of this library only.
#pragma once

#include <boost/json.hpp>

#include "crm/meta/record.hpp"

namespace crm {

/// The code of a number, or the number where none is known.
boost::json::value json_of(const EnumInfo& values, std::int64_t number);
/// What does not fit the kind is told as it stands: a date or an instant out of range as its number.
boost::json::value json_of(const FieldInfo& field, const Cell& cell);
/// The same at the end of a text, for many rows; no field: an id or a version.
void append_json(std::string& out, const FieldInfo* field, const Cell& cell);
void append_json(std::string& out, std::string_view text);
/// A JSON value as `field` stores it; a violation if it is of another kind.
std::optional<Violation> value_of(const EntityInfo& entity, const FieldInfo& field, const boost::json::value& json,
                                  Value& out);
boost::json::object json_of(const Record& record);
/// Sets the members of `object` that are fields; collects what is wrong.
void set_fields(Record& record, const boost::json::object& object, std::vector<Violation>& violations);
/// Throws `json.syntax` with the place, `limit.nesting` for more levels than `nesting`.
boost::json::value parse_json(std::string_view text, std::int64_t nesting = 32);

}  // namespace crm
