// Whole answers as JSON.
#include "crm/services/json_door.hpp"

#include <boost/json.hpp>
#include <map>

#include "characteristics.hpp"
#include "crm/base/text.hpp"
#include "crm/meta/json.hpp"
#include "meta/json_value.hpp"
#include "json_parts.hpp"
#include "save.hpp"

namespace json = boost::json;

namespace crm {
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

namespace {

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

}  // namespace

/// One value or an array of them.
std::vector<Value> characteristic_values(const JsonAt& given) {
  std::vector<Value> values;
  const auto add = [&](const JsonAt& v) {
    if (v->is_string()) {
      values.emplace_back(std::string(v->get_string()));
    } else if (v->is_int64()) {
      values.emplace_back(v->get_int64());
    } else if (v->is_bool()) {
      values.emplace_back(std::int64_t{v->get_bool()});
    } else if (!v->is_null()) {
      bad_json(v, "a value of a characteristic: a text, an integer, true or false");
    }
  };
  if (given->is_array()) {
    for (const JsonAt& v : elements_in(given)) add(v);
  } else {
    add(given);
  }
  return values;
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
AuditQuery audit_query(const JsonAt& at) {
  AuditQuery query;
  for (const auto& [name, value] : members_in(at, "a question")) {
    if (name == "entity") {
      if (!value->is_string()) bad_json(value, "the name of an entity");
      const EntityInfo* info = find_entity(value->get_string());
      if (!info) refuse_at(value, Code::invalid_argument, {"entity.unknown", 0, 0, 0, shorten(value->get_string()), ""});
      query.record.entity = info->no;
    } else if (name == "id") {
      query.record.id = number_in(value);
    } else if (name == "actor") {
      query.actor = UserId{number_in(value)};
    } else if (name == "from") {
      query.from = instant_in(value);
    } else if (name == "to") {
      query.to = instant_in(value);
    } else if (name == "before") {
      query.before = number_in(value);
    } else if (name == "limit") {
      query.limit = number_in(value);
    } else {
      unknown_member({name, value}, "entity, id, actor, from, to, before or limit");
    }
  }
  if ((query.record.entity == 0) != (query.record.id == 0)) bad_json(at, "entity and id together");
  return query;
}

}  // namespace

std::string audit_json(Crm& crm, std::string_view query) {
  static constexpr const char* kDone[] = {"", "insert", "update", "erase"};
  const json::value given = parse_json(crm, query);
  const AuditPage page = crm.audit(audit_query(JsonAt(given)));
  json::array entries;
  for (const AuditEntry& entry : page.entries) {
    const EntityInfo* const info = find_entity(entry.record.entity);
    const auto done = static_cast<std::size_t>(entry.done);
    json::array changes;
    for (const FieldChange& change : entry.changes) {
      const FieldInfo& field = info->at(change.field);
      changes.push_back(json::object{{"field", field.name}, {"from", json_of(field, to_cell(change.from))}, {"to", json_of(field, to_cell(change.to))}});
    }
    entries.push_back(json::object{{"version", entry.version}, {"at", to_string(entry.at)}, {"actor", entry.actor.value},
                                   {"done", done < std::size(kDone) ? json::value(kDone[done]) : json::value(done)},
                                   {"entity", info ? json::value(info->name) : json::value(entry.record.entity)}, {"id", entry.record.id},
                                   {"count", entry.count}, {"changes", std::move(changes)}});
  }
  return json::serialize(json::object{{"entries", std::move(entries)}, {"next", page.next ? json::value(page.next) : json::value()}});
}

std::string dismissal_json(const DismissalReport& report) {
  json::object out{{"ended", json_array(report.ended)},
                   {"made", json_array(report.made)},
                   {"orphans", json_ids(report.orphans)},
                   {"events", json_ids(report.events)},
                   {"subordinates", json_ids(report.subordinates)},
                   {"plan_cells", json_ids(report.plan_cells)}};
  if (report.planned_for) out["planned_for"] = to_string(*report.planned_for);
  return json::serialize(out);
}

std::string classifier_counts_json(const std::vector<ClassifierCount>& counts) {
  json::array out;
  for (const ClassifierCount& c : counts) {
    json::object one{{"node", c.node}, {"name", c.name}, {"count", c.count}};
    if (c.parent) one["parent"] = c.parent;
    out.push_back(std::move(one));
  }
  return json::serialize(out);
}

std::string portfolio_json(const Portfolio& portfolio) {
  return json::serialize(json::object{{"main", portfolio.main}, {"assistant", portfolio.assistant}});
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
  const json::value given = parse_json(crm, text);
  crm.set_characteristic(owner, code, characteristic_values(JsonAt(given)));
}

}  // namespace crm
