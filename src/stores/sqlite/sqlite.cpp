#include "crm/stores/sqlite.hpp"

#include <sqlite3.h>

#include "connection.hpp"
#include "crm/base/error.hpp"
#include "schema.hpp"
#include "session.hpp"
#include "views.hpp"

namespace crm {
namespace sqlite {
namespace {

constexpr std::int64_t kApplicationId = 0x43524d31;  // "CRM1"

[[noreturn]] void fail(Code code, const char* rule, const std::string& path, std::string detail) {
  throw Error(code, std::vector<Violation>{{rule, 0, 0, 0, path, std::move(detail)}});
}

class SqliteStore final : public Store {
 public:
  SqliteStore(Schema schema, const SqliteOptions& options) : schema_(std::move(schema)), options_(options) {
    connect();
    const bool is_new = !recognise();
    connection_->check_encoding();
    if (options_.initial_load) {
      if (!is_new) fail(Code::refused, "store.not_empty", options_.path, "initial load");
      begin_load();
      return;
    }
    tune();
    if (is_new) {
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

  std::unique_ptr<Session> read() override { return std::make_unique<SqliteSession>(*connection_, schema_, sessions_); }
  std::unique_ptr<Session> write(const Stamp& stamp) override {
    return std::make_unique<SqliteSession>(*connection_, schema_, sessions_, stamp, loading_);
  }

  void finish_load() override;

 private:
  void connect() {
    int flags = options_.read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
    if (options_.create && !options_.read_only) flags |= SQLITE_OPEN_CREATE;
    connection_ = std::make_unique<Connection>(options_.path, flags, options_.busy_timeout_ms);
  }

  /// Whether the file is a base of ours; false: it is new and empty. Throws for anything else.
  bool recognise() {
    const std::int64_t application = connection_->number("PRAGMA application_id");
    const std::int64_t version = connection_->number("PRAGMA user_version");
    if (application == kApplicationId) {
      if (version > schema_.version)
        fail(Code::unsupported, "store.newer_schema", options_.path,
             std::to_string(version) + " > " + std::to_string(schema_.version));
      return true;
    }
    const bool is_empty = application == 0 && connection_->number("SELECT count(*) FROM sqlite_schema") == 0;
    if (!is_empty || options_.read_only || !options_.create)
      fail(Code::corrupt, "store.not_a_database", options_.path, "application id " + std::to_string(application));
    return false;
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
      if (recognise()) return;  // another process was faster
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
    if (connection_->number("PRAGMA user_version") == schema_.version) return;
    if (options_.read_only) fail(Code::storage, "store.read_only", options_.path, "the base must be upgraded");
    transaction([&] {
      upgrade_from(connection_->number("PRAGMA user_version"), *connection_, schema_, sessions_);
      mark();
    });
  }

  void begin_load() {
    loading_ = true;
    connection_->execute(
        "PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF; PRAGMA locking_mode=EXCLUSIVE; PRAGMA cache_size=-400000;"
        "PRAGMA temp_store=MEMORY; PRAGMA foreign_keys=OFF");
    transaction([&] { create_tables(*connection_, schema_); });
  }

  /// Brings to the disk what was written with synchronous=OFF, through SQLite's own file: it knows the system.
  void sync() {
    sqlite3_file* file = nullptr;
    const int result = sqlite3_file_control(connection_->handle(), "main", SQLITE_FCNTL_FILE_POINTER, &file);
    if (result != SQLITE_OK || file->pMethods->xSync(file, SQLITE_SYNC_NORMAL) != SQLITE_OK)
      fail(Code::storage, "store.io", options_.path, "sync");
  }

  Schema schema_;
  SqliteOptions options_;
  std::unique_ptr<Connection> connection_;
  Sessions sessions_;
  bool loading_ = false;
};

void SqliteStore::finish_load() {
  if (!loading_) return;
  transaction([&] {
    check_references(*connection_, schema_);
    create_indexes(*connection_, schema_);
    rebuild_search(*connection_, schema_);
    create_views(*connection_, schema_);
    mark();
  });
  connection_->execute("PRAGMA analysis_limit=1000; ANALYZE");
  loading_ = false;
  if (!can(Capability::durable)) {
    connection_->execute("PRAGMA locking_mode=NORMAL");
    tune();
    return;
  }
  sync();
  connection_.reset();
  options_.initial_load = false;
  connect();
  tune();
}

}  // namespace
}  // namespace sqlite

std::unique_ptr<Store> open_sqlite_store(Schema schema, const SqliteOptions& options) {
  return std::make_unique<sqlite::SqliteStore>(std::move(schema), options);
}

}  // namespace crm
