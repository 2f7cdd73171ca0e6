#include "worlds.hpp"

#include <unistd.h>

#include <fstream>
#include <sstream>

namespace crm::test {

std::unique_ptr<Store> Worlds::store(const char* name, bool joined) {
  std::filesystem::create_directories(folder);
  if (!joined) return open_sqlite_store(current_schema(), {.path = file(name)});
  sqlite3* host = nullptr;
  REQUIRE(sqlite3_open(file(name).c_str(), &host) == SQLITE_OK);
  hosts.emplace_back(host, sqlite3_close);
  return join_sqlite_store(current_schema(), host);
}

std::string Worlds::image(const char* name) {
  sqlite3* base = nullptr;
  REQUIRE(sqlite3_open(file(name).c_str(), &base) == SQLITE_OK);
  REQUIRE(sqlite3_exec(base, "PRAGMA wal_checkpoint(TRUNCATE)", nullptr, nullptr, nullptr) == SQLITE_OK);
  sqlite3_close(base);
  std::ostringstream bytes;
  bytes << std::ifstream(file(name), std::ios::binary).rdbuf();
  return bytes.str();
}

std::string Worlds::empty_image(bool joined) {
  const Crm made(store("empty.db", joined));  // the organisation's record is made with it, once
  return image("empty.db");
}

Worlds::Worlds(const std::string& program, int cache, bool joined)
    : folder(std::filesystem::temp_directory_path() / ("crm_faults_" + program + std::to_string(::getpid()))), office(store("office.db", joined)),
      full(image("office.db"), file("full.db"), cache, joined), empty(empty_image(joined), file("new.db"), cache, joined) {}

Worlds::~Worlds() {
  full.close();
  empty.close();
  std::filesystem::remove_all(folder);
}

}  // namespace crm::test
