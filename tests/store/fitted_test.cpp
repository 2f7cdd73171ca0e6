// What stands in a base is read as what it was told to keep.
#include "store/fitted.hpp"

#include <doctest/doctest.h>

#include <limits>

using namespace crm;

namespace {

Cell text(std::string_view value) { return Cell::of(value); }
Cell bytes(std::string_view value) { return Cell::of(value, Storage::bytes); }

}  // namespace

TEST_CASE("a cell of the kind that is kept is read as it is") {
  Fitting fitting;

  CHECK(fitting.fit(Cell::of(std::int64_t{77}), Storage::integer).as_integer() == 77);
  CHECK(fitting.fit(Cell::of(1.5), Storage::real).as_real() == 1.5);
  CHECK(fitting.fit(text("Вектор"), Storage::text).as_text() == "Вектор");
  CHECK(fitting.fit(Cell(), Storage::text).is_null());
}

TEST_CASE("what is no number where one is kept is read as none") {
  Fitting fitting;

  CHECK(fitting.fit(text("abc"), Storage::integer).is_null());
  CHECK(fitting.fit(bytes("abc"), Storage::real).is_null());
  CHECK(fitting.fit(Cell::of(std::numeric_limits<double>::infinity()), Storage::real).is_null());
  CHECK(fitting.fit(Cell::of(9.3e18), Storage::integer).is_null());
  CHECK(fitting.fit(Cell::of(-7.9), Storage::integer).as_integer() == -7);
  CHECK(fitting.fit(Cell::of(std::int64_t{2}), Storage::real).as_real() == 2.0);
}

TEST_CASE("a text is read as UTF-8 whatever bytes stand there, until the next row") {
  Fitting fitting;

  const Cell name = fitting.fit(text("A\xff\x80я"), Storage::text);
  const Cell other = fitting.fit(bytes(std::string_view("\0b", 2)), Storage::text);
  const Cell digits = fitting.fit(Cell::of(std::int64_t{-12}), Storage::text);

  CHECK(name.as_text() == "A\uFFFD\uFFFDя");
  CHECK(other.as_text() == "\uFFFDb");
  CHECK(digits.as_text() == "-12");
}
