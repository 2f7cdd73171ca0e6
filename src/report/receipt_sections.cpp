// Receipts and shipments as sections of a page (M10).
#include <algorithm>
#include <map>

#include "crm/base/money.hpp"
#include "crm/report/sections.hpp"
#include "dates.hpp"
#include "report_words.hpp"
#include "services/names.hpp"

namespace crm {
namespace report {
namespace {

constexpr std::size_t kMostPeriods = 6;  // columns of exact sums that a page has room for

/// Throws `money.overflow`.
void add(std::int64_t& sum, std::int64_t value) { sum = checked_sum(sum, value); }

std::string receipts_word(Receipt::Kind kind, Language language) {
  const Figure figure = kind == Receipt::Kind::receipt ? Figure::receipts : Figure::shipments;
  return caption_of("figure", static_cast<std::int64_t>(figure), language);
}

std::string receipts_heading(std::optional<Receipt::Kind> kind, Language language) {
  if (!kind) return word(language, "Поступления и отгрузки", "Receipts and shipments");
  return *kind == Receipt::Kind::receipt ? word(language, "Поступление денежных средств от клиентов", "Receipts from clients")
                                         : word(language, "Отгрузки клиентам", "Shipments to clients");
}

Date next_period(Date first, PeriodLength length) {
  constexpr int kPast[] = {1, 7, 32, 93, 367};  // days that lead into the next one
  return period_start(first + std::chrono::days(kPast[static_cast<std::size_t>(length)]), length);
}

std::string period_text(Date first, PeriodLength length, Language language) {
  const Date last = next_period(first, length) - std::chrono::days(1);
  if (length == PeriodLength::day) return day_name(first, language);
  if (length == PeriodLength::month) return month_name(first, language);
  return period_name(first, last, language);
}

Dimension dimension_of(PeriodLength length) {
  return static_cast<Dimension>(static_cast<std::int32_t>(Dimension::day) + static_cast<std::int32_t>(length));
}

/// One kind in one currency; without a currency its quantities.
class ReceiptWriter {
 public:
  ReceiptWriter(const ReceiptQuery& query, const ReceiptReport& report, const ReceiptRow& total, Names& names, Language language)
      : query_(query), total_(total), names_(names), language_(language) {
    std::vector<std::int64_t> numbers{value_of(total)};
    for (const ReceiptRow& row : report.rows)
      if (row.key.kind == total.key.kind && row.key.currency == total.key.currency) numbers.push_back(value_of(row)), rows_.push_back(&row);
    scale_ = total.key.currency ? scale_of(total.key.currency) : quantity_scale(numbers);
    find_periods();
    gather();
  }

  [[nodiscard]] std::string name() const {
    const std::string kind = receipts_word(total_.key.kind, language_);
    return scale_.unit.empty() ? kind : kind + ", " + scale_.unit;
  }

  [[nodiscard]] ReportSection write(Chart::Kind kind) const {
    ReportSection section;
    section.chart = query_.by_period ? chart_over_periods(kind) : chart_of_lines();
    const bool across = query_.by_period && has_keys() && periods_.size() <= kMostPeriods;
    section.table = across ? table_across() : table_down();
    return section;
  }

 private:
  /// What one client, manager, product or all of them together made in each period.
  struct Line {
    ReceiptKey key;
    std::vector<std::int64_t> values;
    std::int64_t total = 0;
    std::int64_t count = 0;
  };

  [[nodiscard]] std::int64_t value_of(const ReceiptRow& row) const { return total_.key.currency ? row.amount : row.quantity.millionths; }
  [[nodiscard]] bool has_keys() const { return query_.by_company || query_.by_manager || query_.by_product; }

  void find_periods() {
    if (!query_.by_period || rows_.empty()) return;
    const PeriodLength length = *query_.by_period;
    const auto [least, most] = std::ranges::minmax(rows_, {}, [](const ReceiptRow* row) { return *row->key.period; });
    const Date first = query_.from ? period_start(*query_.from, length) : *least->key.period;
    const Date end = query_.to ? *query_.to : *most->key.period + std::chrono::days(1);
    for (Date period = first; period < end; period = next_period(period, length)) periods_.push_back(period);
  }

  void gather() {
    std::map<ReceiptKey, Line> lines;
    for (const ReceiptRow* row : rows_) {
      ReceiptKey key = row->key;
      key.period.reset();
      Line& line = lines[key];
      line.key = key;
      line.values.resize(periods_.size());
      if (query_.by_period) add(line.values[place_of(*row->key.period)], value_of(*row));
      add(line.total, value_of(*row));
      line.count += row->count;
    }
    for (auto& [key, line] : lines) lines_.push_back(std::move(line));
    std::ranges::stable_sort(lines_, std::ranges::greater(), &Line::total);
    if (lines_.empty()) lines_.push_back({total_.key, {}, value_of(total_), total_.count});
  }

  [[nodiscard]] std::size_t place_of(Date period) const {
    return static_cast<std::size_t>(std::ranges::lower_bound(periods_, period) - periods_.begin());
  }

  template <class Visit>
  void each_name(const ReceiptKey& key, Visit&& visit) const {
    const auto named = [&]<class E>(const std::optional<IdOf<E>>& id, Dimension dimension) {
      if (id) visit(dimension, *id ? names_.of({E::kEntity, id->value}) : none_word(dimension, language_));
    };
    named(key.company, Dimension::company);
    named(key.manager, Dimension::manager);
    named(key.product, Dimension::product);
  }

  [[nodiscard]] std::string label(const Line& line) const {
    std::string out;
    each_name(line.key, [&](Dimension, const std::string& name) { out += (out.empty() ? "" : " / ") + name; });
    return out.empty() ? total_word(language_) : out;
  }

  [[nodiscard]] std::string value_caption() const {
    return total_.key.currency ? capital(receipts_word(total_.key.kind, language_)) : capital(caption_of("figure", static_cast<std::int64_t>(Figure::quantity), language_));
  }

  [[nodiscard]] Chart blank(Chart::Kind kind) const {
    Chart chart;
    chart.kind = kind;
    chart.language = language_;
    chart.decimals = scale_.decimals;
    chart.unit = scale_.unit;
    chart.value_title = value_caption();
    return chart;
  }

  [[nodiscard]] Chart chart_over_periods(Chart::Kind kind) const {
    Chart chart = blank(kind);
    for (const Date period : periods_) chart.categories.push_back(period_text(period, *query_.by_period, language_));
    for (const Line& line : lines_) {
      ChartSeries& series = chart.series.emplace_back();
      series.name = has_keys() ? label(line) : value_caption();
      for (const std::int64_t value : line.values) series.values.emplace_back(scale_.of(value));
    }
    if (!has_keys() && kind == Chart::Kind::stacked_bar) chart.kind = Chart::Kind::bar;
    return chart;
  }

  [[nodiscard]] Chart chart_of_lines() const {
    Chart chart = blank(Chart::Kind::bar);
    ChartSeries& series = chart.series.emplace_back();
    for (const Line& line : lines_) {
      if (chart.categories.size() == kMostCompared) {
        chart.note = first_lines_note(language_);
        break;
      }
      chart.categories.push_back(label(line));
      series.values.emplace_back(scale_.of(line.total));
    }
    return chart;
  }

  void add_names(const Line& line, ReportRow& row) const {
    each_name(line.key, [&](Dimension, const std::string& name) { row.cells.emplace_back(name); });
  }
  void add_name_columns(ReportTable& table) const {
    each_name(lines_.front().key, [&](Dimension by, const std::string&) { table.columns.push_back(text_column(caption_of(by, language_))); });
  }

  [[nodiscard]] ReportTable table_across() const {
    ReportTable table;
    add_name_columns(table);
    const std::size_t keys = table.columns.size();
    for (const Date period : periods_) table.columns.push_back(number_column(period_text(period, *query_.by_period, language_), scale_));
    table.columns.push_back(number_column(total_word(language_), scale_));
    std::vector<std::int64_t> sums(periods_.size());
    for (const Line& line : lines_) {
      ReportRow& row = table.rows.emplace_back();
      add_names(line, row);
      for (std::size_t i = 0; i < periods_.size(); ++i) {
        row.cells.emplace_back(scale_.of(line.values[i]));
        add(sums[i], line.values[i]);
      }
      row.cells.emplace_back(scale_.of(line.total));
    }
    ReportRow& total = table.rows.emplace_back(ReportRow{{total_word(language_)}, true});
    total.cells.resize(keys);
    for (const std::int64_t sum : sums) total.cells.emplace_back(scale_.of(sum));
    total.cells.emplace_back(scale_.of(value_of(total_)));
    return table;
  }

  /// A line a period, or a line each of what is divided by.
  [[nodiscard]] ReportTable table_down() const {
    ReportTable table;
    if (query_.by_period) table.columns.push_back(text_column(caption_of(dimension_of(*query_.by_period), language_)));
    else add_name_columns(table);
    if (table.columns.empty()) table.columns.push_back(text_column(""));
    const std::size_t keys = table.columns.size();
    table.columns.push_back(number_column(word(language_, "Документов", "Records"), {}));
    table.columns.push_back(number_column(value_caption(), scale_));
    if (query_.by_period) add_periods(table);
    else if (has_keys()) add_lines(table);
    ReportRow& total = table.rows.emplace_back(ReportRow{{total_word(language_)}, true});
    total.cells.resize(keys);
    total.cells.emplace_back(total_.count);
    total.cells.emplace_back(scale_.of(value_of(total_)));
    return table;
  }

  void add_lines(ReportTable& table) const {
    for (const Line& line : lines_) {
      ReportRow& row = table.rows.emplace_back();
      add_names(line, row);
      row.cells.emplace_back(line.count);
      row.cells.emplace_back(scale_.of(line.total));
    }
  }

  void add_periods(ReportTable& table) const {
    std::vector<std::int64_t> counts(periods_.size());
    std::vector<std::int64_t> sums(periods_.size());
    for (const ReceiptRow* row : rows_) {
      counts[place_of(*row->key.period)] += row->count;
      add(sums[place_of(*row->key.period)], value_of(*row));
    }
    for (std::size_t i = 0; i < periods_.size(); ++i)
      table.rows.push_back({{period_text(periods_[i], *query_.by_period, language_), counts[i], scale_.of(sums[i])}});
  }

  const ReceiptQuery& query_;
  const ReceiptRow& total_;
  Names& names_;
  const Language language_;
  std::vector<const ReceiptRow*> rows_;
  std::vector<Date> periods_;
  std::vector<Line> lines_;
  Scale scale_;
};

}  // namespace
}  // namespace report

std::vector<ReportSection> receipt_sections(Crm& crm, const ReceiptQuery& query, Chart::Kind kind, const std::string& heading) {
  const ReceiptReport found = crm.receipts(query);
  const bool one = found.totals.size() == 1;
  const auto told = one ? std::optional(found.totals.front().key.kind) : query.kind;
  const std::string base = heading.empty() ? report::receipts_heading(told, crm.language()) : heading;
  Names names(crm);
  std::vector<ReportSection> sections;
  for (const ReceiptRow& total : found.totals) {
    const report::ReceiptWriter writer(query, found, total, names, crm.language());
    sections.push_back(writer.write(kind));
    sections.back().heading = one ? base : base + ": " + writer.name();
  }
  if (sections.empty()) sections.push_back(report::nothing_section(base, crm.language()));
  return sections;
}

}  // namespace crm
