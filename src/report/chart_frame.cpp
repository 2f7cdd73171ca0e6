#include "chart_frame.hpp"

#include <algorithm>
#include <cmath>

namespace crm::report {
namespace {

constexpr double kSwatch = 12;
constexpr double kLineSwatch = 24;
constexpr double kLegendRow = 20;
constexpr std::size_t kMostTitleLines = 3;
constexpr std::size_t kMostNoteLines = 4;

double swatch_width(const LegendItem& item) { return item.marker ? kLineSwatch : kSwatch; }

void refuse_size(int given, double least, const char* what) {
  Violation violation;
  violation.rule = what;
  violation.value = std::to_string(given);
  violation.detail = std::to_string(static_cast<int>(std::ceil(least)));
  throw Error(Code::invalid_argument, {std::move(violation)});
}

}  // namespace

void draw_marker(Svg& svg, std::size_t n, double x, double y, std::string_view colour) {
  constexpr double r = 4;
  Path path;
  switch (n % 4) {
    case 0: path.move_to(x, y - r).arc_to(r, true, x + r, y).arc_to(r, true, x, y + r).arc_to(r, true, x - r, y).arc_to(r, true, x, y - r); break;
    case 1: path.move_to(x - r, y - r).line_to(x + r, y - r).line_to(x + r, y + r).line_to(x - r, y + r); break;
    case 2: path.move_to(x, y - r - 1).line_to(x + r + 1, y + r).line_to(x - r - 1, y + r); break;
    case 3: path.move_to(x, y - r - 1).line_to(x + r + 1, y).line_to(x, y + r + 1).line_to(x - r - 1, y); break;
  }
  // The second four are hollow.
  svg.path(path.close(), n < 4 ? colour : kPaper, n < 4 ? kPaper : colour, n < 4 ? 1 : 2);
}

std::string told(std::string_view category, std::string_view series, std::string_view value) {
  std::string text(category);
  if (!series.empty()) text.append(text.empty() ? "" : " · ").append(series);
  return text.append(text.empty() ? "" : ": ").append(value);
}

ChartFrame::ChartFrame(const Chart& chart, const std::vector<LegendItem>& legend) : chart_(chart) {
  if (!chart.title.empty()) title_ = wrapped(chart.title, kTitleSize, true, room(), kMostTitleLines);
  if (!chart.note.empty()) note_ = wrapped(chart.note, kSmallSize, false, room(), kMostNoteLines);
  place_legend(legend);
}

void ChartFrame::place_legend(const std::vector<LegendItem>& legend) {
  double x = 0;
  double row = 0;
  for (const LegendItem& item : legend) {
    Placed placed{item, x, row};
    placed.item.name = fitted(item.name, kTextSize, false, room() - swatch_width(item) - 6);
    const double width = swatch_width(item) + 6 + text_width(placed.item.name, kTextSize, false);
    if (x > 0 && x + width > room()) {
      placed.x = x = 0;
      placed.row = ++row;
    }
    x += width + 18;
    legend_.push_back(std::move(placed));
  }
}

double ChartFrame::heading_height() const { return title_.empty() ? 0 : static_cast<double>(title_.size()) * kTitleSize * kLeading + 8; }
double ChartFrame::legend_height() const { return legend_.empty() ? 0 : (legend_.back().row + 1) * kLegendRow + 8; }
double ChartFrame::note_height() const { return note_.empty() ? 0 : static_cast<double>(note_.size()) * kSmallSize * kLeading + 10; }

Box ChartFrame::plot(double natural, double least, double width) const {
  if (room() < width) refuse_size(chart_.width, width + 2 * kMargin, "M13.width");
  const double top = kMargin + heading_height() + legend_height();
  const double bottom = note_height() + kMargin;
  const double height = chart_.height ? chart_.height - top - bottom : natural;
  if (height < least) refuse_size(chart_.height, top + least + bottom, "M13.height");
  return {kMargin, top, room(), height};
}

Svg ChartFrame::open(const Box& plot) const {
  const double height = plot.y + plot.height + note_height() + kMargin;
  Svg svg(chart_.width, height, chart_font(), chart_.title);
  svg.rect({0, 0, static_cast<double>(chart_.width), height}, kPaper);
  double y = kMargin;
  for (const std::string& line : title_) {
    svg.text(kMargin, y + kTitleSize * kAscent, room(), line, {kTitleSize, kInk, true});
    y += kTitleSize * kLeading;
  }
  draw_legend(svg, kMargin + heading_height());
  y = plot.y + plot.height + 10;
  for (const std::string& line : note_) {
    svg.text(kMargin, y + kSmallSize * kAscent, room(), line, {kSmallSize, kMuted});
    y += kSmallSize * kLeading;
  }
  return svg;
}

void ChartFrame::draw_legend(Svg& svg, double top) const {
  for (const Placed& placed : legend_) {
    const double x = kMargin + placed.x;
    const double middle = top + placed.row * kLegendRow + kLegendRow / 2;
    const double swatch = swatch_width(placed.item);
    if (placed.item.marker) {
      svg.line(x, middle, x + swatch, middle, placed.item.colour, 2);
      draw_marker(svg, *placed.item.marker, x + swatch / 2, middle, placed.item.colour);
    } else {
      svg.rect({x, middle - swatch / 2, swatch, swatch}, placed.item.colour);
    }
    svg.text(x + swatch + 6, middle + kTextSize * 0.36, room(), placed.item.name, {kTextSize, kInk});
  }
}

}  // namespace crm::report
