#include "fitted.hpp"

#include <cmath>

#include "crm/base/text.hpp"

namespace crm {
namespace {

Cell whole(double number) {
  constexpr double kLimit = 9223372036854775808.0;  // 2^63
  return number >= -kLimit && number < kLimit ? Cell::of(static_cast<std::int64_t>(number)) : Cell();
}

}  // namespace

Cell Fitting::mended(const Cell& cell, Storage wanted) {
  const bool is_text = cell.kind == Storage::text || cell.kind == Storage::bytes;
  switch (wanted) {
    case Storage::integer: return cell.kind == Storage::real ? whole(cell.real) : Cell();
    case Storage::real: return !is_text && std::isfinite(cell.as_real()) ? Cell::of(cell.as_real()) : Cell();
    case Storage::text:
      if (cell.kind == Storage::text && !first_bad_byte(cell.as_text())) return cell;
      if (is_text) return kept(well_formed(cell.as_text()));
      return kept(cell.kind == Storage::integer ? std::to_string(cell.integer) : std::to_string(cell.real));
    case Storage::bytes: return is_text ? Cell::of(cell.as_text(), Storage::bytes) : Cell();
    case Storage::null: break;
  }
  return {};
}

Storage kind_at(const Schema& schema, EntityNo entity, const Path& path) {
  const EntityDef* at = schema.find(entity);
  const auto field_of = [&](FieldNo no) -> const FieldDef* {
    const int place = at ? at->position(no) : -1;
    return place < 0 ? nullptr : &at->fields[static_cast<std::size_t>(place)];
  };
  for (const FieldNo via : path.via) {
    if (!via) break;
    const FieldDef* const reference = field_of(via);
    at = reference ? schema.find(reference->refers) : nullptr;
  }
  const FieldDef* const field = field_of(path.field);
  return field ? field->kind : Storage::integer;
}

}  // namespace crm
