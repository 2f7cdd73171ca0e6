// One line a function; parameters in the order of the call. Add at the end of a group, never change: see capi/functions.hpp.
#include "functions.hpp"

namespace crm::capi {
namespace {

using R = Role;
using M = Means;

constexpr Param k_status_name[] = {{R::value, "int32_t", "status"}};
constexpr Param k_entity_no[] = {{R::text, "char", "name"}};
constexpr Param k_field_no[] = {{R::value, "int32_t", "entity", M::entity}, {R::text, "char", "name"}};
constexpr Param k_open[] = {
    {R::text, "char", "path"}, {R::options, "crm_options", "options"}, {R::out_handle, "crm_db", "db"}};
constexpr Param k_open_store[] = {
    {R::callbacks, "crm_store", "store"}, {R::options, "crm_options", "options"}, {R::out_handle, "crm_db", "db"}};
constexpr Param k_open_joined[] = {
    {R::foreign, "void", "sqlite"}, {R::options, "crm_options", "options"}, {R::out_handle, "crm_db", "db"}};
constexpr Param k_close[] = {{R::closing, "crm_db", "db"}};
constexpr Param k_thread_take[] = {{R::handle, "crm_db", "db"}};
constexpr Param k_interrupt[] = {{R::handle, "crm_db", "db"}};
constexpr Param k_act_as[] = {{R::handle, "crm_db", "db"}, {R::value, "int64_t", "user", M::id}};
constexpr Param k_act_as_login[] = {{R::handle, "crm_db", "db"}, {R::text, "char", "login"}};
constexpr Param k_clock_set[] = {{R::handle, "crm_db", "db"}, {R::value, "int64_t", "now_us", M::instant}};
constexpr Param k_clock_reset[] = {{R::handle, "crm_db", "db"}};
constexpr Param k_now[] = {{R::handle, "crm_db", "db"}, {R::out_value, "int64_t", "now_us", M::instant}};
constexpr Param k_today[] = {{R::handle, "crm_db", "db"}, {R::out_value, "int64_t", "day", M::date}};
constexpr Param k_day_start[] = {
    {R::handle, "crm_db", "db"}, {R::value, "int64_t", "day", M::date},
    {R::out_value, "int64_t", "at_us", M::instant}};
constexpr Param k_language_set[] = {{R::handle, "crm_db", "db"}, {R::value, "int32_t", "language", M::choice, "language"}};
constexpr Param k_schema_json[] = {{R::handle, "crm_db", "db"}, {R::out_text, "char", "json", M::json}};
constexpr Param k_date_parse[] = {
    {R::handle, "crm_db", "db"}, {R::text, "char", "iso"}, {R::out_value, "int64_t", "day", M::date}};
constexpr Param k_instant_parse[] = {
    {R::handle, "crm_db", "db"}, {R::text, "char", "iso"}, {R::out_value, "int64_t", "at_us", M::instant}};
constexpr Param k_date_text[] = {
    {R::handle, "crm_db", "db"}, {R::value, "int64_t", "day", M::date}, {R::out_text, "char", "iso"}};
constexpr Param k_local_text[] = {
    {R::handle, "crm_db", "db"}, {R::value, "int64_t", "at_us", M::instant}, {R::out_text, "char", "wall"}};
constexpr Param k_error_code[] = {{R::handle, "crm_db", "db"}};
constexpr Param k_error_message[] = {{R::handle, "crm_db", "db"}};
constexpr Param k_error_json[] = {{R::handle, "crm_db", "db"}, {R::out_text, "char", "json", M::json}};
constexpr Param k_violation_count[] = {{R::handle, "crm_db", "db"}};
constexpr Param k_violation_rule[] = {{R::handle, "crm_db", "db"}, {R::value, "int32_t", "which"}};
constexpr Param k_violation_entity[] = {{R::handle, "crm_db", "db"}, {R::value, "int32_t", "which"}};
constexpr Param k_violation_field[] = {{R::handle, "crm_db", "db"}, {R::value, "int32_t", "which"}};
constexpr Param k_violation_record[] = {{R::handle, "crm_db", "db"}, {R::value, "int32_t", "which"}};
constexpr Param k_violation_value[] = {{R::handle, "crm_db", "db"}, {R::value, "int32_t", "which"}};
constexpr Param k_violation_text[] = {{R::handle, "crm_db", "db"}, {R::value, "int32_t", "which"}};
constexpr Param k_warnings_json[] = {{R::handle, "crm_db", "db"}, {R::out_text, "char", "json", M::json}};
constexpr Param k_begin[] = {{R::handle, "crm_db", "db"}};
constexpr Param k_commit[] = {{R::handle, "crm_db", "db"}};
constexpr Param k_rollback[] = {{R::handle, "crm_db", "db"}};
constexpr Param k_snapshot_open[] = {{R::handle, "crm_db", "db"}};
constexpr Param k_snapshot_close[] = {{R::handle, "crm_db", "db"}};
constexpr Param k_starter_set[] = {{R::handle, "crm_db", "db"}, {R::value, "int32_t", "language", M::choice, "language"}};
constexpr Param k_record_new[] = {
    {R::handle, "crm_db", "db"}, {R::value, "int32_t", "entity", M::entity}, {R::out_handle, "crm_record", "rec"}};
constexpr Param k_record_load[] = {
    {R::handle, "crm_db", "db"}, {R::value, "int32_t", "entity", M::entity}, {R::value, "int64_t", "id", M::id},
    {R::out_handle, "crm_record", "rec"}};
constexpr Param k_record_close[] = {{R::closing, "crm_record", "rec"}};
constexpr Param k_record_entity[] = {{R::handle, "crm_record", "rec"}};
constexpr Param k_record_id[] = {{R::handle, "crm_record", "rec"}};
constexpr Param k_record_version[] = {{R::handle, "crm_record", "rec"}};
constexpr Param k_record_is_null[] = {{R::handle, "crm_record", "rec"}, {R::value, "int32_t", "field"}};
constexpr Param k_record_int[] = {{R::handle, "crm_record", "rec"}, {R::value, "int32_t", "field"}};
constexpr Param k_record_real[] = {{R::handle, "crm_record", "rec"}, {R::value, "int32_t", "field"}};
constexpr Param k_record_text[] = {
    {R::handle, "crm_record", "rec"}, {R::value, "int32_t", "field"}, {R::out_or_null, "int32_t", "length"}};
constexpr Param k_record_set_int[] = {
    {R::handle, "crm_record", "rec"}, {R::value, "int32_t", "field"}, {R::value, "int64_t", "number"}};
constexpr Param k_record_set_real[] = {
    {R::handle, "crm_record", "rec"}, {R::value, "int32_t", "field"}, {R::value, "double", "number"}};
constexpr Param k_record_set_text[] = {
    {R::handle, "crm_record", "rec"}, {R::value, "int32_t", "field"}, {R::bytes, "char", "text"},
    {R::value, "int32_t", "length"}};
constexpr Param k_record_set_null[] = {{R::handle, "crm_record", "rec"}, {R::value, "int32_t", "field"}};
constexpr Param k_record_save[] = {{R::handle, "crm_record", "rec"}};
constexpr Param k_record_erase[] = {{R::handle, "crm_record", "rec"}};
constexpr Param k_record_json[] = {{R::handle, "crm_record", "rec"}, {R::out_text, "char", "json", M::json}};
constexpr Param k_save_json[] = {
    {R::handle, "crm_db", "db"}, {R::text, "char", "json", M::json}, {R::out_text, "char", "answer", M::json}};
constexpr Param k_query_json[] = {
    {R::handle, "crm_db", "db"}, {R::text, "char", "json", M::json}, {R::out_text, "char", "answer", M::json}};
constexpr Param k_query_new[] = {
    {R::handle, "crm_db", "db"}, {R::text, "char", "json", M::json}, {R::out_handle, "crm_query", "query"}};
constexpr Param k_query_close[] = {{R::closing, "crm_query", "query"}};
constexpr Param k_query_bind_int[] = {
    {R::handle, "crm_query", "query"}, {R::value, "int32_t", "index"}, {R::value, "int64_t", "number"}};
constexpr Param k_query_bind_real[] = {
    {R::handle, "crm_query", "query"}, {R::value, "int32_t", "index"}, {R::value, "double", "number"}};
constexpr Param k_query_bind_text[] = {
    {R::handle, "crm_query", "query"}, {R::value, "int32_t", "index"}, {R::bytes, "char", "text"},
    {R::value, "int32_t", "length"}};
constexpr Param k_query_bind_null[] = {{R::handle, "crm_query", "query"}, {R::value, "int32_t", "index"}};
constexpr Param k_query_rows_json[] = {{R::handle, "crm_query", "query"}, {R::out_text, "char", "answer", M::json}};
constexpr Param k_query_run[] = {{R::handle, "crm_query", "query"}, {R::out_handle, "crm_cursor", "cursor"}};
constexpr Param k_cursor_close[] = {{R::closing, "crm_cursor", "cursor"}};
constexpr Param k_cursor_next[] = {{R::handle, "crm_cursor", "cursor"}, {R::out_value, "int32_t", "more"}};
constexpr Param k_cursor_columns[] = {{R::handle, "crm_cursor", "cursor"}};
constexpr Param k_cursor_kind[] = {{R::handle, "crm_cursor", "cursor"}, {R::value, "int32_t", "column"}};
constexpr Param k_cursor_int[] = {{R::handle, "crm_cursor", "cursor"}, {R::value, "int32_t", "column"}};
constexpr Param k_cursor_real[] = {{R::handle, "crm_cursor", "cursor"}, {R::value, "int32_t", "column"}};
constexpr Param k_cursor_text[] = {
    {R::handle, "crm_cursor", "cursor"}, {R::value, "int32_t", "column"}, {R::out_or_null, "int32_t", "length"}};
constexpr Param k_cursor_cells[] = {
    {R::handle, "crm_cursor", "cursor"}, {R::value, "int32_t", "max_rows"}, {R::cells, "crm_cell", "cells"},
    {R::out_value, "int32_t", "rows"}};
constexpr Param k_characteristic_set_json[] = {
    {R::handle, "crm_db", "db"}, {R::value, "int32_t", "entity", M::entity}, {R::value, "int64_t", "id", M::id},
    {R::text, "char", "code"}, {R::text, "char", "values", M::json}};
constexpr Param k_characteristics_json[] = {
    {R::handle, "crm_db", "db"}, {R::value, "int32_t", "entity", M::entity}, {R::value, "int64_t", "id", M::id},
    {R::out_text, "char", "json", M::json}};
constexpr Param k_map_links_json[] = {
    {R::handle, "crm_db", "db"}, {R::value, "int64_t", "address", M::id}, {R::out_text, "char", "json", M::json}};
constexpr Param k_address_split_json[] = {
    {R::handle, "crm_db", "db"}, {R::text, "char", "line"}, {R::out_text, "char", "json", M::json}};
constexpr Param k_company_activate[] = {{R::handle, "crm_db", "db"}, {R::value, "int64_t", "company", M::id}};
constexpr Param k_company_archive[] = {{R::handle, "crm_db", "db"}, {R::value, "int64_t", "company", M::id}};
constexpr Param k_card_json[] = {
    {R::handle, "crm_db", "db"}, {R::value, "int64_t", "company", M::id}, {R::value, "int32_t", "last_events"},
    {R::out_text, "char", "json", M::json}};
constexpr Param k_completeness_json[] = {
    {R::handle, "crm_db", "db"}, {R::value, "int64_t", "company", M::id}, {R::out_text, "char", "json", M::json}};
constexpr Param k_rescore[] = {{R::handle, "crm_db", "db"}, {R::out_or_null, "int64_t", "changed"}};
constexpr Param k_simulate_json[] = {
    {R::handle, "crm_db", "db"}, {R::value, "int64_t", "profile", M::id}, {R::out_text, "char", "json", M::json}};
constexpr Param k_contacts_json[] = {
    {R::handle, "crm_db", "db"}, {R::text, "char", "query"}, {R::value, "int32_t", "limit"},
    {R::out_text, "char", "json", M::json}};
constexpr Param k_external_link[] = {
    {R::handle, "crm_db", "db"}, {R::text, "char", "system"}, {R::text, "char", "kind"}, {R::text, "char", "key"},
    {R::value, "int32_t", "entity", M::entity}, {R::value, "int64_t", "id", M::id}};
constexpr Param k_external_find[] = {
    {R::handle, "crm_db", "db"}, {R::text, "char", "system"}, {R::text, "char", "kind"}, {R::text, "char", "key"},
    {R::out_value, "int32_t", "entity", M::entity}, {R::out_value, "int64_t", "id", M::id}};
constexpr Param k_assign[] = {
    {R::handle, "crm_db", "db"}, {R::value, "int64_t", "company", M::id}, {R::value, "int64_t", "user", M::id},
    {R::value, "int32_t", "role", M::choice, "assignment_role"}, {R::value_or_none, "int64_t", "from_day", M::date}, {R::text_or_null, "char", "reason"},
    {R::out_or_null, "int64_t", "assignment", M::id}};
constexpr Param k_assignment_end[] = {
    {R::handle, "crm_db", "db"}, {R::value, "int64_t", "assignment", M::id}, {R::value_or_none, "int64_t", "day", M::date},
    {R::text, "char", "reason"}};
constexpr Param k_dismiss_json[] = {
    {R::handle, "crm_db", "db"}, {R::value, "int64_t", "user", M::id}, {R::value_or_none, "int64_t", "day", M::date},
    {R::value, "int64_t", "successor", M::id}, {R::value, "int32_t", "subordinates_to_successor", M::flag},
    {R::out_text, "char", "json", M::json}};
constexpr Param k_portfolio_json[] = {
    {R::handle, "crm_db", "db"}, {R::value, "int64_t", "user", M::id}, {R::value_or_none, "int64_t", "day", M::date},
    {R::out_text, "char", "json", M::json}};
constexpr Param k_classifier_counts_json[] = {
    {R::handle, "crm_db", "db"}, {R::value, "int64_t", "classifier", M::id}, {R::out_text, "char", "json", M::json}};
constexpr Param k_orphans_json[] = {
    {R::handle, "crm_db", "db"}, {R::value_or_none, "int64_t", "day", M::date}, {R::out_text, "char", "json", M::json}};
constexpr Param k_working_days_json[] = {
    {R::handle, "crm_db", "db"}, {R::value, "int64_t", "user", M::id}, {R::value, "int64_t", "from_day", M::date},
    {R::value, "int64_t", "to_day", M::date}, {R::out_text, "char", "json", M::json}};
constexpr Param k_audit_json[] = {
    {R::handle, "crm_db", "db"}, {R::text, "char", "query", M::json}, {R::out_text, "char", "json", M::json}};
constexpr Param k_access_explain_json[] = {
    {R::handle, "crm_db", "db"}, {R::value, "int64_t", "user", M::id}, {R::value, "int32_t", "entity", M::entity},
    {R::value, "int64_t", "id", M::id}, {R::out_text, "char", "json", M::json}};
constexpr Param k_event_plan[] = {
    {R::handle, "crm_db", "db"}, {R::handle, "crm_record", "ev"}, {R::handles, "crm_record", "lines"},
    {R::value, "int32_t", "line_count"}};
constexpr Param k_event_record[] = {
    {R::handle, "crm_db", "db"}, {R::handle, "crm_record", "ev"}, {R::handles, "crm_record", "lines"},
    {R::value, "int32_t", "line_count"}};
constexpr Param k_event_act[] = {
    {R::handle, "crm_db", "db"}, {R::value, "int64_t", "event_id", M::id}, {R::value, "int64_t", "version"},
    {R::value, "int32_t", "action", M::choice, "event_action"}, {R::options, "crm_action", "request"},
    {R::out_or_null, "int64_t", "new_version"}};
constexpr Param k_event_in_cell_json[] = {
    {R::handle, "crm_db", "db"}, {R::value, "int64_t", "event_type", M::id}, {R::value, "int64_t", "user", M::id},
    {R::value, "int64_t", "day", M::date}, {R::value, "int32_t", "minute"}, {R::out_text, "char", "json", M::json}};
constexpr Param k_event_move[] = {
    {R::handle, "crm_db", "db"}, {R::value, "int64_t", "event_id", M::id}, {R::value, "int64_t", "version"},
    {R::value, "int64_t", "day", M::date}, {R::value, "int32_t", "minute"}, {R::text_or_null, "char", "reason"},
    {R::out_or_null, "int64_t", "new_version"}};
constexpr Param k_calendar_json[] = {
    {R::handle, "crm_db", "db"}, {R::text, "char", "json", M::json}, {R::out_text, "char", "answer", M::json}};
constexpr Param k_calendar_svg[] = {
    {R::handle, "crm_db", "db"}, {R::text, "char", "json", M::json}, {R::out_text, "char", "svg"}};
constexpr Param k_calendar_html[] = {
    {R::handle, "crm_db", "db"}, {R::text, "char", "json", M::json}, {R::out_text, "char", "html"}};
constexpr Param k_document_post_json[] = {
    {R::handle, "crm_db", "db"}, {R::text, "char", "json", M::json}, {R::value, "int32_t", "dry_run", M::flag},
    {R::out_text, "char", "report", M::json}};
constexpr Param k_document_unpost_json[] = {
    {R::handle, "crm_db", "db"}, {R::text, "char", "kind"}, {R::text, "char", "key"}, {R::value, "int32_t", "dry_run", M::flag},
    {R::out_text, "char", "report", M::json}};
constexpr Param k_host_set[] = {{R::handle, "crm_db", "db"}, {R::callbacks, "crm_host", "host"}};
constexpr Param k_host_answer[] = {{R::handle, "crm_db", "db"}, {R::text, "char", "answer"}};
constexpr Param k_address_geocode[] = {
    {R::handle, "crm_db", "db"}, {R::value, "int64_t", "address", M::id}, {R::out_value, "int32_t", "found", M::flag}};
constexpr Param k_feed_read_json[] = {
    {R::handle, "crm_db", "db"}, {R::value, "int32_t", "feed", M::choice, "host_feed_kind"}, {R::value, "int32_t", "pages"},
    {R::out_text, "char", "json", M::json}};
constexpr Param k_pivot_json[] = {
    {R::handle, "crm_db", "db"}, {R::text, "char", "query", M::json}, {R::out_text, "char", "json", M::json}};
constexpr Param k_pivot_csv[] = {
    {R::handle, "crm_db", "db"}, {R::text, "char", "query", M::json}, {R::out_text, "char", "csv"}};
constexpr Param k_pivot_facts_json[] = {
    {R::handle, "crm_db", "db"}, {R::text, "char", "query", M::json}, {R::value, "int32_t", "row"}, {R::value, "int32_t", "column"},
    {R::value, "int32_t", "series"}, {R::out_text, "char", "json", M::json}};
constexpr Param k_chart_svg[] = {
    {R::handle, "crm_db", "db"}, {R::text, "char", "json", M::json}, {R::out_text, "char", "svg"}};
constexpr Param k_report_html[] = {
    {R::handle, "crm_db", "db"}, {R::text, "char", "json", M::json}, {R::out_text, "char", "html"}};
constexpr Param k_load_by_day_json[] = {
    {R::handle, "crm_db", "db"}, {R::value, "int64_t", "user", M::id}, {R::value, "int64_t", "from_day", M::date},
    {R::value, "int64_t", "to_day", M::date}, {R::out_text, "char", "json", M::json}};
constexpr Param k_staff_json[] = {
    {R::handle, "crm_db", "db"}, {R::value, "int64_t", "department", M::id}, {R::value_or_none, "int64_t", "day", M::date},
    {R::value, "int32_t", "dismissed", M::flag}, {R::out_text, "char", "json", M::json}};
constexpr Param k_user_card_json[] = {
    {R::handle, "crm_db", "db"}, {R::value, "int64_t", "user", M::id}, {R::value_or_none, "int64_t", "day", M::date},
    {R::out_text, "char", "json", M::json}};
constexpr Param k_user_rehire[] = {
    {R::handle, "crm_db", "db"}, {R::value, "int64_t", "user", M::id}, {R::value_or_none, "int64_t", "day", M::date}};
constexpr Param k_text_from_utf16[] = {
    {R::handle, "crm_db", "db"}, {R::units, "uint16_t", "text"}, {R::value, "int32_t", "length"}, {R::out_text, "char", "utf8"}};
constexpr Param k_text_to_utf16[] = {
    {R::handle, "crm_db", "db"}, {R::text, "char", "utf8"}, {R::out_units, "uint16_t", "text"}, {R::out_or_null, "int32_t", "length"}};
constexpr Param k_text_from_windows_1251[] = {
    {R::handle, "crm_db", "db"}, {R::bytes, "char", "text"}, {R::value, "int32_t", "length"}, {R::out_text, "char", "utf8"}};
constexpr Param k_text_to_windows_1251[] = {
    {R::handle, "crm_db", "db"}, {R::text, "char", "utf8"}, {R::value, "int32_t", "replacement"}, {R::out_text, "char", "text"},
    {R::out_or_null, "int32_t", "length"}};
constexpr Param k_tick_json[] = {
    {R::handle, "crm_db", "db"}, {R::value, "int32_t", "limit"}, {R::out_text, "char", "json", M::json}};
constexpr Param k_notices_claim_json[] = {
    {R::handle, "crm_db", "db"}, {R::value, "int32_t", "limit"}, {R::value, "int32_t", "lease_seconds"},
    {R::out_text, "char", "json", M::json}};
constexpr Param k_notice_acknowledge[] = {{R::handle, "crm_db", "db"}, {R::value, "int64_t", "notice", M::id}};
constexpr Param k_notice_fail[] = {
    {R::handle, "crm_db", "db"}, {R::value, "int64_t", "notice", M::id}, {R::text, "char", "reason"}};
constexpr Param k_verification_queue_json[] = {
    {R::handle, "crm_db", "db"}, {R::value, "int64_t", "supervisor", M::id}, {R::out_text, "char", "json", M::json}};
constexpr Param k_matrix_json[] = {
    {R::handle, "crm_db", "db"}, {R::value, "int64_t", "company", M::id}, {R::value_or_none, "int64_t", "day", M::date},
    {R::out_text, "char", "json", M::json}};
constexpr Param k_matrix_explain_json[] = {
    {R::handle, "crm_db", "db"}, {R::value, "int64_t", "company", M::id}, {R::value, "int64_t", "product", M::id},
    {R::value, "int64_t", "sphere", M::id}, {R::value_or_none, "int64_t", "day", M::date},
    {R::out_text, "char", "json", M::json}};
constexpr Param k_organisation_cell_remove_json[] = {
    {R::handle, "crm_db", "db"}, {R::value, "int64_t", "product", M::id}, {R::value, "int64_t", "sphere", M::id},
    {R::value, "int32_t", "cascade", M::flag}, {R::out_text, "char", "json", M::json}};
constexpr Param k_whitespace_json[] = {{R::handle, "crm_db", "db"}, {R::text, "char", "json", M::json}, {R::out_text, "char", "answer", M::json}};
constexpr Param k_underserved_json[] = {{R::handle, "crm_db", "db"}, {R::text, "char", "json", M::json}, {R::out_text, "char", "answer", M::json}};
constexpr Param k_demanded_products_json[] = {{R::handle, "crm_db", "db"}, {R::text, "char", "json", M::json}, {R::out_text, "char", "answer", M::json}};
constexpr Param k_company_matrices_json[] = {{R::handle, "crm_db", "db"}, {R::text, "char", "json", M::json}, {R::out_text, "char", "answer", M::json}};
constexpr Param k_funnel_json[] = {
    {R::handle, "crm_db", "db"}, {R::text, "char", "json", M::json}, {R::out_text, "char", "answer", M::json}};
constexpr Param k_plans_set_json[] = {{R::handle, "crm_db", "db"}, {R::text, "char", "json", M::json}, {R::out_text, "char", "answer", M::json}};
constexpr Param k_plan_fact_json[] = {{R::handle, "crm_db", "db"}, {R::text, "char", "json", M::json}, {R::out_text, "char", "answer", M::json}};
constexpr Param k_plan_fact_ids_json[] = {{R::handle, "crm_db", "db"}, {R::text, "char", "json", M::json}, {R::out_text, "char", "answer", M::json}};
constexpr Param k_receipts_json[] = {{R::handle, "crm_db", "db"}, {R::text, "char", "json", M::json}, {R::out_text, "char", "answer", M::json}};

constexpr Function kFunctions[] = {
    {"The library", "crm_version", "0.1", "const char *", {}, nullptr,
     "The version of the library, \"0.5.0\". Static."},
    {"The library", "crm_status_name", "0.1", "const char *", k_status_name, nullptr,
     "\"ok\", \"invalid_argument\", ... Static; \"unknown\" for other numbers."},
    {"The library", "crm_entity_no", "0.1", "int32_t", k_entity_no, nullptr,
     "Number of an entity by its name (\"company\"), 0 if there is none."},
    {"The library", "crm_field_no", "0.1", "int32_t", k_field_no, nullptr,
     "Number of a field by its name (\"short_name\"), 0 if there is none."},
    {"The handle", "crm_open", "0.1", "status", k_open, "crm_close",
     "Opens a CRM: a file (UTF-8; made if there is none), \":memory:\" (SQLite in memory) or \"memory:\" (no "
     "database at all). Options may be NULL. On failure *db is set as well, for its error, and must be closed. "
     "The thread that opens it uses it (crm_thread_take); many handles and processes share a file. What is no base of this release is told by its "
     "rule: store.not_a_database (of another program), store.empty, load.unfinished (a first load that was cut short), store.newer_schema; to read "
     "only, also store.older_schema and store.read_only_folder (in a folder without rights somebody writes to it)."},
    {"The handle", "crm_open_store", "0.2", "status", k_open_store, "crm_close",
     "Opens a CRM over the host's own storage, a table of callbacks, which is copied. They are called only inside "
     "calls of this library, on the thread of the call, and must not call back into the handle. Durability, "
     "create_file and read_only of the options are not used. On failure *db is set as well, as by crm_open."},
    {"The handle", "crm_open_joined", "0.5", "status", k_open_joined, "crm_close",
     "Opens a CRM beside the host's own tables, on his open SQLite connection (a sqlite3 *): while he has a transaction open, what is written here is a "
     "part of it. Close it before the connection. CRM_UNSUPPORTED where SQLite is compiled into the library."},
    {"The handle", "crm_close", "0.1", "void", k_close, nullptr,
     "Closes the handle; an open unit of work is rolled back. Whatever needs it answers CRM_MISUSE from then on; what a record holds can "
     "still be read. Records, queries and cursors of it are still to be closed."},
    {"The handle", "crm_thread_take", "0.2", "status", k_thread_take, nullptr,
     "From now on this thread uses the handle and all that was made by it, instead of the one that opened or took it; "
     "CRM_MISUSE while a call of that one is under way. What was borrowed before is not to be read any more."},
    {"The handle", "crm_interrupt", "0.6", "status", k_interrupt, nullptr,
     "Ends the call that is under way on the handle or on anything made by it: that call gives CRM_INTERRUPTED and has changed nothing, unless it comes "
     "to its end before; of those that are several changes (crm_tick_json, crm_feed_read_json, crm_rescore) what was kept stays. Inside a unit of work the unit is lost, and every call says so until crm_rollback. Nothing where no call is under way. From any "
     "thread, also while another one closes the handle."},
    {"The handle", "crm_act_as", "0.1", "status", k_act_as, nullptr,
     "Acts as this user from now on; 0 is the host itself (\"system\"), who may do everything."},
    {"The handle", "crm_act_as_login", "0.1", "status", k_act_as_login, nullptr,
     "The same by the host's login of the user."},
    {"The handle", "crm_clock_set", "0.1", "status", k_clock_set, nullptr,
     "Stops the clock at this instant, whatever the host's one shows, until crm_clock_reset. A year from 1900 to 2200, else "
     "CRM_INVALID_ARGUMENT; another clock that shows no such year ends every call that asks it (clock.range)."},
    {"The handle", "crm_clock_reset", "0.1", "status", k_clock_reset, nullptr,
     "Goes back to the clock of the host (crm_host_set), or of the system."},
    {"The handle", "crm_now", "0.1", "status", k_now, nullptr,
     "What the handle's clock shows."},
    {"The handle", "crm_today", "0.1", "status", k_today, nullptr,
     "Today in the organisation's zone."},
    {"The handle", "crm_day_start", "0.1", "status", k_day_start, nullptr,
     "The instant at which a day begins in the organisation's zone."},
    {"The handle", "crm_language_set", "0.1", "status", k_language_set, nullptr,
     "Language of messages: CRM_ENGLISH or CRM_RUSSIAN."},
    {"The handle", "crm_schema_json", "0.1", "status", k_schema_json, nullptr,
     "All entities with fields, kinds, flags and captions (ru, en), and the enumerations."},
    {"Dates", "crm_date_parse", "0.1", "status", k_date_parse, nullptr,
     "The date of \"2026-03-02\"."},
    {"Dates", "crm_instant_parse", "0.1", "status", k_instant_parse, nullptr,
     "The instant of \"2026-03-02T09:00:00+07:00\"."},
    {"Dates", "crm_date_text", "0.1", "status", k_date_text, nullptr,
     "A date as \"2026-03-02\"."},
    {"Dates", "crm_local_text", "0.1", "status", k_local_text, nullptr,
     "An instant as the organisation's wall clock shows it: \"2026-03-02 09:00\"."},
    {"The last error", "crm_error_code", "0.1", "int32_t", k_error_code, nullptr,
     "Status of the last call on the handle or on anything made by it."},
    {"The last error", "crm_error_message", "0.1", "const char *", k_error_message, nullptr,
     "Its message, in the language of the handle. Borrowed until the next call."},
    {"The last error", "crm_error_json", "0.1", "status", k_error_json, nullptr,
     "The whole error: code, message, violations with their texts. Does not change the error."},
    {"The last error", "crm_violation_count", "0.1", "int32_t", k_violation_count, nullptr,
     "How many rules were broken."},
    {"The last error", "crm_violation_rule", "0.1", "const char *", k_violation_rule, nullptr,
     "Permanent id of a broken rule, \"C2.inn_check\"."},
    {"The last error", "crm_violation_entity", "0.1", "int32_t", k_violation_entity, nullptr,
     "Entity number, 0 if none."},
    {"The last error", "crm_violation_field", "0.1", "int32_t", k_violation_field, nullptr,
     "Field number, 0 if none."},
    {"The last error", "crm_violation_record", "0.1", "int64_t", k_violation_record, nullptr,
     "Id of the record, 0 for a new one."},
    {"The last error", "crm_violation_value", "0.1", "const char *", k_violation_value, nullptr,
     "The value given, shortened."},
    {"The last error", "crm_violation_text", "0.1", "const char *", k_violation_text, nullptr,
     "The sentence of the rule in the language of the handle."},
    {"The last error", "crm_warnings_json", "0.1", "status", k_warnings_json, nullptr,
     "What the last successful write warned of: an array of violations."},
    {"Units of work", "crm_begin", "0.1", "status", k_begin, nullptr,
     "Everything until crm_commit is one change. A call that fails in between undoes only itself."},
    {"Units of work", "crm_commit", "0.1", "status", k_commit, nullptr,
     "Checks the completeness gate of touched cards (CRM_INCOMPLETE undoes the unit) and makes the unit "
     "durable."},
    {"Units of work", "crm_rollback", "0.1", "status", k_rollback, nullptr,
     "Undoes the unit of work."},
    {"Units of work", "crm_snapshot_open", "0.1", "status", k_snapshot_open, nullptr,
     "Until crm_snapshot_close all questions see the base as it is now, and cost less; writing meanwhile is "
     "CRM_MISUSE."},
    {"Units of work", "crm_snapshot_close", "0.1", "status", k_snapshot_close, nullptr,
     "Ends the snapshot; nothing where there is none."},
    {"The handle", "crm_starter_set", "0.4", "status", k_starter_set, nullptr,
     "Fills an empty base with a ready set: event types with outcomes and reminders, roles, a completeness profile, an escalation policy, "
     "texts of notices, kinds of documents."},
    {"Records", "crm_record_new", "0.1", "status", k_record_new, "crm_record_close",
     "A new record with default values, not yet stored."},
    {"Records", "crm_record_load", "0.1", "status", k_record_load, "crm_record_close",
     "A stored record; CRM_NOT_FOUND if there is none."},
    {"Records", "crm_record_close", "0.1", "void", k_record_close, nullptr,
     "Frees the record; what is stored stays."},
    {"Records", "crm_record_entity", "0.1", "int32_t", k_record_entity, nullptr,
     "Its entity number."},
    {"Records", "crm_record_id", "0.1", "int64_t", k_record_id, nullptr,
     "Its id, 0 if not stored."},
    {"Records", "crm_record_version", "0.1", "int64_t", k_record_version, nullptr,
     "Its version as loaded or saved last."},
    {"Records", "crm_record_is_null", "0.1", "int32_t", k_record_is_null, nullptr,
     "1 if the field has no value (or does not exist), 0 if it has, -1 if the record cannot be used: CRM_MISUSE."},
    {"Records", "crm_record_int", "0.1", "int64_t", k_record_int, nullptr,
     "Integers, ids, dates (days), instants (microseconds), money (minor units), decimals (millionths), "
     "enumerations, booleans."},
    {"Records", "crm_record_real", "0.1", "double", k_record_real, nullptr,
     "Real numbers."},
    {"Records", "crm_record_text", "0.1", "const char *", k_record_text, nullptr,
     "Text, NUL-terminated, borrowed until the record changes; NULL if there is none."},
    {"Records", "crm_record_set_int", "0.1", "status", k_record_set_int, nullptr,
     "Sets what crm_record_int reads; checked at once by kind and range."},
    {"Records", "crm_record_set_real", "0.1", "status", k_record_set_real, nullptr,
     "Sets a real number."},
    {"Records", "crm_record_set_text", "0.1", "status", k_record_set_text, nullptr,
     "Sets a text, copied. Dates, instants, decimals, enumerations and entities may be given as their texts "
     "too."},
    {"Records", "crm_record_set_null", "0.1", "status", k_record_set_null, nullptr,
     "Clears a field."},
    {"Records", "crm_record_save", "0.1", "status", k_record_save, nullptr,
     "Inserts or updates; CRM_CONFLICT if somebody changed it since it was loaded. The record then shows what "
     "is stored."},
    {"Records", "crm_record_erase", "0.1", "status", k_record_erase, nullptr,
     "Erases a row that hangs on others (an address, a sphere of a company, ...); others are archived, ended "
     "or removed: CRM_REFUSED."},
    {"Records", "crm_record_json", "0.1", "status", k_record_json, nullptr,
     "The record as JSON."},
    {"JSON", "crm_save_json", "0.1", "status", k_save_json, nullptr,
     "Saves an array of records in one unit of work, all or none. See README."},
    {"JSON", "crm_query_json", "0.1", "status", k_query_json, nullptr,
     "Runs a query and gives its rows as JSON. See README."},
    {"Queries", "crm_query_new", "0.1", "status", k_query_new, "crm_query_close",
     "Prepares a query; values may be parameters, {\"param\": 1}."},
    {"Queries", "crm_query_close", "0.1", "void", k_query_close, nullptr,
     "Closes the query; its cursors go on."},
    {"Queries", "crm_query_bind_int", "0.1", "status", k_query_bind_int, nullptr,
     "Binds a parameter, counted from 1."},
    {"Queries", "crm_query_bind_real", "0.1", "status", k_query_bind_real, nullptr,
     "Binds a parameter."},
    {"Queries", "crm_query_bind_text", "0.1", "status", k_query_bind_text, nullptr,
     "Binds a parameter; a text is read as the field wants it."},
    {"Queries", "crm_query_bind_null", "0.6", "status", k_query_bind_null, nullptr,
     "Binds what is not filled in: equal to null is such a field, and null in \"after\" is what a page before ended with."},
    {"Queries", "crm_query_run", "0.1", "status", k_query_run, "crm_cursor_close",
     "Runs it on a snapshot."},
    {"Queries", "crm_query_rows_json", "0.2", "status", k_query_rows_json, nullptr,
     "Runs it and gives its rows as crm_query_json does."},
    {"Cursors", "crm_cursor_close", "0.1", "void", k_cursor_close, nullptr,
     "Releases the snapshot. An open cursor keeps its handle from writing."},
    {"Cursors", "crm_cursor_next", "0.1", "status", k_cursor_next, nullptr,
     "Steps to the next row; *more is 0 after the last."},
    {"Cursors", "crm_cursor_columns", "0.1", "int32_t", k_cursor_columns, nullptr,
     "Number of columns."},
    {"Cursors", "crm_cursor_kind", "0.1", "int32_t", k_cursor_kind, nullptr,
     "CRM_NULL, CRM_INTEGER, CRM_REAL, CRM_TEXT or CRM_BYTES."},
    {"Cursors", "crm_cursor_int", "0.1", "int64_t", k_cursor_int, nullptr,
     "As crm_record_int."},
    {"Cursors", "crm_cursor_real", "0.1", "double", k_cursor_real, nullptr,
     "As crm_record_real."},
    {"Cursors", "crm_cursor_text", "0.1", "const char *", k_cursor_text, nullptr,
     "Borrowed until the next row."},
    {"Cursors", "crm_cursor_cells", "0.1", "status", k_cursor_cells, nullptr,
     "Steps over up to max_rows rows and gives them as cells, row after row; texts are borrowed until the next "
     "call on the cursor."},
    {"Characteristics", "crm_characteristic_set_json", "0.1", "status", k_characteristic_set_json, nullptr,
     "Replaces the values of a characteristic: an array of integers as stored or of texts."},
    {"Characteristics", "crm_characteristics_json", "0.1", "status", k_characteristics_json, nullptr,
     "Characteristics of a record with values and texts."},
    {"JSON", "crm_audit_json", "0.3", "status", k_audit_json, nullptr,
     "Who changed what, when, from what to what, newest first: {\"entity\", \"id\", \"actor\", \"from\", \"to\", \"before\", \"limit\"}, all "
     "optional; \"before\" is the \"next\" of the page before. A period of all records goes by the times of the changes, which a clock that was set "
     "back puts in another order. Nothing changes what was written."},
    {"JSON", "crm_access_explain_json", "0.4", "status", k_access_explain_json, nullptr,
     "How much a user (0: the host) sees of a record, whether he may edit it, and all the reasons: {\"sight\": \"nothing\", \"name\", "
     "\"contacts\" or \"whole\", \"may_edit\", \"reasons\"}. A user may ask of himself and of those below him."},
    {"Client cards", "crm_company_activate", "0.1", "status", k_company_activate, nullptr,
     "Draft or archived to active; passes the gate (CRM_INCOMPLETE)."},
    {"Client cards", "crm_company_archive", "0.1", "status", k_company_archive, nullptr,
     "Active to archived."},
    {"Client cards", "crm_card_json", "0.1", "status", k_card_json, nullptr,
     "Everything on one client."},
    {"Client cards", "crm_completeness_json", "0.1", "status", k_completeness_json, nullptr,
     "Score and every missing criterion with its weight and what to fill."},
    {"Client cards", "crm_rescore", "0.1", "status", k_rescore, nullptr,
     "Makes the stored scores of all cards anew: after a profile was changed. The gate is not asked."},
    {"Client cards", "crm_simulate_json", "0.1", "status", k_simulate_json, nullptr,
     "How many cards of the base a profile would refuse."},
    {"Client cards", "crm_contacts_json", "0.1", "status", k_contacts_json, nullptr,
     "People and clients by part of a name, phone in any spelling, e-mail or company."},
    {"Client cards", "crm_external_link", "0.1", "status", k_external_link, nullptr,
     "Ties the host's own id to a record."},
    {"Client cards", "crm_external_find", "0.1", "status", k_external_find, nullptr,
     "The record the host knows by this id; 0 and 0 if none."},
    {"Client cards", "crm_classifier_counts_json", "0.4", "status", k_classifier_counts_json, nullptr,
     "How many companies (users) stand under each node of a classifier of any kind, each once at a node."},
    {"Client cards", "crm_map_links_json", "0.4", "status", k_map_links_json, nullptr,
     "The ways to show an address on the 2GIS map: \"desktop\" (a command line), \"search\", \"geo\", \"app\", \"route\", and \"geo_uri\" for any "
     "map, \"geocoder_query\"; what the address has not enough for is left out. Nothing is asked of a network."},
    {"Client cards", "crm_address_split_json", "0.4", "status", k_address_split_json, nullptr,
     "An address written in one line as \"place\", \"street\", \"house\", \"unit\", and street and house as 2GIS writes them."},
    {"Managers", "crm_assign", "0.1", "status", k_assign, nullptr,
     "Makes a user the company's manager from a day (default: today)."},
    {"Managers", "crm_assignment_end", "0.1", "status", k_assignment_end, nullptr,
     "Ends an assignment on a day (default: today); it stays in the ledger."},
    {"Managers", "crm_dismiss_json", "0.1", "status", k_dismiss_json, nullptr,
     "Dismisses a user on a day (default: today; a day to come is kept for crm_tick_json): hands over his companies and "
     "events to the successor (0: by rule) and tells all that moved."},
    {"Managers", "crm_portfolio_json", "0.4", "status", k_portfolio_json, nullptr,
     "How many companies are a user's on a day (default: today), as main manager and as assistant; drafts do not count."},
    {"Managers", "crm_staff_json", "0.6", "status", k_staff_json, nullptr,
     "The staff by name as of a day (default: today), of a department with those below (0: everybody), with those not in service if asked: "
     "where they work, their companies and events."},
    {"Managers", "crm_user_card_json", "0.6", "status", k_user_card_json, nullptr,
     "Everything on one user: as in the list, and his places, earlier service, supervisors, subordinates, contacts, classifier nodes, "
     "characteristics, documents."},
    {"Managers", "crm_user_rehire", "0.6", "status", k_user_rehire, nullptr,
     "Hires a dismissed user again from a day (default: today). Nothing is given back to him."},
    {"Managers", "crm_orphans_json", "0.1", "status", k_orphans_json, nullptr,
     "Active companies without a manager on a day (default: today)."},
    {"Managers", "crm_working_days_json", "0.3", "status", k_working_days_json, nullptr,
     "The days from from_day up to but without to_day, ten years at most, as a user works (0: the organisation): the parts of each, their "
     "minutes, the name of a special day."},
    {"Events", "crm_event_plan", "0.1", "status", k_event_plan, nullptr,
     "Plans a new event with its products; the record is then the stored one."},
    {"Events", "crm_event_record", "0.1", "status", k_event_record, nullptr,
     "Records an event that has taken place."},
    {"Events", "crm_event_act", "0.1", "status", k_event_act, nullptr,
     "Reschedules, postpones, holds, cancels, ... (CRM_ACTION_*). CRM_REFUSED names every reason. Version 0: "
     "whatever is stored."},
    {"Events", "crm_verification_queue_json", "0.4", "status", k_verification_queue_json, nullptr,
     "Events that wait for the verification of this supervisor, longest waiting first."},
    {"Documents of the host", "crm_document_post_json", "0.4", "status", k_document_post_json, nullptr,
     "The host posted a document: {\"kind\": code, \"key\", \"revision\", \"date\", \"company_id\", \"user_id\", \"number\", \"amount\", "
     "\"currency\", \"lines\": [{\"product_id\", ...}]}. Rules make events or act on open ones; the same revision again does nothing, a newer "
     "one first undoes what the older did. A dry run tells what would happen."},
    {"Documents of the host", "crm_document_unpost_json", "0.4", "status", k_document_unpost_json, nullptr,
     "The host un-posted a document of this kind and key: what its rules did is undone where the event is as they left it, otherwise "
     "\"changed_since\" is told."},
    {"Calendar", "crm_calendar_json", "0.5", "status", k_calendar_json, nullptr,
     "Events of a day, week or month as they are laid out and look, and what is overdue: {\"view\": \"week\", \"day\": "
     "\"2026-03-02\", \"user_id\": 3}; also department_id, company_id, zone, theme_id, limit."},
    {"Calendar", "crm_calendar_svg", "0.5", "status", k_calendar_svg, nullptr,
     "The same as an SVG picture; also width (480 to 4000, default 1200) and links, what the links of its cells and events begin with."},
    {"Calendar", "crm_calendar_html", "0.5", "status", k_calendar_html, nullptr,
     "The same as one self-contained HTML page: the picture, with the overdue events and those of the period as tables."},
    {"Calendar", "crm_event_in_cell_json", "0.5", "status", k_event_in_cell_json, nullptr,
     "A new event as made from a cell of the calendar, to be filled in and given to crm_save_json. minute of the day, -1: the beginning of "
     "its working hours. user 0: who acts."},
    {"Calendar", "crm_event_move", "0.5", "status", k_event_move, nullptr,
     "Drops an event on a cell, which is a reschedule: on a day at its old time (minute -1), or at a minute of it. It keeps its duration."},
    {"Reports", "crm_pivot_json", "0.6", "status", k_pivot_json, nullptr,
     "Figures over rows and columns with totals: {\"from\", \"to\", \"rows\": [\"manager\"], \"columns\": [\"month\"], \"figures\": [\"events\", \"receipts\"], "
     "\"top\", \"before\", \"cumulative\", \"counted\", \"where\"}; see CRM_DIMENSION_*, CRM_FIGURE_*, CRM_EVENTS_COUNTED_*."},
    {"Reports", "crm_pivot_csv", "0.6", "status", k_pivot_csv, nullptr, "The same as CSV (RFC 4180, UTF-8)."},
    {"Reports", "crm_pivot_facts_json", "0.6", "status", k_pivot_facts_json, nullptr,
     "The ids behind a cell of that table, behind the total of a row (column -1) or of a column (row -1), or behind the total of a series."},
    {"Reports", "crm_chart_svg", "0.6", "status", k_chart_svg, nullptr,
     "A figure of such a table as a picture: {\"pivot\": {...}, \"chart\": \"bar\", \"grouped_bar\", \"stacked_bar\", \"line\", \"donut\" or \"heat_map\", "
     "\"series\": 0, \"title\", \"width\"}. Or the chart of a section of crm_report_html: \"funnel\", \"plan_fact\", \"receipts\", "
     "\"load\", \"whitespace\" or \"demand\"."},
    {"Reports", "crm_report_html", "0.6", "status", k_report_html, nullptr,
     "A page of tables and charts as one HTML file: {\"title\", \"subtitle\", \"from\", \"to\", \"as_of\", \"sections\": [{\"heading\", \"note\", "
     "\"pivot\": {...}, \"chart\": \"line\", \"table\": true}, {\"heading\", \"funnel\": {...}}]}. A section shows one of \"pivot\", \"funnel\", "
     "\"plan_fact\", \"receipts\", \"load\" (\"from\", \"to\", \"user_id\"), \"whitespace\", \"demand\" (crm_demanded_products_json) and \"calendar\", "
     "each asked as its own function is asked, or is a \"note\" alone."},
    {"Reports", "crm_load_by_day_json", "0.6", "status", k_load_by_day_json, nullptr,
     "How many open events touch each day from from_day up to but without to_day, at most 366, and minutes of it: of a user, or of everybody (0)."},
    {"Reports", "crm_funnel_json", "0.6", "status", k_funnel_json, nullptr,
     "Where the cases of a sales funnel stand: {\"funnel\": code, \"definition\": \"snapshot\", \"active\" or \"entry_cohort\", \"from\", \"to\", "
     "\"as_of\", \"counted\", \"by\": \"manager\", \"product\", \"sphere\" or \"classifier\", \"classifier_id\", \"events\": condition, \"companies\": "
     "condition, \"with_ids\"}. Each stage has its counts, conversions and times, in total and by row; with_ids tells the cases behind each number."},
    {"Reports", "crm_plans_set_json", "0.6", "status", k_plans_set_json, nullptr,
     "New versions of plan cells in one unit of work: an array of records; or an object, a plan cell whose number is shared out to the last "
     "unit: {\"measure\": \"amount\", \"amount\": 1000000, \"user_ids\": [...], \"product_ids\": [...], \"type_ids\": [...], "
     "\"periods\": [[\"2026-01-01\", \"2026-02-01\"], ...], \"weights\": [...]}. Without weights: equally, or by the facts of the period "
     "\"facts_of\"."},
    {"Reports", "crm_plan_fact_json", "0.6", "status", k_plan_fact_json, nullptr,
     "Plan, fact, deviation, attainment, forecast, undistributed: {\"from\": \"2026-03-01\", \"to\": \"2026-04-01\", \"by\": "
     "[\"department\", \"user\", \"product\", \"type\"], \"measures\": [...]}; also as_of, user_id, department_id, counted, version. "
     "Each currency is a row of its own; null is none, unassigned."},
    {"Reports", "crm_plan_fact_ids_json", "0.6", "status", k_plan_fact_ids_json, nullptr,
     "The ids behind a fact: the same question with \"row\", a row or total of its answer, \"limit\" and \"after\", the \"next\" of the page "
     "before."},
    {"Reports", "crm_receipts_json", "0.6", "status", k_receipts_json, nullptr,
     "Receipts and shipments put together: {\"from\", \"to\", \"kind\", \"company_id\", \"manager_id\", \"product_id\", \"by\": "
     "[\"company\", \"manager\", \"product\"], \"period\": \"month\"}, all optional. The totals are the sums of the host's records."},
    {"The host", "crm_host_set", "0.5", "status", k_host_set, nullptr,
     "What the host supplies from now on: its clock, delivery of notices, geocoder, check of files, authoriser, feeds. Replaces what was set "
     "before. The table is copied; its destroy is called when it is replaced, when the handle is closed, and when this fails."},
    {"The host", "crm_host_answer", "0.5", "status", k_host_answer, nullptr,
     "Inside a callback of the host: its answer, or why it fails. The text is copied. CRM_MISUSE anywhere else; CRM_INVALID_ARGUMENT if it "
     "is not UTF-8. Neither sets the error of the handle, whose call is under way."},
    {"The host", "crm_address_geocode", "0.5", "status", k_address_geocode, nullptr,
     "Asks the host where an address is and keeps it; found 0: it does not know."},
    {"The host", "crm_feed_read_json", "0.5", "status", k_feed_read_json, nullptr,
     "Reads what has changed in the host since the last time, at most that many pages, each in one unit of work with the position after it. "
     "Tells \"records\", \"pages\", \"more\", and \"warnings\" of cards that fell below the threshold of completeness, which is not asked here."},
    {"Time and notices", "crm_tick_json", "0.4", "status", k_tick_json, nullptr,
     "Does, as the host, what time has brought: records what fell overdue, escalates, carries out planned dismissals, renews scores, "
     "delivers to the host's sink; at most limit of each. Tells how many, whether there is \"more\" at once, and when to call \"next\"."},
    {"Time and notices", "crm_notices_claim_json", "0.4", "status", k_notices_claim_json, nullptr,
     "Takes up to limit notices whose moment has come, each with its \"text\" and idempotency \"key\". What is neither acknowledged nor "
     "failed within lease_seconds is given out again."},
    {"Time and notices", "crm_notice_acknowledge", "0.4", "status", k_notice_acknowledge, nullptr,
     "It has reached its recipient."},
    {"Time and notices", "crm_notice_fail", "0.4", "status", k_notice_fail, nullptr,
     "It could not be delivered, for this reason: tried again later and later, given up at the tenth time."},
    {"Matrices", "crm_matrix_json", "0.1", "status", k_matrix_json, nullptr,
     "The company's own product matrix on a day (default: today)."},
    {"Matrices", "crm_matrix_explain_json", "0.1", "status", k_matrix_explain_json, nullptr,
     "Which set excludes a cell on a day (default: today), or which managers give it."},
    {"Matrices", "crm_organisation_cell_remove_json", "0.1", "status", k_organisation_cell_remove_json, nullptr,
     "Takes a cell out of the organisation's matrix; users' cells under it refuse that or, if cascade, go "
     "along and are told."},
    {"Matrices", "crm_whitespace_json", "0.6", "status", k_whitespace_json, nullptr,
     "What of the range meant for each active client it owns, is offered, refused or was never offered: {\"day\", \"base\": \"spheres\", "
     "\"company_matrix\" or \"all_products\", \"company_ids\", \"manager_id\", \"sphere_id\", \"product_id\", \"statuses\": "
     "[\"owned\", \"in_work\", \"refused\", \"never_offered\", \"not_eligible\"], \"with_totals\", \"after\", \"limit\"}, all optional. Each client has its \"cells\" (product, own sphere, status); with_totals counts those of all clients "
     "asked for, by status and product; \"next\" is \"after\" of the next page."},
    {"Matrices", "crm_underserved_json", "0.6", "status", k_underserved_json, nullptr,
     "Active clients to whom something of their range was never offered, the worst first: {\"day\", \"base\", \"company_ids\", \"manager_id\", "
     "\"sphere_id\", \"product_id\", \"limit\"}, all optional."},
    {"Matrices", "crm_demanded_products_json", "0.6", "status", k_demanded_products_json, nullptr,
     "The most demanded products by the \"amount\" of shipments, their \"quantity\", or \"companies\" with held events: {\"by\", \"from\", \"to\", "
     "\"company_ids\", \"manager_id\", \"sphere_id\", \"product_id\", \"limit\"}, all optional. Each currency is ranked by itself."},
    {"Matrices", "crm_company_matrices_json", "0.6", "status", k_company_matrices_json, nullptr,
     "The matrices of all companies on a day, page by page: {\"day\", \"after\", \"limit\"}, all optional. Companies whose matrix is empty are left "
     "out."},
    {"Texts of other encodings", "crm_text_from_utf16", "0.5", "status", k_text_from_utf16, nullptr,
     "UTF-8 of a UTF-16 text, its units in the order of this machine. What is not well-formed, and a zero inside, is CRM_INVALID_ARGUMENT and "
     "told with its place, counted from 0; so in all four."},
    {"Texts of other encodings", "crm_text_to_utf16", "0.5", "status", k_text_to_utf16, nullptr,
     "UTF-16 of a UTF-8 text, ended by a zero, and how many units stand before it."},
    {"Texts of other encodings", "crm_text_from_windows_1251", "0.5", "status", k_text_from_windows_1251, nullptr,
     "UTF-8 of a Windows-1251 text. Byte 0x98 means nothing there and is refused."},
    {"Texts of other encodings", "crm_text_to_windows_1251", "0.5", "status", k_text_to_windows_1251, nullptr,
     "Windows-1251 of a UTF-8 text, ended by a zero, and its length. A character that is not there becomes the byte replacement, or with "
     "replacement 0 is refused and told."},
};

}  // namespace

std::span<const Function> functions() { return kFunctions; }

}  // namespace crm::capi
