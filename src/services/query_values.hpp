// Values in a query from JSON: what they are read as, given in its text or bound before a run (E10).
#pragma once

#include <functional>
#include <vector>

#include "crm/meta/meta.hpp"
#include "meta/json_at.hpp"
#include "unit.hpp"

namespace crm {

/// `query.bad` with the place.
[[noreturn]] void bad_query(const JsonAt& at, std::string detail);
/// The member of that name; one that is missing is refused.
JsonAt member_in(const JsonAt& object, std::string_view name);

/// What the values of a condition are read as.
struct Wanted {
  enum class Kind {
    field,       ///< as `field` stores it
    id,          ///< an id or a version, to compare with
    record,      ///< the id of a record
    state,       ///< an effective state
    words,       ///< a text to search for
    text,        ///< a text characteristic
    number,      ///< a characteristic, as it is stored
    yes_or_no,   ///< a characteristic, true or false
    dictionary,  ///< a value of a dictionary: its id, or its text, which is looked up at every run
  };
  Kind kind = Kind::id;
  const EntityInfo* entity = nullptr;
  const FieldInfo* field = nullptr;
  /// Whether null is a value: "not filled in".
  bool nullable = false;

  [[nodiscard]] bool is_text() const;
};

/// A value of the query, or the parameter that will be one.
struct Given {
  static constexpr std::size_t kValue = static_cast<std::size_t>(-1);
  Value value;
  std::size_t slot = kValue;
};

/// One use of a parameter.
struct Slot {
  std::int32_t index = 0;
  Wanted wanted;
  Value value;
  bool bound = false;
};

/// A value in the text of a query.
Value literal(const JsonAt& at, const Wanted& wanted);
/// A value for a parameter; a text is read as the field wants it. Throws `field.type`.
Value bound(std::int32_t index, const Value& value, const Wanted& wanted);

/// When a query is run.
struct Run {
  Instant now;
  Unit* unit = nullptr;
};

/// A condition that is made anew for every run: of values that are bound, of the clock, of what stands in the base.
struct Late {
  Filter* place = nullptr;
  std::function<Filter(const Run&)> make;
  bool reads = false;  ///< the base: its trees, the day of its organisation, who may see
  std::string at;      ///< where it stands in the query
};

/// What stands in a filter beside what never changes. Places point into the filter, which stays where it is.
struct QueryParts {
  std::vector<Slot> slots;
  std::vector<Late> late;
  /// Values of `after` that are parameters: position, slot.
  std::vector<std::pair<std::size_t, std::size_t>> after;

  [[nodiscard]] const Value& value_of(const Given& given) const {
    return given.slot == Given::kValue ? given.value : slots[given.slot].value;
  }
  [[nodiscard]] std::vector<Value> values_of(const std::vector<Given>& given) const;
  /// A literal, or {"param": n}. `strict` as in `Conditions`.
  Given read(const JsonAt& at, const Wanted& wanted, bool strict);
};

}  // namespace crm
