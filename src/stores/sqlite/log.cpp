#include "log.hpp"

#include <cstring>

#include "crm/base/error.hpp"

namespace crm::sqlite {
namespace {

void put(std::string& out, std::uint64_t number) {
  for (; number >= 0x80; number >>= 7) out += static_cast<char>(number | 0x80);
  out += static_cast<char>(number);
}

/// Reads what `put` wrote; throws `corrupt` when it ends too early.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}
  [[nodiscard]] bool done() const { return rest_.empty(); }
  std::uint64_t number() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      const auto byte = static_cast<unsigned char>(take(1)[0]);
      value |= static_cast<std::uint64_t>(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
    return value;
  }
  std::string_view take(std::uint64_t size) {
    if (size > rest_.size())
      throw Error(Code::corrupt, std::vector<Violation>{{"store.io", 0, 0, 0, "change log", "a line is cut short"}});
    const std::string_view taken = rest_.substr(0, static_cast<std::size_t>(size));
    rest_.remove_prefix(taken.size());
    return taken;
  }

 private:
  std::string_view rest_;
};

/// Small numbers of either sign are short.
std::uint64_t zigzag(std::int64_t v) { return (static_cast<std::uint64_t>(v) << 1) ^ static_cast<std::uint64_t>(v >> 63); }
std::int64_t unzigzag(std::uint64_t v) { return static_cast<std::int64_t>(v >> 1) ^ -static_cast<std::int64_t>(v & 1); }

constexpr const char* kColumns = "SELECT seq, at, actor, op, entity, id, count, previous, old FROM change_log";

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

std::string encode_old(const std::vector<std::pair<FieldNo, Value>>& old) {
  std::string out;
  for (const auto& [field, value] : old) {
    put(out, field);
    const Cell cell = to_cell(value);
    put(out, static_cast<std::uint64_t>(cell.kind));
    switch (cell.kind) {
      case Storage::null: break;
      case Storage::integer: put(out, zigzag(cell.integer)); break;
      case Storage::real: {
        char bytes[sizeof(double)];
        std::memcpy(bytes, &cell.real, sizeof bytes);
        out.append(bytes, sizeof bytes);
        break;
      }
      case Storage::text:
      case Storage::bytes:
        put(out, cell.size);
        out += cell.as_text();
        break;
    }
  }
  return out;
}

std::vector<std::pair<FieldNo, Value>> decode_old(std::string_view bytes) {
  std::vector<std::pair<FieldNo, Value>> old;
  Reader reader(bytes);
  while (!reader.done()) {
    const auto field = static_cast<FieldNo>(reader.number());
    Value value;
    switch (static_cast<Storage>(reader.number())) {
      case Storage::null: break;
      case Storage::integer: value = unzigzag(reader.number()); break;
      case Storage::real: {
        double real = 0;
        std::memcpy(&real, reader.take(sizeof real).data(), sizeof real);
        value = real;
        break;
      }
      case Storage::text: value = std::string(reader.take(reader.number())); break;
      case Storage::bytes: value = Bytes{std::string(reader.take(reader.number()))}; break;
    }
    old.emplace_back(field, std::move(value));
  }
  return old;
}

void write_line(Connection& connection, const LogLine& line) {
  Statement insert = connection.prepare("INSERT INTO change_log VALUES(?,?,?,?,?,?,?,?,?)");
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

std::vector<LogLine> read_lines(Connection& connection, Version after, std::int64_t limit) {
  Statement select = connection.prepare(std::string(kColumns) + " WHERE seq > ? ORDER BY seq LIMIT ?");
  select.bind(1, after).bind(2, limit > 0 ? limit : -1);
  std::vector<LogLine> lines;
  while (select.step()) lines.push_back(line_of(select));
  return lines;
}

std::optional<LogLine> read_line(Connection& connection, Version seq) {
  Statement select = connection.prepare(std::string(kColumns) + " WHERE seq = ?");
  select.bind(1, seq);
  return select.step() ? std::optional(line_of(select)) : std::nullopt;
}

Version last_line(Connection& connection) { return connection.number("SELECT max(seq) FROM change_log"); }

}  // namespace crm::sqlite
