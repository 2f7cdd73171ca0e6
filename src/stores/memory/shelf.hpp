// The rows of one entity with their ordered indexes.
#pragma once

#include <map>
#include <set>
#include <span>
#include <vector>

#include "crm/store/schema.hpp"
#include "crm/store/value.hpp"

namespace crm::memory {

/// Places of the two fields that every row has beside `Row::values`.
inline constexpr int kIdPlace = -1;
inline constexpr int kVersionPlace = -2;

/// Where `field` is in a row. Throws `invalid_argument` (`field.unknown`).
int place_of(const EntityDef& def, FieldNo field);

/// Borrows from the row.
inline Cell cell_at(const Row& row, int place) {
  if (place == kIdPlace) return Cell::of(row.id);
  if (place == kVersionPlace) return Cell::of(row.version);
  return to_cell(row.values[static_cast<std::size_t>(place)]);
}

/// Values of the first fields of an index.
using Prefix = std::span<const Cell>;

/// By the fields of an index, then by id.
struct ByFields {
  using is_transparent = void;
  std::vector<int> places;

  bool operator()(const Row* a, const Row* b) const;
  bool operator()(const Row* row, const Prefix& prefix) const { return side(*row, prefix) < 0; }
  bool operator()(const Prefix& prefix, const Row* row) const { return side(*row, prefix) > 0; }

 private:
  [[nodiscard]] int side(const Row& row, const Prefix& prefix) const;
};

struct Index {
  IndexDef def;
  std::vector<int> places;
  std::set<const Row*, ByFields> rows;

  Index(const EntityDef& entity, IndexDef index);
  [[nodiscard]] bool keeps(const Row& row) const { return !def.filled_only || !cell_at(row, places[0]).is_null(); }
  /// The rows whose first fields are equal to `prefix`.
  [[nodiscard]] auto equal(const Prefix& prefix) const { return rows.equal_range(prefix); }
};

class Shelf {
 public:
  /// Has an index of its own for every reference that the schema gives none, so that a row's referrers are found fast.
  explicit Shelf(const EntityDef& def);

  [[nodiscard]] const EntityDef& def() const { return def_; }
  [[nodiscard]] const std::map<Id, Row>& rows() const { return rows_; }
  [[nodiscard]] const std::vector<Index>& indexes() const { return indexes_; }
  /// nullptr if there is none.
  [[nodiscard]] const Row* find(Id id) const;
  /// An index whose first field is at `place` and that knows all of its values that are not null, or nullptr.
  [[nodiscard]] const Index* index_of(int place) const;
  /// Another row with the key of `row` in a unique index, or nullptr.
  [[nodiscard]] const Row* twin(const Index& unique, const Row& row) const;

  /// Adds the row or replaces the one of its id.
  void put(Row row);
  void erase(Id id);

  /// The largest id ever reserved or inserted.
  Id last_id = 0;

 private:
  const EntityDef& def_;
  std::map<Id, Row> rows_;
  std::vector<Index> indexes_;
};

}  // namespace crm::memory
