// Constants, structs and callbacks of the C ABI. Add at the end, never change: see capi/functions.hpp.
#include "functions.hpp"

#include <algorithm>

namespace crm::capi {
namespace {

using M = Means;

constexpr Constant kConstants[] = {
    {"value_kind", "null", "CRM_NULL", 0, "Kinds of values."},
    {"value_kind", "integer", "CRM_INTEGER", 1, nullptr},
    {"value_kind", "real", "CRM_REAL", 2, nullptr},
    {"value_kind", "text", "CRM_TEXT", 3, nullptr},
    {"value_kind", "bytes", "CRM_BYTES", 4, nullptr},
    {"language", "english", "CRM_ENGLISH", 0, "Languages of messages."},
    {"language", "russian", "CRM_RUSSIAN", 1, nullptr},
    {"durability", "full", "CRM_DURABILITY_FULL", 0,
     "An acknowledged commit survives a power failure (full), or may be lost by one, but never the consistency (normal), or "
     "survives a crash of the program only (off)."},
    {"durability", "normal", "CRM_DURABILITY_NORMAL", 1, nullptr},
    {"durability", "off", "CRM_DURABILITY_OFF", 2, nullptr},
    {"store_feature", "durable", "CRM_STORE_DURABLE", 1, "Features of a host's store, added up. What is committed outlives the handle."},
    {"store_feature", "shared", "CRM_STORE_SHARED", 2, "Several handles and processes at once; each reading session has a snapshot."},
    {"store_table", "log", "CRM_STORE_LOG", 65534,
     "Tables that a host's store keeps beside those of the entities. The change log: a line's number is the id, its columns are at, "
     "actor, op, entity, record, count, previous and old (bytes, the library's own). The marks, in one column, value: the largest id "
     "ever by the number of a table, the last line by that of the log, and by 65536 the version of the schema."},
    {"store_table", "marks", "CRM_STORE_MARKS", 65535, nullptr},
    {"event_action", "plan", "CRM_ACTION_PLAN", 0, "Actions on events (crm_event_act)."},
    {"event_action", "record", "CRM_ACTION_RECORD", 1, nullptr},
    {"event_action", "reschedule", "CRM_ACTION_RESCHEDULE", 2, nullptr},
    {"event_action", "postpone", "CRM_ACTION_POSTPONE", 3, nullptr},
    {"event_action", "hold", "CRM_ACTION_HOLD", 4, nullptr},
    {"event_action", "cancel", "CRM_ACTION_CANCEL", 5, nullptr},
    {"event_action", "reopen", "CRM_ACTION_REOPEN", 6, nullptr},
    {"event_action", "accept", "CRM_ACTION_ACCEPT", 7, nullptr},
    {"event_action", "return", "CRM_ACTION_RETURN", 8, nullptr},
    {"event_action", "resubmit", "CRM_ACTION_RESUBMIT", 9, nullptr},
    {"event_action", "remove", "CRM_ACTION_REMOVE", 10, nullptr},
    {"event_action", "change_executor", "CRM_ACTION_CHANGE_EXECUTOR", 11, nullptr},
    {"event_action", "restore", "CRM_ACTION_RESTORE", 12, nullptr},
};

constexpr Member kCell[] = {
    {"int32_t", "kind", "CRM_NULL, CRM_INTEGER, ..."},
    {"int32_t", "size", "bytes of a text"},
    {"crm_value", "value", nullptr},
};

constexpr Member kOptions[] = {
    {"int32_t", "struct_size", nullptr},
    {"int32_t", "durability", "CRM_DURABILITY_*", M::choice, "durability"},
    {"int32_t", "busy_timeout_ms", "how long to wait for a lock; default 5000"},
    {"int32_t", "read_only", nullptr, M::flag},
    {"int32_t", "create_file", "1: make the file if there is none (default)", M::flag},
    {"int32_t", "language", "CRM_ENGLISH or CRM_RUSSIAN", M::choice, "language"},
    {"int64_t", "actor", "acting user, 0 = the host itself", M::id},
    {"int64_t", "max_nesting",
     "limits; what is more is refused whole by a rule that names the limit, limit.nesting and so on. 0: the default, INT64_MAX: none. This one: levels of "
     "JSON, of conditions inside conditions; default 32, never more than 100"},
    {"int64_t", "max_text_bytes", "of a text that is saved or asked for in a condition; default and most 1000000"},
    {"int64_t", "max_search_bytes", "of a text that is looked for inside others or at their beginning; default 1000"},
    {"int64_t", "max_conditions", "of a question; default 1000"},
    {"int64_t", "max_columns", "of a question; default 500"},
    {"int64_t", "max_values", "in the lists of a question; default 16384"},
    {"int64_t", "max_answer_rows", "of an answer that is given whole, a cursor has no end; default 1000000"},
    {"int64_t", "max_answer_bytes", "of an answer that is a text; default 268435456"},
    {"int64_t", "max_resident_bytes",
     "of what reports keep in memory between calls; beyond it they read the base, for the same numbers; default: none"},
    {"const char *", "zone", "of the organisation in a base that is made, \"Asia/Novosibirsk\"; NULL: Europe/Moscow; one that is there keeps its own"},
    {"const char *", "currency", "the same, \"KZT\"; NULL: RUB"},
};

constexpr Member kAction[] = {
    {"int32_t", "struct_size", nullptr},
    {"int32_t", "all_day", nullptr, M::flag},
    {"int64_t", "start_at", "reschedule, hold (actual), reopen", M::instant},
    {"int64_t", "end_at", nullptr, M::instant},
    {"int64_t", "until_day", "postpone", M::date},
    {"int64_t", "outcome", "hold: id of an outcome, 0 = none", M::id},
    {"int64_t", "executor", "change of executor: id of a user", M::id},
    {"const char *", "result", nullptr},
    {"const char *", "reason", nullptr},
    {"const char *", "comment", "verification"},
    {"const char *", "reserved", "NULL"},
};

constexpr Member kColumn[] = {
    {"const char *", "name", "snake_case"},
    {"int32_t", "number", "permanent number of the field, 2 for the version"},
    {"int32_t", "kind", "CRM_INTEGER, CRM_REAL, CRM_TEXT or CRM_BYTES"},
};

constexpr Member kStore[] = {
    {"int32_t", "struct_size", nullptr},
    {"int32_t", "features", "CRM_STORE_*"},
    {"void *", "user", "given to every callback"},
    {"const char *", "name", "for messages: \"the store of S-Market\""},
    {"crm_store_begin", "begin", "required"},
    {"crm_store_end", "end", "required"},
    {"crm_store_get", "get", "required"},
    {"crm_store_rows", "rows", "required"},
    {"crm_store_put", "put", "required"},
    {"crm_store_erase", "erase", "required"},
    {"crm_store_table", "table", "optional: without it nothing is told of the tables; get gives what put was given"},
    {"crm_store_message", "message", "optional: without it an error has the name of the status alone"},
    {"crm_store_destroy", "destroy", "optional: without it nothing is called when the handle is closed"},
    {"crm_store_mark", "mark", "optional, all three or none: without them the library undoes a failed call row by row, by put and erase"},
    {"crm_store_mark", "undo_to", "see mark"},
    {"crm_store_mark", "release", "see mark"},
};

constexpr Member kHost[] = {
    {"int32_t", "struct_size", nullptr},
    {"int32_t", "reserved", "0"},
    {"void *", "user", "given to every callback"},
    {"crm_host_call", "clock", "optional, without it the system's clock; question: null; answer: \"2026-03-02T09:00:00Z\" or microseconds, "
     "of a year from 1900 to 2200"},
    {"crm_host_call", "deliver",
     "optional, without it notices wait for crm_notices_claim_json; asked by crm_tick_json; question: a notice with its text; needs no answer; a "
     "failure is tried again"},
    {"crm_host_call", "geocode",
     "optional, without it crm_address_geocode is CRM_UNSUPPORTED; question: \"Novosibirsk, Lenina, 5\"; answer: {\"latitude\", \"longitude\", "
     "\"precision\"} or null"},
    {"crm_host_call", "file_exists", "optional, without it links are taken as they are; question: a URI; answer: true or false"},
    {"crm_host_call", "authorise",
     "optional, without it the rights of the library alone; question: {\"user_id\", \"entity\", \"id\", \"done\"}; answer: true or null, or why not as "
     "a text, or false; refused as CRM_HOST where it is none of these"},
    {"crm_host_call", "products",
     "optional, as are the next two, without it crm_feed_read_json of it is CRM_UNSUPPORTED; question: a position, \"\" at first; answer: "
     "{\"records\": [...] as for crm_save_json, \"next\": position, \"more\": true or false}; it may bring products and cards of "
     "clients"},
    {"crm_host_call", "documents", "records as for crm_document_post_json; kind and key with \"posted\": false: un-posted"},
    {"crm_host_call", "receipts",
     "receipts and shipments as for crm_save_json, and what products may bring; external_id with \"posted\": false: un-posted, it is taken away"},
    {"crm_host_destroy", "destroy", "optional: without it nothing is called when the table is not needed any more"},
};

constexpr Struct kStructs[] = {
    {"crm_cell", "One value: 16 bytes.", kCell},
    {"crm_options", "How to open. Set struct_size to sizeof and the rest to 0 or what you want.", kOptions},
    {"crm_action",
     "What an action on an event is given; see crm_event_act. Optional numbers are CRM_NONE or 0, texts NULL.", kAction},
    {"crm_column", "A column of a table of a host's store.", kColumn},
    {"crm_store",
     "A host's own storage: rows of cells by table and id. Filters, order, pages, checks and the change log are made of "
     "them by the library. Set struct_size to sizeof. Every callback returns CRM_OK or a CRM_* status (CRM_BUSY is told "
     "as it is, others as CRM_HOST); texts it gives are borrowed until the next callback.",
     kStore},
    {"crm_host",
     "What the host supplies, see crm_host_set. Set struct_size to sizeof, and to NULL what is not supplied. A question is a text of JSON, borrowed; "
     "the answer, JSON too, is given by crm_host_answer before the callback returns CRM_OK; without one, or if it makes no sense, the call fails with "
     "CRM_HOST and nothing is changed. Any other status is an error CRM_HOST whose text is the answer.",
     kHost},
};

constexpr Member kBegin[] = {
    {"void *", "user", nullptr},
    {"int32_t", "writing", nullptr},
};
constexpr Member kEnd[] = {
    {"void *", "user", nullptr},
    {"int32_t", "keep", nullptr},
};
constexpr Member kGet[] = {
    {"void *", "user", nullptr},
    {"int32_t", "table_no", nullptr},
    {"int64_t", "id", nullptr},
    {"crm_cell *", "cells", nullptr},
    {"int32_t *", "found", nullptr},
};
constexpr Member kRows[] = {
    {"void *", "user", nullptr},
    {"int32_t", "table_no", nullptr},
    {"int32_t", "column", nullptr},
    {"const crm_cell *", "low", nullptr},
    {"const crm_cell *", "high", nullptr},
    {"int64_t", "after", nullptr},
    {"int32_t", "max_rows", nullptr},
    {"int64_t *", "ids", nullptr},
    {"crm_cell *", "cells", nullptr},
    {"int32_t *", "row_count", nullptr},
};
constexpr Member kPut[] = {
    {"void *", "user", nullptr},
    {"int32_t", "table_no", nullptr},
    {"int64_t", "id", nullptr},
    {"const crm_cell *", "cells", nullptr},
};
constexpr Member kErase[] = {
    {"void *", "user", nullptr},
    {"int32_t", "table_no", nullptr},
    {"int64_t", "id", nullptr},
};
constexpr Member kTable[] = {
    {"void *", "user", nullptr},
    {"int32_t", "table_no", nullptr},
    {"const char *", "name", nullptr},
    {"const crm_column *", "columns", nullptr},
    {"int32_t", "column_count", nullptr},
};
constexpr Member kMark[] = {
    {"void *", "user", nullptr},
    {"int32_t", "number", nullptr},
};
constexpr Member kUser[] = {
    {"void *", "user", nullptr},
};

constexpr Member kHostCall[] = {
    {"void *", "user", nullptr},
    {"const char *", "question", nullptr},
};

constexpr Callback kCallbacks[] = {
    {"crm_store_begin", "status",
     "A unit of work begins, to write or only to read. Called when the first session of the handle begins; sessions that "
     "read inside one that writes are a part of it. CRM_BUSY: another one writes.",
     kBegin},
    {"crm_store_end", "status",
     "It ends. keep = 1: what was put and erased is durable when the call returns CRM_OK; if it fails, end with keep = 0 "
     "follows. 0: all of it is undone, and the unit of work is over whatever is returned.", kEnd},
    {"crm_store_get", "status",
     "The row of that id: its cells by the columns of the table, and *found = 1; *found = 0 if there is none.", kGet},
    {"crm_store_rows", "status",
     "Rows with an id above `after`, ascending, at most max_rows: ids, their cells one row after another, and how many "
     "(0: no more). column is 0, or the place (from 1) of a column whose value is wanted between *low and *high "
     "(NULL: open), both included and a null never, with texts compared by bytes: a store with an index uses it; one "
     "without may give all rows, the library sifts them. Both are there and equal for a single value.",
     kRows},
    {"crm_store_put", "status", "Adds the row or replaces the one of its id. The cells are borrowed.", kPut},
    {"crm_store_erase", "status", "Takes the row away; CRM_OK as well if there is none of that id.", kErase},
    {"crm_store_table", "status",
     "Told of every table when the store is opened, before the first begin: its permanent number, name and columns. New "
     "releases add columns at the end and tables; old rows are null there.",
     kTable},
    {"crm_store_mark", "status",
     "mark: a place in the unit of work to go back to, a savepoint, with a number from 1 up. undo_to: all that was put and erased since that "
     "mark is undone; it and those with greater numbers are gone. release: they are gone, and what was done stays.",
     kMark},
    {"crm_store_message", "const char *", "What went wrong in the callback that failed last, in UTF-8.", kUser},
    {"crm_store_destroy", "void",
     "The store is not needed any more; called once, also when opening fails for whatever reason.", kUser},
    {"crm_host_call", "status", "The host is asked, on the thread of the call that needs to know, inside of it.", kHostCall},
    {"crm_host_destroy", "void", "The table is not needed any more; called once.", kUser},
};

}  // namespace

std::span<const Constant> constants() { return kConstants; }
std::span<const Struct> structs() { return kStructs; }
std::span<const Callback> callbacks() { return kCallbacks; }
bool is_callback(std::string_view type) { return std::ranges::any_of(kCallbacks, [&](const Callback& c) { return type == c.name; }); }

}  // namespace crm::capi
