// A batch of many rows of one owner costs by their number: what follows from all of them is made once, not for each.
#include <string>

#include "conformance/fault.hpp"
#include "crm/services/json_door.hpp"
#include "fixture.hpp"

using namespace crm;
using namespace crm::test;

namespace {

/// Rows and calls that a store is asked for while `count` records are saved in one batch; a `#` in a record is its number.
int cost(const std::string& before, const std::string& record, int count) {
  const auto store = open_memory_store(current_schema());
  conformance::Fault fault;
  Crm db(conformance::with_fault(*store, fault), {});
  db.fill_starter_set(Language::russian);
  std::string batch = "[" + before;
  for (int i = 1; i <= count; ++i) {
    batch += batch.size() > 1 ? "," : "";
    for (const char sign : record) batch += sign == '#' ? std::to_string(i) : std::string(1, sign);
  }
  fault.calls = 0;
  try {
    save_json(db, batch + "]");
  } catch (const Error& e) {
    FAIL(std::string(e.what()));
  }
  return fault.calls;
}

const char* const kCompany = R"({"entity": "company", "name": "Вектор", "ref": "c"})";
const char* const kPerson = R"({"entity": "user", "last_name": "А", "ref": "u"}, {"entity": "company", "name": "Вектор", "ref": "c"})";
const struct {
  const char* name;
  const char* before;
  const char* record;
} kBatches[] = {
    {"contact points of a company", kCompany,
     R"({"entity": "contact_point", "owner_kind": "company", "owner_id": {"$ref": "c"}, "kind": "phone", "value": "+7 383 100#"})"},
    {"contact points of which each is to be the primary one", kCompany,
     R"({"entity": "contact_point", "owner_kind": "company", "owner_id": {"$ref": "c"}, "kind": "email", "value": "a#@b.ru", "is_primary": true})"},
    {"contact points with external ids", kCompany,
     R"({"entity": "contact_point", "owner_kind": "company", "owner_id": {"$ref": "c"}, "kind": "phone", "value": "+7 383 100#",
         "external_id": {"system": "s", "kind": "k", "key": "#"}})"},
    {"contact points of a user", kPerson,
     R"({"entity": "contact_point", "owner_kind": "user", "owner_id": {"$ref": "u"}, "kind": "phone", "value": "+7 383 100#"})"},
    {"addresses", kCompany, R"({"entity": "address", "company_id": {"$ref": "c"}, "settlement": "Томск", "house": "#"})"},
    {"documents", kCompany, R"({"entity": "document", "owner_kind": "company", "owner_id": {"$ref": "c"}, "title": "#", "uri": "file:#"})"},
    {"employees", kCompany, R"({"entity": "employee", "company_id": {"$ref": "c"}, "last_name": "Сотрудник #"})"},
    {"assignments", kPerson,
     R"({"entity": "assignment", "company_id": {"$ref": "c"}, "user_id": {"$ref": "u"}, "role": "assistant", "from_date": "2026-01-01"})"},
    {"spheres one under another", R"({"entity": "sphere", "name": "a", "ref": "s"})", R"({"entity": "sphere", "name": "s#", "parent_id": {"$ref": "s"}})"},
    {"products one under another", R"({"entity": "product", "name": "a", "ref": "s"})", R"({"entity": "product", "name": "s#", "parent_id": {"$ref": "s"}})"},
    {"cells of the organisation", R"({"entity": "sphere", "name": "a", "ref": "s"})",
     R"({"entity": "product", "name": "p#", "ref": "p"}, {"entity": "organisation_cell", "product_id": {"$ref": "p"}, "sphere_id": {"$ref": "s"}})"},
    {"characteristics", R"({"entity": "company", "name": "c", "ref": "c"})",
     R"({"entity": "characteristic", "code": "c#", "name_ru": "c", "applies_to": "company", "kind": "integer"},
        {"entity": "company", "id": {"$ref": "c"}, "characteristics": {"c#": 1}})"},
};

}  // namespace

TEST_CASE("a batch of many rows of one owner costs by their number") {
  for (const auto& batch : kBatches) {
    INFO(std::string(batch.name));
    const int at_20 = cost(batch.before, batch.record, 20), at_40 = cost(batch.before, batch.record, 40), at_80 = cost(batch.before, batch.record, 80);
    INFO(at_20, " ", at_40, " ", at_80);
    CHECK(at_80 - at_40 <= 2 * (at_40 - at_20) + 20);
  }
}

TEST_CASE("what follows from contact points stays due when the call that has written it goes back") {
  CRM_EVERY_STORE {
    House house(store);
    Company company = house.db.load(house.company("Вектор"));
    house.db.begin();
    ContactPoint phone;
    phone.owner = {Company::kEntity, company.id.value};
    phone.kind = ContactPoint::Kind::phone;
    phone.value = "+7 383 200-10-20";
    house.db.save(phone);
    const std::string id = std::to_string(company.id.value);
    CHECK_THROWS_AS(save_json(house.db, R"([{"entity": "company", "id": )" + id + R"(, "comment": "х"}, {"entity": "company", "name": ""}])"), Error);
    house.db.commit();

    CHECK(house.db.load(company.id).phone == phone.value);
    CHECK(house.db.search_contacts("383 200-10-20").size() == 1);
  }
}
