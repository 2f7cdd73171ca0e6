// What the picture and the page of a calendar say.
#pragma once

#include <string>

#include "crm/report/calendar.hpp"

namespace crm::report {

/// In one language of the two.
class CalendarText {
 public:
  CalendarText(const Calendar& calendar, Language language) : calendar_(calendar), language_(language), zone_(Zone::as_stored(calendar.zone)) {}

  /// "Календарь событий: Иванов, 2–8 марта 2026".
  [[nodiscard]] std::string title() const;
  /// "10:00", "10:00–11:30", "весь день", "2 марта – 4 марта".
  [[nodiscard]] std::string when(const CalendarEntry& entry) const;
  /// "встреча · ООО «Вектор» · Иванов П. С. · обсудить договор".
  [[nodiscard]] std::string what(const CalendarEntry& entry) const;
  /// All of it, line by line.
  [[nodiscard]] std::string whole(const CalendarEntry& entry) const;
  /// "Иванов П. С."; "" in a calendar that is his.
  [[nodiscard]] std::string executor(const CalendarEntry& entry) const;
  /// "2 марта 2026, 10:00" of the due time, "2 марта 2026" where the whole day was left.
  [[nodiscard]] std::string due(const CalendarEntry& entry) const;
  [[nodiscard]] std::string state(EffectiveState state) const;
  [[nodiscard]] std::string priority(Event::Priority priority) const;
  [[nodiscard]] const char* word(const char* ru, const char* en) const { return language_ == Language::russian ? ru : en; }
  [[nodiscard]] std::string more(std::size_t count) const { return word("ещё ", "more: ") + std::to_string(count); }
  [[nodiscard]] Language language() const { return language_; }
  [[nodiscard]] const Zone& zone() const { return zone_; }

 private:
  const Calendar& calendar_;
  Language language_;
  Zone zone_;
};

/// "<links>event/17", with `action` "<links>event/17/move"; "" without links.
std::string event_link(const CalendarPicture& picture, const CalendarEntry& entry, const char* action = "");

/// The picture, with the overdue list below it or without.
std::string draw_calendar(const Calendar& calendar, Language language, const CalendarPicture& picture, bool with_overdue);

}  // namespace crm::report
