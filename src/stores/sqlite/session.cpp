#include "session.hpp"

#include <algorithm>

#include "crm/base/error.hpp"
#include "log.hpp"
#include "scan.hpp"
#include "schema.hpp"
#include "sql.hpp"
#include "views.hpp"

namespace crm::sqlite {
namespace {

[[noreturn]] void misuse(const char* detail) {
  throw Error(Code::misuse, std::vector<Violation>{{"handle.transaction", 0, 0, 0, "", detail}});
}

}  // namespace

SqliteCursor::SqliteCursor(SqliteSession& session, Statement statement, std::vector<Storage> kinds)
    : session_(&session), statement_(std::move(statement)), kinds_(std::move(kinds)), cells_(kinds_.size() + 1) {
  session.cursors_.push_back(this);
}

SqliteCursor::~SqliteCursor() {
  if (session_) std::erase(session_->cursors_, this);
}

const Cell* SqliteCursor::next() {
  if (!session_) misuse("the session of the cursor has ended");
  if (failed_) misuse("the cursor has failed");  // stepping on, SQLite would begin again
  session_->check_open();
  failed_ = true;
  const bool is_row = statement_.is_open() && statement_.step();
  failed_ = false;
  if (!is_row) {
    statement_.release();  // an open statement would hold its snapshot
    return nullptr;
  }
  fitting_.next_row();
  for (std::size_t i = 0; i < kinds_.size(); ++i) cells_[i] = fitting_.fit(statement_.cell(static_cast<int>(i)), kinds_[i]);
  return cells_.data();
}

SqliteSession::SqliteSession(Connection& connection, const Schema& schema, Sessions& sessions)
    : connection_(connection), schema_(schema), sessions_(sessions) {
  if (sessions_.open == 0) {
    connection_.begin(false);
    try {
      // The snapshot is taken now, not at the first question.
      connection_.prepare("SELECT 1 FROM " + connection_.own_table("change_log") + " LIMIT 0").run();
    } catch (...) {
      connection_.rollback();
      throw;
    }
  }
  ++sessions_.open;
}

SqliteSession::SqliteSession(Connection& connection, const Schema& schema, Sessions& sessions, const Stamp& stamp,
                             bool loading, bool joined)
    : connection_(connection), schema_(schema), sessions_(sessions), joined_(joined) {
  if (sessions_.open) misuse("a write session while another session of the handle is open");
  if (!joined) connection_.begin(true);
  try {
    writer_.emplace(connection, schema, stamp, loading);
  } catch (...) {
    if (!joined) connection_.rollback();
    throw;
  }
  sessions_.open = 1;
}

SqliteSession::~SqliteSession() {
  if (!ended_) end(false);
}

void SqliteSession::close_cursors() {
  for (SqliteCursor* cursor : cursors_) {
    cursor->session_ = nullptr;
    cursor->statement_.release();
  }
  cursors_.clear();
}

void SqliteSession::end(bool keep) {
  close_cursors();
  ended_ = true;
  --sessions_.open;
  if (writer_) {
    if (keep) {
      try {
        writer_->keep_reserved();
        if (!joined_) connection_.commit();
      } catch (...) {
        if (!joined_) connection_.rollback();
        throw;
      }
    } else if (!joined_) {
      connection_.rollback();
    }
  } else if (sessions_.open == 0) {
    connection_.rollback();  // it has only read
  }
}

void SqliteSession::check_open() const {
  if (ended_) misuse("the session has ended");
  if (connection_.lost_transaction() || (writer_ && writer_->is_lost()))
    throw Error(Code::storage, std::vector<Violation>{{"store.unit_lost", 0, 0, 0, connection_.path(), ""}});
}

Writer& SqliteSession::writer() {
  check_open();
  if (!writer_) misuse("writing in a read session");
  return *writer_;
}

std::optional<Row> SqliteSession::find(EntityNo entity, Id id) {
  check_open();
  const EntityDef& def = schema_.at(entity);
  key_.assign(1, 'f');
  key_ += std::to_string(entity);
  Statement statement = connection_.prepare(key_, [&] { return "SELECT * FROM " + table_of(def) + " WHERE id = ?"; });
  statement.bind(1, id);
  if (!statement.step()) return {};
  Row row{id, statement.integer(1), {}};
  row.values.reserve(def.fields.size());
  Fitting fitting;
  for (std::size_t i = 0; i < def.fields.size(); ++i)
    row.values.push_back(to_value(fitting.fit(statement.cell(static_cast<int>(i) + 2), def.fields[i].kind)));
  return row;
}

std::vector<Storage> SqliteSession::kinds_of(const Query& query) const {
  std::vector<Storage> kinds;
  kinds.reserve(query.columns.size());
  for (const Path& path : query.columns) kinds.push_back(kind_at(schema_, query.entity, path));
  return kinds;
}

std::unique_ptr<Cursor> SqliteSession::select(const Query& query) {
  check_open();
  key_.assign(1, 'q');
  append_shape(query, key_);
  Statement statement = connection_.prepare(key_, [&] { return select_sql(schema_, query); }, is_by_user(query));
  bind_query(statement, schema_, query);
  return std::make_unique<SqliteCursor>(*this, std::move(statement), kinds_of(query));
}

void SqliteSession::scan(const Query& query, const std::function<void(const Cell*)>& take) {
  const bool whole = query.order.empty() && query.after.empty() && query.limit == 0 && query.offset == 0;
  if (!whole || query.columns.size() > kMostScanned) return Session::scan(query, take);
  check_open();
  key_.assign(1, 's');
  append_shape(query, key_);
  Statement statement = connection_.prepare(key_, [&] { return select_sql(schema_, query, kScan); }, is_by_user(query));
  bind_query(statement, schema_, query);
  sqlite::scan(statement, kinds_of(query), take);
}

Table SqliteSession::aggregate(const Aggregate& aggregate) {
  check_open();
  const std::string sql = aggregate_sql(schema_, aggregate);
  Statement statement = connection_.prepare(sql, [&] { return sql; }, is_by_user(aggregate));
  bind_aggregate(statement, schema_, aggregate);
  Table table;
  std::vector<Storage> kinds;
  for (const GroupKey& key : aggregate.keys) kinds.push_back(key.edges.empty() ? kind_at(schema_, aggregate.entity, key.path) : Storage::integer);
  for (const Measure& measure : aggregate.measures)
    kinds.push_back(measure.fn == Measure::Fn::count || measure.fn == Measure::Fn::count_distinct ? Storage::integer
                                                                                                  : kind_at(schema_, aggregate.entity, measure.path));
  table.columns = kinds.size();
  Fitting fitting;
  while (statement.step()) {
    auto& row = table.rows.emplace_back();
    fitting.next_row();
    for (std::size_t i = 0; i < table.columns; ++i) row.push_back(to_value(fitting.fit(statement.cell(static_cast<int>(i)), kinds[i])));
  }
  return table;
}

Id SqliteSession::reserve(EntityNo entity) { return writer().reserve(entity); }
void SqliteSession::apply(std::span<Change> changes) { writer().apply(changes); }
int SqliteSession::mark() { return writer().mark(); }
void SqliteSession::undo_to(int mark) { writer().undo_to(mark); }
void SqliteSession::release(int mark) { writer().release(mark); }

std::vector<LogLine> SqliteSession::changes(Version after, std::int64_t limit) {
  check_open();
  return read_lines(connection_, after, limit);
}

void SqliteSession::each_change(Version after, const std::function<bool(const LogLine&)>& take) {
  check_open();
  read_each_line(connection_, after, take);
}

std::optional<LogLine> SqliteSession::change(Version seq) {
  check_open();
  return read_line(connection_, seq);
}

std::optional<LogLine> SqliteSession::erasure(EntityNo entity, Id id) {
  check_open();
  return read_erasure(connection_, entity, id);
}

std::vector<LogLine> SqliteSession::written(Instant from, LogPlace before, std::int64_t limit) {
  check_open();
  return read_written(connection_, from, before, limit);
}

Version SqliteSession::last_change() {
  check_open();
  return last_line(connection_);
}

void SqliteSession::commit() {
  check_open();
  end(true);
}

void create_all(Connection& connection, const Schema& schema) {
  create_tables(connection, schema);
  create_indexes(connection, schema);
  create_views(connection, schema);
}

void upgrade_from(std::int64_t from, Connection& connection, const Schema& schema, Sessions& sessions) {
  create_log_indexes(connection);
  drop_views(connection, schema);
  upgrade(connection, schema, from);
  for (const Migration& step : schema.migrations) {
    if (step.version <= from || !step.fill) continue;
    SqliteSession session(connection, schema, sessions, Stamp{}, false, true);
    step.fill(session);
    session.commit();
  }
  create_views(connection, schema);
}

}  // namespace crm::sqlite
