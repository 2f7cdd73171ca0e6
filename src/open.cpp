#include "crm/open.hpp"

namespace crm {

Crm open(const SqliteOptions& sqlite, CrmOptions options) {
  check_options(options);
  return Crm(open_sqlite_store(current_schema(), sqlite), std::move(options));
}

Crm open(const std::string& path, CrmOptions options) {
  if (path == "memory:") return Crm(open_memory_store(current_schema()), std::move(options));
  SqliteOptions sqlite;
  sqlite.path = path;
  return open(sqlite, std::move(options));
}

Crm open(const crm_store& store, CrmOptions options) {
  try {
    check_options(options);
  } catch (...) {
    give_up_host_store(store);
    throw;
  }
  return Crm(open_host_store(current_schema(), store), std::move(options));
}

Crm join(sqlite3* host, CrmOptions options) {
  check_options(options);
  return Crm(join_sqlite_store(current_schema(), host), std::move(options));
}

const char* version() { return CRM_VERSION; }

}  // namespace crm
