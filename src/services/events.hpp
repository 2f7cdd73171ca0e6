// E1-E7 over a store, for others than their doors.
#pragma once

#include "unit.hpp"

namespace crm {

/// How many different products the lines have.
std::int32_t different_products(std::span<const EventLine> lines);
/// Products outside a matrix: warned of, or refused, by policy. The host is never told.
void check_matrices(Unit& unit, const Event& event, std::span<const EventLine> lines, Warnings& warnings, std::vector<Violation>& violations);
/// New lines of the event, staged.
void stage_lines(Unit& unit, const Event& event, std::span<EventLine> lines);

/// A new event, planned or already held, checked and staged.
Warnings stage_new_event(Unit& unit, Action action, Event& event, std::span<EventLine> lines);
/// An action on an event, checked and staged; throws why not.
Transition stage_action(Unit& unit, const Event& before, Action action, ActionRequest request);
/// Another result, or other lines, of a held event: refused by `edit_held`, or taken; where it is to be verified again, `after` awaits and
/// the log tells of it.
void judge_result(Unit& unit, const Event& before, Event& after, bool lines_changed, std::vector<Violation>& violations);
/// Throws `conflict` if the event is not of that version; 0 = whatever it is.
void check_version(const Event& event, Version version);
Zone zone_of(Unit& unit, const Event& event);

}  // namespace crm
