// The keys of facts by a dimension: which columns and rows of a report they fall into.
#pragma once

#include <map>
#include <span>
#include <unordered_map>

#include "columns.hpp"
#include "crm/services/pivot.hpp"

namespace crm {

/// What keys of facts are made of beside the facts; read once for a report, when a dimension asks for it.
class KeySource {
 public:
  KeySource(Unit& unit, const PivotQuery& query) : unit_(unit), query_(query) {}

  /// The department in which a user works on the day of the roll-up (Definitions, Numbers); 0: none.
  std::int32_t department(std::int32_t user);
  /// Spheres of a company, or the nodes of a classifier on which it stands; none: a single 0.
  std::span<const std::int32_t> spheres(std::int32_t company);
  std::span<const std::int32_t> nodes(ClassifierId classifier, std::int32_t company);
  /// The number of the period's first day in which a day falls.
  static std::int64_t period(Dimension dimension, Date day);
  /// The local date of an instant.
  Date date(std::int64_t instant);
  /// Effective as of now.
  std::int32_t effective_state(const EventColumns& events, std::size_t place) const;

 private:
  using Lists = std::unordered_map<std::int32_t, std::vector<std::int32_t>>;
  Lists read_pairs(EntityNo entity, FieldNo company, FieldNo node, Filter filter);
  static std::span<const std::int32_t> list_of(const Lists& lists, std::int32_t company);

  Unit& unit_;
  const PivotQuery& query_;
  std::optional<std::unordered_map<std::int32_t, std::int32_t>> departments_;
  std::optional<Lists> spheres_;
  std::map<Id, Lists> nodes_;
  std::int64_t day_from_ = 0, day_to_ = 0;   // instants of the local day asked last
  Date day_{};
};

/// Keys with their names, in the order people expect.
std::vector<PivotKey> named_keys(Unit& unit, const PivotAxis& axis, const std::vector<std::int64_t>& ids);
/// The order: periods and states by number, others by name.
bool comes_before(Dimension dimension, const PivotKey& a, const PivotKey& b);
bool is_period(Dimension dimension);

}  // namespace crm
