// Colours, type and sizes of charts: told apart by the colour-blind, readable on white paper.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace crm::report {

inline constexpr std::string_view kPaper = "#FFFFFF";
inline constexpr std::string_view kInk = "#1F2933";
inline constexpr std::string_view kMuted = "#52606D";   // of what explains: axes, notes
inline constexpr std::string_view kAxis = "#7B8794";
inline constexpr std::string_view kGrid = "#E1E5EA";
inline constexpr std::string_view kOthers = "#868F98";  // gathered series and slices
inline constexpr std::string_view kPale = "#E3EAF3";    // what leads from a stage of a funnel to the next

inline constexpr double kMargin = 16;
inline constexpr double kTitleSize = 16;
inline constexpr double kTextSize = 12;  // legends
inline constexpr double kSmallSize = 11;  // axes, values, notes
/// From a baseline to the next, and what of it is above the letters' feet.
inline constexpr double kLeading = 1.3;
inline constexpr double kAscent = 0.8;

/// As many series are told apart.
inline constexpr std::size_t kSeriesColours = 8;

/// CSS families, those of the calendar.
std::string chart_font();

/// Of the n-th series, n below kSeriesColours: after Okabe and Ito, darkened to stand out from paper by 3:1; neighbours differ in lightness, too.
std::string_view series_colour(std::size_t n);

/// White or black, whichever is read on `fill` by 4.5:1 at least.
std::string_view ink_on(std::string_view fill);

/// One step of a scale, 0 (pale) to 1 (dark): blue, or brown for what is below zero.
std::string ramp_colour(double fraction, bool below_zero);

}  // namespace crm::report
