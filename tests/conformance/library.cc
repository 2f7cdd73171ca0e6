// The conformance suite as a library, for stores that are written in other languages.
#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>

#include <algorithm>
#include <iostream>

#include "crm/crm.h"
#include "crm/stores/host.hpp"
#include "suite.hpp"

namespace {

using Make = int (*)(void* user, int again, crm_store* out);

constexpr int kFewChanges = 1'500;  // of the one world of a store that is very slow
constexpr int kFewSearches = 300;

struct Asked {
  Make make = nullptr;
  void* user = nullptr;
  int worlds = 0;
  int failures = 0;
} asked;

std::unique_ptr<crm::Store> made(const crm::Schema& schema, int again) {
  crm_store table{};
  REQUIRE(asked.make(asked.user, again, &table) == CRM_OK);
  return crm::open_host_store(schema, table);
}

/// Counts what failed, which doctest does not answer.
struct Counter : doctest::IReporter {
  explicit Counter(const doctest::ContextOptions&) {}
  void report_query(const doctest::QueryData&) override {}
  void test_run_start() override {}
  void test_run_end(const doctest::TestRunStats&) override {}
  void test_case_start(const doctest::TestCaseData&) override {}
  void test_case_reenter(const doctest::TestCaseData&) override {}
  void test_case_end(const doctest::CurrentTestCaseStats&) override {}
  void test_case_exception(const doctest::TestCaseException&) override { ++asked.failures; }
  void subcase_start(const doctest::SubcaseSignature&) override {}
  void subcase_end() override {}
  void log_assert(const doctest::AssertData& data) override { asked.failures += data.m_failed; }
  void log_message(const doctest::MessageData&) override {}
  void test_case_skipped(const doctest::TestCaseData&) override {}
};
REGISTER_LISTENER("counter", 1, Counter);

}  // namespace

TEST_CASE("a store of another language keeps the contract of stores") {
  crm::conformance::StoreUnderTest under_test;
  under_test.name = "another language's";
  under_test.make = [](const crm::Schema& schema) { return made(schema, 0); };
  under_test.reopen = [](const crm::Schema& schema) { return made(schema, 1); };
  under_test.worlds = std::max(asked.worlds, 1);
  under_test.searches = kFewSearches;
  if (asked.worlds == 0) under_test.changes = kFewChanges;

  crm::conformance::run(under_test);
}

/// Runs the whole suite: `make` fills a table of callbacks, of an empty durable store (again = 0) or of another handle on the
/// data of the last one (again = 1). `worlds`: how many random worlds it is compared in, 0 for one smaller one. Answers how many
/// checks failed; each is printed to stderr.
extern "C" __attribute__((visibility("default"))) int crm_conformance(Make make, void* user, int worlds) {
  asked = {make, user, worlds, 0};
  doctest::Context context;
  context.setCout(&std::cerr);
  const int status = context.run();
  return std::max(asked.failures, status);
}
