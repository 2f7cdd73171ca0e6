#include "writer.hpp"

#include <cmath>

#include "crm/base/error.hpp"
#include "crm/base/text.hpp"
#include "filter_sql.hpp"
#include "log.hpp"

namespace crm::sqlite {
namespace {

std::string shown(const Cell& cell) {
  switch (cell.kind) {
    case Storage::integer: return std::to_string(cell.integer);
    case Storage::real: return std::to_string(cell.real);
    case Storage::text: return shorten(cell.as_text());
    case Storage::null:
    case Storage::bytes: break;
  }
  return {};
}

[[noreturn]] void refuse(Code code, const char* rule, const EntityDef& entity, FieldNo field, const Change& change,
                         std::string value) {
  throw Error(code, std::vector<Violation>{{rule, entity.no, field, change.id, std::move(value), entity.name}});
}

/// The row as it would be, for the explanation of a failure.
std::vector<Value> row_after(Connection& connection, const EntityDef& entity, const Change& change, bool whole) {
  std::vector<Value> row = change.op == Do::insert ? std::vector<Value>(entity.fields.size()) : stored_row(connection, entity, change.id);
  for (std::size_t i = 0; i < change.cells.size(); ++i) {
    const int at = whole ? static_cast<int>(i) : entity.position(change.fields[i]);
    if (at >= 0) row[static_cast<std::size_t>(at)] = to_value(change.cells[i]);
  }
  return row;
}

bool fits(const FieldDef& field, const Cell& cell) {
  return cell.is_null() || (cell.kind == field.kind && !(cell.kind == Storage::real && std::isnan(cell.real)));
}


/// Known fields with values of their kinds; throws when there is not one cell a field.
bool values_fit(const EntityDef& entity, const Change& change) {
  const bool whole = change.op == Do::insert && change.fields.empty();
  if (change.cells.size() != (whole ? entity.fields.size() : change.fields.size()))
    throw Error(Code::invalid_argument, std::string("a change has not one cell a field"));
  for (std::size_t i = 0; i < change.cells.size(); ++i) {
    const int place = whole ? static_cast<int>(i) : entity.position(change.fields[i]);
    if (place < 0 || !fits(entity.fields[static_cast<std::size_t>(place)], change.cells[i])) return false;
  }
  return true;
}

}  // namespace

Writer::Writer(Connection& connection, const Schema& schema, const Stamp& stamp, bool loading)
    : connection_(connection), schema_(schema), stamp_(stamp), loading_(loading), enforced_(connection.enforces_references()),
      savepoints_(connection.is_hosts()), last_(last_line(connection)) {}

Writer::Ids& Writer::ids_of(const EntityDef& entity) {
  const auto [place, is_new] = ids_.try_emplace(entity.no);
  if (is_new) {
    Statement high = connection_.prepare("SELECT max(coalesce((SELECT id FROM " + connection_.own_table("high_water") +
                                         " WHERE entity = ?), 0), coalesce((SELECT max(id) FROM " +
                                         table_of(entity) + "), 0))");
    high.bind(1, std::int64_t{entity.no});
    high.step();
    place->second = {high.integer(0) + 1, high.integer(0)};
  }
  return place->second;
}

Id Writer::reserve(EntityNo entity) {
  const EntityDef& def = schema_.at(entity);
  if (!marks_.empty()) remember(def, {});
  return ids_of(def).next++;
}

void Writer::keep_reserved() {
  for (const auto& [entity, ids] : ids_) {
    if (ids.next - 1 <= ids.stored) continue;
    Statement high = connection_.prepare("INSERT OR REPLACE INTO " + connection_.own_table("high_water") + " VALUES(?, ?)");
    high.bind(1, std::int64_t{entity}).bind(2, ids.next - 1).run();
  }
}

void Writer::apply(std::span<Change> changes) {
  if (marks_.empty()) undo_.clear();
  const Mark before{undo_.size(), last_};
  run_entity_ = 0;
  run_savepoint("SAVEPOINT ", "crm_apply");
  try {
    for (std::size_t i = 0; i < changes.size(); ++i) apply_one(changes, i);
    run_savepoint("RELEASE ", "crm_apply");
  } catch (...) {
    // The transaction may be gone already (a full disk): then there is nothing to go back to.
    lost_ = true;
    const Interrupt::Deaf whole(connection_.interrupt());
    if ((savepoints_ || !indexing_) && !sqlite3_get_autocommit(connection_.handle())) {
      try {
        run_savepoint("ROLLBACK TO ", "crm_apply");
        run_savepoint("RELEASE ", "crm_apply");
        go_back(before);
        lost_ = indexing_ = false;
      } catch (...) {  // what could not be undone every call tells from now on; here the first failure is told
      }
    }
    throw;
  }
}

void Writer::apply_one(std::span<Change> changes, std::size_t at) {
  Change& change = changes[at];
  const EntityDef& entity = schema_.at(change.entity);
  switch (change.op) {
    case Do::insert: return insert(entity, changes, at);
    case Do::update:
    case Do::refresh: return update(entity, change);
    case Do::erase: return erase(entity, change);
  }
  throw Error(Code::invalid_argument, std::string("a change is none of insert, update, erase, refresh"));
}

void Writer::check_cells(const EntityDef& entity, const Change& change) {
  if (!values_fit(entity, change)) refuse_if_any(Code::invalid_argument, broken_values(entity, change));
}

std::vector<Violation> Writer::broken_values(const EntityDef& entity, const Change& change) {
  std::vector<Violation> violations;
  const auto add = [&](const char* rule, FieldNo field, std::string value, const std::string& detail) {
    violations.push_back({rule, entity.no, field, change.id, std::move(value), detail});
  };
  const bool whole = change.op == Do::insert && change.fields.empty();
  for (FieldNo field : change.fields)
    if (entity.position(field) < 0) add("field.unknown", field, "", entity.name);
  const std::vector<Value> row = row_after(connection_, entity, change, whole);
  for (std::size_t i = 0; i < row.size(); ++i) {
    const FieldDef& field = entity.fields[i];
    const Cell cell = to_cell(row[i]);
    if (cell.is_null()) {
      if (field.required) add("field.required", field.no, "", field.name);
    } else if (!fits(field, cell)) {
      add("field.type", field.no, shown(cell), field.name);
    } else if (field.refers && !(field.refers == entity.no && cell.integer == change.id)) {
      Statement find = connection_.prepare("SELECT 1 FROM " + table_of(schema_.at(field.refers)) + " WHERE id = ?");
      find.bind(1, cell);
      if (!find.step()) add("ref.missing", field.no, shown(cell), field.name);
    }
  }
  return violations;
}

void Writer::insert(const EntityDef& entity, std::span<Change> changes, std::size_t at) {
  Change& change = changes[at];
  if (change.id <= 0) refuse(Code::invalid_argument, "field.required", entity, kId, change, "id");
  check_cells(entity, change);
  const bool goes_on = run_entity_ == change.entity && run_id_ + 1 == change.id;
  const Version seq = goes_on ? last_ : last_ + 1;
  Undo& way_back = remember(entity, {seq, stamp_, Do::insert, entity.no, change.id, 1, 0, {}});

  key_.assign(1, 'i');
  key_ += std::to_string(entity.no);
  Statement statement = connection_.prepare(key_, [&] {
    std::string sql = "INSERT INTO " + table_of(entity) + " VALUES(?,?";
    for (std::size_t i = 0; i < entity.fields.size(); ++i) sql += ",?";
    return sql + ")";
  });
  statement.bind(1, change.id).bind(2, seq);
  if (change.fields.empty()) {
    for (std::size_t i = 0; i < change.cells.size(); ++i) statement.bind(static_cast<int>(i) + 3, change.cells[i]);
  } else {
    for (std::size_t i = 0; i < entity.fields.size(); ++i) statement.bind_null(static_cast<int>(i) + 3);
    for (std::size_t i = 0; i < change.cells.size(); ++i)
      statement.bind(entity.position(change.fields[i]) + 3, change.cells[i]);
  }
  run(statement, entity, change);
  way_back.done = true;

  if (!loading_)
    for (std::size_t i = 0; i < change.cells.size(); ++i) {
      const FieldDef& field = entity.fields[change.fields.empty() ? i : static_cast<std::size_t>(entity.position(change.fields[i]))];
      if (field.searched) index_text(entity, field, change.id, Cell(), change.cells[i]);
    }
  if (!goes_on) {
    // A run of inserts is one line; how long it is, is seen ahead.
    LogLine line{seq, stamp_, Do::insert, entity.no, change.id, 1, 0, {}};
    while (at + static_cast<std::size_t>(line.count) < changes.size()) {
      const Change& next = changes[at + static_cast<std::size_t>(line.count)];
      if (next.op != Do::insert || next.entity != entity.no || next.id != change.id + line.count) break;
      ++line.count;
    }
    write_line(connection_, line);
    last_ = seq;
  }
  run_entity_ = change.entity;
  run_id_ = change.id;
  change.version = seq;
  if (const auto known = ids_.find(entity.no); known != ids_.end()) {
    known->second.next = std::max(known->second.next, change.id + 1);
    known->second.stored = std::max(known->second.stored, change.id);
  }
}

void Writer::update(const EntityDef& entity, Change& change) {
  run_entity_ = 0;
  const bool logged = change.op == Do::update;
  const auto check_row = [&](Statement& row) {
    row.bind(1, change.id);
    if (!row.step()) refuse(Code::not_found, "record.not_found", entity, kId, change, std::to_string(change.id));
    if (logged && row.integer(0) != change.version)
      refuse(Code::conflict, "record.conflict", entity, kVersion, change, std::to_string(change.version));
  };
  if (!values_fit(entity, change)) {
    Statement version = connection_.prepare("SELECT version FROM " + table_of(entity) + " WHERE id = ?");
    check_row(version);
    check_cells(entity, change);
  }
  key_.assign(1, 's');
  key_ += std::to_string(entity.no);
  for (FieldNo field : change.fields) key_ += ',' + std::to_string(field);
  Statement old = connection_.prepare(key_, [&] {
    std::string sql = "SELECT version";
    for (FieldNo field : change.fields)
      sql += ", " + quoted(entity.fields[static_cast<std::size_t>(entity.position(field))].name);
    return sql + " FROM " + table_of(entity) + " WHERE id = ?";
  }, logged);  // users change one field or another
  check_row(old);
  const Version previous = old.integer(0);
  Undo& way_back = remember(entity, {last_ + 1, stamp_, Do::update, entity.no, change.id, 1, previous, {}});
  LogLine& line = way_back.line;
  for (std::size_t i = 0; i < change.fields.size(); ++i)
    line.old.emplace_back(change.fields[i], to_value(old.cell(static_cast<int>(i) + 1)));
  old.release();

  const Version version = logged ? line.seq : previous;
  if (!change.fields.empty() || logged) {
    key_[0] = 'u';
    Statement statement = connection_.prepare(key_, [&] {
      std::string sql = "UPDATE " + table_of(entity) + " SET version = ?";
      for (FieldNo field : change.fields)
        sql += ", " + quoted(entity.fields[static_cast<std::size_t>(entity.position(field))].name) + " = ?";
      return sql + " WHERE id = ?";
    }, logged);
    statement.bind(1, version);
    for (std::size_t i = 0; i < change.cells.size(); ++i) statement.bind(static_cast<int>(i) + 2, change.cells[i]);
    statement.bind(static_cast<int>(change.cells.size()) + 2, change.id);
    run(statement, entity, change);
    way_back.done = true;
  }
  if (!loading_)
    for (std::size_t i = 0; i < change.fields.size(); ++i) {
      const FieldDef& field = entity.fields[static_cast<std::size_t>(entity.position(change.fields[i]))];
      if (field.searched) index_text(entity, field, change.id, to_cell(line.old[i].second), change.cells[i]);
    }
  if (logged) {
    write_line(connection_, line);
    last_ = line.seq;
  }
  change.version = version;
}

void Writer::erase(const EntityDef& entity, Change& change) {
  run_entity_ = 0;
  Statement old = connection_.prepare("SELECT * FROM " + table_of(entity) + " WHERE id = ?");
  old.bind(1, change.id);
  if (!old.step()) refuse(Code::not_found, "record.not_found", entity, kId, change, std::to_string(change.id));
  const Version previous = old.integer(1);
  if (previous != change.version)
    refuse(Code::conflict, "record.conflict", entity, kVersion, change, std::to_string(change.version));
  Undo& way_back = remember(entity, {last_ + 1, stamp_, Do::erase, entity.no, change.id, 1, previous, {}});
  LogLine& line = way_back.line;
  for (std::size_t i = 0; i < entity.fields.size(); ++i) {
    const Cell cell = old.cell(static_cast<int>(i) + 2);
    if (cell.is_null()) continue;
    line.old.emplace_back(entity.fields[i].no, to_value(cell));
  }
  old.release();

  // The id is remembered where the largest one goes, so that it is never given again.
  if (Ids& ids = ids_of(entity); ids.stored <= change.id) ids.stored = 0;  // keep_reserved writes it
  Statement statement = connection_.prepare("DELETE FROM " + table_of(entity) + " WHERE id = ?");
  statement.bind(1, change.id);
  run(statement, entity, change);
  way_back.done = true;
  if (!loading_)
    for (const auto& [no, value] : line.old) {
      const FieldDef& field = entity.fields[static_cast<std::size_t>(entity.position(no))];
      if (field.searched) index_text(entity, field, change.id, to_cell(value), Cell());
    }
  write_line(connection_, line);
  last_ = line.seq;
  change.version = line.seq;
}

void Writer::index_text(const EntityDef& entity, const FieldDef& field, Id id, const Cell& old, const Cell& text) {
  if (compare(old, text) == 0) return;
  indexing_ = true;
  const std::string table = quoted(search_table(entity, field));
  if (!old.is_null()) {
    Statement forget = connection_.prepare("INSERT INTO " + table + "(" + table + ", rowid, " + quoted(field.name) + ") VALUES('delete', ?, ?)");
    forget.bind(1, id).bind(2, old).run();
  }
  if (!text.is_null()) {
    Statement learn = connection_.prepare("INSERT INTO " + table + "(rowid, " + quoted(field.name) + ") VALUES(?, ?)");
    learn.bind(1, id).bind(2, text).run();
  }
  indexing_ = false;
}

std::vector<Violation> Writer::referrers(const EntityDef& entity, const Change& change) {
  std::vector<Violation> violations;
  for (const EntityDef& other : schema_.entities)
    for (const FieldDef& field : other.fields) {
      if (field.refers != entity.no) continue;
      const std::string itself = other.no == entity.no ? " AND id <> ?1" : "";
      Statement find = connection_.prepare("SELECT id FROM " + table_of(other) + " WHERE " + quoted(field.name) + " = ?1" + itself + " LIMIT 1");
      find.bind(1, change.id);
      if (find.step())
        violations.push_back({"record.referenced", other.no, field.no, find.integer(0), std::to_string(change.id), other.name});
    }
  return violations;
}

void Writer::check_references(const EntityDef& entity, const Change& change) {
  if (change.op == Do::erase) {
    refuse_if_any(Code::refused, referrers(entity, change));
  } else {
    refuse_if_any(Code::invalid_argument, broken_values(entity, change));
  }
}

void Writer::run(Statement& statement, const EntityDef& entity, const Change& change) {
  if (!enforced_) check_references(entity, change);
  const int result = statement.try_run();
  if (result == SQLITE_DONE || result == SQLITE_ROW) return;
  if ((result & 0xff) == SQLITE_CONSTRAINT) explain(entity, change, sqlite3_extended_errcode(connection_.handle()));
  connection_.fail(result);
}

void Writer::explain(const EntityDef& entity, const Change& change, int result) {
  std::vector<Violation> violations;
  const auto add = [&](const char* rule, EntityNo no, FieldNo field, Id id, std::string value, std::string detail) {
    violations.push_back({rule, no, field, id, std::move(value), std::move(detail)});
  };
  check_references(entity, change);
  if (change.op == Do::erase) connection_.fail(result);
  const std::vector<Value> row = row_after(connection_, entity, change, change.op == Do::insert && change.fields.empty());
  if (result == SQLITE_CONSTRAINT_PRIMARYKEY || result == SQLITE_CONSTRAINT_ROWID)
    refuse(Code::already_exists, "unique.taken", entity, kId, change, std::to_string(change.id));
  for (const IndexDef& index : entity.indexes) {
    if (!index.unique) continue;
    std::string sql = "SELECT id FROM " + table_of(entity) + " WHERE id <> ?1";
    for (std::size_t i = 0; i < index.fields.size(); ++i) {
      const int at = entity.position(index.fields[i]);
      sql += " AND " + (at < 0 ? std::string("id") : quoted(entity.fields[static_cast<std::size_t>(at)].name)) + " = ?" + std::to_string(i + 2);
    }
    Statement find = connection_.prepare(sql);
    find.bind(1, change.id);
    for (std::size_t i = 0; i < index.fields.size(); ++i) {
      const int at = entity.position(index.fields[i]);
      find.bind(static_cast<int>(i) + 2, at < 0 ? Cell::of(change.id) : to_cell(row[static_cast<std::size_t>(at)]));
    }
    if (!find.step()) continue;
    const int at = entity.position(index.fields[0]);
    add("unique.taken", entity.no, index.fields[0], change.id, at < 0 ? "" : shown(to_cell(row[static_cast<std::size_t>(at)])), "");
  }
  refuse_if_any(Code::already_exists, std::move(violations));
  connection_.fail(result);
}

}  // namespace crm::sqlite
