#include "callbacks.hpp"

#include <algorithm>
#include <cstring>

#include "crm/base/error.hpp"
#include "crm/base/text.hpp"

namespace crm::host {
namespace {

constexpr std::int32_t kBatch = 256;

crm_cell to_c(const Cell& cell) {
  crm_cell out{};
  out.kind = static_cast<std::int32_t>(cell.kind);
  out.size = static_cast<std::int32_t>(cell.size);
  if (cell.kind == Storage::integer) out.value.integer = cell.integer;
  if (cell.kind == Storage::real) out.value.real = cell.real;
  if (cell.kind == Storage::text || cell.kind == Storage::bytes) out.value.text = cell.text;
  return out;
}

}  // namespace

Callbacks::Callbacks(const crm_store& table) {
  std::memcpy(&table_, &table, std::min(sizeof table_, static_cast<std::size_t>(std::max(table.struct_size, 0))));
  name_ = table_.name ? table_.name : "";
  const std::pair<const char*, bool> required[] = {{"begin", table_.begin != nullptr}, {"end", table_.end != nullptr},
                                                   {"get", table_.get != nullptr},     {"rows", table_.rows != nullptr},
                                                   {"put", table_.put != nullptr},     {"erase", table_.erase != nullptr}};
  for (const auto& [slot, given] : required) {
    if (given) continue;
    if (table_.destroy) table_.destroy(table_.user);
    throw Error(Code::invalid_argument, std::vector<Violation>{{"store.callback", 0, 0, 0, slot, ""}});
  }
}

Callbacks::~Callbacks() {
  if (table_.destroy) table_.destroy(table_.user);
}

void Callbacks::tell_table(std::int32_t table, const std::string& name, const std::vector<crm_column>& columns) const {
  if (table_.table)
    check(table_.table(table_.user, table, name.c_str(), columns.data(), static_cast<std::int32_t>(columns.size())), "table");
}

void Callbacks::begin(bool writing) const { check(table_.begin(table_.user, writing), "begin"); }

void Callbacks::end(bool keep) const { check(table_.end(table_.user, keep), "end"); }

std::optional<HostRow> Callbacks::get(std::int32_t table, Id id, std::size_t columns) const {
  std::vector<crm_cell> cells(columns);
  std::int32_t found = 0;
  check(table_.get(table_.user, table, id, cells.data(), &found), "get");
  if (found != 0 && found != 1) nonsense("get", "found is " + std::to_string(found));
  if (!found) return {};
  HostRow row{id, {}};
  for (const crm_cell& cell : cells) row.cells.push_back(value_of(cell, "get"));
  return row;
}

void Callbacks::rows(std::int32_t table, std::int32_t column, const Cell& wanted, Id after, std::size_t columns,
                     const std::function<bool(HostRow)>& take) const {
  const crm_cell limit = to_c(wanted);
  const crm_cell* const bound = column > 0 ? &limit : nullptr;
  std::vector<Id> ids(kBatch);
  std::vector<crm_cell> cells(columns * kBatch);
  for (;;) {
    std::int32_t count = 0;
    std::fill(cells.begin(), cells.end(), crm_cell{});
    check(table_.rows(table_.user, table, column, bound, bound, after, kBatch, ids.data(), cells.data(), &count), "rows");
    if (count < 0 || count > kBatch) nonsense("rows", std::to_string(count) + " rows");
    if (count == 0) return;
    for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i) {
      if (ids[i] <= after) nonsense("rows", "id " + std::to_string(ids[i]) + " after " + std::to_string(after));
      after = ids[i];
      HostRow row{after, {}};
      for (std::size_t c = 0; c < columns; ++c) row.cells.push_back(value_of(cells[i * columns + c], "rows"));
      if (!take(std::move(row))) return;
    }
  }
}

void Callbacks::put(std::int32_t table, Id id, const std::vector<Cell>& cells) const {
  std::vector<crm_cell> all;
  for (const Cell& cell : cells) all.push_back(to_c(cell));
  check(table_.put(table_.user, table, id, all.data()), "put");
}

void Callbacks::erase(std::int32_t table, Id id) const { check(table_.erase(table_.user, table, id), "erase"); }

void Callbacks::check(std::int32_t status, const char* slot) const {
  if (status == CRM_OK) return;
  if (status == CRM_BUSY) throw Error(Code::busy, std::vector<Violation>{{"store.locked", 0, 0, 0, name_, slot}});
  const char* const told = table_.message ? table_.message(table_.user) : nullptr;
  const bool known = status > 0 && status <= CRM_INTERNAL;
  std::string text = told && !first_bad_byte(told) ? told : known ? std::string(crm::name(static_cast<Code>(status))) : std::to_string(status);
  throw Error(Code::host, std::vector<Violation>{{"store.host", 0, 0, 0, name_, std::string(slot) + ": " + text}});
}

void Callbacks::nonsense(const char* slot, std::string detail) const {
  throw Error(Code::host, std::vector<Violation>{{"store.host", 0, 0, 0, name_, std::string(slot) + " makes no sense: " + detail}});
}

Value Callbacks::value_of(const crm_cell& cell, const char* slot) const {
  switch (cell.kind) {
    case CRM_NULL: return {};
    case CRM_INTEGER: return cell.value.integer;
    case CRM_REAL: return cell.value.real;
    case CRM_TEXT:
    case CRM_BYTES: {
      if (cell.size < 0 || (cell.size > 0 && !cell.value.text)) nonsense(slot, "a text of " + std::to_string(cell.size) + " bytes at no place");
      std::string text(cell.size ? cell.value.text : "", static_cast<std::size_t>(cell.size));
      if (cell.kind == CRM_BYTES) return Bytes{std::move(text)};
      return text;
    }
    default: nonsense(slot, "a cell of kind " + std::to_string(cell.kind));
  }
}

}  // namespace crm::host
