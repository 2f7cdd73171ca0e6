// Queries as SQL text, and their values bound in the same order.
#pragma once

#include <string>

#include "connection.hpp"

namespace crm::sqlite {

/// Whether a user composed it, or a part of its filter.
bool is_by_user(const Query& query);
bool is_by_user(const Aggregate& aggregate);

/// Everything of a query but its values: what its SQL depends on.
void append_shape(const Query& query, std::string& key);
/// `scanned_by`: the aggregate function that takes all rows, in any order; null: a row at a time, ordered.
std::string select_sql(const Schema& schema, const Query& query, const char* scanned_by = nullptr);
/// Copies what it needs of the query.
void bind_query(Statement& statement, const Schema& schema, const Query& query);

std::string aggregate_sql(const Schema& schema, const Aggregate& aggregate);
void bind_aggregate(Statement& statement, const Schema& schema, const Aggregate& aggregate);

}  // namespace crm::sqlite
