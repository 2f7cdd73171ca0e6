#include "fixture.hpp"

using namespace crm;
using namespace crm::test;

namespace {

std::vector<std::string> names(Crm& db, const char* text) {
  std::vector<std::string> found;
  for (const ContactHit& hit : db.search_contacts(text)) found.push_back(hit.name);
  return found;
}

}  // namespace

TEST_CASE("a person is found by any part of the name, any spelling of the phone and the e-mail") {
  CRM_EVERY_STORE {
    House house(store);
    const CompanyId company = house.company("ООО \"Сибторг\"");
    const EmployeeId person = house.employee(company, "Фёдорова");
    house.employee(company, "Петров");
    house.contact({Employee::kEntity, person.value}, ContactPoint::Kind::phone, "8 (383) 212-34-56");
    house.contact({Employee::kEntity, person.value}, ContactPoint::Kind::email, "Fedorova_a@sib.ru");
    const std::vector<std::string> her = {"Фёдорова"};

    for (const char* text : {"Фёдорова", "ФЕДОРОВА", "едоро", "  федоро ", "8 383 212-34-56", "+7(383)2123456",
                             "73832123456", "2123456", "212-34-56", "fedorova_a", "FEDOROVA_A@SIB.RU", "@sib"}) {
      INFO(text);
      CHECK(names(house.db, text) == her);
    }
    CHECK(names(house.db, "fedorovaXa").empty());  // "_" is a letter here, not any sign
    CHECK(names(house.db, "%").empty());
    CHECK(names(house.db, "").empty());
    CHECK(names(house.db, "сибторг") == std::vector<std::string>{"ООО \"Сибторг\""});
    CHECK(names(house.db, "ро").size() == 2);  // shorter than a trigram
  }
}

TEST_CASE("a search follows a changed name and an erased phone") {
  CRM_EVERY_STORE {
    House house(store);
    const CompanyId company = house.company("Сибторг");
    Employee person = house.db.load(house.employee(company, "Иванова"));
    ContactPoint phone = house.contact({Employee::kEntity, person.id.value}, ContactPoint::Kind::phone, "+7 383 212-34-56");

    person = house.db.load(person.id);
    person.last_name = "Смирнова";
    house.db.save(person);
    CHECK(names(house.db, "иванова").empty());
    CHECK(names(house.db, "смирнова").size() == 1);
    CHECK(names(house.db, "2123456").size() == 1);

    phone = house.db.load(phone.id);
    house.db.erase(ContactPoint::kEntity, phone.id.value, phone.version);
    CHECK(names(house.db, "2123456").empty());
    CHECK(house.db.load(person.id).phone.empty());
  }
}
