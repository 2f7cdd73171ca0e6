// Reports over any dimensions (M11, M13, P1).
#include <algorithm>
#include <numeric>

#include "../access.hpp"
#include "../sizes.hpp"
#include "analytics.hpp"
#include "crm/services/json_door.hpp"
#include "meta/json_at.hpp"
#include "fold.hpp"
#include "tally.hpp"

namespace crm {
namespace {

constexpr std::size_t kMostCells = 20'000'000;

[[noreturn]] void wrong(const char* rule, std::string value, std::string detail) {
  refuse(Code::invalid_argument, {rule, 0, 0, 0, std::move(value), std::move(detail)});
}

bool is_money_or_clients(Figure figure) { return figure >= Figure::receipts; }

/// What only events have.
bool of_events(Dimension dimension) {
  switch (dimension) {
    case Dimension::type:
    case Dimension::state:
    case Dimension::priority:
    case Dimension::verification:
    case Dimension::outcome: return true;
    default: return false;
  }
}

void check_axis(Unit& unit, const PivotQuery& query, const PivotAxis& axis) {
  if ((axis.dimension == Dimension::classifier) != bool(axis.classifier))
    wrong("M13.classifier", std::to_string(axis.classifier.value), code_of(axis.dimension));
  if (axis.classifier) {
    unit.access().check_seen({Classifier::kEntity, axis.classifier.value});
    if (unit.load(axis.classifier).applies_to != Company::kEntity) wrong("M13.classifier", std::to_string(axis.classifier.value), "company");
  }
  for (Figure figure : query.figures) {
    const bool none = (is_money_or_clients(figure) && of_events(axis.dimension)) ||
                      (figure == Figure::new_companies && axis.dimension == Dimension::product);
    if (none) wrong("M13.dimension", code_of(figure), code_of(axis.dimension));
  }
}

void check(Unit& unit, const PivotQuery& query) {
  if (!query.from || !query.to || *query.from >= *query.to) wrong("M13.period", query.to ? to_string(*query.to) : "", "");
  if (*query.to - *query.from > std::chrono::days(366 * 30)) wrong("M13.period", to_string(*query.to), "30 years");
  if (query.rows.size() > 2 || query.columns.size() > 2) wrong("M13.axes", std::to_string(std::max(query.rows.size(), query.columns.size())), "");
  if (query.figures.empty()) wrong("M13.figures", "", "");
  if (query.top < 0) wrong("field.range", std::to_string(query.top), "top: 0 or more");
  for (const PivotAxis& axis : query.rows) check_axis(unit, query, axis);
  for (const PivotAxis& axis : query.columns) check_axis(unit, query, axis);
  if (query.cumulative && (query.columns.size() != 1 || !is_period(query.columns[0].dimension))) wrong("M13.cumulative", "", "");
  if (!query.where.empty())
    for (Figure figure : query.figures)
      if (is_money_or_clients(figure)) wrong("M13.where", code_of(figure), "");
}

/// Facts of all figures over the same rows and columns.
struct Facts {
  Side rows, columns;
  std::vector<std::pair<Figure, ByCurrency>> figures;
  std::vector<std::pair<Figure, ByCurrency>> before;

  explicit Facts(const PivotQuery& query) : rows(query.rows), columns(query.columns) {}
};

Facts read(Unit& unit, const PivotQuery& query, std::optional<Filter> where, Analytics* kept) {
  Facts facts(query);
  FactReader reader(unit, query, std::move(where), kept);
  const Span span(unit.zone(), *query.from, *query.to);
  for (Figure figure : query.figures) facts.figures.emplace_back(figure, reader.read(figure, span, facts.rows, facts.columns));
  if (!query.before) return facts;
  const Span earlier(unit.zone(), *query.before, *query.before + (*query.to - *query.from));
  Side no_columns({});
  for (Figure figure : query.figures) facts.before.emplace_back(figure, reader.read(figure, earlier, facts.rows, no_columns));
  return facts;
}

/// All periods between the first and the last, so that none is missing on a chart.
void fill_periods(const PivotQuery& query, const std::vector<PivotAxis>& axes, Side& side) {
  if (axes.size() != 1 || !is_period(axes[0].dimension)) return;
  for (Date day = *query.from; day < *query.to; day += std::chrono::days(1)) side.number({KeySource::period(axes[0].dimension, day), 0});
}

std::vector<std::vector<PivotKey>> keys_of(Unit& unit, const Side& side) {
  std::vector<std::vector<PivotKey>> keys(side.size());
  for (std::size_t axis = 0; axis < side.axes().size(); ++axis) {
    const std::vector<PivotKey> named = named_keys(unit, side.axes()[axis], side.keys(axis));
    for (std::size_t i = 0; i < keys.size(); ++i) keys[i].push_back(named[i]);
  }
  return keys;
}

/// old number → new one, in the order people expect.
std::vector<std::int32_t> ordered(const Side& side, std::vector<std::vector<PivotKey>>& keys) {
  std::vector<std::size_t> order(keys.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, [&](std::size_t a, std::size_t b) {
    for (std::size_t axis = 0; axis < side.axes().size(); ++axis) {
      const Dimension dimension = side.axes()[axis].dimension;
      if (comes_before(dimension, keys[a][axis], keys[b][axis])) return true;
      if (comes_before(dimension, keys[b][axis], keys[a][axis])) return false;
    }
    return false;
  });
  std::vector<std::int32_t> places(keys.size());
  std::vector<std::vector<PivotKey>> sorted;
  for (std::size_t i = 0; i < order.size(); ++i) {
    places[order[i]] = static_cast<std::int32_t>(i);
    sorted.push_back(std::move(keys[order[i]]));
  }
  keys = std::move(sorted);
  return places;
}

void renumber(std::vector<std::pair<Figure, ByCurrency>>& figures, const std::vector<std::int32_t>& rows, const std::vector<std::int32_t>& columns) {
  for (auto& [figure, by_currency] : figures)
    for (auto& [currency, facts] : by_currency)
      for (Placed& f : facts) {
        f.row = rows[static_cast<std::size_t>(f.row)];
        if (!columns.empty()) f.column = columns[static_cast<std::size_t>(f.column)];
      }
}

/// Keeps the rows with most of the first figure; all others become the last row.
void keep_top(std::int64_t top, Facts& facts, PivotTable& table, std::size_t columns) {
  const std::size_t rows = table.rows.size();
  if (top == 0 || rows <= static_cast<std::size_t>(top) || facts.figures.empty() || facts.figures[0].second.empty()) return;
  const auto& [currency, first] = *facts.figures[0].second.begin();
  const PivotSeries whole = fold_facts(facts.figures[0].first, currency, first, rows, columns);
  std::vector<std::size_t> best(rows);
  std::iota(best.begin(), best.end(), std::size_t{0});
  std::ranges::stable_sort(best, [&](std::size_t a, std::size_t b) { return whole.row_totals[a] > whole.row_totals[b]; });
  std::vector<std::int32_t> places(rows, static_cast<std::int32_t>(top));
  std::vector<std::vector<PivotKey>> kept;
  for (std::size_t i = 0; i < static_cast<std::size_t>(top); ++i) {
    places[best[i]] = static_cast<std::int32_t>(i);
    kept.push_back(std::move(table.rows[best[i]]));
  }
  kept.emplace_back();
  table.rows = std::move(kept);
  table.others = static_cast<std::size_t>(top);
  renumber(facts.figures, places, {});
  renumber(facts.before, places, {});
  // A fact that now stands twice in a cell counts once there.
  const auto once = [](std::vector<std::pair<Figure, ByCurrency>>& figures) {
    for (auto& [figure, by_currency] : figures)
      for (auto& [code, list] : by_currency) {
        const auto place = [](const Placed& f) { return std::tuple(f.fact, f.row, f.column); };
        std::ranges::sort(list, {}, place);
        list.erase(std::ranges::unique(list, {}, place).begin(), list.end());
      }
  };
  once(facts.figures);
  once(facts.before);
}

void accumulate(PivotSeries& series, std::size_t rows, std::size_t columns) {
  for (std::size_t r = 0; r < rows; ++r)
    for (std::size_t c = 1; c < columns; ++c) series.cells[r * columns + c] += series.cells[r * columns + c - 1];
  for (std::size_t c = 1; c < columns; ++c) series.column_totals[c] += series.column_totals[c - 1];
  series.columns_add_up = false;
}

/// Companies met up to and with each column.
std::vector<Placed> seen_so_far(const std::vector<Placed>& facts, std::size_t columns) {
  std::vector<Placed> out;
  for (const Placed& f : facts)
    for (auto c = static_cast<std::size_t>(f.column); c < columns; ++c) {
      out.push_back(f);
      out.back().column = static_cast<std::int32_t>(c);
    }
  return out;
}

void add_before(PivotSeries& series, const std::vector<std::pair<Figure, ByCurrency>>& before, std::size_t rows) {
  series.before.assign(rows, 0);
  for (const auto& [figure, by_currency] : before) {
    const auto found = by_currency.find(series.currency);
    if (figure != series.figure || found == by_currency.end()) continue;
    const PivotSeries earlier = fold_facts(figure, series.currency, found->second, rows, 1);
    series.before = earlier.row_totals;
    series.total_before = earlier.total;
  }
}

void fold_all(const PivotQuery& query, const Facts& facts, PivotTable& table) {
  const std::size_t rows = table.rows.size(), columns = table.columns.size();
  for (const auto& [figure, by_currency] : facts.figures) {
    const bool distinct = figure == Figure::companies;
    // A currency that only the earlier period knows has a series as well.
    std::map<Currency, const std::vector<Placed>*> lists;
    static const std::vector<Placed> kNothing;
    for (const auto& [earlier, list] : facts.before)
      if (earlier == figure)
        for (const auto& [currency, placed] : list) lists.emplace(currency, &kNothing);
    for (const auto& [currency, placed] : by_currency) lists.insert_or_assign(currency, &placed);
    for (const auto& [currency, placed] : lists) {
      const bool over_time = query.cumulative && distinct;
      PivotSeries series = fold_facts(figure, currency, over_time ? seen_so_far(*placed, columns) : *placed, rows, columns);
      if (query.cumulative && !distinct) accumulate(series, rows, columns);
      if (query.before) add_before(series, facts.before, rows);
      table.series.push_back(std::move(series));
    }
  }
}

std::optional<Filter> where_of(Crm& crm, const PivotQuery& query) {
  if (query.where.empty()) return {};
  return placed("where", [&] { return PreparedQuery::condition(crm, Event::kEntity, query.where); });
}

PivotTable tabulate(Unit& unit, const PivotQuery& query, Facts& facts) {
  fill_periods(query, query.rows, facts.rows);
  fill_periods(query, query.columns, facts.columns);
  PivotTable table;
  table.rows = keys_of(unit, facts.rows);
  table.columns = keys_of(unit, facts.columns);
  if (table.rows.size() * std::max<std::size_t>(table.columns.size(), 1) > kMostCells)
    wrong("M13.table_size", std::to_string(table.rows.size()), std::to_string(table.columns.size()));
  const auto rows = ordered(facts.rows, table.rows);
  renumber(facts.figures, rows, ordered(facts.columns, table.columns));
  renumber(facts.before, rows, {});
  keep_top(query.top, facts, table, table.columns.size());
  return table;
}

/// The same numbers in another order of rows and columns.
PivotSeries reordered(const PivotSeries& from, const std::vector<std::int32_t>& rows, const std::vector<std::int32_t>& columns) {
  PivotSeries to = from;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    const auto row = static_cast<std::size_t>(rows[r]);
    to.row_totals[row] = from.row_totals[r];
    for (std::size_t c = 0; c < columns.size(); ++c)
      to.cells[row * columns.size() + static_cast<std::size_t>(columns[c])] = from.cells[r * columns.size() + c];
  }
  for (std::size_t c = 0; c < columns.size(); ++c) to.column_totals[static_cast<std::size_t>(columns[c])] = from.column_totals[c];
  return to;
}

std::optional<PivotTable> tallied(Unit& unit, const PivotQuery& query, const std::optional<Filter>& where, Analytics* kept) {
  Side row_side(query.rows), column_side(query.columns);
  const Span span(unit.zone(), *query.from, *query.to);
  std::optional<std::vector<PivotSeries>> series;
  if (kept) {
    series = tally(query, span, kept->events.up_to_date(unit), row_side, column_side);
  } else {
    Filter filter = event_filter(unit, query.counted, span, false);
    if (where) filter.parts.push_back(*where);
    series = tally_read(unit, query, std::move(filter), row_side, column_side);
  }
  if (!series) return {};
  PivotTable table;
  table.rows = keys_of(unit, row_side);
  table.columns = keys_of(unit, column_side);
  const auto rows = ordered(row_side, table.rows), columns = ordered(column_side, table.columns);
  for (const PivotSeries& one : *series) table.series.push_back(reordered(one, rows, columns));
  return table;
}

}  // namespace

PivotTable Crm::pivot(const PivotQuery& query) {
  const std::optional<Filter> where = where_of(*this, query);
  return reading(*state_, [&](Unit& unit) {
    check(unit, query);
    const KeptWithin within(*state_);
    Analytics* const kept = where ? nullptr : kept_for_reports(*state_, unit);
    if (can_tally(query))
      if (auto table = tallied(unit, query, where, kept)) {
        check_rows(limits(), table->rows.size());
        return std::move(*table);
      }
    Facts facts = read(unit, query, where, kept);
    unit.check_interrupt();
    PivotTable table = tabulate(unit, query, facts);
    check_rows(limits(), table.rows.size());
    unit.check_interrupt();
    fold_all(query, facts, table);
    return table;
  });
}

PivotFacts Crm::pivot_facts(const PivotQuery& query, std::optional<std::size_t> row, std::optional<std::size_t> column, std::size_t series) {
  const std::optional<Filter> where = where_of(*this, query);
  return reading(*state_, [&](Unit& unit) {
    check(unit, query);
    const KeptWithin within(*state_);
    Facts facts = read(unit, query, where, where ? nullptr : kept_for_reports(*state_, unit));
    PivotTable table = tabulate(unit, query, facts);
    fold_all(query, facts, table);
    if (series >= table.series.size()) wrong("field.range", std::to_string(series), "series");
    if (row && *row >= table.rows.size()) wrong("field.range", std::to_string(*row), "row");
    if (column && *column >= table.columns.size()) wrong("field.range", std::to_string(*column), "column");
    const PivotSeries& asked = table.series[series];
    PivotFacts found;
    found.entity = asked.figure == Figure::new_companies ? Company::kEntity : is_money_or_clients(asked.figure) ? Receipt::kEntity : Event::kEntity;
    for (const auto& [figure, by_currency] : facts.figures) {
      const auto list = by_currency.find(asked.currency);
      if (figure != asked.figure || list == by_currency.end()) continue;
      for (const Placed& f : list->second)
        if ((!row || *row == static_cast<std::size_t>(f.row)) && (!column || *column == static_cast<std::size_t>(f.column))) found.ids.push_back(f.id);
    }
    std::ranges::sort(found.ids);
    found.ids.erase(std::ranges::unique(found.ids).begin(), found.ids.end());
    return found;
  });
}

}  // namespace crm
