// The handle, its clock and error, units of work, JSON.
#include <cstddef>
#include <cstring>

#include "crm/base/text.hpp"
#include "crm/meta/json.hpp"
#include "handles.hpp"

using namespace crm;
using namespace crm::capi;

namespace {

/// Fields that the caller's struct does not reach keep their defaults; those we do not know are ignored.
crm_options options_of(const crm_options* given_options) {
  crm_options options{};
  options.create_file = 1;
  options.busy_timeout_ms = 5000;
  if (given_options) {
    if (given_options->struct_size < 8)
      throw Error(Code::invalid_argument, std::vector<Violation>{{"field.range", 0, 0, 0,
                                                                  std::to_string(given_options->struct_size),
                                                                  "struct_size of crm_options"}});
    const auto size = std::min<std::size_t>(sizeof options, static_cast<std::size_t>(given_options->struct_size));
    std::memcpy(&options, given_options, size);
    if (size < offsetof(crm_options, zone) + sizeof options.zone) options.zone = nullptr;  // half a pointer is none
    if (size < offsetof(crm_options, currency) + sizeof options.currency) options.currency = nullptr;
  }
  if (options.language != CRM_ENGLISH && options.language != CRM_RUSSIAN)
    throw Error(Code::invalid_argument,
                std::vector<Violation>{{"field.range", 0, 0, 0, std::to_string(options.language), "language"}});
  if (options.durability < CRM_DURABILITY_FULL || options.durability > CRM_DURABILITY_OFF)
    throw Error(Code::invalid_argument,
                std::vector<Violation>{{"field.range", 0, 0, 0, std::to_string(options.durability), "durability"}});
  return options;
}

/// 0 is the default.
Limits limits_of(const crm_options& options) {
  Limits limits;
  const auto take = [](std::int64_t given, const char* name, std::int64_t& limit) {
    if (given < 0)
      throw Error(Code::invalid_argument, std::vector<Violation>{{"field.range", 0, 0, 0, std::to_string(given), std::string(name) + ": 0 or more"}});
    if (given) limit = given;
  };
  take(options.max_nesting, "max_nesting", limits.nesting);
  take(options.max_text_bytes, "max_text_bytes", limits.text_bytes);
  take(options.max_search_bytes, "max_search_bytes", limits.search_bytes);
  take(options.max_conditions, "max_conditions", limits.conditions);
  take(options.max_columns, "max_columns", limits.columns);
  take(options.max_values, "max_values", limits.values);
  take(options.max_answer_rows, "max_answer_rows", limits.answer_rows);
  take(options.max_answer_bytes, "max_answer_bytes", limits.answer_bytes);
  take(options.max_resident_bytes, "max_resident_bytes", limits.resident_bytes);
  return limits;
}

CrmOptions crm_options_of(Base& base, const crm_options& options) {
  base.language = static_cast<Language>(options.language);
  CrmOptions out;
  out.actor = {options.actor};
  out.language = base.language;
  out.limits = limits_of(options);
  out.interrupt = &base.interrupt;
  if (options.zone) out.zone = text_of(options.zone, "zone");
  if (options.currency) out.currency = Currency(text_of(options.currency, "currency"));
  return out;
}

void open_base(Base& base, const char* path, const crm_options* given_options) {
  const crm_options options = options_of(given_options);
  CrmOptions crm_options = crm_options_of(base, options);
  const std::string file(text_of(path, "path"));
  if (file == "memory:") {
    base.crm.emplace(crm::open(file, std::move(crm_options)));
    return;
  }
  SqliteOptions sqlite;
  sqlite.path = file;
  sqlite.create = options.create_file != 0;
  sqlite.read_only = options.read_only != 0;
  sqlite.busy_timeout_ms = options.busy_timeout_ms;
  sqlite.durability = static_cast<Durability>(options.durability);
  base.crm.emplace(crm::open(sqlite, std::move(crm_options)));
}

/// What `take(base, violation)` says of a broken rule of the last error; `none` if there is no such one.
template <class T, class Take>
T of_violation(const crm_db* db, std::int32_t which, T none, Take&& take) {
  const Entry entry(db);
  if (!entry || which < 0) return none;
  const auto& all = entry.base().error.violations();
  return static_cast<std::size_t>(which) < all.size() ? take(entry.base(), all[static_cast<std::size_t>(which)]) : none;
}

/// A handle that is there even where opening fails, to tell why.
template <class Open>
std::int32_t open_handle(crm_db** db, Open&& open) noexcept {
  if (!db) return CRM_INVALID_ARGUMENT;
  *db = nullptr;
  try {
    Base& base = *Pool<Base>::of_process().take();
    try {
      *db = make_handle<crm_db>(base);
    } catch (...) {
      Pool<Base>::of_process().put_back(&base);
      throw;
    }
    base.user.store(std::this_thread::get_id(), std::memory_order_relaxed);
    base.use.store(Use::free, std::memory_order_release);
  } catch (...) {
    return CRM_OUT_OF_MEMORY;
  }
  return guard(*db, open);
}

std::string two(std::int64_t n) { return (n < 10 ? "0" : "") + std::to_string(n); }

Language language_of(std::int32_t language) {
  if (language != CRM_ENGLISH && language != CRM_RUSSIAN)
    throw Error(Code::invalid_argument, std::vector<Violation>{{"field.range", 0, 0, 0, std::to_string(language), "language"}});
  return static_cast<Language>(language);
}

}  // namespace

const char* CRM_CALL crm_version(void) { return crm::version(); }

const char* CRM_CALL crm_status_name(int32_t status) {
  if (status < 0 || status > static_cast<int32_t>(kLastCode)) return "unknown";
  return name(static_cast<Code>(status)).data();
}

int32_t CRM_CALL crm_entity_no(const char* entity_name) {
  const EntityInfo* info = entity_name ? find_entity(std::string_view(entity_name)) : nullptr;
  return info ? info->no : 0;
}

int32_t CRM_CALL crm_field_no(int32_t entity, const char* field_name) {
  const EntityInfo* info = entity > 0 && entity < 65536 ? find_entity(static_cast<EntityNo>(entity)) : nullptr;
  if (!info || !field_name) return 0;
  const std::string_view wanted = field_name;
  if (wanted == "id") return kId;
  if (wanted == "version") return kVersion;
  const FieldInfo* field = info->find(wanted);
  return field ? field->no : 0;
}

int32_t CRM_CALL crm_open(const char* path, const crm_options* options, crm_db** db) {
  return open_handle(db, [&](Base& base) { open_base(base, path, options); });
}

int32_t CRM_CALL crm_open_joined(void* sqlite, const crm_options* options, crm_db** db) {
  return open_handle(db, [&](Base& base) {
    need(sqlite, "sqlite");
#ifdef CRM_SQLITE_INSIDE
    throw Error(Code::unsupported, std::vector<Violation>{{"store.unsupported", 0, 0, 0, "joining", "SQLite is compiled into this library, the "
                                                           "connection is of another one"}});
#endif
    base.crm.emplace(crm::join(static_cast<sqlite3*>(sqlite), crm_options_of(base, options_of(options))));
  });
}

int32_t CRM_CALL crm_open_store(const crm_store* store, const crm_options* options, crm_db** db) {
  bool taken = false;  // who takes the store calls its destroy
  const std::int32_t status = open_handle(db, [&](Base& base) {
    need(store, "store");
    CrmOptions own = crm_options_of(base, options_of(options));
    taken = true;
    base.crm.emplace(crm::open(*store, std::move(own)));
  });
  if (store && !taken) give_up_host_store(*store);
  return status;
}

void CRM_CALL crm_close(crm_db* db) { close(db, Tag::db); }

int32_t CRM_CALL crm_thread_take(crm_db* db) {
  const Entry entry(db, true);
  if (!entry) return entry.status();
  entry.base().error = Error(Code::ok, std::string());
  entry.base().user.store(std::this_thread::get_id(), std::memory_order_relaxed);
  return CRM_OK;
}

int32_t CRM_CALL crm_interrupt(crm_db* db) { return interrupt(db, Tag::db); }

int32_t CRM_CALL crm_act_as(crm_db* db, int64_t user) {
  return guard(db, [&](Base& base) { opened(base).act_as(UserId{user}); });
}

int32_t CRM_CALL crm_act_as_login(crm_db* db, const char* login) {
  return guard(db, [&](Base& base) { opened(base).act_as(text_of(login, "login")); });
}

int32_t CRM_CALL crm_clock_set(crm_db* db, int64_t now_us) {
  return guard(db, [&](Base& base) {
    check_clock(instant_of(now_us), Code::invalid_argument);
    opened(base).host().clock = [at = instant_of(now_us)] { return at; };
    base.stopped = true;
  });
}

int32_t CRM_CALL crm_clock_reset(crm_db* db) {
  return guard(db, [&](Base& base) {
    opened(base).host().clock = base.host_clock;
    base.stopped = false;
  });
}

int32_t CRM_CALL crm_now(crm_db* db, int64_t* now_us) {
  return guard(db, [&](Base& base) {
    need(now_us, "now_us");
    *now_us = to_number(opened(base).now());
  });
}

int32_t CRM_CALL crm_today(crm_db* db, int64_t* day) {
  return guard(db, [&](Base& base) {
    need(day, "day");
    *day = to_number(opened(base).today());
  });
}

int32_t CRM_CALL crm_day_start(crm_db* db, int64_t day, int64_t* at_us) {
  return guard(db, [&](Base& base) {
    need(at_us, "at_us");
    *at_us = to_number(opened(base).zone().start_of(checked_date(day)));
  });
}

int32_t CRM_CALL crm_language_set(crm_db* db, int32_t language) {
  return guard(db, [&](Base& base) {
    base.language = language_of(language);
    opened(base).set_language(base.language);
  });
}

int32_t CRM_CALL crm_starter_set(crm_db* db, int32_t language) {
  return guard(db, [&](Base& base) { opened(base).fill_starter_set(language_of(language)); });
}

int32_t CRM_CALL crm_schema_json(crm_db* db, const char** json) {
  return guard_text(db, json, [](Base&) { return schema_json(); });
}

int32_t CRM_CALL crm_date_parse(crm_db* db, const char* iso, int64_t* day) {
  return guard(db, [&](Base&) {
    need(day, "day");
    const std::string_view text = text_of(iso, "iso");
    const auto parsed = parse_date(text);
    if (!parsed)
      throw Error(Code::invalid_argument, std::vector<Violation>{{"json.kind", 0, 0, 0, shorten(text), "a date, \"2026-03-02\""}});
    *day = to_number(*parsed);
  });
}

int32_t CRM_CALL crm_instant_parse(crm_db* db, const char* iso, int64_t* at_us) {
  return guard(db, [&](Base&) {
    need(at_us, "at_us");
    const std::string_view text = text_of(iso, "iso");
    const auto parsed = parse_instant(text);
    if (!parsed)
      throw Error(Code::invalid_argument, std::vector<Violation>{{"json.kind", 0, 0, 0, shorten(text),
                                                                  "an instant, \"2026-03-02T09:00:00+07:00\""}});
    *at_us = to_number(*parsed);
  });
}

int32_t CRM_CALL crm_date_text(crm_db* db, int64_t day, const char** iso) {
  return guard_text(db, iso, [&](Base&) { return to_string(checked_date(day)); });
}

int32_t CRM_CALL crm_local_text(crm_db* db, int64_t at_us, const char** wall) {
  return guard_text(db, wall, [&](Base& base) {
    const LocalTime local = opened(base).zone().local(checked_instant(at_us));
    const Date day = std::chrono::floor<std::chrono::days>(local);
    const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(local - LocalTime(day)).count();
    return to_string(day) + " " + two(minutes / 60) + ":" + two(minutes % 60);
  });
}

int32_t CRM_CALL crm_error_code(crm_db* db) {
  const Entry entry(db);
  return entry ? static_cast<int32_t>(entry.base().error.code()) : entry.status();
}

const char* CRM_CALL crm_error_message(crm_db* db) {
  const Entry entry(db);
  if (!entry) return entry.why();
  return entry.base().error.code() == Code::ok ? "" : entry.base().message.c_str();
}

int32_t CRM_CALL crm_error_json(crm_db* db, const char** json) {
  const Entry entry(db);
  if (!entry) return entry.status();
  Base& base = entry.base();
  try {
    need(json, "json");
    base.text = to_json(base.error, base.language);
    *json = base.text.c_str();
    return CRM_OK;
  } catch (...) {
    return fail(base);
  }
}

int32_t CRM_CALL crm_violation_count(crm_db* db) {
  const Entry entry(db);
  return entry ? static_cast<int32_t>(entry.base().error.violations().size()) : 0;
}

const char* CRM_CALL crm_violation_rule(crm_db* db, int32_t which) {
  return of_violation<const char*>(db, which, nullptr, [](Base&, const Violation& v) { return v.rule.c_str(); });
}

int32_t CRM_CALL crm_violation_entity(crm_db* db, int32_t which) {
  return of_violation<int32_t>(db, which, 0, [](Base&, const Violation& v) { return v.entity; });
}

int32_t CRM_CALL crm_violation_field(crm_db* db, int32_t which) {
  return of_violation<int32_t>(db, which, 0, [](Base&, const Violation& v) { return v.field; });
}

int64_t CRM_CALL crm_violation_record(crm_db* db, int32_t which) {
  return of_violation<int64_t>(db, which, 0, [](Base&, const Violation& v) { return v.record; });
}

const char* CRM_CALL crm_violation_value(crm_db* db, int32_t which) {
  return of_violation<const char*>(db, which, nullptr, [](Base&, const Violation& v) { return v.value.c_str(); });
}

const char* CRM_CALL crm_violation_text(crm_db* db, int32_t which) {
  return of_violation<const char*>(db, which, nullptr, [](Base& base, const Violation& v) -> const char* {
    try {
      base.text = describe(v, base.language);
      return base.text.c_str();
    } catch (...) {
      return nullptr;
    }
  });
}

int32_t CRM_CALL crm_warnings_json(crm_db* db, const char** json) {
  return guard_done(db, json, [](Base& base) { return violations_json(base.warnings, base.language); });
}

int32_t CRM_CALL crm_begin(crm_db* db) {
  return guard(db, [](Base& base) { opened(base).begin(); });
}

int32_t CRM_CALL crm_commit(crm_db* db) {
  return guard(db, [](Base& base) { base.warnings = opened(base).commit(); });
}

int32_t CRM_CALL crm_rollback(crm_db* db) {
  return guard(db, [](Base& base) { opened(base).rollback(); });
}

int32_t CRM_CALL crm_snapshot_open(crm_db* db) {
  return guard(db, [](Base& base) {
    base.snapshot.reset();
    base.snapshot = opened(base).snapshot();
  });
}

int32_t CRM_CALL crm_snapshot_close(crm_db* db) {
  return guard(db, [](Base& base) { base.snapshot.reset(); });
}

int32_t CRM_CALL crm_save_json(crm_db* db, const char* json, const char** answer) {
  return guard_done(db, answer, [&](Base& base) { return save_json(opened(base), text_of(json, "json")); });
}

int32_t CRM_CALL crm_audit_json(crm_db* db, const char* query, const char** json) {
  return guard_text(db, json, [&](Base& base) { return audit_json(opened(base), text_of(query, "query")); });
}

int32_t CRM_CALL crm_query_json(crm_db* db, const char* json, const char** answer) {
  return guard_text(db, answer, [&](Base& base) { return query_json(opened(base), text_of(json, "json")); });
}
