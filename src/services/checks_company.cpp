// Rules of the client card's own records, asked at every save (C1-C5, C7, C9).
#include <algorithm>

#include "checks.hpp"
#include "crm/base/text.hpp"
#include "crm/rules/requisites.hpp"
#include "matrices.hpp"

namespace crm::checks {
namespace {

void check_owner(const Record& record, FieldNo kind, std::initializer_list<EntityNo> allowed,
                 std::vector<Violation>& violations) {
  const Id owner = record.id_of(kind);
  if (std::ranges::find(allowed, owner) != allowed.end()) return;
  std::string names;
  for (EntityNo entity : allowed) names += (names.empty() ? "" : ", ") + std::string(entity_info(entity).name);
  violations.push_back({"ref.not_allowed", record.entity(), kind, record.row.id,
                        entity_info(static_cast<EntityNo>(owner)).name, names});
}

bool plausible(const ContactPoint& point) {
  switch (point.kind) {
    case ContactPoint::Kind::phone: return phone_digits(point.value).size() >= 3;
    case ContactPoint::Kind::email: {
      const auto at = point.value.find('@');
      return at != std::string::npos && at > 0 && at + 1 < point.value.size() &&
             point.value.find_first_of(" \t\r\n") == std::string::npos && point.value.find('@', at + 1) == std::string::npos;
    }
    case ContactPoint::Kind::site:
    case ContactPoint::Kind::messenger: return !trim(point.value).empty();
  }
  return true;
}

}  // namespace

std::string contact_key(const ContactPoint& point) {
  if (point.kind != ContactPoint::Kind::phone) return fold(point.value);
  if (const auto e164 = phone_e164(point.value)) return *e164;
  return phone_digits(point.value);
}

void company(Unit& unit, const Record* before, Record& after, Warnings&, std::vector<Violation>& violations) {
  auto card = from_row<Company>(after.row);
  const bool was_draft = before && before->id_of(Company::kStatus) == static_cast<Id>(Company::Status::draft);
  if (before && !was_draft && card.status == Company::Status::draft)
    violations.push_back({"card.never_draft_again", Company::kEntity, Company::kStatus, card.id.value, "draft", ""});
  if (!before) {
    card.created_at = unit.now;
    card.created_by = unit.actor;
  }
  if (card.status == Company::Status::active && !card.activated_on) card.activated_on = unit.today();
  std::vector<ContactPoint> points;
  if (before) points = contact_points(unit, {Company::kEntity, card.id.value});
  card.search_key = company_key(card, points);
  after.row = to_row(card);
}

void contact_point(Unit& unit, const Record*, Record& after, Warnings&, std::vector<Violation>& violations) {
  check_owner(after, ContactPoint::kOwnerKind, {Company::kEntity, Employee::kEntity, User::kEntity}, violations);
  auto point = from_row<ContactPoint>(after.row);
  if (!plausible(point))
    violations.push_back({"C1.contact_value", ContactPoint::kEntity, ContactPoint::kValue, point.id.value,
                          shorten(point.value), ""});
  if (!violations.empty()) return;
  point.key = contact_key(point);
  // C1: one primary per kind. The first one is it by itself; a new primary takes over.
  const auto& primaries = unit.primaries_of(point.owner);
  const auto primary = primaries.find(point.kind);
  if (primary == primaries.end() || primary->second == point.id.value) {
    point.primary = true;
  } else if (point.primary) {
    unit.flush();  // it may be a point of this unit
    const auto old = unit.load(IdOf<ContactPoint>{primary->second});
    ContactPoint other = old;
    other.primary = false;
    unit.update(old, other);
  }
  after.row = to_row(point);
}

void legal_entity(Unit& unit, const Record*, Record& after, Warnings&, std::vector<Violation>& violations) {
  check_order(after, LegalEntity::kFrom, LegalEntity::kTo, violations);
  const auto entity = from_row<LegalEntity>(after.row);
  if (!entity.unchecked)
    for (Violation& v : check(entity)) violations.push_back(std::move(v));
  if (entity.inn.empty() || entity.form == LegalEntity::Form::foreign) return;
  // C2: (ИНН, КПП) is unique among live ones; no КПП is a value.
  Filter same = where::all({where::eq(LegalEntity::kInn, entity.inn),
                            entity.kpp.empty() ? where::is_null(LegalEntity::kKpp)
                                               : where::eq(LegalEntity::kKpp, entity.kpp),
                            where::ne(kId, entity.id.value),
                            where::ne({LegalEntity::kCompany, Company::kStatus},
                                      static_cast<Id>(Company::Status::archived))});
  for (const LegalEntity& other : unit.list<LegalEntity>(std::move(same)))
    if (DateRange{entity.from, entity.to}.overlaps({other.from, other.to})) {
      violations.push_back({"C2.inn_kpp_taken", LegalEntity::kEntity, LegalEntity::kInn, entity.id.value,
                            entity.inn + (entity.kpp.empty() ? "" : "/" + entity.kpp), ""});
      return;
    }
}

void bank_account(Unit&, const Record*, Record& after, Warnings&, std::vector<Violation>& violations) {
  check_order(after, BankAccount::kFrom, BankAccount::kTo, violations);
  const auto account = from_row<BankAccount>(after.row);
  if (!account.unchecked)
    for (Violation& v : check(account)) violations.push_back(std::move(v));
}

void document(Unit& unit, const Record* before, Record& after, Warnings& warnings, std::vector<Violation>& violations) {
  check_owner(after, Document::kOwnerKind, {Company::kEntity, Employee::kEntity, Event::kEntity, User::kEntity},
              violations);
  const std::string uri(after.get(Document::kUri).as_text());
  const bool is_new = !before || before->get(Document::kUri).as_text() != uri;
  if (is_new && !uri.empty() && !unit.host_has_file(uri))
    warnings.push_back({"C3.file_missing", Document::kEntity, Document::kUri, after.row.id, shorten(uri), ""});
  if (before) return;
  auto document = from_row<Document>(after.row);
  document.added_by = unit.actor;
  document.added_at = unit.now;
  after.row = to_row(document);
}

void employee(Unit& unit, const Record* before, Record& after, Warnings&, std::vector<Violation>& violations) {
  auto person = from_row<Employee>(after.row);
  if (person.birthday && person.left_on && *person.left_on < *person.birthday)
    violations.push_back({"C4.left_before", Employee::kEntity, Employee::kLeftOn, person.id.value,
                          to_string(*person.left_on), to_string(*person.birthday)});
  std::vector<ContactPoint> points;
  if (before) points = contact_points(unit, {Employee::kEntity, person.id.value});
  person.search_key = employee_key(person, points);
  after.row = to_row(person);
}

void address(Unit&, const Record*, Record& after, Warnings&, std::vector<Violation>& violations) {
  const auto range = [&](FieldNo field, double limit) {
    const Cell cell = after.get(field);
    if (!cell.is_null() && (cell.real < -limit || cell.real > limit))
      violations.push_back({"field.range", Address::kEntity, field, after.row.id, std::to_string(cell.real),
                            "-" + std::to_string(static_cast<int>(limit)) + ".." +
                                std::to_string(static_cast<int>(limit))});
  };
  range(Address::kLatitude, 90);
  range(Address::kLongitude, 180);
}

void sphere(Unit& unit, const Record* before, Record& after, Warnings&, std::vector<Violation>& violations) {
  check_tree(unit, after, Sphere::kParent, "C9.cycle", violations);
  // P3: what P2 gives to the spheres below goes with the place in the tree.
  if (before && violations.empty() && before->id_of(Sphere::kParent) != after.id_of(Sphere::kParent))
    violations = outside_p2(lost_by_moving(unit, {after.row.id}, {after.id_of(Sphere::kParent)}));
}

void company_sphere(Unit& unit, const Record*, Record& after, Warnings&, std::vector<Violation>& violations) {
  const auto sphere = unit.find<Sphere>({after.id_of(CompanySphere::kSphere)});
  if (sphere && sphere->retired_on && *sphere->retired_on <= unit.today())
    violations.push_back({"C6.retired", CompanySphere::kEntity, CompanySphere::kSphere, after.row.id, sphere->name, ""});
}

void assignment(Unit& unit, const Record* before, Record& after, Warnings&, std::vector<Violation>& violations) {
  check_order(after, Assignment::kFrom, Assignment::kTo, violations);
  auto line = from_row<Assignment>(after.row);
  const auto user = unit.find<User>(line.user);
  if (!before && user && !DateRange{user->hired, user->dismissed}.contains(*line.from))
    violations.push_back({"C7.user_not_in_service", Assignment::kEntity, Assignment::kUser, line.id.value,
                          user->last_name, to_string(*line.from)});
  if (line.role == Assignment::Role::main)
    for (const Assignment& other :
         unit.list<Assignment>(where::all({where::eq(Assignment::kCompany, line.company.value),
                                           where::eq(Assignment::kRole, static_cast<Id>(Assignment::Role::main)),
                                           where::ne(kId, line.id.value)})))
      if (DateRange{line.from, line.to}.overlaps({other.from, other.to})) {
        violations.push_back({"C7.two_mains", Assignment::kEntity, Assignment::kUser, line.id.value,
                              std::to_string(line.user.value), to_string(*other.from)});
        break;
      }
  if (!before) line.by = unit.actor;
  after.row = to_row(line);
}

void receipt(Unit& unit, const Record*, Record& after, Warnings&, std::vector<Violation>&) {
  fill_currency(unit, after, Receipt::kAmount, Receipt::kCurrency);
}

void check_order(const Record& record, FieldNo from, FieldNo to, std::vector<Violation>& violations) {
  const Cell a = record.get(from);
  const Cell b = record.get(to);
  if (!a.is_null() && !b.is_null() && b.integer <= a.integer)
    violations.push_back({"date.order", record.entity(), to, record.row.id, to_string(date_of(b.integer)),
                          to_string(date_of(a.integer))});
}

std::string company_key(const Company& card, const std::vector<ContactPoint>& points) {
  std::string key = search_key({card.name, card.short_name});
  for (const ContactPoint& p : points) key += ' ' + searched(p);
  return key;
}

std::string employee_key(const Employee& person, const std::vector<ContactPoint>& points) {
  std::string key = search_key({person.last_name, person.first_name, person.middle_name});
  for (const ContactPoint& p : points) key += ' ' + searched(p);
  return key;
}

std::string searched(const ContactPoint& point) {
  if (point.kind != ContactPoint::Kind::phone) return fold(point.value);
  return phone_digits(contact_key(point));
}

void fill_currency(Unit& unit, Record& record, FieldNo amount, FieldNo currency) {
  if (record.get(amount).is_null()) {
    record.set(currency, {});
  } else if (record.get(currency).is_null()) {
    record.set(currency, Cell::of(unit.organisation().currency.letters()));
  }
}

}  // namespace crm::checks

namespace crm {

std::vector<ContactPoint> contact_points(Unit& unit, RecordRef owner) {
  return unit.list<ContactPoint>(where::all({where::eq(ContactPoint::kOwnerKind, Id{owner.entity}),
                                             where::eq(ContactPoint::kOwner, owner.id)}),
                                 {{ContactPoint::kPrimary, true}});
}

/// The derived phone, e-mail and search key of an owner, given all his points.
static void refresh_contacts(Unit& unit, RecordRef owner, const std::vector<ContactPoint>& points) {
  const auto primary = [&](ContactPoint::Kind kind) -> Value {
    for (const ContactPoint& p : points)
      if (p.kind == kind && p.primary) return p.value;
    return {};
  };
  const Value phone = primary(ContactPoint::Kind::phone);
  const Value email = primary(ContactPoint::Kind::email);
  if (owner.entity == Company::kEntity) {
    if (const auto card = unit.find<Company>({owner.id}))
      unit.refresh(Company::kEntity, owner.id,
                   {{Company::kPhone, phone}, {Company::kEmail, email},
                    {Company::kSearchKey, checks::company_key(*card, points)}});
  } else if (owner.entity == Employee::kEntity) {
    if (const auto person = unit.find<Employee>({owner.id}))
      unit.refresh(Employee::kEntity, owner.id,
                   {{Employee::kPhone, phone}, {Employee::kEmail, email},
                    {Employee::kSearchKey, checks::employee_key(*person, points)}});
  }
}

Crm::State::Primaries& Unit::primaries_of(RecordRef owner) {
  const auto known = state_.primaries.find(owner);
  if (known != state_.primaries.end()) return known->second;
  Crm::State::Primaries primaries;
  for (const ContactPoint& point : contact_points(*this, owner))
    if (point.primary) primaries.emplace(point.kind, point.id.value);
  return state_.primaries.emplace(owner, std::move(primaries)).first->second;
}

void settle_contacts(Crm::State& state, Session& session) {
  if (state.contacts_due.empty()) return;
  state.contacts_settled.reserve(state.contacts_settled.size() + state.contacts_due.size());
  Unit unit(state, session);
  for (const RecordRef owner : state.contacts_due) refresh_contacts(unit, owner, contact_points(unit, owner));
  unit.flush();
  state.contacts_settled.insert(state.contacts_settled.end(), state.contacts_due.begin(), state.contacts_due.end());
  state.contacts_due.clear();
}

}  // namespace crm
