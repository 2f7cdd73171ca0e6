// Time: ticks, late, repeated and skipped; notices claimed, acknowledged, failed (E4, E12).
#include "deeds.hpp"

namespace crm::years {
namespace {

void draw_tick(Drawing& drawing, Step& step) {
  step.args[0] = drawing.one_in(5) ? 3 : 500;
  step.who = -1;
}
void play_tick(const Turn& turn) {
  const TickReport report = turn.db.tick(turn.arg(0));
  if (report.more || turn.house.unit) return;
  turn.house.ticked = turn.house.now();
  turn.house.ticked_at = turn.house.raw().read()->last_change();
}

void draw_claim(Drawing& drawing, Step& step) {
  step.args = {1 + drawing.of(40), drawing.of(5)};
  step.who = -1;
}
/// What the host shows is true when it is shown.
void play_claim(const Turn& turn) {
  for (const NoticeMessage& message : turn.db.claim_notices(turn.arg(0))) {
    const Notice& notice = message.notice;
    if (notice.kind == Notice::Kind::reminder) {
      const Event event = turn.db.load(notice.event);
      const bool open = event.state == Event::State::planned || event.state == Event::State::rescheduled;
      if (!open || event.removed) throw Broken{"claim", "notice " + std::to_string(notice.id.value) + " reminds of an event that is not open"};
    }
    if (turn.arg(1) == 0) continue;  // the host died with it
    if (turn.arg(1) == 1) {
      turn.db.fail_notice(notice.id, "нет связи");
    } else {
      turn.db.acknowledge_notice(notice.id);
    }
  }
}

void draw_upgrade(Drawing&, Step& step) { step.who = -1; }
/// All that is derived since is to be filled as if it had always been there. The handle of the turn is gone after that.
void play_upgrade(const Turn& turn) {
  if (!turn.house.unit && !turn.house.memory()) turn.house.downgrade();
}

constexpr Deed kDeeds[] = {
    {"ticks, {0} things at most", 40, draw_tick, play_tick},
    {"claims {0} notices (lost if 0, failed if 1: {1})", 20, draw_claim, play_claim, true},
    {"opens a base of the release before", 1, draw_upgrade, play_upgrade},
};

}  // namespace

std::span<const Deed> deeds_of_time() { return kDeeds; }

}  // namespace crm::years
