#include "tally.hpp"

#include <algorithm>
#include <bit>

namespace crm {
namespace {

constexpr std::size_t kMostWords = std::size_t{1} << 23;

/// A dimension of which an event has one key, that stands in a column; products may be several.
struct Plain {
  Dimension dimension;
  FieldNo field;
  std::vector<std::int32_t> EventColumns::*column;
};
constexpr Plain kPlain[] = {{Dimension::manager, Event::kExecutor, &EventColumns::executor},
                            {Dimension::type, Event::kType, &EventColumns::type},
                            {Dimension::product, Event::kProduct, &EventColumns::product},
                            {Dimension::outcome, Event::kOutcome, &EventColumns::outcome}};

/// Of the first dimension of a side; null: there is none, or it is not plain.
const Plain* plain_of(const std::vector<PivotAxis>& axes) {
  if (axes.empty()) return nullptr;
  const auto* const found = std::ranges::find(kPlain, axes[0].dimension, &Plain::dimension);
  return found == std::end(kPlain) ? nullptr : found;
}

bool is_plain(const std::vector<PivotAxis>& axes) { return axes.empty() || (axes.size() == 1 && plain_of(axes)); }

bool by_product(const std::vector<PivotAxis>& axes) { return !axes.empty() && axes[0].dimension == Dimension::product; }

bool asks_companies(const PivotQuery& query) { return std::ranges::find(query.figures, Figure::companies) != query.figures.end(); }

/// Cells that grow as rows and columns are met; each with a set of companies of `words`, if any.
class Cells {
 public:
  explicit Cells(std::size_t words) : words_(words) {}

  void add(std::int32_t row, std::int32_t column, std::int32_t company) {
    if (static_cast<std::size_t>(column) >= stride_ || static_cast<std::size_t>(row) >= rows_) [[unlikely]] {
      if (!grow(row, column)) return;
    }
    const std::size_t at = static_cast<std::size_t>(row) * stride_ + static_cast<std::size_t>(column);
    ++counts_[at];
    if (words_ && company) met_[at * words_ + static_cast<std::size_t>(company) / 64] |= std::uint64_t{1} << (company % 64);
  }
  [[nodiscard]] bool overflown() const { return overflown_; }
  [[nodiscard]] std::int64_t count(std::size_t row, std::size_t column) const {
    return row < rows_ && column < stride_ ? counts_[row * stride_ + column] : 0;
  }
  /// Adds the companies of a cell to a set.
  void gather(std::size_t row, std::size_t column, std::vector<std::uint64_t>& set) const {
    if (row >= rows_ || column >= stride_) return;
    const std::uint64_t* of = met_.data() + (row * stride_ + column) * words_;
    for (std::size_t i = 0; i < words_; ++i) set[i] |= of[i];
  }

 private:
  bool grow(std::int32_t row, std::int32_t column) {
    const std::size_t rows = std::max(rows_, std::bit_ceil(static_cast<std::size_t>(row) + 1));
    const std::size_t stride = std::max(stride_, std::bit_ceil(static_cast<std::size_t>(column) + 1));
    if (overflown_ || rows * stride > kMostWords / (words_ + 1)) return !(overflown_ = true);
    std::vector<std::int64_t> counts(rows * stride);
    std::vector<std::uint64_t> met(rows * stride * words_);
    for (std::size_t r = 0; r < rows_; ++r) {
      std::copy_n(counts_.begin() + static_cast<std::ptrdiff_t>(r * stride_), stride_, counts.begin() + static_cast<std::ptrdiff_t>(r * stride));
      std::copy_n(met_.begin() + static_cast<std::ptrdiff_t>(r * stride_ * words_), stride_ * words_,
                  met.begin() + static_cast<std::ptrdiff_t>(r * stride * words_));
    }
    counts_ = std::move(counts);
    met_ = std::move(met);
    rows_ = rows;
    stride_ = stride;
    return true;
  }

  bool overflown_ = false;
  std::size_t words_, rows_ = 0, stride_ = 0;
  std::vector<std::int64_t> counts_;
  std::vector<std::uint64_t> met_;
};

std::int64_t members(const std::vector<std::uint64_t>& set) {
  std::int64_t sum = 0;
  for (std::uint64_t word : set) sum += std::popcount(word);
  return sum;
}

/// How often events of several products stand in more than one cell of a total.
struct Repeated {
  std::vector<std::int64_t> in_row, in_column;
  std::int64_t in_all = 0;
};

PivotSeries blank(Figure figure, std::size_t rows, std::size_t columns) {
  PivotSeries out;
  out.figure = figure;
  out.cells.resize(rows * columns);
  out.row_totals.resize(rows);
  out.column_totals.resize(columns);
  return out;
}

PivotSeries count_events(const Cells& cells, const Repeated& repeated, std::size_t rows, std::size_t columns) {
  PivotSeries out = blank(Figure::events, rows, columns);
  for (std::size_t r = 0; r < rows; ++r)
    for (std::size_t c = 0; c < columns; ++c) {
      const std::int64_t n = out.cells[r * columns + c] = cells.count(r, c);
      out.row_totals[r] += n;
      out.column_totals[c] += n;
      out.total += n;
    }
  const auto take = [](std::vector<std::int64_t>& totals, const std::vector<std::int64_t>& twice, bool& adds_up) {
    for (std::size_t i = 0; i < twice.size(); ++i) {
      totals[i] -= twice[i];
      adds_up = adds_up && twice[i] == 0;
    }
  };
  take(out.row_totals, repeated.in_row, out.columns_add_up);
  take(out.column_totals, repeated.in_column, out.rows_add_up);
  out.total -= repeated.in_all;
  return out;
}

PivotSeries count_companies(const Cells& cells, std::size_t words, std::size_t rows, std::size_t columns) {
  PivotSeries out = blank(Figure::companies, rows, columns);
  const auto united = [&](std::size_t r0, std::size_t r1, std::size_t c0, std::size_t c1) {
    std::vector<std::uint64_t> set(words);
    for (std::size_t r = r0; r < r1; ++r)
      for (std::size_t c = c0; c < c1; ++c) cells.gather(r, c, set);
    return members(set);
  };
  for (std::size_t r = 0; r < rows; ++r)
    for (std::size_t c = 0; c < columns; ++c) out.cells[r * columns + c] = united(r, r + 1, c, c + 1);
  std::vector<std::int64_t> row_sums(rows), column_sums(columns);
  for (std::size_t r = 0; r < rows; ++r)
    for (std::size_t c = 0; c < columns; ++c) {
      row_sums[r] += out.cells[r * columns + c];
      column_sums[c] += out.cells[r * columns + c];
    }
  for (std::size_t r = 0; r < rows; ++r) out.row_totals[r] = united(r, r + 1, 0, columns);
  for (std::size_t c = 0; c < columns; ++c) out.column_totals[c] = united(0, rows, c, c + 1);
  out.total = united(0, rows, 0, columns);
  out.rows_add_up = column_sums == out.column_totals;
  out.columns_add_up = row_sums == out.row_totals;
  return out;
}

void note(std::vector<std::int64_t>& totals, std::int32_t place, std::int64_t times) {
  if (static_cast<std::size_t>(place) >= totals.size()) totals.resize(static_cast<std::size_t>(place) + 1);
  totals[static_cast<std::size_t>(place)] += times;
}

/// Counts one event after another.
class Tally {
 public:
  Tally(const PivotQuery& query, Side& rows, Side& columns, Id largest_company)
      : query_(query), rows_(rows), columns_(columns), by_rows_(by_product(query.rows)),
        words_(asks_companies(query) ? static_cast<std::size_t>(largest_company) / 64 + 1 : 0),
        cells_(words_) {}

  void add(std::int32_t row, std::int32_t column, std::int32_t company) {
    cells_.add(rows_.number({row, 0}), columns_.number({column, 0}), company);
  }

  /// An event of several products, which are the rows or the columns; `key` is of the other side.
  void add_several(std::span<const std::int32_t> products, std::int32_t key, std::int32_t company) {
    for (std::int32_t product : products) by_rows_ ? add(product, key, company) : add(key, product, company);
    const auto more = static_cast<std::int64_t>(products.size()) - 1;
    if (by_rows_)
      note(repeated_.in_column, columns_.number({key, 0}), more);
    else
      note(repeated_.in_row, rows_.number({key, 0}), more);
    repeated_.in_all += more;
  }

  [[nodiscard]] std::optional<std::vector<PivotSeries>> series() const {
    if (cells_.overflown()) return {};
    std::vector<PivotSeries> out;
    for (Figure figure : query_.figures)
      out.push_back(figure == Figure::events ? count_events(cells_, repeated_, rows_.size(), columns_.size())
                                             : count_companies(cells_, words_, rows_.size(), columns_.size()));
    return out;
  }

 private:
  const PivotQuery& query_;
  Side& rows_;
  Side& columns_;
  bool by_rows_;
  std::size_t words_;
  Cells cells_;
  Repeated repeated_;
};

/// The events of the query that have several products, by the side that is none of products.
void add_several(Unit& unit, Query query, const std::vector<PivotAxis>& other, Tally& tally) {
  query.columns = {kId};
  query.filter->parts.push_back(where::gt(Event::kProducts, Id{1}));
  std::vector<Id> ids;
  {
    const auto cursor = unit.session.select(query);
    while (const Cell* cells = cursor->next()) ids.push_back(cells[0].integer);
  }
  const Plain* const key = plain_of(other);
  each_piece(ids, [&](std::vector<Value> some) {
    const EventColumns events = read_events(unit, where::in(kId, std::move(some)), Width::whole);
    for (std::size_t i = 0; i < events.size(); ++i) tally.add_several(events.products(i), key ? (events.*key->column)[i] : 0, events.company[i]);
  });
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

std::optional<std::vector<PivotSeries>> tally(const PivotQuery& query, const Span& span, const EventColumns& events, Side& rows, Side& columns) {
  const auto column_of = [&](const std::vector<PivotAxis>& axes) {
    const Plain* const key = plain_of(axes);
    return key ? (events.*key->column).data() : nullptr;
  };
  const std::int32_t* const by_row = column_of(query.rows);
  const std::int32_t* const by_column = column_of(query.columns);
  const Counted counted(query.counted);
  Tally sum(query, rows, columns, events.largest_company);
  events.each(span.start, span.end, [&](std::size_t i) {
    if (!counted(events, i)) return;
    const std::int32_t row = by_row ? by_row[i] : 0, column = by_column ? by_column[i] : 0;
    if (row >= 0 && column >= 0) [[likely]]
      sum.add(row, column, events.company[i]);
    else
      sum.add_several(events.products(i), row < 0 ? column : row, events.company[i]);
  });
  return sum.series();
}

std::optional<std::vector<PivotSeries>> tally_read(Unit& unit, const PivotQuery& query, Filter filter, Side& rows, Side& columns) {
  Query asked;
  asked.entity = Event::kEntity;
  asked.filter = std::move(filter);
  asked.any_order = true;
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
  Tally sum(query, rows, columns, asks_companies(query) ? largest_company(unit) : 0);
  bool several = false;
  {
    const auto cursor = unit.session.select(asked);
    while (const Cell* cells = cursor->next()) {
      const auto key = [&](std::size_t at) { return at == SIZE_MAX ? 0 : narrow_id(Event::kEntity, cells[at]); };
      if (products != SIZE_MAX && cells[products].as_integer() > 1) [[unlikely]]
        several = true;
      else
        sum.add(key(row), key(column), key(company));
    }
  }
  if (several) add_several(unit, std::move(asked), by_product(query.rows) ? query.columns : query.rows, sum);
  return sum.series();
}

}  // namespace crm
