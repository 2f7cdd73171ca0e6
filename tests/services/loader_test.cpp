#include "crm/services/loader.hpp"

#include <cstdio>
#include <filesystem>

#include "fixture.hpp"

using namespace crm;
using namespace crm::test;

namespace {

void load_everything(Crm& db) {
  Loader loader(db);
  std::vector<User> users(1);
  users[0].id = {5};
  users[0].last_name = "Менеджеров";
  loader.add(std::span<const User>(users));
  std::vector<EventType> types(1);
  types[0].id = {1};
  types[0].code = types[0].name_ru = "call";
  loader.add(std::span<const EventType>(types));
  std::vector<Product> products(1);
  products[0].id = {3};
  products[0].name = "Кабель";
  loader.add(std::span<const Product>(products));
  std::vector<Company> companies(2);
  companies[0].id = {10};
  companies[0].name = "Вектор";
  companies[1].id = {11};
  companies[1].name = "Север";
  std::vector<ContactPoint> points(1);
  points[0].id = {1};
  points[0].owner = {Company::kEntity, 11};
  points[0].value = "8 383 212 34 56";
  points[0].primary = true;
  loader.add(companies, points);
  std::vector<EmployeeCard> people(1);
  people[0].employee.id = {20};
  people[0].employee.company = {10};
  people[0].employee.last_name = "Фёдоров";
  loader.add(people);
  std::vector<EventWithLines> events(1);
  events[0].event.id = {100};
  events[0].event.type = {1};
  events[0].event.company = {10};
  events[0].event.executor = events[0].event.setter = {5};
  events[0].event.start = at("2026-03-01T10:00:00Z");
  events[0].lines.resize(1);
  events[0].lines[0].id = {1};
  events[0].lines[0].product = {3};
  loader.add(events);
  loader.finish();
}

void check_loaded(Crm& db) {
  const Event event = db.load(EventId{100});
  CHECK(event.due_at == at("2026-03-01T10:00:00Z"));
  CHECK(event.product == ProductId{3});
  CHECK(db.load(CompanyId{11}).phone == "8 383 212 34 56");
  REQUIRE(db.search_contacts("2123456").size() == 1);
  CHECK(db.search_contacts("федоров").size() == 1);
  Company next;
  next.name = "Новая";
  db.save(next);
  CHECK(next.id.value > 11);  // ids go on after the loaded ones
}

}  // namespace

TEST_CASE("a first load keeps the host's ids and fills what the library makes") {
  CRM_EVERY_STORE {
    Crm db = crm::open(store);
    load_everything(db);
    check_loaded(db);
  }
}

TEST_CASE("the fast first load of a file gives the same base, also after it is opened again") {
  const std::string path = (std::filesystem::temp_directory_path() / "crm-loader-test.db").string();
  for (const char* tail : {"", "-wal", "-shm"}) std::remove((path + tail).c_str());
  SqliteOptions options;
  options.path = path;
  options.initial_load = true;
  {
    Crm db = crm::open(options);
    load_everything(db);
    CHECK(db.load(EventId{100}).company == CompanyId{10});
  }
  {
    Crm db = crm::open(path);
    check_loaded(db);
  }
  for (const char* tail : {"", "-wal", "-shm"}) std::remove((path + tail).c_str());
}

TEST_CASE("a wrong record is told with its id and leaves nothing of its batch") {
  CRM_EVERY_STORE {
    Crm db = crm::open(store);
    Loader loader(db);
    std::vector<Company> companies(2);
    companies[0].id = {1};
    companies[0].name = "Вектор";
    companies[1].id = {2};
    try {
      loader.add(companies);
      FAIL("must throw");
    } catch (const Error& error) {
      CHECK(error.refused_by("field.required"));
      CHECK(error.violations()[0].record == 2);
    }
    companies[1].name = "Север";
    loader.add(companies);
    loader.finish();
    CHECK(db.load(CompanyId{2}).name == "Север");
  }
}

TEST_CASE("clients whose contacts are refused are not loaded without them") {
  CRM_EVERY_STORE {
    Crm db = crm::open(store);
    Loader loader(db);
    std::vector<Company> companies(1);
    companies[0].id = {1};
    companies[0].name = "Вектор";
    std::vector<ContactPoint> contacts(1);
    contacts[0].id = {1};
    contacts[0].owner = {Company::kEntity, 1};
    contacts[0].kind = ContactPoint::Kind::email;  // of no value

    CHECK(refusal([&] { loader.add(companies, contacts); }) == "field.required");
    CHECK(db.list<Company>({}).empty());

    contacts[0].value = "info@vektor.example";
    loader.add(companies, contacts);
    loader.finish();
    CHECK(db.list<Company>({}).size() == 1);
  }
}

TEST_CASE("what a load refuses is still the caller's to mend") {
  CRM_EVERY_STORE {
    House house(store);
    Loader loader(house.db);
    std::vector<EventWithLines> events(2);
    for (std::size_t i = 0; i < events.size(); ++i) {
      events[i].event.id = {Id(i + 1)};
      events[i].event.type = house.meeting;
      events[i].event.executor = events[i].event.setter = house.manager;
      events[i].event.start = at("2026-03-20T10:00:00+07:00");
      events[i].event.purpose = "обсудить";
    }
    events[1].event.company = {99};
    CHECK(refusal([&] { loader.add(events); }) == "ref.missing");
    CHECK(events[0].event.purpose == "обсудить");

    std::vector<EmployeeCard> people(1);
    people[0].employee.id = {1};
    people[0].employee.company = {99};
    people[0].employee.last_name = "Контактов";
    people[0].contacts.resize(1);
    people[0].contacts[0].id = {1};
    people[0].contacts[0].kind = ContactPoint::Kind::email;
    people[0].contacts[0].value = "k@vektor.example";
    CHECK(refusal([&] { loader.add(people); }) == "ref.missing");
    CHECK(people[0].employee.last_name == "Контактов");
    CHECK(people[0].contacts[0].value == "k@vektor.example");

    events[1].event.company = {};
    loader.add(events);
    loader.finish();
    CHECK(house.db.load(EventId{1}).purpose == "обсудить");
  }
}

TEST_CASE("a load without its finish leaves nothing") {
  CRM_EVERY_STORE {
    Crm db = crm::open(store);
    {
      Loader loader(db);
      std::vector<Product> products(1);
      products[0].id = {3};
      products[0].name = "Кабель";
      loader.add(std::span<const Product>(products));
    }
    CHECK_FALSE(db.find(Product::kEntity, 3));
  }
}

TEST_CASE("a load that is over leaves the host's own unit of work alone") {
  CRM_EVERY_STORE {
    Crm db = crm::open(store);
    std::vector<Company> companies(1);
    companies[0].id = {100};
    companies[0].name = "Вектор";
    for (const bool finished : {true, false}) {
      CAPTURE(finished);
      Company own;
      own.name = "Север";
      {
        Loader loader(db);
        if (finished) {
          loader.add(companies);
          loader.finish();
        } else {
          db.rollback();
        }
        db.begin();
        db.save(own);
        Code code{};
        CHECK(refusal([&] { loader.add(companies); }, &code) == "handle.transaction");
        CHECK(code == Code::misuse);
        CHECK(refusal([&] { loader.add(std::span<EventWithLines>()); }) == "handle.transaction");
        CHECK(refusal([&] { loader.finish(); }) == "handle.transaction");
      }
      REQUIRE(db.in_unit());
      db.commit();
      CHECK(db.find(Company::kEntity, own.id.value));
    }
    CHECK(db.find(Company::kEntity, 100));
  }
}

TEST_CASE("a load passes the rules by: it is the host's and the administrator's") {
  CRM_EVERY_STORE {
    House house(store);
    house.db.act_as(house.manager);
    Code code{};
    CHECK(refusal([&] { Loader loader(house.db); }, &code) == "X5.right");
    CHECK(code == Code::denied);
    CHECK_FALSE(house.db.in_unit());
  }
}
