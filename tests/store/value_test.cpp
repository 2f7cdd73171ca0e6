#include "crm/store/value.hpp"

#include <doctest/doctest.h>

#include <limits>
#include <string>
#include <vector>

using namespace crm;

namespace {

// Ascending by the order that value.hpp gives.
std::vector<Value> ascending() {
  return {Value(),
          std::numeric_limits<std::int64_t>::min(),
          std::int64_t{-1},
          std::int64_t{0},
          std::numeric_limits<std::int64_t>::max(),
          -1e300,
          -0.5,
          0.25,
          1e300,
          std::string(),
          std::string("B"),
          std::string("B\0", 2),
          std::string("Ba"),
          std::string("a"),
          std::string("я"),
          Bytes{""},
          Bytes{std::string("\0", 1)},
          Bytes{"a"},
          Bytes{"\xFF"}};
}

}  // namespace

TEST_CASE("a value lent as a cell comes back the same") {
  for (const Value& value : ascending()) CHECK((to_value(to_cell(value)) == value));
}

TEST_CASE("a cell borrows the text of its value") {
  const Value name = std::string("a text too long for any small buffer");

  const Cell cell = to_cell(name);

  CHECK(static_cast<const void*>(cell.text) == static_cast<const void*>(std::get<std::string>(name).data()));
  CHECK(cell.kind == Storage::text);
}

TEST_CASE("nulls are less than integers, integers than reals, reals than text, text than bytes") {
  const std::vector<Value> values = ascending();
  for (std::size_t i = 0; i < values.size(); ++i)
    for (std::size_t j = 0; j < values.size(); ++j) {
      CAPTURE(i);
      CAPTURE(j);
      const int side = compare(to_cell(values[i]), to_cell(values[j]));
      CHECK((side < 0) == (i < j));
      CHECK((side > 0) == (i > j));
      CHECK((values[i] < values[j]) == (i < j));
    }
}

TEST_CASE("a cell asked for another kind answers with nothing, but an integer is a real as well") {
  CHECK(Cell::of(std::int64_t{3}).as_real() == 3.0);
  CHECK(Cell::of(std::int64_t{3}).as_text().empty());
  CHECK(Cell::of(3.5).as_integer() == 0);
  CHECK(Cell::of(std::string_view("3")).as_integer() == 0);
  CHECK(Cell().is_null());
  CHECK(Cell().as_text().empty());
}
