#include "chart_standing.hpp"

#include <algorithm>

#include "numbers.hpp"

namespace crm::report {
namespace {

constexpr double kTitleRow = 18;
constexpr double kNameRow = kSmallSize * kLeading;
constexpr double kLongestName = 120;  // where not all are written
constexpr double kTickPitch = 46;

double title_row(const std::string& title) { return title.empty() ? 0 : kTitleRow; }

}  // namespace

StandingPlot::StandingPlot(const Chart& chart, const ShortNumbers& numbers, const Box& plot, std::int64_t least, std::int64_t most,
                           const Pads& pads)
    : chart_(chart), numbers_(numbers), plot_(plot), pads_(pads) {
  const double top = plot.y + title_row(numbers.axis_title()) + pads.above;
  const double below = pads.below + 2 * kNameRow + 6 + title_row(chart.category_title);
  const double height = plot.y + plot.height - below - top;
  axis_ = value_axis(least, most, std::max(2, static_cast<int>(height / kTickPitch)), power_of_ten(chart.decimals));
  double gutter = 0;
  for (const std::int64_t tick : axis_.ticks()) gutter = std::max(gutter, text_width(numbers.tick(tick, axis_.step), kSmallSize, false) + 8);
  inner_ = {plot.x + gutter, top, plot.width - gutter - pads.right, height};
  place_names();
  inner_.height += kNameRow * (2 - name_lines_);
}

void StandingPlot::place_names() {
  names_ = broken_alike(chart_.categories, kSmallSize, slot() - 6);
  name_lines_ = static_cast<double>(most_lines(names_));
  for (std::size_t i = 0; i < names_.size(); ++i)
    if (!is_whole(names_[i], chart_.categories[i])) names_fit_ = false;
  if (names_fit_) return;
  name_lines_ = 1;
  for (std::size_t i = 0; i < names_.size(); ++i) names_[i] = NameLines{fitted(chart_.categories[i], kSmallSize, false, kLongestName)};
}

void StandingPlot::draw_axes(Svg& svg) const {
  svg.text(plot_.x, plot_.y + kSmallSize, plot_.width, numbers_.axis_title(), {kSmallSize, kMuted});
  for (const std::int64_t tick : axis_.ticks()) {
    svg.line(inner_.x, y(tick), inner_.x + inner_.width, y(tick), kGrid);
    svg.text(inner_.x - 8, y(tick) + kSmallSize * 0.36, inner_.x, numbers_.tick(tick, axis_.step),
             {.size = kSmallSize, .colour = kMuted, .align = Align::right});
  }
  draw_names(svg);
  svg.text(inner_.x + inner_.width / 2, plot_.y + plot_.height - 4, inner_.width, chart_.category_title,
           {.size = kSmallSize, .colour = kMuted, .align = Align::middle});
}

void StandingPlot::draw_names(Svg& svg) const {
  const double top = floor() + 6;
  double free = 0;  // where the last name ended
  for (std::size_t i = 0; i < names_.size(); ++i) {
    const double width = widest(names_[i], kSmallSize);
    const double middle = std::clamp(x(i), plot_.x + width / 2, plot_.x + plot_.width - width / 2);
    if (!names_fit_ && middle - width / 2 < free) continue;
    free = middle + width / 2 + 10;
    for (std::size_t line = 0; line < names_[i].size(); ++line)
      svg.text(middle, top + kNameRow * static_cast<double>(line) + kSmallSize * kAscent, width, names_[i][line],
               {.size = kSmallSize, .colour = kInk, .align = Align::middle});
  }
}

void StandingPlot::draw_zero(Svg& svg) const {
  if (axis_.low <= 0 && axis_.high >= 0) svg.line(inner_.x, y(0), inner_.x + inner_.width, y(0), kAxis);
}

}  // namespace crm::report
