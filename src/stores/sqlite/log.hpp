// The append-only change log: one row a line, old values as one compact binary text.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "connection.hpp"
#include "store/old_values.hpp"

namespace crm::sqlite {

void write_line(Connection& connection, const LogLine& line);
/// Lines with seq > after, oldest first; limit 0 = all.
std::vector<LogLine> read_lines(Connection& connection, Version after, std::int64_t limit);
/// As `Session::written`.
std::vector<LogLine> read_written(Connection& connection, Instant from, LogPlace before, std::int64_t limit);
/// One after another, until `take` says false.
void read_each_line(Connection& connection, Version after, const std::function<bool(const LogLine&)>& take);
std::optional<LogLine> read_line(Connection& connection, Version seq);
std::optional<LogLine> read_erasure(Connection& connection, EntityNo entity, Id id);
Version last_line(Connection& connection);

}  // namespace crm::sqlite
