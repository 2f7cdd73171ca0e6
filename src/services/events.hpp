// E1-E7 over a store, for others than their doors.
#pragma once

#include "unit.hpp"

namespace crm {

/// How many different products the lines have.
std::int32_t different_products(std::span<const EventLine> lines);

/// A new event, planned or already held, checked and staged. It and its lines must live until `flush`.
Warnings stage_new_event(Unit& unit, Action action, Event& event, std::span<EventLine> lines);
/// An action on an event, checked and staged; throws why not.
Transition stage_action(Unit& unit, const Event& before, Action action, ActionRequest request);
Zone zone_of(Unit& unit, const Event& event);

}  // namespace crm
