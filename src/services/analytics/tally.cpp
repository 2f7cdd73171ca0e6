#include "tally.hpp"

#include <algorithm>
#include <numeric>

#include "cells.hpp"

namespace crm {
namespace {

/// A dimension of which an event has one key, that stands in a column, of the ids in `met`; products may be several.
struct Plain {
  Dimension dimension;
  FieldNo field;
  std::vector<std::int32_t> EventColumns::*column;
  Interner EventColumns::*met;
};
constexpr Plain kPlain[] = {{Dimension::manager, Event::kExecutor, &EventColumns::executor, &EventColumns::executors},
                            {Dimension::type, Event::kType, &EventColumns::type, &EventColumns::types},
                            {Dimension::product, Event::kProduct, &EventColumns::product, &EventColumns::products_met},
                            {Dimension::outcome, Event::kOutcome, &EventColumns::outcome, &EventColumns::outcomes}};

/// Of the first dimension of a side; null: there is none, or it is not plain.
const Plain* plain_of(const std::vector<PivotAxis>& axes) {
  if (axes.empty()) return nullptr;
  const auto* const found = std::ranges::find(kPlain, axes[0].dimension, &Plain::dimension);
  return found == std::end(kPlain) ? nullptr : found;
}

bool is_plain(const std::vector<PivotAxis>& axes) { return axes.empty() || (axes.size() == 1 && plain_of(axes)); }

bool by_product(const std::vector<PivotAxis>& axes) { return !axes.empty() && axes[0].dimension == Dimension::product; }

bool asks_companies(const PivotQuery& query) { return std::ranges::find(query.figures, Figure::companies) != query.figures.end(); }

void note(std::vector<std::int64_t>& totals, std::int32_t place, std::int64_t times) {
  if (static_cast<std::size_t>(place) >= totals.size()) totals.resize(static_cast<std::size_t>(place) + 1);
  totals[static_cast<std::size_t>(place)] += times;
}

/// Counts one event after another, by the numbers of its row and column.
struct Tally {
  Tally(const PivotQuery& query, Id largest_company)
      : figures(query.figures), by_rows(by_product(query.rows)),
        cells(asks_companies(query) ? static_cast<std::size_t>(largest_company) / 64 + 1 : 0) {}

  /// An event of several products, which are the rows or the columns; `other` is its number on the other side.
  template <class NumberOf>
  void add_several(std::span<const std::int32_t> products, NumberOf&& number, std::int32_t other, std::int32_t company) {
    for (std::int32_t product : products) by_rows ? cells.add(number(product), other, company) : cells.add(other, number(product), company);
    const auto more = static_cast<std::int64_t>(products.size()) - 1;
    note(by_rows ? repeated.in_column : repeated.in_row, other, more);
    repeated.in_all += more;
  }

  [[nodiscard]] std::optional<std::vector<PivotSeries>> series(const Shown& rows, const Shown& columns) {
    cells.settle();
    if (cells.overflown()) return {};
    std::vector<PivotSeries> out;
    for (Figure figure : figures)
      out.push_back(figure == Figure::events ? count_events(cells, repeated, rows, columns) : count_companies(cells, rows, columns));
    return out;
  }

  const std::vector<Figure>& figures;
  const bool by_rows;  ///< products are
  Cells cells;
  Repeated repeated;
};

/// All numbers of a side, as they were met.
Shown all_of(const Side& side) {
  Shown shown(side.size());
  std::iota(shown.begin(), shown.end(), std::size_t{0});
  return shown;
}

/// The events of the query that have several products.
void add_several(Unit& unit, Query query, Side& rows, Side& columns, Tally& tally) {
  query.columns = {kId};
  query.filter->parts.push_back(where::gt(Event::kProducts, Id{1}));
  std::vector<Id> ids;
  unit.session.scan(query, [&](const Cell* cells) { ids.push_back(cells[0].integer); });
  Side& products = tally.by_rows ? rows : columns;
  Side& other = tally.by_rows ? columns : rows;
  const Plain* const key = plain_of(other.axes());
  each_piece(ids, [&](std::vector<Value> some) {
    const EventColumns events = read_events(unit, where::in(kId, std::move(some)), Width::whole);
    for (std::size_t i = 0; i < events.size(); ++i)
      tally.add_several(
          events.products(i), [&](std::int32_t product) { return products.of_one().number(product); },
          key ? other.of_one().number((events.*key->column)[i]) : 0, events.company[i]);
  });
}

/// The sets of companies in a table have a bit by id: not where ids are far apart.
bool are_far_apart(Id largest, std::size_t rows) {
  constexpr std::size_t kIds = std::size_t{1} << 20, kIdsOfOne = 64;
  return static_cast<std::size_t>(largest) > kIds + kIdsOfOne * rows;
}

std::size_t companies_there(Unit& unit) {
  Aggregate count;
  count.entity = Company::kEntity;
  count.measures = {{Measure::Fn::count, {}}};
  return static_cast<std::size_t>(to_cell(unit.session.aggregate(count).rows.at(0).at(0)).as_integer());
}

Id largest_company(Unit& unit) {
  Query query;
  query.entity = Company::kEntity;
  query.columns = {kId};
  query.order = {{kId, true}};
  query.limit = 1;
  const auto cursor = unit.session.select(query);
  const Cell* const cells = cursor->next();
  return cells ? cells[0].integer : 0;
}

}  // namespace

bool can_tally(const PivotQuery& query) {
  const bool counts = std::ranges::all_of(query.figures, [](Figure f) { return f == Figure::events || f == Figure::companies; });
  return counts && is_plain(query.rows) && is_plain(query.columns) && !(by_product(query.rows) && by_product(query.columns)) &&
         !query.before && query.top == 0;
}

namespace {

/// One side of a table of resident events: their column, and the number of each id in it. Without a dimension all have the number 0.
struct ResidentSide {
  const std::int32_t* column;
  const std::int32_t* numbers;
  std::size_t size = 1;
  bool fits = true;                       // numbers by id
  std::vector<std::int32_t> zeros;

  ResidentSide(const EventColumns& events, const std::vector<PivotAxis>& axes) {
    const Plain* const key = plain_of(axes);
    const Interner& met = events.*(key ? key->met : &EventColumns::types);
    column = (events.*(key ? key->column : &EventColumns::type)).data();
    fits = !met.dense().empty() || met.ids().empty();
    if (key)
      size = met.ids().size();
    else
      zeros.resize(met.dense().size());
    numbers = key ? met.dense().data() : zeros.data();
  }
};

/// Those rows, or columns, in which something was counted; gives them out to the side.
template <class Count>
Shown shown_of(std::size_t lines, std::size_t across, Count&& count, const Interner* met, Side& side) {
  Shown shown;
  for (std::size_t line = 0; line < lines; ++line)
    for (std::size_t i = 0; i < across; ++i) {
      if (count(line, i) == 0) continue;
      shown.push_back(line);
      if (met) side.number({met->ids()[line], 0});
      break;
    }
  return met ? shown : Shown{0};
}

/// Events at [low, high). What the loop reads is in variables of its own: a count that is written could be any of what they are read from.
template <bool kCompanies>
void count_stretch(const EventColumns& events, const ResidentSide& down, const ResidentSide& across, const Counted& counted, std::size_t low,
                   std::size_t high, Tally& sum) {
  const bool* const counts_by = counted.table();
  const std::uint8_t* const state = events.state.data();
  const std::uint8_t* const verification = events.verification.data();
  const std::int32_t* const row_of = down.column;
  const std::int32_t* const column_of = across.column;
  const std::int32_t* const row_numbers = down.numbers;
  const std::int32_t* const column_numbers = across.numbers;
  const std::int32_t* const company = events.company.data();
  std::int64_t* counts = sum.cells.counts();
  std::size_t stride = sum.cells.stride();
  for (std::size_t i = low; i < high; ++i) {
    const bool counts_here = counts_by[Counted::at(state[i], verification[i])];
    const std::int32_t row = row_of[i], column = column_of[i];
    if ((row | column) < 0) [[unlikely]] {
      if (!counts_here) continue;
      const auto number = [&](std::int32_t product) { return (sum.by_rows ? row_numbers : column_numbers)[product]; };
      sum.add_several(events.products(i), number, sum.by_rows ? column_numbers[column] : row_numbers[row], company[i]);
      counts = sum.cells.counts();
      stride = sum.cells.stride();
      continue;
    }
    const std::size_t at = static_cast<std::size_t>(row_numbers[row]) * stride + static_cast<std::size_t>(column_numbers[column]);
    counts[at] += counts_here;
    if (kCompanies && counts_here) sum.cells.meet(at, company[i]);
  }
}

}  // namespace

std::optional<std::vector<PivotSeries>> tally(const PivotQuery& query, const Span& span, const EventColumns& events, Side& rows, Side& columns) {
  if (asks_companies(query) && are_far_apart(events.largest_company, events.size())) return {};
  const ResidentSide down(events, query.rows), across(events, query.columns);
  Tally sum(query, events.largest_company);
  if (!down.fits || !across.fits || !sum.cells.hold(down.size, across.size)) return {};
  sum.cells.meet_by_parts();
  const Counted counted(query.counted);
  const auto count = asks_companies(query) ? count_stretch<true> : count_stretch<false>;
  events.starts.each_stretch(events.start, span.start, span.end,
                             [&](std::size_t low, std::size_t high) { count(events, down, across, counted, low, high, sum); });
  const auto met = [&](const std::vector<PivotAxis>& axes) {
    const Plain* const key = plain_of(axes);
    return key ? &(events.*key->met) : nullptr;
  };
  const Shown shown = shown_of(down.size, across.size, [&](std::size_t r, std::size_t c) { return sum.cells.count(r, c); }, met(query.rows), rows);
  return sum.series(shown, shown_of(across.size, down.size, [&](std::size_t c, std::size_t r) { return sum.cells.count(r, c); }, met(query.columns), columns));
}

std::optional<std::vector<PivotSeries>> tally_read(Unit& unit, const PivotQuery& query, Filter filter, Side& rows, Side& columns) {
  Query asked;
  asked.entity = Event::kEntity;
  asked.filter = std::move(filter);
  limit(unit, asked);
  const auto column_of = [&](bool wanted, FieldNo field) {
    if (wanted) asked.columns.emplace_back(field);
    return wanted ? asked.columns.size() - 1 : SIZE_MAX;
  };
  const auto column_of_side = [&](const std::vector<PivotAxis>& axes) {
    const Plain* const key = plain_of(axes);
    return column_of(key, key ? key->field : FieldNo{0});
  };
  const std::size_t row = column_of_side(query.rows), column = column_of_side(query.columns);
  const std::size_t company = column_of(asks_companies(query), Event::kCompany);
  const std::size_t products = column_of(by_product(query.rows) || by_product(query.columns), Event::kProducts);
  if (asked.columns.empty()) asked.columns = {Event::kType};  // of which the index has all
  const Id largest = asks_companies(query) ? largest_company(unit) : 0;
  if (are_far_apart(largest, 0) && are_far_apart(largest, companies_there(unit))) return {};
  Tally sum(query, largest);
  bool several = false;
  unit.session.scan(asked, [&](const Cell* cells) {
    const auto number = [&](std::size_t at, Side& side) { return at == SIZE_MAX ? 0 : side.of_one().number(cells[at].as_integer()); };
    if (products != SIZE_MAX && cells[products].as_integer() > 1) [[unlikely]]
      several = true;
    else
      sum.cells.add(number(row, rows), number(column, columns), company == SIZE_MAX ? 0 : narrow_id(Event::kEntity, cells[company]));
  });
  if (several) add_several(unit, std::move(asked), rows, columns, sum);
  return sum.series(all_of(rows), all_of(columns));
}

}  // namespace crm
