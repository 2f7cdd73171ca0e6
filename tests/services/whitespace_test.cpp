// P1: what of the range meant for a client it owns, is offered, refused or was never offered; what is in demand.
#include "crm/services/json_door.hpp"
#include "fixture.hpp"

using namespace crm;
using namespace crm::test;

namespace {

using Status = CellStatus;
using Cells = std::vector<WhitespaceCell>;

// Spheres: building (roads), food. P2: cement for building, steel for roads, flour for food; sugar for none. The range of Вектор (roads,
// food) is cement, steel, flour; of Прима (building): cement. Пустой has no spheres.
struct Firm : House {
  explicit Firm(const std::string& store) : House(store) {
    building = sphere("стройка");
    roads = sphere("дороги", building);
    food = sphere("еда");
    cement = product("цемент");
    steel = product("сталь");
    flour = product("мука");
    sugar = product("сахар");
    used_in(cement, building);
    used_in(steel, roads);
    used_in(flour, food);
    vektor = company("Вектор");
    works_in(vektor, roads);
    works_in(vektor, food);
    prima = company("Прима");
    works_in(prima, building);
    empty = company("Пустой");
    works_in(draft = company("Черновик", Company::Status::draft), building);
    works_in(archived = company("Бывший"), building);
    db.archive(archived);
    db.assign(vektor, manager, Assignment::Role::main, day("2026-01-15"));
    follows(manager, cement, roads);

    Outcome no;
    no.type = meeting;
    no.code = "no";
    no.name_ru = "отказ";
    no.kind = Outcome::Kind::refusal;
    db.save(no);
    refusal_outcome = no.id;
    held(vektor, steel, "2026-02-01T10:00:00+07:00", other, refusal_outcome);
    meet(vektor, "2026-03-10T10:00:00+07:00", flour);
    const Event cancelled = meet(prima, "2026-03-11T10:00:00+07:00", cement);
    db.act(cancelled.id, 0, Action::cancel, because("передумали"));
    ship(vektor, cement, "2026-02-10", 5, 900);
    ship(vektor, sugar, "2026-02-11", 1, 50);
    ship(draft, flour, "2026-02-12", 100, 100000);
    ship(archived, cement, "2026-02-12", 2, 1000);
  }

  void used_in(ProductId product, SphereId sphere) {
    OrganisationCell cell{{}, 0, product, sphere};
    db.save(cell);
  }
  void follows(UserId user, ProductId product, SphereId sphere) {
    UserCell cell{{}, 0, user, product, sphere};
    db.save(cell);
  }
  void held(CompanyId company, ProductId product, const char* start, UserId executor, OutcomeId outcome = {}) {
    Event event;
    event.type = meeting;
    event.company = company;
    event.executor = executor;
    event.setter = executor;
    event.start = at(start);
    event.end = *event.start + std::chrono::hours(1);
    event.result = "встретились";
    event.outcome = outcome;
    std::vector<EventLine> lines(1);
    lines[0].product = product;
    db.record(event, lines);
  }
  void ship(CompanyId company, ProductId product, const char* date, std::int64_t pieces, std::int64_t minor) {
    Receipt shipment;
    shipment.company = company;
    shipment.kind = Receipt::Kind::shipment;
    shipment.date = day(date);
    shipment.product = product;
    shipment.quantity = Decimal{pieces * Decimal::kScale};
    shipment.amount = Money{minor, Currency("RUB")};
    db.save(shipment);
  }

  Cells cells_of(CompanyId company, WhitespaceQuery query = {}) {
    query.clients.companies = {company};
    const WhitespaceReport report = db.whitespace(query);
    return report.clients.empty() ? Cells{} : report.clients[0].cells;
  }

  SphereId building, roads, food;
  ProductId cement, steel, flour, sugar;
  CompanyId vektor, prima, empty, draft, archived;
  OutcomeId refusal_outcome;
};

WhitespaceQuery on(const char* iso) {
  WhitespaceQuery query;
  query.day = day(iso);
  return query;
}

WhitespaceQuery by(WhitespaceBase base) {
  WhitespaceQuery query;
  query.base = base;
  return query;
}

}  // namespace

TEST_CASE("each cell of a client's range has its status, and what was sold beside it is marked") {
  CRM_EVERY_STORE {
    Firm firm(store);

    CHECK(firm.cells_of(firm.vektor) == Cells{{{firm.cement, firm.roads}, Status::owned},
                                              {{firm.cement, firm.food}, Status::not_eligible, true},
                                              {{firm.steel, firm.roads}, Status::refused},
                                              {{firm.flour, firm.food}, Status::in_work},
                                              {{firm.sugar, firm.roads}, Status::not_eligible, true},
                                              {{firm.sugar, firm.food}, Status::not_eligible, true}});
    CHECK(firm.cells_of(firm.prima) == Cells{{{firm.cement, firm.building}, Status::never_offered}});
    CHECK(firm.cells_of(firm.empty).empty());
    CHECK(firm.cells_of(firm.draft).empty());     // no client yet
    CHECK(firm.cells_of(firm.archived).empty());  // none any more
  }
}

TEST_CASE("whitespace as of a day: later shipments and, of a day that is past, later events do not count") {
  CRM_EVERY_STORE {
    Firm firm(store);

    CHECK(firm.cells_of(firm.vektor, on("2026-02-05")) == Cells{{{firm.cement, firm.roads}, Status::never_offered},
                                                                {{firm.steel, firm.roads}, Status::refused},
                                                                {{firm.flour, firm.food}, Status::never_offered}});
    CHECK(firm.cells_of(firm.vektor, on("2026-01-31"))[1].status == Status::never_offered);
    CHECK(firm.cells_of(firm.vektor, on("2026-02-01"))[1].status == Status::refused);
    Sphere food = firm.db.load(firm.food);
    food.retired_on = day("2026-02-20");
    firm.db.save(food);
    CHECK(firm.cells_of(firm.vektor, on("2026-02-19")).size() == 6);
    CHECK(firm.cells_of(firm.vektor, on("2026-02-20")).size() == 5);  // flour leaves the range
  }
}

TEST_CASE("the base is P2, the company's matrix, or all products") {
  CRM_EVERY_STORE {
    Firm firm(store);

    CHECK(firm.cells_of(firm.vektor, by(WhitespaceBase::company_matrix)) ==
          Cells{{{firm.cement, firm.roads}, Status::owned},
                {{firm.cement, firm.food}, Status::not_eligible, true},
                {{firm.sugar, firm.roads}, Status::not_eligible, true},
                {{firm.sugar, firm.food}, Status::not_eligible, true}});
    CHECK(firm.cells_of(firm.prima, by(WhitespaceBase::company_matrix)).empty());  // nobody manages it
    CHECK(firm.cells_of(firm.prima, by(WhitespaceBase::all_products)) ==
          Cells{{{firm.cement, firm.building}, Status::never_offered},
                {{firm.steel, firm.building}, Status::never_offered},
                {{firm.flour, firm.building}, Status::never_offered},
                {{firm.sugar, firm.building}, Status::never_offered}});
  }
}

TEST_CASE("totals count every cell of every active client, by status and by product") {
  CRM_EVERY_STORE {
    Firm firm(store);
    WhitespaceQuery query;
    query.with_totals = true;
    query.limit = 1;

    const WhitespaceReport first = firm.db.whitespace(query);
    query.after = first.next;
    const WhitespaceReport second = firm.db.whitespace(query);

    REQUIRE(first.clients.size() == 1);
    CHECK(first.clients[0].name == "Вектор");
    REQUIRE(second.clients.size() == 1);
    CHECK(second.clients[0].company == firm.prima);
    // Three own spheres (two of Вектор, one of Прима) of four products: 12 cells.
    using Counts = std::array<std::int64_t, kCellStatuses>;  // not eligible, owned, never offered, refused, in work
    REQUIRE(first.total);
    CHECK(first.total->cells == Counts{8, 1, 1, 1, 1});
    CHECK(first.total->sold_all_the_same == 3);  // sugar twice, and cement, which is not meant for food
    REQUIRE(first.products.size() == 4);
    CHECK(first.products[0].name == "цемент");
    CHECK(first.products[0].count.cells == Counts{1, 1, 1, 0, 0});
    CHECK(first.products[1].count.cells == Counts{2, 0, 0, 1, 0});
    CHECK(first.products[2].count.cells == Counts{2, 0, 0, 0, 1});
    CHECK(first.products[3].count.cells == Counts{3, 0, 0, 0, 0});
    CHECK(first.products[3].count.sold_all_the_same == 2);
    CHECK(second.total->cells == first.total->cells);
  }
}

TEST_CASE("clients, spheres, products and statuses can be chosen") {
  CRM_EVERY_STORE {
    Firm firm(store);
    const auto told = [&](const WhitespaceQuery& query) {
      std::string out;
      for (const WhitespaceClient& client : firm.db.whitespace(query).clients) out += client.name + " " + std::to_string(client.cells.size()) + "; ";
      return out;
    };

    WhitespaceQuery query;
    query.clients.manager = firm.manager;
    CHECK(told(query) == "Вектор 6; ");
    query = {};
    query.clients.sphere = firm.building;  // with the roads below
    CHECK(told(query) == "Вектор 3; Прима 1; ");
    query.clients.product = firm.cement;
    CHECK(told(query) == "Вектор 1; Прима 1; ");
    query = {};
    query.statuses = {Status::never_offered, Status::refused};
    CHECK(told(query) == "Вектор 1; Прима 1; ");
    query.statuses = {Status::not_eligible};
    CHECK(told(query) == "Вектор 5; Прима 3; ");
    query.limit = 0;
    CHECK(refusal([&] { firm.db.whitespace(query); }) == "field.range");
  }
}

TEST_CASE("clients offered less than their range, the worst first") {
  CRM_EVERY_STORE {
    Firm firm(store);
    const auto told = [&](WhitespaceBase base) {
      UnderservedQuery query;
      query.base = base;
      std::string out;
      for (const auto& one : firm.db.underserved(query).clients)
        out += one.name + " " + std::to_string(one.client.never_offered.size()) + "/" + std::to_string(one.client.range) + "; ";
      return out;
    };
    CHECK(told(WhitespaceBase::spheres) == "Прима 1/1; ");
    CHECK(told(WhitespaceBase::all_products) == "Прима 4/4; ");
    CHECK(told(WhitespaceBase::company_matrix).empty());
    firm.used_in(firm.sugar, firm.building);
    firm.used_in(firm.sugar, firm.food);
    CHECK(told(WhitespaceBase::spheres) == "Прима 2/2; ");  // Вектор owns sugar, though nobody told it so
    const ProductId salt = firm.product("соль");
    firm.used_in(salt, firm.food);
    firm.used_in(salt, firm.roads);
    CHECK(told(WhitespaceBase::spheres) == "Прима 2/2; Вектор 1/5; ");

    UnderservedQuery query;
    query.limit = 1;
    CHECK(firm.db.underserved(query).count == 2);
    CHECK(firm.db.underserved(query).clients.size() == 1);
  }
}

TEST_CASE("products in demand by amount, quantity, clients; of a period, of some clients; drafts are no clients") {
  CRM_EVERY_STORE {
    Firm firm(store);
    firm.held(firm.prima, firm.flour, "2026-02-05T10:00:00+07:00", firm.manager);
    firm.held(firm.vektor, firm.flour, "2026-02-06T10:00:00+07:00", firm.manager);
    const auto told = [&](const DemandQuery& query) {
      std::string out;
      for (const DemandedProduct& one : firm.db.demanded_products(query))
        out += one.name + " " + std::to_string(one.demand.value) + std::string(one.demand.currency.letters()) + "; ";
      return out;
    };
    DemandQuery query;
    CHECK(told(query) == "цемент 1900RUB; сахар 50RUB; ");
    query.to = day("2026-02-12");
    CHECK(told(query) == "цемент 900RUB; сахар 50RUB; ");
    query.from = day("2026-02-11");
    CHECK(told(query) == "сахар 50RUB; ");
    query = {};
    query.by = DemandBy::quantity;
    CHECK(told(query) == "цемент 7000000; сахар 1000000; ");
    query.by = DemandBy::companies;
    CHECK(told(query) == "мука 2; сталь 1; ");
    query.clients.manager = firm.manager;
    CHECK(told(query) == "сталь 1; мука 1; ");
    query.limit = 1;
    CHECK(told(query) == "сталь 1; ");
    query.from = query.to = day("2026-02-11");
    CHECK(refusal([&] { told(query); }) == "date.order");
  }
}

TEST_CASE("only what the asker may see is counted") {
  CRM_EVERY_STORE {
    Firm firm(store);
    firm.db.act_as(firm.manager);

    const WhitespaceReport report = firm.db.whitespace({});
    REQUIRE(report.clients.size() == 1);
    CHECK(report.clients[0].name == "Вектор");
    CHECK(report.clients[0].cells[2].status == Status::refused);
    CHECK(firm.db.underserved({}).count == 0);
    CHECK(firm.db.demanded_products({}).size() == 2);
    CHECK(firm.db.demanded_products({})[0].demand.value == 900);

    firm.db.act_as(UserId{});
    Role narrow;
    narrow.code = "narrow";
    narrow.name_ru = "узкая";
    narrow.own_events = true;
    firm.db.save(narrow);
    UserRole given;
    given.user = firm.manager;
    given.role = narrow.id;
    firm.db.save(given);
    firm.db.act_as(firm.manager);
    CHECK(firm.cells_of(firm.vektor)[2].status == Status::never_offered);  // the refusal was told to somebody else

    firm.db.act_as(firm.other);
    CHECK(firm.db.whitespace({}).clients.empty());
    CHECK(firm.db.company_matrices(day("2026-03-02")).rows.empty());
  }
}

TEST_CASE("many clients are told as few of them at a time are, again and again") {
  CRM_EVERY_STORE {
    Firm firm(store);
    firm.db.begin();
    const ProductId products[] = {firm.cement, firm.steel, firm.flour, firm.sugar};
    for (int i = 0; i < 1100; ++i) {
      const CompanyId company = firm.company(("Клиент " + std::to_string(i)).c_str());
      if (i % 3) firm.works_in(company, i % 2 ? firm.roads : firm.food);
      if (i % 5 == 0) firm.ship(company, products[i % 4], "2026-02-20", i % 7 - 2, 10);
      if (i % 4 == 0) firm.held(company, products[i % 3], "2026-02-21T10:00:00+07:00", firm.other, i % 8 ? OutcomeId{} : firm.refusal_outcome);
    }
    firm.db.commit();
    WhitespaceQuery query;
    query.with_totals = true;
    query.limit = 1000;
    WhitespaceCount sum;
    for (CompanyId after; ;) {
      query.after = after;
      query.with_totals = false;
      const WhitespaceReport page = firm.db.whitespace(query);
      for (const WhitespaceClient& client : page.clients)
        for (const WhitespaceCell& cell : client.cells) {
          ++sum.cells[static_cast<std::size_t>(cell.status)];
          sum.sold_all_the_same += cell.sold_all_the_same;
        }
      if (!page.next) break;
      after = page.next;
    }
    query.after = {};
    query.with_totals = true;
    query.limit = 1;
    for (int again = 0; again < 3; ++again) {
      const auto total = firm.db.whitespace(query).total;
      REQUIRE(total);
      CHECK(total->sold_all_the_same == sum.sold_all_the_same);
      for (Status status : {Status::owned, Status::never_offered, Status::refused, Status::in_work})
        CHECK(total->cells[static_cast<std::size_t>(status)] == sum.cells[static_cast<std::size_t>(status)]);
    }
    CHECK(sum.cells[static_cast<std::size_t>(Status::refused)] > 20);
    CHECK(sum.sold_all_the_same > 20);
  }
}
