#include "random_world.hpp"

#include <limits>
#include <sstream>

namespace crm::conformance {

RandomWorld::RandomWorld(std::uint64_t seed) : random_(seed) {
  constexpr EntityNo kEntities = 5;
  for (EntityNo no = 1; no <= kEntities; ++no) schema_.entities.push_back(random_entity(no, kEntities));
}

EntityDef RandomWorld::random_entity(EntityNo no, EntityNo entities) {
  EntityDef def{no, "e" + std::to_string(no), {}, {}};
  const auto add = [&](Storage kind, bool required, EntityNo refers, bool searched) {
    const auto field = static_cast<FieldNo>(3 + def.fields.size());
    def.fields.push_back({field, "f" + std::to_string(field), kind, required, refers, searched});
  };
  add(Storage::integer, one_in(3), 0, false);
  add(Storage::text, one_in(3), 0, true);
  add(Storage::integer, false, static_cast<EntityNo>(1 + below(entities)), false);  // any entity, also itself
  if (no > 1) add(Storage::integer, one_in(2), static_cast<EntityNo>(1 + below(no - 1u)), false);
  add(Storage::text, false, 0, false);
  if (one_in(2)) add(Storage::real, false, 0, false);
  if (one_in(2)) add(Storage::bytes, false, 0, false);
  if (one_in(2)) add(Storage::integer, false, 0, false);
  for (auto n = 1 + below(3); n > 0; --n) def.indexes.push_back(random_index(def));
  return def;
}

IndexDef RandomWorld::random_index(const EntityDef& def) {
  IndexDef index;
  const auto first = below(def.fields.size());
  index.fields.push_back(def.fields[first].no);
  // A second one, always of another field: unique values of one field are too few.
  if (!one_in(3)) index.fields.push_back(def.fields[(first + 1 + below(def.fields.size() - 1)) % def.fields.size()].no);
  index.unique = index.fields.size() == 2 && one_in(2);
  index.filled_only = one_in(2);
  if (!index.unique && index.filled_only) index.covers.push_back(def.fields.back().no);
  return index;
}

Value RandomWorld::value_of_kind(Storage kind) {
  static const char* const kTexts[] = {"",        "a",         "ab",        "abc",     "abcd",
                                       "b_c",     "%",         "ром",       "ромашка", "рома",
                                       "Ромашка", "ёлка рома", "\"q\" 'a'", "bcabca",  "abc ром"};
  switch (kind) {
    case Storage::null: return {};
    case Storage::integer:
      if (one_in(300))
        return one_in(2) ? std::numeric_limits<std::int64_t>::max() : std::numeric_limits<std::int64_t>::min();
      return static_cast<std::int64_t>(below(12)) - 3;
    case Storage::real: return static_cast<double>(below(9)) / 4 - 1;
    case Storage::text: return std::string(kTexts[below(std::size(kTexts))]);
    case Storage::bytes: return Bytes{std::string(below(3), static_cast<char>(below(3) * 127))};
  }
  return {};
}

Value RandomWorld::value(const FieldDef& field) {
  if (field.refers != 0) return static_cast<Id>(1 + below(60));
  return value_of_kind(field.kind);
}

void RandomWorld::look_around(Session& session) {
  for (const EntityDef& def : schema_.entities) {
    Query query;
    query.entity = def.no;
    query.columns = {kId, kVersion};
    auto& live = live_[def.no];
    live.clear();
    for (const auto& row : rows(session, query))
      live.emplace_back(std::get<std::int64_t>(row[0]), std::get<std::int64_t>(row[1]));
  }
}

std::pair<Id, Version> RandomWorld::some_row(EntityNo entity) {
  const auto& live = live_[entity];
  if (live.empty() || one_in(40)) return {static_cast<Id>(below(100)), static_cast<Version>(below(500))};
  return live[below(live.size())];
}

Fields RandomWorld::fields(const EntityDef& def, bool all) {
  Fields given;
  for (const FieldDef& field : def.fields) {
    if (!all && one_in(2)) continue;
    const bool nobody = field.refers != 0 && live_[field.refers].empty();
    if (one_in(field.required ? 60 : nobody ? 1 : 4))
      given.emplace_back(field.no, Value());
    else if (one_in(150))
      given.emplace_back(field.no, value_of_kind(static_cast<Storage>(1 + below(4))));
    else
      given.emplace_back(field.no, field.refers != 0 ? Value(some_row(field.refers).first) : value(field));
  }
  if (given.empty()) given.emplace_back(def.fields[0].no, value(def.fields[0]));
  return given;
}

void RandomWorld::add_change(Batch& batch) {
  const EntityDef& def = entity();
  const auto [id, known] = some_row(def.no);
  const Version version = one_in(20) ? static_cast<Version>(below(500)) : known;
  const bool full = live_[def.no].size() > 60;
  switch (below(9)) {
    case 0:
    case 1:
    case 2:
      if (full)
        batch.erase(def.no, id, version);
      else if (one_in(10))  // with an id of the host's
        batch.insert_as(def.no, id + static_cast<Id>(below(3)), fields(def, true));
      else
        batch.insert(def.no, fields(def, !one_in(4)));
      break;
    case 3:
    case 4:
    case 6:
    case 7: batch.update(def.no, id, version, fields(def, one_in(4))); break;
    case 5: batch.refresh(def.no, id, fields(def, false)); break;
    default: batch.erase(def.no, id, version); break;
  }
}

std::pair<Path, FieldDef> RandomWorld::path(const EntityDef& from) {
  const EntityDef* at = &from;
  std::vector<FieldNo> via;
  while (via.size() < 2 && one_in(3)) {
    const FieldDef& step = at->fields[below(at->fields.size())];
    if (step.refers == 0) continue;
    via.push_back(step.no);
    at = &schema_.at(step.refers);
  }
  const auto place = below(at->fields.size() + 2);
  const FieldDef end =
      place < at->fields.size()
          ? at->fields[place]
          : FieldDef{place == at->fields.size() ? kId : kVersion, "", Storage::integer, false, 0, false};
  Path path(end.no);
  for (std::size_t i = 0; i < via.size(); ++i) path.via[i] = via[i];
  return {path, end};
}

std::vector<Filter> RandomWorld::filters(const EntityDef& from, int depth) {
  std::vector<Filter> parts;
  for (auto n = below(4); n > 0; --n) parts.push_back(filter(from, depth - 1));
  return parts;
}

Filter RandomWorld::exists(const EntityDef& from, int depth) {
  const EntityDef& other = entity();
  const FieldDef& linked = other.fields[below(other.fields.size())];
  const FieldNo link = one_in(4) ? kId : linked.no;
  const Storage kind = link == kId ? Storage::integer : linked.kind;
  for (int tries = 0; tries < 20; ++tries)
    if (const auto [start, field] = path(from); field.kind == kind)
      return where::exists(other.no, link, start, filters(other, depth));
  return where::exists(other.no, kId, kId, filters(other, depth));
}

Filter RandomWorld::filter(const EntityDef& from, int depth) {
  if (depth > 0 && one_in(2)) {
    switch (below(4)) {
      case 0: return where::all(filters(from, depth));
      case 1: return where::any(filters(from, depth));
      case 2: return where::none(filters(from, depth));
      default: return exists(from, depth);
    }
  }
  const auto [way, field] = path(from);
  const auto text = [&] { return std::get<std::string>(value_of_kind(Storage::text)); };
  switch (below(field.kind == Storage::text ? 11 : 9)) {
    case 0:
    case 1: return where::eq(way, value(field));
    case 2: return where::ne(way, value(field));
    case 3: return where::lt(way, value(field));
    case 4: return where::le(way, value(field));
    case 5: return where::gt(way, value(field));
    case 6: return where::ge(way, value(field));
    case 7: return one_in(2) ? where::is_null(way) : where::not_null(way);
    case 8: {
      std::vector<Value> values;
      for (auto n = below(5); n > 0; --n) values.push_back(value(field));
      return where::in(way, values);
    }
    case 9: return where::contains(way, text());
    default: return where::starts_with(way, text());
  }
}

Query RandomWorld::query() {
  const EntityDef& def = entity();
  Query query;
  query.entity = def.no;
  for (auto n = below(4); n > 0; --n) query.columns.push_back(path(def).first);
  query.columns.push_back(kId);
  if (!one_in(6)) query.filter = filter(def, 3);
  for (auto n = below(3); n > 0; --n) query.order.push_back({path(def).first, one_in(2)});
  if (one_in(3)) query.limit = static_cast<std::int64_t>(1 + below(9));
  if (one_in(6)) query.offset = static_cast<std::int64_t>(below(9));
  return query;
}

Aggregate RandomWorld::aggregate() {
  const EntityDef& def = entity();
  Aggregate aggregate;
  aggregate.entity = def.no;
  if (!one_in(3)) aggregate.filter = filter(def, 2);
  for (auto n = below(3); n > 0; --n) {
    const auto [way, field] = path(def);
    GroupKey key{way, {}};
    if (field.kind == Storage::integer && one_in(2)) key.edges = {-2, 0, 1, 5, 8};
    aggregate.keys.push_back(key);
  }
  for (auto n = below(4); n > 0; --n) {
    const auto [way, field] = path(def);
    auto fn = static_cast<Measure::Fn>(1 + below(5));
    const bool adds = field.kind == Storage::integer || field.kind == Storage::real;
    if (fn == Measure::Fn::sum && !adds) fn = Measure::Fn::max;
    aggregate.measures.push_back({fn, way});
  }
  if (aggregate.keys.empty() && aggregate.measures.empty()) aggregate.measures.push_back({Measure::Fn::count, {}});
  return aggregate;
}

namespace {

void tell(std::ostream& out, const Path& path) {
  for (const FieldNo step : path.via)
    if (step != 0) out << step << ">";
  out << path.field;
}

void tell(std::ostream& out, const Filter& filter) {
  static const char* const kNames[] = {"?",  "all", "any", "none", "eq",     "ne",       "lt",     "le",
                                       "gt", "ge",  "in",  "null", "filled", "contains", "starts", "exists"};
  out << kNames[static_cast<std::size_t>(filter.op)] << "(";
  tell(out, filter.path);
  if (filter.op == Filter::Op::exists) out << " in " << filter.entity << "." << filter.link;
  for (const Value& value : filter.values) {
    out << " ";
    print(out, value);
  }
  for (const Filter& part : filter.parts) {
    out << " ";
    tell(out, part);
  }
  out << ")";
}

}  // namespace

std::string RandomWorld::describe(const Query& query) const {
  std::ostringstream out;
  out << "of " << query.entity << " columns";
  for (const Path& path : query.columns) {
    out << " ";
    tell(out, path);
  }
  if (query.filter) {
    out << " where ";
    tell(out, *query.filter);
  }
  for (const Order& order : query.order) {
    out << (order.descending ? " down " : " up ");
    tell(out, order.path);
  }
  out << " after " << shown(query.after) << " limit " << query.limit << " offset " << query.offset << " in schema";
  for (const EntityDef& def : schema_.entities) {
    out << "\n  " << def.no << ":";
    for (const FieldDef& field : def.fields)
      out << " " << field.no << "/" << static_cast<int>(field.kind) << (field.required ? "!" : "") << ">"
          << field.refers;
  }
  return out.str();
}

}  // namespace crm::conformance
