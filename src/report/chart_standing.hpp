// The axes of a chart whose values go upwards, its categories along: standing bars and lines.
#pragma once

#include <vector>

#include "chart_frame.hpp"
#include "chart_names.hpp"
#include "chart_numbers.hpp"

namespace crm::report {

/// Room for what is written beside the marks, in pixels.
struct Pads {
  double above = 6;
  double below = 0;
  double right = 0;
};

class StandingPlot {
 public:
  static constexpr double kNatural = 330;  // height of all of it
  static constexpr double kLeast = 200;

  StandingPlot(const Chart& chart, const ShortNumbers& numbers, const Box& plot, std::int64_t least, std::int64_t most, const Pads& pads);

  /// Whether every name of a category is written whole. If not, as many are written as have room.
  [[nodiscard]] bool names_fit() const { return names_fit_; }
  [[nodiscard]] const Box& inner() const { return inner_; }
  /// Down to where marks may be labelled; the names begin below.
  [[nodiscard]] double floor() const { return inner_.y + inner_.height + pads_.below; }
  [[nodiscard]] double slot() const { return inner_.width / static_cast<double>(chart_.categories.size()); }
  /// The middle of a category.
  [[nodiscard]] double x(std::size_t category) const { return inner_.x + slot() * (static_cast<double>(category) + 0.5); }
  [[nodiscard]] double y(std::int64_t value) const { return inner_.y + inner_.height * (1 - axis_.at(value)); }

  /// Titles, ticks and the lines across; before the marks.
  void draw_axes(Svg& svg) const;
  /// The line of zero, over the marks.
  void draw_zero(Svg& svg) const;

 private:
  void place_names();
  void draw_names(Svg& svg) const;

  const Chart& chart_;
  const ShortNumbers& numbers_;
  Box plot_;
  Pads pads_;
  ValueAxis axis_;
  Box inner_;
  std::vector<NameLines> names_;
  bool names_fit_ = true;
  double name_lines_ = 1;
};

}  // namespace crm::report
