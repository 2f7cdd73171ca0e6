#include "crm/meta/meta.hpp"

#include <algorithm>
#include <iterator>
#include <string>

#include "crm/base/text.hpp"
#include "crm/store/store.hpp"
#include "enums.hpp"
#include "migrations.hpp"
#include "table.hpp"

namespace crm {

const EnumValue* EnumInfo::find(std::int64_t number) const {
  for (const EnumValue& v : values)
    if (v.number == number) return &v;
  return nullptr;
}

const EnumValue* EnumInfo::find(std::string_view code) const {
  for (const EnumValue& v : values)
    if (v.code == code) return &v;
  return nullptr;
}

std::string EnumInfo::code(std::int64_t number) const {
  const EnumValue* const value = find(number);
  return value ? value->code : std::to_string(number);
}

std::string EnumInfo::caption(std::int64_t number, Language language) const {
  const EnumValue* const value = find(number);
  if (!value) return std::to_string(number);
  return language == Language::russian ? value->ru : value->en;
}

int EntityInfo::position(FieldNo field) const {
  // Numbers of a table that has only grown are its positions; look there first.
  const std::size_t guess = static_cast<std::size_t>(field) - 3;
  if (field >= 3 && guess < fields.size() && fields[guess].no == field) return static_cast<int>(guess);
  for (std::size_t i = 0; i < fields.size(); ++i)
    if (fields[i].no == field) return static_cast<int>(i);
  return -1;
}

const FieldInfo* EntityInfo::find(FieldNo field) const {
  const int i = position(field);
  return i < 0 ? nullptr : &fields[static_cast<std::size_t>(i)];
}

const FieldInfo* EntityInfo::find(std::string_view field_name) const {
  for (const FieldInfo& f : fields)
    if (f.name == field_name) return &f;
  return nullptr;
}

const FieldInfo& EntityInfo::at(FieldNo field) const {
  if (const FieldInfo* f = find(field)) return *f;
  throw Error(Code::invalid_argument, {{"field.unknown", no, field, 0, std::to_string(field), name}});
}

std::span<const EntityInfo* const> entities() {
  using namespace table;
  static const EntityInfo* const kAll[] = {
      &info<Organisation>(),  &info<Department>(),     &info<Position>(),        &info<User>(),
      &info<Placement>(),     &info<Company>(),        &info<ContactPoint>(),    &info<LegalEntity>(),
      &info<BankAccount>(),   &info<Document>(),       &info<Employee>(),        &info<Address>(),
      &info<Sphere>(),        &info<CompanySphere>(),  &info<Assignment>(),      &info<ExternalId>(),
      &info<Receipt>(),       &info<EventType>(),      &info<Outcome>(),         &info<Event>(),
      &info<EventLine>(),     &info<Reschedule>(),     &info<VerificationEntry>(), &info<Product>(),
      &info<OrganisationCell>(), &info<UserCell>(),    &info<PlanCell>(),        &info<Dictionary>(),
      &info<DictionaryValue>(), &info<Characteristic>(), &info<NumberValue>(),   &info<TextValue>(),
      &info<Classifier>(),    &info<ClassifierNode>(), &info<ClassifierPlacement>(), &info<Profile>(),
      &info<Criterion>(),     &info<WorkingHours>(),   &info<CalendarDay>(),     &info<Notice>(),
      &info<Escalation>(),    &info<EscalationStep>(), &info<Reminder>(),        &info<Watcher>(),
      &info<Subscription>(),  &info<NoticeText>(),     &info<PlannedDismissal>(),
      &info<Role>(),          &info<UserRole>(),       &info<SavedFilter>(),
      &info<HostDocumentKind>(),  &info<HostDocument>(),   &info<HostDocumentLine>(), &info<EventDocument>(),
      &info<DocumentRule>(),  &info<DocumentEffect>(),
      &info<CalendarTheme>(), &info<CalendarStyle>(),  &info<HostFeed>(),
      &info<Funnel>(),        &info<FunnelStage>(),    &info<FunnelRule>(),      &info<Employment>()};
  return kAll;
}

const EntityInfo* find_entity(EntityNo entity) {
  const auto all = entities();
  return entity >= 1 && entity <= all.size() ? all[entity - 1u] : nullptr;
}

const EntityInfo* find_entity(std::string_view name) {
  for (const EntityInfo* e : entities())
    if (e->name == name) return e;
  return nullptr;
}

const EntityInfo& entity_info(EntityNo entity) {
  if (const EntityInfo* e = find_entity(entity)) return *e;
  throw Error(Code::invalid_argument, {{"entity.unknown", entity, 0, 0, std::to_string(entity), ""}});
}

std::span<const EnumInfo* const> enumerations() { return enums::all(); }

std::string_view caption(const FieldInfo& field, Language language) {
  return language == Language::russian ? field.ru : field.en;
}

std::string_view caption(const EntityInfo& entity, Language language) {
  return language == Language::russian ? entity.ru : entity.en;
}

Storage storage_of(Kind kind) {
  switch (kind) {
    case Kind::text:
    case Kind::currency: return Storage::text;
    case Kind::real: return Storage::real;
    case Kind::integer:
    case Kind::boolean:
    case Kind::decimal:
    case Kind::money:
    case Kind::date:
    case Kind::instant:
    case Kind::enumeration:
    case Kind::reference:
    case Kind::entity:
    case Kind::any_reference: return Storage::integer;
  }
  return Storage::null;
}

const char* wanted_form(Kind kind) {
  switch (kind) {
    case Kind::text: return "text";
    case Kind::integer: return "an integer";
    case Kind::boolean: return "true or false";
    case Kind::real: return "a number";
    case Kind::decimal: return "a decimal as text, \"12.5\"";
    case Kind::money: return "an integer, minor units";
    case Kind::currency: return "three letters of ISO 4217";
    case Kind::date: return "a date, \"2026-03-02\"";
    case Kind::instant: return "an instant, \"2026-03-02T09:00:00+07:00\"";
    case Kind::enumeration: return "a code of the enumeration";
    case Kind::reference:
    case Kind::any_reference: return "an id";
    case Kind::entity: return "the name of an entity";
  }
  return "";
}

namespace {

Meaning meaning_of(Kind kind) {
  switch (kind) {
    case Kind::date: return Meaning::date;
    case Kind::instant: return Meaning::instant;
    case Kind::decimal: return Meaning::decimal;
    case Kind::money: return Meaning::money;
    case Kind::enumeration:
    case Kind::entity: return Meaning::code;
    default: return Meaning::plain;
  }
}

std::vector<std::pair<std::int64_t, std::string>> codes_of(const FieldInfo& field) {
  std::vector<std::pair<std::int64_t, std::string>> codes;
  if (field.kind == Kind::enumeration)
    for (const EnumValue& value : field.values->values) codes.emplace_back(value.number, value.code);
  if (field.kind == Kind::entity)
    for (const EntityInfo* info : entities()) codes.emplace_back(info->no, info->name);
  return codes;
}

}  // namespace

Schema current_schema() {
  Schema schema;
  schema.version = 7;
  schema.migrations = migrations();
  for (const EntityInfo* info : entities()) {
    EntityDef& def = schema.entities.emplace_back();
    def.no = info->no;
    def.name = info->name;
    for (const FieldInfo& f : info->fields)
      def.fields.push_back({f.no, f.name, storage_of(f.kind), f.has(kRequired), f.refers, f.has(kSearched), meaning_of(f.kind),
                            codes_of(f)});
    for (const IndexInfo& index : info->indexes) {
      IndexDef& out = def.indexes.emplace_back(IndexDef{{}, index.unique, index.filled_only});
      const auto given = [](FieldNo no) { return no != 0; };
      std::ranges::copy_if(index.fields, std::back_inserter(out.fields), given);
      std::ranges::copy_if(index.covers, std::back_inserter(out.covers), given);
    }
  }
  return schema;
}

}  // namespace crm
