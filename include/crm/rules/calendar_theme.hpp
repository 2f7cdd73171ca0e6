/// What an event looks like in the calendar (E11), and whether it can be read.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "crm/model/calendar_theme.hpp"

namespace crm {

/// sRGB.
struct Colour {
  std::uint8_t red = 0;
  std::uint8_t green = 0;
  std::uint8_t blue = 0;
  bool operator==(const Colour&) const = default;
};

/// "#1F2933", else none.
std::optional<Colour> parse_colour(std::string_view text);

/// Contrast ratio of WCAG 2.1, 1 (none) to 21 (black on white). Throws nothing; the order does not matter.
double contrast(Colour one, Colour other);
/// Text of any size reads well from here on (WCAG 2.1, 1.4.3, level AA).
inline constexpr double kReadable = 4.5;

/// How one event is drawn; every colour is given.
struct CalendarLook {
  std::string background;
  std::string ink;
  std::string accent;
  bool bold = false;
  bool italic = false;
  bool struck = false;
  bool operator==(const CalendarLook&) const = default;
};

inline constexpr std::size_t kEffectiveStates = 6;
inline constexpr std::size_t kPriorities = 4;

/// As what an event is drawn whose state or priority only a later release knows: as planned, as of normal priority.
constexpr EffectiveState drawn_as(EffectiveState state) {
  return static_cast<std::size_t>(state) < kEffectiveStates ? state : EffectiveState::planned;
}
constexpr Event::Priority drawn_as(Event::Priority priority) {
  return static_cast<std::size_t>(priority) < kPriorities ? priority : Event::Priority::normal;
}

/// The looks of all states and priorities, by `CalendarLooks::at`.
class CalendarLooks {
 public:
  /// Styles of other themes are left out. What no style says is as on the theme's paper.
  CalendarLooks(const CalendarTheme& theme, std::span<const CalendarStyle> styles);
  [[nodiscard]] const CalendarLook& at(EffectiveState state, Event::Priority priority) const {
    return looks_[static_cast<std::size_t>(drawn_as(state))][static_cast<std::size_t>(drawn_as(priority))];
  }

 private:
  std::array<std::array<CalendarLook, kPriorities>, kEffectiveStates> looks_;
};

/// The built-in theme: what a base without themes shows, and what the starter set puts into one.
CalendarTheme standard_theme();
std::vector<CalendarStyle> standard_styles();

/// A state and priority whose text cannot be read, with its contrast.
struct Unreadable {
  EffectiveState state = EffectiveState::planned;
  Event::Priority priority = Event::Priority::normal;
  double contrast = 0;
};
/// The least readable look below `kReadable`, if any.
std::optional<Unreadable> least_readable(const CalendarLooks& looks);

}  // namespace crm
