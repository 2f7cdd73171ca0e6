// What a call, a row, a list and a month cost through C++ and through crm.h; the programs of tests/bench/languages do the same.
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "crm/crm.h"
#include "crm/services/json_door.hpp"
#include "jobs.hpp"

namespace bench {
namespace {

using namespace crm;

constexpr int kCalls = 1'000'000;
constexpr int kLists = 30;
constexpr const char* kList = R"({"entity": "event", "columns": ["id", "start_at", "end_at", "type_id", "stored_state", "priority",
    "sequence", "due_at", "purpose", "result", "company.name", "executor.last_name"], "order": ["id"], "limit": 1000})";
constexpr const char* kMonth = R"({"entity": "event", "columns": ["id", "start_at", "end_at", "type_id", "stored_state",
    "priority", "purpose", "company.name"],
    "where": {"all": [{"field": "executor_id", "value": {"param": 1}},
                      {"field": "start_at", "op": "ge", "value": {"param": 2}},
                      {"field": "start_at", "op": "lt", "value": {"param": 3}}]}, "order": ["start_at"]})";

/// Microseconds for one of `count`, the better of two runs.
template <class Work>
void cost(const char* language, const char* task, double count, Work&& work) {
  double best = 1e300;
  for (int run = 0; run < 2; ++run) {
    const double start = now_ms();
    work();
    best = std::min(best, now_ms() - start);
  }
  std::printf("{\"language\": \"%s\", \"task\": \"%s\", \"us\": %.5f}\n", language, task, best * 1000 / count);
}

void ok(std::int32_t status) {
  if (status != CRM_OK) std::exit(1);
}

void draw_row(const Cell* cells, std::size_t columns) {
  for (std::size_t i = 0; i < columns; ++i)
    drawn += cells[i].kind == Storage::text ? cells[i].size : static_cast<std::size_t>(cells[i].as_integer());
}

void through_cpp(const Race& race) {
  Crm base = race.open(Durability::full);
  PreparedQuery list(base, kList);
  cost("C++", "list", kLists, [&] {
    for (int i = 0; i < kLists; ++i) {
      Rows rows = list.run(base);
      while (const Cell* cells = rows.next()) draw_row(cells, 12);
    }
  });
  PreparedQuery month(base, kMonth);
  const auto months = numbers(race.file("p_cal"));
  cost("C++", "month", static_cast<double>(months.size()), [&] {
    for (const auto& line : months) {
      month.bind(1, line[0]);
      month.bind(2, line[1] * 1'000'000);
      month.bind(3, line[2] * 1'000'000);
      Rows rows = month.run(base);
      while (const Cell* cells = rows.next()) draw_row(cells, 8);
    }
  });
}

void draw_by_getters(crm_query* query, std::int32_t columns) {
  crm_cursor* cursor = nullptr;
  ok(crm_query_run(query, &cursor));
  for (std::int32_t more = 0; crm_cursor_next(cursor, &more) == CRM_OK && more;)
    for (std::int32_t i = 0; i < columns; ++i) {
      std::int32_t length = 0;
      if (crm_cursor_kind(cursor, i) == CRM_TEXT) {
        crm_cursor_text(cursor, i, &length);
        drawn += static_cast<std::size_t>(length);
      } else {
        drawn += static_cast<std::size_t>(crm_cursor_int(cursor, i));
      }
    }
  crm_cursor_close(cursor);
}

void draw_by_cells(crm_query* query, std::size_t columns) {
  crm_cell cells[256 * 12];
  crm_cursor* cursor = nullptr;
  std::int32_t rows = 0;
  ok(crm_query_run(query, &cursor));
  while (crm_cursor_cells(cursor, 256, cells, &rows) == CRM_OK && rows > 0)
    for (std::size_t i = 0; i < static_cast<std::size_t>(rows) * columns; ++i)
      drawn += cells[i].kind == CRM_TEXT ? static_cast<std::size_t>(cells[i].size) : static_cast<std::size_t>(cells[i].value.integer);
  crm_cursor_close(cursor);
}

void through_c(const Race& race) {
  crm_db* db = nullptr;
  crm_record* record = nullptr;
  crm_query* list = nullptr;
  crm_query* month = nullptr;
  ok(crm_open(race.database.c_str(), nullptr, &db));
  ok(crm_record_new(db, CRM_COMPANY, &record));
  ok(crm_query_new(db, kList, &list));
  ok(crm_query_new(db, kMonth, &month));
  cost("C", "call", kCalls, [&] {
    for (int i = 0; i < kCalls; ++i) drawn += static_cast<std::size_t>(crm_record_int(record, CRM_COMPANY_STATUS));
  });
  cost("C", "getters", 1000, [&] { draw_by_getters(list, 12); });
  cost("C", "cells", 1000, [&] { draw_by_cells(list, 12); });
  cost("C", "json", 1000, [&] {
    const char* answer = nullptr;
    ok(crm_query_rows_json(list, &answer));
    drawn += std::strlen(answer);
  });
  cost("C", "list", kLists, [&] {
    for (int i = 0; i < kLists; ++i) draw_by_cells(list, 12);
  });
  const auto months = numbers(race.file("p_cal"));
  cost("C", "month", static_cast<double>(months.size()), [&] {
    for (const auto& line : months) {
      ok(crm_query_bind_int(month, 1, line[0]));
      ok(crm_query_bind_int(month, 2, line[1] * 1'000'000));
      ok(crm_query_bind_int(month, 3, line[2] * 1'000'000));
      draw_by_cells(month, 8);
    }
  });
  crm_query_close(list);
  crm_query_close(month);
  crm_record_close(record);
  crm_close(db);
}

}  // namespace

void costs(const Race& race) {
  through_cpp(race);
  through_c(race);
}

}  // namespace bench
