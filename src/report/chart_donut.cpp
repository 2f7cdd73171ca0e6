// A ring of shares, the greatest first from twelve o'clock, with the list of them beside it.
#include <algorithm>
#include <cmath>
#include <numbers>

#include "chart_frame.hpp"
#include "chart_kinds.hpp"
#include "chart_numbers.hpp"
#include "numbers.hpp"

namespace crm::report {
namespace {

constexpr double kRow = 26;
constexpr double kHole = 0.58;  // of the radius
constexpr double kGap = 14;     // between the columns of the list

struct Slice {
  std::string name;
  std::optional<std::int64_t> value;
  std::string_view fill;
};

/// By size; past what can be told apart, the smallest are one.
std::vector<Slice> slices_of(const Chart& chart) {
  std::vector<Slice> slices;
  const auto& values = chart.series.front().values;
  for (std::size_t i = 0; i < values.size(); ++i) slices.push_back({chart.categories[i], values[i], {}});
  if (chart.last_is_others) slices.back().fill = kOthers;
  std::ranges::stable_sort(slices.begin(), slices.end() - (chart.last_is_others ? 1 : 0), std::ranges::greater(),
                           [](const Slice& slice) { return slice.value.value_or(-1); });
  if (slices.size() > kSeriesColours) {
    Slice rest{word(chart, "прочие", "others"), 0, {}};
    if (!chart.last_is_others) rest.name += " (" + std::to_string(slices.size() - kSeriesColours + 1) + ")";
    for (std::size_t i = kSeriesColours - 1; i < slices.size(); ++i) rest.value = added(*rest.value, slices[i].value.value_or(0));
    rest.fill = kOthers;
    slices.resize(kSeriesColours - 1);
    slices.push_back(std::move(rest));
  }
  for (std::size_t i = 0; i < slices.size(); ++i)
    if (slices[i].fill.empty()) slices[i].fill = series_colour(i);
  return slices;
}

class DonutPainter {
 public:
  explicit DonutPainter(const Chart& chart)
      : chart_(chart), slices_(slices_of(chart)), shown_(values_of(slices_)), numbers_(chart, shown_), frame_(chart, {}) {
    for (const Slice& slice : slices_) total_ = added(total_, slice.value.value_or(0));
    const double list = static_cast<double>(slices_.size() + 1) * kRow;
    place_ = frame_.plot(std::max(list, 250.0), std::max(list, 120.0));
    radius_ = std::min(place_.height, place_.width * 0.42) / 2;
  }

  std::string paint() {
    Svg svg = frame_.open(place_);
    total_ > 0 ? draw_ring(svg) : draw_slice(svg, 0, 1, kGrid);
    draw_total(svg);
    draw_list(svg);
    return std::move(svg).finish();
  }

 private:
  static std::vector<std::int64_t> values_of(const std::vector<Slice>& slices) {
    std::vector<std::int64_t> out;
    for (const Slice& slice : slices) out.push_back(slice.value.value_or(0));
    return out;
  }

  [[nodiscard]] double centre_x() const { return place_.x + radius_; }
  [[nodiscard]] double centre_y() const { return place_.y + place_.height / 2; }

  /// `turn` is a part of the whole turn from twelve o'clock.
  [[nodiscard]] double x(double turn, double radius) const { return centre_x() + radius * std::sin(turn * 2 * std::numbers::pi); }
  [[nodiscard]] double y(double turn, double radius) const { return centre_y() - radius * std::cos(turn * 2 * std::numbers::pi); }

  void draw_slice(Svg& svg, double from, double to, std::string_view fill) const {
    constexpr int kArcs = 4;  // none is half a turn
    const double hole = radius_ * kHole;
    const auto turn = [&](int arc) { return from + (to - from) * arc / kArcs; };
    Path path;
    path.move_to(x(from, radius_), y(from, radius_));
    for (int arc = 1; arc <= kArcs; ++arc) path.arc_to(radius_, true, x(turn(arc), radius_), y(turn(arc), radius_));
    const bool whole = to - from == 1;  // a ring has no edge at twelve o'clock
    if (whole) path.close().move_to(x(to, hole), y(to, hole));
    if (!whole) path.line_to(x(to, hole), y(to, hole));
    for (int arc = kArcs - 1; arc >= 0; --arc) path.arc_to(hole, false, x(turn(arc), hole), y(turn(arc), hole));
    svg.path(path.close(), fill, kPaper, 2);
  }

  void draw_ring(Svg& svg) const {
    std::int64_t before = 0;
    const auto turn = [&](std::int64_t value) { return static_cast<double>(value) / static_cast<double>(total_); };
    for (const Slice& slice : slices_) {
      const std::int64_t value = slice.value.value_or(0);
      if (value == 0) continue;
      const double from = turn(before);
      const double to = turn(before += value);
      svg.begin(told(slice.name, {}, numbers_.exact(value) + " · " + share(value)), {});
      draw_slice(svg, from, to, slice.fill);
      const double middle = radius_ * (1 + kHole) / 2;
      const std::string label = share(value);
      const double width = text_width(label, kSmallSize, false);
      const double thick = radius_ * (1 - kHole);
      if (width + 4 < thick && (to - from) * 2 * std::numbers::pi * middle > width + 6)
        svg.text(x((from + to) / 2, middle), y((from + to) / 2, middle) + kSmallSize * 0.36, thick, label,
                 {.size = kSmallSize, .colour = ink_on(slice.fill), .align = Align::middle});
      svg.end();
    }
  }

  [[nodiscard]] std::string share(std::int64_t value) const {
    return total_ > 0 ? share_text(value, total_, chart_.language) : std::string("–");
  }

  void draw_total(Svg& svg) const {
    const double room = radius_ * kHole * 1.6;
    const std::string total = with_unit(numbers_.label(total_), numbers_.unit(), chart_.language);
    double size = 20;
    while (size > kSmallSize && text_width(total, size, true) > room) --size;
    svg.text(centre_x(), centre_y() + 2, room, total, {.size = size, .colour = kInk, .bold = true, .align = Align::middle});
    svg.text(centre_x(), centre_y() + 18, room, word(chart_, "всего", "in all"), {.size = kSmallSize, .colour = kMuted, .align = Align::middle});
  }

  void draw_list(Svg& svg) const {
    double values = text_width(numbers_.axis_title(), kSmallSize, false);
    double shares = text_width(share(total_), kTextSize, false);
    for (const Slice& slice : slices_)
      values = std::max(values, text_width(slice.value ? numbers_.label(*slice.value) : "–", kTextSize, false));
    const double left = place_.x + 2 * radius_ + 32;
    const double share_right = place_.x + place_.width;
    const double value_right = share_right - shares - kGap;
    values = std::min(values, (value_right - left) / 2);
    const double names = value_right - values - kGap - left - 20;

    double baseline = centre_y() - static_cast<double>(slices_.size() + 1) * kRow / 2 + kRow * 0.65;
    const auto row = [&](const std::string& name, const std::string& value, const std::string& part, double size, std::string_view colour) {
      svg.text(left + 20, baseline, names, name, {size, colour});
      svg.text(value_right, baseline, values, value, {.size = size, .colour = colour, .align = Align::right});
      svg.text(share_right, baseline, shares, part, {.size = size, .colour = colour, .align = Align::right});
      baseline += kRow;
    };
    row(chart_.category_title, numbers_.axis_title(), "%", kSmallSize, kMuted);
    for (const Slice& slice : slices_) {
      svg.begin(slice.name, {});
      svg.line(left, baseline - kRow * 0.65, share_right, baseline - kRow * 0.65, kGrid);
      svg.rect({left, baseline - 10, 12, 12}, slice.fill);
      row(slice.name, slice.value ? numbers_.label(*slice.value) : "–", slice.value ? share(*slice.value) : "–", kTextSize, kInk);
      svg.end();
    }
  }

  const Chart& chart_;
  const std::vector<Slice> slices_;
  const std::vector<std::int64_t> shown_;
  const ShortNumbers numbers_;
  const ChartFrame frame_;
  std::int64_t total_ = 0;
  Box place_;
  double radius_ = 0;
};

}  // namespace

std::string draw_donut(const Chart& chart) { return DonutPainter(chart).paint(); }

}  // namespace crm::report
