// The calendar (E11): events of days for a user, a department, a company.
#include <algorithm>
#include <set>

#include "access.hpp"
#include "crm/base/text.hpp"
#include "crm/services/filters.hpp"
#include "events.hpp"
#include "managers.hpp"

namespace crm {
namespace {

using std::chrono::days;

constexpr std::int32_t kLeastMinutes = 30;  // what is shorter is drawn so long

struct Period {
  Date from;
  Date to;
};

Date monday_of(Date day) {
  return day - days(std::chrono::weekday(std::chrono::sys_days(day.time_since_epoch())).iso_encoding() - 1);
}

Period period_of(const CalendarQuery& query) {
  switch (query.view) {
    case CalendarQuery::View::day: return {query.day, query.day + days(1)};
    case CalendarQuery::View::week: return {monday_of(query.day), monday_of(query.day) + days(7)};
    case CalendarQuery::View::month: break;
  }
  const std::chrono::year_month_day date(query.day);
  const auto next = date.year() / date.month() + std::chrono::months(1);
  return {Date(date.year() / date.month() / 1), Date(next / 1)};
}

/// Those who work in the department, or below it, on a day of the period.
std::vector<Value> staff_of(Unit& unit, DepartmentId department, const Period& period) {
  unit.load(department);
  std::vector<Value> departments;
  for (Id id : subtree_of(unit.session, Department::kEntity, Department::kParent, department.value)) departments.emplace_back(id);
  std::set<Id> people;
  for (Id id : unit.ids(Placement::kEntity, Placement::kUser,
                        where::all({where::in(Placement::kDepartment, std::move(departments)),
                                    where::any({where::is_null(Placement::kFrom), where::lt(Placement::kFrom, to_number(period.to))}),
                                    where::any({where::is_null(Placement::kTo), where::gt(Placement::kTo, to_number(period.from))})})))
    people.insert(id);
  std::vector<Value> values;
  for (Id id : people) values.emplace_back(id);
  return values;
}

/// Reads and lays out one calendar.
class CalendarMaker {
 public:
  CalendarMaker(Unit& unit, const CalendarQuery& query)
      : unit_(unit), query_(query), zone_(query.zone.empty() ? unit.zone() : Zone(query.zone)), period_(period_of(query)) {}

  Calendar make() {
    calendar_.view = query_.view;
    calendar_.period_from = period_.from;
    calendar_.period_to = period_.to;
    const bool month = query_.view == CalendarQuery::View::month;
    calendar_.from = month ? monday_of(period_.from) : period_.from;
    calendar_.to = month ? monday_of(period_.to - days(1)) + days(7) : period_.to;
    calendar_.today = zone_.date(unit_.now);
    calendar_.zone = zone_.name();
    if (calendar_.from <= calendar_.today && calendar_.today < calendar_.to)
      calendar_.now = minutes_on(unit_.now, unit_.now, calendar_.today, zone_, 0).from;
    read_theme();
    if (read_scope()) {
      read_entries();
      read_overdue();
    }
    lay_out(working_time_of(unit_, query_.user, {calendar_.from, calendar_.to}));
    return std::move(calendar_);
  }

 private:
  void read_theme() {
    std::vector<CalendarStyle> styles;
    if (query_.theme) {
      calendar_.theme = unit_.load(query_.theme);
    } else {
      Query first;
      first.limit = 1;
      const auto found = unit_.rows(CalendarTheme::kEntity, std::move(first));
      calendar_.theme = found.empty() ? standard_theme() : from_row<CalendarTheme>(found.front());
    }
    if (calendar_.theme.id) {
      styles = unit_.list<CalendarStyle>(where::eq(CalendarStyle::kTheme, calendar_.theme.id.value), {{kId}});
    } else {
      styles = standard_styles();
    }
    calendar_.looks.emplace(calendar_.theme, styles);
  }

  /// Whose events; false: nobody's.
  bool read_scope() {
    const auto add_title = [&](const std::string& part) { calendar_.title += (calendar_.title.empty() ? "" : ", ") + part; };
    if (query_.user) {
      const User user = unit_.load(query_.user);
      add_title(full_name(user.last_name, user.first_name, user.middle_name));
      calendar_.of_user = true;
      whose_.push_back(where::eq(Event::kExecutor, query_.user.value));
    }
    if (query_.department) {
      add_title(unit_.load(query_.department).name);
      auto staff = staff_of(unit_, query_.department, period_);
      if (staff.empty()) return false;
      whose_.push_back(where::in(Event::kExecutor, std::move(staff)));
    }
    if (query_.company) {
      const Record company = unit_.load(Company::kEntity, query_.company.value);
      if (unit_.actor && unit_.access().sight_of(company) == Sight::nothing)
        refuse(Code::not_found, {"record.not_found", Company::kEntity, kId, query_.company.value, std::to_string(query_.company.value), "company"});
      add_title(std::string(company.get(Company::kName).as_text()));
      whose_.push_back(where::eq(Event::kCompany, query_.company.value));
    }
    return true;
  }

  /// Everybody's are found by everybody's name: by executor and date there is an index.
  [[nodiscard]] Filter everybody() {
    std::vector<Value> people;
    for (Id id : unit_.ids(User::kEntity, kId, where::not_null(kId))) people.emplace_back(id);
    return where::in(Event::kExecutor, std::move(people));
  }

  Query entry_query(Filter dates) {
    Query query;
    query.entity = Event::kEntity;
    query.columns = {kId, kVersion, Event::kStart, Event::kEnd, Event::kAllDay, Event::kZone, Event::kState, Event::kPriority,
                     Event::kVerification, Event::kType, Event::kCompany, Event::kExecutor, Event::kPurpose, Event::kDueAt,
                     {Event::kType, EventType::kNameRu}, {Event::kType, EventType::kNameEn}, {Event::kCompany, Company::kName},
                     {Event::kExecutor, User::kLastName}, {Event::kExecutor, User::kFirstName}, {Event::kExecutor, User::kMiddleName}};
    std::vector<Filter> parts = whose_;
    parts.push_back(std::move(dates));
    query.filter = where::all(std::move(parts));
    return query;
  }

  CalendarEntry entry_of(const Cell* cells) {
    CalendarEntry entry;
    entry.event = {cells[0].as_integer()};
    entry.version = cells[1].as_integer();
    if (!cells[2].is_null()) entry.start = instant_of(cells[2].as_integer());
    if (!cells[3].is_null()) entry.end = instant_of(cells[3].as_integer());
    entry.all_day = cells[4].as_integer() != 0;
    entry.priority = static_cast<Event::Priority>(cells[7].as_integer());
    entry.verification = static_cast<Event::Verification>(cells[8].as_integer());
    entry.type = {cells[9].as_integer()};
    entry.company = {cells[10].as_integer()};
    entry.executor = {cells[11].as_integer()};
    entry.purpose = cells[12].as_text();
    if (!cells[13].is_null()) entry.due_at = instant_of(cells[13].as_integer());
    entry.state = entry.due_at && *entry.due_at < unit_.now ? EffectiveState::overdue : static_cast<EffectiveState>(cells[6].as_integer());
    const std::string_view english = cells[15].as_text();
    entry.type_name = unit_.language() == Language::english && !english.empty() ? english : cells[14].as_text();
    entry.company_name = cells[16].as_text();
    entry.executor_name = short_name(cells[17].as_text(), cells[18].as_text(), cells[19].as_text());
    if (!entry.start) return entry;
    const std::string_view own_zone = cells[5].as_text();
    const DaysTouched touched =
        days_touched({entry.start, entry.end, entry.all_day}, own_zone.empty() ? unit_.zone() : zone_named(own_zone), zone_);
    entry.first = touched.first;
    entry.last = touched.last;
    entry.bar = touched.bar;
    return entry;
  }

  /// Reading a zone takes its whole history: each once.
  const Zone& zone_named(std::string_view name) {
    for (const Zone& zone : zones_)
      if (zone.name() == name) return zone;
    return zones_.emplace_back(Zone::as_stored(name));
  }

  /// An all-day event of another zone lies on its own dates, up to a day from ours: read wider, keep what touches the days shown.
  void read(Filter dates, std::vector<CalendarEntry>& out) {
    Query query = entry_query(std::move(dates));
    query.order = {{Event::kStart}};
    limit(unit_, query);
    const auto cursor = unit_.session.select(query);
    const auto enough = static_cast<std::size_t>(query_.limit) + 1 + out.size();
    while (const Cell* cells = out.size() < enough ? cursor->next() : nullptr) {
      CalendarEntry entry = entry_of(cells);
      if (entry.first < calendar_.to && calendar_.from <= entry.last) out.push_back(std::move(entry));
    }
  }

  void read_entries() {
    constexpr auto kWider = days(1);
    const std::int64_t from = to_number(zone_.start_of(calendar_.from) - kWider);
    const std::int64_t to = to_number(zone_.start_of(calendar_.to) + kWider);
    const std::int64_t lately = from - to_number(Instant(kLongEvent));
    std::vector<CalendarEntry> found;
    const bool of_all = whose_.empty();
    if (of_all) whose_.push_back(everybody());
    read(where::all({where::ge(Event::kStart, lately), where::lt(Event::kStart, to)}), found);
    const auto recent = found.size();
    read(where::gt(Event::kLongUntil, from), found);
    found.erase(std::remove_if(found.begin() + static_cast<std::ptrdiff_t>(recent), found.end(),
                               [&](const CalendarEntry& e) { return to_number(*e.start) >= lately; }),
                found.end());
    std::ranges::stable_sort(found, [](const CalendarEntry& a, const CalendarEntry& b) {
      return *a.start != *b.start ? *a.start < *b.start : a.event < b.event;
    });
    if (of_all) whose_.clear();
    calendar_.more = std::ssize(found) > query_.limit;
    if (calendar_.more) found.resize(static_cast<std::size_t>(query_.limit));
    calendar_.entries = std::move(found);
  }

  void read_overdue() {
    Query query = entry_query(where::lt(Event::kDueAt, to_number(unit_.now)));
    query.order = {{Event::kDueAt}};
    query.limit = Calendar::kOverdueShown + 1;
    limit(unit_, query);
    const auto cursor = unit_.session.select(query);
    while (const Cell* cells = cursor->next()) calendar_.overdue.push_back(entry_of(cells));
    calendar_.overdue_more = std::ssize(calendar_.overdue) > Calendar::kOverdueShown;
    if (calendar_.overdue_more) calendar_.overdue.pop_back();
  }

  void lay_out(const WorkingTime& working) {
    const auto length = query_.view == CalendarQuery::View::day ? days(1) : days(7);
    for (Date first = calendar_.from; first < calendar_.to; first += length) {
      CalendarWeek week;
      for (Date day = first; day < first + length; day += days(1)) {
        CalendarDayView view;
        view.day = day;
        view.in_period = period_.from <= day && day < period_.to;
        view.name = working.name(day);
        view.hours = working.hours(day);
        if (query_.view != CalendarQuery::View::month) add_boxes(view);
        week.days.push_back(std::move(view));
      }
      add_bars(week);
      calendar_.weeks.push_back(std::move(week));
    }
  }

  void add_boxes(CalendarDayView& view) {
    std::vector<MinuteSpan> spans;
    for (std::size_t i = 0; i < calendar_.entries.size(); ++i) {
      const CalendarEntry& entry = calendar_.entries[i];
      if (entry.bar || view.day < entry.first || entry.last < view.day) continue;
      const Instant end = entry.end.value_or(*entry.start);
      spans.push_back(minutes_on(*entry.start, std::max(*entry.start, end), view.day, zone_, kLeastMinutes));
      view.boxes.push_back({i, spans.back(), {}, entry.first < view.day, view.day < entry.last});
    }
    const auto places = overlap_columns(spans);
    for (std::size_t i = 0; i < places.size(); ++i) view.boxes[i].place = places[i];
  }

  void add_bars(CalendarWeek& week) {
    const Date first = week.days.front().day;
    const Date last = week.days.back().day;
    std::vector<CalendarBar> bars;
    for (std::size_t i = 0; i < calendar_.entries.size(); ++i) {
      const CalendarEntry& entry = calendar_.entries[i];
      if ((query_.view != CalendarQuery::View::month && !entry.bar) || last < entry.first || entry.last < first) continue;
      bars.push_back({i, std::max(first, entry.first), std::min(last, entry.last), 0, entry.first < first, last < entry.last});
    }
    // Bars above what takes place by the hour, the longer above the shorter, then by time.
    std::ranges::stable_sort(bars, [&](const CalendarBar& a, const CalendarBar& b) {
      if (a.first != b.first) return a.first < b.first;
      if (a.last != b.last) return b.last < a.last;
      return calendar_.entries[a.entry].bar && !calendar_.entries[b.entry].bar;
    });
    std::ranges::stable_partition(bars, [&](const CalendarBar& bar) { return calendar_.entries[bar.entry].bar; });
    std::vector<DaySpan> spans;
    for (const CalendarBar& bar : bars) spans.push_back({bar.first, bar.last});
    const auto lane = lanes(spans);
    for (std::size_t i = 0; i < bars.size(); ++i) {
      bars[i].lane = lane[i];
      week.lanes = std::max(week.lanes, lane[i] + 1);
    }
    week.bars = std::move(bars);
  }

  Unit& unit_;
  const CalendarQuery& query_;
  const Zone zone_;
  const Period period_;
  std::vector<Filter> whose_;
  std::vector<Zone> zones_;
  Calendar calendar_;
};

void check_cell(const CalendarCell& cell) {
  if (cell.minute && (*cell.minute < 0 || *cell.minute >= 24 * 60))
    refuse(Code::invalid_argument, {"field.range", Event::kEntity, Event::kStart, 0, std::to_string(*cell.minute), "minute: 0..1439"});
}

/// Working time of the week around a day.
WorkingTime working_around(Unit& unit, UserId user, Date day) { return working_time_of(unit, user, {day, day + days(1)}); }

}  // namespace

Calendar Crm::calendar(const CalendarQuery& query) {
  if (query.limit < 1 || query.limit > 10000)
    refuse(Code::invalid_argument, {"field.range", 0, 0, 0, std::to_string(query.limit), "limit: 1..10000"});
  return reading(*state_, [&](Unit& unit) { return CalendarMaker(unit, query).make(); });
}

Event Crm::event_in_cell(EventTypeId type, const CalendarCell& cell, UserId user) {
  check_cell(cell);
  return reading(*state_, [&](Unit& unit) {
    const EventType of = unit.load(type);
    Event event;
    event.type = type;
    event.executor = user ? user : unit.actor;
    event.priority = static_cast<Event::Priority>(of.default_priority);
    const Interval interval =
        new_interval(cell, unit.zone(), of.default_minutes, working_around(unit, event.executor, cell.day));
    event.start = interval.start;
    event.end = interval.end;
    return event;
  });
}

Event Crm::move_event(EventId id, Version version, const CalendarCell& cell, std::string_view reason) {
  check_cell(cell);
  ActionRequest request;
  const Event event = load(id);
  reading(*state_, [&](Unit& unit) {
    const Interval moved = moved_to(cell, interval_of(event), zone_of(unit, event), unit.zone(), unit.load(event.type).default_minutes,
                                    working_around(unit, event.executor, cell.day));
    request.start = moved.start;
    request.end = moved.end;
    request.all_day = moved.all_day;
    return 0;
  });
  request.reason = reason;
  return act(id, version ? version : event.version, Action::reschedule, request);
}

}  // namespace crm
