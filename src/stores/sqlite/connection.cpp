#include "connection.hpp"

#include <algorithm>
#include <utility>

#include "crm/base/error.hpp"
#include "scan.hpp"
#include "sum.hpp"

namespace crm::sqlite {

Statement& Statement::bind(int index, std::string_view text) {
  // A null pointer would bind NULL; an empty text is a text.
  return check(sqlite3_bind_text(stmt_, index, text.data() ? text.data() : "", static_cast<int>(text.size()), SQLITE_STATIC));
}

Statement& Statement::bind_copy(int index, const Cell& cell) {
  const char* const data = cell.size ? cell.as_text().data() : "";
  if (cell.kind == Storage::text) return check(sqlite3_bind_text(stmt_, index, data, static_cast<int>(cell.size), SQLITE_TRANSIENT));
  if (cell.kind == Storage::bytes) return check(sqlite3_bind_blob(stmt_, index, data, static_cast<int>(cell.size), SQLITE_TRANSIENT));
  return bind(index, cell);
}

Statement& Statement::bind(int index, const Cell& cell) {
  switch (cell.kind) {
    case Storage::null: break;
    case Storage::integer: return bind(index, cell.integer);
    case Storage::real: return check(sqlite3_bind_double(stmt_, index, cell.real));
    case Storage::text: return bind(index, cell.as_text());
    case Storage::bytes: return check(sqlite3_bind_blob(stmt_, index, cell.size ? cell.text : "", static_cast<int>(cell.size), SQLITE_STATIC));
  }
  return bind_null(index);
}

Statement& Statement::check(int result) {
  if (result != SQLITE_OK) connection_->fail(result);
  return *this;
}

bool Statement::step() {
  connection_->check_interrupt();
  const int result = sqlite3_step(stmt_);
  if (result == SQLITE_ROW) return true;
  if (result != SQLITE_DONE) connection_->fail(result);
  return false;
}

int Statement::try_run() {
  const int result = sqlite3_step(stmt_);
  sqlite3_reset(stmt_);
  return result;
}

void Statement::run() {
  const int result = try_run();
  if (result != SQLITE_DONE && result != SQLITE_ROW) connection_->fail(result);
}

void Statement::release() noexcept {
  if (!stmt_) return;
  sqlite3_reset(stmt_);
  home_->push_back(stmt_);
  stmt_ = nullptr;
}

Cell cell_of(sqlite3_value* value) {
  const auto bytes = [&] {
    const auto* data = static_cast<const char*>(sqlite3_value_blob(value));
    return data ? std::string_view(data, static_cast<std::size_t>(sqlite3_value_bytes(value))) : std::string_view("", 0);
  };
  switch (sqlite3_value_type(value)) {
    case SQLITE_INTEGER: return Cell::of(static_cast<std::int64_t>(sqlite3_value_int64(value)));
    case SQLITE_FLOAT: return Cell::of(sqlite3_value_double(value));
    case SQLITE_TEXT: return Cell::of(bytes());
    case SQLITE_BLOB: return Cell::of(bytes(), Storage::bytes);
    default: return {};
  }
}

std::string_view Statement::text(int column) const {
  const auto* data = static_cast<const char*>(sqlite3_column_blob(stmt_, column));
  return data ? std::string_view(data, static_cast<std::size_t>(sqlite3_column_bytes(stmt_, column)))
              : std::string_view("", 0);
}

Connection::Connection(const std::string& path, int flags, int busy_timeout_ms) : path_(path), busy_timeout_ms_(busy_timeout_ms) {
  open(path, flags);
}

void Connection::open(const std::string& file, int flags) {
  const int result = sqlite3_open_v2(file.c_str(), &db_, flags | SQLITE_OPEN_NOMUTEX, nullptr);
  try {
    if (result != SQLITE_OK) fail(result);
    sqlite3_extended_result_codes(db_, 1);
    sqlite3_busy_handler(db_, wait, this);
    add_functions();
  } catch (...) {
    sqlite3_close_v2(std::exchange(db_, nullptr));
    throw;
  }
}

void Connection::open_again(const std::string& uri, int flags) {
  sqlite3_close_v2(std::exchange(db_, nullptr));
  open(uri, flags);
}

int Connection::try_reading() { return sqlite3_exec(db_, "SELECT 1 FROM sqlite_schema LIMIT 1", nullptr, nullptr, nullptr); }

Connection::Connection(sqlite3* host, std::string prefix) : prefix_(std::move(prefix)), is_hosts_(true), db_(host) {
  const char* const file = sqlite3_db_filename(host, "main");
  path_ = file && *file ? file : ":memory:";
  add_functions();
}

void Connection::add_functions() {
  for (const int result : {add_exact_sum(db_), add_scan(db_)})
    if (result != SQLITE_OK) fail(result);
}

Connection::~Connection() {
  forget();
  if (!is_hosts_) sqlite3_close_v2(db_);
}

void Connection::heed(Interrupt& interrupt) {
  interrupt_ = &interrupt;
  if (is_hosts_) return;
  constexpr int kSteps = 10'000;  // of SQLite's machine: less than a millisecond
  const auto is_asked = [](void* asked) { return static_cast<const Interrupt*>(asked)->is_asked() ? 1 : 0; };
  sqlite3_progress_handler(db_, kSteps, is_asked, &interrupt);
}

int Connection::wait(void* connection, int times) {
  const auto& my = *static_cast<const Connection*>(connection);
  constexpr int kFirst = 5, kNapMs = 25;  // shorter ones at first
  const int waited = times <= kFirst ? times * (times + 1) / 2 : kFirst * (kFirst + 1) / 2 + (times - kFirst) * kNapMs;
  if (waited >= my.busy_timeout_ms_ || (my.interrupt_ && my.interrupt_->is_asked())) return 0;
  sqlite3_sleep(std::min(times < kFirst ? times + 1 : kNapMs, my.busy_timeout_ms_ - waited));
  return 1;
}

void Connection::forget() {
  for (auto& [key, slot] : slots_) slot.finalize();
  slots_.clear();
  users_.finalize();
}

void Connection::check_encoding() {
  std::string encoding;
  const auto take = [](void* to, int, char** values, char**) { return *static_cast<std::string*>(to) = values[0], 0; };
  const int result = sqlite3_exec(db_, "PRAGMA encoding", take, &encoding, nullptr);
  if (result != SQLITE_OK) fail(result);
  if (encoding != "UTF-8") throw Error(Code::unsupported, std::vector<Violation>{{"store.encoding", 0, 0, 0, path_, encoding}});
}

void Connection::begin(bool writing) {
  if (left_ && !sqlite3_get_autocommit(db_) && !undo("ROLLBACK")) fail(sqlite3_extended_errcode(db_));
  left_ = false;
  const bool part = in_hosts_transaction();
  if (part && !writing) return;
  // Undoing is not to need memory: its statements are there before, under names that stand in a std::string without any.
  prepare("ROLLBACK");
  if (part) {
    prepare("to unit", [] { return "ROLLBACK TO crm_unit"; });
    prepare("end unit", [] { return "RELEASE crm_unit"; });
  }
  (part ? savepoint_ : begun_) = true;  // before it is: SQLite may begin and fail all the same, for want of memory
  try {
    prepare(part ? "SAVEPOINT crm_unit" : writing ? "BEGIN IMMEDIATE" : "BEGIN").run();
  } catch (...) {
    rollback();
    throw;
  }
}

void Connection::commit() {
  try {
    if (begun_) prepare("COMMIT").run();
    if (savepoint_) prepare("end unit").run();
    begun_ = savepoint_ = false;
  } catch (...) {
    rollback();
    throw;
  }
}

void Connection::rollback() noexcept {
  const Interrupt::Deaf whole(interrupt_);
  // What SQLite has undone by itself (a full disk) leaves nothing to do.
  const bool open = !lost_transaction() && !sqlite3_get_autocommit(db_);
  if (open && savepoint_ && undo("to unit")) undo("end unit");
  // On the host's connection the next transaction may be his: it is not for us to end.
  left_ = open && begun_ && !undo("ROLLBACK") && !is_hosts_;
  begun_ = savepoint_ = lost_ = false;
}

bool Connection::undo(const char* prepared) noexcept {
  try {
    return prepare(prepared).try_run() == SQLITE_DONE;
  } catch (...) {
    return false;
  }
}

void Connection::execute(const std::string& sql) {
  const int result = sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, nullptr);
  if (result != SQLITE_OK) fail(result);
}

Statement Connection::take(Slot& slot) {
  if (!slot.idle.empty()) {
    sqlite3_stmt* stmt = slot.idle.back();
    slot.idle.pop_back();
    return {stmt, &slot.idle, this};
  }
  sqlite3_stmt* stmt = nullptr;
  slot.idle.reserve(slot.made + 1);
  const int result = sqlite3_prepare_v3(db_, slot.sql.data(), static_cast<int>(slot.sql.size()), SQLITE_PREPARE_PERSISTENT,
                                        &stmt, nullptr);
  if (result != SQLITE_OK) fail(result);
  ++slot.made;
  return {stmt, &slot.idle, this};
}

/// Which of SQLite's limits a statement of ours goes beyond, which is for who asked it and not for the disk: SQLite tells it by its message alone. Empty: none.
static std::string limit_in(sqlite3* db, std::string_view message) {
  struct Limit {
    std::string_view message;
    int category;
    const char* what;
  };
  static constexpr Limit kLimits[] = {{"too many SQL variables", SQLITE_LIMIT_VARIABLE_NUMBER, "values"},
                                      {"Expression tree is too large", SQLITE_LIMIT_EXPR_DEPTH, "levels of conditions"},
                                      {"too many columns", SQLITE_LIMIT_COLUMN, "columns"},
                                      {"too many terms in ORDER BY", SQLITE_LIMIT_COLUMN, "orders"},
                                      {"string or blob too big", SQLITE_LIMIT_LENGTH, "bytes"},
                                      {"query string is too big", SQLITE_LIMIT_SQL_LENGTH, "bytes of SQL"}};
  for (const Limit& limit : kLimits)
    if (message.starts_with(limit.message)) return "at most " + std::to_string(sqlite3_limit(db, limit.category, -1)) + " " + limit.what;
  if (message == "parser stack overflow") return "conditions not so deep inside one another";
  return {};
}

void Connection::fail(int result) {
  if ((result & 0xff) == SQLITE_INTERRUPT || (result & 0xff) == SQLITE_BUSY) check_interrupt();
  const std::string message = sqlite3_errmsg(db_);
  const auto error = [&](Code code, const char* rule) {
    std::vector<Violation> violations{{rule, 0, 0, 0, path_, message}};
    if (lost_transaction() && savepoint_) violations.push_back({"store.unit_lost", 0, 0, 0, path_, ""});
    return Error(code, std::move(violations));
  };
  switch (result & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED: throw error(Code::busy, "store.locked");
    case SQLITE_NOTADB: throw error(Code::corrupt, "store.not_a_database");
    case SQLITE_CORRUPT: throw error(Code::corrupt, "store.io");
    case SQLITE_READONLY: throw error(Code::storage, "store.read_only");
    case SQLITE_NOMEM: throw std::bad_alloc();
    default: break;
  }
  if (message == kSumOverflow)
    throw Error(Code::invalid_argument, std::vector<Violation>{{"money.overflow", 0, 0, 0, "", ""}});
  if (std::string limit = limit_in(db_, message); !limit.empty())
    throw Error(Code::invalid_argument, std::vector<Violation>{{"limit.store", 0, 0, 0, "", std::move(limit)}});
  throw error(Code::storage, "store.io");
}

std::string quoted(std::string_view name) { return '"' + std::string(name) + '"'; }

std::string table_of(const EntityDef& entity) { return quoted(entity.table_name()); }

}  // namespace crm::sqlite
