// Answers a query: filters, orders, cuts the page, and copies the columns.
#pragma once

#include <memory>
#include <vector>

#include "keeper.hpp"

namespace crm::rows {

/// Copied cells, so that nothing that happens to the base later can hurt a cursor.
struct Answer {
  std::size_t columns = 0;
  std::size_t rows = 0;
  std::vector<Value> values;
};

Answer select(Keeper& keeper, const Query& query);

}  // namespace crm::rows
