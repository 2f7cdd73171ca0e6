// The conformance suite as a library, for stores that are written in other languages.
#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>

#include "crm/crm.h"
#include "crm/stores/host.hpp"
#include "suite.hpp"

namespace {

using Make = int (*)(void* user, int again, crm_store* out);

Make make_store = nullptr;
void* make_user = nullptr;
int make_worlds = 0;

std::unique_ptr<crm::Store> made(const crm::Schema& schema, int again) {
  crm_store table{};
  REQUIRE(make_store(make_user, again, &table) == CRM_OK);
  return crm::open_host_store(schema, table);
}

}  // namespace

TEST_CASE("a store of another language keeps the contract of stores") {
  crm::conformance::StoreUnderTest under_test;
  under_test.name = "another language's";
  under_test.make = [](const crm::Schema& schema) { return made(schema, 0); };
  under_test.reopen = [](const crm::Schema& schema) { return made(schema, 1); };
  under_test.worlds = make_worlds;

  crm::conformance::run(under_test);
}

/// Runs the whole suite: `make` fills a table of callbacks, of an empty durable store (again = 0) or of another handle on the
/// data of the last one (again = 1). Answers 0 if all is well; what is not is printed.
extern "C" __attribute__((visibility("default"))) int crm_conformance(Make make, void* user, int worlds) {
  make_store = make;
  make_user = user;
  make_worlds = worlds;
  return doctest::Context().run();
}
