#include "database.hpp"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <utility>

namespace opponent {

sqlite3* db;
std::string database, folder;
i64 companies, events, users, products, spheres;
std::size_t sink;

void die(const char* what) {
  std::fprintf(stderr, "%s: %s\n", what, sqlite3_errmsg(db));
  std::exit(1);
}

void execute(const std::string& sql) {
  if (sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr)) die(sql.c_str());
}

double now_ms() {
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

std::string slurp(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) {
    std::perror(file.c_str());
    std::exit(1);
  }
  return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<std::vector<std::string>> texts(const std::string& name) {
  std::vector<std::vector<std::string>> rows;
  const std::string all = slurp(folder + "/" + name + ".csv");
  std::vector<std::string> row;
  std::string field;
  for (char c : all) {
    if (c == '|' || c == '\n') {
      row.push_back(std::move(field));
      field.clear();
      if (c == '\n') rows.push_back(std::exchange(row, {}));
    } else {
      field += c;
    }
  }
  return rows;
}

std::vector<std::vector<i64>> numbers(const std::string& name) {
  std::vector<std::vector<i64>> rows;
  for (const auto& line : texts(name)) {
    auto& row = rows.emplace_back();
    for (const auto& text : line) row.push_back(std::atoll(text.c_str()));
  }
  return rows;
}

void report(const char* job, double ms, i64 operations, i64 checksum) {
  std::printf("{\"c\":\"a\",\"E\":%lld,\"job\":\"%s\",\"ms\":%.4f,\"n\":%lld,\"chk\":%lld}\n", static_cast<long long>(events),
              job, ms, static_cast<long long>(operations), static_cast<long long>(checksum));
  std::fflush(stdout);
}

void timed(const char* name, const Job& job, bool warm) {
  i64 operations = 0;
  if (warm) job(operations);
  operations = 0;
  const double start = now_ms();
  const i64 checksum = job(operations);
  report(name, now_ms() - start, operations, checksum);
}

}  // namespace opponent
