// C10: how many stand under each node of a classifier; M7: how many companies are a user's.
#include "classifiers.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "access.hpp"
#include "crm/rules/dismissal.hpp"
#include "crm/services/filters.hpp"
#include "managers.hpp"

namespace crm {
namespace {

/// Two columns of the rows that the asker sees.
std::vector<std::pair<Id, Id>> pairs(Unit& unit, EntityNo entity, FieldNo record, FieldNo node, Filter filter) {
  Query query;
  query.entity = entity;
  query.columns = {record, node};
  query.filter = std::move(filter);
  limit(unit, query);
  std::vector<std::pair<Id, Id>> found;
  const auto cursor = unit.session.select(query);
  while (const Cell* cells = cursor->next()) found.emplace_back(cells[0].as_integer(), cells[1].as_integer());
  return found;
}

template <class E>
void add_nodes(const std::vector<E>& rows, auto name_of, std::vector<ClassifierCount>& nodes) {
  for (const E& row : rows) nodes.push_back({row.id.value, row.parent.value, name_of(row), 0});
}

}  // namespace

ClassifierPlaces placed_in(Unit& unit, const Classifier& classifier) {
  ClassifierPlaces placed;
  switch (classifier.kind) {
    case Classifier::Kind::manual:
      add_nodes(unit.list<ClassifierNode>(where::eq(ClassifierNode::kClassifier, classifier.id.value)),
                [](const ClassifierNode& n) { return n.name; }, placed.nodes);
      placed.records = pairs(unit, ClassifierPlacement::kEntity, ClassifierPlacement::kRecord, ClassifierPlacement::kNode,
                             where::eq({ClassifierPlacement::kNode, ClassifierNode::kClassifier}, classifier.id.value));
      break;
    case Classifier::Kind::characteristic: {
      const Characteristic definition = unit.load(classifier.characteristic);
      add_nodes(unit.list<DictionaryValue>(where::eq(DictionaryValue::kDictionary, definition.dictionary.value)),
                [](const DictionaryValue& v) { return v.text; }, placed.nodes);
      placed.records = pairs(unit, NumberValue::kEntity, NumberValue::kOwner, NumberValue::kValue,
                             where::all({where::eq(NumberValue::kOwnerKind, Id{definition.applies_to}),
                                         where::eq(NumberValue::kCharacteristic, definition.id.value)}));
      break;
    }
    case Classifier::Kind::sphere:
      add_nodes(unit.list<Sphere>(where::not_null(kId)), [](const Sphere& s) { return s.name; }, placed.nodes);
      placed.records = pairs(unit, CompanySphere::kEntity, CompanySphere::kCompany, CompanySphere::kSphere, where::not_null(kId));
      break;
    case Classifier::Kind::manager: {
      placed.records = pairs(unit, Assignment::kEntity, Assignment::kCompany, Assignment::kUser, where::current_main(unit.today()));
      std::set<Id> users;
      for (const auto& [company, user] : placed.records) users.insert(user);
      for (Id id : users) {
        const User user = unit.load(UserId{id});
        if (in_service(user, unit.today())) placed.nodes.push_back({id, 0, user.last_name + " " + user.first_name, 0});
      }
      break;
    }
  }
  return placed;
}

std::vector<std::pair<Id, Id>> with_nodes_above(const ClassifierPlaces& placed) {
  std::map<Id, Id> parents;
  for (const ClassifierCount& node : placed.nodes) parents.emplace(node.node, node.parent);
  std::set<std::pair<Id, Id>> found;
  for (const auto& [record, node] : placed.records)
    for (auto at = parents.find(node); at != parents.end() && found.emplace(record, at->first).second; at = parents.find(at->second)) {
    }
  return {found.begin(), found.end()};
}

RecordGroups RecordGroups::of(Unit& unit, const Classifier& classifier) {
  RecordGroups out;
  const ClassifierPlaces placed = placed_in(unit, classifier);
  for (const ClassifierCount& node : placed.nodes) out.names.emplace(node.node, node.name);
  out.places = with_nodes_above(placed);
  return out;
}

std::vector<ClassifierCount> Crm::classifier_counts(ClassifierId id) {
  return reading(*state_, [&](Unit& unit) {
    const Classifier classifier = unit.load(id);
    unit.access().check_seen({Classifier::kEntity, id.value});
    ClassifierPlaces placed = placed_in(unit, classifier);
    std::map<Id, std::int64_t> counts;
    for (const auto& [record, node] : with_nodes_above(placed)) ++counts[node];
    for (ClassifierCount& node : placed.nodes) node.count = counts[node.node];
    return placed.nodes;
  });
}

Portfolio Crm::portfolio(UserId user, Date day) {
  return reading(*state_, [&](Unit& unit) {
    const User found = unit.load(user);
    unit.access().check_above(user, "supervisor", true);
    Portfolio out;
    if (!served_on(unit, found, day)) return out;
    Aggregate count;
    count.entity = Assignment::kEntity;
    count.filter = where::all({where::eq(Assignment::kUser, user.value), where::current_on(day),
                               where::ne({Assignment::kCompany, Company::kStatus}, static_cast<Id>(Company::Status::draft))});
    count.keys = {{Assignment::kRole, {}}};
    count.measures = {{Measure::Fn::count_distinct, Assignment::kCompany}};
    for (const auto& row : unit.session.aggregate(count).rows) {
      const auto companies = to_cell(row[1]).as_integer();
      (to_cell(row[0]).as_integer() == static_cast<Id>(Assignment::Role::main) ? out.main : out.assistant) = companies;
    }
    return out;
  });
}

}  // namespace crm
