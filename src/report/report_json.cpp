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
#include "meta/json_value.hpp"

namespace json = boost::json;

namespace crm {
namespace {

[[noreturn]] void bad(const json::value& at, std::string wanted) {
  throw Error(Code::invalid_argument, std::vector<Violation>{{"json.kind", 0, 0, 0, shorten(json::serialize(at)), std::move(wanted)}});
}

std::string text_in(const json::value& value, const char* name) {
  if (!value.is_string()) bad(value, std::string(name) + ": a text");
  return std::string(value.get_string());
}

std::int64_t number_in(const json::value& value, const char* name) {
  if (!value.is_int64()) bad(value, std::string(name) + ": an integer");
  return value.get_int64();
}

Date date_in(const json::value& value, const char* name) {
  const auto date = value.is_string() ? parse_date(value.get_string()) : std::nullopt;
  if (!date) bad(value, std::string(name) + ": a date, \"2026-03-02\"");
  return *date;
}

Chart::Kind kind_in(const json::value& value) {
  static constexpr std::pair<std::string_view, Chart::Kind> kKinds[] = {
      {"bar", Chart::Kind::bar},       {"grouped_bar", Chart::Kind::grouped_bar}, {"stacked_bar", Chart::Kind::stacked_bar},
      {"line", Chart::Kind::line},     {"donut", Chart::Kind::donut},             {"funnel", Chart::Kind::funnel},
      {"heat_map", Chart::Kind::heat_map}};
  if (value.is_string())
    for (const auto& [name, kind] : kKinds)
      if (value.get_string() == name) return kind;
  bad(value, "chart: bar, grouped_bar, stacked_bar, line, donut, funnel or heat_map");
}

LoadQuery load_query(const json::value& given) {
  if (!given.is_object()) bad(given, "load: an object");
  LoadQuery query;
  std::size_t ends = 0;
  for (const auto& [name, value] : given.get_object()) {
    if (name == "from") query.from = date_in(value, "from"), ++ends;
    else if (name == "to") query.to = date_in(value, "to"), ++ends;
    else if (name == "user_id") query.user = {number_in(value, "user_id")};
    else bad(json::string(name), "from, to or user_id");
  }
  if (ends != 2) bad(given, "from and to: dates");
  return query;
}

/// What a section, or a single chart, asks for.
struct Asked {
  std::string heading;
  std::string note;
  std::string shows;     ///< the member that holds the question; "": only a note
  json::value question;
  std::optional<Chart::Kind> kind;
  std::optional<std::int64_t> series;
  std::int64_t width = 0;
  bool table = false;
};

constexpr std::string_view kShown[] = {"pivot", "funnel", "plan_fact", "receipts", "load", "whitespace", "demand", "calendar"};
constexpr const char* kOneOfShown = "a section: one of pivot, funnel, plan_fact, receipts, load, whitespace, demand and calendar";

Asked read(const json::value& given) {
  if (!given.is_object()) bad(given, "a section: an object");
  Asked asked;
  for (const auto& [name, value] : given.get_object()) {
    if (std::ranges::find(kShown, std::string_view(name)) != std::end(kShown)) {
      if (!asked.shows.empty()) bad(given, kOneOfShown);
      asked.shows = name;
      asked.question = value;
    } else if (name == "heading" || name == "title") asked.heading = text_in(value, "heading");
    else if (name == "note") asked.note = text_in(value, "note");
    else if (name == "chart") asked.kind = kind_in(value);
    else if (name == "series") asked.series = number_in(value, "series");
    else if (name == "width") asked.width = number_in(value, "width");
    else if (name == "table") {
      if (!value.is_bool()) bad(value, "table: true or false");
      asked.table = value.get_bool();
    } else {
      bad(json::string(name), "heading, note, pivot, funnel, plan_fact, receipts, load, whitespace, demand, calendar, chart, series, width or table");
    }
  }
  if (asked.shows.empty() && asked.note.empty()) bad(given, std::string(kOneOfShown) + ", or a note");
  if (asked.series.value_or(0) < 0) bad(*asked.series, "series: 0 or more");
  if (asked.kind && asked.shows != "pivot" && asked.shows != "receipts") bad(given, "chart: of pivot or receipts");
  return asked;
}

/// Sections that are made as a whole.
std::vector<ReportSection> made_sections(Crm& crm, const Asked& asked) {
  const std::string question = json::serialize(asked.question);
  if (asked.shows == "funnel") return funnel_sections(crm, funnel_query(crm, question), asked.heading);
  if (asked.shows == "plan_fact") return plan_fact_sections(crm, plan_fact_query(crm, question), asked.heading);
  if (asked.shows == "load") return load_sections(crm, load_query(asked.question), asked.heading);
  if (asked.shows == "whitespace") return whitespace_sections(crm, whitespace_query(crm, question), asked.heading);
  if (asked.shows == "demand") return demand_sections(crm, demand_query(crm, question), asked.heading);
  const Chart::Kind kind = asked.kind.value_or(Chart::Kind::stacked_bar);
  if (kind != Chart::Kind::stacked_bar && kind != Chart::Kind::line) bad(asked.question, "chart of receipts: stacked_bar or line");
  return receipt_sections(crm, receipt_query(crm, question), kind, asked.heading);
}

ReportSection pivot_section(Crm& crm, const Asked& asked) {
  const PivotQuery query = pivot_query(json::serialize(asked.question), crm.limits());
  const PivotTable table = crm.pivot(query);
  const auto series = static_cast<std::size_t>(asked.series.value_or(0));
  ReportSection section;
  section.heading = asked.heading;
  if (asked.kind) section.chart = pivot_chart(query, table, series, *asked.kind, crm.language());
  if (asked.table || !asked.kind) section.table = pivot_report_table(query, table, crm.language());
  return section;
}

ReportSection calendar_section(Crm& crm, const Asked& asked) {
  const CalendarRequest request = calendar_request(crm, json::serialize(asked.question));
  ReportSection section;
  section.heading = asked.heading;
  section.svg = calendar_svg(crm.calendar(request.query), crm.language(), request.picture);
  return section;
}

void add_sections(Crm& crm, const Asked& asked, std::vector<ReportSection>& out) {
  const std::size_t first = out.size();
  if (asked.shows.empty()) out.emplace_back().heading = asked.heading;
  else if (asked.shows == "pivot") out.push_back(pivot_section(crm, asked));
  else if (asked.shows == "calendar") out.push_back(calendar_section(crm, asked));
  else if (asked.series || asked.table) bad(asked.question, "series and table: of pivot");
  else std::ranges::move(made_sections(crm, asked), std::back_inserter(out));
  std::string& note = out[first].note;
  note = asked.note + (asked.note.empty() || note.empty() ? "" : " ") + note;
}

/// The chart of a pivot, or of the `series`-th of the sections that are made.
Chart single_chart(Crm& crm, const json::value& given, const Asked& asked) {
  if (asked.shows == "pivot" && asked.kind) {
    ReportSection section = pivot_section(crm, asked);
    section.chart->title = section.heading;
    return *section.chart;
  }
  if (asked.shows.empty() || asked.shows == "pivot" || asked.shows == "calendar") bad(given, "a chart: pivot and chart, funnel, plan_fact, receipts, load, whitespace or demand");
  const auto sections = made_sections(crm, asked);
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
  const Asked asked = read(given);
  Chart chart = single_chart(crm, given, asked);
  if (asked.width) chart.width = static_cast<int>(asked.width);
  return chart_svg(chart);
}

std::string report_html_json(Crm& crm, std::string_view text) {
  const json::value given = parse_json(text, std::min(crm.limits().nesting, Limits::kDeepest));
  if (!given.is_object()) bad(given, "a report: an object");
  ReportPage page;
  page.language = crm.language();
  for (const auto& [name, value] : given.get_object()) {
    if (name == "title") page.title = text_in(value, "title");
    else if (name == "subtitle") page.subtitle = text_in(value, "subtitle");
    else if (name == "from") page.from = date_in(value, "from");
    else if (name == "to") page.to = date_in(value, "to") - std::chrono::days(1);
    else if (name == "as_of") page.as_of = date_in(value, "as_of");
    else if (name == "sections") {
      if (!value.is_array()) bad(value, "sections: an array");
      for (const json::value& section : value.get_array()) add_sections(crm, read(section), page.sections);
    } else {
      bad(json::string(name), "title, subtitle, from, to, as_of or sections");
    }
  }
  return report_html(page);
}

}  // namespace crm
