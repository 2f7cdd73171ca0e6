#include "filter_sql.hpp"

#include <algorithm>
#include <bit>
#include <iterator>
#include <utility>

#include "crm/base/error.hpp"
#include "crm/base/text.hpp"
#include "entry.hpp"

namespace crm::sqlite {
namespace {

using Op = Filter::Op;

std::string column_of(const EntityDef& entity, FieldNo no) {
  if (no == kId) return "id";
  if (no == kVersion) return "version";
  if (const FieldDef* field = field_of(entity, no)) return field->name;
  throw Error(Code::invalid_argument, std::vector<Violation>{{"field.unknown", entity.no, no, 0, std::to_string(no), entity.name}});
}

/// Whether SQLite takes it for a text of whole characters as well.
bool is_text(std::string_view part) { return !first_bad_byte(part); }

/// More of them find hardly fewer rows, and each is read from the index.
constexpr std::size_t kMostTrigrams = 64;

/// The first trigrams of a text, each once. None of bytes that are no text: the index may have cut them in another way.
std::vector<std::string_view> trigrams(std::string_view text) {
  std::vector<std::string_view> found;
  if (!is_text(text)) return found;
  std::size_t starts[3] = {};  // of the last three characters
  std::size_t characters = 0;
  for (std::size_t at = 0; at <= text.size() && found.size() < kMostTrigrams; ++at) {
    if (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xc0) == 0x80) continue;
    if (characters >= 3) {
      const std::size_t from = starts[characters % 3];
      const std::string_view trigram = text.substr(from, at - from);
      if (std::ranges::find(found, trigram) == found.end()) found.push_back(trigram);
    }
    starts[characters++ % 3] = at;
  }
  return found;
}

/// Holds for no row. Of a 0 SQLite would make 0 of all that must hold with it, and would not see then that a partial index has the rows.
constexpr const char* kNever = "NULL";

/// How a condition on a part of a text is asked; the key of a statement holds it.
char part_shape(std::string_view part) { return !is_text(part) ? 'b' : trigrams(part).empty() ? 's' : 't'; }

/// The smallest text above all that start with `prefix`; empty if there is none.
std::string above_prefix(std::string prefix) {
  while (!prefix.empty() && static_cast<unsigned char>(prefix.back()) == 0xff) prefix.pop_back();
  if (!prefix.empty()) prefix.back() = static_cast<char>(static_cast<unsigned char>(prefix.back()) + 1);
  return prefix;
}

/// Lists of values are padded to a power of two by repeating the last, so that few shapes exist.
std::size_t padded(std::size_t count) { return count ? std::bit_ceil(count) : 0; }

/// Longer lists are bound as one array, however many values a statement may have.
constexpr std::size_t kMostPlaces = 512;

/// Whether a list is bound as one array: of numbers and texts that JSON holds as they are.
bool as_array(const Filter& filter) {
  const auto fits = [](const Value& value) {
    if (const auto* text = std::get_if<std::string>(&value)) return is_text(*text) && text->find('\0') == std::string::npos;
    return std::holds_alternative<std::int64_t>(value);
  };
  return filter.values.size() > kMostPlaces && std::ranges::all_of(filter.values, fits);
}

std::string array_of(const std::vector<Value>& values) {
  static constexpr char kHex[] = "0123456789abcdef";
  std::string out = "[";
  for (const Value& value : values) {
    if (out.size() > 1) out += ',';
    const auto* text = std::get_if<std::string>(&value);
    if (!text) {
      out += std::to_string(std::get<std::int64_t>(value));
      continue;
    }
    out += '"';
    for (const char c : *text) {
      if (static_cast<unsigned char>(c) < 0x20) {
        out.append("\\u00").append({kHex[c >> 4], kHex[c & 15]});
        continue;
      }
      if (c == '"' || c == '\\') out += '\\';
      out += c;
    }
    out += '"';
  }
  return out + "]";
}

}  // namespace

const FieldDef* field_of(const EntityDef& entity, FieldNo no) {
  const int at = entity.position(no);
  return at < 0 ? nullptr : &entity.fields[static_cast<std::size_t>(at)];
}

const std::string& text_value(const Filter& filter) {
  static const std::string kNone;
  const auto* text = std::get_if<std::string>(&filter.values.at(0));
  return text ? *text : kNone;
}

std::string search_table(const EntityDef& entity, const FieldDef& field) { return entity.table_name() + "__" + field.name; }

bool by_trigrams(const EntityDef& entity, const Filter& filter) {
  const FieldDef* const field = filter.path.via[0] ? nullptr : field_of(entity, filter.path.field);
  return field && field->searched && !trigrams(text_value(filter)).empty();
}

/// What FTS5 is asked: all trigrams, each quoted, so that nothing in a text is a wildcard or an operator. It folds them as it folded those of the
/// rows, character by character, so it finds every row that has the text, and others, which are sifted by `has_part`.
std::string match_expression(std::string_view text) {
  std::string out;
  for (const std::string_view trigram : trigrams(text)) {
    out += out.empty() ? "\"" : " AND \"";
    for (const char c : trigram) out += c == '"' ? std::string("\"\"") : std::string(1, c);
    out += '"';
  }
  return out;
}

std::string has_part(const std::string& column, const Filter& filter) {
  // In a text SQLite looks at whole characters only.
  return is_text(text_value(filter)) ? "instr(" + column + ", ?) > 0" : "instr(CAST(" + column + " AS BLOB), ?) > 0";
}

std::string found_by_trigrams(const EntityDef& entity, const Filter& filter) {
  return quoted(search_table(entity, *field_of(entity, filter.path.field))) + "(?)";
}

std::string Scope::column(const Path& path) {
  const EntityDef* at = &entity_;
  std::string alias = alias_;
  std::string way;
  for (FieldNo via : path.via) {
    if (!via) break;
    const FieldDef* reference = field_of(*at, via);
    if (!reference || !reference->refers)
      throw Error(Code::invalid_argument, std::vector<Violation>{{"field.type", at->no, via, 0, "", "not a reference"}});
    way += '/' + std::to_string(via);
    const EntityDef& to = schema_.at(reference->refers);
    auto [known, is_new] = aliases_.try_emplace(way);
    if (is_new) {
      known->second = "j" + std::to_string(next_++);
      joins_ += " LEFT JOIN " + table_of(to) + " " + known->second + " ON " + known->second + ".id = " + alias + "." +
                quoted(reference->name);
    }
    alias = known->second;
    at = &to;
  }
  return alias + "." + quoted(column_of(*at, path.field));
}

std::string Scope::condition(const Filter& filter) {
  std::string text = own_condition(filter);
  // SQLite would see that rows behind a reference must be there, and might begin with them: with all of them for each row of ours.
  const bool joins = filter.path.via[0] && (filter.path.via[1] || filter.path.via[0] != first_) && filter.op != Op::exists;
  return joins ? "(" + text + ") IS TRUE" : text;
}

std::string Scope::own_condition(const Filter& filter) {
  switch (filter.op) {
    case Op::all: return joined(filter.parts, " AND ", "1");
    case Op::any: return any_of(filter.parts);
    // Two-valued: what is unknown is false, so that its negation is true.
    case Op::none: return "NOT ((" + any_of(filter.parts) + ") IS TRUE)";
    case Op::eq: return compared(filter.path) + " = ?";
    case Op::ne: return compared(filter.path) + " IS NOT ?";
    case Op::lt: return compared(filter.path) + " < ?";
    case Op::le: return compared(filter.path) + " <= ?";
    case Op::gt: return compared(filter.path) + " > ?";
    case Op::ge: return compared(filter.path) + " >= ?";
    case Op::in: return in(filter);
    case Op::is_null: return compared(filter.path) + " IS NULL";
    case Op::not_null: return compared(filter.path) + " IS NOT NULL";
    case Op::contains: return contains(filter);
    case Op::starts_with: return starts_with(filter);
    case Op::exists: return exists(filter);
  }
  throw Error(Code::invalid_argument, std::string("a filter of no known kind"));
}

std::string joined(std::span<const std::string> conditions, const char* by) {
  constexpr std::size_t kMostInARow = 200;
  if (conditions.size() > kMostInARow) {
    const std::size_t half = conditions.size() / 2;
    return "(" + joined(conditions.first(half), by) + ")" + by + "(" + joined(conditions.subspan(half), by) + ")";
  }
  std::string out;
  for (const std::string& condition : conditions) out.append(out.empty() ? "" : by).append("(").append(condition).append(")");
  return out;
}

std::string Scope::joined(const std::vector<Filter>& parts, const char* by, const char* none) {
  if (parts.empty()) return none;
  std::vector<std::string> conditions;
  for (const Filter& part : parts) conditions.push_back(condition(part));
  return sqlite::joined(conditions, by);
}

bool Scope::have_entries(const std::vector<Filter>& parts) const {
  return std::ranges::all_of(parts, [&](const Filter& part) {
    const auto conditions = conjunction(part);
    const Entry entry = entry_of(schema_, entity_, conditions, {});
    const auto searched = [&](const Filter* one) { return one->op == Op::contains && by_trigrams(entity_, *one); };
    return entry.by_id || (entry.index && !entry.far) || std::ranges::any_of(conditions, searched);
  });
}

std::string Scope::any_of(const std::vector<Filter>& parts) {
  const bool either = std::exchange(either_, false);
  const bool sifts = std::exchange(sifts_, !either || !have_entries(parts));
  std::string out = joined(parts, " OR ", kNever);
  either_ = either;
  sifts_ = sifts;
  return out;
}

std::string Scope::in(const Filter& filter) {
  if (filter.values.empty()) return kNever;
  if (as_array(filter)) return compared(filter.path) + " IN (SELECT value FROM json_each(?))";
  std::string out = compared(filter.path) + " IN (?";
  for (std::size_t i = 1; i < padded(filter.values.size()); ++i) out += ",?";
  return out + ")";
}

std::string Scope::contains(const Filter& filter) {
  std::string exact = has_part(column(filter.path), filter);
  if (!by_trigrams(entity_, filter)) return exact;
  return alias_ + ".id IN (SELECT rowid FROM " + found_by_trigrams(entity_, filter) + ") AND " + exact;
}

std::string Scope::starts_with(const Filter& filter) {
  const std::string at = compared(filter.path);
  const std::string& prefix = text_value(filter);
  if (prefix.empty()) return at + " IS NOT NULL";
  return above_prefix(prefix).empty() ? at + " >= ?" : "(" + at + " >= ? AND " + at + " < ?)";
}

std::string Scope::exists(const Filter& filter) {
  const std::string outer = column(filter.path);
  Scope inner(schema_, filter.entity, "e" + std::to_string(next_++), next_);
  const std::string link = inner.column(filter.link);
  std::vector<const Filter*> parts;
  for (const Filter& part : filter.parts)
    for (const Filter* one : conjunction(part)) parts.push_back(one);
  const auto linked = entry_by(inner.entity_, filter.link, parts);
  Entry entry = linked ? *linked : entry_of(schema_, inner.entity_, parts, {});
  if (entry.far) entry = {};
  if (!entry.index && !entry.by_id) inner.sift();
  std::string conditions;
  if (!filter.parts.empty()) conditions = " AND " + inner.joined(filter.parts, " AND ", "1");
  const std::string from = " FROM " + table_of(inner.entity_) + " " + inner.alias_ + entry.hint(inner.entity_) + inner.joins_ + " WHERE ";
  if (linked) return "EXISTS(SELECT 1" + from + link + " = " + outer + conditions + ")";
  // No index leads to the rows of one value: they are read once, not for each row of ours.
  return outer + " IN (SELECT " + link + from + link + " IS NOT NULL" + conditions + ")";
}

void Binder::value(const Value& value) { statement_.bind_copy(++at_, to_cell(value)); }

void Binder::filter(const Filter& f, const EntityDef& entity) {
  switch (f.op) {
    case Op::all:
    case Op::any:
    case Op::none:
      for (const Filter& part : f.parts) filter(part, entity);
      return;
    case Op::eq:
    case Op::ne:
    case Op::lt:
    case Op::le:
    case Op::gt:
    case Op::ge: return value(f.values.at(0));
    case Op::in:
      if (as_array(f)) return value(array_of(f.values));
      for (std::size_t i = 0; i < padded(f.values.size()); ++i) value(f.values[std::min(i, f.values.size() - 1)]);
      return;
    case Op::is_null:
    case Op::not_null: return;
    case Op::contains:
      if (by_trigrams(entity, f)) trigrams_of(f);
      return part(f);
    case Op::starts_with: {
      const std::string& prefix = text_value(f);
      if (prefix.empty()) return;
      value(f.values[0]);
      if (const std::string above = above_prefix(prefix); !above.empty()) statement_.bind_copy(++at_, Cell::of(std::string_view(above)));
      return;
    }
    case Op::exists:
      for (const Filter& part : f.parts) filter(part, schema_.at(f.entity));
      return;
  }
}

void Binder::trigrams_of(const Filter& filter) { value(match_expression(text_value(filter))); }

void Binder::part(const Filter& filter) {
  const std::string& part = text_value(filter);
  statement_.bind_copy(++at_, Cell::of(std::string_view(part), is_text(part) ? Storage::text : Storage::bytes));
}

void append(std::string& key, std::uint32_t number) {
  // Small numbers are one byte.
  for (; number >= 0x80; number >>= 7) key += static_cast<char>(number | 0x80);
  key += static_cast<char>(number);
}

void append(std::string& key, const Path& path) {
  append(key, path.field);
  append(key, path.via[0]);
  if (path.via[0]) append(key, path.via[1]);
}

void append(std::string& key, const Filter& filter) {
  key += static_cast<char>(filter.op);
  if (filter.op != Op::all && filter.op != Op::any && filter.op != Op::none) append(key, filter.path);
  switch (filter.op) {
    case Op::in:
      if (as_array(filter)) key += 'j';
      else append(key, static_cast<std::uint32_t>(padded(filter.values.size())));
      break;
    case Op::contains: key += part_shape(text_value(filter)); break;
    case Op::starts_with:
      key += text_value(filter).empty() ? '0' : above_prefix(text_value(filter)).empty() ? '1' : '2';
      break;
    case Op::exists:
      append(key, filter.entity);
      append(key, filter.link);
      break;
    default: break;
  }
  if (filter.parts.empty() && filter.op != Op::all && filter.op != Op::any && filter.op != Op::none && filter.op != Op::exists)
    return;
  append(key, static_cast<std::uint32_t>(filter.parts.size()));
  for (const Filter& part : filter.parts) append(key, part);
}

}  // namespace crm::sqlite
