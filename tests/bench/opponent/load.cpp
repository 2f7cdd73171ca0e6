// Jobs 1 and 1fts, the first load, and jobs 2, new events.
#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

#include "database.hpp"

namespace opponent {
namespace {

/// Streams a file into a table; `kinds` has i or t for every column.
void load_table(const char* table, const char* kinds) {
  std::string sql = std::string("INSERT INTO ") + table + " VALUES(";
  for (int i = 0; kinds[i]; i++) sql += i ? ",?" : "?";
  Statement insert((sql + ")").c_str());
  std::FILE* file = std::fopen((folder + "/" + table + ".csv").c_str(), "rb");
  if (!file) {
    std::perror(table);
    std::exit(1);
  }
  char* line = nullptr;
  std::size_t size = 0;
  while (getline(&line, &size, file) > 0) {
    char* from = line;
    for (int i = 0; kinds[i]; i++) {
      char* end = from;
      while (*end != '|' && *end != '\n') end++;
      if (kinds[i] == 'i') {
        i64 value = 0;
        for (char* c = from; c < end; c++) value = value * 10 + (*c - '0');
        sqlite3_bind_int64(insert.handle(), i + 1, value);
      } else {
        sqlite3_bind_text(insert.handle(), i + 1, from, static_cast<int>(end - from), SQLITE_STATIC);
      }
      from = end + 1;
    }
    if (sqlite3_step(insert.handle()) != SQLITE_DONE) die(table);
    sqlite3_reset(insert.handle());
  }
  std::free(line);
  std::fclose(file);
}

}  // namespace

void load() {
  for (const char* tail : {"", "-wal", "-shm"}) unlink((database + tail).c_str());
  const double start = now_ms();
  if (sqlite3_open(database.c_str(), &db)) die("open");
  execute(
      "PRAGMA page_size=4096;PRAGMA journal_mode=OFF;PRAGMA synchronous=OFF;PRAGMA locking_mode=EXCLUSIVE;"
      "PRAGMA cache_size=-400000;PRAGMA temp_store=MEMORY;PRAGMA threads=2");
  const std::string here = std::getenv("CRM_BENCH_SQL");
  execute(slurp(here + "/schema.sql"));
  execute("BEGIN");
  static constexpr const char* kTables[][2] = {
      {"sphere", "it"},          {"product", "it"},         {"user", "iti"},
      {"attr", "it"},            {"attr_value", "iit"},     {"company", "ittti"},
      {"company_sphere", "ii"},  {"company_manager", "ii"}, {"legal_entity", "iittt"},
      {"employee", "iittttt"},   {"company_attr", "iii"},   {"org_matrix", "ii"},
      {"user_matrix", "iii"},    {"plan", "iiiii"},         {"event", "iiiiiiiiiitti"},
      {"payment", "iiiiii"}};
  for (const auto& table : kTables) load_table(table[0], table[1]);
  execute(slurp(here + "/index.sql"));
  execute("COMMIT");
  execute("ANALYZE");
  sqlite3_close(db);
  const int file = open(database.c_str(), O_RDONLY);
  fsync(file);
  close(file);
  if (sqlite3_open(database.c_str(), &db)) die("open");
  execute("PRAGMA journal_mode=WAL");
  sqlite3_close(db);
  db = nullptr;
  report("1", now_ms() - start, events, 0);
}

void load_search() {
  timed("1fts", [](i64& n) {
    execute(
        "BEGIN;DROP TABLE IF EXISTS emp_fts;CREATE VIRTUAL TABLE emp_fts USING fts5(search, content='employee', "
        "content_rowid='id', tokenize='trigram', detail='none');INSERT INTO emp_fts(emp_fts) VALUES('rebuild');COMMIT");
    n = 2 * companies;
    return i64{0};
  }, false);
}

void save(const char* job) {
  const bool group = job[1] == 'g';
  const auto lines = texts("new_event");
  execute(std::string("PRAGMA synchronous=") + (job[1] == 'n' ? "OFF" : "FULL"));
  {
    Statement begin("BEGIN IMMEDIATE"), commit("COMMIT"), insert("INSERT INTO event VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?)");
    const double start = now_ms();
    if (group) begin.run();
    for (const auto& line : lines) {
      if (!group) begin.run();
      for (int i = 0; i < 13; i++) {
        if (i == 10 || i == 11) {
          insert.bind(i + 1, line[static_cast<std::size_t>(i)]);
        } else {
          insert.bind(i + 1, std::atoll(line[static_cast<std::size_t>(i)].c_str()));
        }
      }
      insert.run();
      if (!group) commit.run();
    }
    if (group) commit.run();
    report(job, now_ms() - start, static_cast<i64>(lines.size()), 0);
  }
  execute("PRAGMA synchronous=OFF");
  execute("DELETE FROM event WHERE id>" + std::to_string(events));
  execute("PRAGMA wal_checkpoint(TRUNCATE)");
  execute("PRAGMA synchronous=FULL");
}

}  // namespace opponent
