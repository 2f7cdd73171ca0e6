// Verification of what was held (M6).
#include "deeds.hpp"

namespace crm::years {
namespace {

void draw(Drawing& drawing, Step& step) {
  step.args[0] = drawing.event_between(20, 0).key;
  step.who = drawing.one_in(3) ? drawing.one_of(drawing.users) : drawing.of(3);  // the heads
}
void draw_resubmit(Drawing& drawing, Step& step) {
  const KnownEvent event = drawing.event_between(20, 0);
  step.args[0] = event.key;
  step.who = event.executor;
}

void act(const Turn& turn, Action action, const char* comment) {
  ActionRequest request;
  request.comment = comment;
  turn.db.act(turn.the<Event>(turn.arg(0)), 0, action, request);
}
void play_accept(const Turn& turn) { act(turn, Action::accept, ""); }
void play_return(const Turn& turn) { act(turn, Action::return_, "не то"); }
void play_resubmit(const Turn& turn) { act(turn, Action::resubmit, "исправлено"); }

constexpr Deed kDeeds[] = {
    {"accepts the event {e0}", 18, draw, play_accept},
    {"returns the event {e0}", 9, draw, play_return},
    {"resubmits the event {e0}", 9, draw_resubmit, play_resubmit},
};

}  // namespace

std::span<const Deed> deeds_of_verification() { return kDeeds; }

}  // namespace crm::years
