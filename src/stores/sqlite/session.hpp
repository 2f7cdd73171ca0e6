// A unit of work on a connection, and its cursors.
#pragma once

#include <optional>
#include <vector>

#include "store/fitted.hpp"
#include "writer.hpp"

namespace crm::sqlite {

class SqliteCursor;

/// What the sessions of one store share.
struct Sessions {
  int open = 0;
};

class SqliteSession final : public Session {
 public:
  /// Takes part in the read transaction of the connection, or in the write session that is open.
  SqliteSession(Connection& connection, const Schema& schema, Sessions& sessions);
  /// Writes. `joined`: inside a transaction that somebody else began and ends (a migration).
  SqliteSession(Connection& connection, const Schema& schema, Sessions& sessions, const Stamp& stamp, bool loading,
                bool joined = false);
  ~SqliteSession() override;

  std::optional<Row> find(EntityNo entity, Id id) override;
  std::unique_ptr<Cursor> select(const Query& query) override;
  void scan(const Query& query, const std::function<void(const Cell*)>& take) override;
  Table aggregate(const Aggregate& aggregate) override;
  Id reserve(EntityNo entity) override;
  void apply(std::span<Change> changes) override;
  int mark() override;
  void undo_to(int mark) override;
  void release(int mark) override;
  std::vector<LogLine> changes(Version after, std::int64_t limit) override;
  void each_change(Version after, const std::function<bool(const LogLine&)>& take) override;
  std::optional<LogLine> change(Version seq) override;
  std::optional<LogLine> erasure(EntityNo entity, Id id) override;
  std::vector<LogLine> written(Instant from, LogPlace before, std::int64_t limit) override;
  Version last_change() override;
  void commit() override;

 private:
  friend class SqliteCursor;
  void check_open() const;
  Writer& writer();
  [[nodiscard]] std::vector<Storage> kinds_of(const Query& query) const;
  void close_cursors();
  void end(bool keep);

  Connection& connection_;
  const Schema& schema_;
  Sessions& sessions_;
  std::optional<Writer> writer_;
  bool joined_ = false;
  bool ended_ = false;
  std::vector<SqliteCursor*> cursors_;
  std::string key_;
};

/// All tables, indexes and views, inside a transaction.
void create_all(Connection& connection, const Schema& schema);
/// The steps above version `from`, inside a transaction.
void upgrade_from(std::int64_t from, Connection& connection, const Schema& schema, Sessions& sessions);

class SqliteCursor final : public Cursor {
 public:
  SqliteCursor(SqliteSession& session, Statement statement, std::vector<Storage> kinds);
  ~SqliteCursor() override;
  const Cell* next() override;

 private:
  friend class SqliteSession;
  SqliteSession* session_;
  Statement statement_;
  bool failed_ = false;
  std::vector<Storage> kinds_;
  Fitting fitting_;
  std::vector<Cell> cells_;  // never empty, so that a row has an address
};

}  // namespace crm::sqlite
