// X6: the change log leads from what is stored today back to what was stored the evening before.
#include "facts.hpp"

namespace crm::years {
namespace {

using Rows = std::map<EntityNo, std::map<Id, Row>>;

std::string named(const LogLine& line) {
  return "line " + std::to_string(line.seq) + " of " + entity_info(line.entity).name + " " + std::to_string(line.id);
}

Row& written_by(Rows& rows, const LogLine& line, Id id) {
  const auto found = rows[line.entity].find(id);
  if (found == rows[line.entity].end()) throw Broken{"lost", named(line) + ": the row is not there"};
  same("version", named(line) + ", the row's version", found->second.version, line.seq);
  return found->second;
}

void take_back(Rows& rows, const LogLine& line) {
  const EntityInfo& info = entity_info(line.entity);
  switch (line.op) {
    case Do::insert:
      for (Id id = line.id; id < line.id + line.count; ++id) {
        written_by(rows, line, id);
        rows[line.entity].erase(id);
      }
      return;
    case Do::update: {
      Row& row = written_by(rows, line, line.id);
      row.version = line.previous;
      for (const auto& [field, value] : line.old) row.values[static_cast<std::size_t>(info.position(field))] = value;
      return;
    }
    case Do::erase: {
      Row row{line.id, line.previous, std::vector<Value>(info.fields.size())};
      for (const auto& [field, value] : line.old) row.values[static_cast<std::size_t>(info.position(field))] = value;
      if (!rows[line.entity].emplace(line.id, std::move(row)).second) throw Broken{"reused", named(line) + ": an erased id is there again"};
      return;
    }
    case Do::refresh: throw Broken{"refresh", named(line) + ": a refresh is logged"};
  }
}

/// What is derived is written without a line.
void compare(const EntityInfo& info, const std::map<Id, Row>& back, const std::map<Id, Row>& before) {
  same("rows", std::string("rows of ") + info.name, back.size(), before.size());
  for (const auto& [id, row] : before) {
    const auto found = back.find(id);
    const std::string what = std::string(info.name) + " " + std::to_string(id);
    if (found == back.end()) throw Broken{"lost", what + ": the log does not lead back to it"};
    same("version", what + ", version", found->second.version, row.version);
    for (std::size_t i = 0; i < info.fields.size(); ++i)
      if (!info.fields[i].has(kDerived) && found->second.values[i] != row.values[i])
        throw Broken{"value", what + ", field " + info.fields[i].name + ": the log leads back to another value"};
  }
}

}  // namespace

void check_log(const Evening& evening) {
  Version last = evening.before.last;
  for (const LogLine& line : evening.log) {
    if (line.seq <= last) throw Broken{"order", named(line) + " does not grow"};
    if (line.previous >= line.seq) throw Broken{"order", named(line) + " follows itself"};
    if (line.stamp.at > evening.now) throw Broken{"stamp", named(line) + " is of a time to come"};
    last = line.seq;
  }
  same("last", "the last line", last, evening.facts.last);
  Rows rows = evening.facts.rows;
  for (auto line = evening.log.rbegin(); line != evening.log.rend(); ++line) take_back(rows, *line);
  for (const EntityInfo* info : entities())
    compare(*info, rows[info->no], evening.before.rows.contains(info->no) ? evening.before.rows.at(info->no) : std::map<Id, Row>{});
}

}  // namespace crm::years
