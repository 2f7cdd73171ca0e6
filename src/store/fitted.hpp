// What stands in a base as what it was told to keep: a later release or another program's hand may have written anything there.
#pragma once

#include <list>
#include <string>

#include "crm/store/query.hpp"
#include "crm/store/schema.hpp"

namespace crm {

/// Cells of one row, read as kinds of columns. What texts are mended into lives until the next row.
class Fitting {
 public:
  void next_row() { texts_.clear(); }
  /// `cell` if it is of the kind. Else a number as a text is its digits and a whole number of a real one is cut; what is no number there is null,
  /// and so is a real one that is not finite. A text that is not UTF-8 (RFC 3629), and bytes where a text stands, have U+FFFD in the place of what
  /// is none.
  Cell fit(const Cell& cell, Storage wanted) {
    if (cell.kind == Storage::null || (cell.kind == wanted && wanted == Storage::integer)) return cell;
    return mended(cell, wanted);
  }

 private:
  Cell mended(const Cell& cell, Storage wanted);
  Cell kept(std::string text) { return Cell::of(std::string_view(texts_.emplace_back(std::move(text)))); }

  std::list<std::string> texts_;
};

/// The kind of the column at a path; whole numbers for ids, versions and what is not known.
Storage kind_at(const Schema& schema, EntityNo entity, const Path& path);

}  // namespace crm
