// Tables, indexes and upgrade steps of a schema in SQL.
#pragma once

#include <functional>

#include "connection.hpp"

namespace crm::sqlite {

/// All tables; without their indexes if these come at the end of a load.
void create_tables(Connection& connection, const Schema& schema);
/// Ordinary and trigram indexes; `unique.taken` if the rows do not allow one.
/// Find what was erased (Session::erasure) and what was written in a period (Session::written); made also where an older base has none.
void create_log_indexes(Connection& connection);
void create_indexes(Connection& connection, const Schema& schema);
/// Fills the trigram indexes from the rows.
void rebuild_search(Connection& connection, const Schema& schema);
/// Makes the tables, columns and indexes of a base of version `from` what they are today.
void upgrade(Connection& connection, const Schema& schema, std::int64_t from);
/// Throws `ref.missing` with every reference, up to twenty a field, that leads nowhere.
void check_references(Connection& connection, const Schema& schema);

}  // namespace crm::sqlite
