// X5: who may change what.
#include <algorithm>

#include "access.hpp"
#include "managers.hpp"
#include "save.hpp"

namespace crm {
namespace {

/// What an executor may write of his event (Definitions, Organisation and access).
bool executors_field(FieldNo field) {
  return field == Event::kResult || field == Event::kOutcome || field == Event::kContact || field == Event::kVerification ||
         field == Event::kAwaitingSince || field == Event::kTickAt;
}

/// The user whose row it is.
FieldNo owner_field(EntityNo entity) {
  switch (entity) {
    case Subscription::kEntity: return Subscription::kUser;
    case SavedFilter::kEntity: return SavedFilter::kUser;
    default: return 0;
  }
}

/// Of a subordinate: his supervisors keep it.
FieldNo subordinate_field(EntityNo entity) {
  switch (entity) {
    case UserCell::kEntity: return UserCell::kUser;
    case PlanCell::kEntity: return PlanCell::kUser;
    case WorkingHours::kEntity: return WorkingHours::kUser;
    case CalendarDay::kEntity: return CalendarDay::kUser;
    case PlannedDismissal::kEntity: return PlannedDismissal::kUser;
    default: return 0;
  }
}

/// The event a row hangs on.
EventId event_of(const Record& record) {
  switch (record.entity()) {
    case Event::kEntity: return {record.row.id};
    case EventLine::kEntity: return {record.id_of(EventLine::kEvent)};
    case Watcher::kEntity: return {record.id_of(Watcher::kEvent)};
    case EventDocument::kEntity: return {record.id_of(EventDocument::kEvent)};
    case Reminder::kEntity: return {record.id_of(Reminder::kEvent)};
    case Document::kEntity:
      return {record.id_of(Document::kOwnerKind) == Event::kEntity ? record.id_of(Document::kOwner) : 0};
    default: return {};
  }
}

}  // namespace

void Access::deny(const Record& record, FieldNo field, const char* right) const {
  refuse(Code::denied, {"X5.right", record.entity(), field, record.row.id, std::to_string(acting_.user.value), right});
}

bool Access::may_edit_company(CompanyId company) const {
  if (acting_.unlimited()) return true;
  const RecordRef card{Company::kEntity, company.value};
  for (const Branch& branch : company_branches(kId)) {
    const bool of_right = branch.why == "manager" || branch.why == "creator";
    if (of_right && holds(card, branch.filter)) return true;
  }
  for (const Assignment& line : managers_on(unit_, company, unit_.day_of_rights()))
    if (acting_.below.contains(line.user)) return true;
  for (const RoleView& role : acting_.roles)
    if (role.may_write && sees(card)) return true;
  return false;
}

bool Access::may_edit_event(const Event& event, const Record& after, std::string& field) const {
  if (event.setter == acting_.user || acting_.below.contains(event.executor)) return true;
  if (std::ranges::any_of(acting_.roles, [](const RoleView& r) { return r.may_write; })) return true;
  if (event.executor != acting_.user) return false;
  if (after.entity() != Event::kEntity) return after.entity() != Watcher::kEntity;
  const Row before = to_row(event);
  for (std::size_t i = 0; i < before.values.size(); ++i) {
    const FieldInfo& info = after.info->fields[i];
    if (before.values[i] == after.row.values[i] || info.has(kDerived) || info.has(kByAction) || executors_field(info.no)) continue;
    field = info.name;
    return false;
  }
  return true;
}

void Access::check_right(const Record* before, const Record& after) const {
  const EntityNo entity = after.entity();
  if (const FieldNo owner = owner_field(entity)) {
    if (after.id_of(owner) != acting_.user.value) deny(after, owner, "own");
    return;
  }
  if (const FieldNo subordinate = subordinate_field(entity); subordinate && after.id_of(subordinate)) {
    if (!acting_.below.contains({after.id_of(subordinate)})) deny(after, subordinate, "supervisor");
    return;
  }
  if (entity == Classifier::kEntity && after.id_of(Classifier::kOwner) == acting_.user.value) return;
  if (entity == ClassifierNode::kEntity) {
    const auto tree = unit_.find<Classifier>({after.id_of(ClassifierNode::kClassifier)});
    if (tree && tree->owner == acting_.user) return;
  }
  if (entity == ClassifierPlacement::kEntity) {
    const auto node = unit_.find<ClassifierNode>({after.id_of(ClassifierPlacement::kNode)});
    if (node && unit_.load(node->classifier).owner == acting_.user) return;
  }
  if (const EventId id = event_of(after)) {
    const auto event = unit_.find(id);
    std::string field;
    if (!event || !may_edit_event(*event, after, field)) deny(after, 0, field.empty() ? "edit_event" : field.c_str());
    return;
  }
  if (entity == Document::kEntity && after.id_of(Document::kOwnerKind) == User::kEntity) {
    check_above({after.id_of(Document::kOwner)}, "supervisor", true);
    return;
  }
  if (entity == Company::kEntity && !before) return;  // anybody may bring a client
  if (entity != Receipt::kEntity) {
    if (const CompanyId company = company_of(unit_, after)) {
      if (!may_edit_company(company)) deny(after, 0, "edit_company");
      return;
    }
  }
  deny(after, 0, "administrator");
}

void Access::check_write(const Record* before, const Record& after) const {
  if (acting_.unlimited()) return;
  if (before) check_seen({before->entity(), before->row.id});
  check_references(before, after);
  // Whose it was says who may give it away, whose it will be who may have it.
  if (before && before->row.values != after.row.values) check_right(before, *before);
  check_right(before, after);
}

void Access::check_references(const Record* before, const Record& after) const {
  if (acting_.unlimited()) return;
  const auto fields = after.info->fields;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (before && before->row.values[i] == after.row.values[i]) continue;
    const bool to_any = fields[i].kind == Kind::any_reference;
    const Id id = fields[i].kind == Kind::reference || to_any ? to_cell(after.row.values[i]).as_integer() : 0;
    if (!id) continue;
    const auto target = to_any ? static_cast<EntityNo>(to_cell(after.row.values[i - 1]).as_integer()) : fields[i].refers;
    if (find_entity(target) && !sees({target, id}))
      refuse(Code::invalid_argument,
             {"ref.missing", after.entity(), fields[i].no, after.row.id, std::to_string(id), to_any ? entity_info(target).name : fields[i].name});
  }
}

void Access::check_owner_seen(RecordRef owner) const {
  if (acting_.unlimited()) return;
  const bool seen = owner.entity == Employee::kEntity ? holds(owner, whole_company(Employee::kCompany))
                    : owner.entity == User::kEntity   ? owner.id == acting_.user.value || acting_.below.contains({owner.id})
                                                      : sees(owner);
  if (!seen)
    refuse(Code::not_found, {"record.not_found", owner.entity, kId, owner.id, std::to_string(owner.id), entity_info(owner.entity).name});
}

void Access::check_write_on(RecordRef owner) const {
  if (acting_.unlimited()) return;
  check_owner_seen(owner);
  Document document;
  document.owner = owner;
  check_right(nullptr, Record(entity_info(Document::kEntity), to_row(document)));
}

void Access::check_edit_company(CompanyId company) const {
  if (acting_.unlimited()) return;
  check_seen({Company::kEntity, company.value});
  if (!may_edit_company(company)) deny(Record(entity_info(Company::kEntity), Row{company.value, 0, {}}), 0, "edit_company");
}

void Access::check_administrator(const char* right) const {
  if (!acting_.unlimited()) refuse(Code::denied, {"X5.right", 0, 0, 0, std::to_string(acting_.user.value), right});
}

void Access::check_above(UserId user, const char* right, bool self) const {
  if (acting_.unlimited() || acting_.below.contains(user) || (self && user == acting_.user)) return;
  refuse(Code::denied, {"X5.right", User::kEntity, 0, user.value, std::to_string(acting_.user.value), right});
}

}  // namespace crm
