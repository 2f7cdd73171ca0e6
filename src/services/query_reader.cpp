// Queries from JSON (E10).
#include <algorithm>
#include <boost/json.hpp>

#include "access.hpp"
#include "crm/base/text.hpp"
#include "crm/services/filters.hpp"
#include "crm/services/json_door.hpp"
#include "meta/json_value.hpp"
#include "sizes.hpp"
#include "unit.hpp"

namespace json = boost::json;

namespace crm {
namespace {

[[noreturn]] void bad(std::string value, std::string detail) {
  refuse(Code::invalid_argument, {"query.bad", 0, 0, 0, shorten(value), std::move(detail)});
}

/// Stands where a parameter's value will be; told from real values by its kind, since no field holds bytes.
Value placeholder(std::int64_t index) { return Bytes{std::to_string(index)}; }
constexpr std::int64_t kNow = 0;

struct Target {
  Path path;
  const EntityInfo* entity = nullptr;
  const FieldInfo* field = nullptr;  // null: id or version
};

const json::value& member(const json::object& object, const char* name) {
  if (const json::value* found = object.if_contains(name)) return *found;
  bad(json::serialize(object), std::string(name) + " is missing");
}

std::string_view text_member(const json::object& object, const char* name) {
  const json::value& found = member(object, name);
  if (!found.is_string()) bad(json::serialize(object), std::string(name) + " must be a text");
  return found.get_string();
}

std::int64_t integer(const json::value& value, const char* name) {
  if (!value.is_int64()) bad(json::serialize(value), std::string(name) + " must be an integer");
  return value.get_int64();
}

/// "company.name" from an event: the name of the record that company_id leads to.
Target resolve(const EntityInfo& from, std::string_view text) {
  Target target;
  target.entity = &from;
  std::size_t steps = 0;
  std::string_view rest = text;
  for (auto dot = rest.find('.'); dot != std::string_view::npos; dot = rest.find('.')) {
    const FieldInfo* reference = target.entity->find(std::string(rest.substr(0, dot)) + "_id");
    if (!reference || !reference->refers || steps == target.path.via.size())
      refuse(Code::invalid_argument, {"field.unknown", target.entity->no, 0, 0, shorten(text), target.entity->name});
    target.path.via[steps++] = reference->no;
    target.entity = &entity_info(reference->refers);
    rest.remove_prefix(dot + 1);
  }
  if (rest == "id" || rest == "version") {
    target.path.field = rest == "id" ? kId : kVersion;
    return target;
  }
  if (target.entity->no == Event::kEntity && rest == "stored_state") rest = "state";
  target.field = target.entity->find(rest);
  if (!target.field)
    refuse(Code::invalid_argument, {"field.unknown", target.entity->no, 0, 0, shorten(text), target.entity->name});
  target.path.field = target.field->no;
  return target;
}

std::optional<Filter::Op> op_named(std::string_view name) {
  using Op = Filter::Op;
  static constexpr std::pair<std::string_view, Op> kOps[] = {
      {"eq", Op::eq}, {"ne", Op::ne}, {"lt", Op::lt}, {"le", Op::le}, {"gt", Op::gt}, {"ge", Op::ge}, {"in", Op::in},
      {"is_null", Op::is_null}, {"not_null", Op::not_null}, {"contains", Op::contains}, {"starts_with", Op::starts_with}};
  for (auto [text, op] : kOps)
    if (text == name) return op;
  return {};
}

}  // namespace

class QueryReader {
 public:
  QueryReader(PreparedQuery& out, Unit& unit) : out_(out), unit_(unit) {}

  void read(const json::value& document) {
    if (!document.is_object()) bad(json::serialize(document), "a query is an object");
    const json::object& object = document.get_object();
    for (const auto& m : object)
      if (m.key() != "entity" && m.key() != "columns" && m.key() != "where" && m.key() != "order" &&
          m.key() != "after" && m.key() != "limit" && m.key() != "offset")
        bad(m.key(), "not a part of a query");
    const std::string_view name = text_member(object, "entity");
    entity_ = find_entity(name);
    if (!entity_) refuse(Code::invalid_argument, {"entity.unknown", 0, 0, 0, shorten(name), ""});
    Query& query = out_.query_;
    query.entity = entity_->no;
    read_columns(object);
    if (const json::value* where = object.if_contains("where")) query.filter = filter(*entity_, *where);
    read_order(object);
    if (const json::value* limit = object.if_contains("limit")) query.limit = integer(*limit, "limit");
    if (const json::value* offset = object.if_contains("offset")) query.offset = integer(*offset, "offset");
    if (query.limit < 0 || query.offset < 0) bad(json::serialize(document), "limit and offset are not negative");
    check_size(unit_.limits(), query);
    if (query.filter) collect(*query.filter, *entity_);
  }

 private:
  void read_columns(const json::object& object) {
    std::vector<std::string> names;
    if (const json::value* columns = object.if_contains("columns")) {
      if (!columns->is_array()) bad(json::serialize(*columns), "columns is an array of names");
      for (const json::value& c : columns->get_array()) {
        if (!c.is_string()) bad(json::serialize(c), "a column is a name");
        names.emplace_back(c.get_string());
      }
    } else {
      names = {"id", "version"};
      for (const FieldInfo& f : entity_->fields) names.emplace_back(f.name);
    }
    for (std::string& column : names) {
      const Target target = resolve(*entity_, column);
      out_.query_.columns.push_back(target.path);
      out_.columns_.push_back({std::move(column), target.field});
    }
  }

  void read_order(const json::object& object) {
    std::vector<Target> targets;
    if (const json::value* order = object.if_contains("order")) {
      if (!order->is_array()) bad(json::serialize(*order), "order is an array of names");
      for (const json::value& o : order->get_array()) {
        if (!o.is_string()) bad(json::serialize(o), "an order is a name, with \"-\" before it for descending");
        std::string_view name = o.get_string();
        const bool descending = name.starts_with('-');
        if (descending) name.remove_prefix(1);
        targets.push_back(resolve(*entity_, name));
        out_.query_.order.push_back({targets.back().path, descending});
      }
    }
    const json::value* after = object.if_contains("after");
    if (!after || after->is_null()) return;
    if (!after->is_array() || after->get_array().size() != targets.size() + 1)
      bad(json::serialize(*after), "after holds the values of order and the id of the last row");
    for (std::size_t i = 0; i <= targets.size(); ++i)
      out_.query_.after.push_back(value(i < targets.size() ? targets[i] : Target{{kId}, entity_, nullptr},
                                        after->get_array()[i]));
  }

  /// A literal or a parameter for a field.
  Value value(const Target& target, const json::value& from) {
    if (from.is_object()) {
      const std::int64_t index = integer(member(from.get_object(), "param"), "param");
      if (index < 1 || index > 999) bad(json::serialize(from), "parameters are numbered from 1");
      return placeholder(index);
    }
    if (!target.field) return integer(from, "id");
    Value out;
    if (auto violation = value_of(*target.entity, *target.field, from, out))
      refuse(Code::invalid_argument, std::move(*violation));
    return out;
  }

  std::vector<Filter> parts(const EntityInfo& entity, const json::value& array) {
    if (!array.is_array()) bad(json::serialize(array), "an array of conditions");
    std::vector<Filter> all;
    for (const json::value& part : array.get_array()) all.push_back(filter(entity, part));
    return all;
  }

  Filter filter(const EntityInfo& entity, const json::value& condition) {
    if (!condition.is_object()) bad(json::serialize(condition), "a condition is an object");
    const json::object& object = condition.get_object();
    if (const json::value* all = object.if_contains("all")) return where::all(parts(entity, *all));
    if (const json::value* any = object.if_contains("any")) return where::any(parts(entity, *any));
    if (const json::value* none = object.if_contains("none")) return where::none(parts(entity, *none));
    if (object.contains("field")) return on_field(entity, object);
    if (const json::value* text = object.if_contains("text")) return on_text(entity, *text);
    if (const json::value* inner = object.if_contains("exists")) return on_exists(*inner);
    if (object.contains("characteristic")) return on_characteristic(entity, object);
    if (const json::value* sphere = object.if_contains("sphere")) {
      std::vector<SphereId> spheres;
      for (Id id : subtree_of(unit_.session, Sphere::kEntity, Sphere::kParent, integer(*sphere, "sphere")))
        spheres.push_back({id});
      return where::in_spheres(company_of(entity), spheres);
    }
    if (const json::value* classifier = object.if_contains("classifier"))
      return on_classifier(entity, integer(*classifier, "classifier"), integer(member(object, "node"), "node"));
    if (const json::value* node = object.if_contains("classifier_node")) {
      std::vector<ClassifierNodeId> nodes;
      for (Id id : subtree_of(unit_.session, ClassifierNode::kEntity, ClassifierNode::kParent,
                              integer(*node, "classifier_node")))
        nodes.push_back({id});
      const bool of_users = entity.no == User::kEntity;
      return where::on_nodes(of_users ? Path(kId) : company_of(entity), of_users ? User::kEntity : Company::kEntity, nodes);
    }
    if (const json::value* user = object.if_contains("manager"))
      return where::managed_by(company_of(entity), {integer(*user, "manager")}, unit_.today());
    if (const json::value* product = object.if_contains("product")) {
      if (entity.no != Event::kEntity) bad(json::serialize(condition), "product is a condition on events");
      return where::has_product({integer(*product, "product")});
    }
    bad(json::serialize(condition), "a condition has all, any, none, field, text, exists, characteristic, sphere, "
                                    "classifier, classifier_node, manager or product");
  }

  /// A node of a classifier of any kind, with those below it (C10).
  Filter on_classifier(const EntityInfo& entity, Id id, Id node) {
    const auto classifier = unit_.load(ClassifierId{id});
    unit_.access().check_seen({Classifier::kEntity, id});
    const auto below = [&](EntityNo tree, FieldNo parent) { return subtree_of(unit_.session, tree, parent, node); };
    const bool of_users = classifier.applies_to == User::kEntity;
    const Path record = of_users ? Path(kId) : company_of(entity);
    if (of_users && entity.no != User::kEntity) bad(entity.name, "a classifier of users");
    switch (classifier.kind) {
      case Classifier::Kind::manual: {
        std::vector<ClassifierNodeId> nodes;
        for (Id one : below(ClassifierNode::kEntity, ClassifierNode::kParent)) nodes.push_back({one});
        return where::on_nodes(record, classifier.applies_to, nodes);
      }
      case Classifier::Kind::characteristic: {
        std::vector<Value> values;
        for (Id one : below(DictionaryValue::kEntity, DictionaryValue::kParent)) values.emplace_back(one);
        return where::number_characteristic(record, classifier.applies_to, classifier.characteristic, Filter::Op::in, std::move(values));
      }
      case Classifier::Kind::manager:
        return where::exists(Assignment::kEntity, Assignment::kCompany, record,
                             {where::eq(Assignment::kUser, node), where::current_main(unit_.today())});
      case Classifier::Kind::sphere: {
        std::vector<SphereId> spheres;
        for (Id one : below(Sphere::kEntity, Sphere::kParent)) spheres.push_back({one});
        return where::in_spheres(record, spheres);
      }
    }
    return {};
  }

  /// Where the company is, seen from a record of `entity`.
  static Path company_of(const EntityInfo& entity) {
    if (entity.no == Company::kEntity) return kId;
    if (const FieldInfo* field = entity.find("company_id")) return field->no;
    bad(entity.name, "records of this entity have no company");
  }

  Filter on_field(const EntityInfo& entity, const json::object& object) {
    const std::string_view name = text_member(object, "field");
    if (entity.no == Event::kEntity && name == "state") return on_state(object);
    const Target target = resolve(entity, name);
    const std::string_view op_name = object.contains("op") ? text_member(object, "op") : "eq";
    const auto op = op_named(op_name);
    if (!op) bad(std::string(op_name), "op is eq, ne, lt, le, gt, ge, in, is_null, not_null, contains or starts_with");
    Filter out;
    out.op = *op;
    out.path = target.path;
    if (*op == Filter::Op::is_null || *op == Filter::Op::not_null) return out;
    if (*op == Filter::Op::in) {
      const json::value& values = member(object, "value");
      if (!values.is_array()) bad(json::serialize(object), "value of in is an array");
      for (const json::value& v : values.get_array()) out.values.push_back(value(target, v));
      return out;
    }
    out.values.push_back(value(target, member(object, "value")));
    const bool of_text = *op == Filter::Op::contains || *op == Filter::Op::starts_with;
    if (of_text && (!target.field || storage_of(target.field->kind) != Storage::text))
      bad(json::serialize(object), "contains and starts_with are for texts");
    // Null is no value to compare with; `eq null` means "not filled".
    if (std::holds_alternative<std::monostate>(out.values[0])) {
      if (*op == Filter::Op::eq) return where::is_null(target.path);
      if (*op == Filter::Op::ne) return where::not_null(target.path);
      bad(json::serialize(object), "a value is needed");
    }
    return out;
  }

  /// The effective state; its condition on the clock is renewed at every run.
  Filter on_state(const json::object& object) {
    const std::string_view op = object.contains("op") ? text_member(object, "op") : "eq";
    const json::value& given = member(object, "value");
    std::vector<EffectiveState> states;
    const auto add = [&](const json::value& v) {
      const std::string_view code = v.is_string() ? std::string_view(v.get_string()) : std::string_view();
      const EnumValue* stored = entity_info(Event::kEntity).at(Event::kState).values->find(code);
      if (!stored && code != "overdue")
        bad(json::serialize(v), "state is planned, rescheduled, postponed, held, cancelled or overdue");
      states.push_back(stored ? static_cast<EffectiveState>(stored->number) : EffectiveState::overdue);
    };
    if (op == "in" && given.is_array()) {
      for (const json::value& v : given.get_array()) add(v);
    } else if (op == "eq" || op == "ne") {
      add(given);
    } else {
      bad(json::serialize(object), "the op of state is eq, ne or in");
    }
    Filter out = where::effective_state(states, unit_.now);
    renew(out);
    return op == "ne" ? where::none({std::move(out)}) : out;
  }

  static void renew(Filter& filter) {
    if (filter.op == Filter::Op::lt) filter.values[0] = placeholder(kNow);
    for (Filter& part : filter.parts) renew(part);
  }

  Filter on_text(const EntityInfo& entity, const json::value& text) {
    const FieldInfo* key = entity.find("search_key");
    if (!key || !text.is_string()) bad(json::serialize(text), "text is a text, for entities with a search key");
    return where::contains(key->no, fold(std::string_view(text.get_string())));
  }

  Filter on_exists(const json::value& inner) {
    if (!inner.is_object()) bad(json::serialize(inner), "exists has entity, link and where");
    const json::object& object = inner.get_object();
    const std::string_view name = text_member(object, "entity");
    const EntityInfo* entity = find_entity(name);
    if (!entity) refuse(Code::invalid_argument, {"entity.unknown", 0, 0, 0, shorten(name), ""});
    const Target link = resolve(*entity, text_member(object, "link"));
    std::vector<Filter> conditions;
    if (const json::value* where = object.if_contains("where")) conditions.push_back(filter(*entity, *where));
    return where::exists(entity->no, link.path.field, kId, std::move(conditions));
  }

  Filter on_characteristic(const EntityInfo& entity, const json::object& object) {
    const std::string_view code = text_member(object, "characteristic");
    const auto found = unit_.list<Characteristic>(where::eq(Characteristic::kCode, std::string(code)));
    if (found.empty())
      refuse(Code::not_found,
             {"record.not_found", Characteristic::kEntity, Characteristic::kCode, 0, shorten(code), "characteristic"});
    const Characteristic& c = found.front();
    Path owner = kId;
    if (c.applies_to != entity.no) {
      const FieldInfo* way = entity.find(std::string(entity_info(c.applies_to).name) + "_id");
      if (!way) bad(std::string(code), "a characteristic of another entity");
      owner = way->no;
    }
    const auto op = op_named(object.contains("op") ? text_member(object, "op") : "eq");
    if (!op) bad(json::serialize(object), "unknown op");
    const json::value& given = member(object, "value");
    if (c.kind == Characteristic::Kind::text) {
      if (!given.is_string()) bad(json::serialize(object), "value is a text");
      return where::text_characteristic(owner, c.applies_to, c.id, *op, std::string_view(given.get_string()));
    }
    const auto one = [&](const json::value& v) -> Value {
      if (v.is_int64()) return v.get_int64();
      if (v.is_object()) return placeholder(integer(member(v.get_object(), "param"), "param"));
      if (v.is_string() && c.kind == Characteristic::Kind::dictionary) {
        const auto ids = unit_.ids(DictionaryValue::kEntity, kId,
                                   where::all({where::eq(DictionaryValue::kDictionary, c.dictionary.value),
                                               where::eq(DictionaryValue::kText, std::string(v.get_string()))}));
        if (!ids.empty()) return ids.front();
      }
      bad(json::serialize(v), "value is an integer as stored, or the text of a dictionary value");
    };
    std::vector<Value> values;
    if (given.is_array()) {
      for (const json::value& v : given.get_array()) values.push_back(one(v));
    } else {
      values.push_back(one(given));
    }
    return where::number_characteristic(owner, c.applies_to, c.id, *op, std::move(values));
  }

  /// Finds the placeholders once the filter stands at its final place.
  void collect(Filter& filter, const EntityInfo& entity) {
    const EntityInfo* inner = &entity;
    if (filter.op == Filter::Op::exists) inner = &entity_info(filter.entity);
    for (Value& v : filter.values) {
      const auto* mark = std::get_if<Bytes>(&v);
      if (!mark) continue;
      const auto index = std::stoi(mark->data);
      if (index == kNow) {
        out_.now_places_.push_back(&v);
      } else {
        const EntityInfo* at = &entity;
        for (FieldNo via : filter.path.via)
          if (via) at = &entity_info(at->at(via).refers);
        out_.slots_.push_back({index, at, at->find(filter.path.field), &v, false});
      }
    }
    for (Filter& part : filter.parts) collect(part, *inner);
  }

  PreparedQuery& out_;
  Unit& unit_;
  const EntityInfo* entity_ = nullptr;
};

PreparedQuery::PreparedQuery(Crm& crm, std::string_view text) {
  const json::value document = parse_json(text, std::min(crm.limits().nesting, Limits::kDeepest));
  reading(*crm.state_, [&](Unit& unit) { QueryReader(*this, unit).read(document); });
}

void check_query(Unit& unit, std::string_view text) {
  PreparedQuery query;
  QueryReader(query, unit).read(parse_json(text, std::min(unit.limits().nesting, Limits::kDeepest)));
}

}  // namespace crm
