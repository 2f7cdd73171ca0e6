// Plans, matrices, saved filters: what is set up while the house lives (M8, P2, P3, E10).
#include "deeds.hpp"

namespace crm::years {
namespace {

void draw_plan(Drawing& drawing, Step& step) {
  step.args = {drawing.one_of(drawing.users), drawing.of(3), drawing.of(60), drawing.of(3), drawing.one_in(3) ? 2 + drawing.of(kProducts - 2) : -1};
  if (drawing.one_in(2)) step.who = -1;
}
void play_plan(const Turn& turn) {
  using std::chrono::months;
  const std::chrono::year_month_day today(turn.house.today());
  const std::chrono::year_month month = today.year() / today.month() + months(turn.arg(3) - 1);
  PlanCell cell;
  cell.user = turn.the<User>(turn.arg(0));
  cell.from = Date(month / 1);
  cell.to = Date((month + months(1)) / 1);
  if (turn.arg(4) >= 0) cell.product = turn.the<Product>(turn.arg(4));
  if (turn.arg(1) == 0) cell.events = turn.arg(2);
  cell.measure = turn.arg(1) == 0 ? PlanCell::Measure::events : turn.arg(1) == 1 ? PlanCell::Measure::receipts : PlanCell::Measure::amount;
  if (turn.arg(1)) cell.amount = Money{turn.arg(2) * 10'000, Currency("RUB")};
  turn.db.set_plans({&cell, 1});
}

void draw_cell(Drawing& drawing, Step& step) {
  step.args = {drawing.one_of(drawing.users), 2 + drawing.of(kProducts - 2), drawing.of(kSpheres), drawing.of(2)};
  if (drawing.one_in(2)) step.who = -1;
}
void play_user_cell(const Turn& turn) {
  UserCell cell{{}, 0, turn.the<User>(turn.arg(0)), turn.the<Product>(turn.arg(1)), turn.the<Sphere>(turn.arg(2))};
  turn.db.save(cell);
}
void play_organisation_cell(const Turn& turn) {
  OrganisationCell cell{{}, 0, turn.the<Product>(turn.arg(1)), turn.the<Sphere>(turn.arg(2))};
  turn.db.save(cell);
}
void play_remove_cell(const Turn& turn) { turn.db.remove_organisation_cell(turn.the<Product>(turn.arg(1)), turn.the<Sphere>(turn.arg(2)), turn.arg(3) != 0); }

void draw_filter(Drawing& drawing, Step& step) { step.args[0] = drawing.of(4); }
void play_filter(const Turn& turn) {
  SavedFilter filter;
  filter.user = turn.db.actor();
  filter.name = "отбор " + std::to_string(turn.arg(0));
  filter.query = R"({"entity": "event", "where": {"field": "priority", "value": "high"}})";
  turn.db.save(filter);
}

constexpr Deed kDeeds[] = {
    {"plans for user {e0}: {2} of measure {1} in month {3}, product {4}", 6, draw_plan, play_plan},
    {"lets user {e0} follow product {1} in sphere {2}", 3, draw_cell, play_user_cell},
    {"uses product {1} in sphere {2}", 2, draw_cell, play_organisation_cell},
    {"no longer uses product {1} in sphere {2} (and takes it from users if {3})", 2, draw_cell, play_remove_cell},
    {"saves filter {0}", 2, draw_filter, play_filter},
};

}  // namespace

std::span<const Deed> deeds_of_plans() { return kDeeds; }

}  // namespace crm::years
