// A report as one HTML file (M13).
#include "crm/report/page.hpp"

#include <algorithm>
#include <string_view>

#include "chart_look.hpp"
#include "crm/base/text.hpp"
#include "dates.hpp"
#include "markup.hpp"
#include "numbers.hpp"
#include "typography.hpp"

namespace crm {
namespace report {
namespace {

constexpr std::size_t kWideTable = 9;  // columns; from there on a table is printed across
constexpr int kTextWidth = 860;        // of the page on a screen

std::string style_sheet() {
  const std::string grid(kGrid);
  const std::string muted(kMuted);
  const std::string margin = std::to_string(static_cast<int>(kMargin));
  return "html{color-scheme:light}\nbody{margin:0;background:" + std::string(kPaper) + ";color:" + std::string(kInk) + ";font:15px/1.5 " +
         chart_font() +
         "}\nmain{max-width:" + std::to_string(kTextWidth) + "px;margin:0 auto;padding:32px 24px 48px}\nh1{font-size:26px;line-height:1.2;margin:0;text-wrap:balance}\n"
         "h2{font-size:19px;line-height:1.3;margin:0 0 4px;text-wrap:balance}\nheader{padding-bottom:16px;border-bottom:2px solid " +
         std::string(kInk) + "}\nheader p{margin:8px 0 0;color:" + muted + "}\nsection{margin-top:32px}\np.note{margin:0 0 12px;color:" + muted +
         ";max-width:70ch}\nfigure{margin:8px -" + margin + "px 0;overflow-x:auto}\nsvg{display:block;max-width:100%;height:auto}\n"
         "div.table{overflow-x:auto;margin-top:12px}\ntable{border-collapse:collapse;width:100%;font-size:13.5px;line-height:1.35;"
         "font-variant-numeric:tabular-nums lining-nums}\nth,td{padding:6px 8px;text-align:left;vertical-align:top;border-bottom:1px solid " +
         grid + "}\nth{vertical-align:bottom;color:" + muted + ";font-weight:bold;border-bottom:1px solid " + std::string(kAxis) +
         "}\nth:first-child,td:first-child{padding-left:0}\ntd:first-child{min-width:6em}\nth:last-child,td:last-child{padding-right:0}\n"
         "td{overflow-wrap:break-word}\n.n{text-align:right}\ntd.n{white-space:nowrap}\n"
         "tr.total td{font-weight:bold;border-top:1px solid " + std::string(kAxis) + ";border-bottom:1px solid " + std::string(kAxis) +
         "}\np.empty{color:" + muted +
         "}\n@media print{@page{size:A4;margin:14mm 12mm}@page across{size:A4 landscape}body{font-size:10pt}main{max-width:none;padding:0}"
         "table{font-size:9pt}h2,p.note{break-after:avoid}figure,tr{break-inside:avoid}thead{display:table-header-group}"
         "figure{margin:8px 0 0}figure,div.table{overflow:visible}section.across{page:across}section.across table{font-size:8pt}section.across :is(th,td){padding:4px 5px}}\n";
}

void refuse(const char* rule, std::string value, std::string detail = {}) {
  Violation violation;
  violation.rule = rule;
  violation.value = std::move(value);
  violation.detail = std::move(detail);
  throw Error(Code::invalid_argument, {std::move(violation)});
}

/// As it stands in the page.
std::string checked(std::string_view text) {
  if (const auto bad = first_bad_byte(text)) refuse(text[*bad] ? "field.utf8" : "field.nul", shorten(text), std::to_string(*bad));
  return escaped(typeset(text));
}

class PageWriter {
 public:
  explicit PageWriter(const ReportPage& page) : page_(page) {}

  std::string write() {
    out_ = "<main>\n<header>\n<h1>" + checked(page_.title) + "</h1>\n";
    const std::string period = this->period();
    if (!period.empty()) out_ += "<p>" + period + "</p>\n";
    if (!page_.subtitle.empty()) out_ += "<p>" + checked(page_.subtitle) + "</p>\n";
    out_ += "</header>\n";
    for (const ReportSection& section : page_.sections) write_section(section);
    out_ += "</main>\n";
    return html_document(word("ru", "en"), page_.title, style_sheet(), out_);
  }

 private:
  [[nodiscard]] const char* word(const char* ru, const char* en) const { return page_.language == Language::russian ? ru : en; }

  [[nodiscard]] std::string period() const {
    std::string text;
    if (page_.from && page_.to) text = period_name(*page_.from, *page_.to, page_.language);
    else if (page_.from) text = word("с ", "from ") + date_name(*page_.from, page_.language);
    else if (page_.to) text = word("по ", "to ") + date_name(*page_.to, page_.language);
    if (!page_.as_of) return text;
    return text + (text.empty() ? "" : " · ") + word("по состоянию на ", "as of ") + date_name(*page_.as_of, page_.language);
  }

  void write_section(const ReportSection& section) {
    const bool across = section.table && section.table->columns.size() >= kWideTable;
    out_ += across ? "<section class=\"across\">\n" : "<section>\n";
    if (!section.heading.empty()) out_ += "<h2>" + checked(section.heading) + "</h2>\n";
    if (!section.note.empty()) out_ += "<p class=\"note\">" + checked(section.note) + "</p>\n";
    if (section.chart) write_chart(*section.chart);
    if (!section.svg.empty()) {
      if (!section.svg.starts_with("<svg")) refuse("M13.svg", shorten(section.svg));
      out_ += "<figure>\n" + section.svg + "</figure>\n";
    }
    if (section.table) write_table(*section.table);
    out_ += "</section>\n";
  }

  /// As wide as the page: the margin of the picture lies in that of the page.
  void write_chart(Chart chart) {
    chart.width = kTextWidth + 2 * static_cast<int>(kMargin);
    out_ += "<figure>\n" + chart_svg(chart) + "</figure>\n";
  }

  void write_table(const ReportTable& table) {
    if (table.rows.empty()) {
      out_ += std::string("<p class=\"empty\">") + word("Нет данных", "No data") + "</p>\n";
      return;
    }
    out_ += "<div class=\"table\"><table>\n<thead><tr>";
    for (const ReportColumn& column : table.columns) {
      const bool told = !column.unit.empty() && column.kind != ReportColumn::Kind::percent;
      out_ += "<th scope=\"col\"" + std::string(column.kind == ReportColumn::Kind::text ? ">" : " class=\"n\">") +
              checked(column.caption + (told ? ",\u00A0" + column.unit : "")) + "</th>";
    }
    out_ += "</tr></thead>\n<tbody>\n";
    for (std::size_t row = 0; row < table.rows.size(); ++row) write_row(table, row);
    out_ += "</tbody>\n</table></div>\n";
  }

  void write_row(const ReportTable& table, std::size_t number) {
    const ReportRow& row = table.rows[number];
    if (row.cells.size() != table.columns.size())
      refuse("M13.row_length", std::to_string(number + 1), std::to_string(row.cells.size()) + " / " + std::to_string(table.columns.size()));
    out_ += row.total ? "<tr class=\"total\">" : "<tr>";
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      const ReportColumn& column = table.columns[i];
      const bool text = column.kind == ReportColumn::Kind::text;
      if (text && std::holds_alternative<std::int64_t>(row.cells[i])) refuse("M13.cell", std::to_string(number + 1), shorten(column.caption));
      out_ += std::string(text ? "<td>" : "<td class=\"n\">") + cell(column, row.cells[i]) + "</td>";
    }
    out_ += "</tr>\n";
  }

  [[nodiscard]] std::string cell(const ReportColumn& column, const ReportCell& cell) const {
    if (const auto* text = std::get_if<std::string>(&cell)) return checked(*text);
    if (const auto* number = std::get_if<std::int64_t>(&cell)) {
      const std::string shown = number_text(*number, column.decimals, column.decimals, page_.language);
      return column.kind == ReportColumn::Kind::percent ? with_unit(shown, "%", page_.language) : shown;
    }
    return column.kind == ReportColumn::Kind::text ? "" : "–";
  }

  const ReportPage& page_;
  std::string out_;
};

}  // namespace
}  // namespace report

std::string report_html(const ReportPage& page) { return report::PageWriter(page).write(); }

}  // namespace crm
