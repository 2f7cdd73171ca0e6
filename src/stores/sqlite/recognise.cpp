#include "recognise.hpp"

#include <algorithm>
#include <array>

#include "crm/base/error.hpp"
#include "filter_sql.hpp"

namespace crm::sqlite {
namespace {

[[noreturn]] void not_ours(const Connection& connection, std::string detail) {
  throw Error(Code::corrupt, std::vector<Violation>{{"store.not_a_database", 0, 0, 0, connection.path(), std::move(detail)}});
}

/// Without an application id: empty, or a load by a release that marked none.
Found without_id(Connection& connection, std::int64_t version) {
  std::vector<std::string> tables;
  Statement names = connection.prepare("SELECT name FROM sqlite_schema");
  while (names.step()) tables.emplace_back(names.text(0));
  if (tables.empty() && version == 0) return Found::nothing;
  const auto is_there = [&](const char* name) { return std::ranges::find(tables, name) != tables.end(); };
  if (version == 0 && is_there("change_log") && is_there("high_water")) return Found::unfinished_load;
  not_ours(connection, tables.empty() ? "user_version " + std::to_string(version) + " of another program" : "tables of another program: " + tables.front());
}

}  // namespace

Found recognise(Connection& connection, const Schema& schema) {
  std::int64_t application = 0;
  std::int64_t version = 0;
  try {
    application = connection.number("PRAGMA application_id");
    version = connection.number("PRAGMA user_version");
  } catch (const Error& error) {
    if (error.code() == Code::corrupt && is_marked_as_loading(connection)) return Found::unfinished_load;
    throw;
  }
  if (application == kLoadingId) return Found::unfinished_load;
  if (application == 0) return without_id(connection, version);
  if (application != kApplicationId) not_ours(connection, "application id " + std::to_string(application));
  if (version < 1) not_ours(connection, "user_version " + std::to_string(version) + ", which no release writes");
  if (version > schema.version)
    throw Error(Code::unsupported, std::vector<Violation>{{"store.newer_schema", 0, 0, 0, connection.path(),
                                                           std::to_string(version) + " > " + std::to_string(schema.version)}});
  return Found::base;
}

bool is_marked_as_loading(Connection& connection) {
  constexpr sqlite3_int64 kPlace = 68;  // of the application id, big-endian
  // Through SQLite's own file: another one on it, when closed, would take its locks away.
  sqlite3_file* file = nullptr;
  std::array<unsigned char, 4> bytes{};
  if (sqlite3_file_control(connection.handle(), "main", SQLITE_FCNTL_FILE_POINTER, &file) != SQLITE_OK || !file->pMethods) return false;
  if (file->pMethods->xRead(file, bytes.data(), static_cast<int>(bytes.size()), kPlace) != SQLITE_OK) return false;
  std::int64_t id = 0;
  for (const unsigned char byte : bytes) id = id * 256 + byte;
  return id == kLoadingId;
}

void check_no_table(Connection& connection, const Schema& schema) {
  std::vector<std::string> names{connection.own_table("change_log"), connection.own_table("high_water")};
  for (const EntityDef& entity : schema.entities) {
    names.push_back(entity.table_name());
    names.push_back(entity.table_name() + "_view");
    for (const FieldDef& field : entity.fields)
      if (field.searched) names.push_back(search_table(entity, field));
  }
  for (const std::string& name : names) {
    Statement known = connection.prepare("SELECT 1 FROM sqlite_schema WHERE name = ? COLLATE NOCASE");
    if (known.bind(1, std::string_view(name)).step())
      throw Error(Code::already_exists, std::vector<Violation>{{"store.name_taken", 0, 0, 0, connection.path(), name}});
  }
}

}  // namespace crm::sqlite
