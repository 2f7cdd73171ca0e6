// A funnel: a bar for each stage, as wide as its count, and what part went on to the next.
#include <algorithm>

#include "chart_frame.hpp"
#include "chart_kinds.hpp"
#include "chart_names.hpp"
#include "chart_numbers.hpp"
#include "numbers.hpp"

namespace crm::report {
namespace {

constexpr double kLabelGap = 12;

class FunnelPainter {
 public:
  explicit FunnelPainter(const Chart& chart)
      : chart_(chart), values_(chart.series.front().values), shown_(numbers_of(values_)), numbers_(chart, shown_), frame_(chart, {}),
        most_(std::max<std::int64_t>(1, std::ranges::max(shown_))) {
    double beside = kLabelGap;
    for (const std::int64_t value : shown_) beside = std::max(beside, text_width(text(value), kTextSize, true) + kLabelGap);
    place_names();
    const auto stages = static_cast<double>(values_.size());
    place_ = frame_.plot(stages * 60 - 24, stages * 46 - 18);
    bar_ = (place_.height + 18) / stages * 0.6;
    step_ = (place_.height - bar_) / std::max(1.0, stages - 1);
    if (values_.size() == 1) bar_ = std::min(bar_, 40.0);
    // The widest number stands beside a bar, in the worst case beside the widest one.
    room_ = place_.width - name_width_ - 2 * beside;
    centre_ = place_.x + name_width_ + beside + room_ / 2;
  }

  std::string paint() {
    Svg svg = frame_.open(place_);
    for (std::size_t i = 0; i + 1 < values_.size(); ++i) draw_passage(svg, i);
    for (std::size_t i = 0; i < values_.size(); ++i) draw_stage(svg, i);
    return std::move(svg).finish();
  }

 private:
  static std::vector<std::int64_t> numbers_of(const std::vector<std::optional<std::int64_t>>& values) {
    std::vector<std::int64_t> out;
    for (const auto& value : values)
      if (value) out.push_back(*value);
    return out;
  }

  void place_names() {
    const double room = (chart_.width - 2 * kMargin) * 0.3;
    for (const std::string& name : chart_.categories) names_.push_back(wrapped(name, kTextSize, false, room, 2));
    name_width_ = widest(names_, kTextSize);
  }

  [[nodiscard]] std::string text(std::int64_t value) const {
    return with_unit(numbers_.label(value), numbers_.unit(), chart_.language);
  }
  [[nodiscard]] double width(std::size_t stage) const {
    return room_ * static_cast<double>(values_[stage].value_or(0)) / static_cast<double>(most_);
  }
  [[nodiscard]] double top(std::size_t stage) const { return place_.y + step_ * static_cast<double>(stage); }

  void draw_passage(Svg& svg, std::size_t stage) const {
    const double from = top(stage) + bar_;
    const double to = top(stage + 1);
    const double above = width(stage) / 2;
    const double below = width(stage + 1) / 2;
    Path path;
    path.move_to(centre_ - above, from).line_to(centre_ + above, from).line_to(centre_ + below, to).line_to(centre_ - below, to);
    if (above + below > 0) svg.path(path.close(), kPale);
    const auto& begun = values_[stage];
    const auto& passed = values_[stage + 1];
    const std::string share = begun && passed && *begun > 0 ? share_text(*passed, *begun, chart_.language) : "–";
    const double middle = (from + to) / 2;
    const double half = text_width(share, kSmallSize, false) / 2;
    const double x = centre_ + 7;
    Path arrow;
    arrow.move_to(x - half - 14, middle - 3).line_to(x - half - 6, middle - 3).line_to(x - half - 10, middle + 3);
    svg.path(arrow.close(), kMuted);
    svg.text(x, middle + kSmallSize * 0.36, room_, share, {.size = kSmallSize, .colour = kInk, .align = Align::middle});
  }

  void draw_stage(Svg& svg, std::size_t stage) const {
    const double middle = top(stage) + bar_ / 2;
    const auto& value = values_[stage];
    const std::string label = value ? text(*value) : "–";
    svg.begin(told(chart_.categories[stage], {}, value ? numbers_.exact(*value) : "–"), {});
    double baseline = middle - static_cast<double>(names_[stage].size()) * kTextSize * kLeading / 2 + kTextSize * 1.02;
    for (const std::string& line : names_[stage]) {
      svg.text(place_.x, baseline, name_width_, line, {kTextSize, kInk});
      baseline += kTextSize * kLeading;
    }
    const double wide = width(stage);
    if (wide > 0) svg.rect({centre_ - wide / 2, top(stage), wide, bar_}, series_colour(0));
    baseline = middle + kTextSize * 0.36;
    if (wide > text_width(label, kTextSize, true) + 12)
      svg.text(centre_, baseline, wide, label, {.size = kTextSize, .colour = ink_on(series_colour(0)), .bold = true, .align = Align::middle});
    else
      svg.text(centre_ + wide / 2 + kLabelGap / 2, baseline, place_.width, label, {kTextSize, kInk, true});
    svg.end();
  }

  const Chart& chart_;
  const std::vector<std::optional<std::int64_t>>& values_;
  const std::vector<std::int64_t> shown_;
  const ShortNumbers numbers_;
  const ChartFrame frame_;
  const std::int64_t most_;
  std::vector<NameLines> names_;
  double name_width_ = 0;
  Box place_;
  double bar_ = 0;
  double step_ = 0;
  double room_ = 0;
  double centre_ = 0;
};

}  // namespace

std::string draw_funnel(const Chart& chart) { return FunnelPainter(chart).paint(); }

}  // namespace crm::report
