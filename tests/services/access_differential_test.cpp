// X5: thousands of random organisations; for every user every door gives exactly what a plain reading of the Definitions gives.
#include <map>
#include <random>
#include <set>

#include "crm/services/filters.hpp"
#include "fixture.hpp"
#include "house/rounds.hpp"

using namespace crm;
using namespace crm::test;

namespace {

constexpr int kUsers = 7, kCompanies = 6, kEvents = 9, kSpheres = 4, kProducts = 3;

/// The whole organisation in plain arrays; numbers are ids, 0 is none.
struct Plain {
  int boss[kUsers + 1] = {};
  bool administrator[kUsers + 1] = {}, dismissed[kUsers + 1] = {};
  int department[kUsers + 1] = {};                 // departments 1..3, 2 and 3 are parts of 1
  std::vector<Role> roles[kUsers + 1];
  std::set<int> follows_spheres[kUsers + 1], follows_products[kUsers + 1];
  int creator[kCompanies + 1] = {};
  std::set<int> managers[kCompanies + 1], former[kCompanies + 1];
  int sphere[kCompanies + 1] = {};
  struct E {
    int company = 0, executor = 0, setter = 0, watcher = 0, product = 0;
    bool open = true;
  } events[kEvents + 1];

  [[nodiscard]] bool above(int who, int whom) const {
    for (int at = boss[whom]; at; at = boss[at])
      if (at == who) return true;
    return false;
  }
  [[nodiscard]] bool in_department_of(int who, int whom) const {
    return department[who] && department[whom] && (department[who] == department[whom] || department[who] == 1);
  }
  /// Sphere 2 is a part of 1, 3 of 2; 4 stands alone.
  [[nodiscard]] bool follows(int user, int s) const {
    for (int at = s; at; at = at == 2 ? 1 : at == 3 ? 2 : 0)
      if (follows_spheres[user].contains(at)) return true;
    return false;
  }
  [[nodiscard]] std::vector<Role> roles_of(int user) const { return roles[user].empty() ? std::vector<Role>{Role{}} : roles[user]; }
  [[nodiscard]] bool covers(int user, const Role& role, int whom) const {
    if (user == whom) return true;
    if (role.scope == Role::Scope::own) return false;
    return above(user, whom) || (role.scope == Role::Scope::department && in_department_of(user, whom));
  }

  [[nodiscard]] bool company_by(int user, const Role& role, int c) const {
    if (role.scope == Role::Scope::all) return true;
    bool has_manager = false;
    for (int manager : managers[c]) {
      if (dismissed[manager]) continue;
      has_manager = true;
      if (covers(user, role, manager)) return true;
    }
    if (!has_manager && creator[c] && covers(user, role, creator[c])) return true;
    return role.matrix == Role::Matrix::adds && sphere[c] && follows(user, sphere[c]);
  }
  [[nodiscard]] bool sees_company(int user, int c) const {
    if (administrator[user]) return true;
    for (const Role& role : roles_of(user))
      if (company_by(user, role, c)) return true;
    return false;
  }
  [[nodiscard]] bool event_by(int user, const Role& role, const E& e) const {
    if (e.executor == user || e.setter == user) return true;
    const bool seen = e.watcher == user || role.scope == Role::Scope::all || covers(user, role, e.executor) ||
                      covers(user, role, e.setter) || (!role.own_events && e.company && company_by(user, role, e.company));
    if (!seen) return false;
    return role.matrix != Role::Matrix::narrows || !e.product || follows_products[user].contains(e.product);
  }
  [[nodiscard]] bool sees_event(int user, int e) const {
    if (administrator[user]) return true;
    for (const Role& role : roles_of(user))
      if (event_by(user, role, events[e])) return true;
    return false;
  }
  [[nodiscard]] bool sees_contacts(int user, int c) const {
    if (sees_company(user, c)) return true;
    for (int e = 1; e <= kEvents; ++e)
      if (events[e].company == c && events[e].open && (events[e].executor == user || events[e].setter == user)) return true;
    return false;
  }
};

class Dice {
 public:
  explicit Dice(unsigned seed) : random_(seed) {}
  int of(int n) { return static_cast<int>(random_() % static_cast<unsigned>(n)); }
  int some(int n) { return 1 + of(n); }

 private:
  std::mt19937 random_;
};

Plain random_house(Dice& dice) {
  Plain p;
  for (int u = 1; u <= kUsers; ++u) {
    p.boss[u] = u > 1 && dice.of(4) ? dice.some(u - 1) : 0;
    p.administrator[u] = dice.of(12) == 0;
    p.department[u] = dice.of(4);
    if (dice.of(2))
      for (int n = dice.some(2); n > 0; --n) {
        Role role;
        role.scope = static_cast<Role::Scope>(dice.of(4));
        role.matrix = static_cast<Role::Matrix>(dice.of(3));
        role.own_events = dice.of(3) == 0;
        p.roles[u].push_back(role);
      }
    for (int n = dice.of(3); n > 0; --n) {  // a cell of each sphere with each product
      p.follows_spheres[u].insert(dice.some(kSpheres));
      p.follows_products[u].insert(dice.some(kProducts));
    }
  }
  p.dismissed[kUsers] = dice.of(2);
  for (int c = 1; c <= kCompanies; ++c) {
    p.creator[c] = dice.of(2) ? dice.some(kUsers - 1) : 0;
    for (int n = dice.of(3); n > 0; --n) p.managers[c].insert(dice.some(kUsers));
    for (int n = dice.of(2); n > 0; --n) p.former[c].insert(dice.some(kUsers));
    p.sphere[c] = dice.of(kSpheres + 1);
  }
  for (int e = 1; e <= kEvents; ++e) {
    Plain::E& event = p.events[e];
    event.company = dice.of(kCompanies + 1);
    event.executor = dice.some(kUsers - 1);
    event.setter = dice.some(kUsers - 1);
    event.watcher = dice.of(3) ? 0 : dice.some(kUsers - 1);
    event.product = dice.of(3) ? dice.some(kProducts) : 0;
    event.open = dice.of(3) != 0;
  }
  return p;
}

/// The same in a base.
void build(Crm& db, Plain& p) {
  Instant now = at("2026-03-02T02:00:00Z");
  db.host().clock = [now] { return now; };
  db.begin();
  Organisation organisation = db.organisation();
  organisation.silent = true;
  db.save(organisation);
  EventType type;
  type.code = "call";
  type.name_ru = "звонок";
  type.no_company = true;
  type.verified = false;
  db.save(type);
  for (int d = 1; d <= 3; ++d) {
    Department department;
    department.name = "Отдел";
    if (d > 1) department.parent = {1};
    db.save(department);
  }
  for (int s = 1; s <= kSpheres; ++s) {
    Sphere sphere;
    sphere.name = "Сфера";
    if (s == 2 || s == 3) sphere.parent = {s - 1};
    db.save(sphere);
  }
  for (int n = 1; n <= kProducts; ++n) {
    Product product;
    product.name = "Продукт";
    db.save(product);
    for (int s = 1; s <= kSpheres; ++s) {
      OrganisationCell cell{{}, 0, product.id, {s}};
      db.save(cell);
    }
  }
  for (int u = 1; u <= kUsers; ++u) {
    User user;
    user.last_name = "П" + std::to_string(u);
    user.supervisor = {p.boss[u]};
    user.administrator = p.administrator[u];
    user.hired = day("2020-01-01");
    if (p.dismissed[u]) user.dismissed = day("2026-01-01");
    db.save(user);
    if (p.department[u]) {
      Placement placement;
      placement.user = user.id;
      placement.department = {p.department[u]};
      placement.from = day("2020-01-01");
      db.save(placement);
    }
    int number = 0;
    for (Role& role : p.roles[u]) {
      role.code = std::to_string(u) + "-" + std::to_string(++number);
      role.name_ru = role.code;
      db.save(role);
      UserRole given{{}, 0, user.id, role.id};
      db.save(given);
    }
    // The cell of each followed sphere with each followed product: what he follows is read off its rows.
    for (int s : p.follows_spheres[u])
      for (int n : p.follows_products[u]) {
        UserCell cell{{}, 0, user.id, {n}, {s}};
        db.save(cell);
      }
  }
  db.commit();
  for (int c = 1; c <= kCompanies; ++c) {
    if (p.creator[c]) db.act_as(UserId{p.creator[c]});
    Company company;
    company.name = "Клиент " + std::to_string(c);
    company.comment = "тайна " + std::to_string(c);
    db.save(company);
    db.act_as(UserId{});
    Employee person;
    person.company = company.id;
    person.last_name = "Человек";
    db.save(person);
    if (p.sphere[c]) {
      CompanySphere row{{}, 0, company.id, {p.sphere[c]}};
      db.save(row);
    }
    const auto assign = [&](int user, const char* from, std::optional<Date> to) {
      Assignment line;
      line.company = company.id;
      line.user = {user};
      line.role = Assignment::Role::assistant;
      line.from = day(from);
      line.to = to;
      db.save(line);
    };
    for (int u : p.managers[c]) assign(u, "2021-01-01", {});
    for (int u : p.former[c]) assign(u, "2020-02-01", day("2020-12-01"));
  }
  for (int e = 1; e <= kEvents; ++e) {
    const Plain::E& plain = p.events[e];
    Event event;
    event.type = type.id;
    event.company = {plain.company};
    event.executor = {plain.executor};
    event.setter = {plain.setter};
    event.start = at("2026-03-01T02:00:00Z");
    std::vector<EventLine> lines;
    if (plain.product) lines.emplace_back().product = {plain.product};
    if (plain.open) {
      db.plan(event, lines);
    } else {
      db.record(event, lines);
    }
    if (plain.watcher) {
      Watcher watcher{{}, 0, event.id, {plain.watcher}};
      db.save(watcher);
    }
  }
}

std::set<int> ids(Crm& db, EntityNo entity, std::optional<Filter> filter = {}) {
  Query query;
  query.entity = entity;
  query.columns = {kId};
  query.filter = std::move(filter);
  std::set<int> found;
  Rows rows = db.select(query);
  while (const Cell* cells = rows.next()) found.insert(static_cast<int>(cells[0].integer));
  return found;
}

std::int64_t count(Crm& db, EntityNo entity, std::optional<Filter> filter = {}) {
  Aggregate all;
  all.entity = entity;
  all.filter = std::move(filter);
  all.measures = {{Measure::Fn::count, {}}};
  return to_cell(db.aggregate(all).rows.at(0).at(0)).as_integer();
}

void check_user(Crm& db, const Plain& p, int user) {
  std::set<int> companies, contacts, events, lines;
  for (int c = 1; c <= kCompanies; ++c) {
    if (p.sees_company(user, c)) companies.insert(c);
    if (p.sees_contacts(user, c)) contacts.insert(c);
  }
  for (int e = 1; e <= kEvents; ++e)
    if (p.sees_event(user, e)) events.insert(e);

  CHECK(ids(db, Company::kEntity) == companies);
  CHECK(ids(db, Event::kEntity) == events);
  CHECK(ids(db, Employee::kEntity) == contacts);  // one of each company
  CHECK(count(db, Company::kEntity) == std::ssize(companies));
  CHECK(count(db, Event::kEntity) == std::ssize(events));
  std::int64_t with_product = 0, of_whole_company = 0;
  std::set<int> names;
  for (int e : events) {
    with_product += p.events[e].product != 0;
    of_whole_company += p.events[e].company && companies.contains(p.events[e].company);
    if (p.events[e].company) names.insert(p.events[e].company);
  }
  CHECK(count(db, EventLine::kEntity) == with_product);
  // The company's hidden field, asked for through the event.
  CHECK(count(db, Event::kEntity, where::starts_with({Event::kCompany, Company::kComment}, "тайна")) == of_whole_company);
  CHECK(count(db, Event::kEntity, where::starts_with({Event::kCompany, Company::kName}, "Клиент")) ==
        std::ranges::count_if(events, [&](int e) { return p.events[e].company != 0; }));
  // Companies of his that have an event he sees.
  std::set<int> with_events;
  for (int e : events)
    if (companies.contains(p.events[e].company)) with_events.insert(p.events[e].company);
  CHECK(ids(db, Company::kEntity, where::exists(Event::kEntity, Event::kCompany, kId)) == with_events);

  std::set<int> hits;
  for (const ContactHit& hit : db.search_contacts("клиент")) hits.insert(static_cast<int>(hit.company.value));
  CHECK(hits == contacts);
  std::set<int> overdue;
  for (const Event& e : db.overdue()) overdue.insert(static_cast<int>(e.id.value));
  std::set<int> open;
  for (int e : events)
    if (p.events[e].open) open.insert(e);
  CHECK(overdue == open);  // all of them were yesterday

  for (int c = 1; c <= kCompanies; ++c) {
    const auto card = db.find(Company::kEntity, c);
    const bool by_name = contacts.contains(c) || names.contains(c);
    CHECK(card.has_value() == by_name);
    if (card) CHECK(card->get(Company::kComment).is_null() == !companies.contains(c));
    const auto whole = [&] {
      try {
        db.completeness({c});
        return true;
      } catch (const Error& error) {
        CHECK(error.code() == Code::not_found);
        return false;
      }
    };
    CHECK(whole() == companies.contains(c));
    if (!by_name) continue;
    std::set<int> on_card;
    for (const Event& e : db.card({c}).events) on_card.insert(static_cast<int>(e.id.value));
    std::set<int> of_company;
    for (int e : events)
      if (p.events[e].company == c) of_company.insert(e);
    CHECK(on_card == of_company);
  }
  for (int e = 1; e <= kEvents; ++e) {
    CHECK(db.find(Event::kEntity, e).has_value() == events.contains(e));
    const auto why = events.contains(e) ? db.explain_access({user}, {Event::kEntity, e}) : AccessExplain{};
    CHECK((why.sight == Sight::whole) == events.contains(e));
    CHECK(why.reasons.empty() == !events.contains(e));
  }
}

}  // namespace

TEST_CASE("every door gives every user exactly the set of the definition") {
  const char* const given = std::getenv("CRM_ACCESS_WORLDS");
  const auto worlds = static_cast<unsigned>(given ? std::atoi(given) : rounds(1200, 15));
  for (unsigned seed = 1; seed <= worlds; ++seed) {
    CAPTURE(seed);
    Dice dice(seed);
    Plain plain = random_house(dice);
    Crm db = crm::open(stores()[seed % stores().size()]);
    build(db, plain);
    for (int user = 1; user <= kUsers; ++user) {
      if (plain.dismissed[user]) continue;
      CAPTURE(user);
      db.act_as(UserId{user});
      check_user(db, plain, user);
    }
  }
}
