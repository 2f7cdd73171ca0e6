// The sales funnel as sections of a page (M12).
#include <algorithm>

#include "crm/report/sections.hpp"
#include "numbers.hpp"
#include "report_words.hpp"

namespace crm {
namespace report {
namespace {

using Definition = FunnelFrame::Definition;
using Number = FunnelNumber;

std::string stage_name(const FunnelStage& stage, Language language) {
  return capital(language == Language::russian || stage.name_en.empty() ? stage.name_ru : stage.name_en);
}

ReportCell share_cell(std::int64_t part, std::int64_t whole) {
  if (whole == 0) return {};
  return thousandths(part, whole);
}

ReportCell days_cell(const std::optional<std::chrono::microseconds>& time) {
  using TenthsOfDay = std::chrono::duration<std::int64_t, std::ratio<8640>>;
  if (!time) return {};
  return std::int64_t{std::chrono::round<TenthsOfDay>(*time).count()};
}

class FunnelWriter {
 public:
  FunnelWriter(const FunnelQuery& query, const FunnelReport& report, const std::string& heading, Language language)
      : query_(query), report_(report), heading_(heading), language_(language), active_(query.definition == Definition::active) {}

  std::vector<ReportSection> write() const {
    const std::string heading = heading_.empty() ? name() : heading_;
    if (report_.total.count.distinct == 0) return {nothing_section(heading, language_)};
    std::vector<ReportSection> sections(1);
    sections[0].heading = heading;
    sections[0].chart = chart();
    sections[0].table = stages();
    if (query_.by == FunnelQuery::By::nothing) return sections;
    ReportSection& groups = sections.emplace_back();
    groups.heading = heading + ": " + by();
    if (!report_.additive)
      groups.note = word(language_, "Один случай считается в каждой строке, к которой относится, а в итоге один раз.",
                         "A case counts in every line it belongs to, and once in the total.");
    groups.table = groups_table();
    return sections;
  }

 private:
  [[nodiscard]] std::string name() const {
    const Funnel& funnel = report_.funnel;
    return capital(language_ == Language::russian || funnel.name_en.empty() ? funnel.name_ru : funnel.name_en);
  }
  [[nodiscard]] Dimension dimension() const {
    switch (query_.by) {
      case FunnelQuery::By::nothing:
      case FunnelQuery::By::manager: break;
      case FunnelQuery::By::product: return Dimension::product;
      case FunnelQuery::By::sphere: return Dimension::sphere;
      case FunnelQuery::By::classifier: return Dimension::classifier;
    }
    return Dimension::manager;
  }
  [[nodiscard]] std::string by() const {
    switch (query_.by) {
      case FunnelQuery::By::nothing:
      case FunnelQuery::By::manager: break;
      case FunnelQuery::By::product: return word(language_, "по продуктам", "by product");
      case FunnelQuery::By::sphere: return word(language_, "по сферам бизнеса", "by business sphere");
      case FunnelQuery::By::classifier: return word(language_, "по классификатору", "by classifier");
    }
    return word(language_, "по менеджерам", "by manager");
  }
  /// What `base` counts.
  [[nodiscard]] std::string reached() const {
    return active_ ? word(language_, "Стояли на этапе", "Stood at the stage") : word(language_, "Дошли", "Reached");
  }

  /// Cases of an active period leave and enter in the middle: their stages are not parts of one another.
  [[nodiscard]] Chart chart() const {
    Chart chart;
    chart.kind = active_ ? Chart::Kind::bar : Chart::Kind::funnel;
    chart.language = language_;
    chart.category_title = word(language_, "Этап", "Stage");
    chart.value_title = reached();
    ChartSeries& series = chart.series.emplace_back();
    series.name = chart.value_title;
    for (std::size_t i = 0; i < report_.stages.size(); ++i) {
      chart.categories.push_back(stage_name(report_.stages[i], language_));
      series.values.emplace_back(report_.total.count.stages[i][Number::base]);
    }
    return chart;
  }

  [[nodiscard]] ReportTable stages() const {
    Scale days;
    days.decimals = 1;
    ReportTable table;
    table.columns = {text_column(word(language_, "Этап", "Stage")), number_column(reached(), {})};
    if (!active_) {
      table.columns.push_back(number_column(word(language_, "Сейчас на этапе", "Now at it"), {}));
      table.columns.push_back(number_column(word(language_, "Потеряно", "Lost"), {}));
    }
    table.columns.push_back(percent_column(word(language_, "В следующий этап", "To the next")));
    table.columns.push_back(percent_column(word(language_, "До последнего", "To the last")));
    table.columns.push_back(number_column(word(language_, "Медиана, дней", "Median, days"), days));
    table.columns.push_back(number_column(word(language_, "P90, дней", "P90, days"), days));
    for (std::size_t i = 0; i < report_.stages.size(); ++i) table.rows.push_back(stage_row(i));
    return table;
  }

  [[nodiscard]] ReportRow stage_row(std::size_t stage) const {
    const StageCount& count = report_.total.count.stages[stage];
    const bool last = stage + 1 == report_.stages.size();
    ReportRow row;
    row.cells = {stage_name(report_.stages[stage], language_), count[Number::base]};
    if (!active_) {
      row.cells.emplace_back(count[Number::open] + count[Number::won]);
      row.cells.emplace_back(count[Number::lost]);
    }
    row.cells.push_back(last ? ReportCell() : share_cell(count[Number::to_next], count[Number::base]));
    row.cells.push_back(share_cell(count[Number::to_last], count[Number::base]));
    row.cells.push_back(days_cell(count.median));
    row.cells.push_back(days_cell(count.percentile90));
    return row;
  }

  [[nodiscard]] ReportRow group_row(const FunnelRow& row, std::string name) const {
    ReportRow out;
    out.cells.emplace_back(std::move(name));
    for (const StageCount& count : row.count.stages) out.cells.emplace_back(count[Number::base]);
    const StageCount& first = row.count.stages.front();
    out.cells.push_back(share_cell(first[Number::to_last], first[Number::base]));
    return out;
  }

  [[nodiscard]] ReportTable groups_table() const {
    ReportTable table;
    table.columns.push_back(text_column(caption_of(dimension(), language_)));
    for (const FunnelStage& stage : report_.stages) table.columns.push_back(number_column(stage_name(stage, language_), {}));
    table.columns.push_back(percent_column(word(language_, "До последнего", "To the last")));
    std::vector<const FunnelRow*> rows;
    for (const FunnelRow& row : report_.rows) rows.push_back(&row);
    std::ranges::stable_sort(rows, std::ranges::greater(), [](const FunnelRow* row) { return row->count.stages.front()[Number::base]; });
    for (const FunnelRow* row : rows) table.rows.push_back(group_row(*row, row->group ? row->name : none_word(dimension(), language_)));
    table.rows.push_back(group_row(report_.total, total_word(language_)));
    table.rows.back().total = true;
    return table;
  }

  const FunnelQuery& query_;
  const FunnelReport& report_;
  const std::string& heading_;
  const Language language_;
  const bool active_;
};

}  // namespace
}  // namespace report

std::vector<ReportSection> funnel_sections(Crm& crm, const FunnelQuery& query, const std::string& heading) {
  const FunnelReport report = crm.funnel(query);
  return report::FunnelWriter(query, report, heading, crm.language()).write();
}

}  // namespace crm
