#include "crm/rules/calendar_theme.hpp"

#include <algorithm>
#include <cmath>

namespace crm {
namespace {

/// One channel of the relative luminance of WCAG 2.1.
double linear(std::uint8_t channel) {
  const double c = channel / 255.0;
  return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}

double luminance(Colour c) { return 0.2126 * linear(c.red) + 0.7152 * linear(c.green) + 0.0722 * linear(c.blue); }

bool concerns(const CalendarStyle& style, EffectiveState state, Event::Priority priority) {
  return (!style.state || *style.state == state) && (!style.priority || *style.priority == priority);
}

int rank(const CalendarStyle& style) { return (style.state ? 2 : 0) + (style.priority ? 1 : 0); }

CalendarStyle of_state(EffectiveState state, const char* background, const char* ink, const char* accent) {
  CalendarStyle style;
  style.state = state;
  style.background = background;
  style.ink = ink;
  style.accent = accent;
  return style;
}

}  // namespace

std::optional<Colour> parse_colour(std::string_view text) {
  if (text.size() != 7 || text[0] != '#') return {};
  std::uint32_t number = 0;
  for (const char c : text.substr(1)) {
    const int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
    if (digit < 0) return {};
    number = number * 16 + static_cast<std::uint32_t>(digit);
  }
  return Colour{static_cast<std::uint8_t>(number >> 16), static_cast<std::uint8_t>(number >> 8), static_cast<std::uint8_t>(number)};
}

double contrast(Colour one, Colour other) {
  const double a = luminance(one) + 0.05;
  const double b = luminance(other) + 0.05;
  return std::max(a, b) / std::min(a, b);
}

CalendarLooks::CalendarLooks(const CalendarTheme& theme, std::span<const CalendarStyle> styles) {
  std::vector<CalendarStyle> own;
  for (const CalendarStyle& style : styles)
    if (style.theme == theme.id) own.push_back(style);
  std::ranges::stable_sort(own, std::ranges::greater(), rank);
  for (std::size_t state = 0; state < kEffectiveStates; ++state) {
    for (std::size_t priority = 0; priority < kPriorities; ++priority) {
      CalendarLook& look = looks_[state][priority];
      for (const CalendarStyle& style : own) {
        if (!concerns(style, static_cast<EffectiveState>(state), static_cast<Event::Priority>(priority))) continue;
        if (look.background.empty()) look.background = style.background;
        if (look.ink.empty()) look.ink = style.ink;
        if (look.accent.empty()) look.accent = style.accent;
        look.bold = look.bold || style.bold;
        look.italic = look.italic || style.italic;
        look.struck = look.struck || style.struck;
      }
      if (look.background.empty()) look.background = theme.paper;
      if (look.ink.empty()) look.ink = theme.ink;
      if (look.accent.empty()) look.accent = look.ink;
    }
  }
}

CalendarTheme standard_theme() {
  CalendarTheme theme;
  theme.name_ru = "Обычная";
  theme.name_en = "Standard";
  return theme;
}

/// States by colour, priorities by weight: bold is above normal, the stripe is red when very high, light when low.
std::vector<CalendarStyle> standard_styles() {
  std::vector<CalendarStyle> styles = {
      of_state(EffectiveState::planned, "#DCEBFB", "#0B3B66", "#2F7FD1"),
      of_state(EffectiveState::rescheduled, "#E7E0FA", "#3E2780", "#7C5CD6"),
      of_state(EffectiveState::postponed, "#ECEFF1", "#37474F", "#90A4AE"),
      of_state(EffectiveState::held, "#DDF3E0", "#14532D", "#3C9A5F"),
      of_state(EffectiveState::cancelled, "#F1F1F1", "#5A5A5A", "#BDBDBD"),
      of_state(EffectiveState::overdue, "#FDE3E1", "#8B1A12", "#D64537"),
  };
  styles[static_cast<std::size_t>(EffectiveState::postponed)].italic = true;
  styles[static_cast<std::size_t>(EffectiveState::cancelled)].struck = true;
  for (const Event::Priority priority : {Event::Priority::high, Event::Priority::very_high}) {
    CalendarStyle style;
    style.priority = priority;
    style.bold = true;
    styles.push_back(style);
  }
  // The colour of a state is that of every priority; its stripe is not where the priority is the highest.
  for (const EffectiveState state : {EffectiveState::planned, EffectiveState::rescheduled, EffectiveState::postponed}) {
    CalendarStyle urgent;
    urgent.state = state;
    urgent.priority = Event::Priority::very_high;
    urgent.accent = "#D64537";
    styles.push_back(urgent);
  }
  return styles;
}

std::optional<Unreadable> least_readable(const CalendarLooks& looks) {
  std::optional<Unreadable> worst;
  for (std::size_t state = 0; state < kEffectiveStates; ++state) {
    for (std::size_t priority = 0; priority < kPriorities; ++priority) {
      const auto at_state = static_cast<EffectiveState>(state);
      const auto at_priority = static_cast<Event::Priority>(priority);
      const CalendarLook& look = looks.at(at_state, at_priority);
      const auto background = parse_colour(look.background);
      const auto ink = parse_colour(look.ink);
      if (!background || !ink) continue;
      const double ratio = contrast(*background, *ink);
      if (ratio < kReadable && (!worst || ratio < worst->contrast)) worst = {at_state, at_priority, ratio};
    }
  }
  return worst;
}

}  // namespace crm
