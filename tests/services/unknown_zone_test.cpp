// A base in which somebody with a newer zone database, or by hand, has written a zone that this build does not know: everything can be read, by
// the clock of UTC; what would store a day of that zone is refused by name, and nothing is changed.
#include "crm/services/json_door.hpp"
#include "fixture.hpp"

using namespace crm;
using namespace crm::test;

namespace {

/// Writes a field past the rules, as a newer library would.
void write(Crm& db, EntityNo entity, Id id, FieldNo field, const char* text) {
  const auto session = db.store().write({0, at("2026-03-02T02:00:00Z")});
  Change change{Do::update, entity, id, session->find(entity, id)->version, {}, {}};
  const Cell cell = Cell::of(text);
  change.fields = {&field, 1};
  change.cells = {&cell, 1};
  session->apply({&change, 1});
  session->commit();
}

/// A client with a manager, a draft, events of this week, one of them all day long in a zone of its own, which is not known either.
struct Atlantis : House {
  explicit Atlantis(const std::string& store) : House(store) {
    client = company("Вектор");
    db.assign(client, manager, Assignment::Role::main, day("2026-01-01"));
    contact({Company::kEntity, client.value}, ContactPoint::Kind::phone, "+7 383 200-10-20");
    planned = meet(client, "2026-03-03T10:00:00+07:00");
    abroad = meet(client, "2026-03-04T10:00:00+07:00");
    db.dismiss(other, day("2026-03-20"));
    write(db, Event::kEntity, abroad.id.value, Event::kZone, "Ocean/Deeper");
    write(db, Organisation::kEntity, 1, Organisation::kZone, "Ocean/Atlantis");
  }

  /// Everything that only reads; throws what any of it throws.
  void read_all() {
    CHECK(db.zone().name() == "Ocean/Atlantis");
    CHECK(db.organisation().zone == "Ocean/Atlantis");
    CHECK(db.today() == day("2026-03-02"));
    CHECK(db.load(client).name == "Вектор");
    CHECK(db.load(abroad.id).zone == "Ocean/Deeper");
    CHECK(db.list<Event>({}).size() == 2);
    CHECK(db.search_contacts("вект").size() == 1);
    CHECK(db.card(client).events.size() == 2);
    db.overdue();
    db.completeness(client);
    for (const auto& asked : {R"({"entity": "event", "columns": ["id", "state", "company.name"], "where": {"manager": 3}})",
                              R"({"entity": "company", "where": {"text": "вект"}})"})
      CHECK_FALSE(query_json(db, asked).empty());
    card_json(db, client, 10);
    completeness_json(db, client);
    contacts_json(db, "вект", 10);
    orphans_json(db, db.today());
    audit_json(db, "{}");
    working_days_json(db, manager, {day("2026-03-01"), day("2026-04-01")});
    for (const auto view : {CalendarQuery::View::day, CalendarQuery::View::week, CalendarQuery::View::month}) {
      CalendarQuery query;
      query.view = view;
      query.day = day("2026-03-04");
      const Calendar calendar = db.calendar(query);
      CHECK(calendar.zone == "Ocean/Atlantis");
      calendar_json(db, calendar);
    }
    user_card_json(db, manager, {});
    pivot_json(db.pivot(pivot_query(R"({"from": "2026-01-01", "to": "2026-04-01", "rows": ["manager"], "columns": ["month"], "figures": ["events"]})")));
    plan_fact_json(db, R"({"from": "2026-01-01", "to": "2026-04-01", "by": ["user"]})");
    receipts_json(db, R"({"from": "2026-01-01", "to": "2026-04-01", "kind": "receipt", "by": ["manager"], "period": "month"})");
    whitespace_json(db, R"({"day": "2026-03-02"})");
    demanded_products_json(db, R"({"from": "2026-01-01", "to": "2026-04-01", "by": "amount"})");
    matrix_json(db, client, db.today());
    db.explain_access(manager, {Company::kEntity, client.value});
  }

  CompanyId client;
  Event planned, abroad;
};

}  // namespace

TEST_CASE("a base of an unknown zone can be read by the host and by its users") {
  CRM_EVERY_STORE {
    Atlantis house(store);

    CHECK(refusal([&] { house.read_all(); }) == "");
    house.db.begin();
    CHECK(refusal([&] { house.read_all(); }) == "");
    house.db.rollback();
    house.db.act_as(house.manager);
    CHECK(house.db.list<Event>({}).size() == 2);
    CHECK(house.db.card(house.client).events.size() == 2);
  }
}

TEST_CASE("what would store a day of an unknown zone is refused by its name") {
  CRM_EVERY_STORE {
    Atlantis house(store);
    const std::string before = audit_json(house.db, "{}");
    Code code{};

    CHECK(refusal([&] { house.meet(house.client, "2026-03-05T10:00:00+07:00"); }, &code) == "time.zone_database");
    CHECK(code == Code::unsupported);
    CHECK(refusal([&] { house.db.act(house.planned.id, 0, Action::postpone, because("отпуск")); }) == "time.zone_database");
    CHECK(refusal([&] { house.db.assign(house.client, house.chief, Assignment::Role::assistant); }) == "time.zone_database");
    CHECK(audit_json(house.db, "{}") == before);
  }
}

TEST_CASE("an unknown zone is not written, but what already has it may be saved, and the organisation given another") {
  CRM_EVERY_STORE {
    Atlantis house(store);
    Organisation organisation = house.db.organisation();
    organisation.draft_days = 60;
    house.db.save(organisation);
    organisation.zone = "Ocean/Lemuria";
    CHECK(refusal([&] { house.db.save(organisation); }) == "time.zone");

    organisation.zone = "Asia/Novosibirsk";
    house.db.save(organisation);
    house.meet(house.client, "2026-03-05T10:00:00+07:00");

    // The event's own zone is still unknown.
    CHECK(refusal([&] { house.db.act(house.abroad.id, 0, Action::hold, because("")); }) == "time.zone_database");
  }
}
