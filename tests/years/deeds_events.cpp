// Meetings: planned, moved, postponed, held, cancelled, reopened, removed (E1-E7).
#include "deeds.hpp"

namespace crm::years {
namespace {

/// Mostly the executor, else the host, one of the heads or anybody.
int somebody_for(Drawing& drawing, const KnownEvent& event) {
  if (drawing.one_in(2)) return event.executor;
  if (drawing.one_in(3)) return -1;
  return drawing.one_in(2) ? drawing.of(3) : drawing.one_of(drawing.users);
}

void about(Drawing& drawing, Step& step, int back, int ahead) {
  const KnownEvent event = drawing.event_between(back, ahead);
  step.args[0] = event.key;
  step.who = somebody_for(drawing, event);
}

void draw_plan(Drawing& drawing, Step& step) {
  const int days = drawing.one_in(12) ? -drawing.of(5) : drawing.of(14);
  const int executor = drawing.one_of(drawing.users);
  step.args = {drawing.one_of(drawing.companies), drawing.of(kTypes), executor, days, 60 * (8 + drawing.of(11)) + 15 * drawing.of(4),
               drawing.one_in(4) ? -1 : 2 + drawing.of(kProducts - 2), drawing.of(4), drawing.of(12)};
  step.who = drawing.of(5) < 2 ? -1 : drawing.one_in(2) ? drawing.of(3) : executor;  // 0 to 2 are the heads
  drawing.events.push_back({drawing.key, drawing.day + days, executor});
}

Event drawn_event(const Turn& turn, std::vector<EventLine>& lines) {
  Event event;
  event.company = turn.the<Company>(turn.arg(0));
  event.type = turn.the<EventType>(turn.arg(1));
  if (turn.arg(0) < kCompanies) event.contact = turn.the<Employee>(turn.arg(0));  // a client begins with one person, of his number
  event.executor = turn.the<User>(turn.arg(2));
  event.priority = static_cast<Event::Priority>(turn.arg(6));
  event.purpose = "шаг " + std::to_string(turn.step.number);
  event.start = turn.moment(turn.arg(3), turn.arg(4));
  if (turn.arg(7) == 0) {  // all day, two days of them
    event.all_day = true;
    event.start = turn.moment(turn.arg(3), 0);
    event.end = turn.moment(turn.arg(3) + 2, 0);
  } else if (turn.arg(7) == 1) {
    event.end = turn.moment(turn.arg(3) + 3, 600);
  }
  if (turn.arg(7) == 2) event.case_key = "D" + std::to_string(turn.arg(0) % 7);
  if (turn.arg(5) < 0) {
    if (turn.arg(7) == 3) event.amount = Money{turn.step.number * 100, Currency("RUB")};
    return event;
  }
  for (int i = 0; i < (turn.arg(7) == 4 ? 2 : 1); ++i) {
    EventLine& line = lines.emplace_back();
    line.product = turn.the<Product>(2 + (turn.arg(5) - 2 + i) % (kProducts - 2));
    line.quantity = Decimal{(1 + turn.arg(6)) * Decimal::kScale};
    line.amount = Money{1000 * (1 + turn.step.number % 50), Currency(turn.arg(7) == 5 ? "USD" : "RUB")};
  }
  return event;
}

void play_plan(const Turn& turn) {
  std::vector<EventLine> lines;
  Event event = drawn_event(turn, lines);
  turn.db.plan(event, lines);
  turn.made(event.id);
}

void draw_record(Drawing& drawing, Step& step) {
  draw_plan(drawing, step);
  step.args[3] = -drawing.of(6);
  drawing.events.back().day = drawing.day + step.args[3];
}

void play_record(const Turn& turn) {
  std::vector<EventLine> lines;
  Event event = drawn_event(turn, lines);
  event.result = "состоялось";
  if (turn.arg(6)) event.outcome = turn.the<Outcome>(turn.arg(1) * kOutcomes + turn.arg(6));
  turn.db.record(event, lines);
  turn.made(event.id);
}

void act(const Turn& turn, Action action, const ActionRequest& request) {
  const auto event = turn.the<Event>(turn.arg(0));
  const bool stale = turn.arg(7) == 1;  // somebody who loaded it when it was new
  turn.db.act(event, stale ? 1 : 0, action, request);
}

void draw_move(Drawing& drawing, Step& step) {
  about(drawing, step, 10, 30);
  step.args[1] = drawing.of(12) - 1;
  step.args[2] = 60 * (8 + drawing.of(11));
  step.args[3] = drawing.of(10);
  step.args[7] = drawing.of(20);
}

void play_move(const Turn& turn) {
  ActionRequest request;
  request.start = turn.moment(turn.arg(1), turn.arg(2));
  request.end = *request.start + std::chrono::minutes(45);
  if (turn.arg(3) == 0) {
    request.all_day = true;
    request.start = turn.moment(turn.arg(1), 0);
    request.end = turn.moment(turn.arg(1) + 1, 0);
  }
  request.reason = "перенос";
  act(turn, Action::reschedule, request);
}

void draw_postpone(Drawing& drawing, Step& step) {
  about(drawing, step, 10, 30);
  step.args[1] = drawing.of(20) - 4;
}

void play_postpone(const Turn& turn) {
  ActionRequest request;
  if (turn.arg(1) >= 0) request.until = turn.day(turn.arg(1));
  request.reason = "отложили";
  act(turn, Action::postpone, request);
}

void draw_hold(Drawing& drawing, Step& step) {
  about(drawing, step, 14, drawing.one_in(5) ? 10 : 0);
  step.args[1] = drawing.of(kOutcomes + 1);
  step.args[2] = drawing.of(5);
  step.args[7] = drawing.of(20);
}

void play_hold(const Turn& turn) {
  ActionRequest request;
  request.result = turn.arg(1) ? "итог" : "";
  if (turn.arg(1)) {
    const Event event = turn.db.load(turn.the<Event>(turn.arg(0)));
    for (int type = 0; type < kTypes; ++type)
      if (turn.the<EventType>(type) == event.type) request.outcome = turn.the<Outcome>(type * kOutcomes + turn.arg(1) - 1);
  }
  if (turn.arg(2) == 0) {
    request.start = turn.house.now() - std::chrono::minutes(90);
    request.end = turn.house.now() - std::chrono::minutes(30);
  }
  act(turn, Action::hold, request);
}

ActionRequest because(const char* reason) {
  ActionRequest request;
  request.reason = reason;
  return request;
}

void draw_end(Drawing& drawing, Step& step) { about(drawing, step, 20, 20); }

void play_cancel(const Turn& turn) { act(turn, Action::cancel, because("отмена")); }
void play_reopen(const Turn& turn) {
  ActionRequest request;
  request.reason = "ошибка";
  if (turn.step.number % 2) {
    request.start = turn.moment(1, 600);
    request.end = turn.moment(1, 660);
  }
  act(turn, Action::reopen, request);
}
void play_remove(const Turn& turn) { act(turn, Action::remove, because("лишнее")); }
void play_restore(const Turn& turn) { act(turn, Action::restore, {}); }

void draw_executor(Drawing& drawing, Step& step) {
  about(drawing, step, 20, 30);
  step.args[1] = drawing.one_of(drawing.users);
}
void play_executor(const Turn& turn) {
  ActionRequest request;
  request.executor = turn.the<User>(turn.arg(1));
  act(turn, Action::change_executor, request);
}

void draw_lines(Drawing& drawing, Step& step) {
  about(drawing, step, 20, 20);
  step.args[1] = drawing.of(3);
  step.args[2] = 2 + drawing.of(kProducts - 2);
}
void play_lines(const Turn& turn) {
  std::vector<EventLine> lines;
  for (int i = 0; i < turn.arg(1); ++i) {
    EventLine& line = lines.emplace_back();
    line.product = turn.the<Product>(2 + (turn.arg(2) + i) % (kProducts - 2));
    line.amount = Money{turn.step.number * 10, Currency("RUB")};
  }
  const Event event = turn.db.load(turn.the<Event>(turn.arg(0)));
  turn.db.set_lines(event.id, event.version, lines);
}

void draw_edit(Drawing& drawing, Step& step) {
  about(drawing, step, 20, 20);
  step.args[1] = drawing.of(4);
}
void play_edit(const Turn& turn) {
  Event event = turn.db.load(turn.the<Event>(turn.arg(0)));
  switch (turn.arg(1)) {
    case 0: event.priority = static_cast<Event::Priority>(turn.step.number % 4); break;
    case 1: event.purpose = "правка " + std::to_string(turn.step.number); break;
    case 2: event.result = "итог " + std::to_string(turn.step.number); break;
    default: event.end = event.start ? std::optional(*event.start + std::chrono::minutes(20)) : std::nullopt;
  }
  turn.db.save(event);
}

void draw_watch(Drawing& drawing, Step& step) {
  about(drawing, step, 0, 20);
  step.args[1] = drawing.one_of(drawing.users);
}
void play_watch(const Turn& turn) {
  Watcher watcher{{}, 0, turn.the<Event>(turn.arg(0)), turn.the<User>(turn.arg(1))};
  turn.db.save(watcher);
}

constexpr Deed kDeeds[] = {
    {"plans an event of company {e0}, type {1}, for user {e2}, in {3} days at minute {4}, product {5}, priority {6}, kind {7}", 40, draw_plan, play_plan},
    {"records an event of company {e0}, type {1}, of user {e2}, {3} days on at minute {4}, product {5}, kind {7}", 10, draw_record, play_record},
    {"moves the event {e0} to {1} days on, minute {2} (all day if 0: {3}; stale if 1: {7})", 20, draw_move, play_move},
    {"postpones the event {e0} for {1} days", 10, draw_postpone, play_postpone},
    {"holds the event {e0} with outcome {1} (an interval of its own if 0: {2}; stale if 1: {7})", 45, draw_hold, play_hold},
    {"cancels the event {e0}", 9, draw_end, play_cancel},
    {"reopens the event {e0}", 9, draw_end, play_reopen},
    {"removes the event {e0}", 5, draw_end, play_remove},
    {"restores the event {e0}", 4, draw_end, play_restore},
    {"gives the event {e0} to user {e1}", 8, draw_executor, play_executor},
    {"gives the event {e0} {1} lines from product {2} on", 8, draw_lines, play_lines},
    {"edits the event {e0}, field {1}", 10, draw_edit, play_edit},
    {"lets user {e1} watch the event {e0}", 4, draw_watch, play_watch},
};

}  // namespace

std::span<const Deed> deeds_of_events() { return kDeeds; }

}  // namespace crm::years
