// M8: plans are entered by groups, in one transaction, and never changed.
#include "fixture.hpp"

using namespace crm;
using namespace crm::test;

namespace {

PlanCell meetings(UserId user, std::int64_t number) {
  PlanCell cell;
  cell.user = user;
  cell.from = day("2026-03-01");
  cell.to = day("2026-04-01");
  cell.events = number;
  return cell;
}

PlanShare share_of(std::int64_t minor) {
  PlanShare share;
  share.total.measure = PlanCell::Measure::shipments;
  share.total.amount = Money{minor, {}};
  share.total.from = day("2026-03-01");
  share.total.to = day("2026-04-01");
  return share;
}

std::vector<std::int64_t> amounts(const std::vector<PlanCell>& cells) {
  std::vector<std::int64_t> found;
  for (const PlanCell& cell : cells) found.push_back(cell.amount->minor);
  return found;
}

}  // namespace

TEST_CASE("a new version of a plan stands beside the old one") {
  CRM_EVERY_STORE {
    House house(store);
    const std::vector<PlanCell> first{meetings(house.manager, 10)};
    const std::vector<PlanCell> second{meetings(house.manager, 12)};
    const PlanCell old = house.db.set_plans(first).at(0);
    house.now += std::chrono::hours(1);

    const PlanCell made = house.db.set_plans(second).at(0);

    CHECK(made.id != old.id);
    CHECK(made.made_at == house.now);
    CHECK(house.db.load(old.id).events == 10);
  }
}

TEST_CASE("plans of a group are set all or none") {
  CRM_EVERY_STORE {
    House house(store);
    const std::vector<PlanCell> cells{meetings(house.manager, 10), meetings(house.other, -1)};

    CHECK(refusal([&] { house.db.set_plans(cells); }) == "M8.negative");

    CHECK(house.db.list<PlanCell>({}).empty());
  }
}

TEST_CASE("a total is shared out among users, products and months to the last kopeck") {
  CRM_EVERY_STORE {
    House house(store);
    PlanShare share = share_of(100'00);
    share.users = {house.manager, house.other};
    share.products = {house.product("кабель"), house.product("труба")};
    share.periods = {{day("2026-03-01"), day("2026-04-01")}, {day("2026-04-01"), day("2026-05-01")}, {day("2026-05-01"), day("2026-06-01")}};

    const auto cells = house.db.share_plan(share);

    // 10000 / 12 = 833.33: four units are left, one each for the first four.
    CHECK(amounts(cells) == std::vector<std::int64_t>{834, 834, 834, 834, 833, 833, 833, 833, 833, 833, 833, 833});
    CHECK(cells[0].user == house.manager);
    CHECK(cells[0].product == share.products[0]);
    CHECK(cells[2].from == day("2026-05-01"));
    CHECK(cells[3].product == share.products[1]);
    CHECK(cells[6].user == house.other);
    CHECK(cells[0].amount->currency == Currency("RUB"));  // of the organisation
  }
}

TEST_CASE("a total is shared out by weights, or by what was shipped before") {
  CRM_EVERY_STORE {
    House house(store);
    PlanShare share = share_of(1000);
    share.users = {house.manager, house.other, house.chief};
    share.weights = {1, 1, 4};
    CHECK(amounts(house.db.share_plan(share)) == std::vector<std::int64_t>{167, 167, 666});  // 166.67, 166.67, 666.67

    share.weights.clear();
    share.facts_of = {day("2026-02-01"), day("2026-03-01")};
    CHECK(refusal([&] { house.db.share_plan(share); }) == "M8.no_weights");
    const CompanyId company = house.company("Вектор");
    for (const auto& [user, minor] : {std::pair(house.manager, 300), std::pair(house.manager, -100), std::pair(house.other, 600), std::pair(house.chief, -5)}) {
      Receipt shipment;
      shipment.company = company;
      shipment.kind = Receipt::Kind::shipment;
      shipment.date = day("2026-02-10");
      shipment.amount = Money{minor, Currency("RUB")};
      shipment.user = user;
      house.db.save(shipment);
    }
    CHECK(amounts(house.db.share_plan(share)) == std::vector<std::int64_t>{250, 750, 0});
  }
}

TEST_CASE("what cannot be shared out says why") {
  CRM_EVERY_STORE {
    House house(store);
    PlanShare share = share_of(1000);
    share.users = {house.manager, house.other};
    const auto refused = [&](auto change) {
      PlanShare wrong = share;
      change(wrong);
      return refusal([&] { house.db.share_plan(wrong); });
    };
    CHECK(refused([](PlanShare& s) { s.weights = {1}; }) == "M8.weights");
    CHECK(refused([](PlanShare& s) { s.weights = {1, -1}; }) == "M8.negative_weight");
    CHECK(refused([](PlanShare& s) { s.weights = {0, 0}; }) == "M8.no_weights");
    CHECK(refused([](PlanShare& s) { s.total.amount->minor = -1; }) == "M8.negative_total");
    CHECK(refused([](PlanShare& s) { s.total.amount.reset(); }) == "M8.no_total");
    CHECK(refused([](PlanShare& s) { s.types.resize(1, {1}); }) == "M8.no_type");
    CHECK(refused([](PlanShare& s) { s.users.clear(); }) == "M8.whose");
    CHECK(refused([](PlanShare& s) { s.users.resize(400); s.products.resize(400); }) == "field.range");
    CHECK(refused([](PlanShare& s) {
            s.weights = {1, 1};
            s.facts_of = {*s.total.from, *s.total.to};
          }) == "M8.one_way");
    CHECK(house.db.list<PlanCell>({}).empty());
  }
}

TEST_CASE("plans are set by who is above") {
  CRM_EVERY_STORE {
    House house(store);
    const std::vector<PlanCell> plan{meetings(house.manager, 10)};
    Code code = Code::ok;
    house.db.act_as(house.manager);
    CHECK(refusal([&] { house.db.set_plans(plan); }, &code) == "X5.right");
    CHECK(code == Code::denied);
    house.db.act_as(house.chief);
    CHECK(house.db.set_plans(plan).size() == 1);
  }
}
