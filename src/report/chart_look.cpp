#include "chart_look.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "crm/model/calendar_theme.hpp"
#include "crm/rules/calendar_theme.hpp"

namespace crm::report {
namespace {

// Dark and light by turns; the last is the only one that is like kOthers, with which it never meets.
constexpr std::array<std::string_view, kSeriesColours> kSeries = {"#1F5FA8", "#D07B00", "#8F2A00", "#009E73",
                                                                  "#4B2E83", "#3D93CC", "#7A6A00", "#CC79A7"};
// Lightness falls evenly, so that a step is as far as another; hues are told apart by all.
constexpr std::array<Colour, 5> kBlue = {{{0xEA, 0xF2, 0xFB}, {0xB9, 0xD6, 0xEE}, {0x6B, 0xAA, 0xD8}, {0x2A, 0x73, 0xB5}, {0x0B, 0x3B, 0x75}}};
constexpr std::array<Colour, 5> kBrown = {{{0xFC, 0xF0, 0xE2}, {0xF5, 0xCF, 0xA2}, {0xE0, 0x98, 0x4B}, {0xA8, 0x5C, 0x10}, {0x66, 0x30, 0x05}}};

std::string hex(const Colour& colour) {
  std::string out = "#";
  for (const std::uint8_t channel : {colour.red, colour.green, colour.blue})
    for (const int digit : {channel >> 4, channel & 15}) out += "0123456789ABCDEF"[digit];
  return out;
}

}  // namespace

std::string chart_font() { return CalendarTheme().font; }

std::string_view series_colour(std::size_t n) { return kSeries.at(n); }

std::string_view ink_on(std::string_view fill) {
  const Colour under = *parse_colour(fill);
  return contrast(under, {255, 255, 255}) >= kReadable ? "#FFFFFF" : "#000000";
}

std::string ramp_colour(double fraction, bool below_zero) {
  const auto& ramp = below_zero ? kBrown : kBlue;
  const double at = std::clamp(fraction, 0.0, 1.0) * static_cast<double>(ramp.size() - 1);
  const auto step = std::min(static_cast<std::size_t>(at), ramp.size() - 2);
  const double rest = at - static_cast<double>(step);
  const auto between = [&](std::uint8_t Colour::* channel) {
    const double from = ramp[step].*channel;
    return static_cast<std::uint8_t>(std::lround(from + (ramp[step + 1].*channel - from) * rest));
  };
  return hex({between(&Colour::red), between(&Colour::green), between(&Colour::blue)});
}

}  // namespace crm::report
