// Client cards: what is derived, what is unique, what is found, the score (C1, C2, C11, C12, X12).
#include <algorithm>
#include <set>

#include "facts.hpp"

namespace crm::years {
namespace {

bool within(const std::optional<Date>& from, const std::optional<Date>& to, Date day) { return (!from || *from <= day) && (!to || day < *to); }

struct CardRows {
  std::vector<const ContactPoint*> contacts;
  std::vector<const Employee*> employees;
  bool inn = false, sphere = false, manager = false;
};

std::map<CompanyId, CardRows> gathered(const Evening& evening) {
  const Facts& facts = evening.facts;
  std::map<CompanyId, CardRows> cards;
  for (const auto& [id, point] : facts.all<ContactPoint>())
    if (point.owner.entity == Company::kEntity) cards[{point.owner.id}].contacts.push_back(&point);
  for (const auto& [id, employee] : facts.all<Employee>()) cards[employee.company].employees.push_back(&employee);
  for (const auto& [id, entity] : facts.all<LegalEntity>())
    if (!entity.inn.empty() && within(entity.from, entity.to, evening.today)) cards[entity.company].inn = true;
  for (const auto& [id, row] : facts.all<CompanySphere>()) cards[row.company].sphere = true;
  for (const auto& [id, one] : facts.all<Assignment>()) {
    const User& user = *facts.find(one.user);
    if (within(one.from, one.to, evening.today) && within(user.hired, user.dismissed, evening.today)) cards[one.company].manager = true;
  }
  return cards;
}

bool has(const std::vector<const ContactPoint*>& points, ContactPoint::Kind kind) {
  return std::ranges::any_of(points, [&](const ContactPoint* point) { return point->kind == kind; });
}

/// The criteria of the starter set, whose weights make up 100; nobody has an address here.
std::int32_t score(const Evening& evening, const CardRows& card, const std::set<Id>& with_phone) {
  const bool person = std::ranges::any_of(card.employees, [&](const Employee* one) {
    return with_phone.contains(one->id.value) && (!one->left_on || *one->left_on > evening.today);
  });
  return 20 * has(card.contacts, ContactPoint::Kind::phone) + 10 * has(card.contacts, ContactPoint::Kind::email) + 20 * card.inn +
         15 * card.sphere + 15 * card.manager + 10 * person;
}

void check_scores(const Evening& evening, std::map<CompanyId, CardRows>& cards) {
  std::set<Id> with_phone;
  for (const auto& [id, point] : evening.facts.all<ContactPoint>())
    if (point.owner.entity == Employee::kEntity && point.kind == ContactPoint::Kind::phone) with_phone.insert(point.owner.id);
  for (const auto& [id, company] : evening.facts.all<Company>()) {
    const std::int32_t want = score(evening, cards[company.id], with_phone);
    const std::string of = "score of company " + std::to_string(id);
    same("score", of, evening.db.completeness(company.id).score, want);
    if (company.score && (!company.score_valid_until || evening.today < *company.score_valid_until)) same("stored_score", "stored " + of, *company.score, want);
  }
}

/// One primary of a kind and owner; that is what a card shows.
void check_contacts(const Evening& evening) {
  std::map<std::pair<RecordRef, ContactPoint::Kind>, std::vector<const ContactPoint*>> points;
  for (const auto& [id, point] : evening.facts.all<ContactPoint>()) points[{point.owner, point.kind}].push_back(&point);
  const auto shown = [&](RecordRef owner, ContactPoint::Kind kind) {
    const auto& of = points[{owner, kind}];
    if (std::ranges::count_if(of, &ContactPoint::primary) > 1)
      throw Broken{"primary", "record " + std::to_string(owner.id) + " has two primary contacts of a kind"};
    for (const ContactPoint* point : of)
      if (point->primary) return point->value;
    return std::string();
  };
  for (const auto& [id, company] : evening.facts.all<Company>()) {
    same("phone", "phone of company " + std::to_string(id), company.phone, shown({Company::kEntity, id}, ContactPoint::Kind::phone));
    same("phone", "e-mail of company " + std::to_string(id), company.email, shown({Company::kEntity, id}, ContactPoint::Kind::email));
  }
  for (const auto& [id, employee] : evening.facts.all<Employee>()) {
    same("phone", "phone of employee " + std::to_string(id), employee.phone, shown({Employee::kEntity, id}, ContactPoint::Kind::phone));
    same("phone", "e-mail of employee " + std::to_string(id), employee.email, shown({Employee::kEntity, id}, ContactPoint::Kind::email));
  }
}

void check_unique(const Evening& evening) {
  std::set<std::pair<std::string, std::string>> taken;
  for (const auto& [id, entity] : evening.facts.all<LegalEntity>()) {
    const bool live = evening.facts.find(entity.company)->status != Company::Status::archived && within(entity.from, entity.to, evening.today);
    if (live && !entity.inn.empty() && !taken.insert({entity.inn, entity.kpp}).second) throw Broken{"unique", "two legal entities have INN " + entity.inn};
  }
}

/// Everybody is found by his own name and by the digits of his phone: some of them every evening.
void check_search(const Evening& evening) {
  const auto hit = [&](const std::string& text, CompanyId company, EmployeeId employee) {
    const auto hits = evening.db.search_contacts(text, 10'000);
    return std::ranges::any_of(hits, [&](const ContactHit& one) { return one.company == company && one.employee == employee; });
  };
  const auto turn = static_cast<Id>(to_number(evening.today) % 17);
  for (const auto& [id, company] : evening.facts.all<Company>())
    if (id % 17 == turn && !hit(company.name, company.id, {}))
      throw Broken{"search", "company " + std::to_string(id) + " is not found by its name " + company.name};
  for (const auto& [id, employee] : evening.facts.all<Employee>()) {
    if (id % 17 != turn) continue;
    if (!hit(employee.last_name, employee.company, employee.id)) throw Broken{"search", "employee " + std::to_string(id) + " is not found by his name"};
    if (!employee.phone.empty() && !hit(employee.phone, employee.company, employee.id))
      throw Broken{"search", "employee " + std::to_string(id) + " is not found by his phone " + employee.phone};
  }
}

}  // namespace

void check_cards(const Evening& evening) {
  auto cards = gathered(evening);
  check_scores(evening, cards);
  check_contacts(evening);
  check_unique(evening);
  check_search(evening);
}

}  // namespace crm::years
