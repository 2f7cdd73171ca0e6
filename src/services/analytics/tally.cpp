#include "tally.hpp"

#include <algorithm>
#include <bit>

namespace crm {
namespace {

/// A column of the events by which they are counted.
const std::vector<std::int32_t>* plain_column(const EventColumns& events, Dimension dimension) {
  switch (dimension) {
    case Dimension::manager: return &events.executor;
    case Dimension::type: return &events.type;
    case Dimension::product: return &events.product;
    case Dimension::outcome: return &events.outcome;
    default: return nullptr;
  }
}

bool is_plain(const std::vector<PivotAxis>& axes) {
  static const EventColumns kNone;
  return axes.empty() || (axes.size() == 1 && plain_column(kNone, axes[0].dimension));
}

/// Cells that grow as rows and columns are met.
class Cells {
 public:
  explicit Cells(std::size_t words) : words_(words) {}

  void add(std::int32_t row, std::int32_t column, std::int32_t company) {
    if (static_cast<std::size_t>(column) >= stride_ || static_cast<std::size_t>(row) >= rows_) grow(row, column);
    const std::size_t at = static_cast<std::size_t>(row) * stride_ + static_cast<std::size_t>(column);
    ++counts_[at];
    if (words_ && company) met_[at * words_ + static_cast<std::size_t>(company) / 64] |= std::uint64_t{1} << (company % 64);
  }
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
  void grow(std::int32_t row, std::int32_t column) {
    const std::size_t rows = std::max(rows_, std::bit_ceil(static_cast<std::size_t>(row) + 1));
    const std::size_t stride = std::max(stride_, std::bit_ceil(static_cast<std::size_t>(column) + 1));
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
  }

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

}  // namespace

bool can_tally(const PivotQuery& query) {
  const bool counts = std::ranges::all_of(query.figures, [](Figure f) { return f == Figure::events || f == Figure::companies; });
  const bool products_on_both = !query.rows.empty() && !query.columns.empty() && query.rows[0].dimension == Dimension::product &&
                                query.columns[0].dimension == Dimension::product;
  return counts && is_plain(query.rows) && is_plain(query.columns) && !products_on_both && !query.before && query.top == 0;
}

std::vector<PivotSeries> tally(const PivotQuery& query, const Span& span, const EventColumns& events, Side& rows, Side& columns) {
  const std::vector<std::int32_t>* const by_row = query.rows.empty() ? nullptr : plain_column(events, query.rows[0].dimension);
  const std::vector<std::int32_t>* const by_column = query.columns.empty() ? nullptr : plain_column(events, query.columns[0].dimension);
  const bool companies = std::ranges::find(query.figures, Figure::companies) != query.figures.end();
  const std::size_t words = companies ? static_cast<std::size_t>(events.largest_company) / 64 + 1 : 0;
  Cells cells(words);
  Repeated repeated;
  events.each(span.start, span.end, [&](std::size_t i) {
    if (!is_counted(query.counted, events, i)) return;
    const std::int32_t row_key = by_row ? (*by_row)[i] : 0, column_key = by_column ? (*by_column)[i] : 0;
    if (row_key >= 0 && column_key >= 0) [[likely]] {
      cells.add(rows.number({row_key, 0}), columns.number({column_key, 0}), events.company[i]);
      return;
    }
    const auto products = events.products(i);
    for (std::int32_t product : products)
      cells.add(row_key < 0 ? rows.number({product, 0}) : rows.number({row_key, 0}),
                column_key < 0 ? columns.number({product, 0}) : columns.number({column_key, 0}), events.company[i]);
    const auto more = static_cast<std::int64_t>(products.size()) - 1;
    if (row_key < 0) note(repeated.in_column, columns.number({column_key, 0}), more);
    if (column_key < 0) note(repeated.in_row, rows.number({row_key, 0}), more);
    repeated.in_all += more;
  });
  std::vector<PivotSeries> out;
  for (Figure figure : query.figures)
    out.push_back(figure == Figure::events ? count_events(cells, repeated, rows.size(), columns.size())
                                           : count_companies(cells, words, rows.size(), columns.size()));
  return out;
}

}  // namespace crm
