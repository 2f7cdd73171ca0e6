// Client cards: companies, people, contacts, requisites, spheres, managers, characteristics, classes (C1-C10).
#include <algorithm>

#include "deeds.hpp"

namespace crm::years {
namespace {

void draw_company(Drawing& drawing, Step& step) {
  step.args[0] = drawing.of(3);
  drawing.companies.push_back(drawing.key);
}
void play_company(const Turn& turn) {
  Company company;
  company.name = (turn.arg(0) ? "Новый клиент " : "Ёлочка-") + std::to_string(turn.step.number);
  company.status = turn.arg(0) == 1 ? Company::Status::draft : Company::Status::active;
  turn.db.save(company);
  turn.made(company.id);
}

void draw_status(Drawing& drawing, Step& step) { step.args[0] = drawing.one_of(drawing.companies); }
void play_activate(const Turn& turn) { turn.db.activate(turn.the<Company>(turn.arg(0))); }
void play_archive(const Turn& turn) { turn.db.archive(turn.the<Company>(turn.arg(0))); }

void play_rename(const Turn& turn) {
  Company company = turn.db.load(turn.the<Company>(turn.arg(0)));
  company.name = "Имя «" + std::to_string(turn.step.number) + "»";
  turn.db.save(company);
}

void draw_employee(Drawing& drawing, Step& step) {
  step.args[0] = drawing.one_of(drawing.companies);
  drawing.employees.push_back(drawing.key);
}
void play_employee(const Turn& turn) {
  Employee employee;
  employee.company = turn.the<Company>(turn.arg(0));
  employee.last_name = "Персонин" + std::to_string(turn.step.number);
  employee.first_name = turn.step.number % 2 ? "Пётр" : "Анна";
  turn.db.save(employee);
  turn.made(employee.id);
}
void draw_leaves(Drawing& drawing, Step& step) { step.args[0] = drawing.one_of(drawing.employees); }
void play_leaves(const Turn& turn) {
  Employee employee = turn.db.load(turn.the<Employee>(turn.arg(0)));
  employee.left_on = employee.left_on ? std::nullopt : std::optional(turn.house.today());
  turn.db.save(employee);
}

void draw_contact(Drawing& drawing, Step& step) {
  step.args[0] = drawing.of(2);
  step.args[1] = step.args[0] ? drawing.one_of(drawing.companies) : drawing.one_of(drawing.employees);
  step.args[2] = drawing.of(2);
  step.args[3] = drawing.of(2);
}
void play_contact(const Turn& turn) {
  ContactPoint point;
  point.owner = turn.arg(0) ? RecordRef{Company::kEntity, turn.the<Company>(turn.arg(1)).value}
                            : RecordRef{Employee::kEntity, turn.the<Employee>(turn.arg(1)).value};
  point.kind = turn.arg(2) ? ContactPoint::Kind::email : ContactPoint::Kind::phone;
  point.value = turn.arg(2) ? "p" + std::to_string(turn.step.number) + "@example.ru" : "8 (913) 5" + std::to_string(100'000 + turn.step.number % 800'000);
  point.primary = turn.arg(3) != 0;
  turn.db.save(point);
}

void draw_erase(Drawing& drawing, Step& step) {
  step.args[0] = drawing.one_of(drawing.companies);
  step.args[1] = drawing.of(2);
}
/// Of what hangs on the company, the first there is.
void play_erase(const Turn& turn) {
  const auto company = turn.the<Company>(turn.arg(0));
  Query query;
  query.limit = 1;
  if (turn.arg(1)) {
    query.filter = where::all({where::eq(ContactPoint::kOwnerKind, Id{Company::kEntity}), where::eq(ContactPoint::kOwner, company.value)});
    for (const auto& point : turn.db.list<ContactPoint>(query)) turn.db.erase(ContactPoint::kEntity, point.id.value, point.version);
  } else {
    query.filter = where::eq(CompanySphere::kCompany, company.value);
    for (const auto& row : turn.db.list<CompanySphere>(query)) turn.db.erase(CompanySphere::kEntity, row.id.value, row.version);
  }
}

void draw_sphere(Drawing& drawing, Step& step) {
  step.args[0] = drawing.one_of(drawing.companies);
  step.args[1] = drawing.of(kSpheres);
}
void play_sphere(const Turn& turn) {
  CompanySphere row{{}, 0, turn.the<Company>(turn.arg(0)), turn.the<Sphere>(turn.arg(1))};
  turn.db.save(row);
}

void draw_assign(Drawing& drawing, Step& step) {
  step.args = {drawing.one_of(drawing.companies), drawing.one_of(drawing.users), drawing.of(3), drawing.one_in(4) ? drawing.of(10) : 0};
  if (drawing.one_in(2)) step.who = -1;
}
void play_assign(const Turn& turn) {
  const auto made = turn.db.assign(turn.the<Company>(turn.arg(0)), turn.the<User>(turn.arg(1)),
                                   turn.arg(2) ? Assignment::Role::main : Assignment::Role::assistant, turn.day(turn.arg(3)), "распределение");
  turn.made(made.id);
}
void draw_end_assignment(Drawing& drawing, Step& step) { step.args = {drawing.one_of(drawing.companies), drawing.of(5)}; }
void play_end_assignment(const Turn& turn) {
  for (const Assignment& one : turn.db.current_managers(turn.the<Company>(turn.arg(0)), turn.house.today()))
    return turn.db.end_assignment(one.id, turn.day(turn.arg(1)), "снят");
}

void draw_size(Drawing& drawing, Step& step) { step.args = {drawing.one_of(drawing.companies), drawing.of(50)}; }
void play_size(const Turn& turn) {
  const std::vector<Value> values(turn.arg(1) ? 1 : 0, Value(std::int64_t{turn.arg(1)}));
  turn.db.set_characteristic({Company::kEntity, turn.the<Company>(turn.arg(0)).value}, "size", values);
}
void draw_class(Drawing& drawing, Step& step) { step.args = {drawing.one_of(drawing.companies), drawing.of(3)}; }
void play_class(const Turn& turn) {
  ClassifierPlacement placement;
  placement.node = turn.the<ClassifierNode>(turn.arg(1));
  placement.record = {Company::kEntity, turn.the<Company>(turn.arg(0)).value};
  turn.db.save(placement);
}

/// Two people open the same card and both save it: the second one is told, and nothing of his is kept.
void play_two_edit(const Turn& turn) {
  if (turn.house.unit) return;
  const auto id = turn.the<Company>(turn.arg(0));
  Crm& other = turn.house.handle(turn.step.handle + 1 < kHandles ? turn.step.handle + 1 : 0);
  Company mine = turn.db.load(id), theirs = mine;
  mine.comment = "мой " + std::to_string(turn.step.number);
  theirs.comment = "их " + std::to_string(turn.step.number);
  other.act_as(UserId{});
  other.save(theirs);
  try {
    turn.db.save(mine);
  } catch (const Error& error) {
    if (error.code() == Code::conflict) return;
    throw;
  }
  throw Broken{"conflict", "a company saved twice as loaded once: the second save was not a conflict"};
}

constexpr Deed kDeeds[] = {
    {"makes a company (a draft if 1: {0})", 8, draw_company, play_company},
    {"activates company {e0}", 4, draw_status, play_activate},
    {"archives company {e0}", 2, draw_status, play_archive},
    {"renames company {e0}", 5, draw_status, play_rename},
    {"makes an employee of company {e0}", 8, draw_employee, play_employee},
    {"lets employee {e0} leave, or come back", 3, draw_leaves, play_leaves},
    {"gives a contact to company {e1} if {0}, else to employee {e1}: an e-mail if {2}, primary if {3}", 12, draw_contact, play_contact},
    {"takes a contact if {1}, else a sphere, from company {e0}", 4, draw_erase, play_erase, true},
    {"puts company {e0} into sphere {e1}", 5, draw_sphere, play_sphere},
    {"assigns company {e0} to user {e1} as assistant if 0: {2}, in {3} days", 15, draw_assign, play_assign},
    {"ends an assignment of company {e0} in {1} days", 4, draw_end_assignment, play_end_assignment},
    {"makes the size of company {e0} {1}", 5, draw_size, play_size},
    {"puts company {e0} on node {e1}", 4, draw_class, play_class},
    {"saves company {e0} as loaded before somebody else saved it", 4, draw_status, play_two_edit, true},
};

}  // namespace

std::span<const Deed> deeds_of_cards() { return kDeeds; }

}  // namespace crm::years
