// X5 behind references and before and after a write: by cases what access_walk_test.cpp walks through.
#include "crm/services/filters.hpp"
#include "crm/services/json_door.hpp"
#include "crm/services/loader.hpp"
#include "funnel_fixture.hpp"

using namespace crm;
using namespace crm::test;

namespace {

std::vector<Id> ids(Crm& db, EntityNo entity, std::vector<Path> columns = {}, std::optional<Filter> filter = {}, std::vector<Order> order = {}) {
  Query query;
  query.entity = entity;
  query.columns = {kId};
  query.columns.insert(query.columns.end(), columns.begin(), columns.end());
  query.filter = std::move(filter);
  query.order = std::move(order);
  std::vector<Id> found;
  Rows rows = db.select(query);
  while (const Cell* cells = rows.next()) found.push_back(cells[0].integer);
  return found;
}

std::string told(const std::function<void()>& call) {
  Code code{};
  const std::string rule = refusal(call, &code);
  return rule.empty() ? "done" : std::string(name(code)) + " " + rule;
}

/// The manager had a call at Romb, which is Drugov's; it was given to Drugov, who has held it since. The manager keeps the notice of it.
struct Handed : House {
  explicit Handed(const std::string& store) : House(store) {
    romb = company("Ромб");
    db.assign(romb, other, Assignment::Role::main);
    ivanov = employee(romb, "Иванов");
    Event event;
    event.type = meeting;
    event.company = romb;
    event.contact = ivanov;
    event.executor = manager;
    event.setter = chief;
    event.start = at("2026-03-03T10:00:00+07:00");
    db.plan(event);
    call = event.id;
  }

  void hand_over() {
    ActionRequest request;
    request.executor = other;
    db.act(call, 0, Action::change_executor, request);
    now = at("2026-03-04T09:00:00+07:00");
    request = {};
    request.result = "ТАЙНА: согласны на миллион";
    db.act(call, 0, Action::hold, request);
  }

  CompanyId romb;
  EmployeeId ivanov;
  EventId call;
};

}  // namespace

TEST_CASE("a notice tells nothing of an event that its recipient does not see any more, by no way of asking") {
  CRM_EVERY_STORE {
    Handed house(store);
    house.hand_over();
    const Path result{Notice::kEvent, Event::kResult};
    const Path company_name{Notice::kEvent, Event::kCompany, Company::kName};
    CHECK(ids(house.db, Notice::kEntity, {result}, where::starts_with(result, "ТАЙНА")).size() >= 1);

    house.db.act_as(house.manager);
    const auto notices = ids(house.db, Notice::kEntity);
    REQUIRE_FALSE(notices.empty());
    CHECK_FALSE(house.db.find(Event::kEntity, house.call.value));
    CHECK(ids(house.db, Notice::kEntity, {result}).empty());
    CHECK(ids(house.db, Notice::kEntity, {company_name}).empty());
    CHECK(ids(house.db, Notice::kEntity, {}, where::starts_with(result, "ТАЙНА")).empty());
    CHECK(ids(house.db, Notice::kEntity, {}, where::not_null(result)).empty());
    CHECK(ids(house.db, Notice::kEntity, {}, where::ne(result, std::string("ТАЙНА: согласны на миллион"))) == notices);
    CHECK(ids(house.db, Notice::kEntity, {}, where::is_null(result)) == notices);
    CHECK(ids(house.db, Notice::kEntity, {}, where::exists(Event::kEntity, kId, Notice::kEvent)).empty());
    CHECK(ids(house.db, Notice::kEntity, {}, {}, {{result}}).empty());
    Aggregate most;
    most.entity = Notice::kEntity;
    most.measures = {{Measure::Fn::max, result}};
    CHECK(to_cell(house.db.aggregate(most).rows.at(0).at(0)).is_null());
    // The chief set the event and reads it: his notice of it tells all.
    house.db.act_as(house.chief);
    CHECK(ids(house.db, Notice::kEntity, {result, company_name}) == ids(house.db, Notice::kEntity));
  }
}

TEST_CASE("an event names its company and its contact to who reads it; their phones and posts are those of their cards") {
  CRM_EVERY_STORE {
    Handed house(store);
    house.contact({Company::kEntity, house.romb.value}, ContactPoint::Kind::phone, "+7 383 212-34-56");
    const std::vector<Path> names{{Event::kCompany, Company::kName}, {Event::kContact, Employee::kLastName}};
    const std::vector<Path> cards{{Event::kCompany, Company::kPhone}, {Event::kContact, Employee::kPosition}};
    const std::vector<Id> the_call{house.call.value};

    house.db.act_as(house.manager);  // an open event of his: he sees contacts
    CHECK(ids(house.db, Event::kEntity, names) == the_call);
    CHECK(ids(house.db, Event::kEntity, cards) == the_call);
    CHECK(ids(house.db, Event::kEntity, {{Event::kCompany, Company::kSource}}).empty());

    house.db.act_as(UserId{});
    const UserId watching = house.user("Посторонних");
    Watcher watcher{{}, 0, house.call, watching};
    house.db.save(watcher);
    house.db.act_as(watching);
    CHECK(ids(house.db, Event::kEntity, names) == the_call);
    for (const Path& card : cards) CHECK(ids(house.db, Event::kEntity, {card}).empty());
  }
}

TEST_CASE("a reference to nothing hides nothing: rows without it stay in a list with a column of what it would lead to") {
  CRM_EVERY_STORE {
    Handed house(store);
    EventType errand;
    errand.code = "errand";
    errand.name_ru = "поручение";
    errand.no_company = true;
    house.db.save(errand);
    Event event;
    event.type = errand.id;
    event.executor = house.manager;
    event.start = at("2026-03-05T10:00:00+07:00");
    house.db.plan(event);

    house.db.act_as(house.manager);
    CHECK(ids(house.db, Event::kEntity, {{Event::kCompany, Company::kSource}}) == std::vector<Id>{event.id.value});
  }
}

TEST_CASE("an assignment that has ended names no company to the former manager, a rule no node of another's classifier") {
  CRM_EVERY_STORE {
    Handed house(store);
    house.hand_over();
    Assignment line;
    line.company = house.romb;
    line.user = house.manager;
    line.from = day("2025-01-01");
    line.to = day("2026-01-01");
    house.db.save(line);
    Classifier own;
    own.name = "Для себя";
    own.applies_to = Company::kEntity;
    own.owner = house.other;
    house.db.save(own);
    ClassifierNode node;
    node.classifier = own.id;
    node.name = "Обещал откат";
    house.db.save(node);
    Profile profile;
    profile.name = "Полнота";
    profile.node = node.id;
    house.db.save(profile);

    house.db.act_as(house.manager);
    CHECK(ids(house.db, Assignment::kEntity) == std::vector<Id>{line.id.value});
    CHECK(ids(house.db, Assignment::kEntity, {{Assignment::kCompany, Company::kName}}).empty());
    CHECK(ids(house.db, Profile::kEntity).size() == 1);
    CHECK(ids(house.db, Profile::kEntity, {{Profile::kNode, ClassifierNode::kName}}).empty());
    CHECK(ids(house.db, Profile::kEntity, {{Profile::kNode, ClassifierNode::kClassifier, Classifier::kName}}).empty());
    CHECK(told([&] {
            query_json(house.db, R"({"entity":"company","where":{"classifier":)" + std::to_string(own.id.value) + R"(,"node":)" +
                                     std::to_string(node.id.value) + "}}");
          }) == "not_found record.not_found");
    house.db.act_as(house.other);
    CHECK(ids(house.db, Profile::kEntity, {{Profile::kNode, ClassifierNode::kName}}).size() == 1);
  }
}

TEST_CASE("a path that leads nowhere is told as such to everybody alike") {
  CRM_EVERY_STORE {
    Handed house(store);
    const std::vector<Path> wrong{{Event::kPurpose, Company::kName}, {Event::kCompany, Company::kName, Company::kName}, {Event::kCompany, 999}, {999, kId}};
    for (const Path& path : wrong) {
      const auto asked = [&](UserId asker, bool as_column) {
        house.db.act_as(asker);
        return told([&] {
          ids(house.db, Event::kEntity, as_column ? std::vector{path} : std::vector<Path>(),
              as_column ? std::nullopt : std::optional(where::is_null(path)));
        });
      };
      for (const bool as_column : {false, true}) {
        CHECK(asked(house.manager, as_column) == asked({}, as_column));
        CHECK(asked(house.manager, as_column).starts_with("invalid_argument"));
      }
    }
  }
}

TEST_CASE("a document tells a funnel no deal of an event that the asker does not see") {
  CRM_EVERY_STORE {
    Sales sales(store, Funnel::Case::deal);
    const CompanyId vektor = sales.company("Вектор");
    sales.db.assign(vektor, sales.manager, Assignment::Role::main, day("2026-01-01"));
    const Event call = sales.hold(sales.call, vektor, "2026-02-02", sales.other, {}, {}, "тайный тендер");
    sales.post(sales.shipment, "1", vektor, "2026-02-05");
    EventDocument linked;
    linked.event = call.id;
    linked.document = sales.db.list<HostDocument>({}).at(0).id;
    sales.db.save(linked);
    Role own;
    own.code = "own";
    own.name_ru = "только свои события";
    own.own_events = true;
    sales.db.save(own);
    UserRole given{{}, 0, sales.manager, own.id};
    sales.db.save(given);
    sales.query.with_ids = true;
    CHECK(sales.snapshot("2026-02-28").cases.at(0).key == "тайный тендер");

    sales.db.act_as(sales.manager);
    const FunnelReport report = sales.snapshot("2026-02-28");

    REQUIRE(report.cases.size() == 1);
    CHECK(report.cases[0].key.empty());
    CHECK(report.cases[0].documents == std::vector{linked.document});
  }
}

TEST_CASE("who could not write a row does not take it over: a classifier of all, the organisation's hours and days, a department's plan") {
  CRM_EVERY_STORE {
    House house(store);
    Classifier shared;
    shared.name = "Общий";
    shared.applies_to = Company::kEntity;
    house.db.save(shared);
    WorkingHours monday;
    monday.weekday = 1;
    monday.from_minute = 600;
    monday.to_minute = 720;
    house.db.save(monday);
    CalendarDay holiday;
    holiday.day = day("2026-12-31");
    house.db.save(holiday);
    Department sales;
    sales.name = "Продажи";
    house.db.save(sales);
    Placement place;
    place.user = house.chief;
    place.department = sales.id;
    place.from = day("2020-01-01");
    house.db.save(place);
    PlanCell plan;
    plan.department = sales.id;
    plan.from = day("2026-03-01");
    plan.to = day("2026-04-01");
    plan.events = 10;
    house.db.save(plan);

    house.db.act_as(house.chief);
    const auto taken = [&](auto record, auto change) {
      change(record);
      return told([&] { house.db.save(record); });
    };
    CHECK(taken(shared, [&](Classifier& c) { c.owner = house.chief; }) == "denied X5.right");
    CHECK(taken(monday, [&](WorkingHours& h) { h.user = house.manager; }) == "denied X5.right");
    CHECK(taken(holiday, [&](CalendarDay& d) { d.user = house.manager; }) == "denied X5.right");
    CHECK(taken(plan, [&](PlanCell& p) {
            p.department = {};
            p.user = house.manager;
          }) == "denied X5.right");
    // And gives nothing away that may not be his.
    Classifier own;
    own.name = "Свой";
    own.applies_to = Company::kEntity;
    own.owner = house.chief;
    house.db.save(own);
    CHECK(taken(own, [&](Classifier& c) { c.owner = {}; }) == "denied X5.right");
    CHECK(taken(own, [&](Classifier& c) { c.owner = house.manager; }) == "denied X5.right");
    WorkingHours his = monday;
    his.id = {};
    his.version = 0;
    his.user = house.manager;
    house.db.save(his);
    CHECK(taken(his, [&](WorkingHours& h) { h.user = house.director; }) == "denied X5.right");
    CHECK(taken(his, [&](WorkingHours& h) { h.user = house.other; }) == "done");
  }
}

TEST_CASE("what is not seen answers nothing: another's contact, a removed event, an event to be restored") {
  CRM_EVERY_STORE {
    Handed house(store);
    const CompanyId vektor = house.company("Вектор");
    house.db.assign(vektor, house.manager, Assignment::Role::main);
    house.hand_over();
    const EmployeeId hidden = house.employee(house.romb, "Сидоров");
    Event seen = house.meet(vektor, "2026-03-05T10:00:00+07:00");
    const EventId removed = house.meet(vektor, "2026-03-06T10:00:00+07:00").id;
    house.db.link_external("erp", "task", "7", {Event::kEntity, removed.value});
    house.db.act(removed, 0, Action::remove, because("создано по ошибке"));
    const ProductId product = house.product("Кран");

    house.db.act_as(house.manager);
    Event event = seen;
    event.id = {};
    event.contact = hidden;
    CHECK(told([&] { house.db.plan(event); }) == "invalid_argument ref.missing");
    event.contact = {hidden.value + 100};
    CHECK(told([&] { house.db.plan(event); }) == "invalid_argument ref.missing");
    EventLine line;
    line.event = removed;
    line.product = product;
    CHECK(told([&] { house.db.save(line); }) == "invalid_argument ref.missing");
    CHECK(told([&] { house.db.characteristics({Event::kEntity, removed.value}); }) == "not_found record.not_found");
    CHECK_FALSE(house.db.find_external("erp", "task", "7"));
    AuditQuery done;
    done.record = {Event::kEntity, removed.value};
    CHECK(house.db.audit(done).entries.size() >= 2);  // what was done to it stays his to know
    for (const Version version : {Version{0}, Version{1}}) {
      CHECK(told([&] { house.db.act(house.call, version, Action::restore, {}); }) == "not_found record.not_found");
      CHECK(told([&] { house.db.act({999}, version, Action::restore, {}); }) == "not_found record.not_found");
    }
  }
}

TEST_CASE("a queue of verification holds what its reader sees") {
  CRM_EVERY_STORE {
    Handed house(store);
    house.hand_over();
    house.db.act_as(house.director);
    CHECK(house.db.verification_queue(house.director).size() == 1);
    house.db.act_as(UserId{});
    Role own;
    own.code = "own";
    own.name_ru = "только своё";
    own.scope = Role::Scope::own;
    house.db.save(own);
    UserRole given{{}, 0, house.director, own.id};
    house.db.save(given);
    house.db.act_as(house.director);
    CHECK_FALSE(house.db.find(Event::kEntity, house.call.value));
    CHECK(house.db.verification_queue(house.director).empty());
  }
}

TEST_CASE("a snapshot answers whoever acts as the handle does, and the log of it an administrator") {
  CRM_EVERY_STORE {
    Handed house(store);
    house.hand_over();
    Query query;
    query.entity = Event::kEntity;
    query.columns = {kId};
    Aggregate count;
    count.entity = Event::kEntity;
    count.measures = {{Measure::Fn::count, {}}};
    const auto snapshot = house.db.snapshot();
    const auto events = [&] {
      std::int64_t scanned = 0;
      snapshot->scan(query, [&](const Cell*) { ++scanned; });
      const auto cursor = snapshot->select(query);
      CHECK((cursor->next() != nullptr) == (scanned > 0));
      CHECK(snapshot->find(Event::kEntity, house.call.value).has_value() == (scanned > 0));
      CHECK(to_cell(snapshot->aggregate(count).rows.at(0).at(0)).as_integer() == scanned);
      return scanned;
    };
    CHECK(events() == 1);
    CHECK_FALSE(snapshot->changes(0, 1).empty());
    house.db.act_as(house.manager);
    CHECK(events() == 0);
    CHECK(told([&] { snapshot->changes(0, 1); }) == "denied X5.right");
    house.db.act_as(house.other);
    CHECK(events() == 1);
  }
}

TEST_CASE("a first load is the host's or an administrator's") {
  CRM_EVERY_STORE {
    House house(store);
    house.db.act_as(house.manager);
    CHECK(told([&] { Loader loader(house.db); }) == "denied X5.right");
    CHECK_FALSE(house.db.in_unit());
  }
}
