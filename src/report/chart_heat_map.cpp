// Rows by columns, the darker the more; what is below zero has a hue of its own.
#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "chart_frame.hpp"
#include "chart_kinds.hpp"
#include "chart_names.hpp"
#include "chart_numbers.hpp"

namespace crm::report {
namespace {

constexpr double kLeastColumn = 12;
constexpr double kLeastRow = 16;
constexpr double kNaturalRow = 28;
constexpr double kTallestHead = 130;
constexpr double kScaleRow = 30;

class HeatMapPainter {
 public:
  explicit HeatMapPainter(const Chart& chart)
      : chart_(chart), shown_(numbers_of(chart)), numbers_(chart, shown_), frame_(chart, {}), low_(std::ranges::min(shown_)),
        high_(std::ranges::max(shown_)) {
    for (const ChartSeries& row : chart.series) name_width_ = std::max(name_width_, text_width(row.name, kSmallSize, false));
    const double room = chart.width - 2 * kMargin;
    name_width_ = std::min(std::max(name_width_, text_width(chart.category_title, kSmallSize, false)), room * 0.3);
    const auto columns = static_cast<double>(chart.categories.size());
    const auto rows = static_cast<double>(chart.series.size());
    column_ = (room - name_width_ - 8) / columns;
    place_head();
    place_ = frame_.plot(kScaleRow + head_ + rows * kNaturalRow, kScaleRow + head_ + rows * kLeastRow,
                         name_width_ + 8 + columns * kLeastColumn);
    row_ = (place_.height - kScaleRow - head_) / rows;
    left_ = place_.x + name_width_ + 8;
    top_ = place_.y + kScaleRow + head_;
  }

  std::string paint() {
    Svg svg = frame_.open(place_);
    draw_scale(svg);
    draw_head(svg);
    double longest = 0;
    for (const std::int64_t value : shown_) longest = std::max(longest, text_width(numbers_.label(value), kSmallSize, false));
    const bool written = longest + 4 < column_ && row_ >= kLeastRow;
    for (std::size_t row = 0; row < chart_.series.size(); ++row) {
      const double y = top_ + row_ * static_cast<double>(row);
      svg.text(left_ - 8, y + row_ / 2 + kSmallSize * 0.36, name_width_, chart_.series[row].name,
               {.size = kSmallSize, .colour = kInk, .align = Align::right});
      for (std::size_t column = 0; column < chart_.categories.size(); ++column)
        draw_cell(svg, row, column, {left_ + column_ * static_cast<double>(column), y, column_, row_}, written);
    }
    return std::move(svg).finish();
  }

 private:
  static std::vector<std::int64_t> numbers_of(const Chart& chart) {
    std::vector<std::int64_t> out;
    for (const ChartSeries& row : chart.series)
      for (const auto& value : row.values)
        if (value) out.push_back(*value);
    return out;
  }

  /// Names of columns lie where all have room, in two lines at most, else they are written upwards.
  void place_head() {
    columns_ = broken_alike(chart_.categories, kSmallSize, column_ - 4);
    for (std::size_t i = 0; i < columns_.size(); ++i)
      if (!is_whole(columns_[i], chart_.categories[i])) upwards_ = true;
    double longest = 0;
    for (const std::string& name : chart_.categories) longest = std::max(longest, text_width(name, kSmallSize, false));
    head_ = (upwards_ ? std::min(longest, kTallestHead) : static_cast<double>(most_lines(columns_)) * kSmallSize * kLeading) + 8;
  }

  /// With both signs, colours grow from zero to either side alike; else from the least to the most.
  [[nodiscard]] std::string fill(double value) const {
    if (low_ < 0) return ramp_colour(std::abs(value) / static_cast<double>(std::max(std::abs(low_), std::abs(high_))), value < 0);
    return ramp_colour(low_ == high_ ? 0.5 : (value - static_cast<double>(low_)) / static_cast<double>(high_ - low_), false);
  }

  void draw_scale(Svg& svg) const {
    constexpr int kSteps = 25;
    constexpr double kStep = 6;
    const std::string low = numbers_.label(low_);
    const std::string high = numbers_.label(high_);
    const double y = place_.y + 4;
    double x = place_.x;
    svg.text(x, y + 9, place_.width / 2, low, {kSmallSize, kInk});
    x += text_width(low, kSmallSize, false) + 8;
    for (int i = 0; i < kSteps; ++i, x += kStep) svg.rect({x, y, kStep, 10}, fill(static_cast<double>(low_) + static_cast<double>(high_ - low_) * i / (kSteps - 1)));
    svg.text(x + 8, y + 9, place_.width / 2, high, {kSmallSize, kInk});
    x += text_width(high, kSmallSize, false) + 24;
    svg.text(x, y + 9, place_.x + place_.width - x, numbers_.axis_title(), {kSmallSize, kMuted});
  }

  void draw_head(Svg& svg) const {
    svg.text(left_ - 8, top_ - 6, name_width_, chart_.category_title, {.size = kSmallSize, .colour = kMuted, .align = Align::right});
    for (std::size_t column = 0; column < chart_.categories.size(); ++column) {
      const double middle = left_ + column_ * (static_cast<double>(column) + 0.5);
      if (upwards_)
        svg.text(middle + kSmallSize * 0.36, top_ - 5, head_ - 8, chart_.categories[column],
                 {.size = kSmallSize, .colour = kInk, .upwards = true});
      else
        draw_lines(svg, columns_[column], middle);
    }
  }

  void draw_lines(Svg& svg, const NameLines& lines, double middle) const {
    double baseline = top_ - 6 - static_cast<double>(lines.size() - 1) * kSmallSize * kLeading;
    for (const std::string& line : lines) {
      svg.text(middle, baseline, column_ - 4, line, {.size = kSmallSize, .colour = kInk, .align = Align::middle});
      baseline += kSmallSize * kLeading;
    }
  }

  void draw_cell(Svg& svg, std::size_t row, std::size_t column, const Box& box, bool written) const {
    const auto& value = chart_.series[row].values[column];
    svg.begin(told(chart_.categories[column], chart_.series[row].name, value ? numbers_.exact(*value) : "–"), {});
    const std::string colour = value ? fill(static_cast<double>(*value)) : std::string(kPaper);
    svg.rect({box.x + 0.5, box.y + 0.5, box.width - 1, box.height - 1}, colour, value ? std::string_view() : kGrid);
    const bool empty = value && *value == 0 && low_ == 0;  // most of many maps: the colour says it
    if ((written && !empty) || !value)
      svg.text(box.x + box.width / 2, box.y + box.height / 2 + kSmallSize * 0.36, box.width - 2, value ? numbers_.label(*value) : "–",
               {.size = kSmallSize, .colour = value ? ink_on(colour) : kMuted, .align = Align::middle});
    svg.end();
  }

  const Chart& chart_;
  const std::vector<std::int64_t> shown_;
  const ShortNumbers numbers_;
  const ChartFrame frame_;
  const std::int64_t low_;
  const std::int64_t high_;
  double name_width_ = 0;
  double column_ = 0;
  double head_ = 0;
  std::vector<NameLines> columns_;
  bool upwards_ = false;
  Box place_;
  double row_ = 0;
  double left_ = 0;
  double top_ = 0;
};

}  // namespace

std::string draw_heat_map(const Chart& chart) { return HeatMapPainter(chart).paint(); }

}  // namespace crm::report
