// Batches of records and whole answers as JSON.
#include "crm/services/json_door.hpp"

#include <boost/json.hpp>
#include <map>

#include "characteristics.hpp"
#include "crm/base/text.hpp"
#include "crm/meta/json.hpp"
#include "meta/json_value.hpp"
#include "save.hpp"

namespace json = boost::json;

namespace crm {
namespace {

template <class E>
json::object json_of(const E& entity) {
  return crm::json_of(Record(entity_info(E::kEntity), to_row(entity)));
}

template <class E>
json::array json_array(const std::vector<E>& entities) {
  json::array out;
  for (const E& entity : entities) out.push_back(json_of(entity));
  return out;
}

template <class E>
json::array json_ids(const std::vector<IdOf<E>>& ids) {
  json::array out;
  for (IdOf<E> id : ids) out.push_back(id.value);
  return out;
}

json::array json_of(const std::vector<CharacteristicOf>& all, Language language) {
  json::array out;
  for (const CharacteristicOf& c : all) {
    json::array values;
    for (const Value& v : c.values) {
      const Cell cell = to_cell(v);
      values.push_back(cell.kind == Storage::text ? json::value(json::string(cell.as_text())) : json::value(cell.as_integer()));
    }
    json::array texts;
    for (const std::string& text : c.texts) texts.emplace_back(text);
    const std::string& name = language == Language::russian || c.definition.name_en.empty() ? c.definition.name_ru
                                                                                           : c.definition.name_en;
    out.push_back(json::object{{"code", c.definition.code}, {"name", name}, {"values", std::move(values)}, {"texts", std::move(texts)}});
  }
  return out;
}

/// Caption of what a criterion looks at.
std::string criterion_name(Crm& crm, const Criterion& criterion) {
  if (criterion.subject == Criterion::Subject::field) {
    const FieldInfo* field = entity_info(Company::kEntity).find(static_cast<FieldNo>(criterion.field_no));
    return field ? std::string(caption(*field, crm.language())) : "";
  }
  if (criterion.subject == Criterion::Subject::characteristic) {
    const auto definition = crm.load(criterion.characteristic);
    return crm.language() == Language::russian || definition.name_en.empty() ? definition.name_ru : definition.name_en;
  }
  return "";
}

[[noreturn]] void bad(const json::value& at, std::string detail) {
  refuse(Code::invalid_argument, {"json.kind", 0, 0, 0, shorten(json::serialize(at)), std::move(detail)});
}

/// One value or an array of them.
std::vector<Value> characteristic_values(const json::value& given) {
  std::vector<Value> values;
  const auto add = [&](const json::value& v) {
    if (v.is_string()) {
      values.emplace_back(std::string(v.get_string()));
    } else if (v.is_int64()) {
      values.emplace_back(v.get_int64());
    } else if (v.is_bool()) {
      values.emplace_back(std::int64_t{v.get_bool()});
    } else if (!v.is_null()) {
      bad(v, "a value of a characteristic: a text, an integer, true or false");
    }
  };
  if (given.is_array()) {
    for (const json::value& v : given.get_array()) add(v);
  } else {
    add(given);
  }
  return values;
}

/// One batch of `save_json`.
class Batch {
 public:
  explicit Batch(Crm& crm) : crm_(crm) {}

  json::array save(const json::value& document) {
    if (!document.is_array()) bad(document, "an array of records");
    json::array answers;
    std::size_t number = 0;
    for (const json::value& item : document.get_array()) {
      if (!item.is_object()) bad(item, "a record: an object");
      json::object object = item.get_object();
      try {
        answers.push_back(save_one(object));
      } catch (const Error& error) {
        std::vector<Violation> violations = error.violations();
        if (violations.empty() || document.get_array().size() == 1) throw;
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
        if (known == names_.end()) bad(value, "$ref: the \"ref\" of a record before this one");
        value = known->second;
      } else if (const json::value* external = value.get_object().if_contains("$external")) {
        const ExternalKey key = key_of(*external);
        const auto owner = crm_.find_external(key.system, key.kind, key.key);
        if (!owner) refuse(Code::not_found, {"X12.unknown", ExternalId::kEntity, ExternalId::kKey, 0, key.key, key.system + "/" + key.kind});
        value = owner->id;
      }
    }
  }

  struct ExternalKey {
    std::string system, kind, key;
  };

  static ExternalKey key_of(const json::value& given) {
    const auto part = [&](const char* name) {
      const json::value* found = given.is_object() ? given.get_object().if_contains(name) : nullptr;
      if (!found || !found->is_string()) bad(given, "system, kind and key of an external id");
      return std::string(found->get_string());
    };
    return {part("system"), part("kind"), part("key")};
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
      if (!found->is_object()) bad(*found, std::string(name) + ": an object");
      out = std::move(found->get_object());
      object.erase(name);
    }
    return out;
  }

  std::string take_text(json::object& object, const char* name) {
    const json::value* found = object.if_contains(name);
    if (!found) return {};
    if (!found->is_string()) bad(*found, std::string(name) + ": a text");
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
    if (!info || !id->is_int64()) bad(object, "entity and id of a record");
    Record record = crm_.load(info->no, id->get_int64());
    if (const json::value* version = object.if_contains("version")) {
      if (!version->is_int64()) bad(*version, "version: an integer");
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
      external = key_of(*given);
      object.erase("external_id");
      find_again(object, *external);
    }
    json::array lines;
    if (json::value* found = object.if_contains("lines")) {
      if (!found->is_array()) bad(*found, "lines: an array");
      lines = std::move(found->get_array());
      object.erase("lines");
    }
    resolve(object);
    Record record = record_of(object);
    const Warnings warnings = record.entity() == Event::kEntity && !record.row.id
                                  ? bring_about(record, action, lines)
                                  : save_plain(record, action, lines);
    const RecordRef owner{record.entity(), record.row.id};
    for (const auto& member : characteristics) crm_.set_characteristic(owner, member.key(), characteristic_values(member.value()));
    if (external) crm_.link_external(external->system, external->kind, external->key, owner);
    if (!ref.empty()) names_[ref] = record.row.id;
    json::object answer{{"entity", record.info->name}, {"id", record.row.id}, {"version", record.row.version}};
    if (!warnings.empty()) answer["warnings"] = json::parse(violations_json(warnings, crm_.language()));
    return answer;
  }

  Warnings save_plain(Record& record, const std::string& action, const json::array& lines) {
    if (!action.empty() || !lines.empty()) bad(json::string(action), "action and lines are for new events");
    return crm_.save(record);
  }

  Warnings bring_about(Record& record, const std::string& action, const json::array& given) {
    std::vector<EventLine> lines;
    for (const json::value& item : given) {
      if (!item.is_object()) bad(item, "a line: an object");
      json::object object = item.get_object();
      resolve(object);
      Record line(EventLine::kEntity);
      std::vector<Violation> violations;
      set_fields(line, object, violations);
      refuse_if_any(Code::invalid_argument, std::move(violations));
      lines.push_back(from_row<EventLine>(line.row));
    }
    auto event = from_row<Event>(record.row);
    if (!action.empty() && action != "plan" && action != "record") bad(json::string(action), "action: plan or record");
    const Warnings warnings = action == "record" ? crm_.record(event, lines) : crm_.plan(event, lines);
    record.row = to_row(event);
    return warnings;
  }

  Crm& crm_;
  std::map<std::string, Id> names_;
};

}  // namespace

std::string save_json(Crm& crm, std::string_view text) {
  const json::value document = parse_json(text);
  Batch batch(crm);
  if (crm.in_unit()) return json::serialize(batch.save(document));
  crm.begin();
  try {
    const json::array answers = batch.save(document);
    crm.commit();
    return json::serialize(answers);
  } catch (...) {
    if (crm.in_unit()) crm.rollback();
    throw;
  }
}

std::string card_json(Crm& crm, CompanyId company, std::int64_t last_events) {
  const Card card = crm.card(company, last_events);
  json::object out = json_of(card.company);
  out["contacts"] = json_array(card.contacts);
  json::array legal;
  for (const LegalEntityCard& l : card.legal_entities) {
    json::object one = json_of(l.legal_entity);
    one["accounts"] = json_array(l.accounts);
    legal.push_back(std::move(one));
  }
  out["legal_entities"] = std::move(legal);
  json::array people;
  for (const EmployeeCard& e : card.employees) {
    json::object one = json_of(e.employee);
    one["contacts"] = json_array(e.contacts);
    people.push_back(std::move(one));
  }
  out["employees"] = std::move(people);
  out["addresses"] = json_array(card.addresses);
  out["spheres"] = json_array(card.spheres);
  out["characteristics"] = json_of(card.characteristics, crm.language());
  json::array managers;
  for (const ManagerOf& m : card.managers) {
    json::object one = json_of(m.assignment);
    one["name"] = m.name;
    one["current"] = m.current;
    managers.push_back(std::move(one));
  }
  out["managers"] = std::move(managers);
  out["documents"] = json_array(card.documents);
  out["events"] = json_array(card.events);
  return json::serialize(out);
}

std::string completeness_json(Crm& crm, CompanyId company) {
  const Completeness c = crm.completeness(company);
  json::array missing;
  for (const Missing& m : c.missing)
    missing.push_back(json::object{
        {"criterion", criterion_key(m.criterion)},
        {"text", describe_missing(m.criterion, crm.language(), criterion_name(crm, m.criterion))},
        {"have", m.have},
        {"need", m.need},
        {"weight", m.criterion.weight},
        {"missing_weight", json::array{m.weight.numerator, m.weight.denominator}},
        {"hard", m.hard}});
  return json::serialize(json::object{{"company", company.value},
                                      {"score", c.score},
                                      {"threshold", c.threshold},
                                      {"enough", !c.is_below()},
                                      {"profile", c.profile.value},
                                      {"missing", std::move(missing)}});
}

std::string simulation_json(Crm& crm, ProfileId profile) {
  const Simulation s = crm.simulate(profile);
  json::array criteria;
  for (const auto& c : s.criteria)
    criteria.push_back(json::object{
        {"criterion", criterion_key(c.criterion)},
        {"text", describe_missing(c.criterion, crm.language(), criterion_name(crm, c.criterion))},
        {"missing", c.missing},
        {"refused", c.refused}});
  return json::serialize(json::object{{"active", s.active},
                                      {"refused", s.refused},
                                      {"below_threshold", s.below_threshold},
                                      {"hard", s.hard},
                                      {"drafts", s.drafts},
                                      {"drafts_refused", s.drafts_refused},
                                      {"criteria", std::move(criteria)}});
}

std::string contacts_json(Crm& crm, std::string_view text, std::int64_t limit) {
  json::array out;
  for (const ContactHit& hit : crm.search_contacts(text, limit))
    out.push_back(json::object{{"company_id", hit.company.value},
                               {"employee_id", hit.employee.value},
                               {"company", hit.company_name},
                               {"name", hit.name},
                               {"position", hit.position},
                               {"phone", hit.phone},
                               {"email", hit.email}});
  return json::serialize(out);
}

std::string characteristics_json(Crm& crm, RecordRef owner) {
  return json::serialize(json_of(crm.characteristics(owner), crm.language()));
}

std::string orphans_json(Crm& crm, Date day) { return json::serialize(json_ids(crm.orphans(day))); }

std::string working_days_json(Crm& crm, UserId user, const DateRange& days) {
  constexpr std::int64_t kLongest = 3653;
  if (*days.to < *days.from || to_number(*days.to) - to_number(*days.from) > kLongest)
    refuse(Code::invalid_argument, {"field.range", 0, 0, 0, to_string(*days.to), "a day up to ten years after " + to_string(*days.from)});
  const WorkingTime calendar = crm.working_time(user, days);
  const auto clock = [](std::int32_t minute) {
    const auto two = [](std::int32_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
    return two(minute / 60) + ":" + two(minute % 60);
  };
  json::array out;
  for (Date day = *days.from; day < *days.to; day += std::chrono::days(1)) {
    std::int64_t minutes = 0;
    json::array hours;
    for (const DayPart part : calendar.hours(day)) {
      minutes += part.to - part.from;
      hours.push_back(json::array{json::string(clock(part.from)), json::string(clock(part.to))});
    }
    out.push_back(json::object{{"day", to_string(day)}, {"working", minutes > 0}, {"minutes", minutes}, {"hours", std::move(hours)},
                               {"name", calendar.name(day)}});
  }
  return json::serialize(out);
}

namespace {

/// A query of the audit: {"entity", "id", "actor", "from", "to", "before", "limit"}, all of them optional.
AuditQuery audit_query(const json::value& given) {
  AuditQuery query;
  if (!given.is_object()) bad(given, "an object");
  const auto integer = [](const json::value& value) -> std::int64_t {
    if (!value.is_int64()) bad(value, "an integer");
    return value.get_int64();
  };
  const auto instant = [](const json::value& value) {
    const auto at = value.is_string() ? parse_instant(value.get_string()) : std::nullopt;
    if (!at) bad(value, "an instant, \"2026-03-02T09:00:00Z\"");
    return *at;
  };
  for (const auto& [name, value] : given.get_object()) {
    if (name == "entity") {
      if (!value.is_string()) bad(value, "the name of an entity");
      const EntityInfo* info = find_entity(value.get_string());
      if (!info) refuse(Code::invalid_argument, {"entity.unknown", 0, 0, 0, shorten(value.get_string()), ""});
      query.record.entity = info->no;
    } else if (name == "id") {
      query.record.id = integer(value);
    } else if (name == "actor") {
      query.actor = UserId{integer(value)};
    } else if (name == "from") {
      query.from = instant(value);
    } else if (name == "to") {
      query.to = instant(value);
    } else if (name == "before") {
      query.before = integer(value);
    } else if (name == "limit") {
      query.limit = integer(value);
    } else {
      bad(json::string(name), "entity, id, actor, from, to, before or limit");
    }
  }
  if ((query.record.entity == 0) != (query.record.id == 0)) bad(given, "entity and id together");
  return query;
}

}  // namespace

std::string audit_json(Crm& crm, std::string_view query) {
  static constexpr const char* kDone[] = {"", "insert", "update", "erase"};
  const AuditPage page = crm.audit(audit_query(parse_json(query)));
  json::array entries;
  for (const AuditEntry& entry : page.entries) {
    const EntityInfo& info = entity_info(entry.record.entity);
    json::array changes;
    for (const FieldChange& change : entry.changes) {
      const FieldInfo& field = info.at(change.field);
      changes.push_back(json::object{{"field", field.name}, {"from", json_of(field, to_cell(change.from))}, {"to", json_of(field, to_cell(change.to))}});
    }
    entries.push_back(json::object{{"version", entry.version}, {"at", to_string(entry.at)}, {"actor", entry.actor.value},
                                   {"done", kDone[static_cast<int>(entry.done)]}, {"entity", info.name}, {"id", entry.record.id},
                                   {"count", entry.count}, {"changes", std::move(changes)}});
  }
  return json::serialize(json::object{{"entries", std::move(entries)}, {"next", page.next ? json::value(page.next) : json::value()}});
}

std::string dismissal_json(const DismissalReport& report) {
  return json::serialize(json::object{{"ended", json_array(report.ended)},
                                      {"made", json_array(report.made)},
                                      {"orphans", json_ids(report.orphans)},
                                      {"events", json_ids(report.events)},
                                      {"subordinates", json_ids(report.subordinates)}});
}

std::string matrix_json(Crm& crm, CompanyId company, Date day) {
  json::array out;
  for (const MatrixCell& cell : crm.company_matrix(company, day))
    out.push_back(json::object{{"product_id", cell.product.value}, {"sphere_id", cell.sphere.value}});
  return json::serialize(out);
}

std::string matrix_explain_json(Crm& crm, CompanyId company, ProductId product, SphereId sphere, Date day) {
  const MatrixExplain explained = crm.explain_matrix(company, product, sphere, day);
  return json::serialize(json::object{
      {"included", explained.included},
      {"excluded_by", json::parse(violations_json(explained.excluded_by, crm.language()))},
      {"given_by", json_ids(explained.given_by)}});
}

std::string user_cells_json(const std::vector<UserCell>& cells) { return json::serialize(json_array(cells)); }

void set_characteristic_json(Crm& crm, RecordRef owner, std::string_view code, std::string_view text) {
  crm.set_characteristic(owner, code, characteristic_values(parse_json(text)));
}

}  // namespace crm
