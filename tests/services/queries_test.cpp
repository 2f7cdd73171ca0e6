// E10: what a query from JSON refuses, and where; null; what a prepared one means when it is run.
#include <boost/json.hpp>

#include "crm/services/json_door.hpp"
#include "fixture.hpp"
#include "place_of.hpp"

using namespace crm;
using namespace crm::test;

namespace {

/// "query.bad at where.all[1].op", or the ids that it found.
std::string asked(Crm& db, const std::string& json) {
  try {
    std::string ids;
    const boost::json::value answer = boost::json::parse(query_json(db, json));
    for (const auto& row : answer.at("rows").as_array()) ids += (ids.empty() ? "" : " ") + boost::json::serialize(row.at(0));
    return ids;
  } catch (const Error& error) {
    if (error.violations().empty()) return error.message();
    std::string told = error.violations().front().rule;
    for (const Violation& violation : error.violations())
      if (violation.rule == "json.place") told += " at " + violation.value;
    return told;
  }
}

std::string companies(Crm& db, const std::string& where) {
  return asked(db, R"({"entity": "company", "columns": ["id"], "where": )" + where + "}");
}

std::string found(Crm& db, PreparedQuery& query) {
  std::string ids;
  Rows rows = query.run(db);
  while (const Cell* cells = rows.next()) ids += (ids.empty() ? "" : " ") + std::to_string(cells[0].integer);
  return ids;
}

Characteristic characteristic(Crm& db, const char* code, Characteristic::Kind kind, DictionaryId dictionary = {}) {
  Characteristic made;
  made.code = code;
  made.name_ru = code;
  made.applies_to = Company::kEntity;
  made.kind = kind;
  made.dictionary = dictionary;
  db.save(made);
  return made;
}

void set(Crm& db, CompanyId company, const char* code, const Value& value) { db.set_characteristic({Company::kEntity, company.value}, code, {&value, 1}); }

/// Companies 1..3 with a source, a number, a text, a region, yes or no; the third has none of them.
struct Described : House {
  explicit Described(Crm made) : House(std::move(made)) {
    Dictionary regions;
    regions.name = "Регионы";
    db.save(regions);
    for (const char* text : {"Сибирь", "Урал"}) {
      DictionaryValue value;
      value.dictionary = regions.id;
      value.text = text;
      db.save(value);
    }
    characteristic(db, "shops", Characteristic::Kind::integer);
    characteristic(db, "motto", Characteristic::Kind::text);
    characteristic(db, "region", Characteristic::Kind::dictionary, regions.id);
    characteristic(db, "chain", Characteristic::Kind::boolean);
    for (const std::int64_t number : {1, 2}) {
      Company one;
      one.name = number == 1 ? "Первая" : "Вторая";
      one.source = number == 1 ? "a" : "b";
      db.save(one);
      set(db, one.id, "shops", number * 10);
      set(db, one.id, "motto", std::string(number == 1 ? "Быстро" : "Надёжно"));
      set(db, one.id, "region", number);
      set(db, one.id, "chain", number - 1);
    }
    company("Третья");
  }
  explicit Described(const std::string& path) : Described(crm::open(path)) {}
};

}  // namespace

TEST_CASE("what a query does not understand is refused with its place") {
  CRM_EVERY_STORE {
    Described house(store);
    const std::pair<const char*, const char*> cases[] = {
        // members nobody asks for
        {R"({"entity": "company", "wher": {}})", "query.bad at wher"},
        {R"({"entity": "company", "where": {"field": "name", "value": "a", "vaule": 3}})", "query.bad at where.vaule"},
        {R"({"entity": "company", "where": {"sphere": 1, "op": "eq"}})", "query.bad at where.op"},
        {R"({"entity": "company", "where": {"sphere": 1, "node": 1}})", "query.bad at where.node"},
        {R"({"entity": "company", "where": {"all": [], "value": 1}})", "query.bad at where.value"},
        {R"({"entity": "company", "where": {"field": "name", "value": {"param": 1, "of": 2}}})", "json.kind at where.value.of"},
        {R"({"entity": "company", "where": {"exists": {"entity": "event", "link": "company_id", "wher": {}}}})", "json.kind at where.exists.wher"},
        // two conditions in one object
        {R"({"entity": "company", "where": {"all": [{"field": "name", "value": "a", "all": []}]}})", "query.bad at where.all[0].field"},
        {R"({"entity": "company", "where": {"any": [], "all": []}})", "query.bad at where.any"},
        {R"({"entity": "company", "where": {"field": "name", "value": "a", "sphere": 1}})", "query.bad at where.sphere"},
        {R"({"entity": "company", "where": {"text": "a", "manager": 1}})", "query.bad at where.manager"},
        {R"({"entity": "company", "where": {}})", "query.bad at where"},
        {R"({"entity": "company", "where": {"none": [{"any": [{"field": "name", "op": "like", "value": "a"}]}]}})", "query.bad at where.none[0].any[0].op"},
        // links
        {R"({"entity": "company", "where": {"exists": {"entity": "event", "link": "company.name"}}})", "query.bad at where.exists.link"},
        {R"({"entity": "company", "where": {"exists": {"entity": "event", "link": "company.supplier"}}})", "query.bad at where.exists.link"},
        {R"({"entity": "company", "where": {"exists": {"entity": "employee", "link": "last_name"}}})", "query.bad at where.exists.link"},
        {R"({"entity": "company", "where": {"exists": {"entity": "event", "link": "executor_id"}}})", "query.bad at where.exists.link"},
        {R"({"entity": "company", "where": {"exists": {"entity": "event", "link": "id"}}})", "query.bad at where.exists.link"},
        {R"({"entity": "company", "where": {"exists": {"entity": "event", "link": "klient_id"}}})", "field.unknown at where.exists.link"},
        {R"({"entity": "company", "where": {"exists": {"entity": "klient", "link": "id"}}})", "entity.unknown at where.exists.entity"},
        {R"({"entity": "user", "where": {"exists": {"entity": "event", "link": "company_id"}}})", "query.bad at where.exists.link"},
        {R"({"entity": "company", "where": {"exists": {"entity": "employee", "link": "company_id", "where": {"exists": {"entity": "event", "link": "company_id"}}}}})",
         "query.bad at where.exists.where.exists.link"},
        // parameters
        {R"({"entity": "company", "where": {"field": "name", "value": {"param": 0}}})", "query.bad at where.value.param"},
        {R"({"entity": "company", "where": {"field": "name", "op": "in", "value": ["a", {"param": 1000}]}})", "query.bad at where.value[1].param"},
        {R"({"entity": "company", "where": {"characteristic": "shops", "value": {"param": 99999999999}}})", "query.bad at where.value.param"},
        {R"({"entity": "company", "where": {"characteristic": "shops", "value": {"param": -1}}})", "query.bad at where.value.param"},
        {R"({"entity": "company", "where": {"sphere": {"param": "1"}}})", "query.bad at where.sphere.param"},
        {R"({"entity": "company", "order": ["name"], "after": ["a", {"param": 1.5}]})", "query.bad at after[1].param"},
        {R"({"entity": "company", "limit": {"param": 1}})", "query.bad at limit"},
        {R"({"entity": "company", "offset": -1})", "query.bad at offset"},
        // a list where one value is taken, none where one is needed
        {R"({"entity": "company", "where": {"field": "name", "value": ["a"]}})", "json.kind at where.value"},
        {R"({"entity": "company", "where": {"field": "name", "op": "in", "value": "a"}})", "query.bad at where.value"},
        {R"({"entity": "company", "where": {"field": "name"}})", "query.bad at where"},
        {R"({"entity": "company", "where": {"field": "score", "op": "lt", "value": null}})", "query.bad at where.value"},
        {R"({"entity": "company", "where": {"field": "id", "value": null}})", "query.bad at where.value"},
        {R"({"entity": "company", "where": {"field": "name", "op": "contains", "value": ""}})", "query.bad at where.value"},
        {R"({"entity": "company", "where": {"field": "name", "op": "is_null", "value": "a"}})", "query.bad at where.value"},
        {R"({"entity": "company", "where": {"characteristic": "shops", "value": []}})", "query.bad at where.value"},
        {R"({"entity": "company", "where": {"characteristic": "shops", "value": [10, 20]}})", "query.bad at where.value"},
        {R"({"entity": "company", "where": {"characteristic": "shops", "op": "in", "value": 10}})", "query.bad at where.value"},
        {R"({"entity": "company", "where": {"characteristic": "shops", "op": "le"}})", "query.bad at where"},
        {R"({"entity": "company", "where": {"characteristic": "shops", "op": "contains", "value": 1}})", "query.bad at where"},
        {R"({"entity": "company", "where": {"characteristic": "shops", "value": "ten"}})", "query.bad at where.value"},
        {R"({"entity": "company", "where": {"characteristic": "motto", "value": 5}})", "query.bad at where.value"},
        {R"({"entity": "company", "where": {"characteristic": "region", "value": "Марс"}})", "query.bad at where"},
        {R"({"entity": "company", "where": {"characteristic": "chain", "value": "yes"}})", "query.bad at where.value"},
        {R"({"entity": "event", "where": {"field": "state", "op": "lt", "value": "held"}})", "query.bad at where"},
        {R"({"entity": "event", "where": {"field": "state", "op": "in", "value": ["held", "asleep"]}})", "query.bad at where.value[1]"},
        {R"({"entity": "event", "where": {"field": "state", "value": ["held"]}})", "query.bad at where.value"},
        // values, names
        {R"({"entity": "company", "where": {"all": [{"field": "status", "value": "huge"}]}})", "json.kind at where.all[0].value"},
        {R"({"entity": "company", "columns": ["id", "nam"]})", "field.unknown at columns[1]"},
        {R"({"entity": "company", "order": ["-nam"]})", "field.unknown at order[0]"},
        {R"({"entity": "company", "order": ["score"], "after": ["much", 1]})", "json.kind at after[0]"},
        {R"({"entity": "company", "order": ["score"], "after": [1, null]})", "query.bad at after[1]"},
        {R"({"entity": "company", "where": {"classifier": 77, "node": 1}})", "record.not_found at where"},
        {R"({"entity": "company", "where": {"characteristic": "no", "value": 1}})", "record.not_found at where.characteristic"},
    };
    for (const auto& [json, wanted] : cases) {
      CAPTURE(json);
      CHECK(asked(house.db, json) == wanted);
    }
  }
}

TEST_CASE("two conditions in one object are both named") {
  House house("memory:");
  try {
    query_json(house.db, R"({"entity": "company", "where": {"field": "name", "value": "a", "sphere": 1}})");
    FAIL("it is refused");
  } catch (const Error& error) {
    CHECK(error.message().find("sphere") != std::string::npos);
    CHECK(error.message().find("field") != std::string::npos);
    CHECK(error.code() == Code::invalid_argument);
  }
}

TEST_CASE("null is what is not filled in, of a field and of a characteristic") {
  CRM_EVERY_STORE {
    Described house(store);
    const std::pair<const char*, const char*> cases[] = {
        {R"({"field": "source", "value": null})", "3"},
        {R"({"field": "source", "op": "ne", "value": null})", "1 2"},
        {R"({"field": "source", "op": "in", "value": ["a", null]})", "1 3"},
        {R"({"field": "source", "op": "in", "value": [null]})", "3"},
        {R"({"none": [{"field": "source", "op": "in", "value": ["a", null]}]})", "2"},
        {R"({"none": [{"field": "source", "value": null}]})", "1 2"},
        {R"({"field": "source", "op": "is_null", "value": null})", "3"},
        {R"({"characteristic": "shops", "op": "is_null"})", "3"},
        {R"({"characteristic": "shops", "op": "not_null"})", "1 2"},
        {R"({"characteristic": "shops", "value": null})", "3"},
        {R"({"characteristic": "shops", "op": "ne", "value": null})", "1 2"},
        {R"({"characteristic": "shops", "op": "in", "value": [10, null]})", "1 3"},
        {R"({"characteristic": "shops", "op": "in", "value": []})", ""},
        {R"({"characteristic": "motto", "op": "is_null"})", "3"},
        {R"({"characteristic": "motto", "op": "not_null"})", "1 2"},
        {R"({"characteristic": "motto", "op": "in", "value": ["быстро", "медленно"]})", "1"},
        {R"({"characteristic": "motto", "op": "contains", "value": "ДЕЖ"})", "2"},
        {R"({"characteristic": "region", "op": "in", "value": ["Урал", null]})", "2 3"},
        {R"({"characteristic": "region", "value": "Сибирь"})", "1"},
        {R"({"characteristic": "chain", "value": true})", "2"},
        {R"({"none": [{"characteristic": "shops", "op": "not_null"}]})", "3"},
    };
    for (const auto& [where, wanted] : cases) {
      CAPTURE(where);
      CHECK(companies(house.db, where) == wanted);
    }
  }
}

TEST_CASE("a link to any record leads to the record around") {
  CRM_EVERY_STORE {
    House house(store);
    const CompanyId company = house.company("Вектор");
    const EmployeeId person = house.employee(company, "Иванов");
    REQUIRE(company.value == person.value);
    house.contact({Employee::kEntity, person.value}, ContactPoint::Kind::email, "ivanov@example.com");
    const std::string exists = R"({"exists": {"entity": "contact_point", "link": "owner_id"}})";

    CHECK(companies(house.db, exists) == "");
    CHECK(asked(house.db, R"({"entity": "employee", "columns": ["id"], "where": )" + exists + "}") == "1");
  }
}

TEST_CASE("parameters are bound wherever a value stands, and null is one of them") {
  CRM_EVERY_STORE {
    Described house(store);
    Crm& db = house.db;
    const auto bound = [&](const char* where, const Value& value) {
      PreparedQuery query(db, std::string(R"({"entity": "company", "columns": ["id"], "where": )") + where + "}");
      query.bind(1, value);
      return found(db, query);
    };
    const Value none;
    const std::string kB = "b";
    CHECK(bound(R"({"field": "source", "value": {"param": 1}})", none) == "3");
    CHECK(bound(R"({"field": "source", "op": "ne", "value": {"param": 1}})", none) == "1 2");
    CHECK(bound(R"({"field": "source", "op": "in", "value": ["a", {"param": 1}]})", none) == "1 3");
    CHECK(bound(R"({"field": "source", "op": "in", "value": ["a", {"param": 1}]})", kB) == "1 2");
    CHECK(bound(R"({"none": [{"field": "source", "value": {"param": 1}}]})", none) == "1 2");
    CHECK(bound(R"({"characteristic": "shops", "value": {"param": 1}})", none) == "3");
    CHECK(bound(R"({"characteristic": "shops", "op": "gt", "value": {"param": 1}})", std::int64_t{10}) == "2");
    CHECK(bound(R"({"characteristic": "shops", "op": "gt", "value": {"param": 1}})", std::string("10")) == "2");
    CHECK(bound(R"({"characteristic": "motto", "value": {"param": 1}})", std::string("НАДЕЖНО")) == "2");
    CHECK(bound(R"({"characteristic": "region", "value": {"param": 1}})", std::string("Урал")) == "2");
    CHECK(bound(R"({"text": {"param": 1}})", std::string("ПЕРВ")) == "1");
    CHECK(bound(R"({"field": "status", "value": {"param": 1}})", std::string("active")) == bound(R"({"field": "status", "value": {"param": 1}})", std::int64_t{static_cast<int>(Company::Status::active)}));

    house.meet({1}, "2026-03-03T10:00:00+07:00");
    PreparedQuery state(db, R"({"entity": "event", "columns": ["id"], "where": {"field": "state", "op": "in", "value": [{"param": 1}, "held"]}})");
    state.bind(1, std::string("planned"));
    CHECK(found(db, state) == "1");
    CHECK(refusal([&] { state.bind(1, std::string("asleep")); }) == "field.type");
    CHECK(found(db, state) == "1");

    const auto refused = [&](const char* where, const Value& value) { return refusal([&] { bound(where, value); }); };
    CHECK(refused(R"({"field": "score", "op": "lt", "value": {"param": 1}})", none) == "query.bad");
    CHECK(refused(R"({"field": "id", "value": {"param": 1}})", none) == "query.bad");
    CHECK(refused(R"({"field": "id", "value": {"param": 1}})", std::string("first")) == "field.type");
    CHECK(refused(R"({"sphere": {"param": 1}})", 0.5) == "field.type");
    CHECK(refused(R"({"characteristic": "motto", "value": {"param": 1}})", std::int64_t{1}) == "field.type");
    CHECK(refused(R"({"characteristic": "region", "value": {"param": 1}})", std::string("Марс")) == "query.bad");
    CHECK(refused(R"({"field": "name", "value": "a"})", none) == "query.bad");
    PreparedQuery region(db, R"({"entity": "company", "where": {"all": [{"characteristic": "region", "value": {"param": 1}}]}})");
    region.bind(1, std::string("Марс"));
    CHECK(place_of([&] { region.run(db); }) == "where.all[0]");
  }
}

TEST_CASE("parameters in after are bound; nulls are the smallest") {
  CRM_EVERY_STORE {
    Described house(store);
    const auto after = [&](const char* order, const Value& first, const Value& id) {
      PreparedQuery query(house.db, std::string(R"({"entity": "company", "columns": ["id"], "order": [")") + order + R"("], "after": [{"param": 1}, {"param": 2}]})");
      query.bind(1, first);
      query.bind(2, id);
      return found(house.db, query);
    };
    const Value none;
    const Value zero = std::int64_t{0};
    CHECK(after("source", none, zero) == "3 1 2");
    CHECK(after("source", none, std::int64_t{3}) == "1 2");
    CHECK(after("source", std::string("a"), std::int64_t{1}) == "2");
    CHECK(after("-source", std::string("a"), std::int64_t{1}) == "3");
    CHECK(after("-source", none, std::int64_t{3}) == "");
    CHECK(after("name", none, zero) == "2 1 3");  // a name is always there: all of them come after null
    CHECK(after("-name", none, zero) == "");
    CHECK(refusal([&] { after("name", std::string("Вторая"), none); }) == "query.bad");
    PreparedQuery unbound(house.db, R"({"entity": "company", "order": ["name"], "after": ["a", {"param": 1}]})");
    Code code{};
    CHECK(refusal([&] { unbound.run(house.db); }, &code) == "query.bad");
    CHECK(code == Code::misuse);
  }
}

TEST_CASE("a prepared query means the day, the tree and the asker of each run") {
  CRM_EVERY_STORE {
    House house(store);
    Crm& db = house.db;
    const CompanyId vector = house.company("Вектор");
    const CompanyId north = house.company("Север");
    const SphereId trade = house.sphere("Торговля");
    house.works_in(vector, trade);
    db.assign(vector, house.other, Assignment::Role::main, day("2026-03-05"));
    Classifier tree;
    tree.name = "Группы";
    tree.applies_to = Company::kEntity;
    tree.owner = house.manager;
    db.save(tree);
    ClassifierNode node;
    node.classifier = tree.id;
    node.name = "Ключевые";
    db.save(node);
    const auto prepared = [&](const std::string& where) {
      return std::make_unique<PreparedQuery>(db, R"({"entity": "company", "columns": ["id"], "where": )" + where + "}");
    };
    const auto sphere = prepared(R"({"sphere": {"param": 1}})");
    sphere->bind(1, trade.value);
    const auto fixed = prepared(R"({"sphere": 1})");
    const auto manager = prepared(R"({"manager": )" + std::to_string(house.other.value) + "}");
    const auto nodes = prepared(R"({"classifier_node": 1})");
    const auto classifier = prepared(R"({"classifier": 1, "node": 1})");
    CHECK(found(db, *sphere) == "1");
    CHECK(found(db, *fixed) == "1");
    CHECK(found(db, *manager) == "");
    CHECK(found(db, *nodes) == "");

    // The tree has changed.
    house.works_in(north, house.sphere("Розница", trade));
    ClassifierNode below;
    below.classifier = tree.id;
    below.parent = node.id;
    below.name = "Сибирь";
    db.save(below);
    ClassifierPlacement placement;
    placement.node = below.id;
    placement.record = {Company::kEntity, north.value};
    db.save(placement);
    CHECK(found(db, *sphere) == "1 2");
    CHECK(found(db, *fixed) == "1 2");
    CHECK(found(db, *nodes) == "2");
    CHECK(found(db, *classifier) == "2");

    // The day has come.
    house.now += std::chrono::hours(24 * 4);
    CHECK(found(db, *manager) == "1");
    db.end_assignment(db.list<Assignment>({}).front().id, day("2026-03-08"), "уходит");
    house.now += std::chrono::hours(24 * 4);
    CHECK(found(db, *manager) == "");

    // Somebody else asks: the classifier is not his.
    db.act_as(house.other);
    CHECK(refusal([&] { found(db, *classifier); }) == "record.not_found");
  }
}

TEST_CASE("a filter saved before is run as it was, and saved again only as it is understood") {
  CRM_EVERY_STORE {
    auto made = store == "memory:" ? open_memory_store(current_schema()) : open_sqlite_store(current_schema(), {.path = store});
    Store* const raw = made.get();
    House house{Crm(std::move(made))};
    house.company("Вектор");
    house.company("Север");
    const std::string where = R"({"field": "name", "op": "starts_with", "value": "В", "not": true, "sphere": 999})";
    const std::string old = R"({"entity": "company", "columns": ["id"], "where": )" + where + "}";
    CHECK(asked(house.db, old) == "query.bad at where.not");
    const SavedFilter saved{{}, 0, house.manager, "старый", old};
    CHECK(refusal([&] { SavedFilter copy = saved; house.db.save(copy); }) == "query.bad");

    const Row row = to_row(saved);
    std::vector<Cell> cells;
    for (const Value& value : row.values) cells.push_back(to_cell(value));
    auto session = raw->write(Stamp{});
    Change change;
    change.entity = SavedFilter::kEntity;
    change.id = session->reserve(SavedFilter::kEntity);
    change.cells = cells;
    session->apply({&change, 1});
    session->commit();

    CHECK(asked(house.db, old) == "1");
    CHECK(asked(house.db, R"({"entity": "company", "columns": ["id"], "limit": 5, "order": ["-name"], "where": )" + where + "}") == "1");
    CHECK(asked(house.db, R"({"entity": "user", "columns": ["id"], "where": )" + where + "}") != "1");
    house.db.act_as(house.manager);
    auto stored = house.db.list<SavedFilter>({}).front();
    stored.name = "новое имя";
    house.db.save(stored);
    stored.query = R"({"entity": "company", "columns": ["id"], "where": {"field": "name", "value": "Вектор", "not": true}})";
    CHECK(refusal([&] { house.db.save(stored); }) == "query.bad");
    house.db.act_as(house.other);  // it is not his
    CHECK(asked(house.db, old) == "query.bad at where.not");
  }
}
