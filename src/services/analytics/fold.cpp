#include "fold.hpp"

#include <algorithm>
#include <bit>

namespace crm {
namespace {

std::int64_t added(std::int64_t a, std::int64_t b) {
  std::int64_t sum = 0;
  if (__builtin_add_overflow(a, b, &sum))
    throw Error(Code::invalid_argument, std::vector<Violation>{{"money.overflow", 0, 0, 0, std::to_string(a), std::to_string(b)}});
  return sum;
}

/// Which of many companies were met, for each of some groups.
class Distinct {
 public:
  Distinct(std::size_t groups, std::int32_t largest) : words_(static_cast<std::size_t>(largest) / 64 + 1), bits_(groups * words_) {}

  /// Whether it is met there for the first time.
  bool add(std::size_t group, std::int32_t company) {
    std::uint64_t& word = bits_[group * words_ + static_cast<std::size_t>(company) / 64];
    const std::uint64_t bit = std::uint64_t{1} << (company % 64);
    const bool first = !(word & bit);
    word |= bit;
    return first;
  }

 private:
  std::size_t words_;
  std::vector<std::uint64_t> bits_;
};

constexpr std::size_t kBitmapBytes = 256u << 20;

/// Distinct companies by sorting, where bitmaps would be too large.
template <class Group>
void count_sorted(std::span<const Placed> facts, Group&& group, std::vector<std::int64_t>& counts) {
  std::vector<std::pair<std::size_t, std::int32_t>> seen;
  seen.reserve(facts.size());
  for (const Placed& f : facts) seen.emplace_back(group(f), f.company);
  std::ranges::sort(seen);
  const auto end = std::ranges::unique(seen).begin();
  for (auto it = seen.begin(); it != end; ++it) ++counts[it->first];
}

template <class Group>
void count_companies(std::span<const Placed> facts, Group&& group, std::vector<std::int64_t>& counts) {
  std::int32_t largest = 0;
  for (const Placed& f : facts) largest = std::max(largest, f.company);
  if (counts.size() * (static_cast<std::size_t>(largest) / 8 + 8) > kBitmapBytes) return count_sorted(facts, group, counts);
  Distinct met(counts.size(), largest);
  for (const Placed& f : facts)
    if (f.company && met.add(group(f), f.company)) ++counts[group(f)];
}

}  // namespace

PivotSeries fold_facts(Figure figure, Currency currency, std::span<const Placed> facts, std::size_t rows, std::size_t columns) {
  PivotSeries out;
  out.figure = figure;
  out.currency = currency;
  out.cells.resize(rows * columns);
  out.row_totals.resize(rows);
  out.column_totals.resize(columns);
  const auto row = [](const Placed& f) { return static_cast<std::size_t>(f.row); };
  const auto column = [](const Placed& f) { return static_cast<std::size_t>(f.column); };
  const auto cell = [&](const Placed& f) { return row(f) * columns + column(f); };
  if (figure == Figure::companies) {
    std::vector<std::int64_t> all(1);
    count_companies(facts, cell, out.cells);
    count_companies(facts, row, out.row_totals);
    count_companies(facts, column, out.column_totals);
    count_companies(facts, [](const Placed&) { return std::size_t{0}; }, all);
    out.total = all[0];
  } else {
    std::vector<std::int32_t> last_in_row(rows, -1), last_in_column(columns, -1);  // the last fact that a total took
    std::int32_t last = -1;
    for (const Placed& f : facts) {
      const auto take = [&](std::int64_t& sum, std::int32_t& taken) {
        if (taken != f.fact) sum = added(sum, f.value);
        taken = f.fact;
      };
      out.cells[cell(f)] = added(out.cells[cell(f)], f.value);
      take(out.row_totals[row(f)], last_in_row[row(f)]);
      take(out.column_totals[column(f)], last_in_column[column(f)]);
      take(out.total, last);
    }
  }
  // Told of the numbers themselves: they add up, or they do not.
  for (std::size_t c = 0; c < columns; ++c) {
    std::int64_t sum = 0;
    for (std::size_t r = 0; r < rows; ++r) sum += out.cells[r * columns + c];
    out.rows_add_up = out.rows_add_up && sum == out.column_totals[c];
  }
  for (std::size_t r = 0; r < rows; ++r) {
    std::int64_t sum = 0;
    for (std::size_t c = 0; c < columns; ++c) sum += out.cells[r * columns + c];
    out.columns_add_up = out.columns_add_up && sum == out.row_totals[r];
  }
  return out;
}

}  // namespace crm
