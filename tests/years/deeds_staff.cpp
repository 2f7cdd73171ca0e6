// The staff: hired, dismissed, hired again, moved in the tree, absent; roles (M1, M2, M6, M14, X5).
#include "deeds.hpp"

namespace crm::years {
namespace {

void by_the_head(Drawing& drawing, Step& step) { step.who = drawing.one_in(4) ? drawing.one_of(drawing.users) : drawing.one_in(2) ? 0 : -1; }

void draw_hire(Drawing& drawing, Step& step) {
  by_the_head(drawing, step);
  step.args = {drawing.one_of(drawing.users), drawing.of(3)};
  drawing.users.push_back(drawing.key);
  if (drawing.users.size() > 14) drawing.users.erase(drawing.users.begin() + 3);  // who left long ago is seldom spoken of
}
void play_hire(const Turn& turn) {
  User user;
  user.last_name = "Новичков" + std::to_string(turn.step.number);
  user.login = "new" + std::to_string(turn.step.number);
  user.supervisor = turn.the<User>(turn.arg(0));
  user.hired = turn.house.today();
  turn.db.save(user);
  turn.made(user.id);
  Placement placement;
  placement.user = user.id;
  placement.department = turn.the<Department>(turn.arg(1));
  placement.from = user.hired;
  turn.db.save(placement);
}

void draw_dismiss(Drawing& drawing, Step& step) {
  by_the_head(drawing, step);
  const int days = drawing.one_in(2) ? 0 : drawing.of(12) - 3;
  const int successor = drawing.one_in(3) ? drawing.one_of(drawing.users) : -1;
  step.args = {drawing.one_of(drawing.users), days, successor, drawing.of(2)};
}
void play_dismiss(const Turn& turn) {
  const UserId successor = turn.arg(2) < 0 ? UserId{} : turn.the<User>(turn.arg(2));
  turn.db.dismiss(turn.the<User>(turn.arg(0)), turn.day(turn.arg(1)), successor, successor && turn.arg(3));
}

void draw_rehire(Drawing& drawing, Step& step) {
  by_the_head(drawing, step);
  step.args = {drawing.one_of(drawing.users), drawing.of(4)};
}
void play_rehire(const Turn& turn) { turn.db.rehire(turn.the<User>(turn.arg(0)), turn.day(turn.arg(1))); }

void draw_supervisor(Drawing& drawing, Step& step) {
  by_the_head(drawing, step);
  step.args = {drawing.one_of(drawing.users), drawing.one_in(8) ? -1 : drawing.one_of(drawing.users)};
}
void play_supervisor(const Turn& turn) {
  User user = turn.db.load(turn.the<User>(turn.arg(0)));
  user.supervisor = turn.arg(1) < 0 ? UserId{} : turn.the<User>(turn.arg(1));
  turn.db.save(user);
}

void draw_placement(Drawing& drawing, Step& step) {
  by_the_head(drawing, step);
  step.args = {drawing.one_of(drawing.users), drawing.of(3), drawing.of(5)};
}
void play_placement(const Turn& turn) {
  const auto user = turn.the<User>(turn.arg(0));
  const Date day = turn.day(turn.arg(2));
  Query now;
  now.filter = where::all({where::eq(Placement::kUser, user.value), where::is_null(Placement::kTo)});
  for (Placement& placement : turn.db.list<Placement>(now)) {
    placement.to = day;
    turn.db.save(placement);
  }
  Placement placement;
  placement.user = user;
  placement.department = turn.the<Department>(turn.arg(1));
  placement.from = day;
  turn.db.save(placement);
}

void draw_absent(Drawing& drawing, Step& step) {
  by_the_head(drawing, step);
  step.args = {drawing.one_of(drawing.users), drawing.of(20)};
}
void play_absent(const Turn& turn) {
  CalendarDay day;
  day.user = turn.the<User>(turn.arg(0));
  day.day = turn.day(turn.arg(1));
  turn.db.save(day);
}

void draw_role(Drawing& drawing, Step& step) {
  by_the_head(drawing, step);
  step.args = {drawing.one_of(drawing.users), drawing.of(5)};
}
void play_role(const Turn& turn) {
  UserRole given{{}, 0, turn.the<User>(turn.arg(0)), turn.the<Role>(turn.arg(1))};
  turn.db.save(given);
}
void play_no_role(const Turn& turn) {
  Query query;
  query.filter = where::eq(UserRole::kUser, turn.the<User>(turn.arg(0)).value);
  for (const UserRole& given : turn.db.list<UserRole>(query)) turn.db.erase(UserRole::kEntity, given.id.value, given.version);
}

constexpr Deed kDeeds[] = {
    {"hires a user below user {e0}, department {e1}", 2, draw_hire, play_hire, true},
    {"dismisses user {e0} in {1} days, for user {2} (-1: by rule; with subordinates if {3})", 3, draw_dismiss, play_dismiss},
    {"hires user {e0} again in {1} days", 10, draw_rehire, play_rehire},
    {"puts user {e0} below user {1}", 3, draw_supervisor, play_supervisor},
    {"moves user {e0} to department {e1} in {2} days", 2, draw_placement, play_placement, true},
    {"gives user {e0} a day off in {1} days", 2, draw_absent, play_absent},
    {"gives user {e0} role {e1}", 2, draw_role, play_role},
    {"takes the roles of user {e0}", 1, draw_role, play_no_role, true},
};

}  // namespace

std::span<const Deed> deeds_of_staff() { return kDeeds; }

}  // namespace crm::years
