#include "crm/store/value.hpp"

#include <algorithm>
#include <cstring>

namespace crm {
namespace {

template <class T>
int order(const T& a, const T& b) {
  return a < b ? -1 : b < a ? 1 : 0;
}

int compare_text(std::string_view a, std::string_view b) {
  const std::size_t common = std::min(a.size(), b.size());
  const int head = common == 0 ? 0 : std::memcmp(a.data(), b.data(), common);
  return head != 0 ? head : order(a.size(), b.size());
}

}  // namespace

Value to_value(const Cell& cell) {
  switch (cell.kind) {
    case Storage::null: return {};
    case Storage::integer: return cell.integer;
    case Storage::real: return cell.real;
    case Storage::text: return std::string(cell.as_text());
    case Storage::bytes: return Bytes{std::string(cell.as_text())};
  }
  return {};
}

Cell to_cell(const Value& value) {
  struct Lend {
    Cell operator()(std::monostate) const { return {}; }
    Cell operator()(std::int64_t v) const { return Cell::of(v); }
    Cell operator()(double v) const { return Cell::of(v); }
    Cell operator()(const std::string& v) const { return Cell::of(std::string_view(v)); }
    Cell operator()(const Bytes& v) const { return Cell::of(std::string_view(v.data), Storage::bytes); }
  };
  return std::visit(Lend{}, value);
}

int compare(const Cell& a, const Cell& b) {
  if (a.kind != b.kind) return order(a.kind, b.kind);
  switch (a.kind) {
    case Storage::null: return 0;
    case Storage::integer: return order(a.integer, b.integer);
    case Storage::real: return order(a.real, b.real);
    case Storage::text:
    case Storage::bytes: return compare_text(a.as_text(), b.as_text());
  }
  return 0;
}

}  // namespace crm
