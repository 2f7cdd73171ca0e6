// A table of counts and of sets of companies, by numbers of rows and columns.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "crm/services/pivot.hpp"

namespace crm {

/// Cells that grow as rows and columns are met; each with a set of companies of `words`, if any.
class Cells {
 public:
  explicit Cells(std::size_t words) : words_(words) {}

  void add(std::int32_t row, std::int32_t column, std::int32_t company) {
    if (static_cast<std::size_t>(column) >= stride_ || static_cast<std::size_t>(row) >= rows_) [[unlikely]] {
      if (!hold(std::bit_ceil(static_cast<std::size_t>(row) + 1), std::bit_ceil(static_cast<std::size_t>(column) + 1))) return;
    }
    const std::size_t at = static_cast<std::size_t>(row) * stride_ + static_cast<std::size_t>(column);
    ++counts_[at];
    if (words_) meet(at, company);
  }
  /// Cells of rows and columns that `hold` made, row after row.
  [[nodiscard]] std::int64_t* counts() { return counts_.data(); }
  [[nodiscard]] std::size_t stride() const { return stride_; }
  /// A company in a cell; 0: none.
  void meet(std::size_t at, std::int32_t company) {
    if (company == 0) return;
    if (parts_.empty())
      put(at, company);
    else
      parts_[static_cast<std::size_t>(company) / companies_of_part_].push_back({static_cast<std::uint32_t>(at), company});
  }
  /// Sets larger than what a processor has near it are filled at the end, company by company, so that each part of them is.
  void meet_by_parts() {
    constexpr std::size_t kNear = std::size_t{1} << 15;   // words
    const std::size_t parts = met_.size() / kNear;
    if (parts < 2) return;
    companies_of_part_ = words_ * 64 / parts + 1;
    parts_.resize(words_ * 64 / companies_of_part_ + 1);
  }
  /// To be called when all are met.
  void settle() {
    for (const auto& part : parts_)
      for (const auto& [at, company] : part) put(at, company);
    parts_.clear();
  }
  /// Makes so many rows and columns at least; false: they are more than is kept, and nothing is counted from then on.
  bool hold(std::size_t rows, std::size_t columns) {
    settle();
    rows = std::max(rows_, rows);
    columns = std::max(stride_, columns);
    if (overflown_ || rows * columns > kMostWords / (words_ + 1)) return !(overflown_ = true);
    counts_ = moved(counts_, 1, rows, columns);
    companies_ = moved(companies_, 1, rows, columns);
    met_ = moved(met_, words_, rows, columns);
    rows_ = rows;
    stride_ = columns;
    return true;
  }
  [[nodiscard]] bool overflown() const { return overflown_; }
  [[nodiscard]] std::size_t words() const { return words_; }
  [[nodiscard]] std::int64_t count(std::size_t row, std::size_t column) const {
    return row < rows_ && column < stride_ ? counts_[row * stride_ + column] : 0;
  }
  [[nodiscard]] std::int64_t companies(std::size_t row, std::size_t column) const {
    return row < rows_ && column < stride_ ? companies_[row * stride_ + column] : 0;
  }
  /// The companies of a cell.
  [[nodiscard]] std::span<const std::uint64_t> met(std::size_t row, std::size_t column) const {
    if (row >= rows_ || column >= stride_) return {};
    return {met_.data() + (row * stride_ + column) * words_, words_};
  }

 private:
  static constexpr std::size_t kMostWords = std::size_t{1} << 23;

  void put(std::size_t at, std::int32_t company) {
    std::uint64_t& word = met_[at * words_ + static_cast<std::size_t>(company) / 64];
    const std::uint64_t bit = std::uint64_t{1} << (company % 64);
    companies_[at] += !(word & bit);
    word |= bit;
  }
  template <class Word>
  std::vector<Word> moved(const std::vector<Word>& from, std::size_t words, std::size_t rows, std::size_t columns) const {
    std::vector<Word> to(rows * columns * words);
    for (std::size_t r = 0; r < rows_; ++r)
      std::copy_n(from.begin() + static_cast<std::ptrdiff_t>(r * stride_ * words), stride_ * words,
                  to.begin() + static_cast<std::ptrdiff_t>(r * columns * words));
    return to;
  }

  bool overflown_ = false;
  std::size_t words_, rows_ = 0, stride_ = 0;
  std::vector<std::int64_t> counts_, companies_;
  std::vector<std::uint64_t> met_;
  std::size_t companies_of_part_ = 0;
  std::vector<std::vector<std::pair<std::uint32_t, std::int32_t>>> parts_;   // cells and companies in them; none: put at once
};

/// How often events of several products stand in more than one cell of a total.
struct Repeated {
  std::vector<std::int64_t> in_row, in_column;
  std::int64_t in_all = 0;
};

/// Numbers of rows or columns that are shown, in the order of the side that was asked for.
using Shown = std::vector<std::size_t>;

PivotSeries count_events(const Cells& cells, const Repeated& repeated, const Shown& rows, const Shown& columns);
PivotSeries count_companies(const Cells& cells, const Shown& rows, const Shown& columns);

}  // namespace crm
