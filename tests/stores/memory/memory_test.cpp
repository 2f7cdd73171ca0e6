#include "crm/stores/memory.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "stores/memory/base.hpp"
#include "stores/rows/matcher.hpp"

using namespace crm;
using namespace crm::rows;
using crm::memory::Base;

namespace {

constexpr FieldNo kState = 3, kAt = 4, kParent = 5;

// Calls by state and time; the reference has no index in the schema.
Schema schema() {
  EntityDef calls{1, "call", {}, {}};
  calls.fields = {{kState, "state", Storage::integer, false, 0, false},
                  {kAt, "at", Storage::integer, false, 0, false},
                  {kParent, "parent_id", Storage::integer, false, 1, false}};
  calls.indexes = {{{kState, kAt}, false, false}};
  return {1, {calls}, {}};
}

void add(Book& book, std::vector<Value> values) {
  std::vector<Cell> cells;
  for (const Value& value : values) cells.push_back(to_cell(value));
  Change change{Do::insert, 1, book.reserve(1), 0, {}, cells};
  book.apply({&change, 1}, {});
}

// Ids of the rows that are looked at to answer `filter`.
std::vector<Id> looked_at(Base& base, const Filter& filter) {
  std::vector<Id> all;
  for (const Row* row : Matcher(base, base.shelf(1), filter).candidates()) all.push_back(row->id);
  std::sort(all.begin(), all.end());
  return all;
}

struct FourCalls {
  Base base{schema()};
  Book book{base};

  FourCalls() {
    add(book, {1, 10, Value()});
    add(book, {1, 20, 1});
    add(book, {2, 20, 1});
    add(book, {Value(), 20, 2});
  }
};

}  // namespace

TEST_CASE_FIXTURE(FourCalls, "an equality on the beginning of an index looks at its rows only") {
  CHECK((looked_at(base, where::eq(kState, 1)) == std::vector<Id>{1, 2}));
  CHECK((looked_at(base, where::all({where::eq(kAt, 20), where::eq(kState, 1)})) == std::vector<Id>{2}));
  CHECK((looked_at(base, where::all({where::all({where::eq(kId, 3)}), where::eq(kState, 1)})) == std::vector<Id>{3}));
}

TEST_CASE_FIXTURE(FourCalls, "a reference is looked up without an index in the schema") {
  CHECK((looked_at(base, where::eq(kParent, 1)) == std::vector<Id>{2, 3}));
}

TEST_CASE_FIXTURE(FourCalls, "what no index can answer looks at all rows") {
  const std::vector<Id> all{1, 2, 3, 4};

  CHECK((looked_at(base, where::eq(kAt, 20)) == all));
  CHECK((looked_at(base, where::any({where::eq(kState, 1)})) == all));
  CHECK((looked_at(base, where::eq({kParent, kState}, 1)) == all));
  CHECK((looked_at(base, where::eq(kState, 1.0)) == all));  // equal to an integer all the same
}

TEST_CASE_FIXTURE(FourCalls, "going back restores rows, indexes, ids and log") {
  book.keep();
  const std::vector<LogLine> log = base.lines(0, 0);
  add(book, {1, 30, 2});
  Change erased{Do::erase, 1, 3, 3, {}, {}};
  book.apply({&erased, 1}, {});

  book.roll_back();

  CHECK((looked_at(base, where::eq(kState, 1)) == std::vector<Id>{1, 2}));
  CHECK((looked_at(base, where::eq(kState, 2)) == std::vector<Id>{3}));
  CHECK((base.lines(0, 0) == log));
  CHECK(book.reserve(1) == 5);
}

TEST_CASE("a memory store lives as long as its handle and can nothing more") {
  const auto store = open_memory_store(schema());

  for (const Capability one :
       {Capability::durable, Capability::shared, Capability::aggregate, Capability::initial_load})
    CHECK_FALSE(store->can(one));
}
