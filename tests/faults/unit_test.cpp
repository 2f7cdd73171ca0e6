// X3: a call that fails inside a unit of work has changed nothing, neither in the base nor in the handle, and the unit goes on.
#include <map>

#include "../../capi/functions.hpp"
#include "conformance/fault.hpp"
#include "conformance/state.hpp"
#include "crm/open.hpp"
#include "crm/services/json_door.hpp"
#include "fixture.hpp"

using namespace crm;
using namespace crm::test;
using conformance::Fault;
using conformance::state_of;

namespace {

/// A store whose calls fail, beneath what uses it; bases made over it are alike to the microsecond.
struct Failing {
  explicit Failing(const std::string& path)
      : store(path == "memory:" ? open_memory_store(current_schema()) : open_sqlite_store(current_schema(), {.path = path})) {}

  Crm made() {
    CrmOptions options;
    options.host.clock = [] { return at("2026-03-01T09:00:00+07:00"); };
    return Crm(conformance::with_fault(*store, fault), std::move(options));
  }

  Fault fault;
  std::unique_ptr<Store> store;
};

/// Something to do for every call: clients with managers, a draft, events planned, held and overdue, notices, plans, matrices, a dismissal
/// that is due, documents with rules.
struct Office : Failing, House {
  explicit Office(const std::string& path) : Failing(path), House(made()) {
    profile();
    HostDocumentKind invoice;
    invoice.code = "invoice";
    invoice.name_ru = "счёт";
    db.save(invoice);
    kind = invoice.id;
    vektor = company("Вектор");
    draft = company("Черновик", Company::Status::draft);
    db.assign(vektor, manager, Assignment::Role::main, day("2026-01-01"));
    person = employee(vektor, "Контактов");
    contact({Company::kEntity, vektor.value}, ContactPoint::Kind::phone, "+7 383 200-10-20");
    cable = product("Кабель");
    roads = sphere("Дороги");
    works_in(vektor, roads);
    Address place;
    place.company = vektor;
    place.settlement = "Новосибирск";
    db.save(place);
    address = place.id;
    db.host().geocode = [](const std::string&) { return GeoPoint{55.03, 82.92}; };
    db.set_characteristic({Company::kEntity, vektor.value}, characteristic(), std::vector<Value>{Id{7}});
    matrices();
    events();
    document_rules();
    db.dismiss(other, day("2026-03-10"));
  }

 private:
  const char* characteristic() {
    Characteristic size;
    size.code = "heads";
    size.name_ru = "Голов";
    size.applies_to = Company::kEntity;
    size.kind = Characteristic::Kind::integer;
    db.save(size);
    return "heads";
  }
  void profile() {
    Profile all;
    all.name = "Все";
    db.save(all);
    Criterion people;
    people.profile = all.id;
    people.subject = Criterion::Subject::employee;
    people.at_least = 2;
    db.save(people);
  }
  void matrices() {
    OrganisationCell cell;
    cell.product = cable;
    cell.sphere = roads;
    db.save(cell);
    UserCell own;
    own.user = manager;
    own.product = cable;
    own.sphere = roads;
    db.save(own);
    PlanCell plan;
    plan.user = manager;
    plan.from = day("2026-03-01");
    plan.to = day("2026-04-01");
    plan.events = 10;
    db.set_plans({&plan, 1});
  }
  void events() {
    first = meet(vektor, "2026-03-03T10:00:00+07:00", cable);
    overdue = meet(vektor, "2026-03-02T10:00:00+07:00");
    now = at("2026-03-12T09:00:00+07:00");  // the first two are overdue, a dismissal has come
    coming = meet(vektor, "2026-03-20T10:00:00+07:00", cable);
    now = at("2026-03-09T09:00:00+07:00");
  }
  void document_rules() {
    for (const DocumentRule::Does does : {DocumentRule::Does::hold, DocumentRule::Does::plan}) {
      DocumentRule rule;
      rule.kind = kind;
      rule.name = "правило";
      rule.does = does;
      rule.type = meeting;
      rule.result = "отгружено";
      rule.purpose = "контроль";
      db.save(rule);
    }
  }

 public:
  HostDocument document(const char* key) {
    HostDocument document;
    document.kind = kind;
    document.key = key;
    document.revision = 1;
    document.date = day("2026-03-04");
    document.company = vektor;
    return document;
  }
  PostingReport post(const char* key) {
    std::vector<HostDocumentLine> lines(1);
    lines[0].product = cable;
    return db.post_document(document(key), lines);
  }

  HostDocumentKindId kind;
  CompanyId vektor, draft;
  EmployeeId person;
  ProductId cable;
  SphereId roads;
  IdOf<Address> address;
  Event first, overdue, coming;
};

/// What the handle answers, out of what it keeps and what it reads.
std::string answers(Office& office) {
  std::string all = query_json(office.db, R"({"entity": "company", "columns": ["name", "status", "score", "search_key"]})");
  all += query_json(office.db, R"({"entity": "event", "columns": ["state", "executor.last_name", "products"]})");
  all += contacts_json(office.db, "200-10-20", 10) + contacts_json(office.db, "новый", 10);
  all += completeness_json(office.db, office.vektor) + office.db.organisation().name;
  return all;
}

/// One that needs another before it makes both as one.
using Call = std::function<void(Office&)>;

const std::map<std::string, Call>& writing_calls() {
  static const std::map<std::string, Call> kCalls = {
      {"crm_starter_set", [](Office&) {}},  // only of an empty base: a case of its own
      {"crm_record_save",
       [](Office& office) {
         Company card = office.db.load(office.vektor);
         card.name = "Вектор новый";
         office.db.save(card);
       }},
      {"crm_record_erase",
       [](Office& office) {
         const auto point = office.db.list<ContactPoint>({}).front();
         office.db.erase(ContactPoint::kEntity, point.id.value, point.version);
       }},
      {"crm_save_json",
       [](Office& office) {
         save_json(office.db, R"([{"entity": "company", "name": "Новый", "status": "active", "ref": "c", "characteristics": {"heads": 3},
             "external_id": {"system": "1c", "kind": "client", "key": "7"}},
            {"entity": "employee", "company_id": {"$ref": "c"}, "last_name": "Новый"},
            {"entity": "organisation", "id": 1, "name": "Новая организация"},
            {"entity": "event", "type_id": 1, "company_id": {"$ref": "c"}, "executor_id": 3, "setter_id": 2,
             "start_at": "2026-03-20T10:00:00Z", "lines": [{"product_id": 1}]}])");
       }},
      {"crm_characteristic_set_json",
       [](Office& office) {
         const std::vector<Value> value{Id{8}};
         office.db.set_characteristic({Company::kEntity, office.vektor.value}, "heads", value);
       }},
      {"crm_company_activate", [](Office& office) { office.db.activate(office.draft); }},
      {"crm_company_archive", [](Office& office) { office.db.archive(office.vektor); }},
      {"crm_rescore", [](Office& office) { office.db.rescore(); }},
      {"crm_external_link", [](Office& office) { office.db.link_external("1c", "client", "1", {Company::kEntity, office.vektor.value}); }},
      {"crm_assign", [](Office& office) { office.db.assign(office.vektor, office.chief, Assignment::Role::main); }},
      {"crm_assignment_end",
       [](Office& office) { office.db.end_assignment(office.db.list<Assignment>({}).front().id, day("2026-03-20"), "устал"); }},
      {"crm_dismiss_json", [](Office& office) { office.db.dismiss(office.manager, office.db.today(), office.chief); }},
      {"crm_user_rehire",
       [](Office& office) {
         office.db.as_one([&] {
           office.db.dismiss(office.manager, office.db.today());
           office.db.rehire(office.manager, office.db.today());
         });
       }},
      {"crm_event_plan", [](Office& office) { office.meet(office.vektor, "2026-03-25T10:00:00+07:00", office.cable); }},
      {"crm_event_record",
       [](Office& office) {
         Event event = office.first;
         event.result = "поговорили";
         std::vector<EventLine> lines(1);
         lines[0].product = office.cable;
         event.id = {};
         office.db.record(event, lines);
       }},
      {"crm_event_act",
       [](Office& office) {
         ActionRequest request;
         request.result = "поговорили";
         office.db.act(office.first.id, 0, Action::hold, request);
       }},
      {"crm_event_move",
       [](Office& office) { office.db.move_event(office.coming.id, 0, {day("2026-03-23"), 600}, "занят"); }},
      {"crm_document_post_json", [](Office& office) { office.post("новый"); }},
      {"crm_document_unpost_json",
       [](Office& office) {
         office.db.as_one([&] {
           office.post("второй");
           office.db.unpost_document(office.kind, "второй");
         });
       }},
      {"crm_address_geocode", [](Office& office) { office.db.geocode(office.address); }},
      {"crm_feed_read_json",
       [](Office& office) {
         if (office.db.in_unit()) return;  // it begins units of its own
         office.db.host().products = [](const std::string&) {
           return FeedPage{R"([{"entity": "product", "name": "Лампа", "external_id": {"system": "1c", "kind": "goods", "key": "1"}},
                               {"entity": "company", "name": "Север", "ref": "c"},
                               {"entity": "employee", "company_id": {"$ref": "c"}, "last_name": "Северов"}])", "1", false};
         };
         office.db.read_feed(HostFeed::Feed::products);
       }},
      {"crm_plans_set_json",
       [](Office& office) {
         set_plans_json(office.db, R"({"measure": "events", "events": 100, "user_ids": [2, 3], "product_ids": [1],
            "periods": [["2026-04-01", "2026-05-01"], ["2026-05-01", "2026-06-01"]]})");
       }},
      {"crm_tick_json",
       [](Office& office) {
         office.now = at("2026-03-12T09:00:00+07:00");
         office.db.tick();
       }},
      {"crm_notices_claim_json", [](Office& office) { office.db.claim_notices(); }},
      {"crm_notice_acknowledge",
       [](Office& office) {
         office.db.as_one([&] {
           const auto taken = office.db.claim_notices(1);
           office.db.acknowledge_notice(taken.at(0).notice.id);
         });
       }},
      {"crm_notice_fail",
       [](Office& office) {
         office.db.as_one([&] {
           const auto taken = office.db.claim_notices(1);
           office.db.fail_notice(taken.at(0).notice.id, "нет связи");
         });
       }},
      {"crm_organisation_cell_remove_json", [](Office& office) { office.db.remove_organisation_cell(office.cable, office.roads, true); }},
  };
  return kCalls;
}

bool is_made_in_a_unit(const std::string& name) { return name != "crm_starter_set" && name != "crm_feed_read_json"; }

/// Calls that only ask, or are about the handle itself.
bool only_asks(std::string_view name) {
  static constexpr std::string_view kAsk[] = {
      "crm_version", "crm_status_name", "crm_entity_no", "crm_field_no", "crm_open", "crm_open_store", "crm_open_joined", "crm_close",
      "crm_thread_take", "crm_interrupt", "crm_act_as", "crm_act_as_login", "crm_clock_set", "crm_clock_reset", "crm_now", "crm_today", "crm_day_start",
      "crm_language_set", "crm_schema_json", "crm_date_parse", "crm_instant_parse", "crm_date_text", "crm_local_text", "crm_error_code",
      "crm_error_message", "crm_error_json", "crm_warnings_json", "crm_begin", "crm_commit", "crm_rollback", "crm_snapshot_open",
      "crm_snapshot_close", "crm_record_new", "crm_record_load", "crm_record_close", "crm_record_entity", "crm_record_id",
      "crm_record_version", "crm_record_is_null", "crm_record_int", "crm_record_real", "crm_record_text", "crm_record_json",
      "crm_query_json", "crm_query_new", "crm_query_close", "crm_query_rows_json", "crm_query_run", "crm_characteristics_json",
      "crm_map_links_json", "crm_address_split_json", "crm_card_json", "crm_completeness_json", "crm_simulate_json", "crm_contacts_json",
      "crm_external_find", "crm_portfolio_json", "crm_classifier_counts_json", "crm_orphans_json", "crm_working_days_json",
      "crm_audit_json", "crm_access_explain_json", "crm_event_in_cell_json", "crm_calendar_json", "crm_calendar_svg", "crm_calendar_html",
      "crm_host_set", "crm_host_answer", "crm_pivot_json", "crm_pivot_csv", "crm_pivot_facts_json", "crm_chart_svg", "crm_report_html",
      "crm_load_by_day_json", "crm_staff_json", "crm_user_card_json", "crm_verification_queue_json", "crm_matrix_json",
      "crm_matrix_explain_json", "crm_whitespace_json", "crm_underserved_json", "crm_demanded_products_json", "crm_company_matrices_json",
      "crm_funnel_json", "crm_plan_fact_json", "crm_plan_fact_ids_json", "crm_receipts_json"};
  static constexpr std::string_view kGroups[] = {"crm_violation_", "crm_record_set_", "crm_query_bind_", "crm_cursor_", "crm_text_"};
  return std::ranges::find(kAsk, name) != std::end(kAsk) ||
         std::ranges::any_of(kGroups, [&](std::string_view group) { return name.starts_with(group); });
}

/// What stands before the call in its unit of work: a card touched, an event made.
void begin(Office& office) {
  office.db.begin();
  Company card = office.db.load(office.vektor);
  card.comment = "до вызова";
  office.db.save(card);
  office.meet(office.vektor, "2026-03-27T10:00:00+07:00");
}

}  // namespace

TEST_CASE("every function of the C ABI is known to write or to ask") {
  for (const capi::Function& function : capi::functions()) {
    CAPTURE(function.name);
    CHECK(writing_calls().contains(function.name) != only_asks(function.name));
  }
}

/// Fails the call at its first store call, its second one, ..., until it succeeds; each time nothing has changed. How often it failed.
static int fail_everywhere(Office& office, const Call& call) {
  const Instant noon = office.now;
  const auto before = state_of(*office.store);
  const std::string told = answers(office);
  for (int failures = 0;; ++failures) {
    office.now = noon;
    office.fault = Fault{failures};
    Code code = Code::ok;
    const std::string rule = refusal([&] { call(office); }, &code);
    office.fault = Fault{};
    if (rule.empty()) return failures;
    CAPTURE(failures);
    REQUIRE(rule == "fault");
    REQUIRE(code == Code::storage);
    REQUIRE(state_of(*office.store) == before);
    if (failures % 7 == 0) REQUIRE(answers(office) == told);
  }
}

static void check_alike(Office& office, Office& lucky) {
  CHECK(state_of(*office.store) == state_of(*lucky.store));
  CHECK(answers(office) == answers(lucky));
}

TEST_CASE("a call that fails at any store call inside a unit of work has changed nothing, and the unit ends as if it had not been made") {
  for (const std::string& path : stores())
    for (const auto& [name, call] : writing_calls()) {
      CAPTURE(path);
      CAPTURE(name);
      Office office(path), lucky(path);
      begin(office);
      begin(lucky);

      const int failures = fail_everywhere(office, call);
      call(lucky);

      CHECK(failures > (is_made_in_a_unit(name) ? 3 : -1));
      check_alike(office, lucky);
      office.db.commit();
      lucky.db.commit();
      check_alike(office, lucky);
    }
}

TEST_CASE("a call that fails at any store call outside a unit of work has changed nothing") {
  for (const std::string& path : stores())
    for (const auto& [name, call] : writing_calls()) {
      if (name == "crm_tick_json") continue;  // each of its steps is a unit of its own
      CAPTURE(path);
      CAPTURE(name);
      Office office(path), lucky(path);

      fail_everywhere(office, call);
      call(lucky);

      check_alike(office, lucky);
    }
}

TEST_CASE("a starter set that fails at any store call leaves the base empty") {
  for (const std::string& path : stores())
    for (const bool in_unit : {false, true}) {
      CAPTURE(path);
      CAPTURE(in_unit);
      Failing base(path);
      Crm db = base.made();
      if (in_unit) db.begin();
      const auto before = state_of(*base.store);
      int failures = 0;
      for (;; ++failures) {
        base.fault = Fault{failures};
        const std::string rule = refusal([&] { db.fill_starter_set(Language::russian); });
        base.fault = Fault{};
        if (rule.empty()) break;
        REQUIRE(rule == "fault");
        REQUIRE(state_of(*base.store) == before);
      }
      CHECK(failures > 3);
      CHECK(db.list<Role>({}).size() > 2);
    }
}

TEST_CASE("nobody begins or ends a unit of work inside a call of it") {
  CRM_EVERY_STORE {
    House house(store);
    for (const bool in_unit : {false, true}) {
      if (in_unit) house.db.begin();
      CHECK(refusal([&] { house.db.as_one([&] { house.db.rollback(); }); }) == "handle.transaction");
      CHECK(refusal([&] { house.db.as_one([&] { house.company("Вектор"), house.db.commit(); }); }) == "handle.transaction");
      CHECK(refusal([&] { house.db.as_one([&] { house.db.begin(); }); }) == "handle.transaction");
      CHECK(house.db.in_unit() == in_unit);
    }
    house.company("Север");
    house.db.commit();
    CHECK(house.db.list<Company>({}).size() == 1);
  }
}

TEST_CASE("where the store has no way back, a call that fails loses the unit of work, which every call tells until it is rolled back") {
  Failing base("memory:");
  base.fault.goes_back = false;
  Crm db = base.made();
  Company card;
  card.name = "До";
  db.save(card);
  const auto before = state_of(*base.store);
  db.begin();
  db.save(card);

  CHECK(refusal([&] { save_json(db, R"([{"entity": "company", "name": "Новый"}, {"entity": "company", "name": ""}])"); }) == "field.required");

  CHECK(refusal([&] { db.save(card); }) == "store.unit_lost");
  CHECK(refusal([&] { db.list<Company>({}); }) == "store.unit_lost");
  CHECK(refusal([&] { query_json(db, R"({"entity": "company", "columns": ["name"]})"); }) == "store.unit_lost");
  CHECK(refusal([&] { db.as_one([] {}); }) == "store.unit_lost");
  SUBCASE("rolled back") { db.rollback(); }
  SUBCASE("committed all the same") { CHECK(refusal([&] { db.commit(); }) == "store.unit_lost"); }
  CHECK(state_of(*base.store) == before);
  CHECK(refusal([&] { db.save(card); }) == "");
}
