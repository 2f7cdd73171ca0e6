#include "crm/store/query.hpp"

#include <utility>

namespace crm::where {
namespace {

Filter combine(Filter::Op op, std::vector<Filter> parts) {
  Filter filter;
  filter.op = op;
  filter.parts = std::move(parts);
  return filter;
}

Filter test(Filter::Op op, Path path, std::vector<Value> values) {
  Filter filter;
  filter.op = op;
  filter.path = path;
  filter.values = std::move(values);
  return filter;
}

Filter test(Filter::Op op, Path path, Value value) {
  std::vector<Value> values;
  values.push_back(std::move(value));
  return test(op, path, std::move(values));
}

}  // namespace

Filter all(std::vector<Filter> parts) { return combine(Filter::Op::all, std::move(parts)); }
Filter any(std::vector<Filter> parts) { return combine(Filter::Op::any, std::move(parts)); }
Filter none(std::vector<Filter> parts) { return combine(Filter::Op::none, std::move(parts)); }
Filter eq(Path path, Value value) { return test(Filter::Op::eq, path, std::move(value)); }
Filter ne(Path path, Value value) { return test(Filter::Op::ne, path, std::move(value)); }
Filter lt(Path path, Value value) { return test(Filter::Op::lt, path, std::move(value)); }
Filter le(Path path, Value value) { return test(Filter::Op::le, path, std::move(value)); }
Filter gt(Path path, Value value) { return test(Filter::Op::gt, path, std::move(value)); }
Filter ge(Path path, Value value) { return test(Filter::Op::ge, path, std::move(value)); }
Filter in(Path path, std::vector<Value> values) { return test(Filter::Op::in, path, std::move(values)); }
Filter is_null(Path path) { return test(Filter::Op::is_null, path, std::vector<Value>{}); }
Filter not_null(Path path) { return test(Filter::Op::not_null, path, std::vector<Value>{}); }

Filter contains(Path path, std::string folded) { return test(Filter::Op::contains, path, Value(std::move(folded))); }

Filter starts_with(Path path, std::string prefix) {
  return test(Filter::Op::starts_with, path, Value(std::move(prefix)));
}

Filter exists(EntityNo entity, FieldNo link, Path path, std::vector<Filter> parts) {
  Filter filter = combine(Filter::Op::exists, std::move(parts));
  filter.path = path;
  filter.entity = entity;
  filter.link = link;
  return filter;
}

}  // namespace crm::where
