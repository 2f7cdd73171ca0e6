#include "sql.hpp"

#include <bit>
#include <map>

#include "crm/base/error.hpp"

namespace crm::sqlite {
namespace {

using Op = Filter::Op;

const FieldDef* field_of(const EntityDef& entity, FieldNo no) {
  const int at = entity.position(no);
  return at < 0 ? nullptr : &entity.fields[static_cast<std::size_t>(at)];
}

std::string column_of(const EntityDef& entity, FieldNo no) {
  if (no == kId) return "id";
  if (no == kVersion) return "version";
  if (const FieldDef* field = field_of(entity, no)) return field->name;
  throw Error(Code::invalid_argument, std::vector<Violation>{{"field.unknown", entity.no, no, 0, std::to_string(no), entity.name}});
}

/// Characters of a UTF-8 text, up to three.
int characters(std::string_view text) {
  int n = 0;
  for (char c : text)
    if ((static_cast<unsigned char>(c) & 0xc0) != 0x80 && ++n == 3) break;
  return n;
}

const std::string& text_value(const Filter& filter) {
  static const std::string kNone;
  const auto* text = std::get_if<std::string>(&filter.values.at(0));
  return text ? *text : kNone;
}

/// The smallest text above all that start with `prefix`; empty if there is none.
std::string above_prefix(std::string prefix) {
  while (!prefix.empty() && static_cast<unsigned char>(prefix.back()) == 0xff) prefix.pop_back();
  if (!prefix.empty()) prefix.back() = static_cast<char>(static_cast<unsigned char>(prefix.back()) + 1);
  return prefix;
}

/// Lists of values are padded to a power of two by repeating the last, so that few shapes exist.
std::size_t padded(std::size_t count) { return count ? std::bit_ceil(count) : 0; }

/// The first condition of the whole filter that the trigram index can answer, to drive the query from it.
const Filter* driving_search(const Schema& schema, const Query& query) {
  if (!query.filter) return nullptr;
  const EntityDef& entity = schema.at(query.entity);
  const auto fits = [&](const Filter& f) {
    if (f.op != Op::contains || f.path.via[0]) return false;
    const FieldDef* field = field_of(entity, f.path.field);
    return field && field->searched && characters(text_value(f)) >= 3;
  };
  if (fits(*query.filter)) return &*query.filter;
  if (query.filter->op == Op::all)
    for (const Filter& part : query.filter->parts)
      if (fits(part)) return &part;
  return nullptr;
}

bool can_be_null(const Schema& schema, const Query& query, const Path& path) {
  if (path.via[0]) return true;
  if (path.field == kId || path.field == kVersion) return false;
  const FieldDef* field = field_of(schema.at(query.entity), path.field);
  return !field || !field->required;
}

bool ordered_by_id(const Query& query) {
  for (const Order& order : query.order)
    if (order.path == Path(kId)) return true;
  return false;
}

/// Order terms with the id as the last one.
std::vector<Order> order_terms(const Query& query) {
  std::vector<Order> terms = query.order;
  if (!ordered_by_id(query)) terms.push_back({kId, !terms.empty() && terms.back().descending});
  return terms;
}

bool row_values_fit(const Schema& schema, const Query& query, const std::vector<Order>& terms) {
  for (const Order& term : terms)
    if (term.descending != terms.front().descending || can_be_null(schema, query, term.path)) return false;
  return true;
}

/// Names of the rows that a filter and columns speak of, inside one SELECT.
class Scope {
 public:
  Scope(const Schema& schema, EntityNo entity, std::string alias, int& next)
      : schema_(schema), entity_(schema.at(entity)), alias_(std::move(alias)), next_(next) {}

  /// "t0"."name", with the joins that lead there.
  std::string column(const Path& path) {
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

  std::string condition(const Filter& filter) {
    const auto compared = [&](const char* op) { return column(filter.path) + op; };
    switch (filter.op) {
      case Op::all: return joined(filter.parts, " AND ", "1");
      case Op::any: return joined(filter.parts, " OR ", "0");
      // Two-valued: what is unknown is false, so that its negation is true.
      case Op::none: return "NOT ((" + joined(filter.parts, " OR ", "0") + ") IS TRUE)";
      case Op::eq: return compared(" = ?");
      case Op::ne: return compared(" IS NOT ?");
      case Op::lt: return compared(" < ?");
      case Op::le: return compared(" <= ?");
      case Op::gt: return compared(" > ?");
      case Op::ge: return compared(" >= ?");
      case Op::in: return in(filter);
      case Op::is_null: return compared(" IS NULL");
      case Op::not_null: return compared(" IS NOT NULL");
      case Op::contains: return contains(filter);
      case Op::starts_with: return starts_with(filter);
      case Op::exists: return exists(filter);
    }
    throw Error(Code::invalid_argument, std::string("a filter of no known kind"));
  }

  [[nodiscard]] const std::string& joins() const { return joins_; }
  [[nodiscard]] const EntityDef& entity() const { return entity_; }

 private:
  std::string joined(const std::vector<Filter>& parts, const char* by, const char* none) {
    if (parts.empty()) return none;
    std::string out;
    for (const Filter& part : parts) out += (out.empty() ? "(" : by + std::string("(")) + condition(part) + ")";
    return out;
  }

  std::string in(const Filter& filter) {
    if (filter.values.empty()) return "0";
    std::string out = column(filter.path) + " IN (?";
    for (std::size_t i = 1; i < padded(filter.values.size()); ++i) out += ",?";
    return out + ")";
  }

  std::string contains(const Filter& filter) {
    const std::string at = column(filter.path);
    const FieldDef* field = filter.path.via[0] ? nullptr : field_of(entity_, filter.path.field);
    std::string exact = "instr(" + at + ", ?) > 0";
    if (!field || !field->searched || characters(text_value(filter)) < 3) return exact;
    const std::string table = search_table(entity_, *field);
    return alias_ + ".id IN (SELECT rowid FROM " + quoted(table) + " WHERE " + quoted(field->name) + " LIKE ?) AND " + exact;
  }

  std::string starts_with(const Filter& filter) {
    const std::string at = column(filter.path);
    const std::string& prefix = text_value(filter);
    if (prefix.empty()) return at + " IS NOT NULL";
    return above_prefix(prefix).empty() ? at + " >= ?" : "(" + at + " >= ? AND " + at + " < ?)";
  }

  std::string exists(const Filter& filter) {
    const std::string outer = column(filter.path);
    Scope inner(schema_, filter.entity, "e" + std::to_string(next_++), next_);
    const std::string link = inner.column(filter.link);
    std::string conditions = joined_with(inner, filter.parts);
    return "EXISTS(SELECT 1 FROM " + table_of(inner.entity_) + " " + inner.alias_ + inner.joins_ + " WHERE " + link +
           " = " + outer + conditions + ")";
  }

  static std::string joined_with(Scope& inner, const std::vector<Filter>& parts) {
    std::string out;
    for (const Filter& part : parts) out += " AND (" + inner.condition(part) + ")";
    return out;
  }

  const Schema& schema_;
  const EntityDef& entity_;
  std::string alias_;
  int& next_;
  std::map<std::string, std::string> aliases_;
  std::string joins_;
};

/// Rows after the last one seen.
std::string keyset(Scope& scope, const Schema& schema, const Query& query, const std::vector<Order>& terms) {
  if (row_values_fit(schema, query, terms)) {
    std::string left, right;
    for (const Order& term : terms) {
      left += (left.empty() ? "" : ",") + scope.column(term.path);
      right += right.empty() ? "?" : ",?";
    }
    return "(" + left + ")" + (terms.front().descending ? " < (" : " > (") + right + ")";
  }
  std::string out;
  for (std::size_t i = 0; i < terms.size(); ++i) {
    std::string part;
    for (std::size_t j = 0; j < i; ++j) {
      const bool null = std::holds_alternative<std::monostate>(query.after[j]);
      part += scope.column(terms[j].path) + (null ? " IS NULL AND " : " = ? AND ");
    }
    const std::string at = scope.column(terms[i].path);
    const bool null = std::holds_alternative<std::monostate>(query.after[i]);
    if (terms[i].descending) {
      part += null ? "0" : can_be_null(schema, query, terms[i].path) ? "(" + at + " < ? OR " + at + " IS NULL)" : at + " < ?";
    } else {
      part += null ? at + " IS NOT NULL" : at + " > ?";
    }
    out += (out.empty() ? "(" : " OR (") + part + ")";
  }
  // The first term alone bounds the page, so that its index is entered where the page begins.
  const bool bounded = !std::holds_alternative<std::monostate>(query.after[0]) &&
                       !(terms[0].descending && can_be_null(schema, query, terms[0].path));
  const std::string bound =
      bounded ? scope.column(terms[0].path) + (terms[0].descending ? " <= ?" : " >= ?") + " AND " : std::string();
  return bound + "(" + out + ")";
}

void check_after(const Query& query, const std::vector<Order>& terms) {
  if (!query.after.empty() && query.after.size() < terms.size())
    throw Error(Code::invalid_argument,
                std::vector<Violation>{{"query.bad", query.entity, 0, 0, "after", "one value for each order and the id"}});
}

/// Binds values in the order in which the text asks for them.
class Binder {
 public:
  Binder(Statement& statement, const Schema& schema) : statement_(statement), schema_(schema) {}

  /// Texts are copied: a query is read during the call only, its statement is stepped later.
  void value(const Value& value) {
    if (const auto* text = std::get_if<std::string>(&value)) {
      statement_.bind_copy(++at_, *text);
    } else {
      statement_.bind(++at_, to_cell(value));
    }
  }
  void number(std::int64_t value) { statement_.bind(++at_, value); }

  void filter(const Filter& f, const EntityDef& entity, const Filter* driving = nullptr) {
    switch (f.op) {
      case Op::all:
      case Op::any:
      case Op::none:
        for (const Filter& part : f.parts) filter(part, entity, driving);
        return;
      case Op::eq:
      case Op::ne:
      case Op::lt:
      case Op::le:
      case Op::gt:
      case Op::ge: return value(f.values.at(0));
      case Op::in:
        for (std::size_t i = 0; i < padded(f.values.size()); ++i) value(f.values[std::min(i, f.values.size() - 1)]);
        return;
      case Op::is_null:
      case Op::not_null: return;
      case Op::contains: return contains(f, entity, driving);
      case Op::starts_with: {
        const std::string& prefix = text_value(f);
        if (prefix.empty()) return;
        value(f.values[0]);
        if (const std::string above = above_prefix(prefix); !above.empty()) statement_.bind_copy(++at_, above);
        return;
      }
      case Op::exists:
        for (const Filter& part : f.parts) filter(part, schema_.at(f.entity));
        return;
    }
  }

  /// The pattern of the trigram index: signs that LIKE reads as wild are any sign here, and checked after.
  void pattern(const std::string& text) {
    std::string like = "%" + text + "%";
    for (std::size_t i = 1; i + 1 < like.size(); ++i)
      if (like[i] == '%') like[i] = '_';
    statement_.bind_copy(++at_, like);
  }

 private:
  void contains(const Filter& f, const EntityDef& entity, const Filter* driving) {
    const FieldDef* field = f.path.via[0] ? nullptr : field_of(entity, f.path.field);
    if (&f != driving && field && field->searched && characters(text_value(f)) >= 3) pattern(text_value(f));
    value(f.values[0]);
  }

  Statement& statement_;
  const Schema& schema_;
  int at_ = 0;
};

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
    case Op::in: append(key, static_cast<std::uint32_t>(padded(filter.values.size()))); break;
    case Op::contains: key += static_cast<char>('0' + characters(text_value(filter))); break;
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

}  // namespace

std::string search_table(const EntityDef& entity, const FieldDef& field) { return entity.table_name() + "__" + field.name; }

void append_shape(const Query& query, std::string& key) {
  append(key, query.entity);
  append(key, static_cast<std::uint32_t>(query.columns.size()));
  for (const Path& path : query.columns) append(key, path);
  key += query.filter ? 'w' : '-';
  if (query.filter) append(key, *query.filter);
  append(key, static_cast<std::uint32_t>(query.order.size()));
  for (const Order& order : query.order) {
    append(key, order.path);
    key += order.descending ? 'd' : 'a';
  }
  append(key, static_cast<std::uint32_t>(query.after.size()));
  for (const Value& value : query.after) key += std::holds_alternative<std::monostate>(value) ? 'n' : 'v';
  key += query.limit > 0 ? (query.offset > 0 ? 'o' : 'l') : (query.offset > 0 ? 'O' : '-');
}

std::string select_sql(const Schema& schema, const Query& query) {
  int next = 0;
  const EntityDef& entity = schema.at(query.entity);
  Scope scope(schema, query.entity, "t", next);
  const std::vector<Order> terms = order_terms(query);
  check_after(query, terms);
  const Filter* driving = driving_search(schema, query);

  std::string columns;
  for (const Path& path : query.columns) columns += (columns.empty() ? "" : ", ") + scope.column(path);
  std::string conditions;
  const auto also = [&](const std::string& condition) {
    conditions += (conditions.empty() ? " WHERE (" : " AND (") + condition + ")";
  };
  std::string from = " FROM " + table_of(entity) + " t";
  if (driving) {
    const FieldDef& field = *field_of(entity, driving->path.field);
    // CROSS: the index is the outer loop, so that rows come by id and a page ends early.
    from = " FROM " + quoted(search_table(entity, field)) + " f CROSS JOIN " + table_of(entity) + " t ON t.id = f.rowid";
    also("f." + quoted(field.name) + " LIKE ?");
    also("instr(t." + quoted(field.name) + ", ?) > 0");
    if (query.filter->op == Op::all)
      for (const Filter& part : query.filter->parts)
        if (&part != driving) also(scope.condition(part));
  } else if (query.filter) {
    if (query.filter->op == Op::all) {
      for (const Filter& part : query.filter->parts) also(scope.condition(part));
    } else {
      also(scope.condition(*query.filter));
    }
  }
  if (!query.after.empty()) also(keyset(scope, schema, query, terms));
  std::string order;
  for (const Order& term : terms) {
    const bool by_rowid = driving && term.path == Path(kId);
    order += (order.empty() ? " ORDER BY " : ", ") + (by_rowid ? "f.rowid" : scope.column(term.path)) + (term.descending ? " DESC" : "");
  }
  std::string limit;
  if (query.limit > 0 || query.offset > 0) limit = query.offset > 0 ? " LIMIT ? OFFSET ?" : " LIMIT ?";
  return "SELECT " + (columns.empty() ? "1" : columns) + from + scope.joins() + conditions + order + limit;
}

void bind_query(Statement& statement, const Schema& schema, const Query& query) {
  Binder binder(statement, schema);
  const EntityDef& entity = schema.at(query.entity);
  const Filter* driving = driving_search(schema, query);
  if (driving) {
    binder.pattern(text_value(*driving));
    binder.value(driving->values[0]);
    if (query.filter->op == Op::all)
      for (const Filter& part : query.filter->parts)
        if (&part != driving) binder.filter(part, entity);
  } else if (query.filter) {
    binder.filter(*query.filter, entity);
  }
  if (!query.after.empty()) {
    const std::vector<Order> terms = order_terms(query);
    if (row_values_fit(schema, query, terms)) {
      for (std::size_t i = 0; i < terms.size(); ++i) binder.value(query.after[i]);
    } else {
      const auto null = [&](std::size_t i) { return std::holds_alternative<std::monostate>(query.after[i]); };
      if (!null(0) && !(terms[0].descending && can_be_null(schema, query, terms[0].path))) binder.value(query.after[0]);
      for (std::size_t i = 0; i < terms.size(); ++i)
        for (std::size_t j = 0; j <= i; ++j)
          if (!null(j)) binder.value(query.after[j]);
    }
  }
  if (query.limit > 0 || query.offset > 0) binder.number(query.limit > 0 ? query.limit : -1);
  if (query.offset > 0) binder.number(query.offset);
}

std::string aggregate_sql(const Schema& schema, const Aggregate& aggregate) {
  int next = 0;
  Scope scope(schema, aggregate.entity, "t", next);
  std::string columns, groups;
  for (std::size_t i = 0; i < aggregate.keys.size(); ++i) {
    const GroupKey& key = aggregate.keys[i];
    std::string expression = scope.column(key.path);
    if (!key.edges.empty()) {
      std::string buckets = "CASE WHEN typeof(" + expression + ") <> 'integer' OR " + expression + " < " +
                            std::to_string(key.edges.front()) + " THEN NULL";
      for (std::size_t b = 0; b + 1 < key.edges.size(); ++b)
        buckets += " WHEN " + expression + " < " + std::to_string(key.edges[b + 1]) + " THEN " + std::to_string(b);
      expression = buckets + " END";
    }
    columns += (columns.empty() ? "" : ", ") + expression;
    groups += (groups.empty() ? "" : ", ") + std::to_string(i + 1);
  }
  for (const Measure& measure : aggregate.measures) {
    columns += columns.empty() ? "" : ", ";
    switch (measure.fn) {
      case Measure::Fn::count: columns += "count(*)"; break;
      case Measure::Fn::count_distinct: columns += "count(DISTINCT " + scope.column(measure.path) + ")"; break;
      case Measure::Fn::sum: columns += "crm_sum(" + scope.column(measure.path) + ")"; break;
      case Measure::Fn::min: columns += "min(" + scope.column(measure.path) + ")"; break;
      case Measure::Fn::max: columns += "max(" + scope.column(measure.path) + ")"; break;
    }
  }
  const std::string condition = aggregate.filter ? " WHERE " + scope.condition(*aggregate.filter) : std::string();
  std::string sql = "SELECT " + columns + " FROM " + table_of(scope.entity()) + " t" + scope.joins() + condition;
  if (!groups.empty()) sql += " GROUP BY " + groups + " ORDER BY " + groups;
  return sql;
}

void bind_aggregate(Statement& statement, const Schema& schema, const Aggregate& aggregate) {
  Binder binder(statement, schema);
  if (aggregate.filter) binder.filter(*aggregate.filter, schema.at(aggregate.entity));
}

}  // namespace crm::sqlite
