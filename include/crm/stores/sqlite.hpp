/// The default store: one SQLite file (WAL), or ":memory:".
#pragma once

#include <memory>
#include <string>

#include "crm/store/store.hpp"

struct sqlite3;

namespace crm {

enum class Durability : std::int32_t {
  full = 0,    ///< an acknowledged commit survives a power failure
  normal = 1,  ///< may lose the last commits at a power failure, never consistency
  off = 2,     ///< survives a crash of the program only; for benchmarks and throw-away bases
};

struct SqliteOptions {
  std::string path;            ///< UTF-8
  bool create = true;          ///< make the file if there is none
  /// In a folder where nothing may be written it is read while nobody writes to it, else `store.read_only_folder`.
  bool read_only = false;
  int busy_timeout_ms = 5000;
  Durability durability = Durability::full;
  /// First load of a new, empty file: no journal, indexes made by `Store::finish_load`. A load that dies in the middle leaves a file that is
  /// refused as such (`load.unfinished`) and emptied by the next initial load.
  bool initial_load = false;
};

/// Opens, makes or upgrades the file. Errors: `corrupt` (`store.not_a_database`: another program's; `load.unfinished`; `store.empty`: nothing in
/// it yet and none may be made), `unsupported` (`store.newer_schema`), `busy` (`store.locked`), `storage` (`store.io`; of a base to be read only:
/// `store.older_schema`, `store.read_only_folder`).
std::unique_ptr<Store> open_sqlite_store(Schema schema, const SqliteOptions& options);

/// Tables of ours ("crm_company", "crm_change_log", ...) in the database that the host has open, made or upgraded if need be (X3). The host
/// closes the store before the connection, and keeps his settings, transactions and tables. While he has a transaction open, what is
/// committed here is a part of it: his COMMIT keeps both, his ROLLBACK undoes both; otherwise every unit of work is a transaction, in
/// which he may write as well. Both must have the same SQLite: a connection of another copy of it must not be given. His database keeps
/// texts in UTF-8, else `unsupported` (`store.encoding`). A table of such a name that is not ours is `already_exists` (`store.name_taken`).
std::unique_ptr<Store> join_sqlite_store(Schema schema, sqlite3* host);

}  // namespace crm
