#include "crm/store/schema.hpp"

#include <doctest/doctest.h>

#include "crm/base/error.hpp"
#include "crm/store/query.hpp"

using namespace crm;

namespace {

FieldDef field(FieldNo no) { return {no, "f" + std::to_string(no), Storage::integer, false, 0, false}; }

// Numbers as they grew (1, 2), and as they may be after some were retired (9, 7).
Schema schema() {
  EntityDef company{1, "company", {field(3), field(4), field(5)}, {}};
  EntityDef event{9, "event", {field(3), field(6), field(5)}, {}};
  EntityDef person{7, "person", {}, {}};
  return {1, {company, event, person}, {}};
}

}  // namespace

TEST_CASE("an entity is found by its number, whatever its place") {
  const Schema all = schema();

  CHECK(all.find(1)->name == "company");
  CHECK(all.find(9)->name == "event");
  CHECK(all.at(7).name == "person");
}

TEST_CASE("an entity that is not in the schema is told by name of the rule") {
  const Schema all = schema();

  CHECK(all.find(0) == nullptr);
  CHECK(all.find(2) == nullptr);
  CHECK(all.find(65535) == nullptr);
  try {
    (void)all.at(2);
    FAIL("found");
  } catch (const Error& error) {
    CHECK(error.code() == Code::invalid_argument);
    CHECK(error.refused_by("entity.unknown"));
  }
}

TEST_CASE("a field's position is its place among the own fields") {
  const Schema all = schema();

  CHECK(all.at(1).position(3) == 0);
  CHECK(all.at(1).position(5) == 2);
  CHECK(all.at(9).position(6) == 1);
  CHECK(all.at(9).position(5) == 2);
}

TEST_CASE("id, version and unknown numbers have no position") {
  const Schema all = schema();

  for (const FieldNo no : {FieldNo{0}, kId, kVersion, FieldNo{4}, FieldNo{65535}}) CHECK(all.at(9).position(no) == -1);
  CHECK(all.at(7).position(3) == -1);
}

TEST_CASE("the words for filters say what they are made of") {
  const Filter filter = where::exists(2, 4, kId, {where::starts_with({8, 3}, "ро"), where::in(5, {1, "x"})});

  CHECK(filter.op == Filter::Op::exists);
  CHECK(filter.entity == 2);
  CHECK(filter.link == 4);
  CHECK((filter.path == Path(kId)));
  CHECK((filter.parts[0].path == Path(8, 3)));
  CHECK((filter.parts[0].values == std::vector<Value>{"ро"}));
  CHECK((filter.parts[1].values == std::vector<Value>{1, "x"}));
}
