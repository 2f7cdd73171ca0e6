// The client card: reading it whole, its life, and the search over people and companies (C1, C11, C12).
#include "access.hpp"
#include "characteristics.hpp"
#include "completeness.hpp"
#include "crm/base/text.hpp"
#include "save.hpp"
#include "sizes.hpp"

namespace crm {
namespace {

std::vector<ManagerOf> managers_of(Unit& unit, CompanyId company) {
  std::vector<ManagerOf> managers;
  for (Assignment& line : unit.list<Assignment>(where::eq(Assignment::kCompany, company.value),
                                                {{Assignment::kFrom}})) {
    const auto user = unit.load(line.user);
    const bool current = DateRange{line.from, line.to}.contains(unit.today()) &&
                         DateRange{user.hired, user.dismissed}.contains(unit.today());
    managers.push_back({std::move(line), full_name(user.last_name, user.first_name, user.middle_name), current});
  }
  return managers;
}

/// What one sees who has an open event with the company: its name, contacts and people.
void read_contacts(Unit& unit, CompanyId id, Card& card) {
  card.contacts = contact_points(unit, {Company::kEntity, id.value});
  for (Employee& person : unit.list<Employee>(where::eq(Employee::kCompany, id.value))) {
    auto contacts = contact_points(unit, {Employee::kEntity, person.id.value});
    card.employees.push_back({std::move(person), std::move(contacts)});
  }
}

void read_events(Unit& unit, CompanyId id, std::int64_t last_events, Card& card) {
  if (last_events <= 0) return;
  Query query;
  query.entity = Event::kEntity;
  query.filter = where::all({where::eq(Event::kCompany, id.value), where::eq(Event::kRemoved, Id{0})});
  query.order = {{Event::kStart, true}};
  query.limit = last_events;
  limit(unit, query);
  for (const Row& row : unit.rows(Event::kEntity, std::move(query))) card.events.push_back(from_row<Event>(row));
}

Card read_card(Unit& unit, CompanyId id, std::int64_t last_events) {
  Card card;
  Record record = unit.load(Company::kEntity, id.value);
  const Sight sight = unit.actor ? unit.access().sight_of(record) : Sight::whole;
  if (sight == Sight::nothing) unit.access().check_seen({Company::kEntity, id.value});
  renew_read_score(unit, record);
  if (sight != Sight::whole) mask(record, sight);
  card.company = from_row<Company>(record.row);
  read_events(unit, id, last_events, card);
  if (sight >= Sight::contacts) read_contacts(unit, id, card);
  if (sight != Sight::whole) return card;
  for (LegalEntity& entity : unit.list<LegalEntity>(where::eq(LegalEntity::kCompany, id.value))) {
    auto accounts = unit.list<BankAccount>(where::eq(BankAccount::kLegalEntity, entity.id.value));
    card.legal_entities.push_back({std::move(entity), std::move(accounts)});
  }
  card.addresses = unit.list<Address>(where::eq(Address::kCompany, id.value), {{Address::kPrimary, true}});
  card.spheres = unit.list<Sphere>(where::exists(CompanySphere::kEntity, CompanySphere::kSphere, kId,
                                                 {where::eq(CompanySphere::kCompany, id.value)}));
  card.characteristics = read_characteristics(unit, {Company::kEntity, id.value});
  card.managers = managers_of(unit, id);
  card.documents = unit.list<Document>(where::all({where::eq(Document::kOwnerKind, Id{Company::kEntity}),
                                                   where::eq(Document::kOwner, id.value)}));
  return card;
}

void set_status(Unit& unit, CompanyId id, Company::Status status) {
  Record record = unit.load(Company::kEntity, id.value);
  unit.access().check_edit_company(id);
  record.set(Company::kStatus, Cell::of(static_cast<std::int64_t>(status)));
  save_record(unit, record);
  unit.flush();
}

/// The beginning of a number as it is dialled, without what is not stored: 00 and 8~10 before a country. Inside Russia
/// 8 383 ... is stored as 7383...
std::string dialled(std::string digits, std::size_t shortest) {
  for (const std::string_view prefix : {"00", "810"})
    if (digits.starts_with(prefix) && digits.size() >= prefix.size() + shortest) return digits.substr(prefix.size());
  if (digits.size() > shortest && digits[0] == '8') digits[0] = '7';
  return digits;
}

/// Digits of a query that reads like a phone: a whole one, or no letters and at least 4 digits.
std::optional<std::string> phone_query(std::string_view text) {
  constexpr std::size_t kShortest = 4;
  std::string digits = phone_digits(text);
  if (const auto e164 = phone_e164(text))  // ten bare digits may also be those of another country
    return e164->ends_with(digits) ? digits : e164->substr(1);
  for (char c : text)
    if ((c < '0' || c > '9') && std::string_view(" +()-./~").find(c) == std::string_view::npos) return {};
  if (digits.size() < kShortest) return {};
  return trim(text)[0] == digits[0] ? dialled(std::move(digits), kShortest) : digits;
}

}  // namespace

Card Crm::card(CompanyId company, std::int64_t last_events) {
  return reading(*state_, [&](Unit& unit) { return read_card(unit, company, last_events); });
}

void Crm::activate(CompanyId company) {
  writing(*state_, [&](Unit& unit) { set_status(unit, company, Company::Status::active); });
}

void Crm::archive(CompanyId company) {
  writing(*state_, [&](Unit& unit) { set_status(unit, company, Company::Status::archived); });
}

std::vector<ContactHit> Crm::search_contacts(std::string_view text, std::int64_t limit) {
  check_searched(limits(), text);
  const std::string key = phone_query(text).value_or(fold(text));
  if (key.empty()) return {};
  return reading(*state_, [&](Unit& unit) {
    std::vector<ContactHit> hits;
    Query companies;
    companies.entity = Company::kEntity;
    companies.columns = {kId, Company::kName, Company::kPhone, Company::kEmail};
    companies.filter = where::contains(Company::kSearchKey, key);
    if (const Access access = unit.access(); access.visible(Company::kEntity))
      companies.filter = where::all({std::move(*companies.filter), access.contacts_of_company(kId)});
    companies.limit = limit;
    auto cursor = unit.session.select(companies);
    while (const Cell* c = cursor->next()) {
      const std::string name(c[1].as_text());
      hits.push_back({{c[0].integer}, {}, name, name, "", std::string(c[2].as_text()), std::string(c[3].as_text())});
    }
    Query people;
    people.entity = Employee::kEntity;
    people.columns = {kId,
                      Employee::kCompany,
                      {Employee::kCompany, Company::kName},
                      Employee::kLastName,
                      Employee::kFirstName,
                      Employee::kMiddleName,
                      Employee::kPosition,
                      Employee::kPhone,
                      Employee::kEmail};
    people.filter = where::contains(Employee::kSearchKey, key);
    people.limit = limit;
    crm::limit(unit, people);
    cursor = unit.session.select(people);
    while (const Cell* c = cursor->next())
      hits.push_back({{c[1].integer}, {c[0].integer}, std::string(c[2].as_text()),
                      full_name(c[3].as_text(), c[4].as_text(), c[5].as_text()), std::string(c[6].as_text()),
                      std::string(c[7].as_text()), std::string(c[8].as_text())});
    return hits;
  });
}

}  // namespace crm
