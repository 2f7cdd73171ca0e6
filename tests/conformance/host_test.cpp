// A host's store, written in C, through the table of callbacks.
#include <doctest/doctest.h>

#include <memory>
#include <string>

#include "crm/stores/host.hpp"
#include "host_store.h"
#include "shop.hpp"
#include "state.hpp"
#include "suite.hpp"

using namespace crm;
using namespace crm::conformance;

namespace {

struct Freed {
  void operator()(host_base* base) const { host_base_free(base); }
};
using Data = std::unique_ptr<host_base, Freed>;

std::unique_ptr<Store> open_c(const Data& base, const Schema& schema) {
  crm_store table;
  host_store(base.get(), &table);
  return open_host_store(schema, table);
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

TEST_CASE("whichever callback fails, it is told with its text and nothing stays half done") {
  const Data base(host_base_new());
  const auto store = open_c(base, shop());
  write(*store, [](Session& session) {
    for (const char* name : {"Alpha", "Beta"}) insert(session, company::kEntity, {{company::kName, name}});
  });
  const State before = state_of(*store);

  int failures = 0;
  for (;; ++failures) {
    host_fail_at(base.get(), failures);
    std::string text;
    try {
      one_of_each(*store);
    } catch (const Error& error) {
      REQUIRE(error.code() == Code::host);
      REQUIRE(error.violations()[0].rule == "store.host");
      text = error.violations()[0].detail;
    }
    host_fail_at(base.get(), -1);
    if (text.empty()) break;
    CAPTURE(failures);
    REQUIRE(text.find(": no disk") != std::string::npos);
    REQUIRE(host_units(base.get()) == 0);
    REQUIRE(state_of(*store) == before);
  }

  CHECK(failures > 10);
  CHECK(state_of(*store).rows.at(company::kEntity).size() == 2);
}

TEST_CASE("a table without a required callback is refused by its name, and destroyed all the same") {
  const Data base(host_base_new());
  crm_store table;
  host_store(base.get(), &table);
  table.put = nullptr;

  CHECK(failure_of([&] { open_host_store(shop(), table); }) == Failure{Code::invalid_argument, {"store.callback"}});
  CHECK(host_destroyed(base.get()) == 1);

  host_store(base.get(), &table);
  table.table = nullptr;  // optional: but this store has no tables then, and says so by giving nothing
  table.message = nullptr;
  table.destroy = nullptr;
  table.get = [](void*, std::int32_t, std::int64_t, crm_cell*, std::int32_t* found) -> std::int32_t { return *found = 7, CRM_OK; };
  CHECK(failure_of([&] { open_host_store(shop(), table); }) == Failure{Code::host, {"store.host"}});
  CHECK(host_destroyed(base.get()) == 1);
}

TEST_CASE("answers that make no sense are the host's error") {
  const Data base(host_base_new());
  const auto store_with = [&](auto&& change) {
    crm_store table;
    host_store(base.get(), &table);
    change(table);
    return open_host_store(shop(), table);
  };
  const auto refused = [&](auto rows) {
    const auto store = store_with([&](crm_store& table) { table.rows = rows; });
    const auto session = store->read();
    Query all;
    all.entity = company::kEntity;
    all.columns = {kId};
    return failure_of([&] { session->select(all); }) == Failure{Code::host, {"store.host"}};
  };
  using Rows = std::remove_pointer_t<crm_store_rows>;
  const auto of = [](Rows* rows) { return rows; };

  CHECK(refused(of([](void*, std::int32_t, std::int32_t, const crm_cell*, const crm_cell*, std::int64_t, std::int32_t, std::int64_t*, crm_cell*,
                      std::int32_t* count) -> std::int32_t { return *count = -1, CRM_OK; })));
  CHECK(refused(of([](void*, std::int32_t, std::int32_t, const crm_cell*, const crm_cell*, std::int64_t after, std::int32_t, std::int64_t* ids,
                      crm_cell*, std::int32_t* count) -> std::int32_t { return ids[0] = after, *count = 1, CRM_OK; })));
  CHECK(refused(of([](void*, std::int32_t, std::int32_t, const crm_cell*, const crm_cell*, std::int64_t after, std::int32_t, std::int64_t* ids,
                      crm_cell* cells, std::int32_t* count) -> std::int32_t {
    ids[0] = after + 1;
    cells[0] = {CRM_TEXT, 5, {}};
    return *count = 1, CRM_OK;
  })));
  CHECK(refused(of([](void*, std::int32_t, std::int32_t, const crm_cell*, const crm_cell*, std::int64_t after, std::int32_t, std::int64_t* ids,
                      crm_cell* cells, std::int32_t* count) -> std::int32_t {
    ids[0] = after + 1;
    cells[0].kind = 77;
    return *count = 1, CRM_OK;
  })));
}
