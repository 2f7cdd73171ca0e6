#include "chart_bar_plan.hpp"

#include <algorithm>
#include <cstdlib>
#include <numeric>

namespace crm::report {
namespace {

struct Coloured {
  ChartSeries series;
  std::string_view fill;
};

std::vector<Coloured> coloured(const std::vector<ChartSeries>& series) {
  std::vector<Coloured> out;
  for (const ChartSeries& one : series) out.push_back({one, series_colour(out.size())});
  return out;
}

/// All of a chart that has colours enough for them.
std::vector<Coloured> all_of(const Chart& chart) {
  std::vector<Coloured> out = coloured(chart.series);
  if (chart.last_is_others && out.size() > 1) out.back().fill = kOthers;
  return out;
}

std::int64_t weight(const ChartSeries& series) {
  std::int64_t sum = 0;
  for (const auto& value : series.values)
    if (value) sum = added(sum, std::abs(*value));
  return sum;
}

/// The sum of `rest`; none where none of them has a value.
ChartSeries gathered(const Chart& chart, const std::vector<ChartSeries>& rest) {
  ChartSeries sum;
  sum.name = word(chart, "прочие", "others");
  if (!chart.last_is_others) sum.name += " (" + std::to_string(rest.size()) + ")";
  sum.values.resize(chart.categories.size());
  for (const ChartSeries& one : rest)
    for (std::size_t i = 0; i < one.values.size(); ++i)
      if (one.values[i]) sum.values[i] = added(sum.values[i].value_or(0), *one.values[i]);
  return sum;
}

/// The heaviest in their own order, and all that are left as one.
std::vector<Coloured> stack_of(const Chart& chart) {
  if (chart.series.size() <= kSeriesColours) return all_of(chart);
  std::vector<std::size_t> order(chart.series.size());
  std::iota(order.begin(), order.end(), 0);
  std::ranges::stable_sort(order.begin(), order.end() - (chart.last_is_others ? 1 : 0), std::ranges::greater(), [&](std::size_t i) { return weight(chart.series[i]); });
  std::sort(order.begin(), order.begin() + kSeriesColours - 1);

  std::vector<ChartSeries> kept;
  std::vector<ChartSeries> rest;
  for (std::size_t i = 0; i < order.size(); ++i) (i < kSeriesColours - 1 ? kept : rest).push_back(chart.series[order[i]]);
  std::vector<Coloured> out = coloured(kept);
  out.push_back({gathered(chart, rest), kOthers});
  return out;
}

void stack(BarPlan& plan, std::size_t category, const std::vector<Coloured>& series) {
  std::int64_t up = 0;
  std::int64_t down = 0;
  bool any = false;
  for (const Coloured& one : series) {
    const auto& value = one.series.values[category];
    if (!value) continue;
    any = true;
    std::int64_t& end = *value < 0 ? down : up;
    const std::int64_t from = end;
    end = added(end, *value);
    plan.bars.push_back({category, 0, from, end, *value, one.series.name, one.fill});
  }
  if (any) plan.ends.push_back({category, 0, up > 0 ? up : down, up + down});
}

void stand_apart(const Chart& chart, BarPlan& plan, std::size_t category, const std::vector<Coloured>& series) {
  const bool others = chart.last_is_others && series.size() == 1 && category + 1 == chart.categories.size();
  for (std::size_t lane = 0; lane < series.size(); ++lane) {
    const auto& value = series[lane].series.values[category];
    if (!value) continue;
    plan.bars.push_back({category, lane, 0, *value, *value, series[lane].series.name, others ? kOthers : series[lane].fill});
    plan.ends.push_back({category, lane, *value, *value});
  }
}

}  // namespace

std::vector<std::int64_t> BarPlan::numbers() const {
  std::vector<std::int64_t> out;
  for (const Bar& bar : bars) out.push_back(bar.value);
  for (const BarEnd& end : ends) out.push_back(end.value);
  return out;
}

BarPlan plan_bars(const Chart& chart) {
  BarPlan plan;
  plan.stacked = chart.kind == Chart::Kind::stacked_bar;
  const std::vector<Coloured> series = plan.stacked ? stack_of(chart) : all_of(chart);
  plan.lanes = plan.stacked ? 1 : series.size();
  for (std::size_t category = 0; category < chart.categories.size(); ++category)
    plan.stacked ? stack(plan, category, series) : stand_apart(chart, plan, category, series);
  for (const Bar& bar : plan.bars) {
    plan.least = std::min(plan.least, bar.to);
    plan.most = std::max(plan.most, bar.to);
  }
  if (chart.kind != Chart::Kind::bar)
    for (const Coloured& one : series) plan.legend.push_back({one.series.name, one.fill});
  return plan;
}

}  // namespace crm::report
