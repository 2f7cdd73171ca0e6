#include "calls.hpp"

namespace crm::test {
namespace {

constexpr auto kNothing = [](Desk&) {};
constexpr auto kWrites = Does::writes;
constexpr auto kAnywhere = Place::anywhere;

std::int64_t days(const char* iso) { return day(iso).time_since_epoch().count(); }

template <std::int32_t entity>
void load(Desk& on, std::int64_t id) {
  REQUIRE(crm_record_load(on.db, entity, id, &on.record) == CRM_OK);
}

/// An event to be made, with a line.
void make_event(Desk& on) {
  REQUIRE(crm_record_new(on.db, CRM_EVENT, &on.record) == CRM_OK);
  const auto set = [&](std::int32_t field, std::int64_t number) { REQUIRE(crm_record_set_int(on.record, field, number) == CRM_OK); };
  set(CRM_EVENT_TYPE_ID, on.office.meeting.value);
  set(CRM_EVENT_COMPANY_ID, on.office.vektor.value);
  set(CRM_EVENT_EXECUTOR_ID, on.office.manager.value);
  set(CRM_EVENT_SETTER_ID, on.office.chief.value);
  REQUIRE(crm_record_new(on.db, CRM_EVENT_LINE, &on.line) == CRM_OK);
  REQUIRE(crm_record_set_int(on.line, CRM_EVENT_LINE_PRODUCT_ID, on.office.cable.value) == CRM_OK);
}

void set_time(Desk& on, std::int32_t field, const char* iso) {
  REQUIRE(crm_record_set_text(on.record, field, iso, -1) == CRM_OK);
}

const Call kCalls[] = {
    {"crm_starter_set", kWrites, Place::empty_base, kNothing, [](Desk& on) { return crm_starter_set(on.db, CRM_RUSSIAN); }},
    {"crm_record_save", kWrites, kAnywhere,
     [](Desk& on) {
       load<CRM_COMPANY>(on, on.office.vektor.value);
       crm_record_set_text(on.record, CRM_COMPANY_NAME, "Вектор новый", -1);
     },
     [](Desk& on) { return crm_record_save(on.record); }},
    {"crm_record_erase", kWrites, kAnywhere, [](Desk& on) { load<CRM_CONTACT_POINT>(on, on.office.phone.value); },
     [](Desk& on) { return crm_record_erase(on.record); }},
    {"crm_save_json", kWrites, kAnywhere, kNothing,
     [](Desk& on) {
       return crm_save_json(on.db, R"([{"entity": "company", "name": "Новый", "status": "active", "ref": "c", "characteristics": {"heads": 3},
             "external_id": {"system": "1c", "kind": "client", "key": "7"}},
            {"entity": "employee", "company_id": {"$ref": "c"}, "last_name": "Новый"},
            {"entity": "contact_point", "owner_kind": "company", "owner_id": {"$ref": "c"}, "kind": "phone", "value": "+7 383 212-85-06"},
            {"entity": "organisation", "id": 1, "name": "Новая организация"},
            {"entity": "event", "type_id": 1, "company_id": {"$ref": "c"}, "executor_id": 3, "setter_id": 2,
             "start_at": "2026-03-20T10:00:00Z", "lines": [{"product_id": 1}]}])", &on.text);
     }},
    {"crm_characteristic_set_json", kWrites, kAnywhere, kNothing,
     [](Desk& on) { return crm_characteristic_set_json(on.db, CRM_COMPANY, on.office.vektor.value, "heads", "[8]"); }},
    {"crm_company_activate", kWrites, kAnywhere, kNothing, [](Desk& on) { return crm_company_activate(on.db, on.office.draft.value); }},
    {"crm_company_archive", kWrites, kAnywhere, kNothing, [](Desk& on) { return crm_company_archive(on.db, on.office.vektor.value); }},
    {"crm_rescore", kWrites, kAnywhere, kNothing, [](Desk& on) { return crm_rescore(on.db, &on.number); }},
    {"crm_external_link", kWrites, kAnywhere, kNothing,
     [](Desk& on) { return crm_external_link(on.db, "1c", "client", "1", CRM_COMPANY, on.office.vektor.value); }},
    {"crm_assign", kWrites, kAnywhere, kNothing,
     [](Desk& on) {
       return crm_assign(on.db, on.office.vektor.value, on.office.chief.value, CRM_ASSIGNMENT_ROLE_MAIN, CRM_NONE, "дорос", &on.number);
     }},
    {"crm_assignment_end", kWrites, kAnywhere, kNothing,
     [](Desk& on) { return crm_assignment_end(on.db, on.office.assignment.value, days("2026-03-20"), "устал"); }},
    {"crm_dismiss_json", kWrites, kAnywhere, kNothing,
     [](Desk& on) { return crm_dismiss_json(on.db, on.office.manager.value, CRM_NONE, on.office.chief.value, 0, &on.text); }},
    {"crm_user_rehire", kWrites, kAnywhere, kNothing, [](Desk& on) { return crm_user_rehire(on.db, on.office.gone.value, CRM_NONE); }},
    {"crm_event_plan", kWrites, kAnywhere,
     [](Desk& on) {
       make_event(on);
       set_time(on, CRM_EVENT_START_AT, "2026-03-25T10:00:00+07:00");
     },
     [](Desk& on) { return crm_event_plan(on.db, on.record, &on.line, 1); }},
    {"crm_event_record", kWrites, kAnywhere,
     [](Desk& on) {
       make_event(on);
       set_time(on, CRM_EVENT_START_AT, "2026-03-06T10:00:00+07:00");
       set_time(on, CRM_EVENT_RESULT, "поговорили");
     },
     [](Desk& on) { return crm_event_record(on.db, on.record, &on.line, 1); }},
    {"crm_event_act", kWrites, kAnywhere, kNothing,
     [](Desk& on) {
       crm_action action{};
       action.struct_size = sizeof action;
       action.start_at = action.end_at = action.until_day = CRM_NONE;
       action.result = "поговорили";
       return crm_event_act(on.db, on.office.overdue.id.value, 0, CRM_ACTION_HOLD, &action, &on.number);
     }},
    {"crm_event_move", kWrites, kAnywhere, kNothing,
     [](Desk& on) { return crm_event_move(on.db, on.office.coming.id.value, 0, days("2026-03-23"), 600, "занят", &on.number); }},
    {"crm_document_post_json", kWrites, kAnywhere, kNothing,
     [](Desk& on) {
       return crm_document_post_json(on.db, R"({"kind": "invoice", "key": "новый", "revision": 1, "date": "2026-03-04", "company_id": 1,
          "lines": [{"product_id": 1}]})", 0, &on.text);
     }},
    {"crm_document_unpost_json", kWrites, kAnywhere, kNothing,
     [](Desk& on) { return crm_document_unpost_json(on.db, "invoice", "первый", 0, &on.text); }},
    {"crm_address_geocode", kWrites, kAnywhere, kNothing,
     [](Desk& on) { return crm_address_geocode(on.db, on.office.address.value, &on.count); }},
    {"crm_host_answer", kWrites, kAnywhere, kNothing,  // the geocoder calls it
     [](Desk& on) { return crm_address_geocode(on.db, on.office.address.value, &on.count); }},
    {"crm_feed_read_json", Does::steps, Place::not_in_a_unit, kNothing,
     [](Desk& on) { return crm_feed_read_json(on.db, CRM_HOST_FEED_KIND_PRODUCTS, 1, &on.text); }},
    {"crm_plans_set_json", kWrites, kAnywhere, kNothing,
     [](Desk& on) {
       return crm_plans_set_json(on.db, R"({"measure": "events", "events": 100, "user_ids": [2, 3], "product_ids": [1],
            "periods": [["2026-04-01", "2026-05-01"], ["2026-05-01", "2026-06-01"]]})", &on.text);
     }},
    {"crm_tick_json", Does::steps, kAnywhere, [](Desk& on) { crm_clock_set(on.db, at("2026-03-12T09:00:00+07:00").time_since_epoch().count()); },
     [](Desk& on) { return crm_tick_json(on.db, 100, &on.text); }},
    {"crm_notices_claim_json", kWrites, kAnywhere, kNothing, [](Desk& on) { return crm_notices_claim_json(on.db, 100, 60, &on.text); }},
    {"crm_notice_acknowledge", kWrites, kAnywhere, kNothing, [](Desk& on) { return crm_notice_acknowledge(on.db, on.office.claimed.value); }},
    {"crm_notice_fail", kWrites, kAnywhere, kNothing, [](Desk& on) { return crm_notice_fail(on.db, on.office.claimed.value, "нет связи"); }},
    {"crm_organisation_cell_remove_json", kWrites, kAnywhere, kNothing,
     [](Desk& on) { return crm_organisation_cell_remove_json(on.db, on.office.cable.value, on.office.roads.value, 1, &on.text); }},
    {"crm_commit", Does::ends, Place::not_in_a_unit,
     [](Desk& on) {
       REQUIRE(crm_begin(on.db) == CRM_OK);
       const char* answer = nullptr;
       REQUIRE(crm_save_json(on.db, R"([{"entity": "company", "name": "Из единицы", "ref": "c"},
          {"entity": "employee", "company_id": {"$ref": "c"}, "last_name": "Единый"}])", &answer) == CRM_OK);
     },
     [](Desk& on) { return crm_commit(on.db); }},
};

}  // namespace

std::span<const Call> writing_calls() { return kCalls; }

}  // namespace crm::test
