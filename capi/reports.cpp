// Reports over any dimensions (M11, M13, P1).
#include "crm/report/report.hpp"
#include "handles.hpp"

using namespace crm;
using namespace crm::capi;

namespace {

/// A place of a row or column; -1: the total.
std::optional<std::size_t> place(std::int32_t number, const char* name) {
  if (number < -1) throw Error(Code::invalid_argument, std::vector<Violation>{{"field.range", 0, 0, 0, std::to_string(number), std::string(name) + ": from 0, or -1"}});
  return number == -1 ? std::nullopt : std::optional(static_cast<std::size_t>(number));
}

}  // namespace

int32_t CRM_CALL crm_pivot_json(crm_db* db, const char* query, const char** json) {
  return guard_text(db, json, [&](Base& base) { return pivot_json(opened(base).pivot(pivot_query(text_of(query, "query"), opened(base).limits()))); });
}

int32_t CRM_CALL crm_pivot_csv(crm_db* db, const char* query, const char** csv) {
  return guard_text(db, csv, [&](Base& base) {
    const PivotQuery asked = pivot_query(text_of(query, "query"), opened(base).limits());
    return pivot_csv(asked, opened(base).pivot(asked), opened(base).language());
  });
}

int32_t CRM_CALL crm_pivot_facts_json(crm_db* db, const char* query, int32_t row, int32_t column, int32_t series, const char** json) {
  return guard_text(db, json, [&](Base& base) {
    const auto of_series = place(series, "series");
    if (!of_series) place(-2, "series");
    return pivot_facts_json(opened(base).pivot_facts(pivot_query(text_of(query, "query"), opened(base).limits()), place(row, "row"), place(column, "column"), *of_series));
  });
}

int32_t CRM_CALL crm_load_by_day_json(crm_db* db, int64_t user, int64_t from_day, int64_t to_day, const char** json) {
  return guard_text(db, json, [&](Base& base) { return load_json(opened(base).load_by_day({user}, checked_date(from_day), checked_date(to_day))); });
}

int32_t CRM_CALL crm_chart_svg(crm_db* db, const char* json, const char** svg) {
  return guard_text(db, svg, [&](Base& base) { return chart_svg_json(opened(base), text_of(json, "json")); });
}

int32_t CRM_CALL crm_report_html(crm_db* db, const char* json, const char** html) {
  return guard_text(db, html, [&](Base& base) { return report_html_json(opened(base), text_of(json, "json")); });
}
