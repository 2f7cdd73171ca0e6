// The calendar drawn: a month as weeks of lanes, a week or a day by the hours (E11).
#include <algorithm>

#include "calendar_text.hpp"
#include "dates.hpp"
#include "markup.hpp"

namespace crm {
namespace report {
namespace {

constexpr double kPageMargin = 16;
constexpr double kStripe = 4;
constexpr double kGutter = 56;           // the hours at the left
constexpr std::size_t kOverdueLines = 12;
constexpr std::int32_t kLeastLanes = 3;
constexpr std::int32_t kMostLanes = 14;  // of a week of a month; what is more is counted

class CalendarPainter {
 public:
  CalendarPainter(const Calendar& calendar, Language language, const CalendarPicture& picture, bool with_overdue)
      : calendar_(calendar), text_(calendar, language), picture_(picture), theme_(calendar.theme), with_overdue_(with_overdue),
        size_(theme_.font_size), line_(std::max(18.0, size_ * 1.6)), month_(calendar.view == CalendarQuery::View::month),
        left_(kPageMargin + (month_ ? 0 : kGutter)), column_((picture.width - kPageMargin - left_) / columns()),
        hour_(line_ * (calendar.view == CalendarQuery::View::day ? 3.4 : 2.6)),
        svg_(picture.width, height(), theme_.font, text_.title()) {}

  std::string paint() {
    svg_.rect({0, 0, double(picture_.width), height()}, theme_.paper);
    double y = kPageMargin;
    svg_.text(kPageMargin, y + title_size(), picture_.width - 2 * kPageMargin, text_.title(), {title_size(), theme_.ink, true});
    y += title_height();
    paint_day_names(y);
    y += line_;
    for (const CalendarWeek& week : calendar_.weeks) y = month_ ? paint_week(week, y) : paint_hours(week, y);
    y = paint_legend(y + line_ / 2);
    if (with_overdue_) paint_overdue(y);
    return std::move(svg_).finish();
  }

 private:
  // --- measures ---------------------------------------------------------------------------------------
  [[nodiscard]] double columns() const { return calendar_.view == CalendarQuery::View::day ? 1 : 7; }
  [[nodiscard]] double title_size() const { return size_ * 1.7; }
  [[nodiscard]] double title_height() const { return title_size() + line_; }
  [[nodiscard]] double column_x(std::size_t column) const { return left_ + column_ * static_cast<double>(column); }
  [[nodiscard]] double right() const { return picture_.width - kPageMargin; }

  [[nodiscard]] static std::int32_t shown_lanes(const CalendarWeek& week) { return std::clamp(week.lanes, kLeastLanes, kMostLanes); }
  /// Head of the days, lanes, and a line for what is not shown.
  [[nodiscard]] double week_height(const CalendarWeek& week) const {
    return line_ * (1 + shown_lanes(week) + (week.lanes > kMostLanes ? 1 : 0)) + 6;
  }
  [[nodiscard]] double bars_height(const CalendarWeek& week) const { return week.lanes == 0 ? 0 : line_ * week.lanes + 6; }

  /// The hours shown: the working ones and all that takes place, whole hours.
  [[nodiscard]] MinuteSpan hours() const {
    MinuteSpan span{8 * 60, 19 * 60};
    for (const CalendarWeek& week : calendar_.weeks)
      for (const CalendarDayView& day : week.days) {
        for (const DayPart part : day.hours) span = {std::min(span.from, part.from), std::max(span.to, part.to)};
        for (const CalendarBox& box : day.boxes) span = {std::min(span.from, box.minutes.from), std::max(span.to, box.minutes.to)};
      }
    return {span.from / 60 * 60, (span.to + 59) / 60 * 60};
  }

  [[nodiscard]] double grid_height() const {
    double height = 0;
    for (const CalendarWeek& week : calendar_.weeks)
      height += month_ ? week_height(week) : bars_height(week) + (hours().to - hours().from) / 60 * hour_;
    return height;
  }

  [[nodiscard]] double overdue_height() const {
    if (!with_overdue_ || calendar_.overdue.empty()) return 0;
    const bool more = calendar_.overdue.size() > kOverdueLines || calendar_.overdue_more;
    return line_ * (1.5 + static_cast<double>(std::min(calendar_.overdue.size(), kOverdueLines)) + (more ? 1 : 0));
  }

  [[nodiscard]] double height() const {
    return kPageMargin + title_height() + line_ + grid_height() + line_ * (calendar_.more ? 1.5 : 0.5) + legend_height() + overdue_height() + kPageMargin;
  }

  // --- days -------------------------------------------------------------------------------------------
  void paint_day_names(double y) {
    const auto& days = calendar_.weeks.front().days;
    for (std::size_t i = 0; i < days.size(); ++i) {
      std::string name = weekday_name(days[i].day, text_.language());
      if (!month_) name += ", " + day_name(days[i].day, text_.language()) + (days[i].name.empty() ? "" : " · " + days[i].name);
      const bool today = !month_ && days[i].day == calendar_.today;
      svg_.text(column_x(i) + column_ / 2, y + line_ * 0.7, column_ - 6, name, {size_, theme_.ink, today || !month_, false, false, Align::middle});
    }
  }

  [[nodiscard]] std::string_view day_colour(const CalendarDayView& day) const {
    if (day.day == calendar_.today) return theme_.today;
    return day.hours.empty() || !day.in_period ? theme_.off_hours : theme_.paper;
  }

  [[nodiscard]] std::string new_link(Date day, std::optional<std::int32_t> minute) const {
    if (picture_.links.empty()) return {};
    return picture_.links + "new/" + to_string(day) + (minute ? "T" + clock(*minute) : "");
  }

  void paint_cell(const Box& box, std::string_view colour, Date day, std::optional<std::int32_t> minute) {
    if (!picture_.links.empty()) svg_.begin(text_.word("Новое событие", "New event"), new_link(day, minute));
    svg_.rect(box, colour);
    if (!picture_.links.empty()) svg_.end();
  }

  // --- a month ----------------------------------------------------------------------------------------
  double paint_week(const CalendarWeek& week, double y) {
    const double height = week_height(week);
    for (std::size_t i = 0; i < week.days.size(); ++i) {
      const CalendarDayView& day = week.days[i];
      paint_cell({column_x(i), y, column_, height}, day_colour(day), day.day, {});
      const std::chrono::year_month_day date(day.day);
      const bool first = date.day() == std::chrono::day(1);
      const std::string name = first ? day_name(day.day, text_.language()) : std::to_string(static_cast<unsigned>(date.day()));
      const bool today = day.day == calendar_.today;
      svg_.text(column_x(i) + 6, y + line_ * 0.75, column_ - 12, name + (day.name.empty() ? "" : " · " + day.name),
                {size_, theme_.ink, today || first});
    }
    for (std::size_t i = 0; i <= week.days.size(); ++i) svg_.line(column_x(i), y, column_x(i), y + height, theme_.grid);
    svg_.line(left_, y, right(), y, theme_.grid);
    svg_.line(left_, y + height, right(), y + height, theme_.grid);
    for (const CalendarBar& bar : week.bars)
      if (bar.lane < kMostLanes) paint_bar(week, bar, y + line_ * (1 + bar.lane));
    if (week.lanes > kMostLanes) paint_hidden(week, y + line_ * (1 + kMostLanes));
    return y + height;
  }

  void paint_hidden(const CalendarWeek& week, double y) {
    for (std::size_t i = 0; i < week.days.size(); ++i) {
      const auto hidden = std::ranges::count_if(week.bars, [&](const CalendarBar& bar) {
        return bar.lane >= kMostLanes && bar.first <= week.days[i].day && week.days[i].day <= bar.last;
      });
      if (hidden) svg_.text(column_x(i) + 6, y + line_ * 0.7, column_ - 12, text_.more(static_cast<std::size_t>(hidden)), {size_, theme_.ink});
    }
  }

  void paint_bar(const CalendarWeek& week, const CalendarBar& bar, double y) {
    const CalendarEntry& entry = calendar_.entries[bar.entry];
    const auto first = static_cast<std::size_t>((bar.first - week.days.front().day).count());
    const auto length = static_cast<double>((bar.last - bar.first).count() + 1);
    const Box box{column_x(first) + 2, y + 1, column_ * length - 4, line_ - 2};
    const std::string when = entry.bar ? (bar.from_before ? "◂ " : "") : clock(*entry.start, text_.zone()) + " ";
    paint_event(entry, box, {when + text_.what(entry) + (bar.goes_on ? " ▸" : "")});
  }

  /// As many of the lines as there is room for.
  void paint_event(const CalendarEntry& entry, const Box& box, const std::vector<std::string>& lines) {
    const CalendarLook& look = calendar_.looks->at(entry.state, entry.priority);
    svg_.begin(text_.whole(entry), event_link(picture_, entry));
    svg_.rect(box, look.background, {}, 3);
    svg_.rect({box.x, box.y, kStripe, box.height}, look.accent);
    const double size = std::min(size_, box.height * 0.75);
    double baseline = box.y + size + std::max(0.0, (std::min(box.height, line_) - size * 1.25) / 2);
    for (const std::string& line : lines) {
      if (baseline + size * 0.25 > box.y + box.height) break;
      svg_.text(box.x + kStripe + 4, baseline, box.width - kStripe - 7, line, {size, look.ink, look.bold, look.italic, look.struck});
      baseline += size * 1.3;
    }
    svg_.end();
  }

  // --- hours ------------------------------------------------------------------------------------------
  double paint_hours(const CalendarWeek& week, double y) {
    const MinuteSpan shown = hours();
    const double bars = bars_height(week);
    const double top = y + bars;
    const double bottom = top + (shown.to - shown.from) / 60 * hour_;
    const auto at = [&](std::int32_t minute) { return top + (minute - shown.from) / 60.0 * hour_; };

    for (std::size_t i = 0; i < week.days.size(); ++i) {
      const CalendarDayView& day = week.days[i];
      const bool today = day.day == calendar_.today;
      if (bars > 0) paint_cell({column_x(i), y, column_, bars}, day_colour(day), day.day, {});
      for (std::int32_t hour = shown.from; hour < shown.to; hour += 60)
        paint_cell({column_x(i), at(hour), column_, hour_}, theme_.off_hours, day.day, hour);
      for (const DayPart part : day.hours) {
        for (std::int32_t from = part.from; from < part.to;) {  // by hours: each is a cell of its own
          const std::int32_t to = std::min(part.to, from / 60 * 60 + 60);
          paint_cell({column_x(i), at(from), column_, at(to) - at(from)}, today ? theme_.today : theme_.paper, day.day, from / 60 * 60);
          from = to;
        }
      }
    }
    for (std::int32_t hour = shown.from; hour < shown.to; hour += 60) {
      svg_.line(left_, at(hour), right(), at(hour), theme_.grid);
      svg_.text(kPageMargin, at(hour) + size_, kGutter - 8, clock(hour), {size_, theme_.ink});
    }
    for (std::size_t i = 0; i <= week.days.size(); ++i) svg_.line(column_x(i), y, column_x(i), bottom, theme_.grid);
    svg_.line(left_, bottom, right(), bottom, theme_.grid);
    if (bars > 0) {
      svg_.line(left_, y, right(), y, theme_.grid);
      for (const CalendarBar& bar : week.bars) paint_bar(week, bar, y + 3 + line_ * bar.lane);
    }
    for (std::size_t i = 0; i < week.days.size(); ++i) {
      for (const CalendarBox& box : week.days[i].boxes) paint_box(box, column_x(i), at(box.minutes.from), at(box.minutes.to));
      if (calendar_.now && week.days[i].day == calendar_.today && shown.from <= *calendar_.now && *calendar_.now <= shown.to)
        svg_.line(column_x(i), at(*calendar_.now), column_x(i) + column_, at(*calendar_.now), "#D64537", 2);
    }
    return bottom;
  }

  void paint_box(const CalendarBox& box, double x, double top, double bottom) {
    const CalendarEntry& entry = calendar_.entries[box.entry];
    const double width = (column_ - 4) / box.place.columns;
    const Box place{x + 2 + width * box.place.column, top + 1, width * box.place.width - 1, bottom - top - 2};
    const std::string start = clock(*entry.start, text_.zone());
    if (place.height < 2 * line_) {
      paint_event(entry, place, {start + " " + text_.what(entry)});
      return;
    }
    const std::string when = text_.when(entry);
    const bool wide = text_width(when, size_, true) * 1.6 < place.width;
    const std::string& begins = wide ? when : start;
    std::vector<std::string> lines{begins + " " + entry.type_name};
    for (const std::string& line : {entry.company_name, text_.executor(entry), entry.purpose})
      if (!line.empty()) lines.push_back(line);
    paint_event(entry, place, lines);
  }

  // --- below ------------------------------------------------------------------------------------------
  struct Sample {
    const CalendarLook& look;
    std::string name;
    Box box;
  };
  /// States, then priorities on a line of their own; what does not fit the width goes on below.
  [[nodiscard]] std::vector<Sample> legend(double y) const {
    std::vector<Sample> samples;
    double x = kPageMargin;
    const auto add = [&](const CalendarLook& look, std::string name) {
      const double width = text_width(name, size_, true) + kStripe + 14;
      if (x > kPageMargin && x + width > right()) {
        x = kPageMargin;
        y += line_ + 2;
      }
      samples.push_back({look, std::move(name), {x, y, width, line_ - 2}});
      x += width + 8;
    };
    for (std::size_t i = 0; i < kEffectiveStates; ++i) {
      const auto state = static_cast<EffectiveState>(i);
      add(calendar_.looks->at(state, Event::Priority::normal), text_.state(state));
    }
    x = right();
    for (std::size_t i = 0; i < kPriorities; ++i) {
      const auto priority = static_cast<Event::Priority>(i);
      add(calendar_.looks->at(EffectiveState::planned, priority), text_.word("приоритет ", "priority ") + text_.priority(priority));
    }
    return samples;
  }
  [[nodiscard]] double legend_height() const { return legend(0).back().box.y + line_ + 2; }

  double paint_legend(double y) {
    for (const Sample& sample : legend(y)) {
      const Box& box = sample.box;
      svg_.rect(box, sample.look.background, {}, 3);
      svg_.rect({box.x, box.y, kStripe, box.height}, sample.look.accent);
      svg_.text(box.x + kStripe + 6, box.y + line_ * 0.68, box.width - kStripe - 6, sample.name,
                {size_, sample.look.ink, sample.look.bold, sample.look.italic, sample.look.struck});
    }
    y += legend_height();
    if (!calendar_.more) return y;
    const std::string told = text_.word("Показаны первые события: ", "Only the first events are shown: ") + std::to_string(calendar_.entries.size());
    svg_.text(kPageMargin, y + line_ * 0.7, picture_.width - 2 * kPageMargin, told, {size_, theme_.ink, true});
    return y + line_;
  }

  void paint_overdue(double y) {
    if (calendar_.overdue.empty()) return;
    const CalendarLook& look = calendar_.looks->at(EffectiveState::overdue, Event::Priority::normal);
    svg_.text(kPageMargin, y + line_, right() - kPageMargin, text_.word("Просроченные события", "Overdue events"), {size_ * 1.2, theme_.ink, true});
    y += line_ * 1.5;
    for (std::size_t i = 0; i < std::min(calendar_.overdue.size(), kOverdueLines); ++i, y += line_) {
      const CalendarEntry& entry = calendar_.overdue[i];
      paint_event(entry, {kPageMargin, y + 1, right() - kPageMargin, line_ - 2}, {text_.due(entry) + " · " + text_.what(entry)});
    }
    if (calendar_.overdue.size() > kOverdueLines || calendar_.overdue_more) {
      const std::string told = text_.more(calendar_.overdue.size() - kOverdueLines) + (calendar_.overdue_more ? "+" : "");
      svg_.text(kPageMargin, y + line_ * 0.7, right() - kPageMargin, told, {size_, look.ink});
    }
  }

  const Calendar& calendar_;
  const CalendarText text_;
  const CalendarPicture& picture_;
  const CalendarTheme& theme_;
  const bool with_overdue_;
  const double size_;
  const double line_;
  const bool month_;
  const double left_;
  const double column_;
  const double hour_;
  Svg svg_;
};

}  // namespace

std::string draw_calendar(const Calendar& calendar, Language language, const CalendarPicture& picture, bool with_overdue) {
  return CalendarPainter(calendar, language, picture, with_overdue).paint();
}

}  // namespace report

std::string calendar_svg(const Calendar& calendar, Language language, const CalendarPicture& picture) {
  return report::draw_calendar(calendar, language, picture, true);
}

}  // namespace crm
