// Bars: they stand where the names of all categories have room below them, else they lie, name by name.
#include <algorithm>
#include <cmath>

#include "chart_bar_plan.hpp"
#include "chart_kinds.hpp"
#include "chart_names.hpp"
#include "chart_standing.hpp"
#include "numbers.hpp"

namespace crm::report {
namespace {

constexpr double kLabelRow = 16;

/// What standing and lying bars have in common.
class BarPainter {
 public:
  BarPainter(const Chart& chart, const BarPlan& plan, const ShortNumbers& numbers) : chart_(chart), plan_(plan), numbers_(numbers) {}

 protected:
  /// `length` is along the value; a value other than zero is seen.
  void draw_bar(Svg& svg, const Bar& bar, const Box& box) const {
    svg.begin(told(chart_.categories[bar.category], bar.series, numbers_.exact(bar.value)), {});
    if (box.width > 0 && box.height > 0) svg.rect(box, bar.fill, plan_.stacked ? kPaper : std::string_view());
    const std::string label = numbers_.label(bar.value);
    if (plan_.stacked && box.height > kLabelRow && box.width > text_width(label, kSmallSize, false) + 6)
      svg.text(box.x + box.width / 2, box.y + box.height / 2 + kSmallSize * 0.36, box.width, label,
               {.size = kSmallSize, .colour = ink_on(bar.fill), .align = Align::middle});
    svg.end();
  }

  [[nodiscard]] double widest_end(bool below_zero) const {
    double widest = 0;
    for (const BarEnd& end : plan_.ends)
      if ((end.at < 0) == below_zero) widest = std::max(widest, text_width(numbers_.label(end.value), kSmallSize, plan_.stacked));
    return widest;
  }

  /// How long a bar is drawn: what is not zero is seen, but a stack stays exact.
  [[nodiscard]] double seen(const Bar& bar, double length) const { return plan_.stacked || bar.value == 0 ? length : std::max(length, 1.0); }

  const Chart& chart_;
  const BarPlan& plan_;
  const ShortNumbers& numbers_;
};

class StandingBars : BarPainter {
 public:
  StandingBars(const Chart& chart, const BarPlan& plan, const ShortNumbers& numbers, const ChartFrame& frame)
      : BarPainter(chart, plan, numbers), frame_(frame), place_(frame.plot(StandingPlot::kNatural, StandingPlot::kLeast)),
        plot_(chart, numbers, place_, plan.least, plan.most, {kLabelRow + 2, plan.below_zero() ? kLabelRow + 2 : 0.0, 0}),
        lanes_(static_cast<double>(plan.lanes)), pitch_(std::min(plot_.slot() * (plan.lanes > 1 ? 0.84 : 0.68) / lanes_, 64.0)) {}

  /// Whether they can be told apart, each with its name.
  [[nodiscard]] bool readable() const { return plot_.names_fit() && pitch_ >= 6; }

  std::string paint() {
    Svg svg = frame_.open(place_);
    plot_.draw_axes(svg);
    for (const Bar& bar : plan_.bars) {
      const double zero = plot_.y(bar.from);
      const double length = seen(bar, std::abs(plot_.y(bar.to) - zero));
      draw_bar(svg, bar, {left(bar.category, bar.lane), bar.value < 0 ? zero : zero - length, pitch_ - (plan_.lanes > 1 ? 1 : 0), length});
    }
    plot_.draw_zero(svg);
    draw_ends(svg);
    return std::move(svg).finish();
  }

 private:
  [[nodiscard]] double left(std::size_t category, std::size_t lane) const {
    return plot_.x(category) + pitch_ * (static_cast<double>(lane) - lanes_ / 2);
  }

  void draw_ends(Svg& svg) const {
    const double room = plan_.lanes > 1 ? pitch_ - 1 : plot_.slot() - 4;
    if (std::max(widest_end(false), widest_end(true)) > room) return;
    for (const BarEnd& end : plan_.ends)
      svg.text(left(end.category, end.lane) + pitch_ / 2, plot_.y(end.at) + (end.at < 0 ? 4 + kSmallSize * kAscent : -5), room,
               numbers_.label(end.value), {.size = kSmallSize, .colour = kInk, .bold = plan_.stacked, .align = Align::middle, .halo = kPaper});
  }

  const ChartFrame& frame_;
  Box place_;
  StandingPlot plot_;
  double lanes_;
  double pitch_;
};

class LyingBars : BarPainter {
 public:
  LyingBars(const Chart& chart, const BarPlan& plan, const ShortNumbers& numbers, const ChartFrame& frame)
      : BarPainter(chart, plan, numbers), frame_(frame), categories_(static_cast<double>(chart.categories.size())),
        lanes_(static_cast<double>(plan.lanes)) {
    place_names();
    const double head = (chart.category_title.empty() && numbers.axis_title().empty() ? 0 : 18) + kTicks;
    const double names = static_cast<double>(most_lines(names_)) * kSmallSize * kLeading;
    const double natural = std::max(names + 8, plan.lanes > 1 ? lanes_ * 14 + 10 : 24.0);
    place_ = frame.plot(head + categories_ * natural + kTicks, head + categories_ * std::max(names, lanes_ * 6 + 2) + kTicks);
    slot_ = (place_.height - head - kTicks) / categories_;
    pitch_ = std::min(slot_ * (plan.lanes > 1 ? 0.86 : 0.74) / lanes_, 40.0);
    const double before = plan.below_zero() ? widest_end(true) + 10 : 0;
    const double after = widest_end(false) + 10;
    inner_ = {place_.x + name_width_ + 10 + before, place_.y + head, place_.width - name_width_ - 10 - before - after, slot_ * categories_};
    find_axis();
  }

  std::string paint() {
    Svg svg = frame_.open(place_);
    draw_axis(svg);
    draw_names(svg);
    for (const Bar& bar : plan_.bars) {
      const double zero = x(bar.from);
      const double length = seen(bar, std::abs(x(bar.to) - zero));
      draw_bar(svg, bar, {bar.value < 0 ? zero - length : zero, top(bar.category, bar.lane), length, pitch_ - (plan_.lanes > 1 ? 1 : 0)});
    }
    svg.line(x(0), inner_.y, x(0), inner_.y + inner_.height, kAxis);
    draw_ends(svg);
    return std::move(svg).finish();
  }

 private:
  static constexpr double kTicks = 18;
  static constexpr double kTall = 480;  // the axis is told below, too

  void place_names() {
    const double room = (chart_.width - 2 * kMargin) * 0.36;
    for (const std::string& name : chart_.categories) names_.push_back(wrapped(name, kSmallSize, false, room, 2));
    name_width_ = widest(names_, kSmallSize);
  }

  void find_axis() {
    for (int intervals = std::max(2, static_cast<int>(inner_.width / 80));; --intervals) {
      axis_ = value_axis(plan_.least, plan_.most, intervals, power_of_ten(chart_.decimals));
      double longest = 0;
      for (const std::int64_t tick : axis_.ticks()) longest = std::max(longest, text_width(numbers_.tick(tick, axis_.step), kSmallSize, false));
      if (intervals == 1 || longest + 8 < x(axis_.low + axis_.step) - inner_.x) return;
    }
  }

  [[nodiscard]] double x(std::int64_t value) const { return inner_.x + inner_.width * axis_.at(value); }
  [[nodiscard]] double top(std::size_t category, std::size_t lane) const {
    return inner_.y + slot_ * (static_cast<double>(category) + 0.5) + pitch_ * (static_cast<double>(lane) - lanes_ / 2);
  }

  void draw_axis(Svg& svg) const {
    svg.text(place_.x, place_.y + kSmallSize, name_width_, chart_.category_title, {kSmallSize, kMuted});
    svg.text(place_.x + name_width_ + 10, place_.y + kSmallSize, place_.width - name_width_ - 10, numbers_.axis_title(), {kSmallSize, kMuted});
    const double bottom = inner_.y + inner_.height;
    for (const std::int64_t tick : axis_.ticks()) {
      svg.line(x(tick), inner_.y, x(tick), bottom, kGrid);
      for (const double baseline : {inner_.y - 5, bottom + kSmallSize + 3})
        if (baseline < inner_.y || inner_.height > kTall)
          svg.text(x(tick), baseline, inner_.width, numbers_.tick(tick, axis_.step),
                   {.size = kSmallSize, .colour = kMuted, .align = Align::middle});
    }
  }

  void draw_names(Svg& svg) const {
    for (std::size_t i = 0; i < names_.size(); ++i) {
      const double height = static_cast<double>(names_[i].size()) * kSmallSize * kLeading;
      double baseline = inner_.y + slot_ * (static_cast<double>(i) + 0.5) - height / 2 + kSmallSize * 1.02;
      for (const std::string& line : names_[i]) {
        svg.text(place_.x + name_width_, baseline, name_width_, line, {.size = kSmallSize, .colour = kInk, .align = Align::right});
        baseline += kSmallSize * kLeading;
      }
    }
  }

  void draw_ends(Svg& svg) const {
    if (pitch_ < kSmallSize) return;
    for (const BarEnd& end : plan_.ends)
      svg.text(x(end.at) + (end.at < 0 ? -6 : 6), top(end.category, end.lane) + pitch_ / 2 + kSmallSize * 0.36, place_.width,
               numbers_.label(end.value),
               {.size = kSmallSize, .colour = kInk, .bold = plan_.stacked, .align = end.at < 0 ? Align::right : Align::left, .halo = kPaper});
  }

  const ChartFrame& frame_;
  double categories_;
  double lanes_;
  std::vector<NameLines> names_;
  double name_width_ = 0;
  Box place_;
  double slot_ = 0;
  double pitch_ = 0;
  Box inner_;
  ValueAxis axis_;
};

}  // namespace

std::string draw_bars(const Chart& chart) {
  const BarPlan plan = plan_bars(chart);
  const std::vector<std::int64_t> shown = plan.numbers();
  const ShortNumbers numbers(chart, shown);
  const ChartFrame frame(chart, plan.legend);
  StandingBars standing(chart, plan, numbers, frame);
  return standing.readable() ? standing.paint() : LyingBars(chart, plan, numbers, frame).paint();
}

}  // namespace crm::report
