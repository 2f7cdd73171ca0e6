#include "sizes.hpp"

#include <algorithm>
#include <string>

#include "crm/base/text.hpp"

namespace crm {
namespace {

[[noreturn]] void refuse_limit(const char* rule, std::string given, std::int64_t limit) {
  throw Error(Code::invalid_argument, std::vector<Violation>{{rule, 0, 0, 0, std::move(given), std::to_string(limit)}});
}

void check_count(const char* rule, std::size_t count, std::int64_t limit) {
  if (static_cast<std::uint64_t>(count) > static_cast<std::uint64_t>(limit)) refuse_limit(rule, std::to_string(count), limit);
}

void check_text(const char* rule, std::string_view text, std::int64_t limit) {
  if (static_cast<std::uint64_t>(text.size()) > static_cast<std::uint64_t>(limit)) refuse_limit(rule, shorten(text), limit);
}

}  // namespace

void check_conditions(const Limits& limits, std::size_t count) { check_count("limit.conditions", count, limits.conditions); }

namespace {

/// What the conditions of a question add up to.
struct Sum {
  std::size_t conditions = 0;
  std::size_t values = 0;
};

void add(const Limits& limits, const Filter& filter, std::int64_t level, Sum& sum) {
  const std::int64_t deepest = std::min(limits.nesting, Limits::kDeepest);
  if (level > deepest) refuse_limit("limit.nesting", std::to_string(level), deepest);
  if (filter.parts.empty() || filter.op == Filter::Op::exists) ++sum.conditions;
  if (filter.op == Filter::Op::in) sum.values += filter.values.size();
  const bool is_search = filter.op == Filter::Op::contains || filter.op == Filter::Op::starts_with;
  for (const Value& value : filter.values) {
    const auto* text = std::get_if<std::string>(&value);
    if (text && is_search) check_searched(limits, *text);
    if (text) check_text("limit.text", *text, limits.text_bytes);
  }
  for (const Filter& part : filter.parts) add(limits, part, level + 1, sum);
}

Sum measured(const Limits& limits, const Filter& filter) {
  Sum sum;
  add(limits, filter, 1, sum);
  check_count("limit.conditions", sum.conditions, limits.conditions);
  check_values(limits, sum.values);
  return sum;
}

}  // namespace

void check_size(const Limits& limits, const Filter& filter) { measured(limits, filter); }

void check_size(const Limits& limits, const Query& query) {
  if (query.filter) check_size(limits, *query.filter);
  check_count("limit.columns", query.columns.size(), limits.columns);
  check_count("limit.columns", query.order.size(), limits.columns);
  for (const Value& value : query.after)
    if (const auto* text = std::get_if<std::string>(&value)) check_text("limit.text", *text, limits.text_bytes);
}

void check_size(const Limits& limits, const Aggregate& aggregate) {
  Sum sum;
  if (aggregate.filter) sum = measured(limits, *aggregate.filter);
  check_count("limit.columns", aggregate.keys.size() + aggregate.measures.size(), limits.columns);
  for (const GroupKey& key : aggregate.keys) sum.values += key.edges.size();
  check_values(limits, sum.values);
}

std::optional<Violation> too_long(const Limits& limits, const EntityInfo& entity, const FieldInfo& field, Id record, const Cell& value) {
  if (value.kind != Storage::text || std::int64_t{value.size} <= limits.text_bytes || field.has(kDerived)) return {};
  return Violation{"field.too_long", entity.no, field.no, record, shorten(value.as_text()), std::to_string(limits.text_bytes)};
}

void check_searched(const Limits& limits, std::string_view text) { check_text("limit.search", text, limits.search_bytes); }
void check_values(const Limits& limits, std::size_t count) { check_count("limit.values", count, limits.values); }
void check_rows(const Limits& limits, std::size_t count) { check_count("limit.rows", count, limits.answer_rows); }
void check_bytes(const Limits& limits, std::size_t count) { check_count("limit.bytes", count, limits.answer_bytes); }

}  // namespace crm
