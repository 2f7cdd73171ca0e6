// X5: what is seen, as filters.
#include "access.hpp"

#include <algorithm>

#include "crm/rules/dismissal.hpp"
#include "crm/services/filters.hpp"

namespace crm {
namespace {

template <class E>
std::vector<Value> values_of(const std::vector<IdOf<E>>& ids) {
  std::vector<Value> values;
  for (IdOf<E> id : ids) values.emplace_back(id.value);
  return values;
}

/// Himself and those below him.
std::vector<Value> with_below(const Acting& acting) {
  std::vector<Value> people{acting.user.value};
  for (UserId id : acting.below) people.emplace_back(id.value);
  return people;
}

Filter true_filter() { return where::all({}); }

/// Who works where, as of today.
Filter placed_today(Unit& unit, Filter whose) {
  const auto day = to_number(unit.day_of_rights());
  return where::all({std::move(whose), where::any({where::is_null(Placement::kFrom), where::le(Placement::kFrom, day)}),
                     where::any({where::is_null(Placement::kTo), where::gt(Placement::kTo, day)})});
}

/// Departments in which he works, and everybody who works there or below, as of today.
std::vector<UserId> colleagues(Unit& unit, UserId user) {
  std::vector<UserId> found;
  const Filter his = placed_today(unit, where::eq(Placement::kUser, user.value));
  for (Id department : unit.ids(Placement::kEntity, Placement::kDepartment, his)) {
    std::vector<Value> departments;
    for (Id id : subtree_of(unit.session, Department::kEntity, Department::kParent, department)) departments.emplace_back(id);
    const Filter there = placed_today(unit, where::in(Placement::kDepartment, std::move(departments)));
    for (Id id : unit.ids(Placement::kEntity, Placement::kUser, there)) found.push_back({id});
  }
  return found;
}

std::vector<DepartmentId> departments_of(Unit& unit, const Acting& acting) {
  std::set<DepartmentId> found;
  for (Id id : unit.ids(Placement::kEntity, Placement::kDepartment, placed_today(unit, where::in(Placement::kUser, with_below(acting)))))
    found.insert({id});
  return {found.begin(), found.end()};
}

void read_matrix(Unit& unit, Acting& acting) {
  std::set<SphereId> spheres;
  std::set<ProductId> products;
  for (const UserCell& cell : unit.list<UserCell>(where::eq(UserCell::kUser, acting.user.value))) {
    products.insert(cell.product);
    if (spheres.contains(cell.sphere)) continue;
    for (Id id : subtree_of(unit.session, Sphere::kEntity, Sphere::kParent, cell.sphere.value)) spheres.insert({id});
  }
  acting.spheres.assign(spheres.begin(), spheres.end());
  acting.products.assign(products.begin(), products.end());
}

RoleView view_of(Unit& unit, const Acting& acting, const Role& role) {
  RoleView view;
  view.code = role.code;
  view.everything = role.scope == Role::Scope::all;
  view.own_events = role.own_events;
  view.matrix = role.matrix;
  view.may_write = role.may_write;
  std::set<UserId> people;
  if (role.scope >= Role::Scope::subordinates) people = acting.below;
  if (role.scope == Role::Scope::department)
    for (UserId id : colleagues(unit, acting.user)) people.insert(id);
  people.erase(acting.user);
  view.people.assign(people.begin(), people.end());
  for (UserId id : view.people)
    if (const auto user = unit.find(id); user && in_service(*user, unit.day_of_rights())) view.in_service.push_back(id);
  return view;
}

}  // namespace

Acting read_acting(Unit& unit, UserId user) {
  Acting acting;
  acting.user = user;
  if (!user) return acting;
  acting.administrator = unit.load(user).administrator;
  for (Id id : subtree_of(unit.session, User::kEntity, User::kSupervisor, user.value))
    if (id != user.value) acting.below.insert({id});
  acting.departments = departments_of(unit, acting);
  for (Id id : unit.ids(UserRole::kEntity, UserRole::kRole, where::eq(UserRole::kUser, user.value)))
    if (const Role role = unit.load(RoleId{id}); !role.retired) acting.roles.push_back(view_of(unit, acting, role));
  if (acting.roles.empty()) acting.roles.push_back(view_of(unit, acting, Role{}));
  if (std::ranges::any_of(acting.roles, [](const RoleView& r) { return r.matrix != Role::Matrix::ignore; })) read_matrix(unit, acting);
  return acting;
}

/// A current manager is one of `users`, who are in service.
static Filter managed_by_any(Path path, const std::vector<UserId>& users, Date day) {
  return where::exists(Assignment::kEntity, Assignment::kCompany, path,
                       {where::in(Assignment::kUser, values_of(users)), where::current_on(day)});
}

std::vector<Access::Branch> Access::company_branches(Path path) const {
  std::vector<Branch> branches;
  for (const RoleView& role : acting_.roles) add_company_branches(role, path, branches);
  return branches;
}

void Access::add_company_branches(const RoleView& role, Path path, std::vector<Branch>& branches) const {
  if (role.everything) {
    branches.push_back({"role " + role.code, true_filter()});
    return;
  }
  const Date day = unit_.day_of_rights();
  branches.push_back({"manager", managed_by_any(path, {acting_.user}, day)});
  if (!role.people.empty()) branches.push_back({"supervisor_of_manager", managed_by_any(path, role.in_service, day)});
  // A card that nobody has yet is seen by who made it.
  const Filter has_manager = where::exists(
      Assignment::kEntity, Assignment::kCompany, kId,
      {where::current_on(day),
       where::in_service(Assignment::kUser, day)});
  std::vector<Value> makers = values_of(role.people);
  makers.emplace_back(acting_.user.value);
  branches.push_back({"creator", where::exists(Company::kEntity, kId, path,
                                               {where::in(Company::kCreatedBy, std::move(makers)), where::none({has_manager})})});
  if (role.matrix == Role::Matrix::adds) branches.push_back({"role " + role.code, where::in_spheres(path, acting_.spheres)});
}

std::vector<Access::Branch> Access::event_branches() const {
  std::vector<Branch> branches;
  const Filter own = where::any({where::eq(Event::kExecutor, acting_.user.value), where::eq(Event::kSetter, acting_.user.value)});
  for (const RoleView& role : acting_.roles) {
    const auto add = [&](std::string why, Filter filter) {
      if (role.matrix == Role::Matrix::narrows) {
        const Filter in_matrix = where::any({where::none({where::exists(EventLine::kEntity, EventLine::kEvent, kId)}),
                                             where::exists(EventLine::kEntity, EventLine::kEvent, kId,
                                                           {where::in(EventLine::kProduct, values_of(acting_.products))})});
        filter = where::all({std::move(filter), where::any({own, in_matrix})});
      }
      branches.push_back({std::move(why), std::move(filter)});
    };
    branches.push_back({"executor", where::eq(Event::kExecutor, acting_.user.value)});
    branches.push_back({"setter", where::eq(Event::kSetter, acting_.user.value)});
    add("watcher", where::exists(Watcher::kEntity, Watcher::kEvent, kId, {where::eq(Watcher::kUser, acting_.user.value)}));
    if (role.everything) {
      add("role " + role.code, true_filter());
      continue;
    }
    if (!role.people.empty()) {
      add("supervisor_of_executor", where::in(Event::kExecutor, values_of(role.people)));
      add("supervisor_of_setter", where::in(Event::kSetter, values_of(role.people)));
    }
    if (role.own_events) continue;
    std::vector<Branch> of_company;
    add_company_branches(role, Event::kCompany, of_company);
    for (Branch& branch : of_company) add(std::move(branch.why), std::move(branch.filter));
  }
  return branches;
}

static Filter any_of(auto branches) {
  std::vector<Filter> parts;
  for (auto& branch : branches) parts.push_back(std::move(branch.filter));
  return where::any(std::move(parts));
}

Filter Access::whole_company(Path path) const {
  return any_of(company_branches(path));
}

Filter Access::contacts_of_company(Path path) const {
  const Filter open = where::exists(
      Event::kEntity, Event::kCompany, path,
      {where::any({where::eq(Event::kExecutor, acting_.user.value), where::eq(Event::kSetter, acting_.user.value)}),
       where::in(Event::kState, {static_cast<Id>(Event::State::planned), static_cast<Id>(Event::State::rescheduled)}),
       where::eq(Event::kRemoved, Id{0})});
  return where::any({whole_company(path), open});
}

FieldNo seen_with(EntityNo entity) {
  switch (entity) {
    case LegalEntity::kEntity: return LegalEntity::kCompany;
    case BankAccount::kEntity: return BankAccount::kLegalEntity;
    case Address::kEntity: return Address::kCompany;
    case CompanySphere::kEntity: return CompanySphere::kCompany;
    case Receipt::kEntity: return Receipt::kCompany;
    case HostDocument::kEntity: return HostDocument::kCompany;
    case HostDocumentLine::kEntity: return HostDocumentLine::kDocument;
    case EventLine::kEntity: return EventLine::kEvent;
    case Reschedule::kEntity: return Reschedule::kEvent;
    case VerificationEntry::kEntity: return VerificationEntry::kEvent;
    case Escalation::kEntity: return Escalation::kEvent;
    case Watcher::kEntity: return Watcher::kEvent;
    case EventDocument::kEntity: return EventDocument::kEvent;
    case DocumentEffect::kEntity: return DocumentEffect::kEvent;
    case Reminder::kEntity: return Reminder::kEvent;
    case ClassifierNode::kEntity: return ClassifierNode::kClassifier;
    default: return 0;
  }
}

bool is_everybodys(EntityNo entity) {
  switch (entity) {
    case Organisation::kEntity: case Department::kEntity: case Position::kEntity: case User::kEntity: case Placement::kEntity:
    case Employment::kEntity: case Role::kEntity: case UserRole::kEntity: case WorkingHours::kEntity: case CalendarDay::kEntity:
    case Product::kEntity: case Sphere::kEntity: case OrganisationCell::kEntity: case UserCell::kEntity:
    case EventType::kEntity: case Outcome::kEntity: case EscalationStep::kEntity: case NoticeText::kEntity:
    case Dictionary::kEntity: case DictionaryValue::kEntity: case Characteristic::kEntity: case Profile::kEntity: case Criterion::kEntity:
    case HostDocumentKind::kEntity: case DocumentRule::kEntity: case HostFeed::kEntity:
    case Funnel::kEntity: case FunnelStage::kEntity: case FunnelRule::kEntity:
    case CalendarTheme::kEntity: case CalendarStyle::kEntity: return true;
    default: return false;
  }
}

static bool has_room(const Path& path) { return path.via[1] == 0; }

/// The field behind the reference at `path`, which has room for it.
static Path beyond(const Path& path, FieldNo field) {
  return path.via[0] ? Path{path.via[0], path.field, field} : Path{path.field, field};
}

std::optional<Filter> Access::seen_at(EntityNo entity, const Path& path) const {
  if (entity == Company::kEntity) return whole_company(path);
  if (has_room(path)) {  // by references alone: no rows are looked for
    if (entity == Employee::kEntity) return contacts_of_company(beyond(path, Employee::kCompany));
    if (entity == Classifier::kEntity)
      return where::any({where::is_null(beyond(path, Classifier::kOwner)), where::eq(beyond(path, Classifier::kOwner), acting_.user.value)});
    if (const FieldNo whole = seen_with(entity)) return seen_at(entity_info(entity).at(whole).refers, beyond(path, whole));
  }
  auto seen = visible(entity);
  if (!seen) return {};
  std::vector<Filter> parts{std::move(*seen)};
  if (entity == Event::kEntity) parts.push_back(where::eq(Event::kRemoved, Id{0}));
  return where::exists(entity, kId, path, std::move(parts));
}

/// Rows that hang on any record: a company, an employee, an event, a user.
Filter Access::of_owner(FieldNo kind, FieldNo id) const {
  const auto on = [&](EntityNo entity, Filter filter) { return where::all({where::eq(kind, Id{entity}), std::move(filter)}); };
  return where::any({on(Company::kEntity, whole_company(id)),
                     on(Employee::kEntity, where::exists(Employee::kEntity, kId, id, {whole_company(Employee::kCompany)})),
                     on(Event::kEntity, *seen_at(Event::kEntity, id)),
                     on(User::kEntity, where::in(id, with_below(acting_)))});
}

static std::vector<Value> entities_of_everybody() {
  std::vector<Value> open;
  for (const EntityInfo* info : entities())
    if (is_everybodys(info->no)) open.emplace_back(Id{info->no});
  return open;
}

std::optional<Filter> Access::visible(EntityNo entity) const {
  if (acting_.unlimited() || is_everybodys(entity)) return {};
  const auto mine = [&](FieldNo user) { return where::eq(user, acting_.user.value); };
  const auto on = [](FieldNo kind, EntityNo owner, Filter filter) { return where::all({where::eq(kind, Id{owner}), std::move(filter)}); };
  switch (entity) {
    case Company::kEntity: return whole_company(kId);
    case Event::kEntity: return any_of(event_branches());
    case Employee::kEntity: return contacts_of_company(Employee::kCompany);
    case Assignment::kEntity: return where::any({mine(Assignment::kUser), whole_company(Assignment::kCompany)});
    case ContactPoint::kEntity:
      return where::any({on(ContactPoint::kOwnerKind, Company::kEntity, contacts_of_company(ContactPoint::kOwner)),
                         on(ContactPoint::kOwnerKind, Employee::kEntity,
                            where::exists(Employee::kEntity, kId, ContactPoint::kOwner, {contacts_of_company(Employee::kCompany)})),
                         where::eq(ContactPoint::kOwnerKind, Id{User::kEntity})});
    case Document::kEntity: return of_owner(Document::kOwnerKind, Document::kOwner);
    case NumberValue::kEntity: return of_owner(NumberValue::kOwnerKind, NumberValue::kOwner);
    case TextValue::kEntity: return of_owner(TextValue::kOwnerKind, TextValue::kOwner);
    case ExternalId::kEntity:
      return where::any({of_owner(ExternalId::kOwnerKind, ExternalId::kOwner), where::in(ExternalId::kOwnerKind, entities_of_everybody())});
    case ClassifierPlacement::kEntity:
      return where::all({*seen_at(ClassifierNode::kEntity, ClassifierPlacement::kNode),
                         where::any({where::eq(ClassifierPlacement::kRecordKind, Id{User::kEntity}),
                                     on(ClassifierPlacement::kRecordKind, Company::kEntity, whole_company(ClassifierPlacement::kRecord))})});
    case Classifier::kEntity: return where::any({where::is_null(Classifier::kOwner), mine(Classifier::kOwner)});
    case Reminder::kEntity: return where::any({where::is_null(Reminder::kEvent), *seen_at(Event::kEntity, Reminder::kEvent)});
    case Notice::kEntity: return mine(Notice::kRecipient);
    case Subscription::kEntity: return mine(Subscription::kUser);
    case SavedFilter::kEntity: return mine(SavedFilter::kUser);
    case PlanCell::kEntity:
      return where::any({where::in(PlanCell::kUser, with_below(acting_)), where::in(PlanCell::kDepartment, values_of(acting_.departments))});
    case PlannedDismissal::kEntity: return where::in(PlannedDismissal::kUser, values_of<User>({acting_.below.begin(), acting_.below.end()}));
    default: break;
  }
  if (const FieldNo whole = seen_with(entity)) return seen_at(entity_info(entity).at(whole).refers, whole);
  return where::any({});  // nobody has decided who sees it: nobody does
}

}  // namespace crm
