#include "fixture.hpp"

using namespace crm;
using namespace crm::test;

namespace {

CharacteristicId define(House& house, const char* code, Characteristic::Kind kind, EntityNo applies_to = Company::kEntity,
                        DictionaryId dictionary = {}, bool many = false) {
  Characteristic c;
  c.code = code;
  c.name_ru = code;
  c.applies_to = applies_to;
  c.kind = kind;
  c.dictionary = dictionary;
  c.many = many;
  house.db.save(c);
  return c.id;
}

DictionaryValueId value(House& house, DictionaryId dictionary, const char* text) {
  DictionaryValue v;
  v.dictionary = dictionary;
  v.text = text;
  house.db.save(v);
  return v.id;
}

}  // namespace

TEST_CASE("characteristics of every kind are kept and shown") {
  CRM_EVERY_STORE {
    House house(store);
    const RecordRef company{Company::kEntity, house.company("Вектор").value};
    using K = Characteristic::Kind;
    define(house, "note", K::text);
    define(house, "shops", K::integer);
    define(house, "share", K::decimal);
    define(house, "limit", K::money);
    define(house, "vip", K::boolean);
    define(house, "since", K::date);
    define(house, "opens", K::time);
    const auto set = [&](const char* code, Value v) { house.db.set_characteristic(company, code, {&v, 1}); };

    set("note", std::string("платит в срок"));
    set("shops", std::int64_t{12});
    set("share", std::string("12.5"));
    set("limit", std::string("1500.50"));
    set("vip", std::int64_t{1});
    set("since", std::string("2020-02-29"));
    set("opens", std::int64_t{9} * 3'600'000'000 + 30 * 60'000'000);

    std::vector<std::string> texts;
    for (const CharacteristicOf& c : house.db.characteristics(company)) texts.push_back(c.definition.code + "=" + c.texts.at(0));
    std::ranges::sort(texts);
    CHECK(texts == std::vector<std::string>{"limit=1500.50 RUB", "note=платит в срок", "opens=09:30", "share=12.5",
                                            "shops=12", "since=2020-02-29", "vip=yes"});
  }
}

TEST_CASE("a dictionary gives its values by text or id; a retired one stays where it stands and is not given anew") {
  CRM_EVERY_STORE {
    House house(store);
    Dictionary dictionary;
    dictionary.name = "Регион";
    house.db.save(dictionary);
    const DictionaryValueId siberia = value(house, dictionary.id, "Сибирь");
    value(house, dictionary.id, "Урал");
    define(house, "region", Characteristic::Kind::dictionary, Company::kEntity, dictionary.id, true);
    const RecordRef first{Company::kEntity, house.company("Первая").value};
    const RecordRef second{Company::kEntity, house.company("Вторая").value};
    const std::vector<Value> both = {siberia.value, std::string("Урал")};

    house.db.set_characteristic(first, "region", both);
    REQUIRE(house.db.characteristics(first).size() == 1);
    CHECK(house.db.characteristics(first)[0].texts == std::vector<std::string>{"Сибирь", "Урал"});

    DictionaryValue retired = house.db.load(siberia);
    retired.retired = true;
    house.db.save(retired);
    house.db.set_characteristic(first, "region", both);
    CHECK(refusal([&] { house.db.set_characteristic(second, "region", both); }) == "C6.retired");
    const Value unknown = std::string("Луна");
    CHECK(refusal([&] { house.db.set_characteristic(second, "region", {&unknown, 1}); }) == "C6.dictionary");

    house.db.set_characteristic(first, "region", {});
    CHECK(house.db.characteristics(first).empty());
  }
}

TEST_CASE("a characteristic refuses what is not its own") {
  CRM_EVERY_STORE {
    House house(store);
    define(house, "shops", Characteristic::Kind::integer);
    const RecordRef company{Company::kEntity, house.company("Вектор").value};
    const RecordRef user{User::kEntity, house.manager.value};
    const Value text = std::string("много");
    const Value one = std::int64_t{1};
    const std::vector<Value> two = {one, one};

    CHECK(refusal([&] { house.db.set_characteristic(company, "shops", {&text, 1}); }) == "C6.kind");
    CHECK(refusal([&] { house.db.set_characteristic(company, "shops", two); }) == "C6.single");
    CHECK(refusal([&] { house.db.set_characteristic(user, "shops", {&one, 1}); }) == "C6.applies");
    CHECK(refusal([&] { house.db.set_characteristic(company, "shop", {&one, 1}); }) == "record.not_found");
    CHECK(refusal([&] { define(house, "bad", Characteristic::Kind::dictionary); }) == "C6.dictionary");
    CHECK(refusal([&] { define(house, "shops", Characteristic::Kind::integer); }) == "unique.taken");
  }
}

TEST_CASE("users, employees and events have characteristics as well") {
  CRM_EVERY_STORE {
    House house(store);
    const CompanyId company = house.company("Вектор");
    const Value one = std::int64_t{1};
    for (const RecordRef record : {RecordRef{User::kEntity, house.manager.value},
                                   RecordRef{Employee::kEntity, house.employee(company, "Иванов").value},
                                   RecordRef{Event::kEntity, house.meet(company, "2026-03-03T10:00:00+07:00").id.value}}) {
      const std::string code = "of" + std::to_string(record.entity);
      define(house, code.c_str(), Characteristic::Kind::integer, record.entity);
      house.db.set_characteristic(record, code, {&one, 1});
      CHECK(house.db.characteristics(record).size() == 1);
    }
  }
}
