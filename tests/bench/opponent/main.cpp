// The hand-written program on the SQLite C API that we race against: the practical limit.
// opponent DB DATADIR job,job,...   prints one JSON line a job. CRM_BENCH_SQL names the folder of schema.sql, index.sql.
#include <cstdio>
#include <sstream>

#include "database.hpp"

int main(int count, char** arguments) {
  using namespace opponent;
  if (count != 4) {
    std::fputs("usage: opponent DB DATADIR job,job,...\n", stderr);
    return 2;
  }
  database = arguments[1];
  folder = arguments[2];
  const auto meta = numbers("meta")[0];
  companies = meta[0], events = meta[1], users = meta[2], products = meta[3], spheres = meta[4];
  std::istringstream jobs(arguments[3]);
  for (std::string job; std::getline(jobs, job, ',');) {
    if (job == "1") {
      load();
      continue;
    }
    if (!db) {
      if (sqlite3_open(database.c_str(), &db)) die("open");
      execute(
          "PRAGMA foreign_keys=ON;PRAGMA mmap_size=8000000000;PRAGMA cache_size=-200000;PRAGMA temp_store=MEMORY;"
          "PRAGMA synchronous=FULL");
    }
    if (job.starts_with("10")) {
      matrices(job);
      continue;
    }
    switch (job[0]) {
      case '1': load_search(); break;
      case '2': save(job.c_str()); break;
      case '3': card(); break;
      case '4': month(); break;
      case '5': extended_filter(); break;
      case '6': funnel(job); break;
      case '7': plan_fact(job); break;
      case '8': job == "8m" ? mark_overdue() : overdue(); break;
      case '9': contacts(job); break;
      default: std::fprintf(stderr, "no such job: %s\n", job.c_str()); return 2;
    }
  }
  sqlite3_close(db);
  return sink == 42 ? 3 : 0;
}
