// Conditions of the language of queries as filters (E10).
#pragma once

#include "query_values.hpp"

namespace crm {

/// Where a path of the language leads.
struct Target {
  Path path;
  const EntityInfo* entity = nullptr;
  const FieldInfo* field = nullptr;  ///< null: id or version

  [[nodiscard]] Wanted wanted(bool nullable) const;
};

/// "company.name" from an event: the name of the record that company_id leads to. `at` is where it is written.
Target resolve(const EntityInfo& from, std::string_view path, const JsonAt& at);

/// Null is no value to compare with: equal to it is what is not filled in. Null in a list is passed over.
Filter compared(Filter::Op op, const Path& path, std::vector<Value> values);
/// A list with null finds what is not filled in, too.
bool asks_null(Filter::Op op, const std::vector<Value>& values);

/// Reads conditions, each into the filter where it stays: what is made anew at every run has its place there. A strict reader
/// refuses what it does not understand; the other passes it over, as all did when filters were saved without that.
class Conditions {
 public:
  Conditions(QueryParts& parts, Unit& unit, bool strict) : parts_(parts), unit_(unit), strict_(strict) {}

  void read(const EntityInfo& entity, const JsonAt& at, Filter& out);

 private:
  using Make = std::function<Filter(const Run&)>;
  /// A condition without parts.
  struct Leaf {
    Make make;
    enum class Of : std::uint8_t { values, clock, base } of = Of::values;  ///< what it follows from
  };

  void read_parts(const EntityInfo& entity, const JsonAt& at, Filter::Op op, Filter& out);
  void read_exists(const EntityInfo& entity, const JsonAt& at, Filter& out);
  Leaf leaf(const EntityInfo& entity, std::string_view kind, const JsonAt& at);
  void put(Leaf leaf, std::size_t slots_before, const JsonAt& at, Filter& out);

  Leaf on_field(const EntityInfo& entity, const JsonAt& at);
  Leaf on_state(const JsonAt& at);
  Leaf on_text(const EntityInfo& entity, const JsonAt& text);
  Leaf on_characteristic(const EntityInfo& entity, const JsonAt& at);  // query_characteristics.cpp
  // What hangs on trees and days: query_groups.cpp.
  Leaf on_sphere(const EntityInfo& entity, const JsonAt& sphere);
  Leaf on_node(const EntityInfo& entity, const JsonAt& node);
  Leaf on_classifier(const EntityInfo& entity, const JsonAt& at);
  Leaf on_manager(const EntityInfo& entity, const JsonAt& user);
  Leaf on_product(const EntityInfo& entity, const JsonAt& product);

  [[nodiscard]] Given id(const JsonAt& at) { return parts_.read(at, Wanted{Wanted::Kind::record}, strict_); }
  Filter::Op op_in(const JsonAt& at) const;
  std::vector<Given> values_in(const JsonAt& at, Filter::Op op, Wanted wanted);

  QueryParts& parts_;
  Unit& unit_;
  const bool strict_;
  std::size_t leaves_ = 0;
};

}  // namespace crm
