/// Questions to a store as data: filter algebra, order, keyset page, aggregate. No SQL.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "crm/base/numbers.hpp"
#include "crm/store/value.hpp"

namespace crm {

/// A field of the queried entity, or of the record that references lead to:
/// {Company::kName, {Event::kCompany}} is the name of the event's company. A missing record gives null.
struct Path {
  FieldNo field = 0;
  std::array<FieldNo, 2> via{};  ///< references to follow, first one first; 0 = none

  Path() = default;
  Path(FieldNo f) : field(f) {}  // NOLINT(google-explicit-constructor): a field is a path
  Path(FieldNo reference, FieldNo f) : field(f), via{reference, 0} {}
  Path(FieldNo first, FieldNo second, FieldNo f) : field(f), via{first, second} {}
  friend auto operator<=>(const Path&, const Path&) = default;
};

/// SQL's comparisons, but two-valued: a comparison with a null field is false, `none` of it is true.
struct Filter {
  enum class Op : std::uint8_t {
    all = 1,      ///< every part (none given: true)
    any,          ///< at least one part (none given: false)
    none,         ///< not one of the parts
    eq, ne, lt, le, gt, ge,  ///< path against values[0]; ne holds for a null field as well
    in,           ///< path is one of the values (none given: false)
    is_null, not_null,
    contains,     ///< text at path has values[0] inside, byte by byte; an empty one is in every text
    starts_with,
    exists,       ///< some row of `entity` has `link` = path, and satisfies all parts
  };

  Op op = Op::all;
  Path path;
  std::vector<Value> values;
  std::vector<Filter> parts;
  EntityNo entity = 0;  ///< exists
  FieldNo link = 0;     ///< exists: field of `entity`
  bool by_user = false; ///< as in Query
};

namespace where {
Filter all(std::vector<Filter> parts);
Filter any(std::vector<Filter> parts);
Filter none(std::vector<Filter> parts);
Filter eq(Path path, Value value);
Filter ne(Path path, Value value);
Filter lt(Path path, Value value);
Filter le(Path path, Value value);
Filter gt(Path path, Value value);
Filter ge(Path path, Value value);
Filter in(Path path, std::vector<Value> values);
Filter is_null(Path path);
Filter not_null(Path path);
Filter contains(Path path, std::string folded);
Filter starts_with(Path path, std::string prefix);
/// Rows of `entity` whose `link` equals the value at `path` and that satisfy `parts`.
Filter exists(EntityNo entity, FieldNo link, Path path, std::vector<Filter> parts = {});
}  // namespace where

struct Order {
  Path path;
  bool descending = false;
};

/// Rows of one entity. Order ends with id by itself (ascending, or as the last order goes), so pages are
/// stable. Nulls are the smallest.
struct Query {
  EntityNo entity = 0;
  std::vector<Path> columns;
  std::optional<Filter> filter;
  std::vector<Order> order;
  /// Keyset page: the values of `order`'s paths and the id of the last row seen; empty = from the start.
  std::vector<Value> after;
  std::int64_t limit = 0;   ///< 0 = all
  std::int64_t offset = 0;
  /// Composed by a user, as each likes: a store need not remember for ever how such a question is asked. A part of a filter may be, too.
  bool by_user = false;
};

/// A group key: the value itself, or with `edges` (ascending) the number of the bucket
/// [edges[i], edges[i+1]) it falls in, null outside of all.
struct GroupKey {
  Path path;
  std::vector<std::int64_t> edges;
};

struct Measure {
  enum class Fn : std::uint8_t { count = 1, count_distinct, sum, min, max };
  Fn fn = Fn::count;
  Path path;  ///< not used by count; nulls do not count in the others
};

/// Groups of the filtered rows, ordered by their keys; one row without keys even if nothing matches.
/// Columns: keys, then measures. sum over integers is exact and throws `invalid_argument`
/// (`money.overflow`) when the result does not fit; sum, min, max of nothing are null.
struct Aggregate {
  EntityNo entity = 0;
  std::optional<Filter> filter;
  std::vector<GroupKey> keys;
  std::vector<Measure> measures;
  bool by_user = false;     ///< as in Query
};

}  // namespace crm
