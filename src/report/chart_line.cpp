// Lines over periods: broken where there is no value, each with marks of its own.
#include <algorithm>
#include <cstdlib>

#include "chart_kinds.hpp"
#include "chart_standing.hpp"
#include "numbers.hpp"

namespace crm::report {
namespace {

constexpr double kMarkPitch = 11;  // closer than that, marks would hide the line

struct Spot {
  double x;
  double y;
};

/// Whether a line passes through a box.
bool crosses(const Spot& from, const Spot& to, const Box& box) {
  double enter = 0;
  double leave = 1;
  const auto cut = [&](double start, double step, double low, double high) {
    if (step == 0) return low <= start && start <= high;
    const double a = (low - start) / step;
    const double b = (high - start) / step;
    enter = std::max(enter, std::min(a, b));
    leave = std::min(leave, std::max(a, b));
    return enter <= leave;
  };
  return cut(from.x, to.x - from.x, box.x, box.x + box.width) && cut(from.y, to.y - from.y, box.y, box.y + box.height);
}

bool overlap(const Box& a, const Box& b) {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

class LinePainter {
 public:
  explicit LinePainter(const Chart& chart) : chart_(chart), shown_(numbers_of(chart)), numbers_(chart, shown_), frame_(chart, legend_of(chart)) {}

  std::string paint() {
    const auto [least, most] = std::ranges::minmax(shown_);
    // A line that hardly moves is looked at closely; any other stands on zero.
    const bool close = least > 0 ? most - least < least / 2 : most < 0 && most - least < -most / 2;
    const Box place = frame_.plot(StandingPlot::kNatural, StandingPlot::kLeast);
    const Pads pads{20, least < 0 || close ? 20.0 : 0.0, several() ? widest_label() + 12 : 6};
    const StandingPlot plot(chart_, numbers_, place, close ? least : std::min<std::int64_t>(least, 0),
                            close ? most : std::max<std::int64_t>(most, 0), pads);
    Svg svg = frame_.open(place);
    plot.draw_axes(svg);
    plot.draw_zero(svg);
    for (std::size_t i = 0; i < chart_.series.size(); ++i) draw_line(svg, plot, i);
    several() ? label_ends(svg, plot) : label_spots(svg, plot);
    return std::move(svg).finish();
  }

 private:
  static std::vector<std::int64_t> numbers_of(const Chart& chart) {
    std::vector<std::int64_t> out;
    for (const ChartSeries& series : chart.series)
      for (const auto& value : series.values)
        if (value) out.push_back(*value);
    return out;
  }

  static std::vector<LegendItem> legend_of(const Chart& chart) {
    std::vector<LegendItem> out;
    if (chart.series.size() > 1)
      for (const ChartSeries& series : chart.series) out.push_back({series.name, colour_of(chart, out.size()), out.size()});
    return out;
  }

  static std::string_view colour_of(const Chart& chart, std::size_t n) {
    return chart.last_is_others && n > 0 && n + 1 == chart.series.size() ? kOthers : series_colour(n);
  }

  [[nodiscard]] bool several() const { return chart_.series.size() > 1; }

  [[nodiscard]] double widest_label() const {
    double widest = 0;
    for (const std::int64_t value : shown_) widest = std::max(widest, text_width(numbers_.label(value), kSmallSize, false));
    return widest;
  }

  void draw_line(Svg& svg, const StandingPlot& plot, std::size_t n) {
    const auto& values = chart_.series[n].values;
    Path path;
    const auto has = [&](std::size_t i) { return i < values.size() && values[i]; };
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (!has(i)) continue;
      const Spot spot{plot.x(i), plot.y(*values[i])};
      if (has(i - 1)) {
        path.line_to(spot.x, spot.y);
        strokes_.push_back({{plot.x(i - 1), plot.y(*values[i - 1])}, spot});
      } else {
        path.move_to(spot.x, spot.y);
      }
    }
    if (!path.text().empty()) svg.path(path, {}, colour_of(chart_, n), 2);
    const std::string series = several() ? chart_.series[n].name : std::string();
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (!has(i)) continue;
      const bool alone = !has(i - 1) && !has(i + 1);
      if (plot.slot() < kMarkPitch && !alone) continue;
      svg.begin(told(chart_.categories[i], series, numbers_.exact(*values[i])), {});
      draw_marker(svg, n, plot.x(i), plot.y(*values[i]), colour_of(chart_, n));
      svg.end();
      taken_.push_back({plot.x(i) - 5, plot.y(*values[i]) - 5, 10, 10});
    }
  }

  /// The value at every spot of the only line where nothing is in the way: above, or below where the line dips.
  void label_spots(Svg& svg, const StandingPlot& plot) {
    const auto& values = chart_.series.front().values;
    const auto at = [&](std::size_t i) { return i < values.size() && values[i] ? plot.y(*values[i]) : 1e9; };
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (!values[i] || plot.slot() < kMarkPitch) continue;
      const std::string label = numbers_.label(*values[i]);
      const double width = text_width(label, kSmallSize, false);
      const double y = plot.y(*values[i]);
      const bool dips = at(i - 1) < y && at(i + 1) < y;
      for (const double top : {dips ? y + 7 : y - 18, dips ? y - 18 : y + 7}) {
        const Box box{plot.x(i) - width / 2, top, width, kSmallSize};
        if (top + kSmallSize > plot.floor() + 2 || box.x + width > chart_.width - 4 || !free(box)) continue;
        svg.text(plot.x(i), top + kSmallSize * 0.9, width, label,
                 {.size = kSmallSize, .colour = kInk, .align = Align::middle, .halo = kPaper});
        taken_.push_back(box);
        break;
      }
    }
  }

  /// The last value of every line that goes on to the end, from the highest, those that do not touch.
  void label_ends(Svg& svg, const StandingPlot& plot) {
    std::vector<std::int64_t> ends;
    for (const ChartSeries& series : chart_.series)
      if (series.values.back()) ends.push_back(*series.values.back());
    std::ranges::sort(ends, std::ranges::greater());
    double free = 0;
    for (const std::int64_t value : ends) {
      const double y = plot.y(value);
      if (y - kSmallSize / 2 < free) continue;
      svg.text(plot.x(chart_.categories.size() - 1) + 9, y + kSmallSize * 0.36, widest_label(), numbers_.label(value),
               {.size = kSmallSize, .colour = kInk, .halo = kPaper});
      free = y + kSmallSize / 2 + 1;
    }
  }

  [[nodiscard]] bool free(const Box& box) const {
    return std::ranges::none_of(taken_, [&](const Box& other) { return overlap(box, other); }) &&
           std::ranges::none_of(strokes_, [&](const auto& stroke) { return crosses(stroke.first, stroke.second, box); });
  }

  const Chart& chart_;
  const std::vector<std::int64_t> shown_;
  const ShortNumbers numbers_;
  const ChartFrame frame_;
  std::vector<std::pair<Spot, Spot>> strokes_;
  std::vector<Box> taken_;
};

}  // namespace

std::string draw_lines(const Chart& chart) { return LinePainter(chart).paint(); }

}  // namespace crm::report
