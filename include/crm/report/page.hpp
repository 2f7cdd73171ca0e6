/// A report as one HTML file with tables and charts (M13): it fetches nothing, runs no script and prints on A4.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "crm/base/time.hpp"
#include "crm/report/chart.hpp"

namespace crm {

struct ReportColumn {
  enum class Kind : std::int32_t { text = 0, number = 1, money = 2, percent = 3 };
  std::string caption;
  Kind kind = Kind::text;
  int decimals = 0;  ///< numbers in cells are scaled by 10^decimals, 0..6: money in minor units has 2
  std::string unit;  ///< told in the head of the column: "₽", "шт."; a percent has "%" in each cell
};

/// Nothing, a text, or a number scaled as its column says. A text may stand in a column of numbers ("н/д"), not the reverse.
using ReportCell = std::variant<std::monostate, std::string, std::int64_t>;

struct ReportRow {
  std::vector<ReportCell> cells;  ///< one a column
  bool total = false;             ///< set off from the others
};

struct ReportTable {
  std::vector<ReportColumn> columns;
  std::vector<ReportRow> rows;
};

struct ReportSection {
  std::string heading;
  std::string note;
  std::optional<Chart> chart;     ///< drawn as wide as the page, whatever its width
  std::string svg;  ///< a picture made by this library (`calendar_svg`), put in as it is
  std::optional<ReportTable> table;
};

struct ReportPage {
  std::string title;
  std::string subtitle;        ///< what is chosen: "все менеджеры, ₽"
  std::optional<Date> from;    ///< the period, both days inclusive
  std::optional<Date> to;
  std::optional<Date> as_of;   ///< the day whose knowledge it is
  Language language = Language::english;
  std::vector<ReportSection> sections;
};

/// The whole file, in UTF-8. Throws `invalid_argument` with M13.* as `chart_svg` does, and for rows that do not fit their columns.
std::string report_html(const ReportPage& page);

}  // namespace crm
