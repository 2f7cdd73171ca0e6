#include <doctest/doctest.h>

#include "crm/stores/memory.hpp"
#include "suite.hpp"

using namespace crm;

TEST_CASE("the memory store keeps the contract of stores") {
  conformance::StoreUnderTest memory;
  memory.name = "memory";
  memory.make = [](const Schema& schema) { return open_memory_store(schema); };
  memory.worlds = 3;  // with itself without indexes

  conformance::run(memory);
}
