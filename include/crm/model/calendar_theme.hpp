/// How the calendar looks (E11), as data: a theme, and its styles by state and priority. Without any rows there is a built-in theme.
#pragma once

#include <optional>
#include <string>

#include "crm/model/event.hpp"
#include "crm/model/refs.hpp"

namespace crm {

/// Colours are "#RRGGBB".
struct CalendarTheme {
  static constexpr EntityNo kEntity = 57;
  enum Field : FieldNo { kNameRu = 3, kNameEn, kFont, kFontSize, kPaper, kInk, kGrid, kOffHours, kToday };

  CalendarThemeId id;
  Version version = 0;
  std::string name_ru;
  std::string name_en;
  std::string font = "Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif";  ///< families as CSS lists them
  std::int32_t font_size = 12;         ///< pixels, 8..24
  std::string paper = "#FFFFFF";
  std::string ink = "#1F2933";         ///< of what is written on paper, off hours and today
  std::string grid = "#CBD2D9";
  std::string off_hours = "#F3F5F7";   ///< days off and hours outside the working ones
  std::string today = "#FFF7DB";
};

/// A line of a theme: what events of this state and priority look like. The line that names both goes before one that names the state,
/// that before one that names the priority; each colour comes from the first line that gives it. Bold, italic and struck hold if any says so.
struct CalendarStyle {
  static constexpr EntityNo kEntity = 58;
  enum Field : FieldNo { kTheme = 3, kState, kPriority, kBackground, kInk, kAccent, kBold, kItalic, kStruck };

  IdOf<CalendarStyle> id;
  Version version = 0;
  CalendarThemeId theme;
  std::optional<EffectiveState> state;        ///< none: any
  std::optional<Event::Priority> priority;    ///< none: any
  std::string background;                     ///< "" = not said here
  std::string ink;
  std::string accent;                         ///< of the stripe at the left edge
  bool bold = false;
  bool italic = false;
  bool struck = false;
};

}  // namespace crm
