// Conditions on extra characteristics (C6, E10).
#include "crm/base/text.hpp"
#include "crm/services/filters.hpp"
#include "query_conditions.hpp"

namespace crm {
namespace {

using Op = Filter::Op;

Wanted::Kind kind_of(Characteristic::Kind kind) {
  switch (kind) {
    case Characteristic::Kind::text: return Wanted::Kind::text;
    case Characteristic::Kind::boolean: return Wanted::Kind::yes_or_no;
    case Characteristic::Kind::dictionary: return Wanted::Kind::dictionary;
    case Characteristic::Kind::integer:
    case Characteristic::Kind::decimal:
    case Characteristic::Kind::money:
    case Characteristic::Kind::date:
    case Characteristic::Kind::time: break;
  }
  return Wanted::Kind::number;
}

Characteristic characteristic_named(Unit& unit, std::string_view code, const JsonAt& at) {
  const auto found = unit.list<Characteristic>(where::eq(Characteristic::kCode, std::string(code)));
  if (found.empty())
    refuse_at(at, Code::not_found, {"record.not_found", Characteristic::kEntity, Characteristic::kCode, 0, shorten(code), "characteristic"});
  return found.front();
}

/// Texts of dictionary values become their ids.
void look_up(Unit& unit, const Characteristic& c, std::vector<Value>& values) {
  for (Value& value : values) {
    const auto* text = std::get_if<std::string>(&value);
    if (!text) continue;
    const auto ids = unit.ids(DictionaryValue::kEntity, kId,
                              where::all({where::eq(DictionaryValue::kDictionary, c.dictionary.value), where::eq(DictionaryValue::kText, *text)}));
    if (ids.empty()) refuse(Code::invalid_argument, {"query.bad", 0, 0, 0, shorten(*text), "value is the text of a dictionary value"});
    value = ids.front();
  }
}

/// The record at `owner` has the characteristic, and a value that `on_value` holds for.
Filter has_characteristic(const Path& owner, const Characteristic& c, std::optional<Filter> on_value) {
  const auto has = [&](EntityNo values, FieldNo kind, FieldNo id, FieldNo characteristic) {
    std::vector<Filter> parts{where::eq(kind, Id{c.applies_to}), where::eq(characteristic, c.id.value)};
    if (on_value) parts.push_back(std::move(*on_value));
    return where::exists(values, id, owner, std::move(parts));
  };
  if (c.kind == Characteristic::Kind::text) return has(TextValue::kEntity, TextValue::kOwnerKind, TextValue::kOwner, TextValue::kCharacteristic);
  return has(NumberValue::kEntity, NumberValue::kOwnerKind, NumberValue::kOwner, NumberValue::kCharacteristic);
}

Filter compared_characteristic(Op op, const Path& owner, const Characteristic& c, std::vector<Value> values, bool with_null) {
  const auto has = [&](std::optional<Filter> on_value) { return has_characteristic(owner, c, std::move(on_value)); };
  const bool null = !values.empty() && std::holds_alternative<std::monostate>(values[0]);
  if (op == Op::is_null || (op == Op::eq && null)) return where::none({has({})});
  if (op == Op::not_null || (op == Op::ne && null)) return has({});
  const bool or_none = with_null && asks_null(op, values);
  const Path value = c.kind == Characteristic::Kind::text ? Path(TextValue::kKey) : Path(NumberValue::kValue);
  Filter out = has(compared(op, value, std::move(values)));
  return or_none ? where::any({std::move(out), where::none({has({})})}) : out;
}

}  // namespace

Conditions::Leaf Conditions::on_characteristic(const EntityInfo& entity, const JsonAt& at) {
  const JsonAt named = member_in(at, "characteristic");
  if (!named->is_string()) bad_query(named, "characteristic must be a text");
  const Characteristic c = characteristic_named(unit_, named->get_string(), named);
  Path owner = kId;
  if (c.applies_to != entity.no) {
    const FieldInfo* way = entity.find(std::string(entity_info(c.applies_to).name) + "_id");
    if (!way) bad_query(named, "a characteristic of another entity");
    owner = way->no;
  }
  const Op op = op_in(at);
  auto given = values_in(at, op, Wanted{kind_of(c.kind)});
  const bool by_text = c.kind == Characteristic::Kind::dictionary;
  const auto make = [parts = &parts_, op, owner, c, given = std::move(given), strict = strict_, by_text](const Run& run) {
    std::vector<Value> values = parts->values_of(given);
    if (by_text) look_up(*run.unit, c, values);
    return compared_characteristic(op, owner, c, std::move(values), strict);
  };
  return {make, by_text ? Leaf::Of::base : Leaf::Of::values};
}

}  // namespace crm
