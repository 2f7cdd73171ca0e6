// X11 over every store.
#include "fixture.hpp"

using namespace crm;
using namespace crm::test;

TEST_CASE("an empty base is useful after one call") {
  CRM_EVERY_STORE {
    Crm db = crm::open(store);
    Instant now = at("2026-03-02T02:00:00Z");
    db.host().clock = [&] { return now; };
    db.fill_starter_set(Language::russian);

    User boss;
    boss.last_name = "Начальников";
    boss.hired = day("2020-01-01");
    db.save(boss);
    User user;
    user.last_name = "Менеджеров";
    user.hired = day("2020-01-01");
    user.supervisor = boss.id;
    db.save(user);
    Company company;
    company.name = "Вектор";
    company.status = Company::Status::active;
    db.save(company);
    db.assign(company.id, user.id, Assignment::Role::main);
    const Completeness full = db.completeness(company.id);
    CHECK(full.score == 15);  // a manager: 15 of 100
    CHECK(full.missing.size() == 6);

    db.act_as(user.id);
    Query call;
    call.filter = where::eq(EventType::kCode, std::string("call"));
    Event event;
    event.type = db.list<EventType>(call).at(0).id;
    event.company = company.id;
    event.start = at("2026-03-02T03:00:00Z");
    db.plan(event);
    db.act_as(UserId{});
    now = at("2026-03-02T02:45:00Z");
    std::vector<std::string> texts;
    db.set_language(Language::russian);
    for (const NoticeMessage& m : db.claim_notices()) texts.push_back(m.text);
    REQUIRE(texts.size() == 2);
    CHECK(texts[0] == "За вами закреплён клиент: Вектор");
    CHECK(texts[1] == "Напоминание: звонок, Вектор, 2026-03-02 06:00");
    now = at("2026-03-02T10:00:00Z");  // overdue since 6:15 by Moscow, four working hours after 9:00 are over
    CHECK(db.tick().escalated == 2);

    CHECK(refusal([&] { db.fill_starter_set(Language::russian); }) == "X11.not_empty");
    db.act_as(user.id);
    CHECK(refusal([&] { db.fill_starter_set(Language::russian); }) == "X5.right");
  }
}

TEST_CASE("its funnel counts from the first call on, and a posted shipment is a sale") {
  CRM_EVERY_STORE {
    Crm db = crm::open(store);
    Instant now = at("2026-03-02T09:00:00Z");
    db.host().clock = [&] { return now; };
    db.fill_starter_set(Language::russian);
    User user;
    user.last_name = "Менеджеров";
    user.hired = day("2020-01-01");
    db.save(user);
    Company company;
    company.name = "Вектор";
    company.status = Company::Status::active;
    db.save(company);
    FunnelQuery query;
    query.funnel = db.list<Funnel>({}).at(0).id;

    Event call;
    call.type = db.list<EventType>({}).at(0).id;
    call.company = company.id;
    call.executor = call.setter = user.id;
    call.start = at("2026-03-02T08:00:00Z");
    call.result = "перезвонить";
    db.record(call);
    CHECK(db.funnel(query).total.count.stages.at(0)[FunnelNumber::open] == 1);

    HostDocument shipment;
    for (const HostDocumentKind& kind : db.list<HostDocumentKind>({}))
      if (kind.code == "shipment") shipment.kind = kind.id;
    shipment.key = "1";
    shipment.revision = 1;
    shipment.date = day("2026-03-02");
    shipment.company = company.id;
    db.post_document(shipment);
    const FunnelReport report = db.funnel(query);
    REQUIRE(report.stages.size() == 4);
    CHECK(report.stages[3].name_ru == "продажа");
    CHECK(report.total.count.stages[3][FunnelNumber::won] == 1);
  }
}

TEST_CASE("the English set has English names") {
  CRM_EVERY_STORE {
    Crm db = crm::open(store);
    db.fill_starter_set(Language::english);
    CHECK(db.list<Profile>({}).at(0).name == "Full card");
    for (const EventType& type : db.list<EventType>({})) CHECK_FALSE(type.name_en.empty());
    CHECK(db.list<Role>({}).size() == 5);
    CHECK(db.list<NoticeText>({}).size() == 10);
  }
}
