#include "crm/meta/record.hpp"

#include <cmath>
#include <string>

#include "crm/base/text.hpp"
#include "crm/base/time.hpp"

namespace crm {
namespace {

constexpr std::size_t kMaxText = 1'000'000;

std::string shown(const Cell& value) {
  switch (value.kind) {
    case Storage::null: return "";
    case Storage::integer: return std::to_string(value.integer);
    case Storage::real: return std::to_string(value.real);
    case Storage::text:
    case Storage::bytes: return shorten(value.as_text());
  }
  return "";
}

/// The rule that a value of the right storage breaks, or nullptr.
const char* broken_rule(const FieldInfo& field, const Cell& value, std::string& detail) {
  switch (field.kind) {
    case Kind::text: {
      const std::string_view text = value.as_text();
      if (text.size() > kMaxText) {
        detail = std::to_string(kMaxText);
        return "field.too_long";
      }
      if (const auto bad = first_bad_byte(text)) {
        detail = std::to_string(*bad);
        return text[*bad] == '\0' ? "field.nul" : "field.utf8";
      }
      return nullptr;
    }
    case Kind::currency: {
      const std::string_view text = value.as_text();
      for (char c : text)
        if (c < 'A' || c > 'Z') return "money.currency_form";
      return text.size() == 3 ? nullptr : "money.currency_form";
    }
    case Kind::real: return std::isfinite(value.as_real()) ? nullptr : "field.range";
    case Kind::enumeration:
      if (field.values->find(value.integer)) return nullptr;
      for (const EnumValue& v : field.values->values) detail += (detail.empty() ? "" : ", ") + std::string(v.code);
      return "field.enum";
    case Kind::entity: return is_in_range(field, value) ? nullptr : "entity.unknown";
    case Kind::reference:
    case Kind::any_reference: return value.integer > 0 ? nullptr : "field.range";
    case Kind::boolean:
    case Kind::date:
    case Kind::instant: return is_in_range(field, value) ? nullptr : "field.range";
    case Kind::integer:
      return !field.narrow || value.integer == static_cast<std::int32_t>(value.integer) ? nullptr : "field.range";
    case Kind::decimal:
    case Kind::money: return nullptr;
  }
  return nullptr;
}

}  // namespace

std::optional<Violation> check_value(const EntityInfo& entity, const FieldInfo& field, const Cell& value, Id record) {
  const auto broken = [&](const char* rule, std::string detail) {
    return Violation{rule, entity.no, field.no, record, shown(value), std::move(detail)};
  };
  if (value.is_null() || (value.kind == Storage::text && value.size == 0))
    return field.has(kRequired) ? std::optional(broken("field.required", field.name)) : std::nullopt;
  const Storage wanted = storage_of(field.kind);
  if (value.kind != wanted && !(wanted == Storage::real && value.kind == Storage::integer))
    return broken("field.type", std::string(field.name) + ": " + wanted_form(field.kind));
  std::string detail;
  if (const char* rule = broken_rule(field, value, detail)) return broken(rule, detail.empty() ? field.name : detail);
  return std::nullopt;
}

bool is_in_range(const FieldInfo& field, const Cell& value) {
  const std::int64_t number = value.as_integer();
  switch (field.kind) {
    case Kind::boolean: return number == 0 || number == 1;
    case Kind::date: return number >= to_number(kFirstDate) && number <= to_number(kLastDate);
    case Kind::instant: return number >= to_number(kFirstInstant) && number <= to_number(kLastInstant);
    case Kind::entity: return number > 0 && number < 65536 && find_entity(static_cast<EntityNo>(number));
    default: return true;
  }
}

Cell Record::get(FieldNo field) const {
  if (field == kId) return Cell::of(row.id);
  if (field == kVersion) return Cell::of(row.version);
  const auto i = static_cast<std::size_t>(&info->at(field) - info->fields.data());
  return to_cell(row.values[i]);
}

void Record::set(FieldNo field, const Cell& value) {
  if (field == kId || field == kVersion)
    throw Error(Code::invalid_argument,
                {{"field.read_only", info->no, field, row.id, shown(value), field == kId ? "id" : "version"}});
  const FieldInfo& f = info->at(field);
  const bool empty = value.is_null() || (value.kind == Storage::text && value.size == 0);
  if (!empty)
    if (auto violation = check_value(*info, f, value, row.id)) throw Error(Code::invalid_argument, {*violation});
  Value& place = row.values[static_cast<std::size_t>(&f - info->fields.data())];
  if (empty) {
    place = {};
  } else if (f.kind == Kind::real) {
    place = value.as_real();
  } else {
    place = to_value(value);
  }
}

}  // namespace crm
