// The kinds of charts; each draws one that has been checked and has a value.
#pragma once

#include <string>

#include "crm/report/chart.hpp"

namespace crm::report {

std::string draw_bars(const Chart& chart);
std::string draw_lines(const Chart& chart);
std::string draw_donut(const Chart& chart);
std::string draw_funnel(const Chart& chart);
std::string draw_heat_map(const Chart& chart);

}  // namespace crm::report
