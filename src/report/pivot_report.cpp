// Tables of figures as charts and as tables of a page (M13).
#include <algorithm>
#include <cstdlib>

#include "crm/report/report.hpp"
#include "dates.hpp"
#include "numbers.hpp"
#include "report_words.hpp"

namespace crm {
namespace report {
namespace {

std::string key_name(const PivotAxis& axis, const PivotKey& key, Language language) {
  const Date day = date_of(key.id);
  if (axis.dimension == Dimension::month) return month_name(day, language);
  if (axis.dimension == Dimension::day) return day_name(day, language);
  if (axis.dimension == Dimension::week) return period_name(day, day + std::chrono::days(6), language);
  return key.name;
}

std::string joined(const std::vector<PivotAxis>& axes, const std::vector<PivotKey>& keys, Language language) {
  std::string out;
  for (std::size_t i = 0; i < keys.size(); ++i) out += (i ? " / " : "") + key_name(axes[i], keys[i], language);
  return out;
}

std::string others_word(Language language) { return word(language, "Прочие", "Others"); }

std::string row_name(const PivotQuery& query, const PivotTable& table, std::size_t row, Language language) {
  if (table.others == row) return others_word(language);
  return query.rows.empty() ? total_word(language) : joined(query.rows, table.rows[row], language);
}

Scale series_scale(const PivotSeries& series) {
  if (series.figure != Figure::quantity) return scale_of(series.currency);
  std::vector<std::int64_t> all = series.cells;
  all.insert(all.end(), series.row_totals.begin(), series.row_totals.end());
  all.push_back(series.total);
  return quantity_scale(all);
}

std::string figure_name(const PivotSeries& series, Language language) {
  return capital(caption_of("figure", static_cast<std::int64_t>(series.figure), language));
}

/// Whether "others" would dwarf what is compared. Parts of a whole are not a whole without them.
bool dwarfs(const PivotTable& table, const PivotSeries& series, Chart::Kind kind) {
  if (!table.others || kind == Chart::Kind::stacked_bar || kind == Chart::Kind::donut) return false;
  for (std::size_t row = 0; row < series.row_totals.size(); ++row)
    if (row != table.others && std::abs(series.row_totals[row]) >= std::abs(series.row_totals[*table.others])) return false;
  return true;
}

std::string left_out_note(const Scale& scale, std::int64_t others, Language language) {
  return word(language, "На диаграмме нет прочих: ", "Not drawn: others, ") +
         with_unit(number_text(scale.of(others), scale.decimals, scale.decimals, language), scale.unit, language);
}

void add_key_columns(const PivotQuery& query, Language language, ReportTable& out) {
  for (const PivotAxis& axis : query.rows) out.columns.push_back(text_column(caption_of(axis.dimension, language)));
  if (query.rows.empty()) out.columns.push_back(text_column(""));
}

/// Cells of the keys of a row; none: its total.
ReportRow keyed_row(const PivotQuery& query, const PivotTable& table, std::optional<std::size_t> row, Language language) {
  ReportRow out;
  out.total = !row;
  if (!row || query.rows.empty() || table.others == row) {
    out.cells.emplace_back(!row || query.rows.empty() ? total_word(language) : others_word(language));
    while (out.cells.size() < query.rows.size()) out.cells.emplace_back();
    return out;
  }
  for (std::size_t i = 0; i < query.rows.size(); ++i) out.cells.emplace_back(key_name(query.rows[i], table.rows[*row][i], language));
  return out;
}

/// Without columns: a column a figure.
ReportTable figures_table(const PivotQuery& query, const PivotTable& table, Language language) {
  ReportTable out;
  add_key_columns(query, language, out);
  const std::string before = language == Language::russian ? "Было" : "Before";
  for (const PivotSeries& series : table.series) {
    out.columns.push_back(number_column(figure_name(series, language), series_scale(series)));
    if (!series.before.empty()) out.columns.push_back(number_column(before, series_scale(series)));
  }
  const auto add = [&](std::optional<std::size_t> row) {
    ReportRow line = keyed_row(query, table, row, language);
    for (const PivotSeries& series : table.series) {
      const Scale scale = series_scale(series);
      line.cells.emplace_back(scale.of(row ? series.row_totals[*row] : series.total));
      if (!series.before.empty()) line.cells.emplace_back(scale.of(row ? series.before[*row] : series.total_before));
    }
    out.rows.push_back(std::move(line));
  };
  if (!query.rows.empty())
    for (std::size_t row = 0; row < table.rows.size(); ++row) add(row);
  add({});
  return out;
}

}  // namespace
}  // namespace report

Chart pivot_chart(const PivotQuery& query, const PivotTable& table, std::size_t number, Chart::Kind kind, Language language) {
  using namespace report;
  if (number >= table.series.size() && !table.series.empty())
    throw Error(Code::invalid_argument, std::vector<Violation>{{"field.range", 0, 0, 0, std::to_string(number), "series"}});
  Chart chart;
  chart.kind = kind;
  chart.language = language;
  if (table.series.empty()) return chart;
  const PivotSeries& series = table.series[number];
  const Scale scale = series_scale(series);
  chart.decimals = scale.decimals;
  chart.unit = scale.unit;
  chart.value_title = figure_name(series, language);
  const bool left_out = dwarfs(table, series, kind);
  if (left_out) chart.note = left_out_note(scale, series.row_totals[*table.others], language);
  chart.last_is_others = table.others && !left_out;
  const std::size_t columns = table.columns.size();
  if (query.columns.empty()) {
    if (!query.rows.empty()) chart.category_title = caption_of(query.rows[0].dimension, language);
    ChartSeries& only = chart.series.emplace_back();
    only.name = chart.value_title;
    for (std::size_t row = 0; row < table.rows.size(); ++row) {
      if (left_out && row == table.others) continue;
      chart.categories.push_back(row_name(query, table, row, language));
      only.values.emplace_back(scale.of(series.row_totals[row]));
    }
    return chart;
  }
  chart.category_title = caption_of(query.columns[0].dimension, language);
  for (const auto& column : table.columns) chart.categories.push_back(joined(query.columns, column, language));
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    if (left_out && row == table.others) continue;
    ChartSeries& one = chart.series.emplace_back();
    one.name = query.rows.empty() ? chart.value_title : row_name(query, table, row, language);
    for (std::size_t column = 0; column < columns; ++column) one.values.emplace_back(scale.of(series.cells[row * columns + column]));
  }
  return chart;
}

ReportTable pivot_report_table(const PivotQuery& query, const PivotTable& table, Language language) {
  using namespace report;
  if (query.columns.empty() || table.series.empty()) return figures_table(query, table, language);
  const PivotSeries& first = table.series.front();
  const Scale scale = series_scale(first);
  ReportTable out;
  add_key_columns(query, language, out);
  for (const auto& column : table.columns) out.columns.push_back(number_column(joined(query.columns, column, language), scale));
  out.columns.push_back(number_column(total_word(language), scale));
  const auto add = [&](std::optional<std::size_t> row) {
    ReportRow line = keyed_row(query, table, row, language);
    for (std::size_t column = 0; column < table.columns.size(); ++column)
      line.cells.emplace_back(scale.of(row ? first.cells[*row * table.columns.size() + column] : first.column_totals[column]));
    line.cells.emplace_back(scale.of(row ? first.row_totals[*row] : first.total));
    out.rows.push_back(std::move(line));
  };
  if (!query.rows.empty())
    for (std::size_t row = 0; row < table.rows.size(); ++row) add(row);
  add({});
  return out;
}

}  // namespace crm
