/// The permanent numbers by which entities, fields and records are named everywhere.
#pragma once

#include <cstdint>

namespace crm {

/// Permanent number of an entity (company, event, ...). 0 names none.
using EntityNo = std::uint16_t;
/// Permanent number of a field inside its entity. 0 names none.
using FieldNo = std::uint16_t;
/// Identity of a record inside its entity; never reused for another record. 0 is "no record".
using Id = std::int64_t;
/// Number of the change-log line that wrote a record last: it grows and is never reused, so an
/// update that expects an old one is a lost update and is refused. 0 is "not stored yet".
using Version = std::int64_t;

/// Fields that every entity has.
inline constexpr FieldNo kId = 1;
inline constexpr FieldNo kVersion = 2;

}  // namespace crm
