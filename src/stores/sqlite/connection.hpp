// One SQLite connection: statements cached by the shape of what is asked, and errors as crm::Error.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "crm/store/store.hpp"
#include "last_used.hpp"

namespace crm::sqlite {

class Connection;

/// What a text or a blob points to lives as long as the value. Asked without a lock: one thread at a time steps a statement.
Cell cell_of(sqlite3_value* value);

/// A prepared statement while it is in use; given back, reset, when dropped.
class Statement {
 public:
  Statement() = default;
  Statement(sqlite3_stmt* stmt, std::vector<sqlite3_stmt*>* home, Connection* connection)
      : stmt_(stmt), home_(home), connection_(connection) {}
  Statement(Statement&& other) noexcept { swap(other); }
  Statement& operator=(Statement&& other) noexcept {
    swap(other);
    return *this;
  }
  ~Statement() { release(); }

  // They throw what SQLite does: unbound, NULL would be asked instead.
  Statement& bind(int index, std::int64_t value) { return check(sqlite3_bind_int64(stmt_, index, value)); }
  /// The text must live until the statement is reset.
  Statement& bind(int index, std::string_view text);
  Statement& bind(int index, const Cell& cell);
  Statement& bind_copy(int index, const Cell& cell);
  Statement& bind_null(int index) { return check(sqlite3_bind_null(stmt_, index)); }

  /// Whether there is a row. Throws.
  bool step();
  /// Steps to the end and resets, ready to be bound again. Throws.
  void run();
  /// The same, but gives SQLite's result instead of throwing.
  int try_run();
  void reset() {
    if (stmt_) sqlite3_reset(stmt_);
  }
  void release() noexcept;

  [[nodiscard]] std::int64_t integer(int column) const { return sqlite3_column_int64(stmt_, column); }
  [[nodiscard]] Cell cell(int column) const { return cell_of(sqlite3_column_value(stmt_, column)); }
  [[nodiscard]] std::string_view text(int column) const;
  [[nodiscard]] bool is_open() const { return stmt_ != nullptr; }

 private:
  Statement& check(int result);
  void swap(Statement& other) noexcept {
    std::swap(stmt_, other.stmt_);
    std::swap(home_, other.home_);
    std::swap(connection_, other.connection_);
  }
  sqlite3_stmt* stmt_ = nullptr;
  std::vector<sqlite3_stmt*>* home_ = nullptr;
  Connection* connection_ = nullptr;
};

class Connection {
 public:
  Connection(const std::string& path, int flags, int busy_timeout_ms);
  /// The host's own, which stays his: settings, transactions and closing are up to him. Our tables have `prefix`.
  Connection(sqlite3* host, std::string prefix);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  /// The same base by another name for SQLite, before anything was prepared.
  void open_again(const std::string& uri, int flags);
  /// SQLite's result for the first question of all.
  [[nodiscard]] int try_reading();
  /// What lasts ends when the call does: SQLite's own work and waiting on a connection of ours, between the rows on the host's.
  void heed(Interrupt& interrupt);
  void check_interrupt() const {
    if (interrupt_) interrupt_->check();
  }
  [[nodiscard]] Interrupt* interrupt() const { return interrupt_; }
  void execute(const std::string& sql);
  /// A transaction of ours, or inside one of the host's a part of it that can be undone by itself. `begin` and `commit` throw; if they
  /// fail, and in `rollback`, all of it is undone, as far as SQLite has not done so already. What could not be undone is tried again by
  /// the next `begin`.
  void begin(bool writing);
  void commit();
  void rollback() noexcept;
  /// Whether SQLite has ended it by itself (a full disk): what is written now would be a transaction of its own.
  [[nodiscard]] bool lost_transaction() {
    lost_ = lost_ || ((begun_ || savepoint_) && sqlite3_get_autocommit(db_));
    return lost_;
  }
  /// The host's own, with tables of his and what hangs on ours.
  [[nodiscard]] bool is_hosts() const { return is_hosts_; }
  /// Throws `unsupported` (`store.encoding`): texts are asked as the bytes that stand in the base, which must be UTF-8.
  void check_encoding();
  /// Whether the host has begun a transaction, which he may undo.
  [[nodiscard]] bool in_hosts_transaction() const { return is_hosts_ && !begun_ && !sqlite3_get_autocommit(db_); }
  /// False on a host's connection that does not.
  [[nodiscard]] bool enforces_references() { return !is_hosts_ || number("PRAGMA foreign_keys") != 0; }
  /// Our table beside those of the entities: "change_log".
  [[nodiscard]] std::string own_table(const char* name) const { return prefix_ + name; }
  /// A statement for `key`; `make_sql()` is asked the first time only. `by_user`: of shapes that users compose, without end, the last used alone
  /// are kept.
  template <class MakeSql>
  Statement prepare(const std::string& key, MakeSql&& make_sql, bool by_user = false) {
    if (by_user) return take(users_.slot(key, make_sql));
    auto found = slots_.find(key);
    if (found == slots_.end()) found = slots_.emplace(key, Slot{make_sql(), {}, 0}).first;
    return take(found->second);
  }
  /// A statement whose text is its key.
  Statement prepare(const std::string& sql) {
    return prepare(sql, [&] { return sql; });
  }
  std::int64_t number(const std::string& sql) {
    Statement statement = prepare(sql);
    return statement.step() ? statement.integer(0) : 0;
  }

  /// Gives up all statements; none may be in use.
  void forget();

  [[nodiscard]] sqlite3* handle() const { return db_; }
  [[nodiscard]] const std::string& path() const { return path_; }
  /// The error of a failed call as crm::Error.
  [[noreturn]] void fail(int result);

 private:
  Statement take(Slot& slot);
  void add_functions();
  /// Runs what `begin` has prepared; whether it succeeded.
  bool undo(const char* prepared) noexcept;
  void open(const std::string& file, int flags);
  static int wait(void* connection, int times);

  std::string path_;
  const int busy_timeout_ms_ = 0;
  std::string prefix_;
  Interrupt* interrupt_ = nullptr;
  bool is_hosts_ = false;
  bool begun_ = false;      // a transaction of ours is open
  bool savepoint_ = false;  // ... or a part of the host's
  bool lost_ = false;       // SQLite has ended it by itself: what is open now is not ours
  bool left_ = false;       // one of ours is still open, because undoing it failed
  sqlite3* db_ = nullptr;
  std::unordered_map<std::string, Slot> slots_;  // addresses of slots do not move
  LastUsed users_;
};

/// "name", quoted for SQL.
std::string quoted(std::string_view name);
/// The table of an entity, quoted.
std::string table_of(const EntityDef& entity);

}  // namespace crm::sqlite
