// What a file is before it is used: a base of ours, an empty file, a first load that was cut short, or somebody else's.
#pragma once

#include "connection.hpp"

namespace crm::sqlite {

inline constexpr std::int64_t kApplicationId = 0x43524d31;  // "CRM1"
inline constexpr std::int64_t kLoadingId = 0x43524d4c;      // "CRML": a first load has begun, and has not been finished

enum class Found { base, nothing, unfinished_load };

/// Throws for a newer base (`store.newer_schema`) and for what is not ours (`store.not_a_database`).
Found recognise(Connection& connection, const Schema& schema);

/// Whether the file says by itself that a first load has begun: also of a torn one, which SQLite does not read.
bool is_marked_as_loading(Connection& connection);

/// Throws `store.name_taken` if a table of ours is there, in a base that has no mark of ours: another program's, or a half-made one.
void check_no_table(Connection& connection, const Schema& schema);

}  // namespace crm::sqlite
