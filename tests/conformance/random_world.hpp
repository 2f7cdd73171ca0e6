// Seeded random schemas, changes and questions for the differential run.
#pragma once

#include <map>
#include <random>
#include <string>
#include <vector>

#include "shop.hpp"

namespace crm::conformance {

class RandomWorld {
 public:
  explicit RandomWorld(std::uint64_t seed);

  [[nodiscard]] const Schema& schema() const { return schema_; }
  /// A number below `n`.
  std::size_t below(std::size_t n) { return static_cast<std::size_t>(random_() % n); }
  bool one_in(std::size_t n) { return below(n) == 0; }

  /// Remembers which rows there are, for the changes to come.
  void look_around(Session& session);
  /// Most changes are right, some are refused.
  void add_change(Batch& batch);
  Query query();
  Aggregate aggregate();
  std::string describe(const Query& query) const;

 private:
  const EntityDef& entity() { return schema_.entities[below(schema_.entities.size())]; }
  EntityDef random_entity(EntityNo no, EntityNo entities);
  IndexDef random_index(const EntityDef& def);
  Value value(const FieldDef& field);
  Value value_of_kind(Storage kind);
  std::pair<Id, Version> some_row(EntityNo entity);
  Fields fields(const EntityDef& def, bool all);
  /// A path from `from` with the field it ends at.
  std::pair<Path, FieldDef> path(const EntityDef& from);
  Filter filter(const EntityDef& from, int depth);
  Filter exists(const EntityDef& from, int depth);
  std::vector<Filter> filters(const EntityDef& from, int depth);

  std::mt19937_64 random_;
  Schema schema_;
  std::map<EntityNo, std::vector<std::pair<Id, Version>>> live_;
};

}  // namespace crm::conformance
