#include "crm/meta/json.hpp"

#include <charconv>
#include <string>

#include "crm/base/text.hpp"
#include "crm/base/money.hpp"
#include "crm/base/time.hpp"
#include "json_value.hpp"

namespace json = boost::json;

namespace crm {

json::value parse_json(std::string_view text, std::int64_t nesting) {
  boost::system::error_code error;
  json::parse_options options;
  options.max_depth = static_cast<std::size_t>(nesting);
  json::stream_parser parser({}, options);
  const std::size_t read = parser.write_some(text.data(), text.size(), error);
  if (!error) parser.finish(error);
  if (!error && text.find_first_not_of(" \t\r\n", read) != std::string_view::npos)
    error = json::make_error_code(json::error::extra_data);
  if (error == json::error::too_deep)
    throw Error(Code::invalid_argument,
                std::vector<Violation>{{"limit.nesting", 0, 0, 0, shorten(text.substr(0, read)), std::to_string(nesting)}});
  if (error)
    throw Error(Code::invalid_argument,
                std::vector<Violation>{{"json.syntax", 0, 0, 0, shorten(text.substr(std::min(read, text.size()))),
                                        std::to_string(read) + ": " + error.message()}});
  return parser.release();
}

namespace {

/// Most readers of JSON make a double of a number: an integer that it does not hold is written as a text (RFC 7493, 2.2).
constexpr std::int64_t kExact = (std::int64_t{1} << 53) - 1;

json::value json_of(std::int64_t number) {
  if (number > kExact || number < -kExact) return json::string(std::to_string(number));
  return number;
}

/// Kinds that are numbers in JSON.
bool is_number(Kind kind) {
  return kind == Kind::integer || kind == Kind::money || kind == Kind::reference || kind == Kind::any_reference;
}

std::optional<Value> parse_integer(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return {};
  return Value(number);
}

}  // namespace

json::value json_of(const EnumInfo& values, std::int64_t number) {
  const EnumValue* const value = values.find(number);
  return value ? json::value(value->code) : json_of(number);
}

namespace {

/// Of whatever kind it is.
json::value json_as_is(const Cell& cell) {
  switch (cell.kind) {
    case Storage::null: return nullptr;
    case Storage::integer: return json_of(cell.integer);
    case Storage::real: return cell.real;
    case Storage::text:
    case Storage::bytes: break;
  }
  return json::string(well_formed(cell.as_text()));
}

}  // namespace

json::value json_of(const FieldInfo& field, const Cell& cell) {
  if (cell.is_null()) return nullptr;
  if (cell.kind != storage_of(field.kind) || !is_in_range(field, cell)) return json_as_is(cell);
  switch (field.kind) {
    case Kind::text:
    case Kind::currency: return json::string(cell.as_text());
    case Kind::boolean: return cell.integer != 0;
    case Kind::real: return cell.real;
    case Kind::decimal: return json::string(to_string(Decimal{cell.integer}));
    case Kind::date: return json::string(to_string(date_of(cell.integer)));
    case Kind::instant: return json::string(to_string(instant_of(cell.integer)));
    case Kind::enumeration: return json_of(*field.values, cell.integer);
    case Kind::entity: return find_entity(static_cast<EntityNo>(cell.integer))->name;
    case Kind::integer:
    case Kind::money:
    case Kind::reference:
    case Kind::any_reference: return json_of(cell.integer);
  }
  return nullptr;
}

void append_json(std::string& out, std::string_view text) {
  static constexpr char kHex[] = "0123456789abcdef";
  out += '"';
  std::size_t from = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto c = static_cast<unsigned char>(text[at]);
    if (c >= 0x20 && c != '"' && c != '\\') continue;
    out.append(text, from, at - from);
    if (c < 0x20) {
      out += "\\u00";
      out += kHex[c >> 4];
      out += kHex[c & 15];
    } else {
      out += '\\';
      out += static_cast<char>(c);
    }
    from = at + 1;
  }
  out.append(text, from);
  out += '"';
}

void append_json(std::string& out, const FieldInfo* field, const Cell& cell) {
  if (cell.is_null()) {
    out += "null";
  } else if (cell.kind == Storage::text) {
    append_json(out, cell.as_text());
  } else if (field && field->kind == Kind::instant && is_in_range(*field, cell)) {
    append_json(out, to_string(instant_of(cell.integer)));
  } else if (field && storage_of(field->kind) == Storage::integer && !is_number(field->kind)) {
    out += json::serialize(json_of(*field, cell));
  } else if (cell.kind == Storage::bytes) {
    append_json(out, well_formed(cell.as_text()));
  } else if (cell.kind == Storage::real || cell.integer > kExact || cell.integer < -kExact) {
    out += json::serialize(json_as_is(cell));
  } else {
    char digits[24];
    out.append(digits, std::to_chars(digits, std::end(digits), cell.integer).ptr);
  }
}

namespace {

/// The value of a JSON string, where the kind has one.
std::optional<Value> from_text(const FieldInfo& field, std::string_view text) {
  const auto number = [](const auto& parsed) -> std::optional<Value> {
    if (!parsed) return {};
    return Value(to_number(*parsed));
  };
  switch (field.kind) {
    case Kind::text:
    case Kind::currency: return Value(std::string(text));
    case Kind::decimal: {
      const auto parsed = parse_decimal(text);
      return parsed ? std::optional<Value>(parsed->millionths) : std::nullopt;
    }
    case Kind::date: return number(parse_date(text));
    case Kind::instant: return number(parse_instant(text));
    case Kind::enumeration: {
      const EnumValue* value = field.values->find(text);
      return value ? std::optional<Value>(std::int64_t{value->number}) : std::nullopt;
    }
    case Kind::entity: {
      const EntityInfo* info = find_entity(text);
      return info ? std::optional<Value>(std::int64_t{info->no}) : std::nullopt;
    }
    case Kind::integer:
    case Kind::money:
    case Kind::reference:
    case Kind::any_reference: return parse_integer(text);
    default: return {};
  }
}

}  // namespace

std::optional<Violation> value_of(const EntityInfo& entity, const FieldInfo& field, const json::value& from,
                                  Value& out) {
  out = {};
  std::optional<Value> value;
  if (from.is_null()) return {};
  if (from.is_string()) {
    value = from_text(field, from.get_string());
  } else if (from.is_int64()) {
    const bool as_is = storage_of(field.kind) == Storage::integer && field.kind != Kind::boolean;
    if (as_is) value = Value(from.get_int64());
    if (field.kind == Kind::decimal) value.reset();
    if (field.kind == Kind::real) value = Value(static_cast<double>(from.get_int64()));
  } else if (from.is_double()) {
    if (field.kind == Kind::real) value = Value(from.get_double());
  } else if (from.is_bool()) {
    if (field.kind == Kind::boolean) value = Value(std::int64_t{from.get_bool()});
  }
  if (!value)
    return Violation{"json.kind", entity.no, field.no, 0, shorten(json::serialize(from)),
                     std::string(field.name) + ": " + wanted_form(field.kind)};
  out = std::move(*value);
  if (std::holds_alternative<std::string>(out) && std::get<std::string>(out).empty()) out = {};
  return {};
}

json::object json_of(const Record& record) {
  json::object object;
  object["entity"] = record.info->name;
  object["id"] = record.row.id;
  object["version"] = record.row.version;
  for (std::size_t i = 0; i < record.info->fields.size(); ++i) {
    const Cell cell = to_cell(record.row.values[i]);
    if (!cell.is_null()) object[record.info->fields[i].name] = json_of(record.info->fields[i], cell);
  }
  return object;
}

void set_fields(Record& record, const json::object& object, std::vector<Violation>& violations) {
  const EntityInfo& info = *record.info;
  for (const auto& member : object) {
    const std::string_view name = member.key();
    if (name == "entity" || name == "id" || name == "version") continue;
    const FieldInfo* field = info.find(name);
    if (!field) {
      violations.push_back({"field.unknown", info.no, 0, record.row.id, shorten(name), info.name});
      continue;
    }
    Value value;
    if (auto violation = value_of(info, *field, member.value(), value)) {
      violations.push_back(std::move(*violation));
      continue;
    }
    try {
      record.set(field->no, to_cell(value));
    } catch (const Error& error) {
      violations.insert(violations.end(), error.violations().begin(), error.violations().end());
    }
  }
}

void set_field_text(Record& record, FieldNo field, std::string_view text) {
  const FieldInfo* info = record.info->find(field);
  if (!info || storage_of(info->kind) == Storage::text) return record.set(field, Cell::of(text));
  if (text.empty()) return record.set(field, Cell());
  if (const auto parsed = from_text(*info, text)) return record.set(field, to_cell(*parsed));
  throw Error(Code::invalid_argument,
              std::vector<Violation>{{"json.kind", record.entity(), field, record.row.id, shorten(text),
                                      std::string(info->name) + ": " + wanted_form(info->kind)}});
}

std::string to_json(const Record& record) { return json::serialize(json_of(record)); }

Record record_from_json(std::string_view text) {
  const json::value parsed = parse_json(text);
  const auto wrong = [&](const char* rule, std::string value, std::string detail) {
    throw Error(Code::invalid_argument, std::vector<Violation>{{rule, 0, 0, 0, std::move(value), std::move(detail)}});
  };
  if (!parsed.is_object()) wrong("json.kind", shorten(text), "a record: an object");
  const json::object& object = parsed.get_object();
  const json::value* name = object.if_contains("entity");
  if (!name || !name->is_string()) wrong("json.kind", shorten(text), "entity: the name of an entity");
  const EntityInfo* info = find_entity(std::string_view(name->get_string()));
  if (!info) wrong("entity.unknown", shorten(name->get_string()), "");
  Record record(info->no);
  for (const char* key : {"id", "version"})
    if (const json::value* number = object.if_contains(key)) {
      if (!number->is_int64()) wrong("json.kind", shorten(json::serialize(*number)), std::string(key) + ": an integer");
      (key[0] == 'i' ? record.row.id : record.row.version) = number->get_int64();
    }
  std::vector<Violation> violations;
  set_fields(record, object, violations);
  refuse_if_any(Code::invalid_argument, std::move(violations));
  return record;
}

namespace {

const char* kind_name(Kind kind) {
  switch (kind) {
    case Kind::text: return "text";
    case Kind::integer: return "integer";
    case Kind::boolean: return "boolean";
    case Kind::real: return "real";
    case Kind::decimal: return "decimal";
    case Kind::money: return "money";
    case Kind::currency: return "currency";
    case Kind::date: return "date";
    case Kind::instant: return "instant";
    case Kind::enumeration: return "enumeration";
    case Kind::reference: return "reference";
    case Kind::entity: return "entity";
    case Kind::any_reference: return "any_reference";
  }
  return "";
}

json::object schema_of(const FieldInfo& field) {
  json::object out{{"no", field.no}, {"name", field.name}, {"kind", kind_name(field.kind)},
                   {"ru", field.ru}, {"en", field.en}};
  if (field.refers) out["refers"] = entity_info(field.refers).name;
  if (field.values) out["values"] = field.values->name;
  json::array flags;
  static constexpr std::pair<FieldFlag, const char*> kNames[] = {
      {kRequired, "required"}, {kDerived, "derived"},   {kByAction, "by_action"},
      {kPersonal, "personal"}, {kSearched, "searched"}, {kImmutable, "immutable"}};
  for (auto [flag, name] : kNames)
    if (field.has(flag)) flags.emplace_back(name);
  if (!flags.empty()) out["flags"] = std::move(flags);
  return out;
}

}  // namespace

std::string schema_json() {
  json::array out;
  for (const EntityInfo* info : entities()) {
    json::array fields;
    for (const FieldInfo& field : info->fields) fields.push_back(schema_of(field));
    out.push_back(json::object{{"no", info->no}, {"name", info->name}, {"ru", info->ru}, {"en", info->en},
                               {"fields", std::move(fields)}});
  }
  json::object enums;
  for (const EnumInfo* info : enumerations()) {
    json::array values;
    for (const EnumValue& v : info->values)
      values.push_back(json::object{{"no", v.number}, {"code", v.code}, {"ru", v.ru}, {"en", v.en}});
    enums[info->name] = std::move(values);
  }
  return json::serialize(json::object{{"entities", std::move(out)}, {"enumerations", std::move(enums)}});
}

namespace {

json::array json_of(const std::vector<Violation>& all, Language language) {
  json::array violations;
  for (const Violation& v : all) {
    const EntityInfo* info = find_entity(v.entity);
    const FieldInfo* field = info ? info->find(v.field) : nullptr;
    const char* field_name = field ? field->name : v.field == kId ? "id" : v.field == kVersion ? "version" : "";
    violations.push_back(json::object{{"rule", v.rule},
                                      {"entity", info ? info->name : ""},
                                      {"field", field_name},
                                      {"record", v.record},
                                      {"value", v.value},
                                      {"detail", v.detail},
                                      {"text", describe(v, language)}});
  }
  return violations;
}

}  // namespace

std::string to_json(const Error& error, Language language) {
  return json::serialize(json::object{{"code", name(error.code())},
                                      {"message", error.message()},
                                      {"violations", json_of(error.violations(), language)}});
}

std::string violations_json(const std::vector<Violation>& violations, Language language) {
  return json::serialize(json_of(violations, language));
}

}  // namespace crm
