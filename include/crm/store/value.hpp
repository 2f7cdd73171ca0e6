/// What stores carry: owning `Value`s, borrowed 16-byte `Cell`s, and rows of both.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "crm/base/numbers.hpp"

namespace crm {

/// How a value is stored. Ids, dates, instants, money and decimals are integers.
enum class Storage : std::uint32_t { null = 0, integer = 1, real = 2, text = 3, bytes = 4 };

struct Bytes {
  std::string data;
  friend auto operator<=>(const Bytes&, const Bytes&) = default;
};

/// An owning value. Order: null < integers < reals < text < bytes; text and bytes by memcmp.
using Value = std::variant<std::monostate, std::int64_t, double, std::string, Bytes>;

/// A borrowed value: text and bytes stay the lender's (a cursor's until its next step).
struct Cell {
  Storage kind = Storage::null;
  std::uint32_t size = 0;
  union {
    std::int64_t integer = 0;
    double real;
    const char* text;
  };

  Cell() = default;
  static Cell of(std::int64_t v) {
    Cell c;
    c.kind = Storage::integer;
    c.integer = v;
    return c;
  }
  static Cell of(double v) {
    Cell c;
    c.kind = Storage::real;
    c.real = v;
    return c;
  }
  static Cell of(std::string_view v, Storage kind = Storage::text) {
    Cell c;
    c.kind = kind;
    c.size = static_cast<std::uint32_t>(v.size());
    c.text = v.data();
    return c;
  }

  [[nodiscard]] bool is_null() const { return kind == Storage::null; }
  [[nodiscard]] std::int64_t as_integer() const { return kind == Storage::integer ? integer : 0; }
  [[nodiscard]] double as_real() const {
    return kind == Storage::real ? real : kind == Storage::integer ? static_cast<double>(integer) : 0;
  }
  [[nodiscard]] std::string_view as_text() const {
    return kind == Storage::text || kind == Storage::bytes ? std::string_view(text, size) : std::string_view();
  }
};
static_assert(sizeof(Cell) == 16);

Value to_value(const Cell& cell);
/// Borrows from `value`.
Cell to_cell(const Value& value);
/// Less than zero, zero, more than zero; the order of `Value`.
int compare(const Cell& a, const Cell& b);

/// One stored record: `values[i]` is the value of the i-th field of its `EntityDef`.
struct Row {
  Id id = 0;
  Version version = 0;
  std::vector<Value> values;

  friend bool operator==(const Row&, const Row&) = default;
};

/// Columns and rows of an aggregate, in the order of its keys.
struct Table {
  std::size_t columns = 0;
  std::vector<std::vector<Value>> rows;

  friend bool operator==(const Table&, const Table&) = default;
};

/// Steps over the rows of a query. Dropping it releases what it holds in the database.
class Cursor {
 public:
  virtual ~Cursor() = default;
  /// The next row, one cell a column of the query, or nullptr after the last. Texts are borrowed until
  /// the next call.
  virtual const Cell* next() = 0;
};

}  // namespace crm
