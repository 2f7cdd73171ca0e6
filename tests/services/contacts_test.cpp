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

TEST_CASE("signs that people type into a search are those of the card, none a wildcard") {
  CRM_EVERY_STORE {
    House house(store);
    for (const char* name : {"НЕТ_ДА", "скидка 50% сразу", "Ива_нов", "ИП \"Ё*Ж\""}) house.company(name);

    using Names = std::vector<std::string>;
    CHECK(names(house.db, "Т_ДА") == Names{"НЕТ_ДА"});
    CHECK(names(house.db, "нет_да") == Names{"НЕТ_ДА"});
    CHECK(names(house.db, "50% ср") == Names{"скидка 50% сразу"});
    CHECK(names(house.db, "50_ ср") == Names{});
    CHECK(names(house.db, "% с") == Names{"скидка 50% сразу"});
    CHECK(names(house.db, "ва_но") == Names{"Ива_нов"});
    CHECK(names(house.db, "а_н") == Names{"Ива_нов"});
    CHECK(names(house.db, "е*ж\"") == Names{"ИП \"Ё*Ж\""});
    for (const char* nowhere : {"ИП_Иванов", "да_нет", "по%цене", "а%_", "н*т", "\" OR \""}) CHECK(names(house.db, nowhere) == Names{});
  }
}

TEST_CASE("a phone of another country is found by any spelling") {
  CRM_EVERY_STORE {
    House house(store);
    const CompanyId company = house.company("Сибторг");
    const auto phone = [&](const char* last_name, const char* typed) {
      const EmployeeId person = house.employee(company, last_name);
      return house.contact({Employee::kEntity, person.value}, ContactPoint::Kind::phone, typed);
    };
    phone("Шмидт", "+49 30 123456");
    phone("Петров", "8 383 212-34-56");
    const std::vector<std::string> his = {"Шмидт"};
    for (const char* text : {"+49 30 123456", "4930123456", "0049 30 123456", "8~10 49 30 123456", "8-10-49-30-123456",
                             "30/123456", "+49 30 12", "0049 30 12", "8 10 49 30 12"}) {
      INFO(text);
      CHECK(names(house.db, text) == his);
    }
#ifdef CRM_WITH_PHONES
    const ContactPoint hers = house.db.load(phone("Браун", "0049 (0)30 / 654321").id);
    CHECK(hers.value == "0049 (0)30 / 654321");
    CHECK(hers.key == "+4930654321");
    for (const char* text :
         {"+49 30 654321", "+49 (0)30 654321", "0049 (0)30 654321", "8~10 49 30 654321", "0049 30 65"}) {
      INFO(text);
      CHECK(names(house.db, text) == std::vector<std::string>{"Браун"});
    }
#else
    MESSAGE("skipped: a phone typed with the prefix of another country is compared by libphonenumber (CRM_WITH_PHONES)");
#endif
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
