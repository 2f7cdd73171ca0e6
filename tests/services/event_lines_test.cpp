// Lines of events: replaced under a version; of held ones they are the result (Definitions, Verification).
#include "crm/services/json_door.hpp"
#include "fixture.hpp"

using namespace crm;
using namespace crm::test;

namespace {

using Verification = Event::Verification;

/// A held meeting of the manager, set by Drugov, with cable at 100; whoever is above the manager verifies it.
struct Held : House {
  explicit Held(const std::string& store) : House(store) {
    cable = product("Кабель");
    lamp = product("Лампа");
    Event event;
    event.type = meeting;
    event.company = company("Вектор");
    event.executor = manager;
    event.setter = other;
    event.start = at("2026-03-01T10:00:00+07:00");
    event.result = "договорились";
    std::vector<EventLine> lines{line_of(cable)};
    db.record(event, lines);
    id = event.id;
  }

  static EventLine line_of(ProductId product) {
    EventLine line;
    line.product = product;
    line.amount = Money{10000, Currency("RUB")};
    return line;
  }
  EventLine line() { return db.list<EventLine>({}).front(); }
  Verification verify(Action action) {
    ActionRequest request;
    request.comment = "проверено";
    return as(chief, [&] { db.act(id, 0, action, request); }), db.load(id).verification;
  }
  void as(UserId user, const std::function<void()>& work) {
    db.act_as(user);
    try {
      work();
    } catch (...) {
      db.act_as(UserId{});
      throw;
    }
    db.act_as(UserId{});
  }
  std::vector<VerificationEntry> log() {
    Query all;
    all.order = {{kId}};
    return db.list<VerificationEntry>(std::move(all));
  }

  ProductId cable, lamp;
  EventId id;
};

/// Every way to change what the event's lines are.
struct Door {
  const char* name;
  std::function<void(Held&)> change;
};
const Door kDoors[] = {
    {"set_lines", [](Held& held) {
       std::vector<EventLine> lines{Held::line_of(held.lamp)};
       held.db.set_lines(held.id, 0, lines);
     }},
    {"a line is saved", [](Held& held) {
       EventLine line = held.line();
       line.amount->minor += 1;
       held.db.save(line);
     }},
    {"a line is added", [](Held& held) {
       EventLine line = Held::line_of(held.lamp);
       line.event = held.id;
       held.db.save(line);
     }},
    {"a line is erased", [](Held& held) {
       const EventLine line = held.line();
       held.db.erase(EventLine::kEntity, line.id.value, line.version);
     }},
    {"a line is saved as JSON", [](Held& held) {
       save_json(held.db, R"([{"entity": "event_line", "id": )" + std::to_string(held.line().id.value) + R"(, "quantity": "7"}])");
     }},
    {"the result", [](Held& held) {
       Event event = held.db.load(held.id);
       event.result += ", и ещё";
       held.db.save(event);
     }},
};

}  // namespace

TEST_CASE("lines of a held event are its executor's until it is accepted, like its result") {
  CRM_EVERY_STORE {
    for (const Door& door : kDoors) {
      CAPTURE(door.name);
      Held held(store);
      const auto change = [&](UserId user) { held.as(user, [&] { door.change(held); }); };

      CHECK(refusal([&] { change(held.other); }) == "E7.who");  // the setter
      CHECK(held.verify(Action::accept) == Verification::accepted);
      const Version accepted = held.db.load(held.id).version;
      Code code{};
      CHECK(refusal([&] { change(held.manager); }, &code) == "E7.who");
      CHECK(code == Code::refused);
      CHECK(held.line().product == held.cable);
      CHECK(held.line().amount == Money{10000, Currency("RUB")});
      CHECK(held.db.load(held.id).version == accepted);
      held.verify(Action::return_);
      change(held.manager);
      CHECK(held.db.load(held.id).verification == Verification::returned);
      held.as(held.manager, [&] { held.db.act(held.id, 0, Action::resubmit); });  // it has changed: no comment is asked for
      CHECK(held.log().size() == 4);
    }
  }
}

TEST_CASE("lines of a verified event that a supervisor or the host changes are verified again, like its result") {
  CRM_EVERY_STORE {
    for (const Door& door : kDoors)
      for (const Action verdict : {Action::accept, Action::return_})
        for (const bool host : {false, true}) {
          CAPTURE(door.name);
          CAPTURE(static_cast<int>(verdict));
          CAPTURE(host);
          Held held(store);
          held.verify(verdict);
          held.now = at("2026-03-02T12:00:00+07:00");
          const UserId who = host ? UserId{} : held.director;

          held.as(who, [&] { door.change(held); });

          const Event event = held.db.load(held.id);
          CHECK(event.verification == Verification::awaiting);
          CHECK(event.awaiting_since == held.now);
          CHECK(event.counted_at == event.start);  // reports count it, also if it was returned
          const auto log = held.log();
          REQUIRE(log.size() == 3);  // held, the verdict, and this
          CHECK(log[2].to == Verification::awaiting);
          CHECK(log[2].by == who);
          CHECK(log[2].at == held.now);
          CHECK(held.verify(Action::accept) == Verification::accepted);
        }
  }
}

TEST_CASE("who replaces lines that somebody has replaced since is told of a conflict") {
  CRM_EVERY_STORE {
    House house(store);
    const ProductId cable = house.product("Кабель"), lamp = house.product("Лампа");
    const Event loaded = house.meet(house.company("Вектор"), "2026-03-03T10:00:00+07:00", cable);
    std::vector<EventLine> first(1), second(1);
    first[0].product = second[0].product = cable;
    first[0].amount = Money{100, Currency("RUB")};
    second[0].amount = Money{200, Currency("RUB")};

    house.db.set_lines(loaded.id, loaded.version, first);
    Code code{};
    CHECK(refusal([&] { house.db.set_lines(loaded.id, loaded.version, second); }, &code) == "record.conflict");
    CHECK(code == Code::conflict);
    CHECK(house.db.list<EventLine>({}).front().amount == Money{100, Currency("RUB")});

    const Event now = house.db.load(loaded.id);
    CHECK(now.version > loaded.version);
    second[0].product = lamp;
    house.db.set_lines(loaded.id, now.version, second);
    CHECK(house.db.load(loaded.id).product == lamp);
  }
}

TEST_CASE("lines that are replaced by the same ones stay, and so does what was verified") {
  CRM_EVERY_STORE {
    Held held(store);
    held.verify(Action::accept);
    const Event before = held.db.load(held.id);
    const EventLine line = held.line();
    std::vector<EventLine> lines{Held::line_of(held.cable)};
    lines[0].amount->currency = {};  // the house's

    held.as(held.manager, [&] { held.db.set_lines(held.id, before.version, lines); });
    EventLine again = line;
    held.as(held.manager, [&] { held.db.save(again); });

    CHECK(lines[0].id == line.id);
    CHECK(lines[0].version == line.version);
    CHECK(held.db.load(held.id).version == before.version);
    CHECK(held.db.load(held.id).verification == Verification::accepted);
  }
}

TEST_CASE("the amount of a held event without lines follows its result, too") {
  CRM_EVERY_STORE {
    Held held(store);
    Event bare;
    bare.type = held.meeting;
    bare.company = held.company("Север");
    bare.executor = held.manager;
    bare.setter = held.other;
    bare.start = at("2026-03-01T12:00:00+07:00");
    bare.result = "продано";
    bare.amount = Money{10000, Currency("RUB")};
    held.db.record(bare);
    held.id = bare.id;
    REQUIRE(held.verify(Action::accept) == Verification::accepted);
    const auto ask_for = [&](std::int64_t amount) {
      Event event = held.db.load(held.id);
      event.amount = Money{amount, Currency("RUB")};
      held.db.save(event);
    };

    CHECK(refusal([&] { held.as(held.other, [&] { ask_for(20000); }); }) == "E7.who");  // the setter
    CHECK(held.db.load(held.id).verification == Verification::accepted);
    held.as(held.chief, [&] { ask_for(30000); });
    CHECK(held.db.load(held.id).verification == Verification::awaiting);
  }
}
