// Values in a query from JSON (E10).
#include "query_values.hpp"

#include <charconv>
#include <limits>

#include "crm/base/text.hpp"
#include "crm/rules/event_due.hpp"
#include "meta/json_value.hpp"

namespace json = boost::json;

namespace crm {
namespace {

constexpr std::int64_t kMostParameters = 999;

/// The number of an effective state; none for an unknown code.
std::optional<Value> state_named(std::string_view code) {
  const EnumValue* stored = entity_info(Event::kEntity).at(Event::kState).values->find(code);
  if (stored) return Value(std::int64_t{stored->number});
  if (code == "overdue") return Value(static_cast<std::int64_t>(EffectiveState::overdue));
  return {};
}

std::optional<std::int64_t> integer_of(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return {};
  return number;
}

const char* form_of(Wanted::Kind kind) {
  switch (kind) {
    case Wanted::Kind::state: return "state is planned, rescheduled, postponed, held, cancelled or overdue";
    case Wanted::Kind::words: return "text is a text, for entities with a search key";
    case Wanted::Kind::text: return "value is a text";
    case Wanted::Kind::number: return "value is an integer as stored";
    case Wanted::Kind::yes_or_no: return "value is true, false or an integer as stored";
    case Wanted::Kind::dictionary: return "value is an integer as stored, or the text of a dictionary value";
    case Wanted::Kind::id:
    case Wanted::Kind::record:
    case Wanted::Kind::field: break;
  }
  return "an integer";
}

/// A value of what is no field; none: it is of another kind.
std::optional<Value> value_as(Wanted::Kind kind, const Value& given) {
  const auto* number = std::get_if<std::int64_t>(&given);
  const auto* text = std::get_if<std::string>(&given);
  switch (kind) {
    case Wanted::Kind::id:
      if (number || std::holds_alternative<double>(given)) return given;
      break;
    case Wanted::Kind::record:
    case Wanted::Kind::number:
    case Wanted::Kind::yes_or_no:
      if (number) return given;
      break;
    case Wanted::Kind::dictionary:
      if (number || text) return given;
      break;
    case Wanted::Kind::state:
      if (text) return state_named(*text);
      break;
    case Wanted::Kind::words:
    case Wanted::Kind::text:
      if (text) return Value(fold(*text));
      break;
    case Wanted::Kind::field: break;
  }
  return {};
}

Value bound_to_field(std::int32_t index, Value value, const Wanted& wanted) {
  const FieldInfo& field = *wanted.field;
  const Storage storage = storage_of(field.kind);
  if (const auto* text = std::get_if<std::string>(&value); text && storage != Storage::text) {
    Value read;
    if (auto violation = value_of(*wanted.entity, field, json::string(*text), read)) refuse(Code::invalid_argument, std::move(*violation));
    value = std::move(read);
  }
  if (const auto* number = std::get_if<std::int64_t>(&value); number && storage == Storage::real) return static_cast<double>(*number);
  if (to_cell(value).kind != storage && !to_cell(value).is_null())
    refuse(Code::invalid_argument, {"field.type", wanted.entity->no, field.no, 0, std::to_string(index),
                                     std::string(field.name) + ": " + wanted_form(field.kind)});
  return value;
}

}  // namespace

void bad_query(const JsonAt& at, std::string detail) {
  refuse_at(at, Code::invalid_argument, {"query.bad", 0, 0, 0, shorten(json::serialize(*at)), std::move(detail)});
}

JsonAt member_in(const JsonAt& object, std::string_view name) {
  if (const json::value* found = object->get_object().if_contains(name)) return object.inside(*found);
  bad_query(object, std::string(name) + " is missing");
}

bool Wanted::is_text() const {
  return kind == Kind::words || kind == Kind::text || (kind == Kind::field && storage_of(field->kind) == Storage::text);
}

Value literal(const JsonAt& at, const Wanted& wanted) {
  if (at->is_null()) {
    if (!wanted.nullable) bad_query(at, "a value is needed");
    return {};
  }
  if (wanted.kind == Wanted::Kind::field) {
    Value out;
    if (auto violation = value_of(*wanted.entity, *wanted.field, *at, out)) refuse_at(at, Code::invalid_argument, std::move(*violation));
    // An empty text is one that is not filled in.
    if (std::holds_alternative<std::monostate>(out) && !wanted.nullable) bad_query(at, "a value is needed");
    return out;
  }
  Value given;
  if (at->is_int64()) given = at->get_int64();
  if (at->is_string()) given = std::string(at->get_string());
  if (at->is_bool() && wanted.kind == Wanted::Kind::yes_or_no) given = std::int64_t{at->get_bool()};
  auto value = value_as(wanted.kind, given);
  if (!value) bad_query(at, form_of(wanted.kind));
  return std::move(*value);
}

Value bound(std::int32_t index, const Value& given, const Wanted& wanted) {
  if (std::holds_alternative<std::monostate>(given)) {
    if (!wanted.nullable) refuse(Code::invalid_argument, {"query.bad", 0, 0, 0, std::to_string(index), "a value is needed"});
    return given;
  }
  if (wanted.kind == Wanted::Kind::field) return bound_to_field(index, given, wanted);
  auto value = value_as(wanted.kind, given);
  const auto* text = std::get_if<std::string>(&given);
  if (const auto number = !value && text && wanted.kind != Wanted::Kind::state ? integer_of(*text) : std::nullopt) value = *number;
  if (!value) refuse(Code::invalid_argument, {"field.type", 0, 0, 0, std::to_string(index), form_of(wanted.kind)});
  return std::move(*value);
}

std::vector<Value> QueryParts::values_of(const std::vector<Given>& given) const {
  std::vector<Value> values;
  values.reserve(given.size());
  for (const Given& one : given) values.push_back(value_of(one));
  return values;
}

Given QueryParts::read(const JsonAt& at, const Wanted& wanted, bool strict) {
  if (!at->is_object()) return {literal(at, wanted)};
  if (strict) only_members(at, {"param"});
  const JsonAt number = member_in(at, "param");
  const std::int64_t most = strict ? kMostParameters : std::numeric_limits<std::int32_t>::max();
  if (!number->is_int64() || number->get_int64() < 1 || number->get_int64() > most)
    bad_query(number, "param is an integer, 1.." + std::to_string(kMostParameters));
  slots.push_back({static_cast<std::int32_t>(number->get_int64()), wanted, {}, false});
  return {{}, slots.size() - 1};
}

}  // namespace crm
