// Placed facts folded into the cells and totals of a report.
#pragma once

#include "crm/services/pivot.hpp"
#include "facts.hpp"

namespace crm {

/// `facts` of one figure and currency over rows × columns. Companies are counted distinct, others are summed; a fact of several keys
/// counts once in each total.
PivotSeries fold_facts(Figure figure, Currency currency, std::span<const Placed> facts, std::size_t rows, std::size_t columns);

}  // namespace crm
