// What a connection keeps of the statements it has prepared.
#include <doctest/doctest.h>
#include <sqlite3.h>

#include <string>
#include <utility>
#include <vector>

#include "stores/sqlite/connection.hpp"

using namespace crm;

namespace {

sqlite::Connection memory() { return {":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, 0}; }

std::size_t prepared(const sqlite::Connection& connection) {
  std::size_t count = 0;
  for (sqlite3_stmt* one = sqlite3_next_stmt(connection.handle(), nullptr); one; one = sqlite3_next_stmt(connection.handle(), one)) ++count;
  return count;
}

/// What a user composes, each time something else.
sqlite::Statement users_question(sqlite::Connection& connection, int number) {
  const std::string sql = "SELECT " + std::to_string(number);
  return connection.prepare(sql, [&] { return sql; }, true);
}

}  // namespace

TEST_CASE("of users' questions the 256 used last keep their statements, the library's own all") {
  auto connection = memory();
  for (int i = 0; i < 300; ++i) CHECK(connection.number("SELECT -" + std::to_string(i)) == -i);
  for (int i = 0; i < 2000; ++i) {
    CHECK(users_question(connection, i).step());
    CHECK(users_question(connection, 0).step());  // asked again and again
  }
  CHECK(prepared(connection) == 300 + 256);

  int made = 0;
  const auto asked_again = [&](int number) {
    const std::string sql = "SELECT " + std::to_string(number);
    connection.prepare(sql, [&] { return ++made, sql; }, true);
    return std::exchange(made, 0) > 0;
  };
  CHECK_FALSE(asked_again(0));
  CHECK_FALSE(asked_again(1999));
  CHECK_FALSE(asked_again(1745));
  CHECK(asked_again(1744));
  connection.prepare("SELECT -7", [&] { return ++made, std::string("SELECT -7"); });
  CHECK(made == 0);
}

TEST_CASE("a statement in use is not given up, however many others are asked") {
  auto connection = memory();
  std::vector<sqlite::Statement> open;
  for (int i = 0; i < 300; ++i) {
    open.push_back(users_question(connection, i));
    CHECK(open.back().step());
  }
  for (int i = 300; i < 1000; ++i) CHECK(users_question(connection, i).step());

  for (int i = 0; i < 300; ++i) CHECK(open[static_cast<std::size_t>(i)].integer(0) == i);

  open.clear();
  for (int i = 1000; i < 1002; ++i) CHECK(users_question(connection, i).step());
  CHECK(prepared(connection) == 256);
}
