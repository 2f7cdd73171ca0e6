#include "calendar_text.hpp"

#include "crm/meta/record.hpp"
#include "dates.hpp"

namespace crm::report {
namespace {

std::string event_caption(FieldNo field, std::int64_t number, Language language) {
  return entity_info(CalendarStyle::kEntity).at(field).values->caption(number, language);
}

}  // namespace

std::string CalendarText::title() const {
  std::string period;
  switch (calendar_.view) {
    case CalendarQuery::View::day:
      period = weekday_name(calendar_.from, language_) + ", " + date_name(calendar_.from, language_);
      break;
    case CalendarQuery::View::week:
      period = period_name(calendar_.period_from, calendar_.period_to - std::chrono::days(1), language_);
      break;
    case CalendarQuery::View::month: period = month_name(calendar_.period_from, language_); break;
  }
  return calendar_.title.empty() ? period : period + " · " + calendar_.title;
}

std::string CalendarText::when(const CalendarEntry& entry) const {
  if (entry.all_day && entry.first == entry.last) return word("весь день", "all day");
  if (entry.all_day) return day_name(entry.first, language_) + " – " + day_name(entry.last, language_);
  std::string text = clock(*entry.start, zone_);
  if (!entry.end || *entry.end <= *entry.start) return text;
  if (!entry.bar) return text + "–" + clock(*entry.end, zone_);
  return day_name(entry.first, language_) + ", " + text + " – " + day_name(entry.last, language_) + ", " + clock(*entry.end, zone_);
}

std::string CalendarText::what(const CalendarEntry& entry) const {
  std::string text = entry.company_name.empty() ? entry.type_name : entry.company_name + " · " + entry.type_name;
  if (!executor(entry).empty()) text += " · " + executor(entry);
  if (!entry.purpose.empty()) text += " · " + entry.purpose;
  return text;
}

std::string CalendarText::executor(const CalendarEntry& entry) const { return calendar_.of_user ? std::string() : entry.executor_name; }

std::string CalendarText::whole(const CalendarEntry& entry) const {
  std::string text = entry.type_name;
  if (!entry.company_name.empty()) text += ": " + entry.company_name;
  if (entry.start) text += "\n" + (entry.bar ? "" : day_name(entry.first, language_) + ", ") + when(entry);
  if (!entry.executor_name.empty()) text += "\n" + std::string(word("Исполнитель: ", "Executor: ")) + entry.executor_name;
  text += "\n" + state(entry.state) + ", " + word("приоритет ", "priority ") + priority(entry.priority);
  if (!entry.purpose.empty()) text += "\n" + entry.purpose;
  return text;
}

std::string CalendarText::due(const CalendarEntry& entry) const {
  if (!entry.due_at) return {};
  const Date day = zone_.date(*entry.due_at);
  if (*entry.due_at == zone_.start_of(day)) return date_name(day - std::chrono::days(1), language_);  // by the end of a day
  return date_name(day, language_) + ", " + clock(*entry.due_at, zone_);
}

std::string CalendarText::state(EffectiveState state) const {
  return event_caption(CalendarStyle::kState, static_cast<std::int64_t>(state), language_);
}

std::string CalendarText::priority(Event::Priority priority) const {
  return event_caption(CalendarStyle::kPriority, static_cast<std::int64_t>(priority), language_);
}

std::string event_link(const CalendarPicture& picture, const CalendarEntry& entry, const char* action) {
  return picture.links.empty() ? std::string() : picture.links + "event/" + std::to_string(entry.event.value) + action;
}

}  // namespace crm::report
