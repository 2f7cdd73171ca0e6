// What a row must satisfy before it is written. Every function throws the `Error` that Session::apply documents.
#pragma once

#include "keeper.hpp"

namespace crm::rows {

/// The row that an update, refresh or erase is about, with the version it expects.
const Row& expected_row(const Shelf& shelf, const Change& change);
/// `row` with the fields of `change`; its values are of their kinds, what is required is there and what is referred to
/// lives.
Row changed_row(Keeper& keeper, const Shelf& shelf, Row row, const Change& change);
void check_unique(const Shelf& shelf, const Row& row);
void check_not_referenced(Keeper& keeper, const Shelf& shelf, const Row& row);

}  // namespace crm::rows
