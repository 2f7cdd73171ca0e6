/// Ready conditions for queries in the words of the trade (E10): they combine with those of crm/store/query.hpp.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "crm/model/entities.hpp"
#include "crm/rules/event_due.hpp"
#include "crm/store/query.hpp"

namespace crm {

class Session;

namespace where {

/// Events whose effective state at `now` is one of `states`. The effective states partition all events.
Filter effective_state(const std::vector<EffectiveState>& states, Instant now);
/// Events with a line of the product.
Filter has_product(ProductId product);
/// Records whose company (at `company`: kId of a company, Event::kCompany of an event) works in one of the spheres.
Filter in_spheres(Path company, const std::vector<SphereId>& spheres);
/// ... stands on one of the classifier nodes, by hand.
Filter on_nodes(Path record, EntityNo entity, const std::vector<ClassifierNodeId>& nodes);
/// ... has this manager on `day`.
Filter managed_by(Path company, UserId user, Date day);
/// Assignments that hold on `day`; the main ones of them.
Filter current_on(Date day);
Filter current_main(Date day);
/// The user that the rows refer to is in service on `day`.
Filter in_service(FieldNo user, Date day);
/// ... has a characteristic whose stored number satisfies `op` (eq, ne, lt, le, gt, ge or in).
Filter number_characteristic(Path owner, EntityNo entity, CharacteristicId characteristic, Filter::Op op,
                             std::vector<Value> values);
/// ... has a text characteristic with this folded text: eq, contains or starts_with.
Filter text_characteristic(Path owner, EntityNo entity, CharacteristicId characteristic, Filter::Op op,
                           std::string_view text);

}  // namespace where

/// The node and everything below it. `parent` is the field of `entity` that points up.
std::vector<Id> subtree_of(Session& session, EntityNo entity, FieldNo parent, Id root);

}  // namespace crm
