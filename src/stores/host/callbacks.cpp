#include "callbacks.hpp"

#include <algorithm>
#include <cmath>
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

/// As much of the table as the host and this release both know.
crm_store known_part(const crm_store& table) {
  crm_store known{};
  std::memcpy(&known, &table, std::min(sizeof known, static_cast<std::size_t>(std::max(table.struct_size, 0))));
  return known;
}

/// A text of the host that can be told to others, else `otherwise`.
std::string told_or(const char* text, std::string_view otherwise) {
  return std::string(text && !first_bad_byte(text) ? text : otherwise);
}

}  // namespace

void give_up(const crm_store& table) {
  const crm_store known = known_part(table);
  try {
    if (known.destroy) known.destroy(known.user);
  } catch (...) {  // of a host in C++: there is nobody left to tell
  }
}

Callbacks::Callbacks(const crm_store& table) : table_(known_part(table)), name_(told_or(table_.name, "host")) {
  const bool marks = table_.mark || table_.undo_to || table_.release;  // all of them or none
  const std::pair<const char*, bool> required[] = {
      {"begin", table_.begin != nullptr},          {"end", table_.end != nullptr},
      {"get", table_.get != nullptr},              {"rows", table_.rows != nullptr},
      {"put", table_.put != nullptr},              {"erase", table_.erase != nullptr},
      {"mark", !marks || table_.mark != nullptr},  {"undo_to", !marks || table_.undo_to != nullptr},
      {"release", !marks || table_.release != nullptr}};
  for (const auto& [slot, given] : required) {
    if (given) continue;
    give_up(table_);
    throw Error(Code::invalid_argument, std::vector<Violation>{{"store.callback", 0, 0, 0, slot, ""}});
  }
}

Callbacks::~Callbacks() { give_up(table_); }

template <class Call, class... Given>
void Callbacks::run(const char* slot, Call call, Given... given) const {
  std::int32_t status = CRM_OK;
  try {
    status = call(table_.user, given...);
  } catch (const std::exception& error) {
    failed(slot, told_or(error.what(), "an exception"));
  } catch (...) {
    failed(slot, "an exception of no standard class");
  }
  check(status, slot);
}

void Callbacks::tell_table(std::int32_t table, const std::string& name, std::span<const crm_column> columns) const {
  if (table_.table) run("table", table_.table, table, name.c_str(), columns.data(), static_cast<std::int32_t>(columns.size()));
}

void Callbacks::begin(bool writing) const { run("begin", table_.begin, writing); }

void Callbacks::end(bool keep) const { run("end", table_.end, keep); }

void Callbacks::mark(int number) const {
  if (has_marks()) run("mark", table_.mark, number);
}

void Callbacks::undo_to(int number) const {
  if (has_marks()) run("undo_to", table_.undo_to, number);
}

void Callbacks::release(int number) const {
  if (has_marks()) run("release", table_.release, number);
}

std::optional<HostRow> Callbacks::get(const HostTable& table, Id id) const {
  std::vector<crm_cell> cells(table.kinds.size());
  std::int32_t found = 0;
  run("get", table_.get, table.number, id, cells.data(), &found);
  if (found != 0 && found != 1) nonsense("get", "found is " + std::to_string(found));
  if (!found) return {};
  return row_of(table, id, cells.data(), "get");
}

void Callbacks::rows(const HostTable& table, const Wish& wish, const std::function<void(HostRow)>& take) const {
  const crm_cell low = to_c(wish.low);
  const crm_cell high = to_c(wish.high);
  const std::size_t columns = table.kinds.size();
  const auto batch = static_cast<std::int32_t>(wish.limit > 0 ? std::min<std::int64_t>(wish.limit, kBatch) : kBatch);
  std::vector<Id> ids(static_cast<std::size_t>(batch));
  std::vector<crm_cell> cells(columns * ids.size());
  Id after = wish.after;
  for (std::int64_t given = 0; wish.limit <= 0 || given < wish.limit;) {
    std::int32_t count = 0;
    std::fill(cells.begin(), cells.end(), crm_cell{});
    run("rows", table_.rows, table.number, wish.column, wish.low.is_null() ? nullptr : &low, wish.high.is_null() ? nullptr : &high,
        after, batch, ids.data(), cells.data(), &count);
    if (count < 0 || count > batch) nonsense("rows", std::to_string(count) + " rows");
    if (count == 0) return;
    if (interrupt_) interrupt_->check();
    for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i) {
      if (ids[i] <= after) nonsense("rows", "id " + std::to_string(ids[i]) + " after " + std::to_string(after));
      after = ids[i];
      if (wish.limit <= 0 || given++ < wish.limit) take(row_of(table, after, &cells[i * columns], "rows"));
    }
  }
}

void Callbacks::put(std::int32_t table, Id id, const std::vector<Cell>& cells) const {
  std::vector<crm_cell> all;
  for (const Cell& cell : cells) all.push_back(to_c(cell));
  run("put", table_.put, table, id, all.data());
}

void Callbacks::erase(std::int32_t table, Id id) const { run("erase", table_.erase, table, id); }

void Callbacks::check(std::int32_t status, const char* slot) const {
  if (status == CRM_OK) return;
  if (status == CRM_BUSY) throw Error(Code::busy, std::vector<Violation>{{"store.locked", 0, 0, 0, name_, slot}});
  const bool known = status > 0 && status <= static_cast<std::int32_t>(kLastCode);
  const std::string otherwise = known ? std::string(crm::name(static_cast<Code>(status))) : std::to_string(status);
  std::string text = otherwise;
  try {
    text = told_or(table_.message ? table_.message(table_.user) : nullptr, otherwise);
  } catch (...) {  // then the status is all there is to tell
  }
  failed(slot, text);
}

void Callbacks::failed(const char* slot, const std::string& text) const {
  throw Error(Code::host, std::vector<Violation>{{"store.host", 0, 0, 0, name_, std::string(slot) + ": " + text}});
}

void Callbacks::nonsense(const char* slot, std::string detail) const {
  throw Error(Code::host, std::vector<Violation>{{"store.host", 0, 0, 0, name_, std::string(slot) + " makes no sense: " + detail}});
}

HostRow Callbacks::row_of(const HostTable& table, Id id, const crm_cell* cells, const char* slot) const {
  HostRow row{id, {}};
  row.cells.reserve(table.kinds.size());
  for (const Storage kind : table.kinds) row.cells.push_back(value_of(*cells++, kind, slot));
  return row;
}

Value Callbacks::value_of(const crm_cell& cell, Storage kind, const char* slot) const {
  if (cell.kind == CRM_NULL) return {};
  if (cell.kind != static_cast<std::int32_t>(kind))
    nonsense(slot, "a cell of kind " + std::to_string(cell.kind) + " where kind " + std::to_string(static_cast<std::int32_t>(kind)) + " is kept");
  if (kind == Storage::integer) return cell.value.integer;
  if (kind == Storage::real) return std::isfinite(cell.value.real) ? Value(cell.value.real) : Value();
  if (cell.size < 0 || (cell.size > 0 && !cell.value.text)) nonsense(slot, "a text of " + std::to_string(cell.size) + " bytes at no place");
  const std::string_view text(cell.size ? cell.value.text : "", static_cast<std::size_t>(cell.size));
  if (kind == Storage::bytes) return Bytes{std::string(text)};
  return well_formed(text);
}

}  // namespace crm::host
