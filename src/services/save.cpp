#include "save.hpp"

#include <algorithm>

#include "crm/base/text.hpp"
#include "completeness.hpp"
#include "crm/rules/hierarchy.hpp"
#include "matrices.hpp"
#include "notices.hpp"

namespace crm {
namespace {

/// Another interval of an event is a reschedule (Definitions, Event states).
const char* read_only_rule(EntityNo entity, FieldNo field) {
  const bool interval = field == Event::kStart || field == Event::kEnd || field == Event::kAllDay;
  return entity == Event::kEntity && interval ? "E3.use_reschedule" : "field.read_only";
}

/// Every value by itself; what only the library or an action may change; what never changes.
std::vector<Violation> check_fields(const Record* before, Record& after) {
  const EntityInfo& info = *after.info;
  const Row blank = info.blank();
  std::vector<Violation> violations;
  for (std::size_t i = 0; i < info.fields.size(); ++i) {
    const FieldInfo& field = info.fields[i];
    Value& value = after.row.values[i];
    const Value& old = before ? before->row.values[i] : blank.values[i];
    const bool settled = field.has(kByAction) || (before && field.has(kImmutable));
    if (field.has(kDerived) && before) {
      value = old;  // made by the library, whatever a record that was loaded earlier says
    } else if (field.has(kDerived) && value != old) {
      violations.push_back({"field.read_only", info.no, field.no, 0, "", field.name});
    } else if (settled && value != old) {
      violations.push_back({read_only_rule(info.no, field.no), info.no, field.no, after.row.id, "", field.name});
    } else if (auto violation = check_value(info, field, to_cell(value), after.row.id)) {
      violations.push_back(std::move(*violation));
    }
  }
  return violations;
}

/// A reference to "any record" must lead to one.
void check_any_references(Unit& unit, const Record& record, std::vector<Violation>& violations) {
  const auto fields = record.info->fields;
  for (std::size_t i = 1; i < fields.size(); ++i) {
    if (fields[i].kind != Kind::any_reference) continue;
    const auto entity = static_cast<EntityNo>(to_cell(record.row.values[i - 1]).as_integer());
    const Id id = to_cell(record.row.values[i]).as_integer();
    if (!unit.session.find(entity, id))
      violations.push_back({"ref.missing", record.entity(), fields[i].no, record.row.id, std::to_string(id),
                            entity_info(entity).name});
  }
}

bool may_be_erased(EntityNo entity) {
  static constexpr EntityNo kErasable[] = {
      ContactPoint::kEntity, Document::kEntity,  Address::kEntity,   CompanySphere::kEntity,
      ExternalId::kEntity,   Placement::kEntity, EventLine::kEntity, OrganisationCell::kEntity,
      UserCell::kEntity,     FunnelRule::kEntity, Criterion::kEntity, ClassifierPlacement::kEntity,
      WorkingHours::kEntity, CalendarDay::kEntity, Reminder::kEntity,  Watcher::kEntity,
      Subscription::kEntity, NoticeText::kEntity, PlannedDismissal::kEntity,
      UserRole::kEntity,     SavedFilter::kEntity, EventDocument::kEntity,
      CalendarTheme::kEntity, CalendarStyle::kEntity};
  return std::ranges::find(kErasable, entity) != std::end(kErasable);
}

/// Scores follow the profiles they are by, and the service of the managers they ask for.
void rescore(Unit& unit, const Record* before, const Record& after) {
  if (after.entity() == Profile::kEntity || after.entity() == Criterion::kEntity || after.entity() == ClassifierNode::kEntity)
    outdate_scores(unit);
  if (after.entity() != User::kEntity || !before || to_value(before->get(User::kHired)) == to_value(after.get(User::kHired))) return;
  for (Id company : unit.ids(Assignment::kEntity, Assignment::kCompany, where::eq(Assignment::kUser, after.row.id)))
    unit.touch({company}, Unit::Gate::open);
}

/// The reminders of an event follow its own rows and its watchers, once these are written.
void remind_anew(Unit& unit, const Record& record) {
  const FieldNo field = record.entity() == Reminder::kEntity ? Reminder::kEvent : record.entity() == Watcher::kEntity ? Watcher::kEvent : 0;
  const EventId event{field ? record.id_of(field) : 0};
  if (!event) return;
  unit.flush();
  settle_reminders(unit, unit.load(event));
}

/// A point may be another kind's primary one now, or none any more.
void note_primary(Unit& unit, const Record& record) {
  const auto point = from_row<ContactPoint>(record.row);
  auto& primaries = unit.primaries_of(point.owner);
  std::erase_if(primaries, [&](const auto& known) { return known.second == point.id.value; });
  if (point.primary) primaries[point.kind] = point.id.value;
  unit.contacts_changed(point.owner);
}

void follow(Unit& unit, const Record* before, const Record& after) {
  rescore(unit, before, after);
  remind_anew(unit, after);
}

}  // namespace

bool written_by_actions_only(EntityNo entity) {
  return entity == HostFeed::kEntity || entity == Reschedule::kEntity || entity == VerificationEntry::kEntity || entity == NumberValue::kEntity ||
         entity == TextValue::kEntity || entity == Notice::kEntity || entity == Escalation::kEntity || entity == PlannedDismissal::kEntity ||
         entity == HostDocument::kEntity || entity == HostDocumentLine::kEntity || entity == DocumentEffect::kEntity;
}

std::string search_key(std::initializer_list<std::string_view> words) {
  std::string joined;
  for (std::string_view word : words) {
    if (word.empty()) continue;
    if (!joined.empty()) joined += ' ';
    joined += word;
  }
  return fold(joined);
}

CompanyId company_of(Unit& unit, const Record& record) {
  const auto of_owner = [&](FieldNo kind, FieldNo id) -> CompanyId {
    const Id owner = record.id_of(id);
    if (record.id_of(kind) == Company::kEntity) return {owner};
    if (record.id_of(kind) == Employee::kEntity)
      if (const auto employee = unit.find<Employee>({owner})) return employee->company;
    return {};
  };
  switch (record.entity()) {
    case Company::kEntity: return {record.row.id};
    case LegalEntity::kEntity: return {record.id_of(LegalEntity::kCompany)};
    case Employee::kEntity: return {record.id_of(Employee::kCompany)};
    case Address::kEntity: return {record.id_of(Address::kCompany)};
    case CompanySphere::kEntity: return {record.id_of(CompanySphere::kCompany)};
    case Assignment::kEntity: return {record.id_of(Assignment::kCompany)};
    case ContactPoint::kEntity: return of_owner(ContactPoint::kOwnerKind, ContactPoint::kOwner);
    case Document::kEntity: return of_owner(Document::kOwnerKind, Document::kOwner);
    case ClassifierPlacement::kEntity:
      return of_owner(ClassifierPlacement::kRecordKind, ClassifierPlacement::kRecord);
    case BankAccount::kEntity: {
      const auto entity = unit.find<LegalEntity>({record.id_of(BankAccount::kLegalEntity)});
      return entity ? entity->company : CompanyId{};
    }
    default: return {};
  }
}

void check_tree(Unit& unit, const Record& record, FieldNo parent_field, const char* rule,
                std::vector<Violation>& violations) {
  if (!record.row.id) return;  // nothing is below a new one
  std::vector<std::pair<Id, Id>> edges;
  Id child = record.row.id;
  Id parent = record.id_of(parent_field);
  while (parent) {
    edges.emplace_back(child, parent);
    if (parent == record.row.id) break;
    const auto above = unit.find(record.entity(), parent);
    if (!above) return;  // the store says ref.missing
    child = parent;
    parent = above->id_of(parent_field);
  }
  const auto cycle = find_cycle(edges);
  if (!cycle) return;
  std::string path;
  for (Id id : *cycle) path += (path.empty() ? "" : " > ") + std::to_string(id);
  violations.push_back({rule, record.entity(), parent_field, record.row.id,
                        std::to_string(record.id_of(parent_field)), path});
}

Warnings save_record(Unit& unit, Record& record) {
  const EntityNo entity = record.entity();
  if (written_by_actions_only(entity) || (entity == Event::kEntity && !record.row.id))
    refuse(Code::invalid_argument,
           {entity == Event::kEntity ? "E7.use_plan" : "entity.read_only", entity, 0, 0, "", record.info->name});
  std::optional<Record> before;
  if (record.row.id) before = unit.load(entity, record.row.id);
  if (before && before->row.version != record.row.version)
    refuse(Code::conflict, {"record.conflict", entity, kVersion, record.row.id, std::to_string(record.row.version),
                            record.info->name});
  std::vector<Violation> violations = check_fields(before ? &*before : nullptr, record);
  refuse_if_any(Code::invalid_argument, std::move(violations));
  check_any_references(unit, record, violations);
  refuse_if_any(Code::invalid_argument, std::move(violations));

  Warnings warnings;
  const Record wanted = record;
  if (Check check = check_of(entity)) check(unit, before ? &*before : nullptr, record, warnings, violations);
  if (!violations.empty()) {
    record = wanted;
    refuse_if_any(Code::refused, std::move(violations));
  }
  if (!before) {
    record.row.id = unit.insert(entity, record.row);
    if (entity == Company::kEntity) unit.touch_new({record.row.id});
  } else {
    unit.update(entity, before->row, record.row);
  }
  unit.touch(company_of(unit, record));
  if (entity == ContactPoint::kEntity) note_primary(unit, record);
  follow(unit, before ? &*before : nullptr, record);
  return warnings;
}

void erase_record(Unit& unit, EntityNo entity, Id id, Version version) {
  const Record record = unit.load(entity, id);
  if (!may_be_erased(entity))
    refuse(Code::refused, {"entity.never_erased", entity, 0, id, "", record.info->name});
  unit.touch(company_of(unit, record));
  if (entity == ContactPoint::kEntity) {
    const auto point = from_row<ContactPoint>(record.row);
    std::erase_if(unit.primaries_of(point.owner), [&](const auto& known) { return known.second == id; });
    unit.contacts_changed(point.owner);
  }
  if (entity == OrganisationCell::kEntity) {
    const auto cell = from_row<OrganisationCell>(record.row);
    refuse_if_any(Code::refused, outside_p2(lost_without(unit, {cell.product, cell.sphere})));
  }
  if (entity == EventLine::kEntity) {
    std::vector<Violation> violations;
    change_line(unit, {record.id_of(EventLine::kEvent)}, {}, id, violations);
    refuse_if_any(Code::refused, std::move(violations));
  }
  unit.erase(entity, id, version);
  follow(unit, &record, record);
}

}  // namespace crm
