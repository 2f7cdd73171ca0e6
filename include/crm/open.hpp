/// `crm::open`: a CRM in a file, as one opens SQLite.
#pragma once

#include <string>

#include "crm/services/crm.hpp"
#include "crm/stores/host.hpp"
#include "crm/stores/memory.hpp"
#include "crm/stores/sqlite.hpp"

namespace crm {

/// `path`: a file (UTF-8; made if there is none), ":memory:" for SQLite in memory, "memory:" for the store without
/// any database. Errors as `open_sqlite_store`.
Crm open(const std::string& path, CrmOptions options = {});
/// The same with the store's own options.
Crm open(const SqliteOptions& sqlite, CrmOptions options = {});

/// Over a host's own storage; errors as `open_host_store`.
Crm open(const crm_store& store, CrmOptions options = {});

/// Beside the host's tables, on his open connection, in his transactions (X3); see `join_sqlite_store`.
Crm join(sqlite3* host, CrmOptions options = {});

/// "0.5.0"
const char* version();

}  // namespace crm
