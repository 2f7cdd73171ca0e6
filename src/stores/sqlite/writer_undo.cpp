// The way back: what was done since a mark, or by an apply that failed, undone change by change.
#include "log.hpp"
#include "writer.hpp"

namespace crm::sqlite {

Writer::Undo& Writer::remember(const EntityDef& entity, LogLine line) {
  const auto known = ids_.find(entity.no);
  return undo_.emplace_back(Undo{&entity, known == ids_.end() ? std::nullopt : std::optional(known->second), std::move(line)});
}

void Writer::run_savepoint(const char* verb, const std::string& name) {
  if (savepoints_) connection_.prepare(verb + name).run();
}

static std::string savepoint_of(int mark) { return "crm_mark_" + std::to_string(mark); }

int Writer::mark() {
  if (marks_.empty()) undo_.clear();
  marks_.reserve(marks_.size() + 1);
  const int number = static_cast<int>(marks_.size()) + 1;
  run_savepoint("SAVEPOINT ", savepoint_of(number));
  marks_.push_back({undo_.size(), last_});
  return number;
}

Writer::Mark Writer::open_mark(int mark) const {
  if (mark < 1 || static_cast<std::size_t>(mark) > marks_.size())
    throw Error(Code::misuse, std::vector<Violation>{{"handle.transaction", 0, 0, 0, "", "there is no mark " + std::to_string(mark)}});
  return marks_[static_cast<std::size_t>(mark) - 1];
}

void Writer::undo_to(int mark) {
  const Mark place = open_mark(mark);
  lost_ = true;
  run_savepoint("ROLLBACK TO ", savepoint_of(mark));
  run_savepoint("RELEASE ", savepoint_of(mark));
  go_back(place);
  lost_ = false;
  marks_.resize(static_cast<std::size_t>(mark) - 1);
}

void Writer::release(int mark) {
  open_mark(mark);
  run_savepoint("RELEASE ", savepoint_of(mark));
  marks_.resize(static_cast<std::size_t>(mark) - 1);
}

void Writer::go_back(Mark place) {
  run_entity_ = 0;
  for (; undo_.size() > place.undos; undo_.pop_back()) undo(undo_.back());
  if (last_ > place.last && !savepoints_)
    connection_.prepare("DELETE FROM " + connection_.own_table("change_log") + " WHERE seq > ?").bind(1, place.last).run();
  last_ = place.last;
}

void Writer::undo(const Undo& undo) {
  if (undo.done && !savepoints_) {
    switch (undo.line.op) {
      case Do::insert: undo_insert(*undo.entity, undo.line.id); break;
      case Do::update:
      case Do::refresh: undo_update(*undo.entity, undo.line); break;
      case Do::erase: undo_erase(*undo.entity, undo.line); break;
    }
  }
  if (undo.ids) {
    ids_[undo.entity->no] = *undo.ids;
  } else {
    ids_.erase(undo.entity->no);  // what was asked since knows rows that are gone
  }
}

std::vector<Value> stored_row(Connection& connection, const EntityDef& entity, Id id) {
  Statement select = connection.prepare("SELECT * FROM " + table_of(entity) + " WHERE id = ?");
  select.bind(1, id);
  std::vector<Value> row(entity.fields.size());
  if (select.step())
    for (std::size_t i = 0; i < row.size(); ++i) row[i] = to_value(select.cell(static_cast<int>(i) + 2));
  return row;
}

void Writer::undo_insert(const EntityDef& entity, Id id) {
  const std::vector<Value> row = stored_row(connection_, entity, id);
  if (!loading_)
    for (std::size_t i = 0; i < row.size(); ++i)
      if (entity.fields[i].searched) index_text(entity, entity.fields[i], id, to_cell(row[i]), Cell());
  connection_.prepare("DELETE FROM " + table_of(entity) + " WHERE id = ?").bind(1, id).run();
}

void Writer::undo_update(const EntityDef& entity, const LogLine& line) {
  const std::vector<Value> row = stored_row(connection_, entity, line.id);
  std::string sql = "UPDATE " + table_of(entity) + " SET version = ?";
  for (const auto& [no, value] : line.old) {
    const auto at = static_cast<std::size_t>(entity.position(no));
    if (entity.fields[at].searched && !loading_) index_text(entity, entity.fields[at], line.id, to_cell(row[at]), to_cell(value));
    sql += ", " + quoted(entity.fields[at].name) + " = ?";
  }
  Statement update = connection_.prepare(sql + " WHERE id = ?");
  update.bind(1, line.previous);
  int place = 1;
  for (const auto& [no, value] : line.old) update.bind(++place, to_cell(value));
  update.bind(++place, line.id).run();
}

void Writer::undo_erase(const EntityDef& entity, const LogLine& line) {
  std::string sql = "INSERT INTO " + table_of(entity) + "(id, version";
  std::string marks = "?, ?";
  for (const auto& [no, value] : line.old) {
    const FieldDef& field = entity.fields[static_cast<std::size_t>(entity.position(no))];
    sql += ", " + quoted(field.name);
    marks += ", ?";
    if (field.searched && !loading_) index_text(entity, field, line.id, Cell(), to_cell(value));
  }
  Statement insert = connection_.prepare(sql + ") VALUES(" + marks + ")");
  insert.bind(1, line.id).bind(2, line.previous);
  int place = 2;
  for (const auto& [no, value] : line.old) insert.bind(++place, to_cell(value));
  insert.run();
}

}  // namespace crm::sqlite
