// Characteristics, client cards, managers, events, matrices.
#include <cstring>

#include "crm/base/text.hpp"
#include "handles.hpp"

using namespace crm;
using namespace crm::capi;

namespace {

RecordRef owner_of(std::int32_t entity, std::int64_t id) { return {entity_of(entity), id}; }

/// Fields that the caller's struct does not reach are "not given"; those we do not know are ignored.
ActionRequest request_of(const crm_action* given_action) {
  crm_action action{};
  action.start_at = action.end_at = action.until_day = CRM_NONE;
  if (given_action) {
    if (given_action->struct_size < 8)
      throw Error(Code::invalid_argument,
                  std::vector<Violation>{{"field.range", 0, 0, 0, std::to_string(given_action->struct_size),
                                          "struct_size of crm_action"}});
    std::memcpy(&action, given_action,
                std::min<std::size_t>(sizeof action, static_cast<std::size_t>(given_action->struct_size)));
  }
  const auto text = [](const char* from, const char* name) {
    return from ? std::string(text_of(from, name)) : std::string();
  };
  ActionRequest request;
  if (const auto start = given(action.start_at)) request.start = checked_instant(*start);
  if (const auto end = given(action.end_at)) request.end = checked_instant(*end);
  if (const auto until = given(action.until_day)) request.until = checked_date(*until);
  request.all_day = action.all_day != 0;
  request.outcome = {action.outcome};
  request.executor = {action.executor};
  request.result = text(action.result, "result");
  request.reason = text(action.reason, "reason");
  request.comment = text(action.comment, "comment");
  return request;
}

std::int32_t bring_about(crm_db* db, crm_record* ev, crm_record* const* lines, std::int32_t line_count, Action action) {
  return guard(db, [&](Base& base) {
    if (!is(ev, base, "ev") || ev->record.entity() != Event::kEntity) need(nullptr, "ev: a record of entity event");
    if (line_count < 0)
      throw Error(Code::invalid_argument, std::vector<Violation>{{"field.range", 0, 0, 0, std::to_string(line_count), "line_count"}});
    if (line_count) need(lines, "lines");
    std::vector<EventLine> products;
    for (std::int32_t i = 0; i < line_count; ++i) {
      if (!is(lines[i], base, "lines") || lines[i]->record.entity() != EventLine::kEntity) need(nullptr, "lines: records of entity event_line");
      products.push_back(from_row<EventLine>(lines[i]->record.row));
    }
    auto event = from_row<Event>(ev->record.row);
    Crm& crm = opened(base);
    Row made;
    std::vector<Row> made_lines;
    Warnings warnings;
    crm.as_one([&] {  // what the handles are to hold is there before it is kept
      warnings = action == Action::plan ? crm.plan(event, products) : crm.record(event, products);
      made = to_row(event);
      for (const EventLine& line : products) made_lines.push_back(to_row(line));
    });
    base.warnings = std::move(warnings);
    ev->record.row = std::move(made);
    for (std::int32_t i = 0; i < line_count; ++i) lines[i]->record.row = std::move(made_lines[static_cast<std::size_t>(i)]);
  });
}

}  // namespace

int32_t CRM_CALL crm_characteristic_set_json(crm_db* db, int32_t entity, int64_t id, const char* code, const char* values) {
  return guard(db, [&](Base& base) {
    const std::string_view name = text_of(code, "code");
    set_characteristic_json(opened(base), owner_of(entity, id), name, text_of(values, "values"));
  });
}

int32_t CRM_CALL crm_characteristics_json(crm_db* db, int32_t entity, int64_t id, const char** json) {
  return guard_text(db, json, [&](Base& base) { return characteristics_json(opened(base), owner_of(entity, id)); });
}

int32_t CRM_CALL crm_company_activate(crm_db* db, int64_t company) {
  return guard(db, [&](Base& base) { opened(base).activate({company}); });
}

int32_t CRM_CALL crm_company_archive(crm_db* db, int64_t company) {
  return guard(db, [&](Base& base) { opened(base).archive({company}); });
}

int32_t CRM_CALL crm_card_json(crm_db* db, int64_t company, int32_t last_events, const char** json) {
  return guard_text(db, json, [&](Base& base) { return card_json(opened(base), {company}, last_events); });
}

int32_t CRM_CALL crm_completeness_json(crm_db* db, int64_t company, const char** json) {
  return guard_text(db, json, [&](Base& base) { return completeness_json(opened(base), {company}); });
}

int32_t CRM_CALL crm_rescore(crm_db* db, int64_t* changed) {
  return guard(db, [&](Base& base) {
    const std::int64_t count = opened(base).rescore();
    if (changed) *changed = count;
  });
}

int32_t CRM_CALL crm_simulate_json(crm_db* db, int64_t profile, const char** json) {
  return guard_text(db, json, [&](Base& base) { return simulation_json(opened(base), {profile}); });
}

int32_t CRM_CALL crm_contacts_json(crm_db* db, const char* query, int32_t limit, const char** json) {
  return guard_text(db, json, [&](Base& base) { return contacts_json(opened(base), text_of(query, "query"), limit); });
}

int32_t CRM_CALL crm_map_links_json(crm_db* db, int64_t address, const char** json) {
  return guard_text(db, json, [&](Base& base) { return map_links_json(opened(base).load(IdOf<Address>{address})); });
}

int32_t CRM_CALL crm_address_split_json(crm_db* db, const char* line, const char** json) {
  return guard_text(db, json, [&](Base&) { return split_address_json(text_of(line, "line")); });
}

int32_t CRM_CALL crm_external_link(crm_db* db, const char* system, const char* kind, const char* key, int32_t entity,
                                   int64_t id) {
  return guard(db, [&](Base& base) {
    const auto parts = {text_of(system, "system"), text_of(kind, "kind"), text_of(key, "key")};
    opened(base).link_external(parts.begin()[0], parts.begin()[1], parts.begin()[2], owner_of(entity, id));
  });
}

int32_t CRM_CALL crm_external_find(crm_db* db, const char* system, const char* kind, const char* key, int32_t* entity,
                                   int64_t* id) {
  return guard(db, [&](Base& base) {
    need(entity, "entity");
    need(id, "id");
    *entity = 0;
    *id = 0;
    const auto parts = {text_of(system, "system"), text_of(kind, "kind"), text_of(key, "key")};
    const auto found = opened(base).find_external(parts.begin()[0], parts.begin()[1], parts.begin()[2]);
    if (!found) return;
    *entity = found->entity;
    *id = found->id;
  });
}

int32_t CRM_CALL crm_assign(crm_db* db, int64_t company, int64_t user, int32_t role, int64_t from_day, const char* reason,
                            int64_t* assignment) {
  return guard(db, [&](Base& base) {
    if (role != CRM_ASSIGNMENT_ROLE_MAIN && role != CRM_ASSIGNMENT_ROLE_ASSISTANT)
      throw Error(Code::invalid_argument, std::vector<Violation>{{"field.enum", Assignment::kEntity, Assignment::kRole, 0,
                                                                  std::to_string(role), "main, assistant"}});
    const Assignment made = opened(base).assign({company}, {user}, static_cast<Assignment::Role>(role), day_or_today(base, from_day),
                                                reason ? text_of(reason, "reason") : std::string_view());
    if (assignment) *assignment = made.id.value;
  });
}

int32_t CRM_CALL crm_assignment_end(crm_db* db, int64_t assignment, int64_t day, const char* reason) {
  return guard(db, [&](Base& base) {
    opened(base).end_assignment({assignment}, day_or_today(base, day), text_of(reason, "reason"));
  });
}

int32_t CRM_CALL crm_dismiss_json(crm_db* db, int64_t user, int64_t day, int64_t successor,
                                  int32_t subordinates_to_successor, const char** json) {
  return guard_written(db, json, [&](Base& base) {
    return [=, &base, on = day_or_today(base, day)] {
      return dismissal_json(opened(base).dismiss({user}, on, {successor}, subordinates_to_successor != 0));
    };
  });
}

int32_t CRM_CALL crm_portfolio_json(crm_db* db, int64_t user, int64_t day, const char** json) {
  return guard_text(db, json, [&](Base& base) { return portfolio_json(opened(base).portfolio({user}, day_or_today(base, day))); });
}

int32_t CRM_CALL crm_classifier_counts_json(crm_db* db, int64_t classifier, const char** json) {
  return guard_text(db, json, [&](Base& base) { return classifier_counts_json(opened(base).classifier_counts({classifier})); });
}

int32_t CRM_CALL crm_orphans_json(crm_db* db, int64_t day, const char** json) {
  return guard_text(db, json, [&](Base& base) { return orphans_json(opened(base), day_or_today(base, day)); });
}

int32_t CRM_CALL crm_working_days_json(crm_db* db, int64_t user, int64_t from_day, int64_t to_day, const char** json) {
  return guard_text(db, json, [&](Base& base) {
    return working_days_json(opened(base), {user}, {checked_date(from_day), checked_date(to_day)});
  });
}

int32_t CRM_CALL crm_access_explain_json(crm_db* db, int64_t user, int32_t entity, int64_t id, const char** json) {
  return guard_text(db, json, [&](Base& base) {
    const RecordRef record = owner_of(entity, id);
    return access_json(opened(base).explain_access({user}, record));
  });
}

int32_t CRM_CALL crm_event_plan(crm_db* db, crm_record* ev, crm_record* const* lines, int32_t line_count) {
  return bring_about(db, ev, lines, line_count, Action::plan);
}

int32_t CRM_CALL crm_event_record(crm_db* db, crm_record* ev, crm_record* const* lines, int32_t line_count) {
  return bring_about(db, ev, lines, line_count, Action::record);
}

int32_t CRM_CALL crm_event_act(crm_db* db, int64_t event_id, int64_t version, int32_t action, const crm_action* request,
                               int64_t* new_version) {
  return guard(db, [&](Base& base) {
    if (action < 0 || action >= kActions)
      throw Error(Code::invalid_argument,
                  std::vector<Violation>{{"field.range", 0, 0, 0, std::to_string(action), "CRM_ACTION_*"}});
    const Event after = opened(base).act({event_id}, version, static_cast<Action>(action), request_of(request));
    if (new_version) *new_version = after.version;
  });
}

int32_t CRM_CALL crm_verification_queue_json(crm_db* db, int64_t supervisor, const char** json) {
  return guard_text(db, json, [&](Base& base) { return events_json(opened(base).verification_queue({supervisor})); });
}

int32_t CRM_CALL crm_document_post_json(crm_db* db, const char* json, int32_t dry_run, const char** report) {
  const auto read = [&](Base& base) {
    return [=, &base, given = text_of(json, "json")] { return post_document_json(opened(base), given, dry_run != 0); };
  };
  return dry_run ? guard_text(db, report, [&](Base& base) { return read(base)(); }) : guard_written(db, report, read);
}

int32_t CRM_CALL crm_document_unpost_json(crm_db* db, const char* kind, const char* key, int32_t dry_run, const char** report) {
  const auto read = [&](Base& base) {
    return [=, &base, of = text_of(kind, "kind"), which = text_of(key, "key")] {
      return unpost_document_json(opened(base), of, which, dry_run != 0);
    };
  };
  return dry_run ? guard_text(db, report, [&](Base& base) { return read(base)(); }) : guard_written(db, report, read);
}

int32_t CRM_CALL crm_tick_json(crm_db* db, int32_t limit, const char** json) {
  return guard_done(db, json, [&](Base& base) { return tick_json(opened(base).tick(limit)); });
}

int32_t CRM_CALL crm_notices_claim_json(crm_db* db, int32_t limit, int32_t lease_seconds, const char** json) {
  return guard_written(db, json, [&](Base& base) {
    return [=, &base] { return notices_json(opened(base).claim_notices(limit, std::chrono::seconds(lease_seconds))); };
  });
}

int32_t CRM_CALL crm_notice_acknowledge(crm_db* db, int64_t notice) {
  return guard(db, [&](Base& base) { opened(base).acknowledge_notice({notice}); });
}

int32_t CRM_CALL crm_notice_fail(crm_db* db, int64_t notice, const char* reason) {
  return guard(db, [&](Base& base) { opened(base).fail_notice({notice}, text_of(reason, "reason")); });
}

int32_t CRM_CALL crm_matrix_json(crm_db* db, int64_t company, int64_t day, const char** json) {
  return guard_text(db, json, [&](Base& base) { return matrix_json(opened(base), {company}, day_or_today(base, day)); });
}

int32_t CRM_CALL crm_matrix_explain_json(crm_db* db, int64_t company, int64_t product, int64_t sphere, int64_t day,
                                         const char** json) {
  return guard_text(db, json, [&](Base& base) {
    return matrix_explain_json(opened(base), {company}, {product}, {sphere}, day_or_today(base, day));
  });
}

int32_t CRM_CALL crm_organisation_cell_remove_json(crm_db* db, int64_t product, int64_t sphere, int32_t cascade,
                                                   const char** json) {
  return guard_written(db, json, [&](Base& base) {
    return [=, &base] { return user_cells_json(opened(base).remove_organisation_cell({product}, {sphere}, cascade != 0)); };
  });
}
