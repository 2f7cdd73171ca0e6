// Tables of figures as charts and as tables of a page (M13).
#include <algorithm>
#include <cstdlib>

#include "crm/meta/meta.hpp"
#include "crm/report/report.hpp"
#include "dates.hpp"

namespace crm {
namespace {

std::string caption_of(const char* enumeration, std::int64_t number, Language language) {
  for (const EnumInfo* info : enumerations())
    if (std::string_view(info->name) == enumeration) {
      const EnumValue* value = info->find(number);
      return language == Language::russian ? value->ru : value->en;
    }
  return "";
}

std::string caption_of(const PivotAxis& axis, Language language) {
  return caption_of("dimension", static_cast<std::int64_t>(axis.dimension), language);
}

std::string capital(std::string text) {
  // The first letter of a Russian or English caption: Cyrillic small letters are two bytes.
  if (text.empty()) return text;
  const auto first = static_cast<unsigned char>(text[0]);
  if (first >= 'a' && first <= 'z') text[0] = static_cast<char>(first - 'a' + 'A');
  if (text.size() < 2) return text;
  const auto second = static_cast<unsigned char>(text[1]);
  if (first == 0xD0 && second >= 0xB0) text[1] = static_cast<char>(second - 0x20);                      // а..п
  if (first == 0xD1 && second < 0x90) text.replace(0, 2, {char(0xD0), static_cast<char>(second + 0x20)});  // р..я
  return text;
}

std::string unit_of(Currency currency) {
  const std::string_view letters = currency.letters();
  if (letters == "RUB") return "₽";
  if (letters == "USD") return "$";
  if (letters == "EUR") return "€";
  return std::string(letters);
}

std::string key_name(const PivotAxis& axis, const PivotKey& key, Language language) {
  const Date day = date_of(key.id);
  if (axis.dimension == Dimension::month) return report::month_name(day, language);
  if (axis.dimension == Dimension::day) return report::day_name(day, language);
  if (axis.dimension == Dimension::week) return report::period_name(day, day + std::chrono::days(6), language);
  return key.name;
}

std::string joined(const std::vector<PivotAxis>& axes, const std::vector<PivotKey>& keys, Language language) {
  std::string out;
  for (std::size_t i = 0; i < keys.size(); ++i) out += (i ? " / " : "") + key_name(axes[i], keys[i], language);
  return out;
}

std::string total_word(Language language) { return language == Language::russian ? "Итого" : "Total"; }
std::string others_word(Language language) { return language == Language::russian ? "Прочие" : "Others"; }

std::string row_name(const PivotQuery& query, const PivotTable& table, std::size_t row, Language language) {
  if (table.others == row) return others_word(language);
  return query.rows.empty() ? total_word(language) : joined(query.rows, table.rows[row], language);
}

/// Digits after the point: those of the currency; of quantities as many as are needed.
struct Scale {
  int decimals = 0;
  std::int64_t divisor = 1;

  explicit Scale(const PivotSeries& series) {
    if (series.currency) decimals = series.currency.minor_digits();
    if (series.figure != Figure::quantity) return;
    decimals = 6;
    const auto whole = [&](std::int64_t number) { return number % (divisor * 10) == 0; };
    while (decimals > 0 && whole(series.total) && std::ranges::all_of(series.cells, whole) && std::ranges::all_of(series.row_totals, whole)) {
      divisor *= 10;
      --decimals;
    }
  }
  [[nodiscard]] std::int64_t of(std::int64_t number) const { return number / divisor; }
};

std::string figure_name(const PivotSeries& series, Language language) {
  return capital(caption_of("figure", static_cast<std::int64_t>(series.figure), language));
}

ReportColumn number_column(std::string caption, const PivotSeries& series) {
  ReportColumn column;
  column.caption = std::move(caption);
  column.kind = series.currency ? ReportColumn::Kind::money : ReportColumn::Kind::number;
  column.decimals = Scale(series).decimals;
  column.unit = unit_of(series.currency);
  return column;
}

void add_key_columns(const PivotQuery& query, Language language, ReportTable& out) {
  for (const PivotAxis& axis : query.rows) out.columns.push_back({capital(caption_of(axis, language)), ReportColumn::Kind::text, 0, ""});
  if (query.rows.empty()) out.columns.push_back({"", ReportColumn::Kind::text, 0, ""});
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
    out.columns.push_back(number_column(figure_name(series, language), series));
    if (!series.before.empty()) out.columns.push_back(number_column(before, series));
  }
  const auto add = [&](std::optional<std::size_t> row) {
    ReportRow line = keyed_row(query, table, row, language);
    for (const PivotSeries& series : table.series) {
      const Scale scale(series);
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

Chart pivot_chart(const PivotQuery& query, const PivotTable& table, std::size_t number, Chart::Kind kind, Language language) {
  if (number >= table.series.size() && !table.series.empty())
    throw Error(Code::invalid_argument, std::vector<Violation>{{"field.range", 0, 0, 0, std::to_string(number), "series"}});
  Chart chart;
  chart.kind = kind;
  chart.language = language;
  if (table.series.empty()) return chart;
  const PivotSeries& series = table.series[number];
  const Scale scale(series);
  chart.decimals = scale.decimals;
  chart.unit = unit_of(series.currency);
  chart.value_title = figure_name(series, language);
  const std::size_t columns = table.columns.size();
  if (query.columns.empty()) {
    if (!query.rows.empty()) chart.category_title = capital(caption_of(query.rows[0], language));
    ChartSeries& only = chart.series.emplace_back();
    only.name = chart.value_title;
    for (std::size_t row = 0; row < table.rows.size(); ++row) {
      chart.categories.push_back(row_name(query, table, row, language));
      only.values.emplace_back(scale.of(series.row_totals[row]));
    }
    return chart;
  }
  chart.category_title = capital(caption_of(query.columns[0], language));
  for (const auto& column : table.columns) chart.categories.push_back(joined(query.columns, column, language));
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    ChartSeries& one = chart.series.emplace_back();
    one.name = query.rows.empty() ? chart.value_title : row_name(query, table, row, language);
    for (std::size_t column = 0; column < columns; ++column) one.values.emplace_back(scale.of(series.cells[row * columns + column]));
  }
  return chart;
}

ReportTable pivot_report_table(const PivotQuery& query, const PivotTable& table, Language language) {
  if (query.columns.empty() || table.series.empty()) return figures_table(query, table, language);
  const PivotSeries& first = table.series.front();
  ReportTable out;
  add_key_columns(query, language, out);
  for (const auto& column : table.columns) out.columns.push_back(number_column(joined(query.columns, column, language), first));
  out.columns.push_back(number_column(total_word(language), first));
  const auto add = [&](std::optional<std::size_t> row) {
    ReportRow line = keyed_row(query, table, row, language);
    const Scale scale(first);
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
