#include "crm/services/json_door.hpp"
#include "fixture.hpp"

using namespace crm;
using namespace crm::test;

namespace {

ProfileId profile_of(House& house, std::int32_t threshold) {
  Profile profile;
  profile.name = "Обычный";
  profile.threshold = threshold;
  house.db.save(profile);
  return profile.id;
}

void asks_for(House& house, ProfileId profile, Criterion::Subject subject, std::int32_t weight, bool hard = false) {
  Criterion criterion;
  criterion.profile = profile;
  criterion.subject = subject;
  criterion.weight = weight;
  criterion.hard = hard;
  house.db.save(criterion);
}

void turn_gate(House& house, bool on) {
  Organisation organisation = house.db.organisation();
  organisation.gate = on;
  house.db.save(organisation);
}

}  // namespace

TEST_CASE("the score follows every row of the card") {
  CRM_EVERY_STORE {
    House house(store);
    const ProfileId profile = profile_of(house, 0);
    asks_for(house, profile, Criterion::Subject::phone, 30);
    asks_for(house, profile, Criterion::Subject::employee, 50);
    asks_for(house, profile, Criterion::Subject::current_manager, 20);
    const CompanyId company = house.company("Вектор");
    const auto score = [&] { return house.db.load(company).score; };
    CHECK(score() == 0);

    house.contact({Company::kEntity, company.value}, ContactPoint::Kind::phone, "+7 383 111-11-11");
    CHECK(score() == 30);
    house.employee(company, "Иванов");
    CHECK(score() == 80);
    house.db.assign(company, house.manager, Assignment::Role::main);
    CHECK(score() == 100);
    house.db.dismiss(house.manager, day("2026-03-02"), house.other);
    CHECK(score() == 100);
    CHECK(house.db.completeness(company).score == 100);
  }
}

TEST_CASE("the gate refuses a new active card and says what is missing; a draft is saved") {
  CRM_EVERY_STORE {
    House house(store);
    const ProfileId profile = profile_of(house, 50);
    asks_for(house, profile, Criterion::Subject::phone, 60, true);
    asks_for(house, profile, Criterion::Subject::employee, 40);
    const CompanyId old = house.company("Старая");
    turn_gate(house, true);
    const CompanyId draft = house.company("Новая", Company::Status::draft);
    Code code{};

    CHECK(refusal([&] { house.company("Вектор"); }, &code) == "C11.below_threshold");
    CHECK(code == Code::incomplete);
    CHECK(refusal([&] { house.db.activate(draft); }) == "C11.below_threshold");
    CHECK(house.db.load(draft).status == Company::Status::draft);
    CHECK(house.db.list<Company>({}).size() == 2);

    // An active card that was below before may be saved as long as it becomes no worse.
    Company company = house.db.load(old);
    company.comment = "перезвонить";
    house.db.save(company);
    CHECK(house.db.load(old).comment == "перезвонить");

    // Card and phone in one unit of work are complete together.
    house.db.begin();
    const CompanyId full = house.company("Полная");
    house.contact({Company::kEntity, full.value}, ContactPoint::Kind::phone, "+7 383 111-11-11");
    house.db.commit();
    CHECK(house.db.load(full).score == 60);
    house.db.begin();
    house.company("Пустая");
    CHECK(refusal([&] { house.db.commit(); }) == "C11.below_threshold");
    CHECK_FALSE(house.db.in_unit());
    CHECK(house.db.list<Company>({}).size() == 3);
  }
}

TEST_CASE("simulate tells how many cards a profile would refuse before it is switched on") {
  CRM_EVERY_STORE {
    House house(store);
    house.company("Первая");
    const CompanyId second = house.company("Вторая");
    house.contact({Company::kEntity, second.value}, ContactPoint::Kind::phone, "+7 383 111-11-11");
    house.company("Черновик", Company::Status::draft);
    Profile profile;
    profile.name = "Новый";
    profile.threshold = 100;
    profile.active = false;
    house.db.save(profile);
    asks_for(house, profile.id, Criterion::Subject::phone, 1);

    const Simulation simulation = house.db.simulate(profile.id);

    CHECK(simulation.active == 2);
    CHECK(simulation.refused == 1);
    CHECK(simulation.drafts == 1);
    CHECK(simulation_json(house.db, profile.id).find("\"refused\":1") != std::string::npos);
  }
}

TEST_CASE("a profile of a class of companies takes the place of the default one") {
  CRM_EVERY_STORE {
    House house(store);
    asks_for(house, profile_of(house, 0), Criterion::Subject::phone, 1);
    Classifier tree;
    tree.name = "Группы";
    tree.applies_to = Company::kEntity;
    house.db.save(tree);
    ClassifierNode node;
    node.classifier = tree.id;
    node.name = "Ключевые";
    house.db.save(node);
    Profile special;
    special.name = "Для ключевых";
    special.node = node.id;
    house.db.save(special);
    const CompanyId company = house.company("Вектор");
    CHECK(house.db.load(company).score == 0);
    ClassifierPlacement placement;
    placement.node = node.id;
    placement.record = {Company::kEntity, company.value};

    house.db.save(placement);

    CHECK(house.db.load(company).score == 100);
    CHECK(house.db.completeness(company).profile == special.id);
  }
}

TEST_CASE("stored scores follow a changed profile when they are made anew; one that is asked for is right before") {
  CRM_EVERY_STORE {
    House house(store);
    const CompanyId company = house.company("Вектор");
    asks_for(house, profile_of(house, 0), Criterion::Subject::phone, 1);
    const auto listed = [&] { return house.db.list<Company>({}).at(0).score; };
    CHECK(listed() == 100);
    CHECK(house.db.load(company).score == 0);
    CHECK(house.db.completeness(company).score == 0);

    CHECK(house.db.rescore() == 1);

    CHECK(listed() == 0);
    CHECK(house.db.rescore() == 0);
  }
}

TEST_CASE("wrong weights and thresholds are refused") {
  House house("memory:");
  const ProfileId profile = profile_of(house, 0);
  CHECK(refusal([&] { asks_for(house, profile, Criterion::Subject::phone, 0); }) == "C11.weight");
  CHECK(refusal([&] { asks_for(house, profile, Criterion::Subject::phone, 1001); }) == "C11.weight");
  CHECK(refusal([&] { profile_of(house, 101); }) == "field.range");
}
