#include "crm/stores/sqlite.hpp"

#include <sqlite3.h>

#include <optional>

#include "connection.hpp"
#include "crm/base/error.hpp"
#include "recognise.hpp"
#include "schema.hpp"
#include "session.hpp"
#include "still_file.hpp"
#include "views.hpp"

namespace crm {
namespace sqlite {
namespace {

[[noreturn]] void fail(Code code, const char* rule, const std::string& path, std::string detail) {
  throw Error(code, std::vector<Violation>{{rule, 0, 0, 0, path, std::move(detail)}});
}

/// What an initial load makes at its end.
Schema without_indexes(Schema schema) {
  for (EntityDef& entity : schema.entities) {
    entity.indexes.clear();
    for (FieldDef& field : entity.fields) field.searched = false;
  }
  return schema;
}

class SqliteStore final : public Store {
 public:
  SqliteStore(Schema schema, const SqliteOptions& options) : schema_(std::move(schema)), options_(options) {
    connect();
    const Found found = recognise(*connection_, schema_);
    if (options_.initial_load) {
      begin_load(found);
      return;
    }
    check_usable(found);
    connection_->check_encoding();
    tune();
    if (found == Found::nothing) {
      create();
    } else {
      migrate();
    }
  }

  ~SqliteStore() override {
    // Keeps the planner's figures fresh where much was written; costs microseconds where nothing was.
    if (connection_ && !options_.read_only && !loading_)
      sqlite3_exec(connection_->handle(), "PRAGMA analysis_limit=400; PRAGMA optimize", nullptr, nullptr, nullptr);
  }

  [[nodiscard]] std::string_view name() const override { return "sqlite"; }
  [[nodiscard]] bool can(Capability capability) const override {
    const bool in_file = options_.path != ":memory:" && !options_.path.empty();
    switch (capability) {
      case Capability::durable:
      case Capability::shared: return in_file;
      case Capability::aggregate: return true;
      case Capability::initial_load: return true;
    }
    return false;
  }
  [[nodiscard]] const Schema& schema() const override { return schema_; }

  std::unique_ptr<Session> read() override {
    if (still_) still_->check();
    return std::make_unique<SqliteSession>(*connection_, made(), sessions_);
  }
  std::unique_ptr<Session> write(const Stamp& stamp) override {
    return std::make_unique<SqliteSession>(*connection_, made(), sessions_, stamp, loading_);
  }

  void heed(Interrupt& interrupt) override {
    interrupt_ = &interrupt;
    connection_->heed(interrupt);
  }
  void finish_load() override;

 private:
  void connect() {
    int flags = options_.read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
    if (options_.create && !options_.read_only) flags |= SQLITE_OPEN_CREATE;
    connection_ = std::make_unique<Connection>(options_.path, flags, options_.busy_timeout_ms);
    if (options_.read_only) still_.emplace(*connection_);
    if (interrupt_) connection_->heed(*interrupt_);
  }

  void check_usable(Found found) const {
    if (found == Found::unfinished_load) fail(Code::corrupt, "load.unfinished", options_.path, "");
    if (found == Found::nothing && (options_.read_only || !options_.create)) fail(Code::corrupt, "store.empty", options_.path, "");
  }

  void tune() {
    static constexpr const char* kLevels[] = {"FULL", "NORMAL", "OFF"};
    connection_->execute("PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-65536; PRAGMA synchronous=" +
                         std::string(kLevels[static_cast<int>(options_.durability)]));
    if (!options_.read_only) set_wal();
  }

  /// Several processes may do this at once on a new file; it asks for the file alone.
  void set_wal() {
    for (int waited = 0;; waited += 10) {
      const int result = sqlite3_exec(connection_->handle(), "PRAGMA journal_mode=WAL", nullptr, nullptr, nullptr);
      if (result == SQLITE_OK) return;
      if ((result & 0xff) != SQLITE_BUSY || waited >= options_.busy_timeout_ms) connection_->fail(result);
      sqlite3_sleep(10);
    }
  }

  void create() {
    transaction([&] {
      if (recognise(*connection_, schema_) == Found::base) return;  // another process was faster
      create_all(*connection_, schema_);
      mark();
    });
    migrate();
  }

  void mark() {
    connection_->execute("PRAGMA application_id=" + std::to_string(kApplicationId) +
                         "; PRAGMA user_version=" + std::to_string(schema_.version));
  }

  /// Commits what `work` did, or nothing of it.
  template <class Work>
  void transaction(Work&& work) {
    connection_->begin(true);
    try {
      work();
    } catch (...) {
      connection_->rollback();
      throw;
    }
    connection_->commit();
  }

  void migrate() {
    const std::int64_t version = connection_->number("PRAGMA user_version");
    if (version == schema_.version) return;
    if (options_.read_only)
      fail(Code::storage, "store.older_schema", options_.path, std::to_string(version) + " < " + std::to_string(schema_.version));
    transaction([&] {
      upgrade_from(connection_->number("PRAGMA user_version"), *connection_, schema_, sessions_);
      mark();
    });
  }

  /// The schema as far as it stands in the base.
  [[nodiscard]] const Schema& made() const { return loading_ ? loaded_ : schema_; }

  /// The file says that it is no base yet before anything else is in it, and as long as the load is under way nobody else can open it.
  void begin_load(Found found) {
    if (found == Found::base) fail(Code::refused, "store.not_empty", options_.path, "initial load");
    loading_ = true;
    loaded_ = without_indexes(schema_);
    connection_->execute("PRAGMA locking_mode=EXCLUSIVE");
    if (found == Found::unfinished_load) start_over();
    connection_->check_encoding();
    connection_->execute("PRAGMA journal_mode=DELETE; PRAGMA synchronous=FULL");
    transaction([&] {  // nobody else writes meanwhile, and with locking_mode=EXCLUSIVE nobody has the file once it is kept
      if (found == Found::nothing && recognise(*connection_, schema_) != Found::nothing)
        fail(Code::busy, "store.locked", options_.path, "another load was faster");
      connection_->execute("PRAGMA application_id=" + std::to_string(kLoadingId));
    });
    connection_->execute("PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF; PRAGMA cache_size=-400000; PRAGMA temp_store=MEMORY; PRAGMA foreign_keys=OFF");
    transaction([&] { create_tables(*connection_, schema_); });
  }

  /// Empties what a load left that was cut short, torn or not. Cut short itself, it leaves an unfinished load or an empty file.
  void start_over() {
    const auto as_empty = [&](int on) { sqlite3_db_config(connection_->handle(), SQLITE_DBCONFIG_RESET_DATABASE, on, nullptr); };
    as_empty(1);
    transaction([&] {
      // By a release that marked none: what else is in it is not known.
      if (!is_marked_as_loading(*connection_)) fail(Code::corrupt, "load.unfinished", options_.path, "");
      connection_->execute("PRAGMA application_id=" + std::to_string(kLoadingId));
    });
    connection_->execute("VACUUM");
    as_empty(0);
  }

  /// Brings to the disk what was written with synchronous=OFF, through SQLite's own file: it knows the system.
  void sync() {
    sqlite3_file* file = nullptr;
    const int result = sqlite3_file_control(connection_->handle(), "main", SQLITE_FCNTL_FILE_POINTER, &file);
    if (result != SQLITE_OK || file->pMethods->xSync(file, SQLITE_SYNC_NORMAL) != SQLITE_OK)
      fail(Code::storage, "store.io", options_.path, "sync");
  }

  Schema schema_;
  Schema loaded_;  // of a base that is being loaded
  SqliteOptions options_;
  std::unique_ptr<Connection> connection_;
  Sessions sessions_;
  std::optional<StillFile> still_;  // read only
  Interrupt* interrupt_ = nullptr;
  bool loading_ = false;
};

void SqliteStore::finish_load() {
  if (!loading_) return;
  transaction([&] {
    check_references(*connection_, schema_);
    create_indexes(*connection_, schema_);
    rebuild_search(*connection_, schema_);
    create_views(*connection_, schema_);
  });
  connection_->execute("PRAGMA analysis_limit=1000; ANALYZE");
  if (can(Capability::durable)) sync();
  // A base only once all of it is on the disk, and in one safe step.
  connection_->execute("PRAGMA journal_mode=DELETE; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON");
  transaction([&] { mark(); });
  loading_ = false;
  connection_->forget();  // statements that know of no index
  try {
    connection_->execute("PRAGMA locking_mode=NORMAL");
    tune();
  } catch (const Error&) {  // the load is kept: what fails now is told by the next call
  }
}

}  // namespace
}  // namespace sqlite

std::unique_ptr<Store> open_sqlite_store(Schema schema, const SqliteOptions& options) {
  return std::make_unique<sqlite::SqliteStore>(std::move(schema), options);
}

}  // namespace crm
