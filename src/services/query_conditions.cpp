// Conditions of the language of queries as filters (E10).
#include "query_conditions.hpp"

#include <algorithm>

#include "crm/base/text.hpp"
#include "crm/services/filters.hpp"
#include "sizes.hpp"

namespace json = boost::json;

namespace crm {
namespace {

using Op = Filter::Op;

/// Kinds of conditions, and the members that go with them.
struct Form {
  std::string_view kind;
  std::string_view others[2];
};
constexpr Form kForms[] = {{"all", {}},
                           {"any", {}},
                           {"none", {}},
                           {"field", {"op", "value"}},
                           {"text", {}},
                           {"exists", {}},
                           {"characteristic", {"op", "value"}},
                           {"sphere", {}},
                           {"classifier", {"node"}},
                           {"classifier_node", {}},
                           {"manager", {}},
                           {"product", {}}};

const Form* form_named(std::string_view kind) {
  const auto found = std::ranges::find(kForms, kind, &Form::kind);
  return found == std::end(kForms) ? nullptr : found;
}

/// Of several kinds the first of the list; none is refused.
const Form& form_of(const JsonAt& at) {
  for (const Form& form : kForms)
    if (at->get_object().contains(form.kind)) return form;
  bad_query(at, "a condition has all, any, none, field, text, exists, characteristic, sphere, classifier, classifier_node, manager or product");
}

void check_members(const JsonAt& at, const Form& form) {
  std::string known(form.kind);
  for (const std::string_view other : form.others)
    if (!other.empty()) known.append(", ").append(other);
  for (const JsonMember& member : members_in(at)) {
    if (member.name == form.kind || (!member.name.empty() && std::ranges::find(form.others, member.name) != std::end(form.others))) continue;
    const bool second = form_named(member.name) != nullptr;
    refuse_at(member.value, Code::invalid_argument,
              {"query.bad", 0, 0, 0, shorten(member.name),
               second ? "it is a condition beside " + std::string(form.kind) + ": put both into all" : "a condition on " + known + " has no such member"});
  }
}

std::optional<Op> op_named(std::string_view name) {
  static constexpr std::pair<std::string_view, Op> kOps[] = {
      {"eq", Op::eq}, {"ne", Op::ne}, {"lt", Op::lt}, {"le", Op::le}, {"gt", Op::gt}, {"ge", Op::ge}, {"in", Op::in},
      {"is_null", Op::is_null}, {"not_null", Op::not_null}, {"contains", Op::contains}, {"starts_with", Op::starts_with}};
  for (auto [text, op] : kOps)
    if (text == name) return op;
  return {};
}

/// The reference of `inner` by which its rows lead to one of `entity`.
const FieldInfo& link_of(const EntityInfo& inner, const EntityInfo& entity, const JsonAt& at, std::string_view name) {
  if (name.find('.') != std::string_view::npos)
    bad_query(at, std::string("link is a field of ") + inner.name + " itself: what is behind it goes into where");
  const FieldInfo* const field = inner.find(name);
  if (!field && name != "id" && name != "version")
    refuse_at(at, Code::invalid_argument, {"field.unknown", inner.no, 0, 0, shorten(name), inner.name});
  const bool leads = field && (field->kind == Kind::any_reference || (field->kind == Kind::reference && field->refers == entity.no));
  if (!leads) bad_query(at, std::string("link is a field of ") + inner.name + " that leads to " + entity.name);
  return *field;
}

bool is_null(const Value& value) { return std::holds_alternative<std::monostate>(value); }

}  // namespace

Filter compared(Op op, const Path& path, std::vector<Value> values) {
  if (op == Op::eq && is_null(values[0])) return where::is_null(path);
  if (op == Op::ne && is_null(values[0])) return where::not_null(path);
  if (op == Op::in) std::erase_if(values, is_null);
  Filter out;
  out.op = op;
  out.path = path;
  out.values = std::move(values);
  return out;
}

bool asks_null(Op op, const std::vector<Value>& values) { return op == Op::in && std::ranges::any_of(values, is_null); }

Wanted Target::wanted(bool nullable) const {
  if (!field) return {};
  return {Wanted::Kind::field, entity, field, nullable};
}

Target resolve(const EntityInfo& from, std::string_view text, const JsonAt& at) {
  Target target;
  target.entity = &from;
  const auto unknown = [&] {
    refuse_at(at, Code::invalid_argument, {"field.unknown", target.entity->no, 0, 0, shorten(text), target.entity->name});
  };
  std::size_t steps = 0;
  std::string_view rest = text;
  for (auto dot = rest.find('.'); dot != std::string_view::npos; dot = rest.find('.')) {
    const FieldInfo* reference = target.entity->find(std::string(rest.substr(0, dot)) + "_id");
    if (!reference || !reference->refers || steps == target.path.via.size()) unknown();
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
  if (!target.field) unknown();
  target.path.field = target.field->no;
  return target;
}

void Conditions::read(const EntityInfo& entity, const JsonAt& at, Filter& out) {
  if (!at->is_object()) bad_query(at, "a condition is an object");
  const Form& form = form_of(at);
  if (strict_) check_members(at, form);
  const JsonAt inner = member_in(at, form.kind);
  if (form.kind == "all") return read_parts(entity, inner, Op::all, out);
  if (form.kind == "any") return read_parts(entity, inner, Op::any, out);
  if (form.kind == "none") return read_parts(entity, inner, Op::none, out);
  if (form.kind == "exists") return read_exists(entity, inner, out);
  check_conditions(unit_.limits(), ++leaves_);
  const std::size_t slots_before = parts_.slots.size();
  put(leaf(entity, form.kind, at), slots_before, at, out);
}

Conditions::Leaf Conditions::leaf(const EntityInfo& entity, std::string_view kind, const JsonAt& at) {
  if (kind == "field") return on_field(entity, at);
  if (kind == "characteristic") return on_characteristic(entity, at);
  if (kind == "classifier") return on_classifier(entity, at);
  const JsonAt inner = member_in(at, kind);
  if (kind == "text") return on_text(entity, inner);
  if (kind == "sphere") return on_sphere(entity, inner);
  if (kind == "classifier_node") return on_node(entity, inner);
  if (kind == "manager") return on_manager(entity, inner);
  return on_product(entity, inner);
}

void Conditions::read_parts(const EntityInfo& entity, const JsonAt& at, Op op, Filter& out) {
  if (!at->is_array()) bad_query(at, "an array of conditions");
  const auto conditions = elements_in(at);
  out.op = op;
  out.parts.resize(conditions.size());
  for (std::size_t i = 0; i < conditions.size(); ++i) read(entity, conditions[i], out.parts[i]);
}

void Conditions::read_exists(const EntityInfo& entity, const JsonAt& at, Filter& out) {
  if (!at->is_object()) bad_query(at, "exists has entity, link and where");
  if (strict_) only_members(at, {"entity", "link", "where"});
  const JsonAt named = member_in(at, "entity");
  const EntityInfo* inner = find_entity(text_in(named));
  if (!inner) refuse_at(named, Code::invalid_argument, {"entity.unknown", 0, 0, 0, shorten(text_in(named)), ""});
  const JsonAt link_at = member_in(at, "link");
  const std::string_view link = text_in(link_at);
  out.op = Op::exists;
  out.entity = inner->no;
  out.path = kId;
  if (strict_) {
    const FieldInfo& field = link_of(*inner, entity, link_at, link);
    out.link = field.no;
    // A record of any entity: that of the one around.
    if (field.kind == Kind::any_reference)
      out.parts.push_back(where::eq(inner->fields[static_cast<std::size_t>(inner->position(field.no)) - 1].no, Id{entity.no}));
  } else {
    out.link = resolve(*inner, link, link_at).path.field;
  }
  const json::value* where = at->get_object().if_contains("where");
  if (!where) return;
  out.parts.emplace_back();
  read(*inner, at.inside(*where), out.parts.back());
}

void Conditions::put(Leaf leaf, std::size_t slots_before, const JsonAt& at, Filter& out) {
  const bool waits = parts_.slots.size() > slots_before;
  if (!waits) out = placed(at, [&] { return leaf.make(Run{unit_.now, &unit_}); });
  if (waits || leaf.of != Leaf::Of::values) parts_.late.push_back({&out, std::move(leaf.make), leaf.of == Leaf::Of::base, at.place()});
}

Op Conditions::op_in(const JsonAt& at) const {
  const json::value* given = at->get_object().if_contains("op");
  if (!given) return Op::eq;
  const auto op = given->is_string() ? op_named(given->get_string()) : std::nullopt;
  if (!op) bad_query(at.inside(*given), "op is eq, ne, lt, le, gt, ge, in, is_null, not_null, contains or starts_with");
  return *op;
}

std::vector<Given> Conditions::values_in(const JsonAt& at, Op op, Wanted wanted) {
  const bool of_field = wanted.kind == Wanted::Kind::field || wanted.kind == Wanted::Kind::id;
  if (op == Op::is_null || op == Op::not_null) {
    const json::value* value = at->get_object().if_contains("value");
    if (strict_ && value && !value->is_null()) bad_query(at.inside(*value), "is_null and not_null take no value");
    return {};
  }
  if ((op == Op::contains || op == Op::starts_with) && !wanted.is_text() && (strict_ || of_field))
    bad_query(at, "contains and starts_with are for texts");
  wanted.nullable = wanted.kind != Wanted::Kind::id && (op == Op::eq || op == Op::ne || op == Op::in);
  const JsonAt value = member_in(at, "value");
  // Of a characteristic, one value or a list was taken whatever the op.
  const bool many = strict_ || of_field ? op == Op::in : value->is_array();
  if (!many) return {parts_.read(value, wanted, strict_)};
  if (!value->is_array()) bad_query(value, "value of in is an array");
  std::vector<Given> values;
  for (const JsonAt& one : elements_in(value)) values.push_back(parts_.read(one, wanted, strict_));
  if (values.empty() && op != Op::in) bad_query(value, "a value is needed");
  return values;
}

Conditions::Leaf Conditions::on_field(const EntityInfo& entity, const JsonAt& at) {
  const JsonAt named = member_in(at, "field");
  if (!named->is_string()) bad_query(named, "field must be a text");
  const std::string_view name = named->get_string();
  if (entity.no == Event::kEntity && name == "state") return on_state(at);
  const Target target = resolve(entity, name, named);
  const Op op = op_in(at);
  auto given = values_in(at, op, target.wanted(false));
  return {[parts = &parts_, op, path = target.path, given = std::move(given), strict = strict_](const Run&) {
    std::vector<Value> values = parts->values_of(given);
    const bool or_null = strict && asks_null(op, values);
    Filter out = compared(op, path, std::move(values));
    return or_null ? where::any({std::move(out), where::is_null(path)}) : out;
  }};
}

Conditions::Leaf Conditions::on_state(const JsonAt& at) {
  const Op op = op_in(at);
  if (op != Op::eq && op != Op::ne && op != Op::in) bad_query(at, "the op of state is eq, ne or in");
  const JsonAt value = member_in(at, "value");
  if (op == Op::in && !value->is_array()) bad_query(value, "value of in is an array");
  const Wanted wanted{Wanted::Kind::state};
  std::vector<Given> given;
  if (op != Op::in) given.push_back(parts_.read(value, wanted, strict_));
  else for (const JsonAt& one : elements_in(value)) given.push_back(parts_.read(one, wanted, strict_));
  const auto make = [parts = &parts_, op, given = std::move(given)](const Run& run) {
    std::vector<EffectiveState> states;
    for (const Value& one : parts->values_of(given)) states.push_back(static_cast<EffectiveState>(std::get<std::int64_t>(one)));
    Filter out = where::effective_state(states, run.now);
    return op == Op::ne ? where::none({std::move(out)}) : out;
  };
  return {make, Leaf::Of::clock};
}

Conditions::Leaf Conditions::on_text(const EntityInfo& entity, const JsonAt& text) {
  const FieldInfo* key = entity.find("search_key");
  if (!key) bad_query(text, "text is a text, for entities with a search key");
  const Given given = parts_.read(text, Wanted{Wanted::Kind::words}, strict_);
  return {[parts = &parts_, field = key->no, given](const Run&) {
    return where::contains(field, std::get<std::string>(parts->value_of(given)));
  }};
}

}  // namespace crm
