// One suite for all stores: every sentence of crm/store/store.hpp as a case that knows only Store and Session.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "crm/store/store.hpp"
#include "house/rounds.hpp"

namespace crm::conformance {

/// How to get the store that is tested. The suite asks for what a store can, never for its name.
struct StoreUnderTest {
  std::string name;
  /// An empty store; whatever it made before is thrown away.
  std::function<std::unique_ptr<Store>(const Schema&)> make;
  /// Another handle on what `make` (or `restore_v1`) made last; the schema may be a newer one. None: not durable.
  std::function<std::unique_ptr<Store>(const Schema&)> reopen;
  /// Brings back a file of `office_v1()` (office.hpp) that an older release left behind. None: none was kept.
  std::function<void()> restore_v1;
  /// Random worlds that it is compared in, and changes of each.
  int worlds = 6;
  int changes = test::rounds(3'400, 900);
  /// Random searches that it is compared in.
  int searches = test::rounds(100'000, 2'000);
};

struct Case {
  const char* name;  ///< a sentence of the contract
  void (*run)(const StoreUnderTest& under_test);
};

// By idea, one file each.
std::span<const Case> filter_cases();
std::span<const Case> text_cases();
std::span<const Case> search_cases();
std::span<const Case> exists_cases();
std::span<const Case> order_cases();
std::span<const Case> page_cases();
std::span<const Case> aggregate_cases();
std::span<const Case> write_cases();
std::span<const Case> refusal_cases();
std::span<const Case> log_cases();
std::span<const Case> session_cases();
std::span<const Case> mark_cases();
std::span<const Case> durable_cases();
std::span<const Case> differential_cases();
std::span<const Case> fault_cases();
std::span<const Case> migration_cases();
std::span<const Case> process_cases();

/// Runs all of them, each as a doctest subcase; call it from a TEST_CASE.
void run(const StoreUnderTest& under_test);

/// CRM_SEED of the environment, or a fixed number.
std::uint64_t seed();

}  // namespace crm::conformance
