#include <boost/json.hpp>

#include "crm/services/filters.hpp"
#include "crm/services/json_door.hpp"
#include "fixture.hpp"

using namespace crm;
using namespace crm::test;

namespace {

std::vector<Id> ids(Crm& db, EntityNo entity, Filter filter) {
  Query query;
  query.entity = entity;
  query.columns = {kId};
  query.filter = std::move(filter);
  std::vector<Id> found;
  Rows rows = db.select(query);
  while (const Cell* cells = rows.next()) found.push_back(cells[0].integer);
  return found;
}

/// First column of a JSON query.
std::vector<Id> asked(Crm& db, const std::string& json) {
  std::vector<Id> found;
  const boost::json::value answer = boost::json::parse(query_json(db, json));
  for (const auto& row : answer.at("rows").as_array()) found.push_back(row.at(0).as_int64());
  return found;
}

}  // namespace

TEST_CASE("effective states partition all events at every moment") {
  CRM_EVERY_STORE {
    House house(store);
    const CompanyId company = house.company("Вектор");
    const EventId tomorrow = house.meet(company, "2026-03-03T10:00:00+07:00").id;
    const EventId held = house.meet(company, "2026-03-01T10:00:00+07:00").id;
    const EventId cancelled = house.meet(company, "2026-03-04T10:00:00+07:00").id;
    const EventId postponed = house.meet(company, "2026-03-05T10:00:00+07:00").id;
    const EventId overdue = house.meet(company, "2026-03-01T12:00:00+07:00").id;
    house.db.act(held, 0, Action::hold);
    ActionRequest request;
    request.reason = "клиент просил";
    house.db.act(cancelled, 0, Action::cancel, request);
    house.db.act(postponed, 0, Action::postpone, request);
    const auto in = [&](EffectiveState state) {
      return ids(house.db, Event::kEntity, where::effective_state({state}, house.now));
    };

    CHECK(in(EffectiveState::planned) == std::vector<Id>{tomorrow.value});
    CHECK(in(EffectiveState::held) == std::vector<Id>{held.value});
    CHECK(in(EffectiveState::cancelled) == std::vector<Id>{cancelled.value});
    CHECK(in(EffectiveState::postponed) == std::vector<Id>{postponed.value});
    CHECK(in(EffectiveState::overdue) == std::vector<Id>{overdue.value});
    CHECK(in(EffectiveState::rescheduled).empty());

    house.now += std::chrono::hours(48);  // now tomorrow's meeting is over; the postponed one has no date to miss
    CHECK(in(EffectiveState::planned).empty());
    CHECK(in(EffectiveState::overdue) == std::vector<Id>{tomorrow.value, overdue.value});
    CHECK(in(EffectiveState::postponed) == std::vector<Id>{postponed.value});
  }
}

TEST_CASE("events are found by product, sphere, classifier node, manager and characteristic of their company") {
  CRM_EVERY_STORE {
    House house(store);
    const CompanyId vector = house.company("Вектор");
    const CompanyId north = house.company("Север");
    const SphereId trade = house.sphere("Торговля");
    const SphereId retail = house.sphere("Розница", trade);
    house.works_in(vector, retail);
    const ProductId cable = house.product("Кабель");
    const EventId first = house.meet(vector, "2026-03-03T10:00:00+07:00", cable).id;
    const EventId second = house.meet(north, "2026-03-04T10:00:00+07:00").id;
    house.db.assign(north, house.other, Assignment::Role::main);
    Classifier tree;
    tree.name = "Группы";
    tree.applies_to = Company::kEntity;
    house.db.save(tree);
    ClassifierNode all_key, key;
    all_key.classifier = tree.id;
    all_key.name = "Ключевые";
    house.db.save(all_key);
    key.classifier = tree.id;
    key.parent = all_key.id;
    key.name = "Ключевые, Сибирь";
    house.db.save(key);
    ClassifierPlacement placement;
    placement.node = key.id;
    placement.record = {Company::kEntity, north.value};
    house.db.save(placement);
    Characteristic shops;
    shops.code = "shops";
    shops.name_ru = "Магазинов";
    shops.applies_to = Company::kEntity;
    shops.kind = Characteristic::Kind::integer;
    house.db.save(shops);
    const Value twelve = std::int64_t{12};
    house.db.set_characteristic({Company::kEntity, vector.value}, "shops", {&twelve, 1});
    const auto events = [&](const std::string& condition) {
      return asked(house.db, R"({"entity": "event", "columns": ["id"], "where": )" + condition + "}");
    };
    const std::vector<Id> of_vector = {first.value};
    const std::vector<Id> of_north = {second.value};

    CHECK(events(R"({"product": )" + std::to_string(cable.value) + "}") == of_vector);
    CHECK(events(R"({"sphere": )" + std::to_string(trade.value) + "}") == of_vector);
    CHECK(events(R"({"classifier_node": )" + std::to_string(all_key.id.value) + "}") == of_north);
    CHECK(events(R"({"manager": )" + std::to_string(house.other.value) + "}") == of_north);
    CHECK(events(R"({"characteristic": "shops", "op": "ge", "value": 10})") == of_vector);
    CHECK(events(R"({"field": "company.name", "value": "Север"})") == of_north);
    CHECK(events(R"({"none": [{"field": "company.name", "value": "Север"}]})") == of_vector);
    CHECK(events(R"({"any": [{"field": "company.name", "value": "Север"}, {"product": )" +
                 std::to_string(cable.value) + "}]}").size() == 2);
    CHECK(events(R"({"field": "state", "value": "planned"})").size() == 2);
    CHECK(events(R"({"field": "start_at", "op": "lt", "value": "2026-03-04T00:00:00+07:00"})") == of_vector);
  }
}

TEST_CASE("keyset pages of a JSON query make up the whole list, also when rows come in between") {
  CRM_EVERY_STORE {
    House house(store);
    const CompanyId company = house.company("Вектор");
    for (const char* start : {"2026-03-05T10:00:00Z", "2026-03-03T10:00:00Z", "2026-03-05T10:00:00Z",
                              "2026-03-04T10:00:00Z", "2026-03-06T10:00:00Z"})
      house.meet(company, start);
    std::vector<Id> paged;
    std::string after = "null";
    for (int page = 0; page < 5; ++page) {
      const auto answer = boost::json::parse(query_json(
          house.db, R"({"entity": "event", "columns": ["id"], "order": ["-start_at"], "limit": 2, "after": )" + after + "}"));
      for (const auto& row : answer.at("rows").as_array()) paged.push_back(row.at(0).as_int64());
      if (page == 0) house.meet(company, "2026-03-07T10:00:00Z");  // before the first page: not seen any more
      if (!answer.as_object().contains("next")) break;
      after = boost::json::serialize(answer.at("next"));
    }

    CHECK(paged == std::vector<Id>{5, 3, 1, 4, 2});
  }
}

TEST_CASE("a prepared query runs with other values and with the clock of the run") {
  CRM_EVERY_STORE {
    House house(store);
    const CompanyId vector = house.company("Вектор");
    const CompanyId north = house.company("Север");
    house.meet(vector, "2026-03-03T10:00:00+07:00");
    house.meet(north, "2026-03-03T10:00:00+07:00");
    PreparedQuery query(house.db, R"({"entity": "event", "columns": ["id"], "where": {"all": [
        {"field": "state", "value": "overdue"}, {"field": "company_id", "value": {"param": 1}}]}})");
    const auto count = [&] {
      Rows rows = query.run(house.db);
      int n = 0;
      while (rows.next()) ++n;
      return n;
    };

    CHECK(refusal([&] { count(); }) == "query.bad");
    query.bind(1, vector.value);
    CHECK(count() == 0);
    house.now += std::chrono::hours(48);
    CHECK(count() == 1);
    query.bind(1, std::int64_t{4321});
    CHECK(count() == 0);
    CHECK(refusal([&] { query.bind(2, std::int64_t{1}); }) == "query.bad");
    CHECK(refusal([&] { query.bind(1, 0.5); }) == "field.type");
  }
}

TEST_CASE("users are found by their classifier") {
  CRM_EVERY_STORE {
    House house(store);
    Classifier tree;
    tree.name = "Бригады";
    tree.applies_to = User::kEntity;
    house.db.save(tree);
    ClassifierNode node;
    node.classifier = tree.id;
    node.name = "Первая";
    house.db.save(node);
    ClassifierPlacement placement;
    placement.node = node.id;
    placement.record = {User::kEntity, house.other.value};
    house.db.save(placement);

    CHECK(asked(house.db, R"({"entity": "user", "columns": ["id"], "where": {"classifier_node": 1}})") ==
          std::vector<Id>{house.other.value});
    placement = {};
    placement.node = node.id;
    placement.record = {Company::kEntity, house.company("Вектор").value};
    CHECK(refusal([&] { house.db.save(placement); }) == "ref.not_allowed");
  }
}

TEST_CASE("a wrong query says what is wrong with it") {
  House house("memory:");
  const std::pair<const char*, const char*> cases[] = {
      {R"({"entity": "klient"})", "entity.unknown"},
      {R"({"columns": ["id"]})", "query.bad"},
      {R"({"entity": "event", "colums": ["id"]})", "query.bad"},
      {R"({"entity": "event", "columns": ["company.nam"]})", "field.unknown"},
      {R"({"entity": "event", "columns": ["a.b.c.d"]})", "field.unknown"},
      {R"({"entity": "event", "where": {"field": "priority", "op": "like", "value": 1}})", "query.bad"},
      {R"({"entity": "event", "where": {"field": "priority", "value": "huge"}})", "json.kind"},
      {R"({"entity": "event", "where": {"field": "state", "value": "asleep"}})", "query.bad"},
      {R"({"entity": "event", "where": {"field": "priority", "op": "contains", "value": "high"}})", "query.bad"},
      {R"({"entity": "product", "where": {"sphere": 1}})", "query.bad"},
      {R"({"entity": "event", "where": {"characteristic": "no", "value": 1}})", "record.not_found"},
      {R"({"entity": "event", "order": ["-start_at"], "after": [1]})", "query.bad"},
      {R"({"entity": "event", "limit": "ten"})", "query.bad"},
      {R"({"entity": )", "json.syntax"},
  };
  for (const auto& [json, rule] : cases) {
    INFO(json);
    CHECK(refusal([&, text = json] { query_json(house.db, text); }) == rule);
  }
}

TEST_CASE("a user keeps his questions; one that cannot be asked is not kept") {
  CRM_EVERY_STORE {
    House house(store);
    SavedFilter mine{{}, 0, house.manager, "мои звонки", R"({"entity": "event", "where": {"field": "state", "value": "overdue"}})"};
    house.db.act_as(house.manager);
    house.db.save(mine);
    CHECK(house.db.list<SavedFilter>({}).size() == 1);
    SavedFilter same = mine;
    same.id = {};
    same.version = 0;
    CHECK(refusal([&] { house.db.save(same); }) == "unique.taken");
    same.name = "чужое";
    same.user = house.chief;
    CHECK(refusal([&] { house.db.save(same); }) == "X5.right");
    same.user = house.manager;
    same.query = R"({"entity": "event", "where": {"field": "no_such", "value": 1}})";
    CHECK(refusal([&] { house.db.save(same); }) == "field.unknown");
    house.db.act_as(house.chief);
    CHECK(house.db.list<SavedFilter>({}).empty());
  }
}
