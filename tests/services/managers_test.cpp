#include "fixture.hpp"

using namespace crm;
using namespace crm::test;

TEST_CASE("a new main manager ends the assignment of the old one on that day") {
  CRM_EVERY_STORE {
    House house(store);
    const CompanyId company = house.company("Вектор");
    house.db.assign(company, house.manager, Assignment::Role::main, day("2026-01-01"), "первое закрепление");

    house.db.assign(company, house.other, Assignment::Role::main, day("2026-03-01"));

    const auto on = [&](const char* date) {
      std::vector<UserId> users;
      for (const Assignment& line : house.db.current_managers(company, day(date))) users.push_back(line.user);
      return users;
    };
    CHECK(on("2026-02-28") == std::vector<UserId>{house.manager});
    CHECK(on("2026-03-01") == std::vector<UserId>{house.other});
    CHECK(on("2025-12-31").empty());
    CHECK(house.db.card(company).managers.size() == 2);  // the ledger keeps both
  }
}

TEST_CASE("an assistant stands beside the main manager, a second main one is refused") {
  CRM_EVERY_STORE {
    House house(store);
    const CompanyId company = house.company("Вектор");
    house.db.assign(company, house.manager, Assignment::Role::main);
    house.db.assign(company, house.other, Assignment::Role::assistant);
    CHECK(house.db.current_managers(company, day("2026-03-02")).size() == 2);
    Assignment second;
    second.company = company;
    second.user = house.chief;
    second.from = day("2026-03-10");

    CHECK(refusal([&] { house.db.save(second); }) == "C7.two_mains");
    CHECK(refusal([&] { house.db.assign(company, house.chief, Assignment::Role::assistant, day("2019-01-01")); }) ==
          "C7.user_not_in_service");
  }
}

TEST_CASE("a dismissal hands companies and open events over and keeps everything else") {
  CRM_EVERY_STORE {
    House house(store);
    const CompanyId shared = house.company("Общая");
    const CompanyId alone = house.company("Одна");
    house.db.assign(shared, house.manager, Assignment::Role::main);
    house.db.assign(shared, house.other, Assignment::Role::assistant);
    house.db.assign(alone, house.manager, Assignment::Role::main);
    const EventId open = house.meet(shared, "2026-03-09T10:00:00+07:00").id;
    const EventId held = house.meet(alone, "2026-03-01T10:00:00+07:00").id;
    house.db.act(held, 0, Action::hold);

    const DismissalReport report = house.db.dismiss(house.manager, day("2026-03-02"), house.other);

    CHECK(report.ended.size() == 2);
    CHECK(report.orphans.empty());
    CHECK(house.db.load(house.manager).dismissed == day("2026-03-02"));
    REQUIRE(house.db.current_managers(alone, day("2026-03-02")).size() == 1);
    CHECK(house.db.current_managers(alone, day("2026-03-02"))[0].user == house.other);
    CHECK(house.db.load(open).executor == house.other);
    CHECK(house.db.load(held).executor == house.manager);  // C13: history stays
    CHECK(refusal([&] { house.db.act_as(house.manager); }) == "handle.actor");
    CHECK(refusal([&] { house.db.dismiss(house.manager, day("2026-03-02")); }) == "C7.dismissed_already");
    CHECK(house.db.orphans(day("2026-03-02")).empty());
  }
}

TEST_CASE("without a successor the company goes to another manager, then to the supervisor, else it is an orphan") {
  CRM_EVERY_STORE {
    House house(store);
    const CompanyId shared = house.company("Общая");
    const CompanyId alone = house.company("Одна");
    house.db.assign(shared, house.manager, Assignment::Role::main);
    house.db.assign(shared, house.other, Assignment::Role::assistant);
    house.db.assign(alone, house.manager, Assignment::Role::main);

    house.db.dismiss(house.manager, day("2026-03-02"));
    const auto main_of = [&](CompanyId company) {
      for (const Assignment& line : house.db.current_managers(company, day("2026-03-02")))
        if (line.role == Assignment::Role::main) return line.user;
      return UserId{};
    };
    CHECK(main_of(shared) == house.other);
    CHECK(main_of(alone) == house.chief);

    const CompanyId last = house.company("Последняя");
    house.db.assign(last, house.director, Assignment::Role::main);
    const DismissalReport report = house.db.dismiss(house.director, day("2026-03-02"));
    CHECK(report.orphans == std::vector<CompanyId>{last});
    CHECK(house.db.orphans(day("2026-03-02")) == std::vector<CompanyId>{last});
    CHECK(house.db.load(house.chief).supervisor == UserId{});
  }
}

TEST_CASE("the last administrator and a successor out of service are refused, and nothing moves") {
  CRM_EVERY_STORE {
    House house(store);
    User administrator = house.db.load(house.director);
    administrator.administrator = true;
    house.db.save(administrator);
    const CompanyId company = house.company("Вектор");
    house.db.assign(company, house.manager, Assignment::Role::main);
    house.db.dismiss(house.other, day("2026-03-02"));
    const Version before = house.db.store().read()->last_change();

    CHECK(refusal([&] { house.db.dismiss(house.director, day("2026-03-02")); }) == "C7.last_administrator");
    CHECK(refusal([&] { house.db.dismiss(house.manager, day("2026-03-02"), house.other); }) ==
          "C7.successor_not_in_service");
    CHECK(house.db.store().read()->last_change() == before);
  }
}

TEST_CASE("the chain of supervisors goes up to the top") {
  CRM_EVERY_STORE {
    House house(store);

    CHECK(house.db.supervisors(house.manager) == std::vector<UserId>{house.chief, house.director});
    CHECK(house.db.supervisors(house.director).empty());
  }
}
