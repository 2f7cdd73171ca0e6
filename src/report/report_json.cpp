// Reports asked for as JSON (M13).
#include <algorithm>
#include <boost/json.hpp>
#include <iterator>

#include "crm/base/text.hpp"
#include "crm/meta/json.hpp"
#include "crm/report/calendar.hpp"
#include "crm/report/report.hpp"
#include "crm/report/sections.hpp"
#include "crm/services/json_door.hpp"
#include "meta/json_at.hpp"
#include "meta/json_value.hpp"

namespace json = boost::json;

namespace crm {
namespace {

Chart::Kind kind_in(const JsonAt& value) {
  static constexpr std::pair<std::string_view, Chart::Kind> kKinds[] = {
      {"bar", Chart::Kind::bar},       {"grouped_bar", Chart::Kind::grouped_bar}, {"stacked_bar", Chart::Kind::stacked_bar},
      {"line", Chart::Kind::line},     {"donut", Chart::Kind::donut},             {"funnel", Chart::Kind::funnel},
      {"heat_map", Chart::Kind::heat_map}};
  if (value->is_string())
    for (const auto& [name, kind] : kKinds)
      if (value->get_string() == name) return kind;
  bad_json(value, "bar, grouped_bar, stacked_bar, line, donut, funnel or heat_map");
}

LoadQuery load_query(const JsonAt& given) {
  LoadQuery query;
  std::size_t ends = 0;
  for (const auto& [name, value] : members_in(given)) {
    if (name == "from") query.from = date_in(value), ++ends;
    else if (name == "to") query.to = date_in(value), ++ends;
    else if (name == "user_id") query.user = {number_in(value)};
    else unknown_member({name, value}, "from, to or user_id");
  }
  if (ends != 2) bad_json(given, "from and to: dates");
  return query;
}

/// What a section, or a single chart, asks for.
struct Asked {
  explicit Asked(const JsonAt& section) : question(section) {}

  JsonAt question;       ///< the section itself until it is known
  std::string heading;
  std::string note;
  std::string shows;     ///< the member that holds the question; "": only a note
  std::optional<Chart::Kind> kind;
  std::optional<std::int64_t> series;
  std::int64_t width = 0;
  bool table = false;
};

constexpr std::string_view kShown[] = {"pivot", "funnel", "plan_fact", "receipts", "load", "whitespace", "demand", "calendar"};
constexpr const char* kOneOfShown = "a section: one of pivot, funnel, plan_fact, receipts, load, whitespace, demand and calendar";

Asked read(const JsonAt& given) {
  if (!given->is_object()) bad_json(given, "a section: an object");
  Asked asked(given);
  for (const auto& [name, value] : members_in(given)) {
    if (std::ranges::find(kShown, name) != std::end(kShown)) {
      if (!asked.shows.empty()) bad_json(given, kOneOfShown);
      asked.shows = name;
      asked.question = value;
    } else if (name == "heading" || name == "title") asked.heading = text_in(value);
    else if (name == "note") asked.note = text_in(value);
    else if (name == "chart") asked.kind = kind_in(value);
    else if (name == "series") asked.series = number_in(value);
    else if (name == "width") asked.width = number_in(value);
    else if (name == "table") {
      asked.table = flag_in(value);
    } else {
      unknown_member({name, value}, "heading, note, pivot, funnel, plan_fact, receipts, load, whitespace, demand, calendar, chart, series, width or table");
    }
  }
  if (asked.shows.empty() && asked.note.empty()) bad_json(given, std::string(kOneOfShown) + ", or a note");
  if (asked.series.value_or(0) < 0) bad_json(given, "series: 0 or more");
  if (asked.kind && asked.shows != "pivot" && asked.shows != "receipts") bad_json(given, "chart: of pivot or receipts");
  return asked;
}

/// Sections that are made as a whole. What is refused of a question is told by its place in it; `at_question` puts that of the question before.
std::vector<ReportSection> made_sections(Crm& crm, const Asked& asked) {
  const std::string question = json::serialize(*asked.question);
  if (asked.shows == "funnel") return funnel_sections(crm, funnel_query(crm, question), asked.heading);
  if (asked.shows == "plan_fact") return plan_fact_sections(crm, plan_fact_query(crm, question), asked.heading);
  if (asked.shows == "load") return load_sections(crm, load_query(JsonAt(*asked.question)), asked.heading);
  if (asked.shows == "whitespace") return whitespace_sections(crm, whitespace_query(crm, question), asked.heading);
  if (asked.shows == "demand") return demand_sections(crm, demand_query(crm, question), asked.heading);
  const Chart::Kind kind = asked.kind.value_or(Chart::Kind::stacked_bar);
  if (kind != Chart::Kind::stacked_bar && kind != Chart::Kind::line) bad_json(JsonAt(*asked.question), "chart of receipts: stacked_bar or line");
  return receipt_sections(crm, receipt_query(crm, question), kind, asked.heading);
}

auto at_question(Crm& crm, const Asked& asked, auto make) {
  return placed(asked.question, [&] { return make(crm, asked); });
}

ReportSection pivot_section(Crm& crm, const Asked& asked) {
  const PivotQuery query = pivot_query(json::serialize(*asked.question), crm.limits());
  const PivotTable table = crm.pivot(query);
  const auto series = static_cast<std::size_t>(asked.series.value_or(0));
  ReportSection section;
  section.heading = asked.heading;
  if (asked.kind) section.chart = pivot_chart(query, table, series, *asked.kind, crm.language());
  if (asked.table || !asked.kind) section.table = pivot_report_table(query, table, crm.language());
  return section;
}

ReportSection calendar_section(Crm& crm, const Asked& asked) {
  const CalendarRequest request = calendar_request(crm, json::serialize(*asked.question));
  ReportSection section;
  section.heading = asked.heading;
  section.svg = calendar_svg(crm.calendar(request.query), crm.language(), request.picture);
  return section;
}

void add_sections(Crm& crm, const Asked& asked, std::vector<ReportSection>& out) {
  const std::size_t first = out.size();
  if (asked.shows.empty()) out.emplace_back().heading = asked.heading;
  else if (asked.shows == "pivot") out.push_back(at_question(crm, asked, pivot_section));
  else if (asked.shows == "calendar") out.push_back(at_question(crm, asked, calendar_section));
  else if (asked.series || asked.table) bad_json(asked.question, "series and table: of pivot");
  else std::ranges::move(at_question(crm, asked, made_sections), std::back_inserter(out));
  std::string& note = out[first].note;
  note = asked.note + (asked.note.empty() || note.empty() ? "" : " ") + note;
}

/// The chart of a pivot, or of the `series`-th of the sections that are made.
Chart single_chart(Crm& crm, const JsonAt& given, const Asked& asked) {
  if (asked.shows == "pivot" && asked.kind) {
    ReportSection section = at_question(crm, asked, pivot_section);
    section.chart->title = section.heading;
    return *section.chart;
  }
  if (asked.shows.empty() || asked.shows == "pivot" || asked.shows == "calendar") bad_json(given, "a chart: pivot and chart, funnel, plan_fact, receipts, load, whitespace or demand");
  const auto sections = at_question(crm, asked, made_sections);
  const auto series = static_cast<std::size_t>(asked.series.value_or(0));
  if (series >= sections.size() || !sections[series].chart)
    throw Error(Code::invalid_argument, std::vector<Violation>{{"field.range", 0, 0, 0, std::to_string(series), "series"}});
  Chart chart = *sections[series].chart;
  chart.title = sections[series].heading;
  return chart;
}

}  // namespace

std::string chart_svg_json(Crm& crm, std::string_view text) {
  const json::value given = parse_json(text, std::min(crm.limits().nesting, Limits::kDeepest));
  const JsonAt at(given);
  const Asked asked = read(at);
  Chart chart = single_chart(crm, at, asked);
  if (asked.width) chart.width = static_cast<int>(asked.width);
  return chart_svg(chart);
}

std::string report_html_json(Crm& crm, std::string_view text) {
  const json::value given = parse_json(text, std::min(crm.limits().nesting, Limits::kDeepest));
  ReportPage page;
  page.language = crm.language();
  for (const auto& [name, value] : members_in(JsonAt(given), "a report")) {
    if (name == "title") page.title = text_in(value);
    else if (name == "subtitle") page.subtitle = text_in(value);
    else if (name == "from") page.from = date_in(value);
    else if (name == "to") page.to = date_in(value) - std::chrono::days(1);
    else if (name == "as_of") page.as_of = date_in(value);
    else if (name == "sections") {
      for (const JsonAt& section : elements_in(value)) add_sections(crm, read(section), page.sections);
    } else {
      unknown_member({name, value}, "title, subtitle, from, to, as_of or sections");
    }
  }
  return report_html(page);
}

}  // namespace crm
