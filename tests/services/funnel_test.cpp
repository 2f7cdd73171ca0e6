// M12 over every store. The clock stands at 2 March 2026.
#include "crm/services/json_door.hpp"
#include "funnel_fixture.hpp"

using namespace crm;
using namespace crm::test;

namespace {

/// Three clients in February: sold, met, and refused at the call.
struct February : Sales {
  explicit February(const std::string& store, Funnel::Case case_of = Funnel::Case::company) : Sales(store, case_of) {
    refused = refusal_of(call);
    sold = company("Вектор");
    met = company("Ромб");
    lost = company("Куб");
    hold(call, sold, "2026-02-02");
    hold(meeting, sold, "2026-02-04", other);
    hold(sale, sold, "2026-02-09");
    hold(call, met, "2026-02-03", other);
    hold(meeting, met, "2026-02-10");
    hold(call, lost, "2026-02-03", {}, {}, refused);
  }

  OutcomeId refused;
  CompanyId sold, met, lost;
};

}  // namespace

TEST_CASE("a snapshot counts clients by where they stand at the end of a day, with the ids behind every number") {
  CRM_EVERY_STORE {
    February february(store);
    february.query.with_ids = true;

    const FunnelReport report = february.snapshot("2026-02-28");

    CHECK(numbers(report.total.count, N::count) == "1 1 1");
    CHECK(numbers(report.total.count, N::lost) == "1 0 0");
    CHECK(numbers(report.total.count, N::open) == "0 1 0");
    CHECK(numbers(report.total.count, N::won) == "0 0 1");
    CHECK(report.total.count.distinct == 3);
    CHECK(report.total.count.stages[0].next_rate == doctest::Approx(2. / 3));
    CHECK(report.stages_additive);
    const auto& won = report.total.count.stages[2].cases;
    REQUIRE(won.size() == 1);
    const FunnelCase& vektor = report.cases.at(won[0].case_no);
    CHECK(vektor.company == february.sold);
    CHECK(vektor.events.size() == 3);
    CHECK(numbers(february.snapshot("2026-02-03").total.count, N::count) == "3 0 0");
    CHECK(numbers(february.snapshot("2026-02-01").total.count, N::count) == "0 0 0");
  }
}

TEST_CASE("active and entry cohort are of half-open periods of days in the organisation's zone") {
  CRM_EVERY_STORE {
    February february(store);

    CHECK(numbers(february.during(Definition::active, "2026-02-03", "2026-02-04").total.count, N::count) == "2 0 0");
    CHECK(numbers(february.during(Definition::active, "2026-02-04", "2026-02-09").total.count, N::count) == "2 1 0");
    CHECK(february.ask().total.count.distinct == 2);
    CHECK(numbers(february.during(Definition::entry_cohort, "2026-02-02", "2026-02-03").total.count, N::count) == "1 1 1");
    CHECK(numbers(february.during(Definition::entry_cohort, "2026-02-03", "2026-02-04").total.count, N::count) == "2 1 0");
    february.query.as_of = day("2026-02-09");
    CHECK(numbers(february.ask().total.count, N::count) == "2 0 0");
  }
}

TEST_CASE("by manager: of the event that gave the position, in a cohort the first one; the rows add up") {
  CRM_EVERY_STORE {
    February february(store);
    february.query.by = FunnelQuery::By::manager;

    const FunnelReport snapshot = february.snapshot("2026-02-28");
    CHECK(rows(snapshot) == "Менеджеров 1 1 1");
    CHECK(snapshot.additive);
    CHECK(snapshot.distinct_additive);
    CHECK(rows(february.during(Definition::entry_cohort, "2026-02-01", "2026-03-01")) == "Менеджеров 2 1 1; Другов 1 1 0");
    const FunnelReport active = february.during(Definition::active, "2026-02-01", "2026-03-01");
    CHECK(rows(active) == "Менеджеров 1 1 1; Другов 1 1 0");
    CHECK(numbers(active.total.count, N::count) == "2 2 1");
    CHECK_FALSE(active.distinct_additive);  // both have met Vektor
  }
}

TEST_CASE("posted documents enter by their date: of who is responsible, else of the main manager on it, else unassigned") {
  CRM_EVERY_STORE {
    Sales sales(store);
    const CompanyId vektor = sales.company("Вектор"), romb = sales.company("Ромб"), kub = sales.company("Куб");
    sales.db.assign(vektor, sales.manager, Assignment::Role::main, day("2026-01-01"));
    sales.db.assign(vektor, sales.other, Assignment::Role::main, day("2026-02-10"));
    sales.post(sales.shipment, "1", vektor, "2026-02-09");
    sales.post(sales.shipment, "2", romb, "2026-02-09", sales.other);
    sales.post(sales.shipment, "3", kub, "2026-02-10");
    sales.query.by = FunnelQuery::By::manager;

    CHECK(rows(sales.snapshot("2026-02-08")) == "");
    CHECK(rows(sales.snapshot("2026-02-09")) == "Менеджеров 0 0 1; Другов 0 0 1");
    CHECK(rows(sales.snapshot("2026-02-10")) == "Менеджеров 0 0 1; Другов 0 0 1; - 0 0 1");
    sales.db.unpost_document(sales.shipment, "3");
    CHECK(numbers(sales.snapshot("2026-02-10").total.count, N::count) == "0 0 2");
  }
}

TEST_CASE("a loss document loses what was there on its day, and a later entry comes back") {
  CRM_EVERY_STORE {
    Sales sales(store);
    const CompanyId vektor = sales.company("Вектор");
    sales.hold(sales.meeting, vektor, "2026-02-09");
    sales.post(sales.rejection, "1", vektor, "2026-02-09");
    CHECK(numbers(sales.snapshot("2026-02-09").total.count, N::lost) == "0 1 0");

    sales.hold(sales.call, vektor, "2026-02-10");
    CHECK(numbers(sales.snapshot("2026-02-10").total.count, N::open) == "0 1 0");
  }
}

TEST_CASE("into other states an event enters when it changed into them, as the log says") {
  CRM_EVERY_STORE {
    Sales sales(store);
    sales.rule(sales.stages[0], sales.meeting, Event::State::planned);
    const CompanyId vektor = sales.company("Вектор"), romb = sales.company("Ромб");
    Event one = sales.meet(vektor, "2026-03-20T09:00:00+07:00");
    sales.now = at("2026-03-05T09:00:00+07:00");
    Event two = sales.meet(romb, "2026-03-20T09:00:00+07:00");

    CHECK(numbers(sales.snapshot("2026-03-04").total.count, N::count) == "1 0 0");
    CHECK(numbers(sales.snapshot("2026-03-05").total.count, N::count) == "2 0 0");
    sales.now = at("2026-03-20T12:00:00+07:00");
    ActionRequest done;
    done.result = "договорились";
    sales.db.act(one.id, 0, Action::hold, done);
    CHECK(numbers(sales.snapshot("2026-03-05").total.count, N::count) == "2 0 0");
    CHECK(numbers(sales.snapshot("2026-03-20").total.count, N::count) == "1 1 0");
    CHECK(sales.ask().total.count.stages[0].median == std::chrono::hours(18 * 24));  // from 2 March 9:00, when it was planned

    sales.db.act(two.id, 0, Action::remove, because("ошибка"));
    CHECK(numbers(sales.snapshot("2026-03-20").total.count, N::count) == "0 1 0");
  }
}

TEST_CASE("a refusal loses even where the funnel asks for the plan of such events only") {
  CRM_EVERY_STORE {
    Sales sales(store);
    const EventTypeId visit = sales.type("visit");
    sales.rule(sales.stages[0], visit, Event::State::planned);
    const CompanyId vektor = sales.company("Вектор");
    sales.hold(sales.call, vektor, "2026-02-02");
    sales.hold(visit, vektor, "2026-02-05", {}, {}, sales.refusal_of(visit));

    CHECK(numbers(sales.snapshot("2026-02-04").total.count, N::open) == "1 0 0");
    CHECK(numbers(sales.snapshot("2026-02-05").total.count, N::lost) == "1 0 0");
  }
}

TEST_CASE("what was returned does not count, drafts neither; other readings of held are asked for") {
  CRM_EVERY_STORE {
    Sales sales(store);
    const CompanyId vektor = sales.company("Вектор"), romb = sales.company("Ромб"), kub = sales.company("Куб");
    sales.hold(sales.call, sales.company("Черновик", Company::Status::draft), "2026-02-02");
    const Event returned = sales.hold(sales.call, vektor, "2026-02-02"), accepted = sales.hold(sales.call, romb, "2026-02-02");
    sales.hold(sales.call, kub, "2026-02-02");
    sales.db.act_as(sales.chief);
    ActionRequest comment;
    comment.comment = "нет итога";
    sales.db.act(returned.id, 0, Action::return_, comment);
    sales.db.act(accepted.id, 0, Action::accept);
    sales.db.act_as(UserId{});

    CHECK(sales.snapshot("2026-02-28").total.count.distinct == 2);
    sales.query.counted = EventsCounted::held_any;
    CHECK(sales.ask().total.count.distinct == 3);
    sales.query.counted = EventsCounted::accepted;
    CHECK(sales.ask().total.count.distinct == 1);
    sales.query.counted = EventsCounted::all;
    CHECK(refusal([&] { sales.ask(); }) == "M9.counted");
  }
}

TEST_CASE("what the asker does not see is not counted") {
  CRM_EVERY_STORE {
    February february(store);
    february.post(february.shipment, "1", february.met, "2026-02-20");
    CHECK(numbers(february.snapshot("2026-02-28").total.count, N::count) == "1 0 2");

    february.db.act_as(february.manager);  // of Vektor the meeting is another's; the shipment is of a client that is not his
    CHECK(numbers(february.ask().total.count, N::base) == "3 2 1");
    CHECK(numbers(february.ask().total.count, N::count) == "1 1 1");
    february.db.act_as(february.other);
    CHECK(numbers(february.ask().total.count, N::count) == "1 1 0");
    february.db.act_as(february.chief);
    CHECK(numbers(february.ask().total.count, N::count) == "1 1 1");
  }
}

TEST_CASE("a company counts once for each product where that is the case, and the products then add up") {
  CRM_EVERY_STORE {
    Sales sales(store, Funnel::Case::company_product);
    const CompanyId vektor = sales.company("Вектор");
    const ProductId cable = sales.product("Кабель"), lamp = sales.product("Лампа");
    sales.hold(sales.call, vektor, "2026-02-02", {}, {Sales::line(cable), Sales::line(lamp)});
    sales.hold(sales.sale, vektor, "2026-02-04", {}, {Sales::line(lamp, 500'00), Sales::line(cable)}, sales.refusal_of(sales.sale));
    sales.hold(sales.sale, vektor, "2026-02-06", {}, {Sales::line(lamp, 700'00)});
    sales.hold(sales.call, vektor, "2026-02-06");
    sales.query.by = FunnelQuery::By::product;
    sales.query.with_ids = true;

    const FunnelReport report = sales.snapshot("2026-02-28");

    CHECK(rows(report) == "Кабель 0 0 1; Лампа 0 0 1; - 1 0 0");
    CHECK(rows(report, N::lost) == "Кабель 0 0 1; Лампа 0 0 0; - 0 0 0");
    CHECK(report.additive);
    CHECK(report.distinct_additive);
    CHECK(report.total.count.distinct == 3);
    CHECK(report.total.count.won == std::vector<Money>{{500'00, Currency("RUB")}});  // the first sale gave the stage
    CHECK(report.cases.at(report.rows[0].count.stages[2].cases[0].case_no).product == cable);
  }
}

TEST_CASE("a company stands under each of its products, and the columns say that they do not add up") {
  CRM_EVERY_STORE {
    Sales sales(store);
    const CompanyId vektor = sales.company("Вектор"), romb = sales.company("Ромб");
    const ProductId cable = sales.product("Кабель"), lamp = sales.product("Лампа");
    sales.hold(sales.call, vektor, "2026-02-02", {}, {Sales::line(cable), Sales::line(lamp)});
    sales.hold(sales.meeting, vektor, "2026-02-04", {}, {Sales::line(lamp)});
    sales.hold(sales.call, romb, "2026-02-02");
    sales.query.by = FunnelQuery::By::product;

    const FunnelReport report = sales.snapshot("2026-02-28");

    CHECK(rows(report) == "Кабель 0 1 0; Лампа 0 1 0; - 1 0 0");
    CHECK(numbers(report.total.count, N::count) == "1 1 0");
    CHECK_FALSE(report.additive);
  }
}

TEST_CASE("by sphere and by any classifier, a node with what is below it; the columns say that they do not add up") {
  CRM_EVERY_STORE {
    February february(store);
    const SphereId trade = february.sphere("торговля"), retail = february.sphere("розница", trade);
    february.works_in(february.sold, retail);
    february.works_in(february.sold, trade);
    february.works_in(february.met, trade);
    february.query.by = FunnelQuery::By::sphere;

    const FunnelReport by_sphere = february.snapshot("2026-02-28");
    CHECK(rows(by_sphere) == "торговля 0 1 1; розница 0 0 1; - 1 0 0");
    CHECK_FALSE(by_sphere.additive);

    Classifier teams;
    teams.name = "команды";
    teams.applies_to = User::kEntity;
    february.db.save(teams);
    ClassifierNode north{{}, 0, teams.id, {}, "север", 0};
    february.db.save(north);
    ClassifierPlacement placement{{}, 0, north.id, {User::kEntity, february.manager.value}};
    february.db.save(placement);
    february.query.by = FunnelQuery::By::classifier;
    february.query.classifier = teams.id;
    CHECK(rows(february.during(Definition::entry_cohort, "2026-02-01", "2026-03-01")) == "север 2 1 1; - 1 1 0");
  }
}

TEST_CASE("what was won is the amount of the lines, else of the event or document itself; velocity is told a day") {
  CRM_EVERY_STORE {
    Sales sales(store);
    const CompanyId vektor = sales.company("Вектор"), romb = sales.company("Ромб");
    const ProductId cable = sales.product("Кабель"), lamp = sales.product("Лампа");
    sales.hold(sales.call, vektor, "2026-02-02");
    sales.hold(sales.sale, vektor, "2026-02-06", {}, {Sales::line(cable, 100'00), Sales::line(lamp, 200'00)});
    sales.hold(sales.call, sales.company("Куб"), "2026-02-02");
    HostDocument document;
    document.kind = sales.shipment;
    document.key = "1";
    document.revision = 1;
    document.date = day("2026-02-06");
    document.company = romb;
    document.amount = Money{500'00, Currency("RUB")};
    sales.db.post_document(document);

    const FunnelCount count = sales.snapshot("2026-02-28").total.count;

    CHECK(count.won == std::vector<Money>{{800'00, Currency("RUB")}});
    CHECK(count.median_to_last == std::chrono::days(4));                       // Romb was never called
    CHECK(count.velocity == std::vector<Money>{{100'00, Currency("RUB")}});    // 1 open × 400 × 2/2 ÷ 4
  }
}

TEST_CASE("a deal is its key; without one it is its company's, and a document belongs to the deal of its event") {
  CRM_EVERY_STORE {
    Sales sales(store, Funnel::Case::deal);
    const CompanyId vektor = sales.company("Вектор");
    const Event first = sales.hold(sales.call, vektor, "2026-02-02", {}, {}, {}, "D-1");
    sales.hold(sales.meeting, vektor, "2026-02-03", {}, {}, {}, "D-2");
    sales.hold(sales.call, vektor, "2026-02-03");
    sales.hold(sales.call, {}, "2026-02-03", {}, {}, {}, "D-3");
    sales.hold(sales.call, {}, "2026-02-03");  // of nobody
    sales.post(sales.shipment, "1", vektor, "2026-02-05");
    EventDocument both;
    both.event = first.id;
    both.document = sales.db.list<HostDocument>({}).at(0).id;
    sales.db.save(both);
    sales.query.with_ids = true;

    const FunnelReport report = sales.snapshot("2026-02-28");

    CHECK(numbers(report.total.count, N::count) == "2 1 1");
    REQUIRE(report.total.count.stages[2].cases.size() == 1);
    const FunnelCase& won = report.cases.at(report.total.count.stages[2].cases[0].case_no);
    CHECK(won.key == "D-1");
    CHECK(won.documents == std::vector{both.document});
  }
}

TEST_CASE("through JSON: by the code of the funnel, narrowed by conditions, with the cases behind the numbers") {
  CRM_EVERY_STORE {
    February february(store);
    february.db.set_language(Language::russian);

    const std::string all = funnel_json(february.db, R"({"funnel": "sales", "as_of": "2026-02-28", "by": "manager", "with_ids": true})");
    CHECK(all.starts_with(R"({"funnel":"sales","name":"продажи","definition":"snapshot","additive":true,)"));
    CHECK(all.find(R"("total":{"group":0,"name":"","distinct":3,"stages":[{"base":3,"count":1,"open":0,"lost":1,"won":0,"to_next":2,"to_last":1,)") !=
          std::string::npos);
    CHECK(all.find(R"("median_seconds":388800)") != std::string::npos);  // 2 and 7 days: 4.5
    CHECK(all.find(R"("cases":{"base":[0,1,2],"count":[2],"open":[],"lost":[2],"won":[],"to_next":[0,1],"to_last":[0]}})") != std::string::npos);
    CHECK(all.find(R"("event_ids":[6],"document_ids":[]}])") != std::string::npos);

    const auto asked = [&](const std::string& rest) {
      return funnel_json(february.db, R"({"funnel": "sales", "as_of": "2026-02-28", )" + rest + "}");
    };
    const std::string of_romb = asked(R"("companies": {"field": "name", "value": "Ромб"})");
    CHECK(of_romb.find(R"("distinct":1,"stages":[{"base":1,"count":0,)") != std::string::npos);
    const std::string before = asked(R"("events": {"field": "start_at", "op": "lt", "value": "2026-02-03T00:00:00Z"})");
    CHECK(before.find(R"("distinct":1,"stages":[{"base":1,"count":1,)") != std::string::npos);
  }
}

TEST_CASE("a question that makes no sense is refused with what is wrong") {
  CRM_EVERY_STORE {
    Sales sales(store);
    const auto refused = [&](const char* json) { return refusal([&] { funnel_json(sales.db, json); }); };

    CHECK(refused(R"({"funnel": "sales", "definition": "active"})") == "M12.period");
    CHECK(refused(R"({"funnel": "sales", "definition": "active", "from": "2026-02-02", "to": "2026-02-02"})") == "M12.period");
    CHECK(refused(R"({"funnel": "sales", "definition": "active", "from": "2026-02-02", "to": "2026-02-03", "as_of": "2026-02-03"})") == "M12.period");
    CHECK(refused(R"({"funnel": "sales", "from": "2026-02-02", "to": "2026-02-03"})") == "M12.period");
    CHECK(refused(R"({"funnel": "none"})") == "record.not_found");
    CHECK(refused(R"({"funnel": "sales", "by": "classifier"})") == "record.not_found");
    CHECK(refused(R"({"funnel": "sales", "by": "weekday"})") == "json.kind");
    CHECK(refused(R"({"funnel": "sales", "definition": "cohort"})") == "json.kind");
    CHECK(refused(R"({"funnel": "sales", "as_of": "yesterday"})") == "json.kind");
    CHECK(refused(R"({"funnel": "sales", "colour": 1})") == "json.kind");
    CHECK(refused(R"({"funnel": "sales", "events": {"colour": 1}})") == "query.bad");
    CHECK(refused("{}") == "json.kind");
    CHECK(refused("[]") == "json.kind");

    Funnel empty;
    empty.code = "empty";
    empty.name_ru = "пустая";
    sales.db.save(empty);
    CHECK(refused(R"({"funnel": "empty"})") == "M12.no_stages");
  }
}
