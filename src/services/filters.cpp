#include "crm/services/filters.hpp"

#include "crm/base/text.hpp"
#include "crm/store/store.hpp"

namespace crm {
namespace where {
namespace {

std::vector<Value> numbers(const auto& ids) {
  std::vector<Value> values;
  for (const auto& id : ids) values.emplace_back(id.value);
  return values;
}

}  // namespace

Filter effective_state(const std::vector<EffectiveState>& states, Instant now) {
  const auto is_due = [&] { return lt(Event::kDueAt, to_number(now)); };
  const auto stored = [](Event::State state) { return eq(Event::kState, static_cast<Id>(state)); };
  const auto not_yet_due = [&](Event::State state) { return all({stored(state), none({is_due()})}); };
  std::vector<Filter> parts;
  for (EffectiveState state : states) {
    switch (state) {
      case EffectiveState::planned: parts.push_back(not_yet_due(Event::State::planned)); break;
      case EffectiveState::rescheduled: parts.push_back(not_yet_due(Event::State::rescheduled)); break;
      case EffectiveState::postponed: parts.push_back(not_yet_due(Event::State::postponed)); break;
      case EffectiveState::held: parts.push_back(stored(Event::State::held)); break;
      case EffectiveState::cancelled: parts.push_back(stored(Event::State::cancelled)); break;
      case EffectiveState::overdue: parts.push_back(is_due()); break;
    }
  }
  if (parts.size() == 1) return std::move(parts.front());
  return any(std::move(parts));
}

Filter has_product(ProductId product) {
  return exists(EventLine::kEntity, EventLine::kEvent, kId, {eq(EventLine::kProduct, product.value)});
}

Filter in_spheres(Path company, const std::vector<SphereId>& spheres) {
  return exists(CompanySphere::kEntity, CompanySphere::kCompany, company,
                {spheres.size() == 1 ? eq(CompanySphere::kSphere, spheres.front().value)
                                     : in(CompanySphere::kSphere, numbers(spheres))});
}

Filter on_nodes(Path record, EntityNo entity, const std::vector<ClassifierNodeId>& nodes) {
  return exists(ClassifierPlacement::kEntity, ClassifierPlacement::kRecord, record,
                {eq(ClassifierPlacement::kRecordKind, Id{entity}), in(ClassifierPlacement::kNode, numbers(nodes))});
}

Filter managed_by(Path company, UserId user, Date day) {
  return exists(Assignment::kEntity, Assignment::kCompany, company,
                {eq(Assignment::kUser, user.value), current_on(day)});
}

Filter current_on(Date day) {
  return all({le(Assignment::kFrom, to_number(day)), any({is_null(Assignment::kTo), gt(Assignment::kTo, to_number(day))})});
}

Filter current_main(Date day) {
  return all({eq(Assignment::kRole, static_cast<Id>(Assignment::Role::main)), current_on(day)});
}

Filter in_service(FieldNo user, Date day) {
  const auto within = [&](Path from, Path to) {
    return all({any({is_null(from), le(from, to_number(day))}), any({is_null(to), gt(to, to_number(day))})});
  };
  return any({within({user, User::kHired}, {user, User::kDismissed}),
              exists(Employment::kEntity, Employment::kUser, user, {within(Employment::kFrom, Employment::kTo)})});
}

Filter number_characteristic(Path owner, EntityNo entity, CharacteristicId characteristic, Filter::Op op,
                             std::vector<Value> values) {
  Filter on_value;
  on_value.op = op;
  on_value.path = NumberValue::kValue;
  on_value.values = std::move(values);
  return exists(NumberValue::kEntity, NumberValue::kOwner, owner,
                {eq(NumberValue::kOwnerKind, Id{entity}), eq(NumberValue::kCharacteristic, characteristic.value),
                 std::move(on_value)});
}

Filter text_characteristic(Path owner, EntityNo entity, CharacteristicId characteristic, Filter::Op op,
                           std::string_view text) {
  Filter on_key;
  on_key.op = op;
  on_key.path = TextValue::kKey;
  on_key.values.emplace_back(fold(text));
  return exists(TextValue::kEntity, TextValue::kOwner, owner,
                {eq(TextValue::kOwnerKind, Id{entity}), eq(TextValue::kCharacteristic, characteristic.value),
                 std::move(on_key)});
}

}  // namespace where

std::vector<Id> subtree_of(Session& session, EntityNo entity, FieldNo parent, Id root) {
  std::vector<Id> found = {root};
  for (std::size_t level = 0; level < found.size();) {
    std::vector<Value> parents;
    for (; level < found.size(); ++level) parents.emplace_back(found[level]);
    Query query;
    query.entity = entity;
    query.columns = {kId};
    query.filter = where::in(parent, std::move(parents));
    const auto cursor = session.select(query);
    while (const Cell* cells = cursor->next()) found.push_back(cells[0].integer);
  }
  return found;
}

}  // namespace crm
