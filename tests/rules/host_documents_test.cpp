#include "crm/rules/host_documents.hpp"

#include <doctest/doctest.h>

using namespace crm;

namespace {

Date day(const char* iso) { return *parse_date(iso); }

/// An invoice of 10 March for 1,500 roubles with products 1 and 2.
PostingFacts invoice() {
  PostingFacts facts;
  facts.document.kind = {1};
  facts.document.date = day("2026-03-10");
  facts.document.amount = Money{150000, Currency("RUB")};
  facts.products = {{1}, {2}};
  facts.nodes = {{5}};
  facts.spheres = {{7}, {6}};
  return facts;
}

DocumentRule rule() {
  DocumentRule r;
  r.kind = {1};
  r.window_days = 5;
  return r;
}

std::vector<Id> ids(const std::vector<EventId>& events) {
  std::vector<Id> out;
  for (EventId e : events) out.push_back(e.value);
  return out;
}

}  // namespace

TEST_CASE("a rule speaks of its kind, node, sphere, product and amount") {
  struct Row {
    void (*set)(DocumentRule&);
    bool applies;
  };
  const Row rows[] = {
      {[](DocumentRule&) {}, true},
      {[](DocumentRule& r) { r.kind = {2}; }, false},
      {[](DocumentRule& r) { r.retired = true; }, false},
      {[](DocumentRule& r) { r.node = {5}; }, true},
      {[](DocumentRule& r) { r.node = {4}; }, false},
      {[](DocumentRule& r) { r.sphere = {6}; }, true},
      {[](DocumentRule& r) { r.sphere = {8}; }, false},
      {[](DocumentRule& r) { r.product = {2}; }, true},
      {[](DocumentRule& r) { r.product = {3}; }, false},
      {[](DocumentRule& r) { r.min_amount = Money{150000, Currency("RUB")}; }, true},
      {[](DocumentRule& r) { r.min_amount = Money{150001, Currency("RUB")}; }, false},
      {[](DocumentRule& r) { r.min_amount = Money{1, Currency("USD")}; }, false},
  };
  for (const Row& row : rows) {
    CAPTURE(&row - rows);
    DocumentRule r = rule();
    row.set(r);
    CHECK(applies(r, invoice()) == row.applies);
  }
  PostingFacts without = invoice();
  without.document.amount.reset();
  DocumentRule r = rule();
  r.min_amount = Money{0, Currency("RUB")};
  CHECK_FALSE(applies(r, without));
}

TEST_CASE("the target is the nearest inside the window that shares a product, then the lowest id; all by policy") {
  const PostingCandidate candidates[] = {
      {{14}, day("2026-03-08"), {{1}}},        // two days before
      {{12}, day("2026-03-12"), {{3}, {2}}},   // two days after
      {{13}, day("2026-03-11"), {{3}}},        // nearer, another product
      {{11}, day("2026-03-10"), {}},           // that day, no product
      {{10}, day("2026-03-16"), {{1}}},        // six days after
      {{15}, day("2026-03-05"), {{1}}},        // five days before
  };
  DocumentRule r = rule();
  CHECK(ids(targets(r, invoice(), candidates)) == std::vector<Id>{12});
  r.window_days = 2;
  CHECK(ids(targets(r, invoice(), candidates)) == std::vector<Id>{12});  // of two
  r.window_days = 5;
  r.all = true;
  CHECK(ids(targets(r, invoice(), candidates)) == std::vector<Id>{12, 14, 15});
  PostingFacts bare = invoice();
  bare.products.clear();
  r.all = false;
  CHECK(ids(targets(r, bare, candidates)) == std::vector<Id>{11});
  r.window_days = 0;
  CHECK(targets(r, invoice(), candidates).empty());
}
