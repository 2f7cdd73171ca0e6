// A host's store, written in C, through the table of callbacks.
#include <doctest/doctest.h>

#include <cstddef>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>

#include "crm/stores/host.hpp"
#include "host_store.h"
#include "shop.hpp"
#include "state.hpp"
#include "suite.hpp"

using namespace crm;
using namespace crm::conformance;

namespace {

using Rows = std::remove_pointer_t<crm_store_rows>;

struct Freed {
  void operator()(host_base* base) const { host_base_free(base); }
};
using Data = std::unique_ptr<host_base, Freed>;

std::unique_ptr<Store> open_c(const Data& base, const Schema& schema) {
  crm_store table;
  host_store(base.get(), &table);
  return open_host_store(schema, table);
}

/// A store of the shop with something else in its table of callbacks.
std::unique_ptr<Store> open_with(const Data& base, const std::function<void(crm_store&)>& change) {
  crm_store table;
  host_store(base.get(), &table);
  change(table);
  return open_host_store(shop(), table);
}

std::string detail_of(const std::function<void()>& work) {
  try {
    work();
  } catch (const Error& error) {
    REQUIRE(error.code() == Code::host);
    REQUIRE(error.violations()[0].rule == "store.host");
    return error.violations()[0].detail;
  }
  return {};
}

void two_companies(Session& session) {
  for (const char* name : {"Alpha", "Beta"}) insert(session, company::kEntity, {{company::kName, name}});
}

void one_of_each(Store& store) {
  const auto session = store.write(monday());
  const Row made = insert(*session, company::kEntity, {{company::kName, "Gamma"}, {company::kInn, "30"}});
  update(*session, company::kEntity, made.id, made.version, {{company::kStaff, 3}});
  erase(*session, company::kEntity, 2, row(*session, company::kEntity, 2).version);
  session->commit();
}

}  // namespace

TEST_CASE("a store in C keeps the contract of stores") {
  std::vector<Data> bases;
  StoreUnderTest c;
  c.name = "a store in C";
  c.make = [&](const Schema& schema) { return open_c(bases.emplace_back(host_base_new()), schema); };
  c.reopen = [&](const Schema& schema) { return open_c(bases.back(), schema); };
  c.worlds = 6;

  run(c);
}

TEST_CASE("a store in C with marks of its own keeps the contract of stores") {
  std::vector<Data> bases;
  const auto open = [&](const Schema& schema) {
    crm_store table;
    host_store_with_marks(bases.back().get(), &table);
    return open_host_store(schema, table);
  };
  StoreUnderTest c;
  c.name = "a store in C with marks";
  c.make = [&](const Schema& schema) { return bases.emplace_back(host_base_new()), open(schema); };
  c.reopen = open;
  c.worlds = 2;

  run(c);
}

TEST_CASE("a change that can neither be made nor undone loses the unit of work, which every call tells until it is rolled back") {
  const Data base(host_base_new());
  static crm_store_put put;
  static int puts_left = 1000;
  const auto store = open_with(base, [](crm_store& table) {
    put = table.put;
    table.put = [](void* user, std::int32_t number, std::int64_t id, const crm_cell* cells) -> std::int32_t {
      return puts_left-- > 0 ? put(user, number, id, cells) : CRM_STORAGE;
    };
  });
  write(*store, two_companies);
  const State before = state_of(*store);
  {
    const auto session = store->write(monday());
    const Version first = row(*session, company::kEntity, 1).version, second = row(*session, company::kEntity, 2).version;
    puts_left = 2;  // the line of the log and the first row; then neither the second change nor the way back

    Batch batch(*session);
    batch.update(company::kEntity, 1, first, {{company::kStaff, 5}});
    batch.update(company::kEntity, 2, second, {{company::kStaff, 6}});
    CHECK(failure_of([&] { batch.apply(); }) == Failure{Code::host, {"store.host"}});

    puts_left = 1000;
    const Failure lost{Code::storage, {"store.unit_lost"}};
    CHECK(failure_of([&] { session->find(company::kEntity, 1); }) == lost);
    CHECK(failure_of([&] { session->last_change(); }) == lost);
    CHECK(failure_of([&] { session->mark(); }) == lost);
    CHECK(failure_of([&] { insert(*session, company::kEntity, {{company::kName, "Gamma"}}); }) == lost);
    CHECK(failure_of([&] { session->commit(); }) == lost);
  }

  CHECK(state_of(*store) == before);
  write(*store, [](Session& session) { insert(session, company::kEntity, {{company::kName, "Gamma"}}); });
}

namespace {

/// Fails the first callback of one of each call, then the second, until none is left: each is told with its text, and nothing of the call stays.
/// How many there were.
int fail_one_after_another(const Data& base, Store& store, const State& before) {
  int failures = 0;
  for (;; ++failures) {
    host_fail_at(base.get(), failures);
    const std::string text = detail_of([&] { one_of_each(store); });
    host_fail_at(base.get(), -1);
    if (text.empty()) break;
    CAPTURE(failures);
    REQUIRE(text.find(": no disk") != std::string::npos);
    REQUIRE(host_units(base.get()) == 0);
    REQUIRE(state_of(store) == before);
  }
  return failures;
}

}  // namespace

TEST_CASE("whichever callback fails, it is told with its text and nothing stays half done") {
  const Data base(host_base_new());
  const auto store = open_c(base, shop());
  write(*store, two_companies);
  const State before = state_of(*store);

  const int failures = fail_one_after_another(base, *store, before);

  CHECK(failures > 10);
  CHECK(state_of(*store).rows.at(company::kEntity).size() == 2);
}

namespace {

/// A host in C++ whose callbacks throw where those of the store in C fail.
crm_store in_c;

template <auto slot, class... Given>
std::int32_t CRM_CALL throwing(void* user, Given... given) {
  const std::int32_t status = (in_c.*slot)(user, given...);
  if (status == CRM_STORAGE) throw std::runtime_error("no disk");
  return status;
}

template <auto slot, class... Given>
void replace(crm_store& table, std::int32_t(CRM_CALL* /*as it is*/)(void*, Given...)) {
  table.*slot = throwing<slot, Given...>;
}

}  // namespace

TEST_CASE("whichever callback throws, it is told as its failure and nothing stays half done") {
  const Data base(host_base_new());
  host_store(base.get(), &in_c);
  const auto store = open_with(base, [](crm_store& table) {
    replace<&crm_store::begin>(table, table.begin);
    replace<&crm_store::end>(table, table.end);
    replace<&crm_store::get>(table, table.get);
    replace<&crm_store::rows>(table, table.rows);
    replace<&crm_store::put>(table, table.put);
    replace<&crm_store::erase>(table, table.erase);
  });
  write(*store, two_companies);
  const State before = state_of(*store);

  const int failures = fail_one_after_another(base, *store, before);

  CHECK(failures > 10);
}

TEST_CASE("what is no standard exception is told too, and one that destroy or message throws harms nobody") {
  const Data base(host_base_new());
  const auto told = [&](crm_store_begin begin, crm_store_message message) {
    return detail_of([&] {
      open_with(base, [&](crm_store& table) {
        table.begin = begin;
        table.message = message;
        table.destroy = [](void*) { throw 42; };
      });
    });
  };
  CHECK(told([](void*, std::int32_t) -> std::int32_t { throw 42; }, nullptr) == "begin: an exception of no standard class");
  CHECK(told([](void*, std::int32_t) -> std::int32_t { return CRM_REFUSED; }, [](void*) -> const char* { throw 42; }) == "begin: refused");
}

TEST_CASE("a table without a required callback is refused by its name, and destroyed all the same") {
  const Data base(host_base_new());
  const auto without = [&](auto slot) {
    std::string named;
    try {
      open_with(base, [&](crm_store& table) { table.*slot = nullptr; });
    } catch (const Error& error) {
      REQUIRE(error.code() == Code::invalid_argument);
      REQUIRE(error.violations()[0].rule == "store.callback");
      named = error.violations()[0].value;
    }
    return named;
  };
  CHECK(without(&crm_store::begin) == "begin");
  CHECK(without(&crm_store::end) == "end");
  CHECK(without(&crm_store::get) == "get");
  CHECK(without(&crm_store::rows) == "rows");
  CHECK(without(&crm_store::put) == "put");
  CHECK(without(&crm_store::erase) == "erase");
  CHECK(host_destroyed(base.get()) == 6);

  crm_store half;
  host_store_with_marks(base.get(), &half);
  half.destroy = nullptr;
  half.undo_to = nullptr;  // marks are given together
  CHECK(failure_of([&] { open_host_store(shop(), half); }) == Failure{Code::invalid_argument, {"store.callback"}});

  crm_store table;
  host_store(base.get(), &table);
  table.table = nullptr;  // optional: but this store has no tables then, and says so by giving nothing
  table.message = nullptr;
  table.destroy = nullptr;
  table.get = [](void*, std::int32_t, std::int64_t, crm_cell*, std::int32_t* found) -> std::int32_t { return *found = 7, CRM_OK; };
  CHECK(failure_of([&] { open_host_store(shop(), table); }) == Failure{Code::host, {"store.host"}});
  CHECK(host_destroyed(base.get()) == 6);
}

TEST_CASE("answers that make no sense are the host's error, told as what is wrong") {
  const Data base(host_base_new());
  const auto told = [&](Rows* rows) {
    const auto store = open_with(base, [&](crm_store& table) { table.rows = rows; });
    const auto session = store->read();
    return detail_of([&] { matching(*session, company::kEntity, where::all({})); });
  };

  CHECK(told([](void*, std::int32_t, std::int32_t, const crm_cell*, const crm_cell*, std::int64_t, std::int32_t, std::int64_t*, crm_cell*,
                std::int32_t* count) -> std::int32_t { return *count = -1, CRM_OK; }) == "rows makes no sense: -1 rows");
  CHECK(told([](void*, std::int32_t, std::int32_t, const crm_cell*, const crm_cell*, std::int64_t, std::int32_t max_rows, std::int64_t*,
                crm_cell*, std::int32_t* count) -> std::int32_t { return *count = max_rows + 1, CRM_OK; }) == "rows makes no sense: 257 rows");
  CHECK(told([](void*, std::int32_t, std::int32_t, const crm_cell*, const crm_cell*, std::int64_t after, std::int32_t, std::int64_t* ids,
                crm_cell*, std::int32_t* count) -> std::int32_t { return ids[0] = after, *count = 1, CRM_OK; }) ==
        "rows makes no sense: id 0 after 0");
  CHECK(told([](void*, std::int32_t, std::int32_t, const crm_cell*, const crm_cell*, std::int64_t, std::int32_t, std::int64_t* ids, crm_cell*,
                std::int32_t* count) -> std::int32_t { return ids[0] = 5, ids[1] = 4, *count = 2, CRM_OK; }) ==
        "rows makes no sense: id 4 after 5");
}

TEST_CASE("a cell that makes no sense is the host's error, never a value") {
  static crm_cell given;
  const Data base(host_base_new());
  const auto told = [&](std::int32_t column, crm_cell cell) {
    given = cell;
    const auto store = open_with(base, [&](crm_store& table) {
      table.rows = [](void*, std::int32_t, std::int32_t at, const crm_cell*, const crm_cell*, std::int64_t after, std::int32_t, std::int64_t* ids,
                      crm_cell* cells, std::int32_t* count) -> std::int32_t {
        return ids[0] = 1, cells[at - 1] = given, *count = after == 0, CRM_OK;
      };
    });
    const auto session = store->read();
    const Filter name = where::eq(company::kName, "x"), staff = where::eq(company::kStaff, 1);
    return detail_of([&] { matching(*session, company::kEntity, column == 0 ? name : staff); });
  };

  CHECK(told(0, {CRM_TEXT, 5, {}}) == "rows makes no sense: a text of 5 bytes at no place");
  CHECK(told(0, {CRM_TEXT, -1, {}}) == "rows makes no sense: a text of -1 bytes at no place");
  CHECK(told(0, {77, 0, {}}) == "rows makes no sense: a cell of kind 77 where kind 3 is kept");
  CHECK(told(0, {CRM_INTEGER, 0, {}}) == "rows makes no sense: a cell of kind 1 where kind 3 is kept");
  CHECK(told(1, {CRM_TEXT, 0, {}}) == "rows makes no sense: a cell of kind 3 where kind 1 is kept");
}

TEST_CASE("busy is told as busy, other statuses by their name where there is no text") {
  const Data base(host_base_new());
  const auto begin_with = [&](crm_store_begin begin) {
    return failure_of([&] { open_with(base, [&](crm_store& table) { table.begin = begin; }); });
  };
  CHECK(begin_with([](void*, std::int32_t) -> std::int32_t { return CRM_BUSY; }) == Failure{Code::busy, {"store.locked"}});

  const auto says = [&](crm_store_begin begin, crm_store_message message) {
    return detail_of([&] {
      open_with(base, [&](crm_store& table) {
        table.begin = begin;
        table.message = message;
      });
    });
  };
  const crm_store_begin refuses = [](void*, std::int32_t) -> std::int32_t { return CRM_REFUSED; };
  CHECK(says(refuses, nullptr) == "begin: refused");
  CHECK(says(refuses, [](void*) -> const char* { return nullptr; }) == "begin: refused");
  CHECK(says(refuses, [](void*) -> const char* { return "\xff"; }) == "begin: refused");
  CHECK(says([](void*, std::int32_t) -> std::int32_t { return -5; }, nullptr) == "begin: -5");
}

TEST_CASE("a table of an older or a newer release is read as far as both know it") {
  struct Newer {
    crm_store known;
    void* unknown;
  } newer{};
  const Data base(host_base_new());
  host_store(base.get(), &newer.known);
  newer.known.struct_size = sizeof newer;
  newer.unknown = &newer;
  open_host_store(shop(), newer.known);
  CHECK(host_destroyed(base.get()) == 1);

  open_with(base, [](crm_store& table) { table.struct_size = offsetof(crm_store, destroy); });
  CHECK(host_destroyed(base.get()) == 1);
  CHECK(failure_of([&] { open_with(base, [](crm_store& table) { table.struct_size = offsetof(crm_store, rows); }); }) ==
        Failure{Code::invalid_argument, {"store.callback"}});
}

TEST_CASE("a store that is up to date is opened by reading, also while another handle writes") {
  const Data base(host_base_new());
  const auto first = open_c(base, shop());
  const auto writing = first->write(monday());

  const auto second = open_c(base, shop());

  CHECK(failure_of([&] { second->write(monday()); }) == Failure{Code::busy, {"store.locked"}});
}

TEST_CASE("a reader that outlives its writer begins again when it asks, and its failure is not the writer's") {
  const Data base(host_base_new());
  const auto store = open_c(base, shop());
  auto writing = store->write(monday());
  auto reading = store->read();
  insert(*writing, company::kEntity, {{company::kName, "Alpha"}});
  writing->commit();
  CHECK(host_units(base.get()) == 0);

  host_fail_at(base.get(), 0);
  CHECK(detail_of([&] { reading->find(company::kEntity, 1); }) == "begin: no disk");
  CHECK(reading->find(company::kEntity, 1));
  CHECK(host_units(base.get()) == 1);
  reading.reset();
  CHECK(host_units(base.get()) == 0);
}

namespace {

/// What the last question asked the host for.
struct Asked {
  std::int32_t column = 0;
  Value low, high;
  std::int32_t max_rows = 0;
  int times = 0;
} asked;

Value copied(const crm_cell* cell) {
  if (!cell) return {};
  if (cell->kind == CRM_TEXT) return std::string(cell->value.text, static_cast<std::size_t>(cell->size));
  return cell->value.integer;
}

std::int32_t CRM_CALL remembering(void*, std::int32_t, std::int32_t column, const crm_cell* low, const crm_cell* high, std::int64_t,
                                  std::int32_t max_rows, std::int64_t*, crm_cell*, std::int32_t* count) {
  asked = {column, copied(low), copied(high), max_rows, asked.times + 1};
  return *count = 0, CRM_OK;
}

}  // namespace

TEST_CASE("the host is told what is wanted of its own columns: values and ranges") {
  const Data base(host_base_new());
  const auto store = open_with(base, [](crm_store& table) { table.rows = remembering; });
  const auto session = store->read();
  const auto ask = [&](const Filter& filter) {
    asked = {};
    matching(*session, company::kEntity, filter);
    return asked;
  };
  const std::int32_t staff = shop().at(company::kEntity).position(company::kStaff) + 2;
  const std::int32_t name = shop().at(company::kEntity).position(company::kName) + 2;

  Asked one = ask(where::eq(company::kStaff, 3));
  CHECK((one.column == staff && one.low == Value(3) && one.high == Value(3)));
  one = ask(where::all({where::ge(company::kStaff, 3), where::lt(company::kStaff, 9), where::le(company::kStaff, 12)}));
  CHECK((one.column == staff && one.low == Value(3) && one.high == Value(9)));
  one = ask(where::starts_with(company::kName, "Al"));
  CHECK((one.column == name && one.low == Value("Al") && one.high == Value()));
  one = ask(where::all({where::gt(company::kStaff, 3), where::eq(company::kName, "Alpha")}));
  CHECK((one.column == name && one.low == Value("Alpha") && one.high == Value("Alpha")));
  CHECK(ask(where::any({where::eq(company::kStaff, 3)})).column == 0);
  CHECK(ask(where::starts_with(company::kName, "\xD1")).column == 0);  // half a letter: the host's texts are UTF-8
  CHECK(ask(where::all({where::starts_with(company::kName, "A"), where::ge(company::kName, "\xD1")})).low == Value("A"));
  CHECK(ask(where::all({where::eq(company::kName, "\xD1"), where::ge(company::kStaff, 3)})).column == staff);
  CHECK(ask(where::lt(company::kStaff, 2.5)).column == 0);  // a real: what is an integer is compared as one
  CHECK(ask(where::all({where::ge(company::kStaff, 9), where::lt(company::kStaff, 3)})).times == 0);

  session->change(1);
  CHECK(asked.max_rows == 1);
}
