// Every base of an older release becomes what a base made new is, also in the release to come.
#include <sqlite3.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "crm/stores/sqlite.hpp"
#include "fixture.hpp"

using namespace crm;
using namespace crm::test;

namespace {

/// Records of each entity: there is one organisation.
Id rows_of(const EntityDef& entity) { return entity.no == Organisation::kEntity ? 1 : 3; }
constexpr const char* kNext = "next_text";

struct File {
  const std::string path;

  explicit File(const char* name)
      : path((std::filesystem::temp_directory_path() / ("crm_steps_" + std::to_string(getpid()) + "_" + name + ".db")).string()) {
    remove();
  }
  ~File() { remove(); }
  File(const File&) = delete;
  void remove() const {
    for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(path + end);
  }
  [[nodiscard]] std::unique_ptr<Store> open(const Schema& schema, bool load = false) const {
    SqliteOptions options;
    options.path = path;
    options.initial_load = load;
    options.durability = Durability::off;
    return open_sqlite_store(schema, options);
  }
  /// Every row of the answer as one text.
  std::vector<std::string> rows(const std::string& sql) const {
    sqlite3* base = nullptr;
    REQUIRE(sqlite3_open(path.c_str(), &base) == SQLITE_OK);
    std::vector<std::string> found;
    const auto take = [](void* to, int count, char** values, char**) {
      std::string row;
      for (int i = 0; i < count; ++i) row += std::string(i ? "|" : "") + (values[i] ? values[i] : "");
      static_cast<std::vector<std::string>*>(to)->push_back(std::move(row));
      return 0;
    };
    const int result = sqlite3_exec(base, sql.c_str(), take, &found, nullptr);
    CHECK_MESSAGE(result == SQLITE_OK, sqlite3_errmsg(base), ": ", sql.substr(0, 200));
    sqlite3_close(base);
    return found;
  }
};

/// The schema of a release: today's without what later steps brought.
Schema as_of(int version) {
  Schema schema = current_schema();
  schema.version = version;
  std::set<EntityNo> entities;
  std::set<std::pair<EntityNo, FieldNo>> fields;
  std::set<std::pair<EntityNo, std::size_t>> indexes;
  for (const Migration& step : std::exchange(schema.migrations, {})) {
    if (step.version <= version) continue;
    entities.insert(step.new_entities.begin(), step.new_entities.end());
    fields.insert(step.new_fields.begin(), step.new_fields.end());
    indexes.insert(step.new_indexes.begin(), step.new_indexes.end());
  }
  std::erase_if(schema.entities, [&](const EntityDef& entity) { return entities.contains(entity.no); });
  for (EntityDef& entity : schema.entities) {
    std::erase_if(entity.fields, [&](const FieldDef& field) { return fields.contains({entity.no, field.no}); });
    for (std::size_t i = entity.indexes.size(); i-- > 0;)
      if (indexes.contains({entity.no, i})) entity.indexes.erase(entity.indexes.begin() + static_cast<std::ptrdiff_t>(i));
    // Of an index that was changed since, this is a form that the release could have had.
    for (IndexDef& index : entity.indexes) std::erase_if(index.covers, [&](FieldNo no) { return fields.contains({entity.no, no}); });
  }
  return schema;
}

std::vector<Id> ids_of(Session& session, EntityNo entity) {
  Query query;
  query.entity = entity;
  query.columns = {kId};
  std::vector<Id> ids;
  const auto cursor = session.select(query);
  while (const Cell* cells = cursor->next()) ids.push_back(cells[0].integer);
  return ids;
}

FieldNo next_field(const EntityDef& entity) { return entity.fields.back().no; }
std::string next_value(const EntityDef& entity, Id id) { return entity.name + " " + std::to_string(id); }

/// The release to come: each entity has one more field, searched, of which two records may not have the same.
Schema next_release() {
  Schema schema = current_schema();
  Migration& step = schema.migrations.emplace_back();
  step.version = ++schema.version;
  for (EntityDef& entity : schema.entities) {
    const auto no = static_cast<FieldNo>(std::ranges::max(entity.fields, {}, &FieldDef::no).no + 1);
    entity.fields.push_back({no, kNext, Storage::text, false, 0, true});
    entity.indexes.push_back({{no}, true, false});
    step.new_fields.emplace_back(entity.no, no);
    step.new_indexes.emplace_back(entity.no, entity.indexes.size() - 1);
  }
  step.fill = [entities = schema.entities](Session& session) {
    for (const EntityDef& entity : entities)
      for (const Id id : ids_of(session, entity.no)) {
        const FieldNo field = next_field(entity);
        const std::string value = next_value(entity, id);
        const Cell cell = Cell::of(std::string_view(value));
        Change change{Do::refresh, entity.no, id, 0, {&field, 1}, {&cell, 1}};
        session.apply({&change, 1});
      }
  };
  return schema;
}

/// What record `id` has in a field: a reference to the one of the same id, else something that no other record has there.
Value value_of(const FieldDef& field, Id id) {
  if (field.refers) return field.refers == Organisation::kEntity ? 1 : id;
  switch (field.kind) {
    case Storage::integer: return id - 1;
    case Storage::real: return static_cast<double>(id) / 2;
    case Storage::text: return "text " + std::to_string(id);
    case Storage::bytes:
    case Storage::null: break;
  }
  return {};
}

void insert(Session& session, EntityNo entity, const Row& row) {
  std::vector<Cell> cells;
  for (const Value& value : row.values) cells.push_back(to_cell(value));
  Change change{Do::insert, entity, row.id, 0, {}, cells};
  session.apply({&change, 1});
}

/// A base of a release in which every entity has records and every field of them a value.
void fill(const File& file, const Schema& schema) {
  const auto store = file.open(schema, true);
  auto session = store->write({});
  for (const EntityDef& entity : schema.entities)
    for (Id id = 1; id <= rows_of(entity); ++id) {
      Row row{id, 0, {}};
      for (const FieldDef& field : entity.fields) row.values.push_back(value_of(field, id));
      insert(*session, entity.no, row);
    }
  session->commit();
  store->finish_load();
}

/// Tables with their columns and references, indexes, views and search tables.
std::vector<std::string> structure(const File& file) {
  std::vector<std::string> found = file.rows(
      "SELECT type, name, CASE type WHEN 'table' THEN iif(sql LIKE 'CREATE VIRTUAL%', sql, '') ELSE sql END FROM sqlite_schema "
      "WHERE name NOT LIKE 'sqlite_%' AND name NOT LIKE 'hosts_%' ORDER BY 1, 2");
  for (const std::string& row : file.rows("SELECT t.name, c.cid, c.name, c.type, c.pk, f.\"table\", f.\"to\" FROM sqlite_schema t "
                                          "JOIN pragma_table_info(t.name) c LEFT JOIN pragma_foreign_key_list(t.name) f ON f.\"from\" = c.name "
                                          "WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' ORDER BY 1, 2"))
    found.push_back(row);
  std::ranges::sort(found);
  return found;
}

/// The same rows in a base made new.
void copy(Store& from, const File& to, const Schema& schema) {
  const auto store = to.open(schema, true);
  const auto old = from.read();
  auto session = store->write({});
  for (const EntityDef& entity : schema.entities)
    for (const Id id : ids_of(*old, entity.no)) insert(*session, entity.no, *old->find(entity.no, id));
  session->commit();
  store->finish_load();
}

std::vector<Id> matching(Session& session, EntityNo entity, Filter filter) {
  Query query;
  query.entity = entity;
  query.columns = {kId};
  query.filter = std::move(filter);
  query.order = {{kId}};
  std::vector<Id> ids;
  const auto cursor = session.select(query);
  while (const Cell* cells = cursor->next()) ids.push_back(cells[0].integer);
  return ids;
}

/// The whole upgrade of `file`, and what comes out beside a new base with the same rows.
void check_upgraded(const File& file) {
  const Schema next = next_release();
  const auto upgraded = file.open(next);
  const File fresh("new");
  copy(*upgraded, fresh, next);
  const auto made_new = fresh.open(next);

  std::vector<std::string> different;
  std::ranges::set_symmetric_difference(structure(file), structure(fresh), std::back_inserter(different));
  for (const std::string& part : different) FAIL_CHECK(part);
  const auto one = upgraded->read(), other = made_new->read();
  for (const EntityDef& entity : next.entities) {
    CAPTURE(entity.name);
    for (const Id id : ids_of(*one, entity.no)) {
      const Row row = *one->find(entity.no, id);
      CHECK(row.values == other->find(entity.no, id)->values);
      CHECK(row.values.back() == Value(next_value(entity, id)));
      CHECK(matching(*one, entity.no, where::eq(next_field(entity), next_value(entity, id))) == std::vector<Id>{id});
    }
    const Filter some = where::contains(next_field(entity), entity.name);
    CHECK(matching(*one, entity.no, some) == matching(*other, entity.no, some));
  }
}

}  // namespace

TEST_CASE("a base of every release takes every step, and the next field and index of every entity") {
  const int last = current_schema().version;
  for (int version = 1; version <= last; ++version) {
    CAPTURE(version);
    const Schema old = as_of(version);
    const File file("old");
    fill(file, old);

    check_upgraded(file);

    const auto store = file.open(next_release());
    const auto session = store->read();
    for (const EntityDef& entity : old.entities) {
      CAPTURE(entity.name);
      const bool was_split = version < 5 && entity.no == PlanCell::kEntity;  // a row for each planned number
      CHECK(ids_of(*session, entity.no).size() == (was_split ? 6 : rows_of(entity)));
      const EntityDef& now = store->schema().at(entity.no);
      for (Id id = 1; id <= rows_of(entity) && !was_split; ++id)
        for (const FieldDef& field : entity.fields)
          CHECK(session->find(entity.no, id)->values[static_cast<std::size_t>(now.position(field.no))] == value_of(field, id));
    }
  }
}

TEST_CASE("files that releases left behind take the next field and index of every entity, whatever views the host made of them") {
  for (const char* script : {"crm_v4.sql", "crm_v5.sql"}) {
    CAPTURE(script);
    const File file("left");
    std::ifstream in(std::filesystem::path(__FILE__).parent_path() / "fixtures" / script, std::ios::binary);
    REQUIRE(in);
    std::stringstream text;
    text << in.rdbuf();
    file.rows(text.str());
    file.rows("CREATE VIEW hosts_plan AS SELECT v.* FROM plan_cell_view v JOIN plan_cell p ON p.id = v.id");

    check_upgraded(file);

    CHECK(file.rows("SELECT * FROM hosts_plan").size() == file.rows("SELECT * FROM plan_cell").size());
  }
}
