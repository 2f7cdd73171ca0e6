#include "checks.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "crm/base/error.hpp"

namespace crm::rows {
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
const char* broken_rule(Keeper& keeper, const Shelf& shelf, const FieldDef& field, const Row& row, const Cell& cell) {
  if (cell.is_null()) return field.required ? "field.required" : nullptr;
  if (cell.kind != field.kind || (cell.kind == Storage::real && std::isnan(cell.real))) return "field.type";
  if (field.refers == 0) return nullptr;
  const Shelf& target = keeper.shelf(field.refers);
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

Row changed_row(Keeper& keeper, const Shelf& shelf, Row row, const Change& change) {
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
    if (const char* rule = broken_rule(keeper, shelf, def.fields[i], row, cell))
      violations.push_back({rule, def.no, def.fields[i].no, row.id, shown(cell), def.fields[i].name});
  }
  refuse_if_any(Code::invalid_argument, std::move(violations));
  return row;
}

namespace {

/// Whether the row has exactly these values.
bool has_all(const Row& row, std::span<const Wanted> wanted) {
  return std::ranges::all_of(wanted, [&](const Wanted& w) { return compare(cell_at(row, w.place), w.low) == 0; });
}

/// Another row with the key of `row` in a unique index, or nullptr. Nulls are different from each other.
const Row* twin(const Shelf& shelf, const IndexDef& index, const Row& row) {
  std::vector<Wanted> key;
  for (const FieldNo field : index.fields) {
    const int place = place_of(shelf.def(), field);
    key.push_back(exactly(place, cell_at(row, place)));
    if (key.back().low.is_null()) return nullptr;
  }
  for (const Row* other : shelf.candidates(key))
    if (other->id != row.id && has_all(*other, key)) return other;
  return nullptr;
}

}  // namespace

void check_unique(const Shelf& shelf, const Row& row) {
  std::vector<Violation> violations;
  for (const IndexDef& index : shelf.def().indexes)
    if (const Row* taken = index.unique ? twin(shelf, index, row) : nullptr)
      violations.push_back({"unique.taken", shelf.def().no, index.fields[0], row.id,
                            shown(cell_at(row, place_of(shelf.def(), index.fields[0]))), std::to_string(taken->id)});
  refuse_if_any(Code::already_exists, std::move(violations));
}

void check_not_referenced(Keeper& keeper, const Shelf& shelf, const Row& row) {
  const Cell key = Cell::of(row.id);
  std::vector<Violation> violations;
  for (const EntityDef& other : keeper.schema().entities) {
    for (const FieldDef& field : other.fields) {
      if (field.refers != shelf.def().no) continue;
      const Wanted reference = exactly(place_of(other, field.no), key);
      for (const Row* referrer : keeper.shelf(other.no).candidates({&reference, 1})) {
        if (!has_all(*referrer, {&reference, 1}) || (other.no == shelf.def().no && referrer->id == row.id)) continue;
        violations.push_back({"record.referenced", other.no, field.no, referrer->id, shown(key), other.name});
        break;
      }
    }
  }
  refuse_if_any(Code::refused, std::move(violations));
}

}  // namespace crm::rows
