#include "schema.hpp"

#include <set>

#include "crm/base/error.hpp"
#include "entry.hpp"
#include "filter_sql.hpp"

namespace crm::sqlite {
namespace {

const char* type_of(Storage kind) {
  switch (kind) {
    case Storage::integer: return " INTEGER";
    case Storage::real: return " REAL";
    case Storage::text: return " TEXT";
    case Storage::bytes: return " BLOB";
    case Storage::null: break;
  }
  return "";
}

std::string column(const Schema& schema, const FieldDef& field) {
  std::string out = quoted(field.name) + type_of(field.kind);
  if (field.required) out += " NOT NULL";
  if (field.refers) out += " REFERENCES " + table_of(schema.at(field.refers)) + "(id)";
  return out;
}

std::string name_of(const EntityDef& entity, FieldNo field) {
  const int at = entity.position(field);
  return at < 0 ? "id" : quoted(entity.fields[static_cast<std::size_t>(at)].name);
}

void create_table(Connection& connection, const Schema& schema, const EntityDef& entity) {
  std::string sql = "CREATE TABLE " + table_of(entity) + "(id INTEGER PRIMARY KEY, version INTEGER NOT NULL";
  for (const FieldDef& field : entity.fields) sql += ", " + column(schema, field);
  connection.execute(sql + ")");
}

void create_index(Connection& connection, const EntityDef& entity, std::size_t number) {
  const IndexDef& index = entity.indexes[number];
  std::string sql = std::string("CREATE ") + (index.unique ? "UNIQUE " : "") + "INDEX " +
                    index_name(entity, number) + " ON " + table_of(entity) + "(";
  for (std::size_t i = 0; i < index.fields.size(); ++i) sql += (i ? ", " : "") + name_of(entity, index.fields[i]);
  for (FieldNo field : index.covers) sql += ", " + name_of(entity, field);
  sql += ")";
  const char* word = " WHERE ";
  for (const FieldNo field : index.fields) {
    const int at = entity.position(field);
    // SQLite does not see that a condition on a NOT NULL column holds, and would never use the index.
    if (!index.filled_only || at < 0 || entity.fields[static_cast<std::size_t>(at)].required) continue;
    sql += word + name_of(entity, field) + " IS NOT NULL";
    word = " AND ";
  }
  const int result = sqlite3_exec(connection.handle(), sql.c_str(), nullptr, nullptr, nullptr);
  if ((result & 0xff) == SQLITE_CONSTRAINT)
    throw Error(Code::already_exists,
                std::vector<Violation>{{"unique.taken", entity.no, index.fields[0], 0, "", entity.name}});
  if (result != SQLITE_OK) connection.fail(result);
}

void create_search(Connection& connection, const EntityDef& entity, const FieldDef& field) {
  connection.execute("CREATE VIRTUAL TABLE " + quoted(search_table(entity, field)) + " USING fts5(" + quoted(field.name) +
                     ", content='" + entity.table_name() + "', content_rowid='id', tokenize='trigram', detail='none', columnsize=0)");
}

}  // namespace

void create_tables(Connection& connection, const Schema& schema) {
  connection.execute(
      "CREATE TABLE " + connection.own_table("change_log") + "(seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, actor INTEGER NOT NULL, op INTEGER NOT NULL,"
      " entity INTEGER NOT NULL, id INTEGER NOT NULL, count INTEGER NOT NULL, previous INTEGER NOT NULL, old BLOB);"
      "CREATE TABLE " + connection.own_table("high_water") + "(entity INTEGER PRIMARY KEY, id INTEGER NOT NULL)");
  for (const EntityDef& entity : schema.entities) create_table(connection, schema, entity);
}

void create_log_indexes(Connection& connection) {
  const std::string log = connection.own_table("change_log");
  connection.execute("CREATE INDEX IF NOT EXISTS ix_" + log + "_erased ON " + log + "(entity, id) WHERE op = 3;"
                     "CREATE INDEX IF NOT EXISTS ix_" + log + "_at ON " + log + "(at)");
}

void create_indexes(Connection& connection, const Schema& schema) {
  create_log_indexes(connection);
  for (const EntityDef& entity : schema.entities) {
    for (std::size_t i = 0; i < entity.indexes.size(); ++i) create_index(connection, entity, i);
    for (const FieldDef& field : entity.fields)
      if (field.searched) create_search(connection, entity, field);
  }
}

void rebuild_search(Connection& connection, const Schema& schema) {
  for (const EntityDef& entity : schema.entities)
    for (const FieldDef& field : entity.fields)
      if (field.searched) {
        const std::string table = quoted(search_table(entity, field));
        // Not 'rebuild': rows without a text are not in the index.
        connection.execute("INSERT INTO " + table + "(rowid, " + quoted(field.name) + ") SELECT id, " + quoted(field.name) +
                           " FROM " + table_of(entity) + " WHERE " + quoted(field.name) + " IS NOT NULL");
      }
}

namespace {

/// What the steps above a version bring, taken together.
class Brought {
 public:
  Brought(const Schema& schema, std::int64_t from) {
    for (const Migration& step : schema.migrations) {
      if (step.version <= from) continue;
      entities_.insert(step.new_entities.begin(), step.new_entities.end());
      fields_.insert(step.new_fields.begin(), step.new_fields.end());
      indexes_.insert(step.new_indexes.begin(), step.new_indexes.end());
      changed_.insert(step.changed_indexes.begin(), step.changed_indexes.end());
      rebuilt_.insert(step.rebuilt.begin(), step.rebuilt.end());
    }
  }

  [[nodiscard]] bool entity(EntityNo no) const { return entities_.contains(no); }
  [[nodiscard]] bool field(EntityNo no, FieldNo field_no) const { return entity(no) || fields_.contains({no, field_no}); }
  [[nodiscard]] bool rebuilds(EntityNo no) const { return !entity(no) && rebuilt_.contains(no); }
  /// Its old form, if it has one, is to go first.
  [[nodiscard]] bool changes(EntityNo no, std::size_t index) const { return !entity(no) && !rebuilds(no) && changed_.contains({no, index}); }
  [[nodiscard]] bool index(EntityNo no, std::size_t index) const {
    return entity(no) || rebuilds(no) || changes(no, index) || indexes_.contains({no, index});
  }

 private:
  std::set<EntityNo> entities_, rebuilt_;
  std::set<std::pair<EntityNo, FieldNo>> fields_;
  std::set<std::pair<EntityNo, std::size_t>> indexes_, changed_;
};

void add_column(Connection& connection, const Schema& schema, const EntityDef& entity, FieldDef field) {
  field.required = false;  // old rows have none yet; the step fills them
  connection.execute("ALTER TABLE " + table_of(entity) + " ADD COLUMN " + column(schema, field));
}

/// The rows in a table as it is today. A required field without a value yet gets 0, or an empty text. Nothing is renamed: SQLite would
/// ask every view of the host's about it.
void rebuild_table(Connection& connection, const Schema& schema, const EntityDef& entity) {
  std::string kept = "id, version";
  std::string values = kept;
  for (const FieldDef& field : entity.fields) {
    Statement known = connection.prepare("SELECT 1 FROM pragma_table_info(?) WHERE name = ?");
    known.bind(1, Cell::of(std::string_view(entity.table_name()))).bind(2, Cell::of(std::string_view(field.name)));
    const bool is_known = known.step();
    if (!is_known && !field.required) continue;
    kept += ", " + quoted(field.name);
    values += ", " + (is_known ? quoted(field.name) : field.kind == Storage::text ? std::string("''") : std::string("0"));
  }
  const std::string old = quoted(entity.table_name() + "__old");
  connection.execute("CREATE TABLE " + old + " AS SELECT * FROM " + table_of(entity) + "; DROP TABLE " + table_of(entity));
  create_table(connection, schema, entity);
  connection.execute("INSERT INTO " + table_of(entity) + "(" + kept + ") SELECT " + values + " FROM " + old + "; DROP TABLE " + old);
}

}  // namespace

void upgrade(Connection& connection, const Schema& schema, std::int64_t from) {
  const Brought brought(schema, from);
  for (const EntityDef& entity : schema.entities) {
    if (brought.entity(entity.no)) {
      create_table(connection, schema, entity);
    } else if (brought.rebuilds(entity.no)) {
      rebuild_table(connection, schema, entity);
    } else {
      for (const FieldDef& field : entity.fields)
        if (brought.field(entity.no, field.no)) add_column(connection, schema, entity, field);
    }
  }
  for (const EntityDef& entity : schema.entities) {
    for (const FieldDef& field : entity.fields)
      if (field.searched && brought.field(entity.no, field.no)) create_search(connection, entity, field);
    for (std::size_t i = 0; i < entity.indexes.size(); ++i) {
      if (brought.changes(entity.no, i)) connection.execute("DROP INDEX IF EXISTS " + index_name(entity, i));
      if (brought.index(entity.no, i)) create_index(connection, entity, i);
    }
  }
}

void check_references(Connection& connection, const Schema& schema) {
  std::vector<Violation> violations;
  for (const EntityDef& entity : schema.entities)
    for (const FieldDef& field : entity.fields) {
      if (!field.refers) continue;
      const std::string name = quoted(field.name);
      Statement lost = connection.prepare("SELECT id, " + name + " FROM " + table_of(entity) + " WHERE " + name +
                                          " IS NOT NULL AND NOT EXISTS(SELECT 1 FROM " +
                                          table_of(schema.at(field.refers)) + " r WHERE r.id = " +
                                          table_of(entity) + "." + name + ") LIMIT 20");
      while (lost.step())
        violations.push_back({"ref.missing", entity.no, field.no, lost.integer(0), std::to_string(lost.integer(1)), field.name});
    }
  refuse_if_any(Code::invalid_argument, std::move(violations));
}

}  // namespace crm::sqlite
