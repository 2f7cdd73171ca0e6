// X5 by cases: what each one sees and may do.
#include "fixture.hpp"

#include "crm/services/filters.hpp"

using namespace crm;
using namespace crm::test;

namespace {

std::vector<Id> ids(House& house, EntityNo entity, std::optional<Filter> filter = {}) {
  Query query;
  query.filter = std::move(filter);
  std::vector<Id> found;
  for (const Row& row : house.db.rows(entity, query)) found.push_back(row.id);
  return found;
}

RecordRef ref(CompanyId id) { return {Company::kEntity, id.value}; }
RecordRef ref(EventId id) { return {Event::kEntity, id.value}; }

using Reasons = std::vector<std::string>;

/// Vektor is the manager's, Romb is Drugov's, Kub is nobody's; the manager has a meeting with Romb that the director watches.
struct Firm : House {
  explicit Firm(const std::string& store) : House(store) {
    vektor = company("Вектор");
    romb = company("Ромб");
    kub = company("Куб");
    db.assign(vektor, manager, Assignment::Role::main);
    db.assign(romb, other, Assignment::Role::main);
    outsider = user("Посторонних");
    boss = user("Главных");
    User admin = db.load(boss);
    admin.administrator = true;
    db.save(admin);
    ivanov = employee(romb, "Иванов");
    contact({Company::kEntity, romb.value}, ContactPoint::Kind::phone, "+7 383 212-34-56");
    at_romb = meet(romb, "2026-03-03T10:00:00+07:00").id;
    Watcher watcher{{}, 0, at_romb, outsider};
    db.save(watcher);
    at_vektor = meet(vektor, "2026-03-04T10:00:00+07:00").id;
  }
  CompanyId vektor, romb, kub;
  UserId outsider, boss;
  EmployeeId ivanov;
  EventId at_romb, at_vektor;
};

}  // namespace

TEST_CASE("a user sees what is his and his subordinates', an administrator all") {
  CRM_EVERY_STORE {
    Firm firm(store);
    firm.db.act_as(firm.manager);
    CHECK(ids(firm, Company::kEntity) == std::vector<Id>{firm.vektor.value});
    CHECK(ids(firm, Event::kEntity) == std::vector<Id>{firm.at_romb.value, firm.at_vektor.value});
    firm.db.act_as(firm.other);
    CHECK(ids(firm, Company::kEntity) == std::vector<Id>{firm.romb.value});
    CHECK(ids(firm, Event::kEntity) == std::vector<Id>{firm.at_romb.value});
    firm.db.act_as(firm.director);
    CHECK(ids(firm, Company::kEntity) == std::vector<Id>{firm.vektor.value, firm.romb.value});
    firm.db.act_as(firm.outsider);
    CHECK(ids(firm, Company::kEntity).empty());
    CHECK(ids(firm, Event::kEntity) == std::vector<Id>{firm.at_romb.value});
    firm.db.act_as(firm.boss);
    CHECK(ids(firm, Company::kEntity).size() == 3);
  }
}

TEST_CASE("through an open event its executor sees name and contacts of the company, a watcher its name") {
  CRM_EVERY_STORE {
    Firm firm(store);
    Company romb = firm.db.load(firm.romb);
    romb.comment = "тайна";
    firm.db.save(romb);

    firm.db.act_as(firm.manager);
    Company seen = firm.db.load(firm.romb);
    CHECK(seen.name == "Ромб");
    CHECK(seen.phone == "+7 383 212-34-56");
    CHECK(seen.comment.empty());
    Card card = firm.db.card(firm.romb);
    CHECK(card.contacts.size() == 1);
    CHECK(card.employees.size() == 1);
    CHECK(card.managers.empty());
    CHECK(card.events.size() == 1);
    CHECK(firm.db.search_contacts("2123456").size() == 1);
    CHECK(firm.db.load(firm.ivanov).last_name == "Иванов");
    CHECK(refusal([&] { firm.db.completeness(firm.romb); }) == "record.not_found");

    firm.db.act_as(firm.outsider);
    seen = firm.db.load(firm.romb);
    CHECK(seen.name == "Ромб");
    CHECK(seen.phone.empty());
    CHECK(firm.db.card(firm.romb).employees.empty());
    CHECK(firm.db.search_contacts("2123456").empty());
    CHECK(firm.db.search_contacts("Ромб").empty());
    CHECK(refusal([&] { firm.db.load(firm.ivanov); }) == "record.not_found");
    CHECK(refusal([&] { firm.db.load(firm.vektor); }) == "record.not_found");

    firm.db.act_as(UserId{});
    ActionRequest reason;
    reason.reason = "клиент отказался";
    firm.db.act(firm.at_romb, 0, Action::cancel, reason);
    firm.db.act_as(firm.manager);
    CHECK(firm.db.load(firm.romb).phone.empty());  // not open any more
    CHECK(refusal([&] { firm.db.load(firm.ivanov); }) == "record.not_found");
  }
}

TEST_CASE("filters, counts and sums do not tell what may not be read") {
  CRM_EVERY_STORE {
    Firm firm(store);
    Company romb = firm.db.load(firm.romb);
    romb.comment = "тайна";
    firm.db.save(romb);
    firm.db.act_as(firm.manager);
    const auto count = [&](Filter filter) {
      Aggregate all;
      all.entity = Event::kEntity;
      all.filter = std::move(filter);
      all.measures = {{Measure::Fn::count, {}}};
      return to_cell(firm.db.aggregate(all).rows.at(0).at(0)).as_integer();
    };
    const Path comment{Event::kCompany, Company::kComment};
    CHECK(count(where::eq(comment, std::string("тайна"))) == 0);
    CHECK(count(where::is_null(comment)) == 2);
    CHECK(count(where::none({where::is_null(comment)})) == 0);
    CHECK(count(where::ne(comment, std::string("тайна"))) == 2);
    CHECK(count(where::eq({Event::kCompany, Company::kName}, std::string("Ромб"))) == 1);
    // Rows behind a reference as well: whether Romb has a manager other than him.
    CHECK(count(where::exists(Assignment::kEntity, Assignment::kCompany, Event::kCompany)) == 1);
    firm.db.act_as(UserId{});
    CHECK(count(where::exists(Assignment::kEntity, Assignment::kCompany, Event::kCompany)) == 2);

    // A column that he may not read leaves him the rows where he may.
    firm.db.act_as(firm.manager);
    Query query;
    query.entity = Event::kEntity;
    query.columns = {kId, comment};
    Rows rows = firm.db.select(query);
    const Cell* cells = rows.next();
    REQUIRE(cells);
    CHECK(cells[0].integer == firm.at_vektor.value);
    CHECK_FALSE(rows.next());
  }
}

TEST_CASE("what is seen and may not be changed is denied, with the right that lacks; what is not seen is not there") {
  CRM_EVERY_STORE {
    Firm firm(store);
    Code code{};
    const auto denied = [&](const std::function<void()>& call) {
      const std::string rule = refusal(call, &code);
      return std::string(name(code)) + " " + rule;
    };
    firm.db.act_as(firm.manager);
    Company vektor = firm.db.load(firm.vektor);
    vektor.comment = "звонить утром";
    firm.db.save(vektor);
    Company romb = firm.db.load(firm.romb);
    romb.name = "Чужой";
    CHECK(denied([&] { firm.db.save(romb); }) == "not_found record.not_found");
    Employee person;
    person.company = firm.romb;
    person.last_name = "Петров";
    CHECK(denied([&] { firm.db.save(person); }) == "invalid_argument ref.missing");
    person.company = {999};
    CHECK(denied([&] { firm.db.save(person); }) == "invalid_argument ref.missing");
    Employee ivanov = firm.db.load(firm.ivanov);
    ivanov.position = "директор";
    CHECK(denied([&] { firm.db.save(ivanov); }) == "denied X5.right");
    Organisation house = firm.db.organisation();
    house.draft_days = 1;
    CHECK(denied([&] { firm.db.save(house); }) == "denied X5.right");
    User self = firm.db.load(firm.manager);
    self.administrator = true;
    CHECK(denied([&] { firm.db.save(self); }) == "denied X5.right");
    CHECK(denied([&] { firm.db.dismiss(firm.other, day("2026-03-02")); }) == "denied X5.right");
    CHECK(denied([&] { firm.db.assign(firm.romb, firm.manager, Assignment::Role::assistant); }) == "not_found record.not_found");
    CHECK(denied([&] { firm.db.verification_queue(firm.director); }) == "denied X5.right");
    Event event;
    event.type = firm.meeting;
    event.company = firm.romb;
    event.start = at("2026-03-05T10:00:00+07:00");
    CHECK(denied([&] { firm.db.plan(event); }) == "invalid_argument ref.missing");

    // An executor keeps result and contact of his event; the rest is its setter's.
    Event mine = firm.db.load(firm.at_romb);
    mine.result = "договорились";
    mine.contact = firm.ivanov;
    firm.db.save(mine);
    mine.priority = Event::Priority::high;
    CHECK(denied([&] { firm.db.save(mine); }) == "denied X5.right");
    firm.db.act_as(firm.chief);
    firm.db.save(mine);
    firm.db.act_as(firm.outsider);
    mine.purpose = "любопытство";
    CHECK(denied([&] { firm.db.save(mine); }) == "denied X5.right");
  }
}

TEST_CASE("a new card is seen by who brought it until it has a manager") {
  CRM_EVERY_STORE {
    Firm firm(store);
    firm.db.act_as(firm.manager);
    const CompanyId mine = firm.company("Новый", Company::Status::draft);
    CHECK(firm.db.load(mine).name == "Новый");
    firm.db.act_as(firm.other);
    CHECK_FALSE(firm.db.find(Company::kEntity, mine.value));
    firm.db.act_as(firm.manager);
    firm.db.assign(mine, firm.other, Assignment::Role::main);
    CHECK_FALSE(firm.db.find(Company::kEntity, mine.value));
  }
}

TEST_CASE("explain_access names every reason, to the user himself and to who is above him") {
  CRM_EVERY_STORE {
    Firm firm(store);
    const auto why = [&](UserId user, RecordRef record) { return firm.db.explain_access(user, record).reasons; };
    CHECK(why({}, ref(firm.romb)) == Reasons{"host"});
    CHECK(why(firm.boss, ref(firm.romb)) == Reasons{"administrator"});
    CHECK(why(firm.other, ref(firm.romb)) == Reasons{"manager"});
    CHECK(why(firm.chief, ref(firm.romb)) == Reasons{"supervisor_of_manager"});
    CHECK(why(firm.manager, ref(firm.romb)) == Reasons{"open_event"});
    CHECK(why(firm.outsider, ref(firm.romb)) == Reasons{});
    CHECK(firm.db.explain_access(firm.outsider, ref(firm.romb)).sight == Sight::name);
    CHECK(why(firm.outsider, ref(firm.at_romb)) == Reasons{"watcher"});
    CHECK(why(firm.other, ref(firm.at_romb)) == Reasons{"manager"});
    CHECK(why(firm.chief, ref(firm.at_romb)) == Reasons{"setter", "supervisor_of_executor", "supervisor_of_manager"});
    CHECK(firm.db.explain_access(firm.manager, ref(firm.at_romb)).may_edit);
    CHECK_FALSE(firm.db.explain_access(firm.outsider, ref(firm.at_romb)).may_edit);
    CHECK(firm.db.explain_access(firm.other, ref(firm.vektor)).sight == Sight::nothing);

    firm.db.act_as(firm.chief);
    CHECK(why(firm.manager, ref(firm.vektor)) == Reasons{"manager"});
    CHECK(refusal([&] { why(firm.director, ref(firm.vektor)); }) == "X5.right");
    CHECK(refusal([&] { why(firm.manager, ref(firm.kub)); }) == "record.not_found");
  }
}

TEST_CASE("a uniqueness refusal says that the value is taken, and nothing of whose it is") {
  CRM_EVERY_STORE {
    Firm firm(store);
    LegalEntity entity;
    entity.company = firm.romb;
    entity.name = "ООО Ромб";
    entity.inn = "7707083893";
    entity.kpp = "773601001";
    firm.db.save(entity);
    firm.db.act_as(firm.manager);
    LegalEntity mine = entity;
    mine.id = {};
    mine.version = 0;
    mine.company = firm.vektor;
    try {
      firm.db.save(mine);
      CHECK(false);
    } catch (const Error& error) {
      REQUIRE(error.violations().size() == 1);
      CHECK(error.violations()[0].rule == "C2.inn_kpp_taken");
      CHECK(error.violations()[0].record == 0);
      CHECK(error.message().find("Ромб") == std::string::npos);
    }
  }
}

TEST_CASE("a snapshot tells who acts what the handle would tell him, and the log to who sees everything") {
  CRM_EVERY_STORE {
    Firm firm(store);
    const auto snapshot = firm.db.snapshot();
    Query names;
    names.entity = Company::kEntity;
    names.columns = {kId};
    names.order = {{kId}};
    const auto found = [&] {
      std::vector<Id> selected, scanned;
      const auto cursor = snapshot->select(names);
      while (const Cell* cells = cursor->next()) selected.push_back(cells[0].integer);
      snapshot->scan(names, [&](const Cell* cells) { scanned.push_back(cells[0].integer); });
      CHECK(scanned == selected);
      Aggregate count;
      count.entity = Company::kEntity;
      count.measures = {{Measure::Fn::count, {}}};
      CHECK(to_cell(snapshot->aggregate(count).rows.at(0).at(0)).integer == static_cast<std::int64_t>(selected.size()));
      return selected;
    };
    const auto log = [&] { return snapshot->changes(0, 1).size(); };

    CHECK(found() == std::vector<Id>{firm.vektor.value, firm.romb.value, firm.kub.value});
    CHECK(log() == 1);
    firm.db.act_as(firm.manager);
    CHECK(found() == std::vector<Id>{firm.vektor.value});
    CHECK(snapshot->find(Company::kEntity, firm.vektor.value));
    CHECK_FALSE(snapshot->find(Company::kEntity, firm.kub.value));
    const auto romb = snapshot->find(Company::kEntity, firm.romb.value);  // of which he sees the name, since he meets them
    REQUIRE(romb);
    CHECK(romb->values == firm.db.find(Company::kEntity, firm.romb.value)->row.values);
    Code code{};
    CHECK(refusal(log, &code) == "X5.right");
    CHECK(code == Code::denied);
    CHECK(refusal([&] { snapshot->change(1); }) == "X5.right");
    CHECK(refusal([&] { snapshot->erasure(Company::kEntity, 1); }) == "X5.right");
    firm.db.act_as(firm.outsider);
    CHECK(found().empty());
    firm.db.act_as(firm.boss);
    CHECK(found().size() == 3);
    CHECK(log() == 1);
  }
}

TEST_CASE("the store beneath is the host's alone") {
  CRM_EVERY_STORE {
    Firm firm(store);
    CHECK(firm.db.store().read()->last_change() > 0);
    for (const UserId user : {firm.outsider, firm.boss}) {
      firm.db.act_as(user);
      Code code{};
      CHECK(refusal([&] { firm.db.store(); }, &code) == "X5.right");
      CHECK(code == Code::denied);
    }
  }
}
