// Products in demand as sections of a page (P1).
#include <algorithm>
#include <map>

#include "crm/report/sections.hpp"
#include "report_words.hpp"

namespace crm {
namespace report {
namespace {

constexpr std::int64_t kAllProducts = 10'000;

/// What products are worth by one measure, by currency where it is money.
using Worth = std::map<Currency, std::map<ProductId, std::int64_t>>;

Worth worth_by(Crm& crm, DemandQuery query, DemandBy by) {
  query.by = by;
  query.limit = kAllProducts;
  Worth out;
  for (const DemandedProduct& one : crm.demanded_products(query)) out[one.demand.currency][one.demand.product] = one.demand.value;
  return out;
}

class DemandWriter {
 public:
  DemandWriter(Crm& crm, const DemandQuery& query) : by_(query.by), language_(crm.language()), found_(crm.demanded_products(query)) {
    for (const DemandBy measure : {DemandBy::amount, DemandBy::quantity, DemandBy::companies})
      for (auto& [currency, values] : worth_by(crm, query, measure)) columns_.push_back({measure, currency, std::move(values), {}});
    for (Column& column : columns_) column.scale = scale(column);
  }

  /// A section a currency of amounts; of quantities and companies one.
  [[nodiscard]] std::vector<ReportSection> write(const std::string& heading) const {
    const bool several = std::ranges::count(columns_, by_, &Column::measure) > 1;
    std::vector<ReportSection> sections;
    for (const Column& by : columns_) {
      if (by.measure != by_) continue;
      ReportSection& section = sections.emplace_back();
      section.heading = several ? heading + ": " + by.scale.unit : heading;
      section.chart = chart(by);
      section.table = table(by);
    }
    return sections;
  }

 private:
  struct Column {
    DemandBy measure;
    Currency currency;
    std::map<ProductId, std::int64_t> values;
    Scale scale;
  };

  [[nodiscard]] static Scale scale(const Column& column) {
    if (column.measure == DemandBy::companies) return {};
    if (column.measure == DemandBy::amount) return scale_of(column.currency);
    std::vector<std::int64_t> numbers;
    for (const auto& [product, number] : column.values) numbers.push_back(number);
    return quantity_scale(numbers);
  }

  [[nodiscard]] std::string caption(const Column& column) const {
    if (column.measure == DemandBy::amount) return word(language_, "Отгружено", "Shipped");
    if (column.measure == DemandBy::quantity) return capital(caption_of("figure", static_cast<std::int64_t>(Figure::quantity), language_));
    return word(language_, "Клиентов с событиями", "Clients with events");
  }

  [[nodiscard]] std::vector<const DemandedProduct*> products_of(const Column& by) const {
    std::vector<const DemandedProduct*> out;
    for (const DemandedProduct& one : found_)
      if (one.demand.currency == by.currency) out.push_back(&one);
    return out;
  }

  [[nodiscard]] Chart chart(const Column& by) const {
    Chart chart;
    chart.kind = Chart::Kind::bar;
    chart.language = language_;
    chart.decimals = by.scale.decimals;
    chart.unit = by.scale.unit;
    chart.value_title = caption(by);
    ChartSeries& series = chart.series.emplace_back();
    for (const DemandedProduct* one : products_of(by)) {
      if (chart.categories.size() == kMostCompared) {
        chart.note = first_lines_note(language_);
        break;
      }
      chart.categories.push_back(one->name);
      series.values.emplace_back(by.scale.of(one->demand.value));
    }
    return chart;
  }

  /// Of amounts only those in the currency of the section.
  [[nodiscard]] ReportTable table(const Column& by) const {
    ReportTable table;
    table.columns.push_back(text_column(caption_of(Dimension::product, language_)));
    std::vector<const Column*> shown;
    for (const Column& column : columns_)
      if (column.measure != by_ || column.currency == by.currency) shown.push_back(&column);
    for (const Column* column : shown) table.columns.push_back(number_column(caption(*column), column->scale));
    for (const DemandedProduct* one : products_of(by)) {
      ReportRow& row = table.rows.emplace_back();
      row.cells.emplace_back(one->name);
      for (const Column* column : shown) {
        const auto value = column->values.find(one->demand.product);
        row.cells.push_back(value == column->values.end() ? ReportCell() : column->scale.of(value->second));
      }
    }
    return table;
  }

  const DemandBy by_;
  const Language language_;
  const std::vector<DemandedProduct> found_;
  std::vector<Column> columns_;
};

}  // namespace
}  // namespace report

std::vector<ReportSection> demand_sections(Crm& crm, const DemandQuery& query, const std::string& heading) {
  const std::string base = heading.empty() ? report::word(crm.language(), "Самые востребованные продукты", "Products in demand") : heading;
  auto sections = report::DemandWriter(crm, query).write(base);
  if (sections.empty()) sections.push_back(report::nothing_section(base, crm.language()));
  return sections;
}

}  // namespace crm
