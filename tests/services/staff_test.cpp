// M1-M7: the staff as a list and as cards, hiring again.
#include "fixture.hpp"
#include "shared_data.hpp"

using namespace crm;
using namespace crm::test;

namespace {

DepartmentId department(Crm& db, const char* name, DepartmentId parent = {}) {
  Department made;
  made.name = name;
  made.parent = parent;
  db.save(made);
  return made.id;
}

void place(Crm& db, UserId user, DepartmentId department, const char* from, const char* to = nullptr) {
  Placement row;
  row.user = user;
  row.department = department;
  row.from = day(from);
  if (to) row.to = day(to);
  db.save(row);
}

std::vector<std::string> last_names(const std::vector<StaffRow>& rows) {
  std::vector<std::string> names;
  for (const StaffRow& row : rows) names.push_back(row.user.last_name);
  return names;
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("the staff of a department is told as of a day, with the departments below it") {
  CRM_EVERY_STORE {
    House house(store);
    const DepartmentId sales = department(house.db, "Продажи");
    const DepartmentId retail = department(house.db, "Розница", sales);
    place(house.db, house.chief, sales, "2020-01-01");
    place(house.db, house.manager, retail, "2020-01-01", "2026-02-01");
    place(house.db, house.other, retail, "2026-02-01");

    CHECK(last_names(house.db.staff({day("2026-01-31"), sales})) == Names{"Менеджеров", "Начальников"});
    CHECK(last_names(house.db.staff({day("2026-02-01"), sales})) == Names{"Другов", "Начальников"});
    CHECK(last_names(house.db.staff({day("2026-02-01"), retail})) == Names{"Другов"});
    CHECK(last_names(house.db.staff({day("2019-12-31"), {}})) == Names{});
    CHECK(refusal([&] { house.db.staff({{}, DepartmentId{99}}); }) == "record.not_found");
  }
}

TEST_CASE("a line of the list says where one works, who is above, what is assigned and what is to be done") {
  CRM_EVERY_STORE {
    House house(store);
    const DepartmentId retail = department(house.db, "Розница");
    place(house.db, house.manager, retail, "2020-01-01");
    const CompanyId company = house.company("Вектор");
    house.db.assign(company, house.manager, Assignment::Role::main);
    house.db.assign(house.company("Север"), house.manager, Assignment::Role::assistant);
    house.db.assign(house.company("Черновик", Company::Status::draft), house.manager, Assignment::Role::main);
    house.meet(company, "2026-03-09T10:00:00+07:00");                    // planned
    house.meet(company, "2026-02-27T10:00:00+07:00");                    // overdue
    const EventId held = house.meet(company, "2026-02-26T10:00:00+07:00").id;
    house.db.act(held, 0, Action::hold);

    const auto rows = house.db.staff({{}, retail});

    REQUIRE(rows.size() == 1);
    CHECK(rows[0].department == "Розница");
    CHECK(rows[0].supervisor == "Начальников");
    CHECK(rows[0].portfolio.main == 1);
    CHECK(rows[0].portfolio.assistant == 1);
    using State = EffectiveState;
    const auto count = [&](State state) { return rows[0].events.states[static_cast<std::size_t>(state)]; };
    CHECK(count(State::planned) == 1);
    CHECK(count(State::overdue) == 1);
    CHECK(count(State::held) == 1);
  }
}

TEST_CASE("the list counts what its reader sees, and the card keeps documents for who is above") {
  CRM_EVERY_STORE {
    House house(store);
    const CompanyId company = house.company("Вектор");
    house.db.assign(company, house.other, Assignment::Role::main);
    Document passport;
    passport.owner = {User::kEntity, house.other.value};
    passport.title = "Договор";
    passport.uri = "file:///contract.pdf";
    house.db.save(passport);
    const auto main_of_other = [&] {
      for (const StaffRow& row : house.db.staff())
        if (row.user.id == house.other) return row.portfolio.main;
      return std::int64_t{-1};
    };

    house.db.act_as(house.chief);
    CHECK(main_of_other() == 1);
    CHECK(house.db.user_card(house.other).documents.size() == 1);
    CHECK(house.db.user_card(house.other).supervisors == std::vector<UserId>{house.chief, house.director});
    house.db.act_as(house.manager);
    CHECK(main_of_other() == 0);
    CHECK(house.db.user_card(house.other).documents.empty());
  }
}

TEST_CASE("hiring again does not revive an assignment that nobody had ended") {
  CRM_EVERY_STORE {
    House house(store);
    const CompanyId company = house.company("Вектор");
    house.db.dismiss(house.manager, day("2026-03-02"));
    Assignment line;  // as a host keeps it, which knows only when it began
    line.company = company;
    line.user = house.manager;
    line.from = day("2026-02-01");
    house.db.save(line);

    house.db.rehire(house.manager, day("2026-03-02"));

    CHECK(house.db.current_managers(company, day("2026-03-02")).empty());
    CHECK(house.db.load(line.id).to == day("2026-03-02"));
  }
}

TEST_CASE("hiring again opens a new time of service and gives nothing back") {
  CRM_EVERY_STORE {
    House house(store);
    const CompanyId company = house.company("Вектор");
    house.db.assign(company, house.manager, Assignment::Role::main, day("2025-01-01"));
    house.db.dismiss(house.manager, day("2026-03-02"), house.other);
    CHECK(refusal([&] { house.db.rehire(house.manager, day("2026-03-01")); }) == "M2.not_dismissed");

    const User again = house.db.rehire(house.manager, day("2026-06-01"));

    CHECK(again.hired == day("2026-06-01"));
    CHECK(!again.dismissed);
    CHECK(refusal([&] { house.db.rehire(house.manager, day("2026-07-01")); }) == "M2.not_dismissed");
    const auto in_service = [&](const char* date) {
      const Names names = last_names(house.db.staff({day(date), {}}));
      return std::ranges::find(names, "Менеджеров") != names.end();
    };
    CHECK(in_service("2026-03-01"));
    CHECK(!in_service("2026-03-02"));
    CHECK(!in_service("2026-05-31"));
    CHECK(in_service("2026-06-01"));
    // What was his stays where it went; who managed in his first time of service is still told.
    CHECK(house.db.portfolio(house.manager, day("2026-06-01")).main == 0);
    CHECK(house.db.portfolio(house.manager, day("2026-03-01")).main == 1);
    REQUIRE(house.db.current_managers(company, day("2026-03-01")).size() == 1);
    CHECK(house.db.current_managers(company, day("2026-03-01"))[0].user == house.manager);
    const auto employments = house.db.user_card(house.manager).employments;
    REQUIRE(employments.size() == 1);
    CHECK(employments[0].to == day("2026-03-02"));
  }
}

TEST_CASE("a photo is a link or the picture itself") {
  CRM_EVERY_STORE {
    House house(store);
    User user = house.db.load(house.manager);
    for (const char* good : {"https://example.org/1.jpg", "data:image/png;base64,iVBORw0KGgo="}) {
      user.photo_uri = good;
      house.db.save(user);
      CHECK(house.db.user_card(house.manager).row.user.photo_uri == good);
    }
    for (const char* bad : {"data:text/html;base64,PGI+", "data:image/png;base64,", "data:image/png,x", "data:image/png;base64,a*=="}) {
      CAPTURE(bad);
      user.photo_uri = bad;
      CHECK(refusal([&] { house.db.save(user); }) == "M2.photo");
    }
  }
}

TEST_CASE("the organisation of Oracle's sample is told as of any day") {
  CRM_SHARED(employees, "oracle_hr/employees.csv");
  CRM_SHARED(jobs, "oracle_hr/job_history.csv");
  CRM_SHARED(offices, "oracle_hr/departments.csv");
  const auto people = csv_rows(*employees), history = csv_rows(*jobs);
  Crm db = crm::open("memory:");
  std::map<std::string, UserId> users;
  std::map<std::string, DepartmentId> departments;
  for (const CsvRow& row : csv_rows(*offices))
    departments[row.at("department_id")] = department(db, row.at("department_name").c_str());
  for (const CsvRow& row : people) {
    User user;
    user.last_name = row.at("last_name");
    user.first_name = row.at("first_name");
    user.hired = day(row.at("hire_date").c_str());
    db.save(user);
    users[row.at("employee_id")] = user.id;
  }
  for (const CsvRow& row : people)
    if (!row.at("manager_id").empty()) {
      User user = db.load(users.at(row.at("employee_id")));
      user.supervisor = users.at(row.at("manager_id"));
      db.save(user);
    }
  for (const CsvRow& row : people) {
    // In the department of his row since his last job in the history ended.
    Date since = day(row.at("hire_date").c_str());
    for (const CsvRow& job : history) {
      if (job.at("employee_id") != row.at("employee_id")) continue;
      const Date until = day(job.at("end_date").c_str()) + std::chrono::days(1);
      place(db, users.at(row.at("employee_id")), departments.at(job.at("department_id")), job.at("start_date").c_str(),
            to_string(until).c_str());
      since = std::max(since, until);
    }
    if (!row.at("department_id").empty())
      place(db, users.at(row.at("employee_id")), departments.at(row.at("department_id")), to_string(since).c_str());
  }

  const auto staff = [&](const char* date, const char* number) { return last_names(db.staff({day(date), departments.at(number)})); };

  // 102 De Haan was in IT until 24 July 1998, 101 Kochhar in Accounting until 15 March 1997; counted by hand in the two files.
  CHECK(staff("1995-01-01", "60") == Names{"De Haan", "Ernst", "Hunold"});
  CHECK(staff("1995-01-01", "110") == Names{"Gietz", "Higgins", "Kochhar"});
  CHECK(staff("1998-07-24", "60").size() == 5);
  CHECK(staff("1998-07-25", "60") == Names{"Austin", "Ernst", "Hunold", "Pataballa"});
  CHECK(staff("1998-07-24", "90").size() == 3);
  CHECK(staff("1998-07-25", "90").size() == 4);
  CHECK(staff("2000-06-01", "50").size() == 45);
  CHECK(db.supervisors(users.at("103")) == std::vector<UserId>{users.at("102"), users.at("100")});
}
