// What a handle keeps in memory for its reports is never older than the base, whoever writes to it.
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <set>

#include "crm/services/json_door.hpp"
#include "fixture.hpp"

using namespace crm;
using namespace crm::test;

namespace {

struct TempFile {
  std::string path = (std::filesystem::temp_directory_path() / ("crm_resident_" + std::to_string(getpid()) + ".db")).string();
  TempFile() { remove(); }
  ~TempFile() { remove(); }
  void remove() const {
    for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(path + end);
  }
};

/// Another process that writes what it is told by its number. It is made before this one opens the base: a handle is not carried over.
class Writer {
 public:
  explicit Writer(void (*write)(const std::string& path, int number), const std::string& path) {
    REQUIRE(pipe(orders_) == 0);
    REQUIRE(pipe(done_) == 0);
    child_ = fork();
    if (child_ != 0) return;
    int number = 0;
    close(orders_[1]);  // so that the end of the parent ends this loop
    while (read(orders_[0], &number, sizeof number) == sizeof number) {
      try {
        write(path, number);
      } catch (...) {
        _exit(1);
      }
      if (::write(done_[1], &number, sizeof number) != sizeof number) _exit(1);
    }
    _exit(0);
  }
  ~Writer() {
    close(orders_[1]);
    waitpid(child_, nullptr, 0);
    for (int end : {orders_[0], done_[0], done_[1]}) close(end);
  }
  Writer(const Writer&) = delete;

  void does(int number) {
    REQUIRE(::write(orders_[1], &number, sizeof number) == sizeof number);
    close_once(done_[1]);  // the child's end alone is open: if it dies, the read below ends
    int told = -1;
    REQUIRE(read(done_[0], &told, sizeof told) == sizeof told);
    CHECK(told == number);
  }

 private:
  void close_once(int& end) {
    if (end >= 0) close(end);
    end = -1;
  }
  int orders_[2]{}, done_[2]{};
  pid_t child_ = 0;
};

PivotQuery by_product(const std::vector<Figure>& figures) {
  PivotQuery query;
  query.from = day("2026-01-01");
  query.to = day("2026-12-31");
  query.rows = {{Dimension::product, {}}};
  query.columns = {{Dimension::manager, {}}};
  query.figures = figures;
  query.counted = EventsCounted::all;
  return query;
}

std::string report(Crm& db, bool wide) {
  return pivot_json(db.pivot(by_product(wide ? std::vector{Figure::events, Figure::companies, Figure::minutes, Figure::amount}
                                             : std::vector{Figure::events, Figure::companies})));
}

Crm opened(const std::string& path) {
  Crm db = crm::open(path);
  db.host().clock = [] { return at("2026-03-02T09:00:00+07:00"); };
  return db;
}

/// A held event of one of two managers and clients, with none to two products.
void hold(Crm& db, int number) {
  Event event;
  event.type = {1};
  event.company = {1 + number % 2};
  event.executor = {3 + number % 2};
  event.start = at("2026-02-01T10:00:00+07:00") + std::chrono::hours(number);
  event.end = *event.start + std::chrono::minutes(30 + number % 3);
  std::vector<EventLine> lines;
  for (int i = 0; i < number % 3; ++i) {
    lines.emplace_back().product = {1 + (number + i) % 2};
    lines.back().amount = Money{100 * number, Currency("RUB")};
  }
  db.record(event, lines);
}

/// Two clients, two products and so many held events.
void stock(House& house, int events) {
  for (const char* name : {"Вектор", "Север"}) house.company(name);
  for (const char* name : {"Топор", "Пила"}) house.product(name);
  for (int i = 0; i < events; ++i) hold(house.db, i);
}

void write(const std::string& path, int number) {
  Crm db = opened(path);
  switch (number % 4) {
    case 0: hold(db, number); break;
    case 1: {
      EventLine line;
      line.product = {2};
      db.set_lines({1 + number}, 0, {&line, 1});
      break;
    }
    case 2: db.act({1 + number}, 0, Action::reopen, because("ошибка")); break;
    case 3: {
      db.begin();
      for (int i = 0; i < 5; ++i) hold(db, number + i);
      db.commit();
      break;
    }
  }
}

void write_around(const std::string& path, int number) {
  Crm db = opened(path);
  switch (number % 4) {
    case 0: hold(db, number); break;
    case 1: {
      Receipt receipt;
      receipt.company = {1 + number % 2};
      receipt.date = day("2026-02-10");
      receipt.amount = Money{100 + number, Currency("RUB")};
      db.save(receipt);
      break;
    }
    case 2: {
      PlanCell cell;
      cell.user = {3};
      cell.from = day("2026-02-01");
      cell.to = day("2026-03-01");
      cell.events = number;
      db.set_plans({&cell, 1});
      break;
    }
    default: db.assign({1}, {3 + number / 4 % 2}, Assignment::Role::main, day("2026-02-01") + std::chrono::days(number)); break;
  }
}

FunnelId make_funnel(Crm& db) {
  Funnel funnel;
  funnel.code = funnel.name_ru = "sales";
  db.save(funnel);
  FunnelStage stage;
  stage.funnel = funnel.id;
  stage.place = 1;
  stage.code = stage.name_ru = "met";
  db.save(stage);
  FunnelRule rule;
  rule.funnel = funnel.id;
  rule.stage = stage.id;
  rule.type = {1};
  rule.state = Event::State::held;
  db.save(rule);
  return funnel.id;
}

std::string reports_around(Crm& db) {
  return plan_fact_json(db, R"({"from": "2026-02-01", "to": "2026-03-01", "by": ["user", "product"], "measures": ["events", "receipts"]})") +
         receipts_json(db, R"({"by": ["manager"]})") + funnel_json(db, R"({"funnel": "sales", "by": "manager"})");
}

}  // namespace

TEST_CASE("plan-fact, receipts and a funnel of what is kept are those of the store whatever another process writes") {
  const TempFile file;
  Writer other(write_around, file.path);
  {
    House house(file.path);
    stock(house, 6);
    make_funnel(house.db);
  }
  Crm kept = opened(file.path);
  reports_around(kept);  // the second time it keeps what it reads
  std::set<std::string> met;

  for (int number = 0; number < 16; ++number) {
    CAPTURE(number);
    other.does(number);
    Crm fresh = opened(file.path);
    fresh.begin();  // inside a unit of work nothing that is kept is used
    const std::string read = reports_around(fresh);
    fresh.rollback();
    CHECK(reports_around(kept) == read);
    met.insert(read);
  }
  CHECK(met.size() > 10);
}

TEST_CASE("a report of resident columns equals a fresh one whatever another process writes") {
  const TempFile file;
  Writer other(write, file.path);
  {
    House house(file.path);
    stock(house, 20);
  }
  Crm kept = opened(file.path);
  report(kept, false);  // the second one builds the columns

  for (int number = 0; number < 12; ++number) {
    CAPTURE(number);
    other.does(number);
    Crm fresh = opened(file.path);
    CHECK(report(kept, false) == report(fresh, false));
    Crm fresh_again = opened(file.path);
    CHECK(report(kept, true) == report(fresh_again, true));
  }
}

TEST_CASE("what is taken back leaves no trace in a report") {
  CRM_EVERY_STORE {
    House house(store);
    stock(house, 5);
    report(house.db, false);
    const std::string before = report(house.db, false);

    house.db.begin();
    hold(house.db, 7);
    CHECK(report(house.db, false) != before);  // the unit sees its own
    house.db.rollback();

    CHECK(report(house.db, false) == before);
    hold(house.db, 8);
    CHECK(report(house.db, false) != before);
  }
}

TEST_CASE("a page found in resident columns is the page that the store gives") {
  CRM_EVERY_STORE {
    House house(store);
    std::vector<SphereId> spheres{house.sphere("Опт"), house.sphere("Розница")};
    for (const char* name : {"Вектор", "Север"}) house.company(name);
    for (const char* name : {"Топор", "Пила"}) house.product(name);
    house.works_in({1}, spheres[0]);
    for (int i = 0; i < 40; ++i) hold(house.db, i % 17);
    Event parked;
    parked.type = house.meeting;
    parked.company = {1};
    parked.executor = house.manager;
    parked.start = at("2026-03-05T10:00:00+07:00");
    house.db.plan(parked);
    Crm& db = house.db;
    const auto page = [&](const std::string& where, const std::string& rest) {
      return query_json(db, R"({"entity": "event", "columns": ["id", "start_at", "company.name"], "where": {"all": [{"sphere": 1})" + where + "]}" + rest + "}");
    };
    const std::vector<std::string> wheres{
        "", R"(, {"field": "state", "value": "held"})", R"(, {"field": "executor_id", "op": "in", "value": [3, 4]})",
        R"(, {"field": "start_at", "op": "lt", "value": "2026-02-01T12:00:00Z"})", R"(, {"field": "purpose", "op": "is_null"})"};
    const std::vector<std::string> rests{R"(, "order": ["start_at"], "limit": 5)", R"(, "order": ["-start_at"], "limit": 5, "offset": 3)",
                                         R"(, "order": ["-start_at"], "limit": 4, "after": ["2026-02-01T10:00:00Z", 9])", R"(, "order": ["id"], "limit": 3)"};
    const auto all = [&] {
      std::vector<std::string> pages;
      for (const std::string& where : wheres)
        for (const std::string& rest : rests) pages.push_back(page(where, rest));
      return pages;
    };
    const auto plain = all();  // no report was asked: there are no columns

    report(db, false);
    report(db, false);

    CHECK(all() == plain);
    house.works_in({2}, spheres[0]);  // a set of companies that is kept is out of date now
    db.host().clock = [] { return at("2026-03-03T09:00:00+07:00"); };
    const auto after = all();
    CHECK(after != plain);
    db.begin();  // inside a unit the store answers
    CHECK(all() == after);
    db.rollback();
  }
}
