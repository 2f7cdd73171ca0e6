#include "crm/rules/event_due.hpp"
#include "fixture.hpp"

using namespace crm;
using namespace crm::test;

namespace {

Event draft_of(House& house, CompanyId company, const char* start) {
  Event event;
  event.type = house.meeting;
  event.company = company;
  event.executor = house.manager;
  event.setter = house.chief;
  event.start = at(start);
  return event;
}

}  // namespace

TEST_CASE("a planned event has its products, its due time and the length of its type") {
  CRM_EVERY_STORE {
    House house(store);
    const CompanyId company = house.company("Вектор");
    const ProductId cable = house.product("Кабель");
    const ProductId lamp = house.product("Лампа");
    Event event = draft_of(house, company, "2026-03-03T10:00:00+07:00");
    std::vector<EventLine> lines(2);
    lines[0].product = cable;
    lines[0].amount = Money{150000, Currency()};
    lines[1].product = lamp;

    house.db.plan(event, lines);

    CHECK(event.id);
    CHECK(event.end == at("2026-03-03T11:00:00+07:00"));
    CHECK(event.due_at == event.end);
    CHECK(event.product == cable);
    CHECK(lines[0].event == event.id);
    CHECK(house.db.load(lines[0].id).amount->currency == Currency("RUB"));

    EventLine first = house.db.load(lines[0].id);
    house.db.erase(EventLine::kEntity, first.id.value, first.version);
    CHECK(house.db.load(event.id).product == lamp);
    house.db.set_lines(event.id, 0, {});
    CHECK_FALSE(house.db.load(event.id).product);
  }
}

TEST_CASE("a reschedule keeps the event and writes the log") {
  CRM_EVERY_STORE {
    House house(store);
    const Event event = house.meet(house.company("Вектор"), "2026-03-03T10:00:00+07:00");
    ActionRequest request;
    request.start = at("2026-03-05T15:00:00+07:00");
    request.end = at("2026-03-05T16:00:00+07:00");
    request.reason = "клиент просил";

    const Event moved = house.db.act(event.id, event.version, Action::reschedule, request);

    CHECK(moved.id == event.id);
    CHECK(moved.state == Event::State::rescheduled);
    CHECK(moved.sequence == 1);
    CHECK(moved.due_at == request.end);
    const auto log = house.db.list<Reschedule>({});
    REQUIRE(log.size() == 1);
    CHECK(log[0].old_start == event.start);
    CHECK(log[0].new_start == request.start);
    CHECK(log[0].reason == "клиент просил");
    CHECK(log[0].at == house.now);
    Code code{};
    CHECK(refusal([&] { house.db.act(event.id, event.version, Action::cancel, because("x")); }, &code) ==
          "record.conflict");
    CHECK(code == Code::conflict);
  }
}

TEST_CASE("an event goes its way: held, verified, returned, resubmitted, accepted") {
  CRM_EVERY_STORE {
    House house(store);
    const CompanyId company = house.company("Вектор");
    const EventId id = house.meet(company, "2026-03-01T10:00:00+07:00").id;
    const auto as = [&](UserId user, Action action, const ActionRequest& request = {}) {
      house.db.act_as(user);
      const Event after = house.db.act(id, 0, action, request);
      house.db.act_as(UserId{});
      return after.verification;
    };
    ActionRequest result;
    result.result = "договорились";
    ActionRequest comment;
    comment.comment = "нет протокола";

    CHECK(as(house.manager, Action::hold, result) == Event::Verification::awaiting);
    CHECK(refusal([&] { as(house.manager, Action::accept); }) == "E7.who");
    house.db.act_as(UserId{});
    CHECK(as(house.chief, Action::return_, comment) == Event::Verification::returned);
    CHECK(refusal([&] { as(house.manager, Action::resubmit); }) == "M6.comment_required");
    house.db.act_as(UserId{});
    CHECK(as(house.manager, Action::resubmit, comment) == Event::Verification::awaiting);
    CHECK(as(house.chief, Action::return_, comment) == Event::Verification::returned);
    Event event = house.db.load(id);
    event.result = "договорились, протокол приложен";
    house.db.act_as(house.manager);
    house.db.save(event);
    house.db.act_as(UserId{});
    CHECK(as(house.manager, Action::resubmit) == Event::Verification::awaiting);
    CHECK(as(house.chief, Action::accept) == Event::Verification::accepted);
    CHECK(house.db.load(id).state == Event::State::held);
    CHECK(house.db.list<VerificationEntry>({}).size() == 6);
  }
}

TEST_CASE("who is nobody to the event may not act: he does not see it, or is denied") {
  CRM_EVERY_STORE {
    House house(store);
    const EventId id = house.meet(house.company("Вектор"), "2026-03-01T10:00:00+07:00").id;
    house.db.act_as(house.other);
    Code code{};

    CHECK(refusal([&] { house.db.act(id, 0, Action::hold); }, &code) == "record.not_found");
    CHECK(code == Code::not_found);
    house.db.act_as(UserId{});
    Watcher watcher{{}, 0, id, house.other};
    house.db.save(watcher);
    house.db.act_as(house.other);
    CHECK(refusal([&] { house.db.act(id, 0, Action::hold); }, &code) == "E7.who");
    CHECK(code == Code::denied);
    CHECK(house.db.load(id).state == Event::State::planned);
  }
}

TEST_CASE("a removed event is hidden from every door") {
  CRM_EVERY_STORE {
    House house(store);
    const CompanyId company = house.company("Вектор");
    const EventId id = house.meet(company, "2026-03-01T10:00:00+07:00").id;
    CHECK(house.db.overdue().size() == 1);

    house.db.act(id, 0, Action::remove, because("по ошибке"));

    CHECK_FALSE(house.db.find(Event::kEntity, id.value));
    CHECK(house.db.card(company).events.empty());
    CHECK(house.db.overdue().empty());
    CHECK(house.db.list<Event>({}).empty());
    Aggregate all;
    all.entity = Event::kEntity;
    all.measures = {{}};
    CHECK(house.db.aggregate(all).rows[0][0] == Value(std::int64_t{0}));
    CHECK(refusal([&] { house.db.act(id, 0, Action::hold); }) == "record.not_found");
  }
}

TEST_CASE("overdue follows the clock and is never stored") {
  CRM_EVERY_STORE {
    House house(store);
    const CompanyId company = house.company("Вектор");
    const Event event = house.meet(company, "2026-03-02T10:00:00+07:00");
    CHECK(house.db.overdue().empty());

    house.now = at("2026-03-02T11:00:01+07:00");

    REQUIRE(house.db.overdue(house.manager).size() == 1);
    CHECK(house.db.load(event.id).state == Event::State::planned);
    CHECK(house.db.load(event.id).version == event.version);
    CHECK(effective_state(house.db.load(event.id), house.now) == EffectiveState::overdue);
  }
}

TEST_CASE("what an event must have is asked, all at once") {
  CRM_EVERY_STORE {
    House house(store);
    EventType strict;
    strict.code = "sale";
    strict.name_ru = "продажа";
    strict.product_required = true;
    strict.contact_required = true;
    house.db.save(strict);
    const CompanyId company = house.company("Вектор");
    const CompanyId archived = house.company("Старая");
    house.db.archive(archived);
    const auto broken = [&](Event event) {
      std::vector<std::string> rules;
      try {
        house.db.plan(event);
      } catch (const Error& error) {
        for (const Violation& v : error.violations()) rules.push_back(v.rule);
      }
      std::ranges::sort(rules);
      return rules;
    };
    Event event = draft_of(house, company, "2026-03-03T10:00:00+07:00");
    event.type = strict.id;
    event.company = {};
    event.start.reset();
    CHECK(broken(event) == std::vector<std::string>{"E1.company_required", "E1.product_required", "E2.contact_required",
                                                    "E3.start_required"});
    CHECK(broken(draft_of(house, archived, "2026-03-03T10:00:00+07:00")) == std::vector<std::string>{"card.archived"});
    event = draft_of(house, company, "2026-03-03T10:00:00+07:00");
    event.contact = house.employee(house.company("Север"), "Иванов");
    CHECK(broken(event) == std::vector<std::string>{"E2.other_company"});
    event.contact = {};
    event.zone = "Mars/Base";
    CHECK(broken(event) == std::vector<std::string>{"time.zone"});
    house.db.dismiss(house.manager, day("2026-03-02"), house.other);
    CHECK(broken(draft_of(house, company, "2026-03-03T10:00:00+07:00")) ==
          std::vector<std::string>{"E6.executor_not_in_service"});
    CHECK(house.db.list<Event>({}).empty());
  }
}

TEST_CASE("a draft keeps the first calls, an old one takes no more") {
  CRM_EVERY_STORE {
    House house(store);
    const CompanyId company = house.company("Новый знакомый", Company::Status::draft);
    house.meet(company, "2026-03-03T10:00:00+07:00");

    house.now += std::chrono::hours(24 * 31);

    CHECK(refusal([&] { house.meet(company, "2026-05-03T10:00:00+07:00"); }) == "C11.draft_expired");
    house.db.activate(company);
    house.meet(company, "2026-05-03T10:00:00+07:00");
    CHECK(house.db.card(company).events.size() == 2);
  }
}

TEST_CASE("a save does not move an event nor change its state") {
  CRM_EVERY_STORE {
    House house(store);
    Event event = house.meet(house.company("Вектор"), "2026-03-03T10:00:00+07:00");
    event.purpose = "согласовать договор";
    house.db.save(event);
    CHECK(house.db.load(event.id).purpose == "согласовать договор");

    Event moved = event;
    moved.start = at("2026-03-04T10:00:00+07:00");
    CHECK(refusal([&] { house.db.save(moved); }) == "E3.use_reschedule");
    Event held = event;
    held.state = Event::State::held;
    CHECK(refusal([&] { house.db.save(held); }) == "field.read_only");
    Event fresh = draft_of(house, event.company, "2026-03-03T10:00:00+07:00");
    CHECK(refusal([&] { house.db.save(fresh); }) == "E7.use_plan");
  }
}

TEST_CASE("a product outside the matrices is warned of, refused by policy, and never told to the host") {
  CRM_EVERY_STORE {
    House house(store);
    const CompanyId company = house.company("Вектор");
    const SphereId retail = house.sphere("Розница");
    const ProductId cable = house.product("Кабель");
    const ProductId lamp = house.product("Лампа");
    house.works_in(company, retail);
    house.db.assign(company, house.manager, Assignment::Role::main);
    OrganisationCell cell;
    cell.product = cable;
    cell.sphere = retail;
    house.db.save(cell);
    UserCell own;
    own.user = house.manager;
    own.product = lamp;
    own.sphere = retail;
    CHECK(refusal([&] { house.db.save(own); }) == "P3.outside_p2");
    own.product = cable;
    house.db.save(own);
    CHECK(house.db.company_matrix(company, day("2026-03-02")) == std::vector<MatrixCell>{{cable, retail}});
    CHECK_FALSE(house.db.explain_matrix(company, lamp, retail, day("2026-03-02")).included);
    const auto planned = [&](ProductId product) {
      Event event = draft_of(house, company, "2026-03-03T10:00:00+07:00");
      std::vector<EventLine> lines(1);
      lines[0].product = product;
      return house.db.plan(event, lines).size();
    };

    CHECK(planned(lamp) == 0);  // the host
    house.db.act_as(house.manager);
    CHECK(planned(cable) == 0);
    CHECK(planned(lamp) == 2);
    house.db.act_as(UserId{});
    Organisation organisation = house.db.organisation();
    organisation.matrix_policy = Organisation::MatrixPolicy::refuse;
    house.db.save(organisation);
    house.db.act_as(house.manager);
    CHECK(refusal([&] { planned(lamp); }) == "P4.outside_company_matrix");
    house.db.act_as(UserId{});
    CHECK(refusal([&] { house.db.remove_organisation_cell(cable, retail, false); }) == "P3.outside_p2");
    CHECK(house.db.remove_organisation_cell(cable, retail, true).size() == 1);
    CHECK(house.db.company_matrix(company, day("2026-03-02")).empty());
  }
}
