// What every chart has around its plot: heading, legend, note.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "chart_look.hpp"
#include "crm/report/chart.hpp"
#include "markup.hpp"

namespace crm::report {

struct LegendItem {
  std::string name;
  std::string_view colour;
  std::optional<std::size_t> marker = {};  ///< a line with its marks, not an area
};

/// The mark of the n-th line, so that colour is not all that tells it.
void draw_marker(Svg& svg, std::size_t n, double x, double y, std::string_view colour);

class ChartFrame {
 public:
  ChartFrame(const Chart& chart, const std::vector<LegendItem>& legend);

  /// The place between heading and note: `natural` high, or what the chart's own height leaves.
  /// Throws M13.size if that is below `least`, or less than `width` is left across.
  [[nodiscard]] Box plot(double natural, double least, double width = 0) const;
  /// The picture, with all but the plot drawn.
  [[nodiscard]] Svg open(const Box& plot) const;

 private:
  struct Placed {
    LegendItem item;
    double x;
    double row;
  };
  void place_legend(const std::vector<LegendItem>& legend);
  void draw_legend(Svg& svg, double top) const;
  [[nodiscard]] double heading_height() const;
  [[nodiscard]] double legend_height() const;
  [[nodiscard]] double note_height() const;
  [[nodiscard]] double room() const { return chart_.width - 2 * kMargin; }

  const Chart& chart_;
  std::vector<std::string> title_;
  std::vector<std::string> note_;
  std::vector<Placed> legend_;
};

inline const char* word(const Chart& chart, const char* ru, const char* en) { return chart.language == Language::russian ? ru : en; }

/// "Март 2026 · Иванов: 12 345,00 ₽", what a mark says under the mouse.
std::string told(std::string_view category, std::string_view series, std::string_view value);

}  // namespace crm::report
