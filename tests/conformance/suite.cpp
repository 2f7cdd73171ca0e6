#include "suite.hpp"

#include <doctest/doctest.h>

#include <cstdlib>

namespace crm::conformance {

void run(const StoreUnderTest& under_test) {
  INFO("store: ", under_test.name);
  for (const auto cases : {filter_cases(), text_cases(), search_cases(), exists_cases(), order_cases(), page_cases(),
                           aggregate_cases(), write_cases(), refusal_cases(), log_cases(), session_cases(), mark_cases(),
                           durable_cases(), fault_cases(),
                           migration_cases(), process_cases(), differential_cases()})
    for (const Case& one : cases) SUBCASE(one.name) {
        one.run(under_test);
      }
}

std::uint64_t seed() {
  const char* given = std::getenv("CRM_SEED");
  return given == nullptr ? 20260302 : std::strtoull(given, nullptr, 10);
}

}  // namespace crm::conformance
