// The calendar as JSON (E11).
#include "crm/meta/record.hpp"
#include "crm/services/json_door.hpp"
#include "json_parts.hpp"

namespace json = boost::json;

namespace crm {
namespace {

constexpr std::string_view kViews[] = {"day", "week", "month"};

json::value code_of(EntityNo entity, FieldNo field, auto number) {
  return json_of(*entity_info(entity).at(field).values, static_cast<std::int64_t>(number));
}

json::object span_json(MinuteSpan span) { return {{"from", span.from}, {"to", span.to}}; }

std::int64_t style_no(const CalendarEntry& entry) {
  return static_cast<std::int64_t>(drawn_as(entry.state)) * static_cast<std::int64_t>(kPriorities) +
         static_cast<std::int64_t>(drawn_as(entry.priority));
}

json::object entry_json(const CalendarEntry& entry) {
  json::object out{{"event_id", entry.event.value}, {"version", entry.version}, {"all_day", entry.all_day}, {"bar", entry.bar}};
  if (entry.start) {
    out["start_at"] = to_string(*entry.start);
    out["first"] = to_string(entry.first);
    out["last"] = to_string(entry.last);
  }
  if (entry.end) out["end_at"] = to_string(*entry.end);
  if (entry.due_at) out["due_at"] = to_string(*entry.due_at);
  out["state"] = code_of(CalendarStyle::kEntity, CalendarStyle::kState, entry.state);
  out["priority"] = code_of(CalendarStyle::kEntity, CalendarStyle::kPriority, entry.priority);
  out["verification"] = code_of(Event::kEntity, Event::kVerification, entry.verification);
  out["style"] = style_no(entry);
  out["type_id"] = entry.type.value;
  out["type"] = entry.type_name;
  if (entry.company) {
    out["company_id"] = entry.company.value;
    out["company"] = entry.company_name;
  }
  out["executor_id"] = entry.executor.value;
  out["executor"] = entry.executor_name;
  if (!entry.purpose.empty()) out["purpose"] = entry.purpose;
  return out;
}

json::array entries_json(const std::vector<CalendarEntry>& entries) {
  json::array out;
  for (const CalendarEntry& entry : entries) out.push_back(entry_json(entry));
  return out;
}

json::object day_json(const CalendarDayView& day) {
  json::array hours;
  for (const DayPart part : day.hours) hours.push_back(span_json({part.from, part.to}));
  json::array boxes;
  for (const CalendarBox& box : day.boxes) {
    json::object one = span_json(box.minutes);
    one["entry"] = box.entry;
    one["column"] = box.place.column;
    one["columns"] = box.place.columns;
    one["width"] = box.place.width;
    one["from_before"] = box.from_before;
    one["goes_on"] = box.goes_on;
    boxes.push_back(std::move(one));
  }
  return {{"day", to_string(day.day)}, {"in_period", day.in_period}, {"name", day.name}, {"hours", std::move(hours)}, {"boxes", std::move(boxes)}};
}

json::object week_json(const CalendarWeek& week) {
  json::array day_list;
  for (const CalendarDayView& day : week.days) day_list.push_back(day_json(day));
  json::array bars;
  for (const CalendarBar& bar : week.bars)
    bars.push_back(json::object{{"entry", bar.entry}, {"first", to_string(bar.first)}, {"last", to_string(bar.last)}, {"lane", bar.lane},
                                {"from_before", bar.from_before}, {"goes_on", bar.goes_on}});
  return {{"days", std::move(day_list)}, {"bars", std::move(bars)}, {"lanes", week.lanes}};
}

json::array styles_json(const CalendarLooks& looks, Language language) {
  const EnumInfo& states = *entity_info(CalendarStyle::kEntity).at(CalendarStyle::kState).values;
  const EnumInfo& priorities = *entity_info(CalendarStyle::kEntity).at(CalendarStyle::kPriority).values;
  const auto caption_of = [&](const EnumValue& value) { return language == Language::russian ? value.ru : value.en; };
  json::array out;
  for (const EnumValue& state : states.values)
    for (const EnumValue& priority : priorities.values) {
      const CalendarLook& look = looks.at(static_cast<EffectiveState>(state.number), static_cast<Event::Priority>(priority.number));
      out.push_back(json::object{{"state", state.code}, {"priority", priority.code}, {"state_caption", caption_of(state)},
                                 {"priority_caption", caption_of(priority)}, {"background", look.background}, {"ink", look.ink},
                                 {"accent", look.accent}, {"bold", look.bold}, {"italic", look.italic}, {"struck", look.struck}});
    }
  return out;
}

}  // namespace

CalendarRequest calendar_request(Crm& crm, std::string_view text) {
  const json::value given = parse_json(crm, text);
  CalendarRequest request;
  request.query.day = crm.today();
  for (const auto& [name, value] : members_in(JsonAt(given), "a calendar")) {
    if (name == "view") {
      request.query.view = static_cast<CalendarQuery::View>(one_of(value, kViews));
    } else if (name == "day") {
      request.query.day = date_in(value);
    } else if (name == "user_id") {
      request.query.user = {number_in(value)};
    } else if (name == "department_id") {
      request.query.department = {number_in(value)};
    } else if (name == "company_id") {
      request.query.company = {number_in(value)};
    } else if (name == "zone") {
      request.query.zone = text_in(value);
    } else if (name == "theme_id") {
      request.query.theme = {number_in(value)};
    } else if (name == "limit") {
      request.query.limit = number_in(value);
    } else if (name == "width") {
      const std::int64_t width = number_in(value);
      if (width < 480 || width > 4000) refuse_at(value, Code::invalid_argument, {"field.range", 0, 0, 0, std::to_string(width), "width: 480..4000"});
      request.picture.width = static_cast<std::int32_t>(width);
    } else if (name == "links") {
      request.picture.links = text_in(value);
    } else {
      unknown_member({name, value}, "view, day, user_id, department_id, company_id, zone, theme_id, limit, width or links");
    }
  }
  return request;
}

std::string new_event_json(const Event& event) {
  json::object out{{"entity", "event"}, {"type_id", event.type.value}};
  if (event.executor) out["executor_id"] = event.executor.value;
  out["priority"] = code_of(CalendarStyle::kEntity, CalendarStyle::kPriority, event.priority);
  out["start_at"] = to_string(*event.start);
  out["end_at"] = to_string(*event.end);
  return json::serialize(out);
}

std::string calendar_json(Crm& crm, const Calendar& calendar) {
  json::array weeks;
  for (const CalendarWeek& week : calendar.weeks) weeks.push_back(week_json(week));
  json::object theme = json_of(calendar.theme);
  json::object out{{"view", kViews[static_cast<std::size_t>(calendar.view)]},
                   {"from", to_string(calendar.from)},
                   {"to", to_string(calendar.to)},
                   {"period_from", to_string(calendar.period_from)},
                   {"period_to", to_string(calendar.period_to)},
                   {"today", to_string(calendar.today)},
                   {"zone", calendar.zone},
                   {"title", calendar.title},
                   {"theme", std::move(theme)},
                   {"styles", styles_json(*calendar.looks, crm.language())},
                   {"entries", entries_json(calendar.entries)},
                   {"weeks", std::move(weeks)},
                   {"overdue", entries_json(calendar.overdue)},
                   {"more", calendar.more},
                   {"overdue_more", calendar.overdue_more}};
  if (calendar.now) out["now"] = *calendar.now;
  return json::serialize(out);
}

}  // namespace crm
