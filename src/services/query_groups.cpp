// Conditions that hang on trees and on the day: spheres, nodes, classifiers, managers, and products (E10).
#include "access.hpp"
#include "crm/services/filters.hpp"
#include "query_conditions.hpp"

namespace crm {
namespace {

template <class E>
std::vector<IdOf<E>> with_below(Unit& unit, FieldNo parent, Id root) {
  std::vector<IdOf<E>> found;
  for (Id id : subtree_of(unit.session, E::kEntity, parent, root)) found.push_back({id});
  return found;
}

/// Where the company is, seen from a record of `entity`.
Path company_of(const EntityInfo& entity, const JsonAt& at) {
  if (entity.no == Company::kEntity) return kId;
  if (const FieldInfo* field = entity.find("company_id")) return field->no;
  refuse_at(at, Code::invalid_argument, {"query.bad", 0, 0, 0, entity.name, "records of this entity have no company"});
}

Id id_of(const QueryParts& parts, const Given& given) { return std::get<std::int64_t>(parts.value_of(given)); }

/// A node of a classifier of any kind, with those below it (C10).
Filter in_classifier(Unit& unit, const Classifier& classifier, const Path& record, Id node) {
  switch (classifier.kind) {
    case Classifier::Kind::manual:
      return where::on_nodes(record, classifier.applies_to, with_below<ClassifierNode>(unit, ClassifierNode::kParent, node));
    case Classifier::Kind::characteristic: {
      std::vector<Value> values;
      for (Id one : subtree_of(unit.session, DictionaryValue::kEntity, DictionaryValue::kParent, node)) values.emplace_back(one);
      return where::number_characteristic(record, classifier.applies_to, classifier.characteristic, Filter::Op::in, std::move(values));
    }
    case Classifier::Kind::manager:
      return where::exists(Assignment::kEntity, Assignment::kCompany, record,
                           {where::eq(Assignment::kUser, node), where::current_main(unit.today())});
    case Classifier::Kind::sphere: return where::in_spheres(record, with_below<Sphere>(unit, Sphere::kParent, node));
  }
  return {};
}

}  // namespace

Conditions::Leaf Conditions::on_sphere(const EntityInfo& entity, const JsonAt& sphere) {
  const auto make = [parts = &parts_, company = company_of(entity, sphere), given = id(sphere)](const Run& run) {
    return where::in_spheres(company, with_below<Sphere>(*run.unit, Sphere::kParent, id_of(*parts, given)));
  };
  return {make, Leaf::Of::base};
}

Conditions::Leaf Conditions::on_node(const EntityInfo& entity, const JsonAt& node) {
  const bool of_users = entity.no == User::kEntity;
  const auto make = [parts = &parts_, of_users, record = of_users ? Path(kId) : company_of(entity, node), given = id(node)](const Run& run) {
    return where::on_nodes(record, of_users ? User::kEntity : Company::kEntity,
                           with_below<ClassifierNode>(*run.unit, ClassifierNode::kParent, id_of(*parts, given)));
  };
  return {make, Leaf::Of::base};
}

Conditions::Leaf Conditions::on_classifier(const EntityInfo& entity, const JsonAt& at) {
  const Given classifier_id = id(member_in(at, "classifier"));
  const Given node = id(member_in(at, "node"));
  const bool has_company = entity.no == Company::kEntity || entity.find("company_id");
  const Path company = has_company || entity.no != User::kEntity ? company_of(entity, at) : Path();
  const auto make = [parts = &parts_, &entity, company, has_company, classifier_id, node](const Run& run) {
    const ClassifierId id{id_of(*parts, classifier_id)};
    const auto classifier = run.unit->load(id);
    run.unit->access().check_seen({Classifier::kEntity, id.value});
    const bool of_users = classifier.applies_to == User::kEntity;
    if (of_users ? entity.no != User::kEntity : !has_company)
      refuse(Code::invalid_argument, {"query.bad", 0, 0, 0, entity.name, of_users ? "a classifier of users" : "records of this entity have no company"});
    return in_classifier(*run.unit, classifier, of_users ? Path(kId) : company, id_of(*parts, node));
  };
  return {make, Leaf::Of::base};
}

Conditions::Leaf Conditions::on_manager(const EntityInfo& entity, const JsonAt& user) {
  const auto make = [parts = &parts_, company = company_of(entity, user), given = id(user)](const Run& run) {
    return where::managed_by(company, {id_of(*parts, given)}, run.unit->today());
  };
  return {make, Leaf::Of::base};
}

Conditions::Leaf Conditions::on_product(const EntityInfo& entity, const JsonAt& product) {
  if (entity.no != Event::kEntity) bad_query(product, "product is a condition on events");
  return {[parts = &parts_, given = id(product)](const Run&) { return where::has_product({id_of(*parts, given)}); }};
}

}  // namespace crm
