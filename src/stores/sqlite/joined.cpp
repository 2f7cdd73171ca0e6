// Tables of ours in a database that the host has open (X3).
#include <sqlite3.h>

#include "crm/base/error.hpp"
#include "crm/stores/sqlite.hpp"
#include "recognise.hpp"
#include "session.hpp"

namespace crm {
namespace sqlite {
namespace {

constexpr const char* kPrefix = "crm_";

Schema with_prefix(Schema schema) {
  for (EntityDef& entity : schema.entities) entity.table = kPrefix + entity.name;
  return schema;
}

class JoinedStore final : public Store {
 public:
  JoinedStore(Schema schema, sqlite3* host) : schema_(with_prefix(std::move(schema))), connection_(host, kPrefix) {
    connection_.check_encoding();
    connection_.begin(true);
    try {
      prepare_tables();
      connection_.commit();
    } catch (...) {
      connection_.rollback();
      throw;
    }
  }

  [[nodiscard]] std::string_view name() const override { return "sqlite, joined"; }
  [[nodiscard]] bool can(Capability capability) const override {
    switch (capability) {
      case Capability::durable:
      case Capability::shared: return connection_.path() != ":memory:";
      case Capability::aggregate: return true;
      case Capability::initial_load: return false;
    }
    return false;
  }
  [[nodiscard]] const Schema& schema() const override { return schema_; }
  [[nodiscard]] bool may_be_undone() const override { return connection_.in_hosts_transaction(); }

  void heed(Interrupt& interrupt) override { connection_.heed(interrupt); }
  std::unique_ptr<Session> read() override { return std::make_unique<SqliteSession>(connection_, schema_, sessions_); }
  std::unique_ptr<Session> write(const Stamp& stamp) override {
    return std::make_unique<SqliteSession>(connection_, schema_, sessions_, stamp, false);
  }

 private:
  /// The version stands in a table of ours: user_version and application_id are the host's.
  void prepare_tables() {
    const std::string mark = connection_.own_table("schema_version");
    connection_.execute("CREATE TABLE IF NOT EXISTS " + mark + "(version INTEGER NOT NULL)");
    const std::int64_t version = connection_.number("SELECT max(version) FROM " + mark);
    if (version == schema_.version) return;
    if (version > schema_.version)
      throw Error(Code::unsupported, std::vector<Violation>{{"store.newer_schema", 0, 0, 0, connection_.path(),
                                                             std::to_string(version) + " > " + std::to_string(schema_.version)}});
    if (version == 0) {
      check_no_table(connection_, schema_);
      create_all(connection_, schema_);
    } else {
      upgrade_from(version, connection_, schema_, sessions_);
    }
    connection_.execute("DELETE FROM " + mark + "; INSERT INTO " + mark + " VALUES(" + std::to_string(schema_.version) + ")");
  }

  Schema schema_;
  Connection connection_;
  Sessions sessions_;
};

}  // namespace
}  // namespace sqlite

std::unique_ptr<Store> join_sqlite_store(Schema schema, sqlite3* host) {
  return std::make_unique<sqlite::JoinedStore>(std::move(schema), host);
}

}  // namespace crm
