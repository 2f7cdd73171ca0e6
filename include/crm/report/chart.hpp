/// A chart as an SVG picture (M13): numbers that somebody has counted, drawn so that they can be compared and read.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "crm/base/error.hpp"

namespace crm {

/// A row of numbers under one name, one for each category; none is "no value", which is not zero.
struct ChartSeries {
  std::string name;
  std::vector<std::optional<std::int64_t>> values;
};

struct Chart {
  enum class Kind : std::int32_t {
    bar = 0,          ///< one series
    grouped_bar = 1,  ///< up to 8 series, side by side
    stacked_bar = 2,  ///< series that add up; past 8 the smallest are gathered as "others"
    line = 3,         ///< up to 8 series over periods; a gap where there is no value
    donut = 4,        ///< one series of shares, none negative; past 8 categories the smallest are gathered as "others"
    funnel = 5,       ///< one series, the categories are stages; none negative
    heat_map = 6,     ///< series are rows, categories are columns
  };

  Kind kind = Kind::bar;
  std::string title;
  std::string note;            ///< small, below
  std::string category_title;  ///< what the categories are: "Month"
  std::string value_title;     ///< what the values are: "Received"
  std::vector<std::string> categories;
  std::vector<ChartSeries> series;
  /// The last series, or of one series the last category, is what is not told apart: it is drawn in grey, and last.
  bool last_is_others = false;
  int decimals = 0;  ///< values are integers scaled by 10^decimals, 0..6: money in minor units has 2
  std::string unit;  ///< "₽", "%"
  Language language = Language::english;
  int width = 760;  ///< pixels, 360..4000
  int height = 0;   ///< pixels; 0: as high as it takes to be read
};

/// The picture. Bars stand or lie, whichever lets the categories be read; numbers are shortened alike ("12.35", "million ₽" at the axis),
/// the exact one is the <title> of what is drawn. The same chart is the same text.
/// Throws `invalid_argument` with M13.* for what cannot be drawn; no values at all is drawn as such.
std::string chart_svg(const Chart& chart);

}  // namespace crm
