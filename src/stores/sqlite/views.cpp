#include "views.hpp"

#include <algorithm>
#include <map>

#include "crm/base/money.hpp"

namespace crm::sqlite {
namespace {

std::string quoted_text(std::string_view text) { return "'" + std::string(text) + "'"; }  // names and codes have no quotes

std::string cases(const std::string& of, const std::vector<std::pair<std::int64_t, std::string>>& codes) {
  std::string sql = "CASE " + of;
  for (const auto& [number, code] : codes) sql += " WHEN " + std::to_string(number) + " THEN " + quoted_text(code);
  return sql + " END";
}

/// Currencies whose minor unit is not a hundredth, quoted, by the number of their digits (ISO 4217).
std::map<int, std::string> odd_currencies() {
  std::map<int, std::string> others;
  for (char a = 'A'; a <= 'Z'; ++a)
    for (char b = 'A'; b <= 'Z'; ++b)
      for (char c = 'A'; c <= 'Z'; ++c) {
        const std::string letters{a, b, c};
        if (const int digits = Currency(letters).minor_digits(); digits != 2) others[digits] += (others[digits].empty() ? "" : ",") + quoted_text(letters);
      }
  return others;
}

/// What the minor units of a currency are divided by.
std::string minor_units(const std::string& currency) {
  static const std::map<int, std::string> kOthers = odd_currencies();
  std::string sql = "CASE";
  for (const auto& [digits, letters] : kOthers)
    sql += " WHEN " + currency + " IN (" + letters + ") THEN 1" + std::string(static_cast<std::size_t>(digits), '0') + ".0";
  return sql + " ELSE 100.0 END";
}

std::string shown(const EntityDef& entity, std::size_t at) {
  const FieldDef& field = entity.fields[at];
  const std::string value = "t." + quoted(field.name);
  switch (field.meaning) {
    case Meaning::plain: return value;
    case Meaning::date: return "date(" + value + " * 86400, 'unixepoch')";
    case Meaning::instant: return "strftime('%Y-%m-%dT%H:%M:%SZ', " + value + " / 1000000, 'unixepoch')";
    case Meaning::decimal: return value + " / 1000000.0";
    case Meaning::money: return value + " / " + minor_units("t." + quoted(entity.fields[at + 1].name));
    case Meaning::code: return cases(value, field.codes);
  }
  return value;
}

/// The first text of an entity, by which people know its records; none if it has no text.
const FieldDef* title(const EntityDef& entity) {
  const auto found = std::ranges::find(entity.fields, Storage::text, &FieldDef::kind);
  return found == entity.fields.end() ? nullptr : &*found;
}

bool has_field(const EntityDef& entity, std::string_view name) {
  return std::ranges::any_of(entity.fields, [&](const FieldDef& field) { return field.name == name; });
}

std::string view_sql(const Schema& schema, const EntityDef& entity) {
  std::string columns = "t.id, t.version", joins;
  for (std::size_t at = 0; at < entity.fields.size(); ++at) {
    const FieldDef& field = entity.fields[at];
    columns += ", " + shown(entity, at) + " AS " + quoted(field.name);
    if (!field.refers || !field.name.ends_with("_id")) continue;
    const EntityDef& target = schema.at(field.refers);
    const std::string name = field.name.substr(0, field.name.size() - 3);
    const FieldDef* const text = title(target);
    if (!text || has_field(entity, name)) continue;
    columns += ", " + quoted("to_" + name) + "." + quoted(text->name) + " AS " + quoted(name);
    joins += " LEFT JOIN " + table_of(target) + " AS " + quoted("to_" + name) + " ON " + quoted("to_" + name) + ".id = t." + quoted(field.name);
  }
  return "SELECT " + columns + " FROM " + table_of(entity) + " AS t" + joins;
}

}  // namespace

static std::string view_of(const EntityDef& entity) { return quoted(entity.table_name() + "_view"); }

void create_views(Connection& connection, const Schema& schema) {
  for (const EntityDef& entity : schema.entities)
    connection.execute("CREATE VIEW " + view_of(entity) + " AS " + view_sql(schema, entity));
}

void drop_views(Connection& connection, const Schema& schema) {
  for (const EntityDef& entity : schema.entities) connection.execute("DROP VIEW IF EXISTS " + view_of(entity));
}

}  // namespace crm::sqlite
