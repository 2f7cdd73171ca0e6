// Plan-fact and funnels out of what a handle keeps are those that the store gives: inside a unit of work nothing that is kept is used.
#include <random>

#include "crm/services/json_door.hpp"
#include "funnel_fixture.hpp"

using namespace crm;
using namespace crm::test;

namespace {

struct Trade : Sales {
  Trade(const std::string& store, Funnel::Case case_of) : Sales(store, case_of) {
    for (const char* name : {"Вектор", "Север", "Запад", "Юг"}) clients.push_back(company(name));
    for (const char* name : {"Восток", "Центр", "Окраина"}) clients.push_back(company(name, Company::Status::draft));
    for (const char* name : {"Топор", "Пила", "Рубанок"}) goods.push_back(product(name));
    for (const char* name : {"дороги", "мосты"}) spheres.push_back(sphere(name));
    refused = refusal_of(sale);
    db.host().clock = [] { return at("2026-03-20T09:00:00+07:00"); };
  }

  std::size_t below(std::size_t bound) { return std::uniform_int_distribution<std::size_t>(0, bound - 1)(random); }
  CompanyId client() { return clients[below(clients.size())]; }
  ProductId good() { return goods[below(goods.size())]; }
  UserId person() { return below(2) ? manager : chief; }
  std::string date() { return "2026-0" + std::to_string(1 + below(3)) + "-0" + std::to_string(1 + below(9)); }

  std::vector<EventLine> some_lines() {
    std::vector<EventLine> lines;
    for (std::size_t i = below(3); i > 0; --i) lines.push_back(line(goods[i], static_cast<std::int64_t>(100 * below(50))));
    return lines;
  }

  void hold_one() {
    const EventTypeId types[] = {call, meeting, sale};
    const EventTypeId of = types[below(3)];
    held.push_back(hold(of, client(), date().c_str(), person(), some_lines(), of == sale && below(4) == 0 ? refused : OutcomeId{}).id);
  }

  void receive() {
    Receipt receipt;
    receipt.company = client();
    receipt.kind = below(2) ? Receipt::Kind::receipt : Receipt::Kind::shipment;
    receipt.date = day(date().c_str());
    receipt.amount = Money{static_cast<std::int64_t>(below(100'000)) - 20'000, Currency(below(4) ? "RUB" : "USD")};
    if (below(2)) receipt.product = good();
    if (below(2)) receipt.user = person();
    db.save(receipt);
    receipts.push_back(receipt);
  }

  void plan_one() {
    PlanCell cell;
    cell.user = person();
    if (below(2)) cell.product = good();
    const auto month = static_cast<unsigned>(1 + below(3));
    cell.from = std::chrono::local_days(std::chrono::year(2026) / month / 1);
    cell.to = std::chrono::local_days(std::chrono::year(2026) / (month + 1) / 1);
    if (below(2)) {
      cell.events = static_cast<std::int64_t>(below(20));
    } else {
      cell.measure = PlanCell::Measure::receipts;
      cell.amount = Money{static_cast<std::int64_t>(below(100'000)), Currency("RUB")};
    }
    db.set_plans(std::span(&cell, 1));
  }

  /// What reports follow from beside events, documents, receipts and plans.
  void change_around() {
    switch (below(4)) {
      case 0: {
        CompanySphere works;
        works.company = client();
        works.sphere = spheres[below(spheres.size())];
        if (refusal([&] { db.save(works); }) != "") change_around();
        return;
      }
      case 1: {
        Product one = db.load<Product>(good());
        one.name += "!";
        db.save(one);
        return;
      }
      case 2: {
        User one = db.load<User>(person());
        one.first_name += "а";
        db.save(one);
        return;
      }
      default:
        if (refusal([&] { db.assign(client(), person(), Assignment::Role::main, day(date().c_str())); }) != "") hold_one();
    }
  }

  void change() {
    switch (below(11)) {
      case 9:
      case 10: return change_around();
      case 0:
      case 1: return hold_one();
      case 2: return receive();
      case 3: return plan_one();
      case 4: return post(below(4) ? shipment : rejection, std::to_string(++documents).c_str(), client(), date().c_str(), below(2) ? person() : UserId{});
      case 5: {
        if (held.empty()) return hold_one();
        auto lines = some_lines();
        db.set_lines(held[below(held.size())], 0, lines);
        return;
      }
      case 6: {
        if (held.empty()) return hold_one();
        const std::size_t which = below(held.size());
        db.act(held[which], 0, Action::reopen, because("ошибка"));
        held.erase(held.begin() + static_cast<std::ptrdiff_t>(which));
        return;
      }
      case 7: {
        Company one = db.load<Company>(client());
        if (one.status != Company::Status::draft) return hold_one();
        one.status = Company::Status::active;
        db.save(one);
        return;
      }
      default: {
        if (receipts.empty()) return receive();
        Receipt& one = receipts[below(receipts.size())];
        one.amount = Money{static_cast<std::int64_t>(below(100'000)), Currency("RUB")};
        one.date = day(date().c_str());
        db.save(one);
      }
    }
  }

  std::vector<std::string> answers() {
    std::vector<std::string> told;
    for (const char* by : {R"(["user", "product"])", R"(["department"])", R"(["user", "type"])", "[]"})
      for (const char* measures : {R"(["events", "receipts", "shipments"])", R"(["events", "amount", "new_companies"])"})
        told.push_back(plan_fact_json(db, std::string(R"({"from": "2026-01-01", "to": "2026-04-01", "by": )") + by + R"(, "measures": )" + measures + "}"));
    told.push_back(plan_fact_json(db, R"({"from": "2026-02-01", "to": "2026-03-01", "by": ["user"], "user_id": )" + std::to_string(manager.value) + "}"));
    for (const char* by : {"nothing", "manager", "product", "sphere"})
      for (const char* of : {R"("definition": "snapshot", "as_of": "2026-02-05")", R"("definition": "snapshot")",
                             R"("definition": "active", "from": "2026-02-01", "to": "2026-03-01")",
                             R"("definition": "entry_cohort", "from": "2026-01-01", "to": "2026-02-15")"})
        told.push_back(funnel_json(db, std::string(R"({"funnel": "sales", "by": ")") + by + "\", " + of + "}"));
    return told;
  }

  std::mt19937 random{42};
  std::vector<CompanyId> clients;
  std::vector<ProductId> goods;
  std::vector<SphereId> spheres;
  OutcomeId refused;
  std::vector<EventId> held;
  std::vector<Receipt> receipts;
  int documents = 0;
};

}  // namespace

TEST_CASE("plan-fact and funnel of what is kept are those of the store after every change") {
  CRM_EVERY_STORE {
    for (const auto case_of : {Funnel::Case::company, Funnel::Case::company_product, Funnel::Case::deal}) {
      Trade trade(store, case_of);
      std::vector<std::string> before;
      for (int step = 0; step < 60; ++step) {
        CAPTURE(step);
        trade.change();
        const auto kept = trade.answers();
        trade.db.begin();
        const auto read = trade.answers();
        trade.db.rollback();
        REQUIRE(kept.size() == read.size());
        for (std::size_t i = 0; i < kept.size(); ++i) {
          CAPTURE(i);
          CHECK(kept[i] == read[i]);
        }
        CHECK(trade.answers() == kept);
        if (step == 59) CHECK(kept != before);
        if (step == 0) before = kept;
      }
    }
  }
}
