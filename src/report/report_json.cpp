// Reports asked for as JSON (M13).
#include <boost/json.hpp>

#include "crm/base/text.hpp"
#include "crm/meta/json.hpp"
#include "crm/report/calendar.hpp"
#include "crm/report/report.hpp"
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

/// What a section, or a single chart, asks for.
struct Asked {
  ReportSection section;
  std::optional<PivotQuery> pivot;
  std::string calendar;
  std::optional<Chart::Kind> kind;
  std::int64_t series = 0;
  std::int64_t width = 0;
  bool table = false;
};

Asked read(const json::value& given) {
  if (!given.is_object()) bad(given, "a section: an object");
  Asked asked;
  for (const auto& [name, value] : given.get_object()) {
    if (name == "heading" || name == "title") asked.section.heading = text_in(value, "heading");
    else if (name == "note") asked.section.note = text_in(value, "note");
    else if (name == "pivot") asked.pivot = pivot_query(json::serialize(value));
    else if (name == "calendar") asked.calendar = json::serialize(value);
    else if (name == "chart") asked.kind = kind_in(value);
    else if (name == "series") asked.series = number_in(value, "series");
    else if (name == "width") asked.width = number_in(value, "width");
    else if (name == "table") {
      if (!value.is_bool()) bad(value, "table: true or false");
      asked.table = value.get_bool();
    } else {
      bad(json::string(name), "heading, note, pivot, calendar, chart, series, width or table");
    }
  }
  if (asked.pivot.has_value() == !asked.calendar.empty()) bad(given, "a section: one of pivot and calendar");
  return asked;
}

Chart chart_of(const Asked& asked, const PivotTable& table, Language language) {
  if (asked.series < 0) bad(asked.series, "series: 0 or more");
  Chart chart = pivot_chart(*asked.pivot, table, static_cast<std::size_t>(asked.series), *asked.kind, language);
  chart.title = asked.section.heading;
  if (asked.width) chart.width = static_cast<int>(asked.width);
  return chart;
}

ReportSection section_of(Crm& crm, Asked asked) {
  if (!asked.pivot) {
    const CalendarRequest request = calendar_request(crm, asked.calendar);
    asked.section.svg = calendar_svg(crm.calendar(request.query), crm.language(), request.picture);
    return asked.section;
  }
  const PivotTable table = crm.pivot(*asked.pivot);
  if (asked.kind) {
    asked.section.chart = chart_of(asked, table, crm.language());
    asked.section.chart->title.clear();  // the heading says it
  }
  if (asked.table || !asked.kind) asked.section.table = pivot_report_table(*asked.pivot, table, crm.language());
  return asked.section;
}

}  // namespace

std::string chart_svg_json(Crm& crm, std::string_view text) {
  const json::value given = parse_json(text);
  const Asked asked = read(given);
  if (!asked.pivot || !asked.kind) bad(given, "a chart: pivot and chart");
  return chart_svg(chart_of(asked, crm.pivot(*asked.pivot), crm.language()));
}

std::string report_html_json(Crm& crm, std::string_view text) {
  const json::value given = parse_json(text);
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
      for (const json::value& section : value.get_array()) page.sections.push_back(section_of(crm, read(section)));
    } else {
      bad(json::string(name), "title, subtitle, from, to, as_of or sections");
    }
  }
  return report_html(page);
}

}  // namespace crm
