#include "cells.hpp"

namespace crm {
namespace {

std::int64_t members(std::span<const std::uint64_t> set) {
  std::int64_t sum = 0;
  for (std::uint64_t word : set) sum += std::popcount(word);
  return sum;
}

void unite(std::vector<std::uint64_t>& set, std::span<const std::uint64_t> with) {
  for (std::size_t i = 0; i < with.size(); ++i) set[i] |= with[i];
}

PivotSeries blank(Figure figure, std::size_t rows, std::size_t columns) {
  PivotSeries out;
  out.figure = figure;
  out.cells.resize(rows * columns);
  out.row_totals.resize(rows);
  out.column_totals.resize(columns);
  return out;
}

}  // namespace

PivotSeries count_events(const Cells& cells, const Repeated& repeated, const Shown& rows, const Shown& columns) {
  PivotSeries out = blank(Figure::events, rows.size(), columns.size());
  for (std::size_t r = 0; r < rows.size(); ++r)
    for (std::size_t c = 0; c < columns.size(); ++c) {
      const std::int64_t n = out.cells[r * columns.size() + c] = cells.count(rows[r], columns[c]);
      out.row_totals[r] += n;
      out.column_totals[c] += n;
      out.total += n;
    }
  const auto take = [](std::vector<std::int64_t>& totals, const Shown& shown, const std::vector<std::int64_t>& twice, bool& adds_up) {
    for (std::size_t i = 0; i < shown.size(); ++i) {
      if (shown[i] >= twice.size() || twice[shown[i]] == 0) continue;
      totals[i] -= twice[shown[i]];
      adds_up = false;
    }
  };
  take(out.row_totals, rows, repeated.in_row, out.columns_add_up);
  take(out.column_totals, columns, repeated.in_column, out.rows_add_up);
  out.total -= repeated.in_all;
  return out;
}

PivotSeries count_companies(const Cells& cells, const Shown& rows, const Shown& columns) {
  PivotSeries out = blank(Figure::companies, rows.size(), columns.size());
  std::vector<std::uint64_t> of_row(cells.words()), of_all(cells.words());
  std::vector<std::vector<std::uint64_t>> of_columns(columns.size(), of_all);
  std::vector<std::int64_t> column_sums(columns.size());
  for (std::size_t r = 0; r < rows.size(); ++r) {
    std::ranges::fill(of_row, 0);
    std::int64_t row_sum = 0;
    for (std::size_t c = 0; c < columns.size(); ++c) {
      const auto met = cells.met(rows[r], columns[c]);
      const std::int64_t n = out.cells[r * columns.size() + c] = cells.companies(rows[r], columns[c]);
      unite(of_row, met);
      unite(of_columns[c], met);
      row_sum += n;
      column_sums[c] += n;
    }
    out.row_totals[r] = members(of_row);
    out.columns_add_up = out.columns_add_up && row_sum == out.row_totals[r];
    unite(of_all, of_row);
  }
  for (std::size_t c = 0; c < columns.size(); ++c) out.column_totals[c] = members(of_columns[c]);
  out.total = members(of_all);
  out.rows_add_up = column_sums == out.column_totals;
  return out;
}

}  // namespace crm
