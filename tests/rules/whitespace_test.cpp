#include "crm/rules/whitespace.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <set>

using namespace crm;

namespace {

using State = Event::State;
using Status = CellStatus;

// Spheres: 1 roads, 2 food. Products: 10 cement, 11 steel, 12 flour, 13 sugar.
constexpr SphereId kRoads{1}, kFood{2};
constexpr ProductId kCement{10}, kSteel{11}, kFlour{12}, kSugar{13};
const Currency kRub("RUB"), kUsd("USD");

std::optional<Instant> march(int day) { return *parse_instant("2026-02-28T00:00:00Z") + std::chrono::hours(24 * day); }
Offer offer(Id id, std::optional<Instant> start, State state, bool refusal = false) { return {{id}, start, state, refusal}; }
std::optional<Decimal> pieces(std::int64_t count) { return Decimal{count * Decimal::kScale}; }
std::optional<Money> roubles(std::int64_t count) { return Money{count * 100, kRub}; }

struct Shipment {
  std::optional<Decimal> quantity;
  std::optional<Money> amount;
};

Dealings dealings(const std::vector<Shipment>& shipments, const std::vector<Offer>& offers) {
  Dealings out;
  for (const Shipment& one : shipments) out.ship(one.quantity, one.amount);
  for (const Offer& one : offers) out.offer(one);
  return out;
}

}  // namespace

TEST_CASE("a cell of the base has the first status that holds") {
  struct Row {
    const char* what;
    std::vector<Shipment> shipments;
    std::vector<Offer> offers;
    Status expected;
  };
  const Offer planned = offer(1, march(5), State::planned), refused = offer(2, march(3), State::held, true);
  const Row rows[] = {
      {"nothing has passed", {}, {}, Status::never_offered},
      {"only a cancelled event", {}, {offer(1, march(5), State::cancelled)}, Status::never_offered},
      {"planned for later", {}, {planned}, Status::in_work},
      {"refused", {}, {refused}, Status::refused},
      {"refused and planned again", {}, {planned, refused}, Status::in_work},
      {"refused after it was offered", {}, {refused, offer(1, march(1), State::held)}, Status::refused},
      {"refused, and a later event was cancelled", {}, {refused, offer(3, march(4), State::cancelled)}, Status::refused},
      {"a cancelled event with a refusal counts as none", {}, {offer(2, march(3), State::cancelled, true)}, Status::never_offered},
      {"refused at the same time: the later id decides", {}, {offer(4, march(3), State::held), refused}, Status::in_work},
      {"refused, and postponed to an unknown day", {}, {offer(1, {}, State::postponed), refused}, Status::in_work},
      {"shipped", {{pieces(5), roubles(900)}}, {refused}, Status::owned},
      {"shipped and all returned", {{pieces(5), roubles(900)}, {pieces(-5), roubles(-900)}}, {refused}, Status::refused},
      {"shipped and partly returned", {{pieces(5), roubles(900)}, {pieces(-4), roubles(-900)}}, {}, Status::owned},
      {"returned more than shipped", {{pieces(-1), roubles(100)}}, {}, Status::never_offered},
      {"no quantity: the amount decides", {{{}, roubles(900)}}, {}, Status::owned},
      {"no quantity: the amount was paid back", {{{}, roubles(900)}, {{}, roubles(-900)}}, {planned}, Status::in_work},
      {"where some shipment has a quantity it decides", {{pieces(0), roubles(900)}, {{}, roubles(500)}}, {}, Status::never_offered},
      {"currencies are never netted", {{{}, roubles(-900)}, {{}, Money{1, kUsd}}}, {}, Status::owned},
      {"a shipment that tells nothing", {{{}, {}}}, {}, Status::never_offered},
  };
  for (const Row& row : rows) {
    CAPTURE(row.what);
    CHECK(dealings(row.shipments, row.offers).status(true) == row.expected);
    CHECK(dealings(row.shipments, row.offers).status(false) == Status::not_eligible);
  }
}

TEST_CASE("cells are told on each own sphere; what is outside the base is marked if it was sold all the same") {
  WhitespaceFacts facts;
  facts.spheres = {kRoads, kFood};
  facts.base = {{kCement, kRoads}, {kSteel, kRoads}, {kCement, kFood}};
  facts.dealings[kCement] = dealings({{pieces(1), {}}}, {});
  facts.dealings[kFlour] = dealings({{pieces(1), {}}}, {});
  facts.dealings[kSugar] = dealings({}, {offer(1, march(1), State::held, true)});
  using Cells = std::vector<WhitespaceCell>;

  CHECK(whitespace(facts) == Cells{{{kCement, kRoads}, Status::owned},
                                   {{kCement, kFood}, Status::owned},
                                   {{kSteel, kRoads}, Status::never_offered},
                                   {{kFlour, kRoads}, Status::not_eligible, true},
                                   {{kFlour, kFood}, Status::not_eligible, true}});
  const std::vector<ProductId> asked = {kSteel, kSugar};
  CHECK(whitespace(facts, asked) == Cells{{{kCement, kRoads}, Status::owned},
                                          {{kCement, kFood}, Status::owned},
                                          {{kSteel, kRoads}, Status::never_offered},
                                          {{kSteel, kFood}, Status::not_eligible},
                                          {{kFlour, kRoads}, Status::not_eligible, true},
                                          {{kFlour, kFood}, Status::not_eligible, true},
                                          {{kSugar, kRoads}, Status::not_eligible},
                                          {{kSugar, kFood}, Status::not_eligible}});
}

TEST_CASE("clients are ranked by the share of their range that was never offered, each product once") {
  const std::vector<WhitespaceCell> cells = {{{kCement, kRoads}, Status::never_offered}, {{kCement, kFood}, Status::never_offered},
                                             {{kSteel, kRoads}, Status::owned},          {{kFlour, kRoads}, Status::not_eligible},
                                             {{kFlour, kFood}, Status::never_offered},   {{kSugar, kFood}, Status::refused}};
  CHECK(underserved({7}, cells) == Underserved{{7}, 4, {kCement, kFlour}});

  std::vector<Underserved> clients = {{{1}, 4, {kCement}},         {{2}, 2, {kCement}}, {{3}, 3, {}},
                                      {{4}, 4, {kCement, kSteel}}, {{5}, 2, {kSteel}},  {{6}, 1, {kSteel}}};
  rank(clients);

  std::vector<Id> order;
  for (const Underserved& client : clients) order.push_back(client.company.value);
  CHECK(order == std::vector<Id>{6, 4, 2, 5, 1});  // 100 %, 2 of 4, 1 of 2 twice, 25 %; nothing is missing at 3
}

TEST_CASE("the most demanded products: by amount, each currency apart; by quantity; by clients with held events") {
  const auto demand = [](DemandBy by) {
    Demand all(by);
    all.ship(kCement, pieces(3), roubles(100));
    all.ship(kSteel, pieces(1), roubles(500));
    all.ship(kCement, pieces(2), roubles(300));
    all.ship(kSteel, {}, roubles(-50));
    all.ship(kFlour, pieces(9), Money{700, kUsd});
    all.ship(kSugar, pieces(5), {});
    for (const auto& [product, company] : std::vector<std::pair<ProductId, Id>>{{kFlour, 1}, {kFlour, 1}, {kSteel, 1}, {kSteel, 2}, {kCement, 3}})
      all.hold(product, {company});
    return all;
  };
  using Ranked = std::vector<ProductDemand>;

  CHECK(demand(DemandBy::amount).ranked() == Ranked{{kSteel, kRub, 45000}, {kCement, kRub, 40000}, {kFlour, kUsd, 700}});
  CHECK(demand(DemandBy::amount).ranked(1) == Ranked{{kSteel, kRub, 45000}, {kFlour, kUsd, 700}});
  CHECK(demand(DemandBy::quantity).ranked() ==
        Ranked{{kFlour, {}, 9'000'000}, {kCement, {}, 5'000'000}, {kSugar, {}, 5'000'000}, {kSteel, {}, 1'000'000}});
  CHECK(demand(DemandBy::quantity).ranked(2) == Ranked{{kFlour, {}, 9'000'000}, {kCement, {}, 5'000'000}});
  CHECK(demand(DemandBy::companies).ranked() == Ranked{{kSteel, {}, 2}, {kCement, {}, 1}, {kFlour, {}, 1}});
}

namespace {

struct Passed {
  ProductId product;
  Shipment shipment;
  Offer offer;
  bool is_shipment = false;
};

/// The definition read again, over the list of everything that has passed.
Status expected(const std::vector<MatrixCell>& base, const std::vector<Passed>& all, const MatrixCell& cell, bool& sold) {
  std::int64_t quantity = 0;
  std::map<Currency, std::int64_t> amounts;
  int with_quantity = 0;
  std::vector<Offer> events;
  for (const Passed& one : all) {
    if (one.product != cell.product) continue;
    if (!one.is_shipment) {
      if (one.offer.state != State::cancelled) events.push_back(one.offer);
      continue;
    }
    if (one.shipment.quantity) ++with_quantity, quantity += one.shipment.quantity->millionths;
    if (one.shipment.amount) amounts[one.shipment.amount->currency] += one.shipment.amount->minor;
  }
  sold = with_quantity ? quantity > 0 : std::ranges::any_of(amounts, [](const auto& a) { return a.second > 0; });
  if (std::ranges::find(base, cell) == base.end()) return Status::not_eligible;
  if (sold) return Status::owned;
  if (events.empty()) return Status::never_offered;
  for (const Offer& one : events)
    if (std::ranges::none_of(events, [&](const Offer& other) {
          if (other.start == one.start) return other.event > one.event;
          return one.start && (!other.start || *other.start > *one.start);
        }))
      return one.refusal ? Status::refused : Status::in_work;
  return Status::not_eligible;
}

}  // namespace

TEST_CASE("every cell of random clients is as the definition says") {
  std::mt19937 random(20260304);
  const auto dice = [&](int sides) { return static_cast<Id>(random() % static_cast<unsigned>(sides)); };
  std::array<int, kCellStatuses> met{};
  for (int round = 0; round < 3000; ++round) {
    CAPTURE(round);
    std::vector<Passed> all;
    for (Id i = dice(12); i; --i) {
      Passed one;
      one.product = {10 + dice(4)};
      one.is_shipment = dice(2) == 0;
      if (dice(3)) one.shipment.quantity = pieces(dice(5) - 2);
      if (dice(3)) one.shipment.amount = Money{dice(5) - 2, dice(2) ? kRub : kUsd};
      one.offer = {{i}, dice(4) ? march(static_cast<int>(1 + dice(3))) : std::nullopt, static_cast<State>(dice(5)), dice(2) == 0};
      all.push_back(one);
    }
    WhitespaceFacts facts;
    facts.spheres = {kRoads, kFood};
    std::set<MatrixCell> base;
    for (Id i = dice(6); i; --i) base.insert(MatrixCell{{10 + dice(4)}, {1 + dice(2)}});
    facts.base.assign(base.begin(), base.end());
    for (const Passed& one : all) {
      if (one.is_shipment) facts.dealings[one.product].ship(one.shipment.quantity, one.shipment.amount);
      else facts.dealings[one.product].offer(one.offer);
    }
    const std::vector<ProductId> products = {kCement, kSteel, kFlour, kSugar};

    const auto cells = whitespace(facts, products);

    REQUIRE(cells.size() == 8);
    std::set<ProductId> range, never;
    for (const WhitespaceCell& cell : cells) {
      bool sold = false;
      CHECK(cell.status == expected(facts.base, all, cell.cell, sold));
      CHECK(cell.sold_all_the_same == (sold && cell.status == Status::not_eligible));
      ++met[static_cast<std::size_t>(cell.status)];
      if (cell.status != Status::not_eligible) range.insert(cell.cell.product);
      if (cell.status == Status::never_offered) never.insert(cell.cell.product);
    }
    CHECK(underserved({1}, cells) == Underserved{{1}, std::ssize(range), {never.begin(), never.end()}});
  }
  for (int count : met) CHECK(count > 500);
}

TEST_CASE("a millionth that was shipped is owned; of clients alike the lowest id goes first") {
  CHECK(dealings({{Decimal{1}, {}}}, {}).is_shipped());
  CHECK_FALSE(dealings({{Decimal{0}, {}}}, {}).is_shipped());
  std::vector<Underserved> clients(40);
  for (std::size_t i = 0; i < clients.size(); ++i) {
    clients[i].company = {static_cast<Id>(clients.size() - i)};
    clients[i].range = 2;
    clients[i].never_offered = {kCement};
  }
  rank(clients);
  for (std::size_t i = 0; i < clients.size(); ++i) CHECK(clients[i].company.value == static_cast<Id>(i) + 1);
}

TEST_CASE("demand counts a client once however often he is met, and never mixes currencies") {
  Demand met(DemandBy::companies);
  for (const Id company : {1, 2, 1}) met.hold(kCement, {company});
  CHECK(met.ranked(0).at(0).value == 2);

  Demand sold(DemandBy::amount);
  sold.ship(kCement, {}, Money{1, kRub});
  sold.ship(kSteel, {}, Money{5, kUsd});
  sold.ship(kFlour, {}, Money{9, kRub});
  std::vector<ProductId> order;
  for (const ProductDemand& one : sold.ranked(0)) order.push_back(one.product);
  CHECK(order == std::vector<ProductId>{kFlour, kCement, kSteel});
}
