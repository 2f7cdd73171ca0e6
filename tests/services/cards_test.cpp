#include "fixture.hpp"

using namespace crm;
using namespace crm::test;

TEST_CASE("a card shows everything on one client") {
  CRM_EVERY_STORE {
    House house(store);
    const CompanyId company = house.company("ООО \"Вектор\"");
    const EmployeeId person = house.employee(company, "Фёдоров");
    house.contact({Company::kEntity, company.value}, ContactPoint::Kind::site, "vektor.ru");
    house.contact({Employee::kEntity, person.value}, ContactPoint::Kind::phone, "8 (383) 212-34-56");
    LegalEntity legal;
    legal.company = company;
    legal.name = "ООО \"Вектор\"";
    legal.inn = "7707083893";
    house.db.save(legal);
    BankAccount account;
    account.legal_entity = legal.id;
    account.bank = "Сибирский банк";
    house.db.save(account);
    Address address;
    address.company = company;
    address.settlement = "деревня Зелёная";
    house.db.save(address);
    Document document;
    document.owner = {Company::kEntity, company.value};
    document.title = "Договор";
    document.uri = "file:///contracts/1.pdf";
    house.db.save(document);
    house.works_in(company, house.sphere("Розница"));
    house.db.assign(company, house.manager, Assignment::Role::main);
    house.meet(company, "2026-03-03T10:00:00+07:00");
    house.meet(company, "2026-03-05T10:00:00+07:00");

    const Card card = house.db.card(company, 1);

    CHECK(card.company.name == "ООО \"Вектор\"");
    CHECK(card.contacts.size() == 1);
    REQUIRE(card.employees.size() == 1);
    CHECK(card.employees[0].employee.phone == "8 (383) 212-34-56");
    REQUIRE(card.employees[0].contacts.size() == 1);
    CHECK(card.employees[0].contacts[0].key == "+73832123456");
    CHECK(card.employees[0].contacts[0].primary);
    REQUIRE(card.legal_entities.size() == 1);
    CHECK(card.legal_entities[0].accounts.size() == 1);
    CHECK(card.addresses.size() == 1);
    CHECK(card.documents.size() == 1);
    CHECK(card.documents[0].added_at == house.now);
    REQUIRE(card.spheres.size() == 1);
    CHECK(card.spheres[0].name == "Розница");
    REQUIRE(card.managers.size() == 1);
    CHECK(card.managers[0].name == "Менеджеров");
    CHECK(card.managers[0].current);
    REQUIRE(card.events.size() == 1);
    CHECK(card.events[0].start == at("2026-03-05T10:00:00+07:00"));
  }
}

TEST_CASE("an active card never becomes a draft again, an archived one comes back") {
  CRM_EVERY_STORE {
    House house(store);
    const CompanyId id = house.company("Вектор", Company::Status::draft);
    CHECK_FALSE(house.db.load(id).activated_on);

    house.db.activate(id);
    CHECK(house.db.load(id).activated_on == day("2026-03-02"));
    Company company = house.db.load(id);
    company.status = Company::Status::draft;
    CHECK(refusal([&] { house.db.save(company); }) == "card.never_draft_again");

    house.db.archive(id);
    CHECK(house.db.load(id).status == Company::Status::archived);
    house.db.activate(id);
    CHECK(house.db.load(id).status == Company::Status::active);
  }
}

TEST_CASE("a new primary phone takes the place of the old one") {
  CRM_EVERY_STORE {
    House house(store);
    const CompanyId company = house.company("Вектор");
    const RecordRef owner{Company::kEntity, company.value};
    const ContactPoint first = house.contact(owner, ContactPoint::Kind::phone, "+7 383 111-11-11");
    CHECK(first.primary);
    ContactPoint second;
    second.owner = owner;
    second.value = "+7 383 222-22-22";
    second.primary = true;

    house.db.save(second);

    CHECK(house.db.load(company).phone == "+7 383 222-22-22");
    CHECK_FALSE(house.db.load(first.id).primary);
    CHECK(house.db.load(second.id).primary);
  }
}

TEST_CASE("a company loaded before its phones were changed can still be saved") {
  CRM_EVERY_STORE {
    House house(store);
    Company company = house.db.load(house.company("Вектор"));

    house.contact({Company::kEntity, company.id.value}, ContactPoint::Kind::phone, "+7 383 111-11-11");
    company.comment = "позвонить";
    house.db.save(company);

    CHECK(company.phone == "+7 383 111-11-11");
  }
}

TEST_CASE("what the library makes is not taken from the caller") {
  CRM_EVERY_STORE {
    House house(store);
    Company company = house.db.load(house.company("Вектор"));
    company.score = 7;
    company.search_key = "x";
    company.created_at.reset();

    house.db.save(company);

    CHECK(company.score == 100);
    CHECK(company.search_key == "вектор");
    CHECK(company.created_at == house.now);
  }
}

TEST_CASE("two live legal entities with one ИНН and КПП are refused, after the end of the first they are not") {
  CRM_EVERY_STORE {
    House house(store);
    LegalEntity first;
    first.company = house.company("Первая");
    first.name = "Первая";
    first.inn = "7707083893";
    first.kpp = "540101001";
    house.db.save(first);
    LegalEntity second = first;
    second.id = {};
    second.version = 0;
    second.company = house.company("Вторая");

    CHECK(refusal([&] { house.db.save(second); }) == "C2.inn_kpp_taken");

    second.kpp = "540101002";
    house.db.save(second);
    LegalEntity third = first;
    third.id = {};
    third.from = day("2026-05-01");
    CHECK(refusal([&] { house.db.save(third); }) == "C2.inn_kpp_taken");
    first.to = day("2026-05-01");
    house.db.save(first);
    third.version = 0;
    house.db.save(third);
    CHECK(third.id);
  }
}

TEST_CASE("wrong input to a card is refused by its rule and changes nothing") {
  CRM_EVERY_STORE {
    House house(store);
    const CompanyId company = house.company("Вектор");
    const Version before = house.db.store().read()->last_change();
    ContactPoint point;
    point.owner = {Company::kEntity, company.value};
    point.kind = ContactPoint::Kind::email;
    point.value = "ivanov.mail.ru";
    CHECK(refusal([&] { house.db.save(point); }) == "C1.contact_value");
    point.owner = {Product::kEntity, 1};
    CHECK(refusal([&] { house.db.save(point); }) == "ref.missing");
    Employee person;
    person.company = company;
    person.last_name = "Иванов";
    person.birthday = day("1990-01-01");
    person.left_on = day("1980-01-01");
    CHECK(refusal([&] { house.db.save(person); }) == "C4.left_before");
    person = {};
    person.company = company;
    CHECK(refusal([&] { house.db.save(person); }) == "field.required");
    Address address;
    address.company = company;
    address.latitude = 120;
    CHECK(refusal([&] { house.db.save(address); }) == "field.range");
    LegalEntity legal;
    legal.company = company;
    legal.name = "Вектор";
    legal.from = day("2026-03-02");
    legal.to = day("2026-03-01");
    CHECK(refusal([&] { house.db.save(legal); }) == "date.order");
    const Company changed = house.db.load(company);
    CHECK(refusal([&] { house.db.erase(Company::kEntity, company.value, changed.version); }) == "entity.never_erased");
    CHECK(house.db.store().read()->last_change() == before);
  }
}

TEST_CASE("trees refuse a cycle and name it") {
  CRM_EVERY_STORE {
    House house(store);
    const SphereId top = house.sphere("Торговля");
    const SphereId below = house.sphere("Розница", top);
    Sphere sphere = house.db.load(top);
    sphere.parent = below;

    CHECK(refusal([&] { house.db.save(sphere); }) == "C9.cycle");
    User director = house.db.load(house.director);
    director.supervisor = house.manager;
    CHECK(refusal([&] { house.db.save(director); }) == "M6.cycle");
  }
}

TEST_CASE("a unit of work shows its own changes and leaves nothing when rolled back") {
  CRM_EVERY_STORE {
    House house(store);
    house.db.begin();
    const CompanyId company = house.company("Вектор");
    CHECK(house.db.load(company).name == "Вектор");
    CHECK(refusal([&] { house.company(""); }) == "field.required");
    CHECK(refusal([&] { house.db.begin(); }) == "handle.transaction");
    house.db.rollback();

    CHECK_FALSE(house.db.find(Company::kEntity, company.value));
  }
}

TEST_CASE("the host's own ids lead to the record") {
  CRM_EVERY_STORE {
    House house(store);
    const CompanyId company = house.company("Вектор");
    const RecordRef record{Company::kEntity, company.value};

    house.db.link_external("s-market", "counterparty", "К-17", record);
    house.db.link_external("s-market", "counterparty", "К-17", record);

    CHECK(house.db.find_external("s-market", "counterparty", "К-17") == record);
    CHECK_FALSE(house.db.find_external("s-market", "counterparty", "К-18"));
    Code code{};
    CHECK(refusal([&] { house.db.link_external("s-market", "counterparty", "К-17",
                                               {Company::kEntity, house.company("Север").value}); }, &code) == "X12.taken");
    CHECK(code == Code::already_exists);
  }
}

TEST_CASE("every write says in the log who and when") {
  CRM_EVERY_STORE {
    House house(store);
    house.db.act_as(house.manager);
    const CompanyId company = house.company("Вектор");

    house.db.act_as(UserId{});
    auto session = house.db.store().read();
    const auto line = session->change(session->last_change());

    REQUIRE(line);
    CHECK(line->entity == Company::kEntity);
    CHECK(line->id == company.value);
    CHECK(line->stamp.actor == house.manager.value);
    CHECK(line->stamp.at == house.now);
  }
}
