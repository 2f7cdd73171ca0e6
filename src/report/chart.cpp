// What can be drawn as a chart, and by whom (M13).
#include "crm/report/chart.hpp"

#include <algorithm>
#include <cstdlib>
#include <string_view>

#include "chart_frame.hpp"
#include "chart_kinds.hpp"
#include "chart_numbers.hpp"
#include "crm/base/text.hpp"

namespace crm {
namespace report {
namespace {

using Kind = Chart::Kind;

constexpr int kLeastWidth = 360;
constexpr int kMostSide = 4000;
constexpr int kMostDecimals = 6;
constexpr std::size_t kMostCategories = 1000;
constexpr std::size_t kMostSeries = 200;

class ChartCheck {
 public:
  explicit ChartCheck(const Chart& chart) : chart_(chart) {}

  void run() && {
    if (chart_.width < kLeastWidth) refuse("M13.width", chart_.width, kLeastWidth);
    if (chart_.width > kMostSide || chart_.height > kMostSide) refuse("M13.size", std::max(chart_.width, chart_.height), kMostSide);
    if (chart_.height < 0) refuse("M13.height", chart_.height, 0);
    if (chart_.decimals < 0 || chart_.decimals > kMostDecimals) refuse("M13.decimals", chart_.decimals, kMostDecimals);
    if (chart_.categories.size() > kMostCategories) refuse("M13.categories", chart_.categories.size(), kMostCategories);
    check_series_count();
    check_texts();
    for (const ChartSeries& series : chart_.series) check_values(series);
    refuse_if_any(Code::invalid_argument, std::move(broken_));
  }

 private:
  void refuse(const char* rule, std::string value, std::string detail) {
    Violation violation;
    violation.rule = rule;
    violation.value = std::move(value);
    violation.detail = std::move(detail);
    broken_.push_back(std::move(violation));
  }
  void refuse(const char* rule, auto value, auto limit) { refuse(rule, std::to_string(value), std::to_string(limit)); }

  void check_series_count() {
    const bool single = chart_.kind == Kind::bar || chart_.kind == Kind::donut || chart_.kind == Kind::funnel;
    const bool coloured = chart_.kind == Kind::grouped_bar || chart_.kind == Kind::line;
    const std::size_t most = single ? 1 : coloured ? kSeriesColours : kMostSeries;
    if (chart_.series.size() > most) refuse("M13.series", chart_.series.size(), most);
  }

  void check_text(std::string_view text) {
    if (const auto bad = first_bad_byte(text)) refuse(text[*bad] ? "field.utf8" : "field.nul", shorten(text), std::to_string(*bad));
  }

  void check_texts() {
    for (const std::string* text : {&chart_.title, &chart_.note, &chart_.category_title, &chart_.value_title, &chart_.unit}) check_text(*text);
    for (const std::string& name : chart_.categories) check_text(name);
    for (const ChartSeries& series : chart_.series) check_text(series.name);
  }

  void check_values(const ChartSeries& series) {
    if (series.values.size() != chart_.categories.size())
      refuse("M13.series_length", shorten(series.name), std::to_string(series.values.size()) + " / " + std::to_string(chart_.categories.size()));
    const bool shares = chart_.kind == Kind::donut || chart_.kind == Kind::funnel;
    for (const auto& value : series.values) {
      if (!value) continue;
      if (*value > kMostValue || *value < -kMostValue) refuse("M13.too_large", *value, kMostValue);
      if (shares && *value < 0) refuse("M13.negative_share", std::to_string(*value), shorten(series.name));
    }
  }

  const Chart& chart_;
  std::vector<Violation> broken_;
};

std::string draw_nothing(const Chart& chart) {
  const ChartFrame frame(chart, {});
  const Box place = frame.plot(120, 40);
  Svg svg = frame.open(place);
  svg.rect(place, kPaper, kGrid);
  svg.text(place.x + place.width / 2, place.y + place.height / 2 + kTextSize * 0.36, place.width, word(chart, "Нет данных", "No data"),
           {.size = kTextSize, .colour = kMuted, .align = Align::middle});
  return std::move(svg).finish();
}

bool has_value(const ChartSeries& series) {
  return std::ranges::any_of(series.values, [](const auto& value) { return value.has_value(); });
}

}  // namespace
}  // namespace report

std::string chart_svg(const Chart& chart) {
  report::ChartCheck(chart).run();
  if (std::ranges::none_of(chart.series, report::has_value)) return report::draw_nothing(chart);
  switch (chart.kind) {
    case Chart::Kind::bar:
    case Chart::Kind::grouped_bar:
    case Chart::Kind::stacked_bar: return report::draw_bars(chart);
    case Chart::Kind::line: return report::draw_lines(chart);
    case Chart::Kind::donut: return report::draw_donut(chart);
    case Chart::Kind::funnel: return report::draw_funnel(chart);
    case Chart::Kind::heat_map: return report::draw_heat_map(chart);
  }
  Violation violation;
  violation.rule = "M13.kind";
  violation.value = std::to_string(static_cast<std::int32_t>(chart.kind));
  throw Error(Code::invalid_argument, {std::move(violation)});
}

}  // namespace crm
