#include "sql.hpp"

#include <algorithm>
#include <span>

#include "crm/base/error.hpp"
#include "entry.hpp"
#include "filter_sql.hpp"

namespace crm::sqlite {
namespace {

using Op = Filter::Op;

/// The first condition of the whole filter that the trigram index can answer, to drive the query from it.
const Filter* driving_search(const Schema& schema, const Query& query) {
  if (!query.filter) return nullptr;
  const EntityDef& entity = schema.at(query.entity);
  const auto fits = [&](const Filter& f) { return f.op == Op::contains && by_trigrams(entity, f); };
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
  // A row value with a null in it is neither above nor below.
  return std::ranges::none_of(query.after, [](const Value& value) { return std::holds_alternative<std::monostate>(value); });
}

/// The table with the index it is entered by, or two where another one is read first.
std::string from(const Schema& schema, Scope& scope, const std::optional<Filter>& filter, std::span<const Order> page) {
  const EntityDef& entity = scope.entity();
  const Entry entry = entry_of(schema, entity, filter ? conjunction(*filter) : std::vector<const Filter*>(), page);
  const std::string table = table_of(entity) + " t" + entry.hint(entity);
  if (!entry.index && !entry.by_id) scope.sift();
  if (!entry.far) return table;
  const FieldDef& reference = *field_of(entity, entry.far->path.via[0]);
  const EntityDef& far = schema.at(reference.refers);
  scope.read_first(reference.no, "f");
  // CROSS: in this order.
  return table_of(far) + " f" + Entry{entry.far_index}.hint(far) + " CROSS JOIN " + table + " ON t." + quoted(reference.name) + " = f.id";
}

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
  // What follows sifts rows that come in order: with `+` SQLite does not look each alternative up by an index and sort what it finds.
  std::string out;
  for (std::size_t i = 0; i < terms.size(); ++i) {
    std::string part;
    for (std::size_t j = 0; j < i; ++j) {
      const bool null = std::holds_alternative<std::monostate>(query.after[j]);
      part += '+' + scope.column(terms[j].path) + (null ? " IS NULL AND " : " = ? AND ");
    }
    const std::string at = '+' + scope.column(terms[i].path);
    const bool null = std::holds_alternative<std::monostate>(query.after[i]);
    if (terms[i].descending) {
      part += null ? "NULL" : can_be_null(schema, query, terms[i].path) ? "(" + at + " < ? OR " + at + " IS NULL)" : at + " < ?";
    } else {
      part += null ? at + " IS NOT NULL" : at + " > ?";
    }
    out += (out.empty() ? "(" : " OR (") + part + ")";
  }
  // The first term alone bounds the page, so that its index is entered where the page begins.
  const bool bounded = !std::holds_alternative<std::monostate>(query.after[0]) &&
                       !(terms[0].descending && can_be_null(schema, query, terms[0].path));
  const std::string at = bounded ? scope.column(terms[0].path) + (terms[0].descending ? " <= ?" : " >= ?") : std::string();
  const std::string bound = !bounded ? "" : (terms[0].path.via[0] ? "(" + at + ") IS TRUE" : at) + " AND ";
  return bound + "(" + out + ")";
}

void check_after(const Query& query, const std::vector<Order>& terms) {
  if (!query.after.empty() && query.after.size() < terms.size())
    throw Error(Code::invalid_argument,
                std::vector<Violation>{{"query.bad", query.entity, 0, 0, "after", "one value for each order and the id"}});
}

bool is_by_user(const Filter& filter) { return filter.by_user || std::ranges::any_of(filter.parts, [](const Filter& part) { return is_by_user(part); }); }

}  // namespace

bool is_by_user(const Query& query) { return query.by_user || (query.filter && is_by_user(*query.filter)); }
bool is_by_user(const Aggregate& aggregate) { return aggregate.by_user || (aggregate.filter && is_by_user(*aggregate.filter)); }

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

std::string select_sql(const Schema& schema, const Query& query, const char* scanned_by) {
  int next = 0;
  const EntityDef& entity = schema.at(query.entity);
  Scope scope(schema, query.entity, "t", next);
  const std::vector<Order> terms = order_terms(query);
  check_after(query, terms);
  const Filter* driving = driving_search(schema, query);

  std::string source;
  if (driving) {
    // CROSS: the index is the outer loop, so that rows come by id and a page ends early.
    source = found_by_trigrams(entity, *driving) + " f CROSS JOIN " + table_of(entity) + " t ON t.id = f.rowid";
  } else {
    // The order of all rows is not worth an index, but that of ids.
    const bool in_order = !scanned_by && (query.limit > 0 || query.order.empty());
    source = from(schema, scope, query.filter, in_order ? terms : std::vector<Order>());
  }
  std::string columns;
  for (const Path& path : query.columns) columns += (columns.empty() ? "" : ", ") + scope.column(path);
  std::vector<std::string> conditions;
  const auto also = [&](std::string condition) { conditions.push_back(std::move(condition)); };
  if (driving) {
    also(has_part(scope.column(driving->path), *driving));
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
  const std::string where = conditions.empty() ? std::string() : " WHERE " + joined(conditions, " AND ");
  std::string order;
  for (const Order& term : scanned_by ? std::vector<Order>() : terms) {
    const bool by_rowid = driving && term.path == Path(kId);
    order += (order.empty() ? " ORDER BY " : ", ") + (by_rowid ? "f.rowid" : scope.column(term.path)) + (term.descending ? " DESC" : "");
  }
  std::string limit;
  if (query.limit > 0 || query.offset > 0) limit = query.offset > 0 ? " LIMIT ? OFFSET ?" : " LIMIT ?";
  if (columns.empty()) columns = "1";
  if (scanned_by) columns = std::string(scanned_by) + "(" + columns + ")";
  return "SELECT " + columns + " FROM " + source + scope.joins() + where + order + limit;
}

void bind_query(Statement& statement, const Schema& schema, const Query& query) {
  Binder binder(statement, schema);
  const EntityDef& entity = schema.at(query.entity);
  const Filter* driving = driving_search(schema, query);
  if (driving) {
    binder.trigrams_of(*driving);
    binder.part(*driving);
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
  const std::string source = from(schema, scope, aggregate.filter, {});
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
  std::string sql = "SELECT " + columns + " FROM " + source + scope.joins() + condition;
  if (!groups.empty()) sql += " GROUP BY " + groups + " ORDER BY " + groups;
  return sql;
}

void bind_aggregate(Statement& statement, const Schema& schema, const Aggregate& aggregate) {
  Binder binder(statement, schema);
  if (aggregate.filter) binder.filter(*aggregate.filter, schema.at(aggregate.entity));
}

}  // namespace crm::sqlite
