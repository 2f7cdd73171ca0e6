// E8 over every store.
#include "fixture.hpp"

using namespace crm;
using namespace crm::test;

namespace {

using W = PostingStep::What;
using Does = DocumentRule::Does;

/// Vektor is the manager's; the host knows invoices.
struct Trade : House {
  explicit Trade(const std::string& store) : House(store) {
    vektor = company("Вектор");
    db.assign(vektor, manager, Assignment::Role::main, day("2026-01-01"));
    HostDocumentKind kind;
    kind.code = "invoice";
    kind.name_ru = "счёт";
    db.save(kind);
    invoice = kind.id;
    cable = product("Кабель");
  }

  DocumentRuleId rule(Does does, const char* result = "оплачено") {
    DocumentRule r;
    r.kind = invoice;
    r.name = "правило";
    r.does = does;
    r.type = meeting;
    r.result = result;
    r.reason = "отгружено";
    r.purpose = "контроль отгрузки";
    db.save(r);
    return r.id;
  }

  PostingReport post(const char* key, std::int64_t revision, const char* date, bool dry_run = false) {
    HostDocument document;
    document.kind = invoice;
    document.key = key;
    document.revision = revision;
    document.date = day(date);
    document.company = vektor;
    document.number = "A-1";
    std::vector<HostDocumentLine> lines(1);
    lines[0].product = cable;
    return db.post_document(document, lines, dry_run);
  }

  std::size_t count(EntityNo entity) { return db.rows(entity, {}).size(); }

  CompanyId vektor;
  HostDocumentKindId invoice;
  ProductId cable;
};

std::vector<W> what(const PostingReport& report) {
  std::vector<W> out;
  for (const PostingStep& step : report.steps) out.push_back(step.what);
  return out;
}

}  // namespace

TEST_CASE("a posted document makes an event for the manager of its company") {
  CRM_EVERY_STORE {
    Trade trade(store);
    trade.rule(Does::plan);

    const PostingReport report = trade.post("17", 1, "2026-03-02");

    REQUIRE(what(report) == std::vector{W::made});
    const Event event = trade.db.load(report.steps[0].event);
    CHECK(event.company == trade.vektor);
    CHECK(event.executor == trade.manager);
    CHECK(event.start == at("2026-03-03T09:00:00+07:00"));
    CHECK(event.purpose == "контроль отгрузки");
    CHECK(event.product == trade.cable);
    CHECK(trade.count(EventDocument::kEntity) == 1);
    ActionRequest reason;
    reason.reason = "ошибка";
    CHECK(refusal([&] { trade.db.act(event.id, 0, Action::remove, reason); }) == "E7.linked");

    CHECK(trade.post("17", 1, "2026-03-02").repeated);
    CHECK(trade.count(Event::kEntity) == 1);
    CHECK(refusal([&] { trade.post("17", 0, "2026-03-02"); }) == "E8.old_revision");
  }
}

TEST_CASE("a posted document holds the nearest open event that shares its product, un-posting puts it back") {
  CRM_EVERY_STORE {
    Trade trade(store);
    const DocumentRuleId rule = trade.rule(Does::hold);
    trade.meet(trade.vektor, "2026-03-01T10:00:00+07:00");
    const Event target = trade.meet(trade.vektor, "2026-02-27T10:00:00+07:00", trade.cable);
    trade.meet(trade.vektor, "2026-02-20T10:00:00+07:00", trade.cable);
    const auto notices = trade.db.claim_notices(1000);

    const PostingReport report = trade.post("17", 1, "2026-03-02");

    REQUIRE(what(report) == std::vector{W::changed});
    CHECK(report.steps[0].rule == rule);
    CHECK(report.steps[0].event == target.id);
    const Event held = trade.db.load(target.id);
    CHECK(held.state == Event::State::held);
    CHECK(held.result == "оплачено");
    CHECK(held.verification == Event::Verification::awaiting);

    CHECK(what(trade.db.unpost_document(trade.invoice, "17")) == std::vector{W::undone});
    const Event back = trade.db.load(target.id);
    CHECK(back.state == Event::State::planned);
    CHECK(back.result.empty());
    CHECK(back.verification == Event::Verification::not_required);
    CHECK(back.due_at == target.due_at);
    CHECK_FALSE(back.held_at);
    CHECK_FALSE(back.awaiting_since);
    CHECK(trade.db.unpost_document(trade.invoice, "17").repeated);
    CHECK(what(trade.post("17", 1, "2026-03-02")) == std::vector{W::changed});
  }
}

TEST_CASE("a new revision undoes what the old one did and is applied anew") {
  CRM_EVERY_STORE {
    Trade trade(store);
    trade.rule(Does::hold);
    const Event first = trade.meet(trade.vektor, "2026-02-27T10:00:00+07:00", trade.cable);
    const Event second = trade.meet(trade.vektor, "2026-02-10T10:00:00+07:00", trade.cable);
    trade.post("17", 1, "2026-03-02");
    CHECK(trade.db.load(first.id).state == Event::State::held);

    const PostingReport report = trade.post("17", 2, "2026-02-12");

    CHECK(what(report) == std::vector{W::undone, W::changed});
    CHECK(trade.db.load(first.id).state == Event::State::planned);
    CHECK(trade.db.load(second.id).state == Event::State::held);
  }
}

TEST_CASE("what somebody changed since is left alone and told") {
  CRM_EVERY_STORE {
    Trade trade(store);
    trade.rule(Does::hold);
    trade.rule(Does::plan);
    const Event target = trade.meet(trade.vektor, "2026-02-27T10:00:00+07:00", trade.cable);
    const PostingReport posted = trade.post("17", 1, "2026-03-02");
    REQUIRE(what(posted) == std::vector{W::changed, W::made});
    trade.db.act_as(trade.chief);
    trade.db.act(target.id, 0, Action::accept);
    trade.db.act_as(UserId{});

    const PostingReport report = trade.db.unpost_document(trade.invoice, "17");

    CHECK(what(report) == std::vector{W::undone, W::changed_since});
    CHECK(trade.db.load(target.id).verification == Event::Verification::accepted);
    CHECK_FALSE(trade.db.find(Event::kEntity, posted.steps[1].event.value));  // the made one is removed
  }
}

TEST_CASE("what the rules of events refuse is told, and the rest of the posting stands") {
  CRM_EVERY_STORE {
    Trade trade(store);
    EventType type = trade.db.load(trade.meeting);
    type.result_required = true;
    trade.db.save(type);
    trade.rule(Does::hold, "");
    trade.rule(Does::plan);
    trade.meet(trade.vektor, "2026-02-27T10:00:00+07:00", trade.cable);

    const PostingReport report = trade.post("17", 1, "2026-03-02");

    REQUIRE(what(report) == std::vector{W::refused, W::made});
    CHECK(report.steps[0].why.at(0).rule == "E7.result_required");
    CHECK(what(trade.post("18", 1, "2025-01-01")) == std::vector{W::nothing, W::made});
  }
}

TEST_CASE("a dry run tells the same and changes nothing") {
  CRM_EVERY_STORE {
    Trade trade(store);
    trade.rule(Does::hold);
    trade.rule(Does::record);
    const Event target = trade.meet(trade.vektor, "2026-02-27T10:00:00+07:00", trade.cable);
    const Version before = trade.db.audit({.limit = 1}).entries.at(0).version;

    const PostingReport told = trade.post("17", 1, "2026-03-02", true);

    CHECK(what(told) == std::vector{W::changed, W::made});
    CHECK(told.steps[0].event == target.id);
    CHECK_FALSE(told.steps[1].event);
    CHECK(trade.count(HostDocument::kEntity) == 0);
    CHECK(trade.db.load(target.id).state == Event::State::planned);
    CHECK(trade.db.audit({.limit = 1}).entries.at(0).version == before);
    CHECK(what(trade.post("17", 1, "2026-03-02")) == what(told));
    CHECK(what(trade.db.unpost_document(trade.invoice, "17", true)) == std::vector{W::undone, W::undone});
    CHECK(trade.db.load(target.id).state == Event::State::held);
  }
}

TEST_CASE("documents are the host's: a user posts none, and a wrong one is refused whole") {
  CRM_EVERY_STORE {
    Trade trade(store);
    trade.rule(Does::plan);
    trade.db.act_as(trade.manager);
    CHECK(refusal([&] { trade.post("17", 1, "2026-03-02"); }) == "X5.right");
    CHECK(trade.db.actor() == trade.manager);
    trade.db.act_as(UserId{});
    HostDocument wrong;
    wrong.kind = {99};
    wrong.company = {99};
    try {
      trade.db.post_document(wrong);
      CHECK(false);
    } catch (const Error& error) {
      CHECK(error.code() == Code::invalid_argument);
      CHECK(error.violations().size() == 3);  // key, kind, company
    }
    CHECK(trade.count(HostDocument::kEntity) == 0);
    CHECK(refusal([&] { trade.db.unpost_document(trade.invoice, "нет такого"); }) == "record.not_found");
  }
}
