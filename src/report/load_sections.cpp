// The load of managers by day as a section of a page (M11).
#include <algorithm>
#include <map>

#include "crm/report/sections.hpp"
#include "dates.hpp"
#include "report_words.hpp"
#include "services/names.hpp"

namespace crm {
namespace report {
namespace {

constexpr std::int64_t kWholeDay = 1440;

struct UserLoad {
  UserId user;
  std::vector<std::int64_t> events;  // a number a day
  std::int64_t event_days = 0;
  std::int64_t minutes = 0;
  std::int64_t longest = 0;          // minutes of a day
};

/// Those who have any, the busiest first.
std::vector<UserLoad> loads_of(const std::vector<DayLoad>& days, const LoadQuery& query) {
  std::map<UserId, UserLoad> found;
  for (const DayLoad& day : days) {
    UserLoad& load = found[day.user];
    load.user = day.user;
    load.events.resize(static_cast<std::size_t>((query.to - query.from).count()));
    load.events[static_cast<std::size_t>((day.day - query.from).count())] = day.events;
    load.event_days += day.events;
    load.minutes += day.minutes;
    load.longest = std::max(load.longest, day.minutes);
  }
  std::vector<UserLoad> out;
  for (auto& [user, load] : found) out.push_back(std::move(load));
  std::ranges::stable_sort(out, std::ranges::greater(), &UserLoad::event_days);
  return out;
}

Chart load_chart(const std::vector<UserLoad>& loads, const LoadQuery& query, Names& names, Language language) {
  Chart chart;
  chart.kind = Chart::Kind::heat_map;
  chart.language = language;
  chart.value_title = word(language, "Открытых событий в день", "Open events a day");
  for (Date day = query.from; day < query.to; day += std::chrono::days(1))
    chart.categories.push_back(weekday_name(day, language) + " " + day_name(day, language));
  for (const UserLoad& load : loads) {
    ChartSeries& row = chart.series.emplace_back();
    row.name = names.of({User::kEntity, load.user.value});
    row.values.assign(load.events.begin(), load.events.end());
  }
  return chart;
}

ReportTable load_table(const std::vector<UserLoad>& loads, const LoadQuery& query, Names& names, Language language) {
  // Whole days are terms, such as an order's, not hours of work.
  const bool timed = std::ranges::all_of(loads, [](const UserLoad& load) { return load.longest < kWholeDay; });
  Scale tenths;
  tenths.decimals = 1;
  ReportTable table;
  table.columns = {text_column(caption_of(Dimension::manager, language)), number_column(word(language, "Занято дней", "Busy days"), {})};
  if (timed) table.columns.push_back(number_column(word(language, "Часов", "Hours"), tenths));
  table.columns.push_back(text_column(word(language, "Самый загруженный день", "Fullest day")));
  table.columns.push_back(number_column(word(language, "Событий в этот день", "Events on it"), {}));
  for (const UserLoad& load : loads) {
    const auto fullest = std::ranges::max_element(load.events);
    ReportRow& row = table.rows.emplace_back();
    row.cells = {names.of({User::kEntity, load.user.value}), std::int64_t{std::ranges::count_if(load.events, [](std::int64_t n) { return n > 0; })}};
    if (timed) row.cells.emplace_back((load.minutes + 3) / 6);
    row.cells.emplace_back(date_name(query.from + std::chrono::days(fullest - load.events.begin()), language));
    row.cells.emplace_back(*fullest);
  }
  return table;
}

}  // namespace
}  // namespace report

std::vector<ReportSection> load_sections(Crm& crm, const LoadQuery& query, const std::string& heading) {
  const Language language = crm.language();
  const std::string base = heading.empty() ? report::word(language, "Загрузка менеджеров", "Load of managers") : heading;
  const auto loads = report::loads_of(crm.load_by_day(query.user, query.from, query.to), query);
  if (loads.empty()) return {report::nothing_section(base, language)};
  Names names(crm);
  ReportSection section;
  section.heading = base;
  section.chart = report::load_chart(loads, query, names, language);
  section.table = report::load_table(loads, query, names, language);
  return {section};
}

}  // namespace crm
