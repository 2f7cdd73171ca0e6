// Plan-fact as sections of a page (M9).
#include <algorithm>

#include "crm/report/sections.hpp"
#include "numbers.hpp"
#include "report_words.hpp"
#include "services/names.hpp"

namespace crm {
namespace report {
namespace {

ReportCell cell_of(const Scale& scale, std::optional<std::int64_t> number) {
  if (!number) return {};
  return scale.of(*number);
}

ReportCell attainment_cell(const PlanFactRow& row) {
  if (!row.plan || *row.plan <= 0) return {};
  return thousandths(row.fact, *row.plan);
}

/// One measure in one currency.
class PlanFactWriter {
 public:
  PlanFactWriter(const PlanFactQuery& query, const PlanFactReport& report, const PlanFactRow& total, Names& names, Language language)
      : total_(total), names_(names), language_(language) {
    for (const PlanFactRow& row : report.table.rows)
      if (row.key.measure == total.key.measure && row.key.currency == total.key.currency) rows_.push_back(&row);
    // Departments stand as they are nested; all others by what is expected of them.
    if (!query.by.department)
      std::ranges::stable_sort(rows_, std::ranges::greater(), [](const PlanFactRow* row) { return std::pair(row->plan.value_or(-1), row->fact); });
    scale_ = total.key.measure == PlanCell::Measure::quantity ? quantity_scale(numbers()) : scale_of(total.key.currency);
  }

  /// "поступления, ₽", "события".
  [[nodiscard]] std::string name() const {
    return scale_.unit.empty() ? measure() : measure() + ", " + scale_.unit;
  }

  [[nodiscard]] ReportSection write() const {
    ReportSection section;
    section.chart = chart();
    section.table = table();
    if (std::ranges::any_of(rows_, [](const PlanFactRow* row) { return !row->additive; }))
      section.note = word(language_, "Событие с несколькими продуктами считается в каждой строке, а в итоге один раз.",
                          "An event with several products counts in every line, and once in the total.");
    return section;
  }

 private:
  [[nodiscard]] std::string measure() const {
    using Measure = PlanCell::Measure;
    if (total_.key.measure == Measure::events) return word(language_, "события", "events");
    if (total_.key.measure == Measure::new_companies) return word(language_, "новые клиенты", "new companies");
    return caption_of("plan_measure", static_cast<std::int64_t>(total_.key.measure), language_);
  }

  [[nodiscard]] std::vector<std::int64_t> numbers() const {
    std::vector<std::int64_t> out;
    const auto add = [&](const PlanFactRow& row) {
      for (const auto& number : {row.plan, std::optional(row.fact), row.forecast, row.undistributed})
        if (number) out.push_back(*number);
    };
    add(total_);
    for (const PlanFactRow* row : rows_) add(*row);
    return out;
  }

  /// What the rows are divided by, each with its name in a row.
  template <class Visit>
  void each_key(const PlanFactKey& key, Visit&& visit) const {
    const auto named = [&]<class E>(const std::optional<IdOf<E>>& id, Dimension dimension) {
      if (id) visit(dimension, *id ? names_.of({E::kEntity, id->value}) : none_word(dimension, language_));
    };
    named(key.department, Dimension::department);
    named(key.user, Dimension::manager);
    named(key.product, Dimension::product);
    named(key.type, Dimension::type);
  }

  [[nodiscard]] std::string label(const PlanFactRow& row) const {
    std::string out;
    each_key(row.key, [&](Dimension, const std::string& name) { out += (out.empty() ? "" : " / ") + name; });
    if (out.empty()) out = total_word(language_);
    const ReportCell attainment = attainment_cell(row);
    if (const auto* share = std::get_if<std::int64_t>(&attainment)) out += ": " + with_unit(number_text(*share, 1, 0, language_), "%", language_);
    return out;
  }

  [[nodiscard]] Chart chart() const {
    Chart chart;
    chart.kind = Chart::Kind::grouped_bar;
    chart.language = language_;
    chart.decimals = scale_.decimals;
    chart.unit = scale_.unit;
    chart.series = {{word(language_, "План", "Plan"), {}}, {word(language_, "Факт", "Fact"), {}}};
    std::vector<const PlanFactRow*> shown = rows_;
    if (shown.empty()) shown.push_back(&total_);
    if (shown.size() > kMostCompared) {
      chart.note = first_lines_note(language_);
      shown.resize(kMostCompared);
    }
    for (const PlanFactRow* row : shown) {
      chart.categories.push_back(label(*row));
      chart.series[0].values.push_back(row->plan ? std::optional(scale_.of(*row->plan)) : std::nullopt);
      chart.series[1].values.emplace_back(scale_.of(row->fact));
    }
    return chart;
  }

  [[nodiscard]] bool undistributed() const {
    return total_.undistributed || std::ranges::any_of(rows_, [](const PlanFactRow* row) { return row->undistributed.has_value(); });
  }

  [[nodiscard]] ReportTable table() const {
    ReportTable table;
    if (rows_.empty()) table.columns.push_back(text_column(""));
    else each_key(rows_.front()->key, [&](Dimension by, const std::string&) { table.columns.push_back(text_column(caption_of(by, language_))); });
    const std::size_t keys = table.columns.size();
    table.columns.push_back(number_column(word(language_, "План", "Plan"), scale_));
    table.columns.push_back(number_column(word(language_, "Факт", "Fact"), scale_));
    table.columns.push_back(number_column(word(language_, "Отклонение", "Deviation"), scale_));
    table.columns.push_back(percent_column(word(language_, "Выполнение", "Attainment")));
    table.columns.push_back(number_column(word(language_, "Прогноз", "Forecast"), scale_));
    if (undistributed()) table.columns.push_back(number_column(word(language_, "Не распределено", "Undistributed"), scale_));
    for (const PlanFactRow* row : rows_) {
      ReportRow line;
      each_key(row->key, [&](Dimension by, const std::string& name) {
        line.cells.emplace_back(by == Dimension::department ? indented(*row, name) : name);
      });
      add_numbers(*row, line);
      table.rows.push_back(std::move(line));
    }
    ReportRow total{{total_word(language_)}, true};
    total.cells.resize(keys);
    add_numbers(total_, total);
    table.rows.push_back(std::move(total));
    return table;
  }

  static std::string indented(const PlanFactRow& row, const std::string& name) {
    std::string out;
    for (std::int32_t level = 0; level < row.level; ++level) out += "\u2003";
    return out + name;
  }

  void add_numbers(const PlanFactRow& row, ReportRow& line) const {
    line.cells.push_back(cell_of(scale_, row.plan));
    line.cells.push_back(cell_of(scale_, row.fact));
    line.cells.push_back(cell_of(scale_, row.deviation));
    line.cells.push_back(attainment_cell(row));
    line.cells.push_back(cell_of(scale_, row.forecast));
    if (undistributed()) line.cells.push_back(cell_of(scale_, row.undistributed));
  }

  const PlanFactRow& total_;
  Names& names_;
  const Language language_;
  std::vector<const PlanFactRow*> rows_;
  Scale scale_;
};

}  // namespace
}  // namespace report

std::vector<ReportSection> plan_fact_sections(Crm& crm, const PlanFactQuery& query, const std::string& heading) {
  const PlanFactReport found = crm.plan_fact(query);
  Names names(crm);
  std::vector<ReportSection> sections;
  const std::string base = heading.empty() ? report::word(crm.language(), "План-факт", "Plan and fact") : heading;
  for (const PlanFactRow& total : found.table.totals) {
    const report::PlanFactWriter writer(query, found, total, names, crm.language());
    sections.push_back(writer.write());
    sections.back().heading = base + ": " + writer.name();
  }
  if (sections.empty()) sections.push_back(report::nothing_section(base, crm.language()));
  return sections;
}

}  // namespace crm
