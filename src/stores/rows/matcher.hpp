// Paths and filters of a query, bound to shelves: asked once a row.
#pragma once

#include <optional>
#include <vector>

#include "keeper.hpp"
#include "crm/store/query.hpp"

namespace crm::rows {

/// A path with its numbers looked up. Throws `invalid_argument` when there is no such way.
class Way {
 public:
  Way(Keeper& keeper, const Shelf& from, const Path& path);

  /// Borrows from the row where the way ends; null if a record on it is missing.
  [[nodiscard]] Cell value(const Row& row) const;
  /// The place in the row itself, none if the way follows references.
  [[nodiscard]] std::optional<int> own_place() const;

 private:
  struct Step {
    int place;
    const Shelf* to;
  };
  std::vector<Step> steps_;
  int place_ = 0;
};

/// Borrows the filter.
class Matcher {
 public:
  Matcher(Keeper& keeper, const Shelf& shelf, const Filter& filter);

  [[nodiscard]] bool matches(const Row& row) const;
  /// Some of the shelf's rows, in no order: all that match are among them.
  [[nodiscard]] std::vector<const Row*> candidates() const;

 private:
  [[nodiscard]] bool matches_parts(const Row& row) const;
  [[nodiscard]] bool matches_linked(const Cell& key) const;
  [[nodiscard]] bool compares(const Cell& cell) const;
  /// What the filter wants of the row itself; borrows from the filter.
  void wanted(std::vector<Wanted>& into) const;

  const Keeper& keeper_;
  const Shelf& shelf_;
  const Filter& filter_;
  std::optional<Way> way_;
  std::vector<Matcher> parts_;
  const Shelf* linked_ = nullptr;  // exists
  int link_ = 0;
};

}  // namespace crm::rows
