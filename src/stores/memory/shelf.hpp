// The rows of one entity with their ordered indexes.
#pragma once

#include <map>
#include <set>
#include <span>
#include <vector>

#include "stores/rows/keeper.hpp"

namespace crm::memory {

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
  [[nodiscard]] bool keeps(const Row& row) const;
  /// Whether rows with these values in the first fields are all in it, whatever the other fields hold.
  [[nodiscard]] bool finds_by(std::size_t first_fields) const { return !def.filled_only || first_fields == places.size(); }
};

class Shelf final : public rows::Shelf {
 public:
  /// Has an index of its own for every reference that the schema gives none, so that a row's referrers are found fast.
  explicit Shelf(const EntityDef& def);

  [[nodiscard]] const Row* find(Id id) const override;
  /// By the index of which most first fields are wanted.
  [[nodiscard]] std::vector<const Row*> candidates(std::span<const rows::Wanted> wanted) const override;
  void put(Row row) override;
  void erase(Id id) override;
  [[nodiscard]] Id last_id() const override { return last_id_; }
  void set_last_id(Id id) override { last_id_ = id; }

 private:
  std::map<Id, Row> rows_;
  std::vector<Index> indexes_;
  Id last_id_ = 0;
};

}  // namespace crm::memory
