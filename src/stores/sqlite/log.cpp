#include "log.hpp"

namespace crm::sqlite {
namespace {

std::string lines_of(const Connection& connection, const char* condition) {
  return "SELECT seq, at, actor, op, entity, id, count, previous, old FROM " + connection.own_table("change_log") + condition;
}

LogLine line_of(const Statement& row) {
  LogLine line;
  line.seq = row.integer(0);
  line.stamp = {row.integer(2), instant_of(row.integer(1))};
  line.op = static_cast<Do>(row.integer(3));
  line.entity = static_cast<EntityNo>(row.integer(4));
  line.id = row.integer(5);
  line.count = row.integer(6);
  line.previous = row.integer(7);
  line.old = decode_old(row.text(8));
  return line;
}

}  // namespace

void write_line(Connection& connection, const LogLine& line) {
  Statement insert = connection.prepare("INSERT INTO " + connection.own_table("change_log") + " VALUES(?,?,?,?,?,?,?,?,?)");
  insert.bind(1, line.seq).bind(2, to_number(line.stamp.at)).bind(3, line.stamp.actor);
  insert.bind(4, static_cast<std::int64_t>(line.op)).bind(5, std::int64_t{line.entity}).bind(6, line.id);
  insert.bind(7, line.count).bind(8, line.previous);
  if (line.old.empty()) {
    insert.bind_null(9).run();
    return;
  }
  const std::string old = encode_old(line.old);
  insert.bind(9, Cell::of(std::string_view(old), Storage::bytes)).run();
}

namespace {

void take_all(Statement& select, std::vector<LogLine>& lines) {
  while (select.step()) lines.push_back(line_of(select));
}

}  // namespace

std::vector<LogLine> read_lines(Connection& connection, Version after, std::int64_t limit) {
  Statement select = connection.prepare(lines_of(connection, " WHERE seq > ? ORDER BY seq LIMIT ?"));
  select.bind(1, after).bind(2, limit > 0 ? limit : -1);
  std::vector<LogLine> lines;
  take_all(select, lines);
  return lines;
}

std::vector<LogLine> read_written(Connection& connection, Instant from, LogPlace before, std::int64_t limit) {
  const std::int64_t first = to_number(from);
  const std::int64_t last = to_number(before.at);
  std::vector<LogLine> lines;
  // Those of the same instant by themselves: of (at, seq) < (?, ?) SQLite uses the index for `at` alone.
  Statement same = connection.prepare(lines_of(connection, " WHERE at = ? AND seq < ? AND at >= ? ORDER BY seq DESC LIMIT ?"));
  same.bind(1, last).bind(2, before.seq).bind(3, first).bind(4, limit > 0 ? limit : -1);
  take_all(same, lines);
  if (limit > 0 && std::ssize(lines) == limit) return lines;
  Statement earlier = connection.prepare(lines_of(connection, " WHERE at >= ? AND at < ? ORDER BY at DESC, seq DESC LIMIT ?"));
  earlier.bind(1, first).bind(2, last).bind(3, limit > 0 ? limit - std::ssize(lines) : -1);
  take_all(earlier, lines);
  return lines;
}

void read_each_line(Connection& connection, Version after, const std::function<bool(const LogLine&)>& take) {
  Statement select = connection.prepare(lines_of(connection, " WHERE seq > ? ORDER BY seq"));
  select.bind(1, after);
  while (select.step() && take(line_of(select))) continue;
}

std::optional<LogLine> read_line(Connection& connection, Version seq) {
  Statement select = connection.prepare(lines_of(connection, " WHERE seq = ?"));
  select.bind(1, seq);
  return select.step() ? std::optional(line_of(select)) : std::nullopt;
}

std::optional<LogLine> read_erasure(Connection& connection, EntityNo entity, Id id) {
  // The number of Do::erase stands in the text, as in the index.
  Statement select = connection.prepare(lines_of(connection, " WHERE op = 3 AND entity = ? AND id = ?"));
  select.bind(1, std::int64_t{entity}).bind(2, id);
  return select.step() ? std::optional(line_of(select)) : std::nullopt;
}

Version last_line(Connection& connection) { return connection.number("SELECT max(seq) FROM " + connection.own_table("change_log")); }

}  // namespace crm::sqlite
