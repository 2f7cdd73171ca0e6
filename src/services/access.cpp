// X5: what is seen, as filters.
#include "access.hpp"

#include <algorithm>

#include "crm/rules/dismissal.hpp"
#include "crm/services/filters.hpp"
#include "save.hpp"

namespace crm {
namespace {

template <class E>
std::vector<Value> values_of(const std::vector<IdOf<E>>& ids) {
  std::vector<Value> values;
  for (IdOf<E> id : ids) values.emplace_back(id.value);
  return values;
}

Filter true_filter() { return where::all({}); }

/// Who works where, as of today.
Filter placed_today(Unit& unit, Filter whose) {
  const auto day = to_number(unit.today());
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
  std::vector<Value> people{acting.user.value};
  for (UserId id : acting.below) people.emplace_back(id.value);
  std::set<DepartmentId> found;
  for (Id id : unit.ids(Placement::kEntity, Placement::kDepartment, placed_today(unit, where::in(Placement::kUser, std::move(people)))))
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
    if (const auto user = unit.find(id); user && in_service(*user, unit.today())) view.in_service.push_back(id);
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
  const Date day = unit_.today();
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

/// Rows that hang on any record: a company, an employee, an event, a user.
Filter Access::of_owner(FieldNo kind, FieldNo id) const {
  const auto on = [&](EntityNo entity, Filter filter) { return where::all({where::eq(kind, Id{entity}), std::move(filter)}); };
  std::vector<Value> people{acting_.user.value};
  for (UserId user : acting_.below) people.emplace_back(user.value);
  return where::any({on(Company::kEntity, whole_company(id)),
                     on(Employee::kEntity, where::exists(Employee::kEntity, kId, id, {whole_company(Employee::kCompany)})),
                     on(Event::kEntity, where::exists(Event::kEntity, kId, id, {*visible(Event::kEntity)})),
                     on(User::kEntity, where::in(id, std::move(people)))});
}

/// Entities whose records everybody sees.
std::vector<Value> Access::open_to_all() const {
  std::vector<Value> open;
  for (const EntityInfo* info : entities())
    if (info->no != ExternalId::kEntity && !visible(info->no)) open.emplace_back(Id{info->no});
  return open;
}

std::optional<Filter> Access::visible(EntityNo entity) const {
  if (acting_.unlimited()) return {};
  const auto mine = [&](FieldNo user) { return where::eq(user, acting_.user.value); };
  const auto of_mine_and_below = [&](FieldNo user) {
    std::vector<Value> people{acting_.user.value};
    for (UserId id : acting_.below) people.emplace_back(id.value);
    return where::in(user, std::move(people));
  };
  const auto of_event = [&](FieldNo event) {
    return where::exists(Event::kEntity, kId, event, {*visible(Event::kEntity), where::eq(Event::kRemoved, Id{0})});
  };
  switch (entity) {
    case Company::kEntity: return whole_company(kId);
    case Event::kEntity: return any_of(event_branches());
    case LegalEntity::kEntity: return whole_company(LegalEntity::kCompany);
    case BankAccount::kEntity: return whole_company({BankAccount::kLegalEntity, LegalEntity::kCompany});
    case Employee::kEntity: return contacts_of_company(Employee::kCompany);
    case Address::kEntity: return whole_company(Address::kCompany);
    case CompanySphere::kEntity: return whole_company(CompanySphere::kCompany);
    case Assignment::kEntity: return where::any({mine(Assignment::kUser), whole_company(Assignment::kCompany)});
    case Receipt::kEntity: return whole_company(Receipt::kCompany);
    case ContactPoint::kEntity:
      return where::any(
          {where::all({where::eq(ContactPoint::kOwnerKind, Id{Company::kEntity}), contacts_of_company(ContactPoint::kOwner)}),
           where::all({where::eq(ContactPoint::kOwnerKind, Id{Employee::kEntity}),
                       where::exists(Employee::kEntity, kId, ContactPoint::kOwner, {contacts_of_company(Employee::kCompany)})}),
           where::eq(ContactPoint::kOwnerKind, Id{User::kEntity})});
    case Document::kEntity: return of_owner(Document::kOwnerKind, Document::kOwner);
    case NumberValue::kEntity: return of_owner(NumberValue::kOwnerKind, NumberValue::kOwner);
    case TextValue::kEntity: return of_owner(TextValue::kOwnerKind, TextValue::kOwner);
    case ExternalId::kEntity:
      return where::any({of_owner(ExternalId::kOwnerKind, ExternalId::kOwner), where::in(ExternalId::kOwnerKind, open_to_all())});
    case ClassifierPlacement::kEntity:
      return where::all({where::any({where::is_null({ClassifierPlacement::kNode, ClassifierNode::kClassifier, Classifier::kOwner}),
                                     where::eq({ClassifierPlacement::kNode, ClassifierNode::kClassifier, Classifier::kOwner},
                                               acting_.user.value)}),
                         where::any({where::eq(ClassifierPlacement::kRecordKind, Id{User::kEntity}),
                                     whole_company(ClassifierPlacement::kRecord)})});
    case Classifier::kEntity: return where::any({where::is_null(Classifier::kOwner), mine(Classifier::kOwner)});
    case ClassifierNode::kEntity:
      return where::any({where::is_null({ClassifierNode::kClassifier, Classifier::kOwner}),
                         where::eq({ClassifierNode::kClassifier, Classifier::kOwner}, acting_.user.value)});
    case EventLine::kEntity: return of_event(EventLine::kEvent);
    case Reschedule::kEntity: return of_event(Reschedule::kEvent);
    case VerificationEntry::kEntity: return of_event(VerificationEntry::kEvent);
    case Escalation::kEntity: return of_event(Escalation::kEvent);
    case Watcher::kEntity: return of_event(Watcher::kEvent);
    case EventDocument::kEntity: return of_event(EventDocument::kEvent);
    case DocumentEffect::kEntity: return of_event(DocumentEffect::kEvent);
    case HostDocument::kEntity: return whole_company(HostDocument::kCompany);
    case HostDocumentLine::kEntity: return whole_company({HostDocumentLine::kDocument, HostDocument::kCompany});
    case Reminder::kEntity: return where::any({where::is_null(Reminder::kEvent), of_event(Reminder::kEvent)});
    case Notice::kEntity: return mine(Notice::kRecipient);
    case Subscription::kEntity: return mine(Subscription::kUser);
    case SavedFilter::kEntity: return mine(SavedFilter::kUser);
    case PlanCell::kEntity:
      return where::any({of_mine_and_below(PlanCell::kUser), where::in(PlanCell::kDepartment, values_of(acting_.departments))});
    case PlannedDismissal::kEntity: {
      std::vector<Value> people;
      for (UserId id : acting_.below) people.emplace_back(id.value);
      return where::in(PlannedDismissal::kUser, std::move(people));
    }
    default: return {};  // the staff, products and set-up data are everybody's
  }
}

// --- doors ------------------------------------------------------------------------------------------

/// What a reference alone shows of a company or of a person.
static bool shown_by_reference(EntityNo entity, FieldNo field) {
  if (field == kId) return true;
  if (entity == Company::kEntity) return field == Company::kName || field == Company::kShortName;
  return field == Employee::kLastName || field == Employee::kFirstName || field == Employee::kMiddleName ||
         field == Employee::kPosition || field == Employee::kCompany;
}

std::optional<Filter> Access::guard(EntityNo entity, const Path& path) const {
  std::vector<Filter> parts;
  EntityNo at = entity;
  for (std::size_t hop = 0; hop < path.via.size() && path.via[hop]; ++hop) {
    const EntityNo target = entity_info(at).at(path.via[hop]).refers;
    const FieldNo next = hop + 1 < path.via.size() && path.via[hop + 1] ? path.via[hop + 1] : path.field;
    Path reference = path.via[hop];  // the reference itself, from the row asked for
    if (hop == 1) reference = {path.via[0], path.via[1]};
    if (target == Company::kEntity && !shown_by_reference(target, next)) parts.push_back(whole_company(reference));
    if (target == Employee::kEntity && !shown_by_reference(target, next))
      parts.push_back(contacts_of_company(hop == 0 ? Path{path.via[0], Employee::kCompany} : Path{path.via[0], path.via[1], Employee::kCompany}));
    at = target;
  }
  if (parts.empty()) return {};
  return where::all(std::move(parts));
}

void Access::narrow_filter(EntityNo entity, Filter& filter) const {
  using Op = Filter::Op;
  switch (filter.op) {
    case Op::all:
    case Op::any:
    case Op::none:
      for (Filter& part : filter.parts) narrow_filter(entity, part);
      return;
    case Op::exists:
      for (Filter& part : filter.parts) narrow_filter(filter.entity, part);
      if (auto seen = visible(filter.entity)) filter.parts.push_back(std::move(*seen));
      if (filter.entity == Event::kEntity) filter.parts.push_back(where::eq(Event::kRemoved, Id{0}));
      break;
    case Op::eq: case Op::ne: case Op::lt: case Op::le: case Op::gt: case Op::ge: case Op::in:
    case Op::is_null: case Op::not_null: case Op::contains: case Op::starts_with: break;
  }
  // What may not be read is as if it were not filled in.
  if (auto guarded = guard(entity, filter.path)) {
    const bool holds_for_null = filter.op == Op::is_null || filter.op == Op::ne;
    Filter plain = std::move(filter);
    filter = holds_for_null ? where::any({std::move(plain), where::none({std::move(*guarded)})})
                            : where::all({std::move(plain), std::move(*guarded)});
  }
}

void Access::narrow(EntityNo entity, std::optional<Filter>& filter, const std::vector<Path>& told) const {
  if (acting_.unlimited()) return;
  std::vector<Filter> parts;
  if (filter) {
    narrow_filter(entity, *filter);
    parts.push_back(std::move(*filter));
  }
  if (auto seen = visible(entity)) parts.push_back(std::move(*seen));
  for (const Path& path : told)
    if (auto guarded = guard(entity, path)) parts.push_back(std::move(*guarded));
  if (!parts.empty()) filter = where::all(std::move(parts));
}

bool Access::holds(RecordRef record, Filter filter) const {
  return !unit_.ids(record.entity, kId, where::all({where::eq(kId, record.id), std::move(filter)})).empty();
}

bool Access::sees(RecordRef record) const {
  const auto filter = visible(record.entity);
  return !filter || holds(record, *filter);
}

Sight Access::sight_of(const Record& record) const {
  const RecordRef ref{record.entity(), record.row.id};
  if (sees(ref)) return Sight::whole;
  if (ref.entity != Company::kEntity) return Sight::nothing;
  if (holds(ref, contacts_of_company(kId))) return Sight::contacts;
  const Filter through_event = where::exists(Event::kEntity, Event::kCompany, kId,
                                             {*visible(Event::kEntity), where::eq(Event::kRemoved, Id{0})});
  return holds(ref, through_event) ? Sight::name : Sight::nothing;
}

AccessExplain Access::explain(const Record& record) const {
  AccessExplain out;
  const RecordRef ref{record.entity(), record.row.id};
  if (acting_.unlimited()) return {Sight::whole, true, {acting_.user ? "administrator" : "host"}};
  out.sight = sight_of(record);
  try {
    check_right(&record, record);
    out.may_edit = out.sight == Sight::whole;
  } catch (const Error&) {
  }
  const auto add = [&](const std::string& why) {
    if (std::ranges::find(out.reasons, why) == out.reasons.end()) out.reasons.push_back(why);
  };
  const auto add_branches = [&](RecordRef on, const std::vector<Branch>& branches) {
    for (const Branch& branch : branches)
      if (holds(on, branch.filter)) add(branch.why);
  };
  if (ref.entity == User::kEntity && ref.id == acting_.user.value) add("self");
  if (!visible(ref.entity)) add("everybody");
  if (ref.entity == Event::kEntity) add_branches(ref, event_branches());
  if (const CompanyId company = company_of(unit_, record)) {
    const RecordRef card{Company::kEntity, company.value};
    add_branches(card, company_branches(kId));
    if (out.reasons.empty() && holds(card, contacts_of_company(kId))) add("open_event");
  }
  return out;
}

void Access::check_seen(RecordRef record) const {
  if (!sees(record))
    refuse(Code::not_found, {"record.not_found", record.entity, kId, record.id, std::to_string(record.id), entity_info(record.entity).name});
}

void mask(Record& company, Sight sight) {
  const auto kept = [&](FieldNo field) {
    if (field == Company::kName || field == Company::kShortName) return true;
    return sight == Sight::contacts && (field == Company::kPhone || field == Company::kEmail);
  };
  const auto fields = company.info->fields;
  for (std::size_t i = 0; i < fields.size(); ++i)
    if (!kept(fields[i].no)) company.row.values[i] = {};
}

}  // namespace crm
