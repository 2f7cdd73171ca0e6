#include "calls.hpp"

namespace crm::test {
namespace {

constexpr auto kNothing = [](Desk&) {};
constexpr auto kAsks = Does::asks;
constexpr auto kEnds = Does::ends;
constexpr auto kAnywhere = Place::anywhere;
constexpr auto kAlone = Place::not_in_a_unit;

std::int64_t days(const char* iso) { return day(iso).time_since_epoch().count(); }

constexpr const char* kCompanies = R"({"entity": "company", "columns": ["id", "name", "score"], "where": {"field": "status", "value": {"param": 1}},
  "order": ["name"]})";
constexpr const char* kMarch = R"({"from": "2026-03-01", "to": "2026-04-01", "rows": ["manager"], "columns": ["month"], "figures": ["events"]})";

void load(Desk& on) { REQUIRE(crm_record_load(on.db, CRM_COMPANY, on.office.vektor.value, &on.record) == CRM_OK); }

void ask(Desk& on) {
  REQUIRE(crm_query_new(on.db, kCompanies, &on.query) == CRM_OK);
  REQUIRE(crm_query_bind_text(on.query, 1, "active", -1) == CRM_OK);
}

void ask_by_latitude(Desk& on) {
  REQUIRE(crm_query_new(on.db, R"({"entity": "address", "columns": ["id"], "where": {"field": "latitude", "op": "ge", "value": {"param": 1}}})", &on.query) ==
          CRM_OK);
}

void ask_by_name(Desk& on) {
  REQUIRE(crm_query_new(on.db, R"({"entity": "company", "columns": ["name"], "where": {"field": "name", "value": {"param": 1}}})", &on.query) == CRM_OK);
}

void run(Desk& on) {
  ask(on);
  REQUIRE(crm_query_run(on.query, &on.cursor) == CRM_OK);
}

void step(Desk& on) {
  run(on);
  std::int32_t more = 0;
  REQUIRE(crm_cursor_next(on.cursor, &more) == CRM_OK);
}

/// A call that is refused, so that there is an error to tell of.
void err(Desk& on) {
  REQUIRE(crm_record_load(on.db, CRM_COMPANY, 999999, &on.record) == CRM_NOT_FOUND);
}

/// Of a function that answers a text.
std::int32_t given(Desk& on, const char* text) {
  on.text = text;
  return text ? CRM_OK : CRM_OUT_OF_MEMORY;
}

/// Of a function that answers a number.
std::int32_t told(Desk& on, std::int64_t number) {
  on.number = number;
  return CRM_OK;
}

std::int32_t told_real(Desk& on, double number) {
  on.real = number;
  return CRM_OK;
}

crm_options options() {
  crm_options options{};
  options.struct_size = sizeof options;
  options.create_file = 1;
  return options;
}

#define CRM_ASKS(function, ...) {#function, kAsks, kAnywhere, kNothing, [](Desk& on) { return function(on.db, __VA_ARGS__); }}

const Call kCalls[] = {
    {"crm_version", kAsks, kAnywhere, kNothing, [](Desk& on) { return given(on, crm_version()); }},
    {"crm_status_name", kAsks, kAnywhere, kNothing, [](Desk& on) { return given(on, crm_status_name(CRM_CONFLICT)); }},
    {"crm_entity_no", kAsks, kAnywhere, kNothing, [](Desk& on) { return told(on, crm_entity_no("company")); }},
    {"crm_field_no", kAsks, kAnywhere, kNothing, [](Desk& on) { return told(on, crm_field_no(CRM_COMPANY, "short_name")); }},
    {"crm_open", kEnds, kAlone, kNothing,
     [](Desk& on) {
       const crm_options how = options();
       return crm_open(on.file.empty() ? "memory:" : on.file.c_str(), &how, &on.second);
     }},
    {"crm_open_store", kEnds, kAlone,
     [](Desk& on) {
       on.hosts_rows = host_base_new();
       host_store_with_marks(on.hosts_rows, &on.store);
     },
     [](Desk& on) {
       const crm_options how = options();
       return crm_open_store(&on.store, &how, &on.second);
     }},
    {"crm_open_joined", kEnds, kAlone, [](Desk& on) { REQUIRE(sqlite3_open(":memory:", &on.hosts) == SQLITE_OK); },
     [](Desk& on) {
       const crm_options how = options();
       return crm_open_joined(on.hosts, &how, &on.second);
     }},
    {"crm_close", kEnds, kAlone,
     [](Desk& on) {
       const crm_options how = options();
       REQUIRE(crm_open(on.file.empty() ? "memory:" : on.file.c_str(), &how, &on.second) == CRM_OK);
     },
     [](Desk& on) {
       crm_close(on.second);
       on.second = nullptr;
       return std::int32_t{CRM_OK};
     }},
    {"crm_interrupt", kAsks, kAnywhere, kNothing, [](Desk& on) { return crm_interrupt(on.db); }},  // of no call: nothing happens
    {"crm_thread_take", kAsks, kAnywhere, kNothing, [](Desk& on) { return crm_thread_take(on.db); }},
    CRM_ASKS(crm_schema_json, &on.text),
    {"crm_act_as", kAsks, kAlone, kNothing, [](Desk& on) { return crm_act_as(on.db, 0); }},
    {"crm_act_as_login", kAsks, kAlone, kNothing,
     [](Desk& on) { return crm_act_as_login(on.db, "nobody") == CRM_DENIED ? std::int32_t{CRM_OK} : crm_error_code(on.db); }},
    {"crm_clock_set", kAsks, kAnywhere, kNothing,
     [](Desk& on) { return crm_clock_set(on.db, on.office.now.time_since_epoch().count()); }},
    {"crm_clock_reset", kAsks, kAnywhere, [](Desk& on) { crm_clock_reset(on.db); }, [](Desk& on) { return crm_clock_reset(on.db); }},
    CRM_ASKS(crm_now, &on.number),
    CRM_ASKS(crm_today, &on.number),
    CRM_ASKS(crm_day_start, days("2026-03-02"), &on.number),
    CRM_ASKS(crm_language_set, CRM_ENGLISH),
    CRM_ASKS(crm_date_parse, "2026-03-02", &on.number),
    CRM_ASKS(crm_instant_parse, "2026-03-02T09:00:00+07:00", &on.number),
    CRM_ASKS(crm_date_text, days("2026-03-02"), &on.text),
    CRM_ASKS(crm_local_text, on.office.now.time_since_epoch().count(), &on.text),
    {"crm_error_code", kEnds, kAnywhere, err, [](Desk& on) { return told(on, crm_error_code(on.db)); }},
    {"crm_error_message", kEnds, kAnywhere, err, [](Desk& on) { return given(on, crm_error_message(on.db)); }},
    {"crm_error_json", kEnds, kAnywhere, err, [](Desk& on) { return crm_error_json(on.db, &on.text); }},
    {"crm_violation_count", kEnds, kAnywhere, err, [](Desk& on) { return told(on, crm_violation_count(on.db)); }},
    {"crm_violation_rule", kEnds, kAnywhere, err, [](Desk& on) { return given(on, crm_violation_rule(on.db, 0)); }},
    {"crm_violation_entity", kEnds, kAnywhere, err, [](Desk& on) { return told(on, crm_violation_entity(on.db, 0)); }},
    {"crm_violation_field", kEnds, kAnywhere, err, [](Desk& on) { return told(on, crm_violation_field(on.db, 0)); }},
    {"crm_violation_record", kEnds, kAnywhere, err, [](Desk& on) { return told(on, crm_violation_record(on.db, 0)); }},
    {"crm_violation_value", kEnds, kAnywhere, err, [](Desk& on) { return given(on, crm_violation_value(on.db, 0)); }},
    {"crm_violation_text", kEnds, kAnywhere, err, [](Desk& on) { return given(on, crm_violation_text(on.db, 0)); }},
    CRM_ASKS(crm_warnings_json, &on.text),
    {"crm_begin", kEnds, kAlone, kNothing, [](Desk& on) { return crm_begin(on.db); }},
    {"crm_rollback", kEnds, kAlone, [](Desk& on) { REQUIRE(crm_begin(on.db) == CRM_OK); }, [](Desk& on) { return crm_rollback(on.db); }},
    {"crm_snapshot_open", kAsks, kAlone, [](Desk& on) { on.snapshot = true; }, [](Desk& on) { return crm_snapshot_open(on.db); }},
    {"crm_snapshot_close", kAsks, kAlone, [](Desk& on) { on.snapshot = crm_snapshot_open(on.db) == CRM_OK; },
     [](Desk& on) { return crm_snapshot_close(on.db); }},
    CRM_ASKS(crm_record_new, CRM_COMPANY, &on.record),
    CRM_ASKS(crm_record_load, CRM_COMPANY, on.office.vektor.value, &on.record),
    {"crm_record_close", kEnds, kAnywhere, load,
     [](Desk& on) {
       crm_record_close(on.record);
       on.record = nullptr;
       return std::int32_t{CRM_OK};
     }},
    {"crm_record_entity", kAsks, kAnywhere, load, [](Desk& on) { return told(on, crm_record_entity(on.record)); }},
    {"crm_record_id", kAsks, kAnywhere, load, [](Desk& on) { return told(on, crm_record_id(on.record)); }},
    {"crm_record_version", kAsks, kAnywhere, load, [](Desk& on) { return told(on, crm_record_version(on.record)); }},
    {"crm_record_is_null", kAsks, kAnywhere, load, [](Desk& on) { return told(on, crm_record_is_null(on.record, CRM_COMPANY_NAME)); }},
    {"crm_record_int", kAsks, kAnywhere, load, [](Desk& on) { return told(on, crm_record_int(on.record, CRM_COMPANY_STATUS)); }},
    {"crm_record_real", kAsks, kAnywhere, load, [](Desk& on) { return told_real(on, crm_record_real(on.record, CRM_COMPANY_SCORE)); }},
    {"crm_record_text", kAsks, kAnywhere, load, [](Desk& on) { return given(on, crm_record_text(on.record, CRM_COMPANY_NAME, &on.count)); }},
    {"crm_record_set_int", kAsks, kAnywhere, load, [](Desk& on) { return crm_record_set_int(on.record, CRM_COMPANY_STATUS, 2); }},
    {"crm_record_set_real", kAsks, kAnywhere,
     [](Desk& on) { REQUIRE(crm_record_load(on.db, CRM_ADDRESS, on.office.address.value, &on.record) == CRM_OK); },
     [](Desk& on) { return crm_record_set_real(on.record, CRM_ADDRESS_LATITUDE, 55.5); }},
    {"crm_record_set_text", kAsks, kAnywhere, load,
     [](Desk& on) { return crm_record_set_text(on.record, CRM_COMPANY_NAME, "Название длиннее прежнего, чтобы не поместиться на его место", -1); }},
    {"crm_record_set_null", kAsks, kAnywhere, load, [](Desk& on) { return crm_record_set_null(on.record, CRM_COMPANY_COMMENT); }},
    {"crm_record_json", kAsks, kAnywhere, load, [](Desk& on) { return crm_record_json(on.record, &on.text); }},
    CRM_ASKS(crm_query_json, R"({"entity": "event", "columns": ["id", "company.name", "executor.last_name", "products"],
      "where": {"all": [{"field": "state", "value": "overdue"}, {"field": "company.name", "op": "contains", "value": "ект"}]}, "order": ["-start_at"]})",
             &on.text),
    CRM_ASKS(crm_query_new, kCompanies, &on.query),
    {"crm_query_close", kEnds, kAnywhere, ask,
     [](Desk& on) {
       crm_query_close(on.query);
       on.query = nullptr;
       return std::int32_t{CRM_OK};
     }},
    {"crm_query_bind_int", kAsks, kAnywhere, ask, [](Desk& on) { return crm_query_bind_int(on.query, 1, 1); }},
    {"crm_query_bind_null", kAsks, kAnywhere, ask_by_name, [](Desk& on) { return crm_query_bind_null(on.query, 1); }},
    {"crm_query_bind_real", kAsks, kAnywhere, ask_by_latitude, [](Desk& on) { return crm_query_bind_real(on.query, 1, 1.5); }},
    {"crm_query_bind_text", kAsks, kAnywhere, ask_by_name,
     [](Desk& on) { return crm_query_bind_text(on.query, 1, "a long name that nobody has", -1); }},
    {"crm_query_rows_json", kAsks, kAnywhere, ask, [](Desk& on) { return crm_query_rows_json(on.query, &on.text); }},
    {"crm_query_run", kAsks, kAnywhere, ask, [](Desk& on) { return crm_query_run(on.query, &on.cursor); }},
    {"crm_cursor_close", kEnds, kAnywhere, run,
     [](Desk& on) {
       crm_cursor_close(on.cursor);
       on.cursor = nullptr;
       return std::int32_t{CRM_OK};
     }},
    {"crm_cursor_next", kEnds, kAnywhere, run, [](Desk& on) { return crm_cursor_next(on.cursor, &on.count); }},
    {"crm_cursor_columns", kAsks, kAnywhere, step, [](Desk& on) { return told(on, crm_cursor_columns(on.cursor)); }},
    {"crm_cursor_kind", kAsks, kAnywhere, step, [](Desk& on) { return told(on, crm_cursor_kind(on.cursor, 1)); }},
    {"crm_cursor_int", kAsks, kAnywhere, step, [](Desk& on) { return told(on, crm_cursor_int(on.cursor, 0)); }},
    {"crm_cursor_real", kAsks, kAnywhere, step, [](Desk& on) { return told_real(on, crm_cursor_real(on.cursor, 2)); }},
    {"crm_cursor_text", kAsks, kAnywhere, step, [](Desk& on) { return given(on, crm_cursor_text(on.cursor, 1, &on.count)); }},
    {"crm_cursor_cells", kEnds, kAnywhere, run,
     [](Desk& on) {
       const std::int32_t status = crm_cursor_cells(on.cursor, 5, on.cells, &on.count);
       if (status == CRM_OK && on.count > 0) on.text = on.cells[1].value.text;
       return status;
     }},
    CRM_ASKS(crm_characteristics_json, CRM_COMPANY, on.office.vektor.value, &on.text),
    CRM_ASKS(crm_map_links_json, on.office.address.value, &on.text),
    CRM_ASKS(crm_address_split_json, "Новосибирск, ул. Ленина, д. 5, оф. 7", &on.text),
    CRM_ASKS(crm_card_json, on.office.vektor.value, 5, &on.text),
    CRM_ASKS(crm_completeness_json, on.office.vektor.value, &on.text),
    CRM_ASKS(crm_simulate_json, on.office.profile.value, &on.text),
    CRM_ASKS(crm_contacts_json, "200-10-20", 10, &on.text),
    CRM_ASKS(crm_external_find, "1c", "client", "1", &on.count, &on.number),
    CRM_ASKS(crm_portfolio_json, on.office.manager.value, CRM_NONE, &on.text),
    CRM_ASKS(crm_classifier_counts_json, on.office.by_sphere.value, &on.text),
    CRM_ASKS(crm_orphans_json, CRM_NONE, &on.text),
    CRM_ASKS(crm_working_days_json, on.office.manager.value, days("2026-03-01"), days("2026-03-08"), &on.text),
    CRM_ASKS(crm_audit_json, R"({"limit": 20})", &on.text),
    CRM_ASKS(crm_access_explain_json, on.office.manager.value, CRM_COMPANY, on.office.vektor.value, &on.text),
    CRM_ASKS(crm_event_in_cell_json, on.office.meeting.value, on.office.manager.value, days("2026-03-20"), -1, &on.text),
    CRM_ASKS(crm_calendar_json, R"({"view": "week", "day": "2026-03-02"})", &on.text),
    CRM_ASKS(crm_calendar_svg, R"({"view": "week", "day": "2026-03-02"})", &on.text),
    CRM_ASKS(crm_calendar_html, R"({"view": "month", "day": "2026-03-02"})", &on.text),
    {"crm_host_set", kAsks, kAnywhere, kNothing,
     [](Desk& on) {
       crm_host none{};
       none.struct_size = sizeof none;
       none.clock = [](void* db, const char*) { return crm_host_answer(static_cast<crm_db*>(db), "\"2026-03-09T02:00:00Z\""); };
       none.user = on.db;
       return crm_host_set(on.db, &none);
     }},
    CRM_ASKS(crm_pivot_json, kMarch, &on.text),
    CRM_ASKS(crm_pivot_csv, kMarch, &on.text),
    CRM_ASKS(crm_pivot_facts_json, kMarch, 0, -1, 0, &on.text),
    CRM_ASKS(crm_chart_svg, R"({"pivot": {"from": "2026-03-01", "to": "2026-04-01", "rows": ["manager"], "figures": ["receipts"]}, "chart": "bar"})",
             &on.text),
    CRM_ASKS(crm_report_html, R"({"title": "Март", "from": "2026-03-01", "to": "2026-04-01", "sections": [{"heading": "Воронка",
      "funnel": {"funnel": "sales", "definition": "active", "from": "2026-03-01", "to": "2026-04-01"}}, {"heading": "События", "pivot": {"from": "2026-03-01", "to": "2026-04-01", "rows": ["product"], "figures": ["events"]}, "chart": "line", "table": true}]})",
             &on.text),
    CRM_ASKS(crm_load_by_day_json, on.office.manager.value, days("2026-03-01"), days("2026-03-30"), &on.text),
    CRM_ASKS(crm_staff_json, 0, CRM_NONE, 1, &on.text),
    CRM_ASKS(crm_user_card_json, on.office.manager.value, CRM_NONE, &on.text),
    CRM_ASKS(crm_verification_queue_json, on.office.chief.value, &on.text),
    CRM_ASKS(crm_matrix_json, on.office.vektor.value, CRM_NONE, &on.text),
    CRM_ASKS(crm_matrix_explain_json, on.office.vektor.value, on.office.cable.value, on.office.roads.value, CRM_NONE, &on.text),
    CRM_ASKS(crm_whitespace_json, R"({"with_totals": true})", &on.text),
    CRM_ASKS(crm_underserved_json, "{}", &on.text),
    CRM_ASKS(crm_demanded_products_json, R"({"from": "2026-01-01", "to": "2026-04-01"})", &on.text),
    CRM_ASKS(crm_company_matrices_json, "{}", &on.text),
    CRM_ASKS(crm_funnel_json, R"({"funnel": "sales", "by": "manager", "with_ids": true})", &on.text),
    CRM_ASKS(crm_plan_fact_json, R"({"from": "2026-03-01", "to": "2026-04-01", "by": ["user"]})", &on.text),
    CRM_ASKS(crm_plan_fact_ids_json, R"({"from": "2026-03-01", "to": "2026-04-01", "row": {"measure": "events"}})", &on.text),
    CRM_ASKS(crm_receipts_json, R"({"from": "2026-03-01", "to": "2026-04-01", "by": ["manager"], "period": "month"})", &on.text),
    {"crm_text_from_utf16", kAsks, kAnywhere, kNothing,
     [](Desk& on) {
       static constexpr std::uint16_t kText[] = {0x412, 0x435, 0x43a, 0x442, 0x43e, 0x440, 0x412, 0x435, 0x43a, 0x442, 0x43e, 0x440, 0};
       return crm_text_from_utf16(on.db, kText, -1, &on.text);
     }},
    CRM_ASKS(crm_text_to_utf16, "long enough to need memory", &on.units, &on.count),
    CRM_ASKS(crm_text_from_windows_1251, "long enough to need memory", -1, &on.text),
    CRM_ASKS(crm_text_to_windows_1251, "long enough to need memory", 0, &on.text, &on.count),
};

#undef CRM_ASKS

}  // namespace

std::span<const Call> asking_calls() { return kCalls; }

}  // namespace crm::test
