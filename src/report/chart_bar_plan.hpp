// What the bars of a chart are, wherever they are drawn: which values, from where to where, beside or upon one another.
#pragma once

#include <string>
#include <vector>

#include "chart_frame.hpp"
#include "chart_numbers.hpp"

namespace crm::report {

struct Bar {
  std::size_t category = 0;
  std::size_t lane = 0;  ///< among those of a category
  std::int64_t from = 0;
  std::int64_t to = 0;
  std::int64_t value = 0;
  std::string series;
  std::string_view fill;
};

/// A number at the end of a bar or stack.
struct BarEnd {
  std::size_t category = 0;
  std::size_t lane = 0;
  std::int64_t at = 0;  ///< below zero: on that side
  std::int64_t value = 0;
};

struct BarPlan {
  bool stacked = false;
  std::size_t lanes = 1;
  std::int64_t least = 0;
  std::int64_t most = 0;
  std::vector<Bar> bars;
  std::vector<BarEnd> ends;
  std::vector<LegendItem> legend;

  [[nodiscard]] bool below_zero() const { return least < 0; }
  /// Every number that is written.
  [[nodiscard]] std::vector<std::int64_t> numbers() const;
};

BarPlan plan_bars(const Chart& chart);

}  // namespace crm::report
