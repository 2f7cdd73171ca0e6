// Whitespace as sections of a page (P1).
#include <algorithm>
#include <span>

#include "crm/report/sections.hpp"
#include "numbers.hpp"
#include "report_words.hpp"

namespace crm {
namespace report {
namespace {

constexpr std::size_t kMostProducts = 12;  // bars whose parts can be told
constexpr std::int64_t kWorstClients = 10;

struct StatusCaption {
  CellStatus status;
  const char* ru;
  const char* en;
};
/// Of the range meant for clients, from the best to the worst.
constexpr StatusCaption kInRange[] = {{CellStatus::owned, "Продаётся", "Owned"},
                                      {CellStatus::in_work, "В работе", "In work"},
                                      {CellStatus::refused, "Отказ", "Refused"},
                                      {CellStatus::never_offered, "Не предлагалось", "Never offered"}};
constexpr StatusCaption kOutOfRange = {CellStatus::not_eligible, "Не положено", "Not eligible"};

std::int64_t cells_of(const WhitespaceCount& count, CellStatus status) { return count.cells[static_cast<std::size_t>(status)]; }

std::int64_t range_of(const WhitespaceCount& count) {
  std::int64_t range = 0;
  for (const StatusCaption& caption : kInRange) range += cells_of(count, caption.status);
  return range;
}

using Products = std::span<const WhitespaceReport::OfProduct* const>;

class WhitespaceWriter {
 public:
  WhitespaceWriter(const WhitespaceReport& report, Language language) : total_(*report.total), language_(language) {
    for (const WhitespaceReport::OfProduct& product : report.products) {
      const bool told = range_of(product.count) > 0 || product.count.sold_all_the_same > 0;
      if (told) products_.push_back(&product);
      else meant_for_nobody_ += cells_of(product.count, CellStatus::not_eligible);
    }
    std::ranges::stable_sort(products_, std::ranges::greater(), [](const WhitespaceReport::OfProduct* product) { return range_of(product->count); });
  }

  [[nodiscard]] ReportSection write() const {
    ReportSection section;
    section.note = word(language_, "Считаются сферы бизнеса клиентов: продукт клиента с двумя сферами – дважды.",
                        "Business spheres of clients are counted: a product of a client with two spheres counts twice.");
    if (total_.sold_all_the_same > 0)
      section.note += word(language_, " Из того, что не положено, всё же продаётся:\u00A0", " Of what is not eligible, sold all the same:\u00A0") +
                      number_text(total_.sold_all_the_same, 0, 0, language_) + ".";
    section.chart = chart();
    section.table = table();
    return section;
  }

 private:
  [[nodiscard]] std::string text(const StatusCaption& caption) const { return word(language_, caption.ru, caption.en); }

  [[nodiscard]] Chart chart() const {
    Chart chart;
    chart.kind = Chart::Kind::stacked_bar;
    chart.language = language_;
    chart.value_title = word(language_, "Сфер бизнеса клиентов", "Business spheres of clients");
    const auto in_range = std::ranges::count_if(products_, [](const WhitespaceReport::OfProduct* product) { return range_of(product->count) > 0; });
    const std::span shown(products_.data(), std::min(static_cast<std::size_t>(in_range), kMostProducts));
    if (products_.size() > shown.size()) chart.note = first_lines_note(language_, shown.size());
    for (const WhitespaceReport::OfProduct* product : shown) chart.categories.push_back(product->name);
    for (const StatusCaption& caption : kInRange) chart.series.push_back(series(caption, shown));
    add_out_of_range(shown, chart);
    return chart;
  }

  [[nodiscard]] ChartSeries series(const StatusCaption& caption, Products shown) const {
    ChartSeries series;
    series.name = text(caption);
    for (const WhitespaceReport::OfProduct* product : shown) series.values.emplace_back(cells_of(product->count, caption.status));
    return series;
  }

  /// What is not eligible makes all bars equally long: it is left out where it would dwarf the range.
  void add_out_of_range(Products shown, Chart& chart) const {
    std::int64_t inside = 0;
    std::int64_t outside = 0;
    for (const WhitespaceReport::OfProduct* product : shown) {
      inside += range_of(product->count);
      outside += cells_of(product->count, kOutOfRange.status);
    }
    if (outside <= inside) {
      chart.last_is_others = true;
      chart.series.push_back(series(kOutOfRange, shown));
    } else {
      if (!chart.note.empty()) chart.note += ". ";
      chart.note += word(language_, "На диаграмме нет того, что не положено: ", "Not drawn: what is not eligible, ") + number_text(outside, 0, 0, language_);
    }
  }

  [[nodiscard]] ReportRow row(std::string name, const WhitespaceCount& count) const {
    ReportRow row;
    row.cells = {std::move(name), range_of(count)};
    for (const StatusCaption& caption : kInRange) row.cells.emplace_back(cells_of(count, caption.status));
    row.cells.emplace_back(cells_of(count, kOutOfRange.status));
    return row;
  }

  [[nodiscard]] ReportTable table() const {
    ReportTable table;
    table.columns = {text_column(caption_of(Dimension::product, language_)), number_column(word(language_, "Положено", "Meant"), {})};
    for (const StatusCaption& caption : kInRange) table.columns.push_back(number_column(text(caption), {}));
    table.columns.push_back(number_column(text(kOutOfRange), {}));
    for (const WhitespaceReport::OfProduct* product : products_) table.rows.push_back(row(product->name, product->count));
    if (meant_for_nobody_ > 0) {
      WhitespaceCount others;
      others.cells[static_cast<std::size_t>(CellStatus::not_eligible)] = meant_for_nobody_;
      table.rows.push_back(row(word(language_, "Не положены никому", "Meant for nobody"), others));
    }
    table.rows.push_back(row(total_word(language_), total_));
    table.rows.back().total = true;
    return table;
  }

  const WhitespaceCount& total_;
  const Language language_;
  std::vector<const WhitespaceReport::OfProduct*> products_;  // the widest range first
  std::int64_t meant_for_nobody_ = 0;                         // cells of all other products
};

ReportSection underserved_section(const UnderservedReport& report, Language language) {
  ReportSection section;
  section.heading = word(language, "Клиенты, которым предлагают меньше положенного", "Clients offered less than is meant for them");
  if (report.count > kWorstClients)
    section.note = word(language, "Показаны первые ", "Shown are the first ") + std::to_string(kWorstClients) + word(language, ", всего ", " of ") +
                   number_text(report.count, 0, 0, language) + ".";
  ReportTable& table = section.table.emplace();
  table.columns = {text_column(caption_of(Dimension::company, language)), number_column(word(language, "Положено продуктов", "Products meant"), {}),
                   number_column(word(language, "Не предлагалось", "Never offered"), {}),
                   percent_column(word(language, "Доля не предложенного", "Share never offered"))};
  for (const UnderservedReport::Client& one : report.clients) {
    const auto never = static_cast<std::int64_t>(one.client.never_offered.size());
    table.rows.push_back({{one.name, one.client.range, never, thousandths(never, one.client.range)}});
  }
  return section;
}

}  // namespace
}  // namespace report

std::vector<ReportSection> whitespace_sections(Crm& crm, const WhitespaceQuery& query, const std::string& heading) {
  const Language language = crm.language();
  const std::string base = heading.empty() ? report::word(language, "Охват клиентов продуктами", "Whitespace") : heading;
  WhitespaceQuery totals = query;
  totals.statuses.clear();
  totals.with_totals = true;
  totals.after = {};
  totals.limit = 1;
  const WhitespaceReport found = crm.whitespace(totals);
  if (report::range_of(*found.total) == 0) return {report::nothing_section(base, language)};
  std::vector<ReportSection> sections{report::WhitespaceWriter(found, language).write()};
  sections.front().heading = base;
  const UnderservedReport worst = crm.underserved({query.day, query.clients, query.base, report::kWorstClients});
  if (worst.count > 0) sections.push_back(report::underserved_section(worst, language));
  return sections;
}

}  // namespace crm
