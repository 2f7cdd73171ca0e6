// Batches of records as JSON.
#include <map>

#include "crm/services/json_door.hpp"
#include "json_parts.hpp"

namespace json = boost::json;

namespace crm {

ExternalKey external_key(const JsonAt& given) {
  const auto part = [&](const char* name) {
    const json::value* found = given->is_object() ? given->get_object().if_contains(name) : nullptr;
    if (!found || !found->is_string()) bad_json(given, "system, kind and key of an external id");
    return std::string(found->get_string());
  };
  ExternalKey key{part("system"), part("kind"), part("key")};
  only_members(given, {"system", "kind", "key"});
  return key;
}

void resolve_external(Crm& crm, json::object& object) {
  for (auto& member : object) {
    json::value& value = member.value();
    const json::value* external = value.is_object() ? value.get_object().if_contains("$external") : nullptr;
    if (!external) continue;
    value = placed(member.key(), [&] {
      const JsonAt at(value);
      only_members(at, {"$external"});
      const ExternalKey key = external_key(at.inside(*external));
      const auto owner = crm.find_external(key.system, key.kind, key.key);
      if (!owner) refuse(Code::not_found, {"X12.unknown", ExternalId::kEntity, ExternalId::kKey, 0, key.key, key.system + "/" + key.kind});
      return owner->id;
    });
  }
}

json::value question(Crm& crm, std::string_view text, const char* what) {
  json::value given = parse_json(crm, text);
  if (!given.is_object()) bad_json(JsonAt(given), std::string(what) + ": an object");
  resolve_external(crm, given.get_object());
  return given;
}

namespace {

/// One batch of `save_json`.
class Batch {
 public:
  explicit Batch(Crm& crm) : crm_(crm) {}

  json::array save(const json::value& document) {
    if (!document.is_array()) bad_json(JsonAt(document), "an array of records");
    json::array answers;
    std::size_t number = 0;
    for (const json::value& item : document.get_array()) {
      if (!item.is_object()) bad_json(JsonAt(document).inside(item), "a record: an object");
      json::object object = item.get_object();
      try {
        answers.push_back(save_one(object));
      } catch (const Error& error) {
        std::vector<Violation> violations = error.violations();
        if (violations.empty() || document.get_array().size() == 1) throw;
        if (error.refused_by("json.place")) put_place(violations, "[" + std::to_string(number) + "]");
        violations.push_back({"json.batch", 0, 0, 0, std::to_string(number), ""});
        throw Error(error.code(), std::move(violations));
      }
      ++number;
    }
    return answers;
  }

 private:
  /// {"$ref": "name"} becomes the id that the record of that name got, {"$external": {...}} that of the record the host knows so.
  void resolve(json::object& object) {
    for (auto& member : object) {
      json::value& value = member.value();
      if (!value.is_object()) continue;
      if (const json::value* name = value.get_object().if_contains("$ref")) {
        const auto known = name->is_string() ? names_.find(std::string(name->get_string())) : names_.end();
        if (known == names_.end()) placed(member.key(), [&] { bad_json(JsonAt(value), "$ref: the \"ref\" of a record before this one"); });
        placed(member.key(), [&] { only_members(JsonAt(value), {"$ref"}); });
        value = known->second;
      }
    }
    resolve_external(crm_, object);
  }

  /// A record that the host has sent before, by its external id, is that one and not a new one.
  void find_again(json::object& object, const ExternalKey& key) {
    if (object.contains("id")) return;
    const auto owner = crm_.find_external(key.system, key.kind, key.key);
    if (!owner) return;
    const json::value* entity = object.if_contains("entity");
    if (!entity || !entity->is_string() || entity->get_string() != entity_info(owner->entity).name)
      refuse(Code::already_exists, {"X12.taken", ExternalId::kEntity, ExternalId::kKey, 0, key.key, key.system + "/" + key.kind});
    object["id"] = owner->id;
  }

  json::object take(json::object& object, const char* name) {
    json::object out;
    if (json::value* found = object.if_contains(name)) {
      placed(name, [&] { members_in(JsonAt(*found), name); });
      out = std::move(found->get_object());
      object.erase(name);
    }
    return out;
  }

  std::string take_text(json::object& object, const char* name) {
    const json::value* found = object.if_contains(name);
    if (!found) return {};
    if (!found->is_string()) placed(name, [&] { bad_json(JsonAt(*found), std::string(name) + ": a text"); });
    std::string out(found->get_string());
    object.erase(name);
    return out;
  }

  /// The stored record of that id with the members on it, or a new one.
  Record record_of(const json::object& object) {
    const json::value* id = object.if_contains("id");
    if (!id || (id->is_int64() && id->get_int64() == 0)) return record_from_json(json::serialize(object));
    const json::value* name = object.if_contains("entity");
    const EntityInfo* info = name && name->is_string() ? find_entity(std::string_view(name->get_string())) : nullptr;
    if (!info || !id->is_int64()) bad_json(JsonAt(json::value(object)), "entity and id of a record");
    Record record = crm_.load(info->no, id->get_int64());
    if (const json::value* version = object.if_contains("version")) {
      if (!version->is_int64()) placed("version", [&] { bad_json(JsonAt(*version), "version: an integer"); });
      record.row.version = version->get_int64();
    }
    std::vector<Violation> violations;
    set_fields(record, object, violations);
    refuse_if_any(Code::invalid_argument, std::move(violations));
    return record;
  }

  json::object save_one(json::object& object) {
    const std::string ref = take_text(object, "ref");
    const std::string action = take_text(object, "action");
    const json::object characteristics = take(object, "characteristics");
    std::optional<ExternalKey> external;
    if (const json::value* given = object.if_contains("external_id")) {
      external = placed("external_id", [&] { return external_key(JsonAt(*given)); });
      object.erase("external_id");
      find_again(object, *external);
    }
    json::array lines;
    if (json::value* found = object.if_contains("lines")) {
      if (!found->is_array()) placed("lines", [&] { bad_json(JsonAt(*found), "lines: an array"); });
      lines = std::move(found->get_array());
      object.erase("lines");
    }
    resolve(object);
    Record record = record_of(object);
    const Warnings warnings = record.entity() == Event::kEntity && !record.row.id
                                  ? bring_about(record, action, lines)
                                  : save_plain(record, action, lines);
    const RecordRef owner{record.entity(), record.row.id};
    for (const auto& member : characteristics)
      placed("characteristics", [&] {
        crm_.set_characteristic(owner, member.key(), placed(member.key(), [&] { return characteristic_values(JsonAt(member.value())); }));
      });
    if (external) crm_.link_external(external->system, external->kind, external->key, owner);
    if (!ref.empty()) names_[ref] = record.row.id;
    json::object answer{{"entity", record.info->name}, {"id", record.row.id}, {"version", record.row.version}};
    if (!warnings.empty()) answer["warnings"] = json::parse(violations_json(warnings, crm_.language()));
    return answer;
  }

  Warnings save_plain(Record& record, const std::string& action, const json::array& lines) {
    if (!action.empty() || !lines.empty()) bad_json(JsonAt(json::value(action)), "action and lines are for new events");
    return crm_.save(record);
  }

  EventLine line_of(const json::value& item) {
    if (!item.is_object()) bad_json(JsonAt(item), "a line: an object");
    json::object object = item.get_object();
    resolve(object);
    Record line(EventLine::kEntity);
    std::vector<Violation> violations;
    set_fields(line, object, violations);
    refuse_if_any(Code::invalid_argument, std::move(violations));
    return from_row<EventLine>(line.row);
  }

  Warnings bring_about(Record& record, const std::string& action, const json::array& given) {
    std::vector<EventLine> lines;
    for (const json::value& item : given)
      placed("lines[" + std::to_string(lines.size()) + "]", [&] { lines.push_back(line_of(item)); });
    auto event = from_row<Event>(record.row);
    if (!action.empty() && action != "plan" && action != "record") placed("action", [&] { bad_json(JsonAt(json::value(action)), "action: plan or record"); });
    const Warnings warnings = action == "record" ? crm_.record(event, lines) : crm_.plan(event, lines);
    record.row = to_row(event);
    return warnings;
  }

  Crm& crm_;
  std::map<std::string, Id> names_;
};

}  // namespace

std::string save_json(Crm& crm, std::string_view text) {
  const json::value document = parse_json(crm, text);
  Batch batch(crm);
  std::string answer;
  crm.as_one([&] { answer = json::serialize(batch.save(document)); });
  return answer;
}

}  // namespace crm
