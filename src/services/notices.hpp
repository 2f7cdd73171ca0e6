// Who is told of what: lines of the outbox, staged with the change they tell of (E4, E9, M7).
#pragma once

#include "unit.hpp"

namespace crm {

/// `event` was planned (created) or held (done): those whose role or subscription asks for it are told.
void tell_of_event(Unit& unit, Notice::Kind kind, const Event& event);
/// E6: the one who was and the one who is now.
void tell_executor_changed(Unit& unit, const Event& before, const Event& after);
/// M6: the executor, with the comment.
void tell_returned(Unit& unit, const Event& event, std::string_view comment);
/// M7.
void tell_assigned(Unit& unit, const Assignment& assignment);
/// C7: one summary for each who took over from `user`.
void tell_dismissal(Unit& unit, const User& user, std::span<const Assignment> made, std::span<const Event> events);

/// E4: makes the reminders of an event what they are to be: those of its interval while it is open, one for the morning of `until` while it
/// is postponed, else none. `event` is as it will be.
void settle_reminders(Unit& unit, const Event& event, bool is_new = false);

/// Stages a line of the outbox, to be claimed from `at` on. Nothing is made while the organisation is silent.
void stage_notice(Unit& unit, Notice notice);
/// Ends it as delivered, failed, expired or dropped.
void end_notice(Unit& unit, const Notice& notice, Notice::State state);

}  // namespace crm
