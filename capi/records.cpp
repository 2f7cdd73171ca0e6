// Records, queries and cursors.
#include "crm/base/text.hpp"
#include "crm/meta/json.hpp"
#include "handles.hpp"

using namespace crm;
using namespace crm::capi;

namespace {

void check_number(std::int32_t field, const EntityInfo& info) {
  if (field <= 0 || field > 65535)
    throw Error(Code::invalid_argument,
                std::vector<Violation>{{"field.unknown", info.no, 0, 0, std::to_string(field), info.name}});
}

/// Null cell for anything that is not a field.
Cell cell_of(const Record& record, std::int32_t field) {
  if (field <= 0 || field > 65535) return {};
  const auto no = static_cast<FieldNo>(field);
  if (no == kId || no == kVersion) return record.get(no);
  const int at = record.info->position(no);
  return at < 0 ? Cell() : to_cell(record.row.values[static_cast<std::size_t>(at)]);
}

/// Null also where the record cannot be used.
Cell cell_of(const crm_record* rec, std::int32_t field) {
  const Entry entry(rec);
  return entry ? cell_of(rec->record, field) : Cell();
}

Cell cell_of(const crm_cursor* cursor, std::int32_t column) {
  const Entry entry(cursor);
  if (!entry || !cursor->row || column < 0 || static_cast<std::size_t>(column) >= cursor->columns) return {};
  return cursor->row[column];
}

/// The field of that number, if a host may set it.
FieldNo settable(std::int32_t field, const Record& record) {
  check_number(field, *record.info);
  const auto no = static_cast<FieldNo>(field);
  const FieldInfo* const info = record.info->find(no);
  if (info && info->has(kDerived))
    throw Error(Code::invalid_argument, std::vector<Violation>{{"field.read_only", record.entity(), no, record.row.id, "", info->name}});
  return no;
}

/// Told at once, as what else is wrong with a value.
void check_length(const Base& base, const Record& record, FieldNo no, std::string_view text) {
  const FieldInfo* const info = record.info->find(no);
  if (!base.crm || !info || storage_of(info->kind) != Storage::text) return;
  const std::int64_t limit = base.crm->limits().text_bytes;
  if (static_cast<std::uint64_t>(text.size()) > static_cast<std::uint64_t>(limit))
    throw Error(Code::invalid_argument,
                std::vector<Violation>{{"field.too_long", record.entity(), no, record.row.id, shorten(text), std::to_string(limit)}});
}

void set(crm_record& rec, std::int32_t field, const Cell& value) { rec.record.set(settable(field, rec.record), value); }

/// The record that a host makes: opened base, entity known.
crm_record* make_record(Base& base, Record record) {
  opened(base);
  auto* const made = make_handle<crm_record>(base);
  made->record = std::move(record);
  return made;
}

bool step(Base& base, crm_cursor& cursor) {
  opened(base);
  cursor.row = nullptr;  // its texts are gone, also if there is no next one to be had
  if (!cursor.rows) return false;
  cursor.row = cursor.rows->next();
  if (!cursor.row) cursor.rows.reset();  // releases the snapshot
  return cursor.row != nullptr;
}

}  // namespace

int32_t CRM_CALL crm_record_new(crm_db* db, int32_t entity, crm_record** rec) {
  return guard(db, [&](Base& base) {
    need(rec, "rec");
    *rec = nullptr;
    *rec = make_record(base, Record(entity_of(entity)));
  });
}

int32_t CRM_CALL crm_record_load(crm_db* db, int32_t entity, int64_t id, crm_record** rec) {
  return guard(db, [&](Base& base) {
    need(rec, "rec");
    *rec = nullptr;
    *rec = make_record(base, opened(base).load(entity_of(entity), id));
  });
}

void CRM_CALL crm_record_close(crm_record* rec) {
  close(rec, Tag::record);
}

int32_t CRM_CALL crm_record_entity(crm_record* rec) {
  const Entry entry(rec);
  return entry ? rec->record.entity() : 0;
}

int64_t CRM_CALL crm_record_id(crm_record* rec) {
  const Entry entry(rec);
  return entry ? rec->record.row.id : 0;
}

int64_t CRM_CALL crm_record_version(crm_record* rec) {
  const Entry entry(rec);
  return entry ? rec->record.row.version : 0;
}

int32_t CRM_CALL crm_record_is_null(crm_record* rec, int32_t field) {
  const Entry entry(rec);
  return entry ? cell_of(rec->record, field).is_null() : -1;
}

int64_t CRM_CALL crm_record_int(crm_record* rec, int32_t field) { return cell_of(rec, field).as_integer(); }

double CRM_CALL crm_record_real(crm_record* rec, int32_t field) {
  const QuietFloat quiet;  // a long integer has no double of its own
  return cell_of(rec, field).as_real();
}

const char* CRM_CALL crm_record_text(crm_record* rec, int32_t field, int32_t* length) {
  if (length) *length = 0;
  const Cell cell = cell_of(rec, field);
  if (cell.kind != Storage::text) return nullptr;
  // Values are std::string: NUL-terminated where they stand, as long as the record does not change.
  if (length) *length = static_cast<int32_t>(cell.size);
  return cell.text;
}

int32_t CRM_CALL crm_record_set_int(crm_record* rec, int32_t field, int64_t number) {
  return guard(rec, [&](Base&) { set(*rec, field, Cell::of(number)); });
}

int32_t CRM_CALL crm_record_set_real(crm_record* rec, int32_t field, double number) {
  return guard(rec, [&](Base&) { set(*rec, field, Cell::of(number)); });
}

int32_t CRM_CALL crm_record_set_text(crm_record* rec, int32_t field, const char* text, int32_t length) {
  return guard(rec, [&](Base& base) {
    const std::string_view view = text_of(text, length, "text");
    const FieldNo no = settable(field, rec->record);
    check_length(base, rec->record, no, view);
    set_field_text(rec->record, no, view);
  });
}

int32_t CRM_CALL crm_record_set_null(crm_record* rec, int32_t field) {
  return guard(rec, [&](Base&) { set(*rec, field, Cell()); });
}

int32_t CRM_CALL crm_record_save(crm_record* rec) {
  return guard(rec, [&](Base& base) { base.warnings = opened(base).save(rec->record); });
}

int32_t CRM_CALL crm_record_erase(crm_record* rec) {
  return guard(rec, [&](Base& base) {
    opened(base).erase(rec->record.entity(), rec->record.row.id, rec->record.row.version);
  });
}

int32_t CRM_CALL crm_record_json(crm_record* rec, const char** json) {
  return guard_text(rec, json, [&](Base&) { return to_json(rec->record); });
}

int32_t CRM_CALL crm_query_new(crm_db* db, const char* json, crm_query** query) {
  return guard(db, [&](Base& base) {
    need(query, "query");
    *query = nullptr;
    auto prepared = std::make_unique<PreparedQuery>(opened(base), text_of(json, "json"));
    *query = make_handle<crm_query>(base);
    (*query)->query = std::move(prepared);
  });
}

void CRM_CALL crm_query_close(crm_query* query) {
  close(query, Tag::query);
}

int32_t CRM_CALL crm_query_bind_int(crm_query* query, int32_t index, int64_t number) {
  return guard(query, [&](Base&) { query->query->bind(index, number); });
}

int32_t CRM_CALL crm_query_bind_real(crm_query* query, int32_t index, double number) {
  return guard(query, [&](Base&) { query->query->bind(index, number); });
}

int32_t CRM_CALL crm_query_bind_text(crm_query* query, int32_t index, const char* text, int32_t length) {
  return guard(query, [&](Base&) { query->query->bind(index, std::string(text_of(text, length, "text"))); });
}

int32_t CRM_CALL crm_query_bind_null(crm_query* query, int32_t index) {
  return guard(query, [&](Base&) { query->query->bind(index, {}); });
}

int32_t CRM_CALL crm_query_rows_json(crm_query* query, const char** answer) {
  return guard_text(query, answer, [&](Base& base) { return rows_json(opened(base), *query->query); });
}

int32_t CRM_CALL crm_query_run(crm_query* query, crm_cursor** cursor) {
  return guard(query, [&](Base& base) {
    need(cursor, "cursor");
    *cursor = nullptr;
    auto rows = query->query->run(opened(base));
    const std::size_t columns = query->query->columns().size();
    base.cursors.reserve(base.cursors.size() + 1);
    *cursor = make_handle<crm_cursor>(base);
    (*cursor)->rows.emplace(std::move(rows));
    (*cursor)->columns = columns;
    base.cursors.push_back(*cursor);
  });
}

void CRM_CALL crm_cursor_close(crm_cursor* cursor) {
  close(cursor, Tag::cursor);
}

int32_t CRM_CALL crm_cursor_next(crm_cursor* cursor, int32_t* more) {
  return guard(cursor, [&](Base& base) {
    need(more, "more");
    *more = 0;
    *more = step(base, *cursor);
  });
}

int32_t CRM_CALL crm_cursor_columns(crm_cursor* cursor) {
  const Entry entry(cursor);
  return entry ? static_cast<int32_t>(cursor->columns) : 0;
}

int32_t CRM_CALL crm_cursor_kind(crm_cursor* cursor, int32_t column) {
  return static_cast<int32_t>(cell_of(cursor, column).kind);
}

int64_t CRM_CALL crm_cursor_int(crm_cursor* cursor, int32_t column) { return cell_of(cursor, column).as_integer(); }

double CRM_CALL crm_cursor_real(crm_cursor* cursor, int32_t column) {
  const QuietFloat quiet;
  return cell_of(cursor, column).as_real();
}

const char* CRM_CALL crm_cursor_text(crm_cursor* cursor, int32_t column, int32_t* length) {
  if (length) *length = 0;
  const Cell cell = cell_of(cursor, column);
  if (cell.kind != Storage::text && cell.kind != Storage::bytes) return nullptr;
  if (length) *length = static_cast<int32_t>(cell.size);
  return cell.text;
}

int32_t CRM_CALL crm_cursor_cells(crm_cursor* cursor, int32_t max_rows, crm_cell* cells, int32_t* rows) {
  return guard(cursor, [&](Base& base) {
    need(rows, "rows");
    *rows = 0;
    need(cells, "cells");
    if (max_rows <= 0)
      throw Error(Code::invalid_argument, std::vector<Violation>{{"field.range", 0, 0, 0, std::to_string(max_rows), "max_rows"}});
    cursor->arena.clear();
    std::vector<std::size_t> offsets;
    std::int32_t got = 0;
    const auto width = cursor->columns;
    while (got < max_rows && step(base, *cursor)) {
      for (std::size_t c = 0; c < width; ++c) {
        const Cell& from = cursor->row[c];
        crm_cell& to = cells[static_cast<std::size_t>(got) * width + c];
        to.kind = static_cast<int32_t>(from.kind);
        to.size = static_cast<int32_t>(from.size);
        to.value.integer = from.kind == Storage::integer ? from.integer : 0;
        if (from.kind == Storage::real) to.value.real = from.real;
        if (from.kind == Storage::text || from.kind == Storage::bytes) {
          offsets.push_back(cursor->arena.size());
          cursor->arena.append(from.as_text()).push_back('\0');
        }
      }
      ++got;
    }
    // The arena does not move any more: now the texts have addresses.
    std::size_t next = 0;
    for (std::size_t i = 0; i < static_cast<std::size_t>(got) * width; ++i)
      if (cells[i].kind == CRM_TEXT || cells[i].kind == CRM_BYTES)
        cells[i].value.text = cursor->arena.data() + offsets[next++];
    *rows = got;
  });
}
