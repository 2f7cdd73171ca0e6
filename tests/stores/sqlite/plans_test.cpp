// The questions that users wait for are answered by an index, and what is special to a file of SQLite.
#include <doctest/doctest.h>
#include <sqlite3.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

#include "crm/base/error.hpp"
#include "crm/stores/sqlite.hpp"
#include "stores/sqlite/log.hpp"
#include "stores/sqlite/scan.hpp"
#include "stores/sqlite/schema.hpp"
#include "stores/sqlite/sql.hpp"

using namespace crm;

namespace {

// event: type, state, start, company, due, removed; as the CRM's own table has them.
enum : FieldNo { kType = 3, kState, kStart, kCompany, kDue, kName, kCounted };
constexpr EntityNo kEvent = 1;

Schema events() {
  EntityDef event;
  event.no = kEvent;
  event.name = "event";
  event.fields = {{kType, "type", Storage::integer, true}, {kState, "state", Storage::integer, true},
                  {kStart, "start", Storage::integer},     {kCompany, "company", Storage::integer},
                  {kDue, "due", Storage::integer},         {kName, "name", Storage::text, false, 0, true},
                  {kCounted, "counted", Storage::integer}};
  event.indexes = {{{kType, kState, kStart, kId, kCompany}}, {{kCompany, kStart}}, {{kDue}, false, true}, {{kCounted}, false, true, {kCompany}}};
  Schema schema;
  schema.entities = {event};
  return schema;
}

std::string plan(const Query& query, const char* scanned_by = nullptr) {
  const Schema schema = events();
  sqlite::Connection connection(":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, 0);
  sqlite::create_tables(connection, schema);
  sqlite::create_indexes(connection, schema);
  sqlite::Statement explain = connection.prepare("EXPLAIN QUERY PLAN " + sqlite::select_sql(schema, query, scanned_by));
  std::string text;
  while (explain.step()) text += std::string(explain.text(3)) + "\n";
  return text;
}

Query asked(Filter filter, std::vector<Order> order) {
  Query query;
  query.entity = kEvent;
  query.columns = {kId, kName};
  query.filter = std::move(filter);
  query.order = std::move(order);
  query.limit = 50;
  return query;
}

struct File {
  std::string path = (std::filesystem::temp_directory_path() / "crm-sqlite-test.db").string();
  File() { clear(); }
  ~File() { clear(); }
  void clear() const {
    for (const char* tail : {"", "-wal", "-shm"}) std::remove((path + tail).c_str());
  }
};

SqliteOptions at(const std::string& path) {
  SqliteOptions options;
  options.path = path;
  return options;
}

}  // namespace

TEST_CASE("a filter on type, state and period walks its index in order, without sorting") {
  const std::string text = plan(asked(where::all({where::eq(kType, Id{1}), where::eq(kState, Id{2}), where::ge(kStart, Id{5}),
                                                  where::lt(kStart, Id{9})}),
                                      {{kStart, true}, {kId, true}}));

  CHECK(text.find("ix_event_0 (type=? AND state=? AND start>? AND start<?)") != std::string::npos);
  CHECK(text.find("TEMP B-TREE") == std::string::npos);
}

TEST_CASE("the last events of a company come by its index, without sorting") {
  const std::string text = plan(asked(where::eq(kCompany, Id{1}), {{kStart, true}}));

  CHECK(text.find("ix_event_1 (company=?)") != std::string::npos);
  CHECK(text.find("TEMP B-TREE") == std::string::npos);
}

TEST_CASE("what is overdue is found among the rows that can be") {
  const std::string text = plan(asked(where::lt(kDue, Id{1}), {{kDue}}));

  CHECK(text.find("ix_event_2 (due<?)") != std::string::npos);
  CHECK(text.find("TEMP B-TREE") == std::string::npos);
}

TEST_CASE("a scan reads what an index covers from the index alone, of rows that are in it") {
  Query query;
  query.entity = kEvent;
  query.columns = {kCompany};
  query.filter = where::all({where::ge(kCounted, Id{5}), where::lt(kCounted, Id{9})});
  const std::string text = plan(query, sqlite::kScan);

  CHECK(text.find("USING COVERING INDEX ix_event_3 (counted>? AND counted<?)") != std::string::npos);
  CHECK(text.find("TEMP B-TREE") == std::string::npos);
}

TEST_CASE("a part of a word is looked up in the trigram index, which drives the query") {
  const std::string text = plan(asked(where::contains(kName, "кабель"), {}));

  CHECK(text.find("SCAN f VIRTUAL TABLE") != std::string::npos);
  CHECK(text.find("SEARCH t USING INTEGER PRIMARY KEY") != std::string::npos);
  CHECK(text.find("TEMP B-TREE") == std::string::npos);
}

TEST_CASE("signs in a part of a word are looked up in the trigram index as letters are, also inside other conditions") {
  const std::string driven = plan(asked(where::contains(kName, "ь_%"), {}));
  const std::string inside = plan(asked(where::any({where::contains(kName, "ь_%"), where::eq(kCompany, Id{1})}), {}));
  const std::string none = plan(asked(where::none({where::contains(kName, "ь_%")}), {}));

  CHECK(driven.find("SEARCH t USING INTEGER PRIMARY KEY") != std::string::npos);
  for (const std::string& text : {driven, inside, none}) CHECK(text.find(":M1") != std::string::npos);  // FTS5 tells of a MATCH so
}

TEST_CASE("a part of one or two letters is in no trigram: the rows are compared themselves") {
  CHECK(plan(asked(where::contains(kName, "ка"), {})).find("VIRTUAL") == std::string::npos);
}

TEST_CASE("lines of a period cost what is read of them, however long the log is and however many are of one instant") {
  sqlite::Connection connection(":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, 0);
  sqlite::create_tables(connection, events());
  sqlite::create_indexes(connection, events());
  constexpr Version kLines = 20'000;
  for (Version seq = 1; seq <= kLines; ++seq) {
    const Instant at = instant_of(seq % 2 ? 0 : kLines - seq);  // half of them by a clock that runs back
    sqlite::write_line(connection, {seq, {0, at}, Do::insert, kEvent, seq, 1, 0, {}});
  }
  int steps = 0;
  sqlite3_progress_handler(connection.handle(), 1, [](void* count) { return ++*static_cast<int*>(count), 0; }, &steps);
  const auto cost = [&](Instant from, LogPlace before, std::size_t wanted) {
    steps = 0;
    CHECK(sqlite::read_written(connection, from, before, 10).size() == wanted);
    return steps;
  };

  CHECK(cost(instant_of(5000), {instant_of(5012), 0}, 6) < 1000);
  CHECK(cost(instant_of(-9), {Instant::max(), 0}, 10) < 1000);
  CHECK(cost(instant_of(-9), {instant_of(0), kLines / 2}, 10) < 1000);  // deep among those of one instant
}

TEST_CASE("a cursor left behind does not keep the log of the file from being taken in") {
  const File file;
  const auto store = open_sqlite_store(events(), at(file.path));
  std::unique_ptr<Cursor> left;
  {
    const auto session = store->read();
    left = session->select(asked(where::all({}), {}));
  }
  const Cell cells[] = {Cell::of(Id{1}), Cell::of(Id{1}), Cell(), Cell(), Cell(), Cell(), Cell()};
  for (int i = 0; i < 3000; ++i) {
    const auto session = store->write({});
    Change change{Do::insert, kEvent, session->reserve(kEvent), 0, {}, cells};
    session->apply({&change, 1});
    session->commit();
  }

  CHECK(std::filesystem::file_size(file.path + "-wal") < 8'000'000);
}

