// C6: values of extra characteristics.
#include <algorithm>

#include "access.hpp"
#include "characteristics.hpp"
#include "crm/base/text.hpp"
#include "save.hpp"

namespace crm {
namespace {

[[noreturn]] void wrong(const Characteristic& definition, const char* rule, std::string value, std::string detail) {
  refuse(Code::invalid_argument, {rule, Characteristic::kEntity, Characteristic::kCode, definition.id.value,
                                  shorten(value), std::move(detail)});
}

std::string shown(const Value& value) {
  if (const auto* i = std::get_if<std::int64_t>(&value)) return std::to_string(*i);
  if (const auto* d = std::get_if<double>(&value)) return std::to_string(*d);
  if (const auto* s = std::get_if<std::string>(&value)) return shorten(*s);
  return "";
}

/// A value of the dictionary by its id or by its text; not a retired one unless it stands there already.
std::int64_t dictionary_value(Unit& unit, const Characteristic& definition, const Value& given,
                              const std::vector<std::int64_t>& standing) {
  std::optional<DictionaryValue> found;
  if (const auto* id = std::get_if<std::int64_t>(&given)) {
    found = unit.find<DictionaryValue>({*id});
  } else if (const auto* text = std::get_if<std::string>(&given)) {
    const auto all = unit.list<DictionaryValue>(where::all({where::eq(DictionaryValue::kDictionary, definition.dictionary.value),
                                                            where::eq(DictionaryValue::kText, *text)}));
    if (!all.empty()) found = all.front();
  }
  if (!found || found->dictionary != definition.dictionary)
    wrong(definition, "C6.dictionary", shown(given), definition.code);
  if (found->retired && std::ranges::find(standing, found->id.value) == standing.end())
    wrong(definition, "C6.retired", shown(given), definition.code);
  return found->id.value;
}

std::int64_t number(Unit& unit, const Characteristic& definition, const Value& given,
                    const std::vector<std::int64_t>& standing) {
  using K = Characteristic::Kind;
  const auto* i = std::get_if<std::int64_t>(&given);
  const auto* text = std::get_if<std::string>(&given);
  const auto take = [&](auto parsed, auto as_number) -> std::int64_t {
    if (!parsed) wrong(definition, "C6.kind", shown(given), definition.code);
    return as_number(*parsed);
  };
  switch (definition.kind) {
    case K::dictionary: return dictionary_value(unit, definition, given, standing);
    case K::integer:
      if (i) return *i;
      break;
    case K::decimal:
      if (i) return *i;
      if (text) return take(parse_decimal(*text), [](Decimal d) { return d.millionths; });
      break;
    case K::money:
      if (i) return *i;
      if (text) return take(parse_money(*text, unit.organisation().currency), [](const Money& m) { return m.minor; });
      break;
    case K::boolean:
      if (i && (*i == 0 || *i == 1)) return *i;
      break;
    case K::date:
      if (i) return *i;
      if (text) return take(parse_date(*text), [](Date d) { return to_number(d); });
      break;
    case K::time:
      if (i && *i >= 0 && *i < 86'400'000'000) return *i;
      break;
    case K::text: break;
  }
  wrong(definition, "C6.kind", shown(given), definition.code);
}

/// Text of a stored number for people.
std::string text_of(Unit& unit, const Characteristic& definition, std::int64_t value) {
  using K = Characteristic::Kind;
  switch (definition.kind) {
    case K::dictionary: {
      const auto found = unit.find<DictionaryValue>({value});
      return found ? found->text : std::to_string(value);
    }
    case K::decimal: return to_string(Decimal{value});
    case K::money: return to_string(Money{value, unit.organisation().currency});
    case K::boolean: return unit.language() == Language::russian ? (value ? "да" : "нет") : (value ? "yes" : "no");
    case K::date: return to_string(date_of(value));
    case K::time: {
      const auto minutes = value / 60'000'000;
      const auto two = [](std::int64_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
      return two(minutes / 60) + ":" + two(minutes % 60);
    }
    case K::integer:
    case K::text: break;
  }
  return std::to_string(value);  // also of a kind that only a later release knows
}

template <class V>
std::vector<V> values_of(Unit& unit, RecordRef owner, CharacteristicId characteristic) {
  std::vector<Filter> parts = {where::eq(V::kOwnerKind, Id{owner.entity}), where::eq(V::kOwner, owner.id)};
  if (characteristic) parts.push_back(where::eq(V::kCharacteristic, characteristic.value));
  return unit.list<V>(where::all(std::move(parts)), {{V::kCharacteristic}, {V::kOrdinal}});
}

/// Replaces stored values by `wanted`, writing only what differs.
template <class V, class T>
void replace(Unit& unit, RecordRef owner, CharacteristicId characteristic, const std::vector<V>& stored,
             const std::vector<T>& wanted) {
  for (std::size_t i = 0; i < std::max(stored.size(), wanted.size()); ++i) {
    if (i >= wanted.size()) {
      unit.erase(V::kEntity, stored[i].id.value, stored[i].version);
      continue;
    }
    V value = i < stored.size() ? stored[i] : V{};
    value.value = wanted[i];
    if constexpr (std::is_same_v<V, TextValue>) value.key = fold(value.value);
    if (i < stored.size()) {
      unit.update(stored[i], value);
    } else {
      value.owner = owner;
      value.characteristic = characteristic;
      value.ordinal = static_cast<std::int32_t>(i);
      unit.insert(value);
    }
  }
}

}  // namespace

void stage_characteristic(Unit& unit, RecordRef owner, std::string_view code, std::span<const Value> values) {
  const auto found = unit.list<Characteristic>(where::eq(Characteristic::kCode, std::string(code)));
  if (found.empty())
    refuse(Code::not_found, {"record.not_found", Characteristic::kEntity, Characteristic::kCode, 0,
                             shorten(code), "characteristic"});
  const Characteristic& definition = found.front();
  if (definition.applies_to != owner.entity)
    wrong(definition, "C6.applies", entity_info(owner.entity).name, entity_info(definition.applies_to).name);
  unit.load(owner.entity, owner.id);
  if (values.size() > 1 && !definition.many)
    wrong(definition, "C6.single", std::to_string(values.size()), definition.code);
  if (owner.entity == Company::kEntity) unit.touch({owner.id});
  if (owner.entity == Employee::kEntity) unit.touch(unit.load<Employee>({owner.id}).company);

  if (definition.kind == Characteristic::Kind::text) {
    std::vector<std::string> texts;
    for (const Value& value : values) {
      const auto* text = std::get_if<std::string>(&value);
      if (!text) wrong(definition, "C6.kind", shown(value), definition.code);
      if (auto violation = check_value(entity_info(TextValue::kEntity), entity_info(TextValue::kEntity).at(TextValue::kValue),
                                       Cell::of(std::string_view(*text)), 0))
        refuse(Code::invalid_argument, *violation);
      texts.push_back(*text);
    }
    replace<TextValue>(unit, owner, definition.id, values_of<TextValue>(unit, owner, definition.id), texts);
    return;
  }
  const auto stored = values_of<NumberValue>(unit, owner, definition.id);
  std::vector<std::int64_t> standing;
  for (const NumberValue& v : stored) standing.push_back(v.value);
  std::vector<std::int64_t> numbers;
  for (const Value& value : values) numbers.push_back(number(unit, definition, value, standing));
  replace<NumberValue>(unit, owner, definition.id, stored, numbers);
}

std::vector<CharacteristicOf> read_characteristics(Unit& unit, RecordRef owner) {
  std::vector<CharacteristicOf> all;
  const auto of = [&](CharacteristicId id) -> CharacteristicOf& {
    if (all.empty() || all.back().definition.id != id) all.push_back({unit.load(id), {}, {}});
    return all.back();
  };
  for (const NumberValue& v : values_of<NumberValue>(unit, owner, {})) {
    CharacteristicOf& c = of(v.characteristic);
    c.values.emplace_back(v.value);
    c.texts.push_back(text_of(unit, c.definition, v.value));
  }
  for (TextValue& v : values_of<TextValue>(unit, owner, {})) {
    CharacteristicOf& c = of(v.characteristic);
    c.values.emplace_back(v.value);
    c.texts.push_back(std::move(v.value));
  }
  return all;
}

void Crm::set_characteristic(RecordRef owner, std::string_view code, std::span<const Value> values) {
  writing(*state_, [&](Unit& unit) {
    unit.access().check_write_on(owner);
    unit.authorise(owner, Do::update);
    stage_characteristic(unit, owner, code, values);
  });
}

std::vector<CharacteristicOf> Crm::characteristics(RecordRef owner) {
  return reading(*state_, [&](Unit& unit) {
    unit.access().check_owner_seen(owner);
    return read_characteristics(unit, owner);
  });
}

}  // namespace crm
