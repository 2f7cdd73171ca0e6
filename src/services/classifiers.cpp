// C10: how many stand under each node of a classifier; M7: how many companies are a user's.
#include <algorithm>
#include <map>
#include <set>

#include "access.hpp"
#include "crm/rules/dismissal.hpp"
#include "crm/services/filters.hpp"

namespace crm {
namespace {

/// What stands where: nodes with parents, and the records placed directly on each.
struct Placed {
  std::vector<ClassifierCount> nodes;
  std::vector<std::pair<Id, Id>> records;  ///< record, node
};

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

Placed read(Unit& unit, const Classifier& classifier) {
  Placed placed;
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

}  // namespace

std::vector<ClassifierCount> Crm::classifier_counts(ClassifierId id) {
  return reading(*state_, [&](Unit& unit) {
    const Classifier classifier = unit.load(id);
    unit.access().check_seen({Classifier::kEntity, id.value});
    Placed placed = read(unit, classifier);
    std::map<Id, Id> parents;
    for (const ClassifierCount& node : placed.nodes) parents.emplace(node.node, node.parent);
    std::map<Id, std::set<Id>> below;  // each record counts once at a node, however often it stands below it
    for (const auto& [record, node] : placed.records)
      for (auto at = parents.find(node); at != parents.end() && below[at->first].insert(record).second; at = parents.find(at->second)) {
      }
    for (ClassifierCount& node : placed.nodes) node.count = std::ssize(below[node.node]);
    return placed.nodes;
  });
}

Portfolio Crm::portfolio(UserId user, Date day) {
  return reading(*state_, [&](Unit& unit) {
    const User found = unit.load(user);
    unit.access().check_above(user, "supervisor", true);
    Portfolio out;
    if (!in_service(found, day)) return out;
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
