#include "checks.hpp"

#include <cmath>
#include <utility>

#include "crm/base/error.hpp"

namespace crm::memory {
namespace {

constexpr std::size_t kShown = 60;  // bytes of a value in a violation

std::string shown(const Cell& cell) {
  switch (cell.kind) {
    case Storage::null: return {};
    case Storage::integer: return std::to_string(cell.integer);
    case Storage::real: return std::to_string(cell.real);
    case Storage::bytes: return {};
    case Storage::text: break;
  }
  std::string_view text = cell.as_text();
  if (text.size() <= kShown) return std::string(text);
  std::size_t end = kShown;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;  // not inside a UTF-8 letter
  return std::string(text.substr(0, end));
}

// What is wrong with the value of one field, or nullptr.
const char* broken_rule(const Base& base, const Shelf& shelf, const FieldDef& field, const Row& row, const Cell& cell) {
  if (cell.is_null()) return field.required ? "field.required" : nullptr;
  if (cell.kind != field.kind || (cell.kind == Storage::real && std::isnan(cell.real))) return "field.type";
  if (field.refers == 0) return nullptr;
  const Shelf& target = base.shelf(field.refers);
  const bool itself = &target == &shelf && cell.integer == row.id;
  return itself || target.find(cell.integer) != nullptr ? nullptr : "ref.missing";
}

[[noreturn]] void fail(Code code, const char* rule, const Shelf& shelf, FieldNo field, const Change& change,
                       std::string value) {
  throw Error(code, {{rule, shelf.def().no, field, change.id, std::move(value), shelf.def().name}});
}

}  // namespace

const Row& expected_row(const Shelf& shelf, const Change& change) {
  const Row* row = shelf.find(change.id);
  if (row == nullptr) fail(Code::not_found, "record.not_found", shelf, kId, change, std::to_string(change.id));
  if (change.op != Do::refresh && row->version != change.version)
    fail(Code::conflict, "record.conflict", shelf, kVersion, change, std::to_string(change.version));
  return *row;
}

Row changed_row(const Base& base, const Shelf& shelf, Row row, const Change& change) {
  const EntityDef& def = shelf.def();
  const bool whole = change.op == Do::insert && change.fields.empty();
  if (change.cells.size() != (whole ? def.fields.size() : change.fields.size()))
    throw Error(Code::invalid_argument, "a change has not one cell a field");

  std::vector<Violation> violations;
  for (std::size_t i = 0; i < change.cells.size(); ++i) {
    const int place = whole ? static_cast<int>(i) : def.position(change.fields[i]);
    if (place >= 0)
      row.values[static_cast<std::size_t>(place)] = to_value(change.cells[i]);
    else
      violations.push_back({"field.unknown", def.no, change.fields[i], row.id, "", def.name});
  }
  for (std::size_t i = 0; i < def.fields.size(); ++i) {
    const Cell cell = to_cell(row.values[i]);
    if (const char* rule = broken_rule(base, shelf, def.fields[i], row, cell))
      violations.push_back({rule, def.no, def.fields[i].no, row.id, shown(cell), def.fields[i].name});
  }
  refuse_if_any(Code::invalid_argument, std::move(violations));
  return row;
}

void check_unique(const Shelf& shelf, const Row& row) {
  std::vector<Violation> violations;
  for (const Index& index : shelf.indexes())
    if (const Row* twin = index.def.unique ? shelf.twin(index, row) : nullptr)
      violations.push_back({"unique.taken", shelf.def().no, index.def.fields[0], row.id,
                            shown(cell_at(row, index.places[0])), std::to_string(twin->id)});
  refuse_if_any(Code::already_exists, std::move(violations));
}

void check_not_referenced(const Base& base, const Shelf& shelf, const Row& row) {
  const Cell key = Cell::of(row.id);
  std::vector<Violation> violations;
  for (const EntityDef& other : base.schema().entities) {
    const Shelf& referrers = base.shelf(other.no);
    for (const FieldDef& field : other.fields) {
      if (field.refers != shelf.def().no) continue;
      const Index& index = *referrers.index_of(place_of(other, field.no));
      auto [at, end] = index.equal({&key, 1});
      if (at != end && *at == &row) ++at;  // itself
      if (at != end) violations.push_back({"record.referenced", other.no, field.no, (*at)->id, shown(key), other.name});
    }
  }
  refuse_if_any(Code::refused, std::move(violations));
}

}  // namespace crm::memory
