/// Reports asked for as JSON: pictures and pages of what the services count (M13).
#pragma once

#include <string>
#include <string_view>

#include "crm/report/chart.hpp"
#include "crm/report/page.hpp"
#include "crm/services/crm.hpp"

namespace crm {

/// One figure of a table as a chart: columns are its categories and rows its series; without columns, rows are the categories of one series.
Chart pivot_chart(const PivotQuery& query, const PivotTable& table, std::size_t series, Chart::Kind kind, Language language);
/// The table with totals: a line a row, and for several figures over columns a line a row and figure.
ReportTable pivot_report_table(const PivotQuery& query, const PivotTable& table, Language language);

/// {"pivot": {...}, "chart": "stacked_bar", "series": 0, "title", "width"} as a picture, or the chart of a section, `series` of those that
/// are made: {"funnel" | "plan_fact" | "receipts" | "load" | "whitespace" | "demand": {...}, ...}. See `pivot_query`, `funnel_query`,
/// `plan_fact_query`, `receipt_query`, `whitespace_query`, `demand_query`; load is {"from", "to", "user_id"}.
std::string chart_svg_json(Crm& crm, std::string_view json);
/// {"title", "subtitle", "from", "to", "as_of", "sections": [{"heading", "note", "pivot": {...}, "chart": "line", "series": 0, "table": true},
/// {"heading", "note", "funnel" | "plan_fact" | "receipts" | "load" | "whitespace" | "demand" | "calendar": {...}}]} as one HTML file;
/// receipts may have "chart": "stacked_bar" or "line"; a section may be a note alone.
std::string report_html_json(Crm& crm, std::string_view json);

}  // namespace crm
