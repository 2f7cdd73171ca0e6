// X1 over every store: clock, delivery, geocoder, check of files, authoriser. Feeds are in host_feeds_test.cpp.
#include <limits>
#include <stdexcept>

#include "crm/meta/json.hpp"
#include "fixture.hpp"

using namespace crm;
using namespace crm::test;

namespace {

/// Code, rule, part and words of what a call is refused with: "host X1.host clock: no battery".
std::string told(const std::function<void()>& call) {
  try {
    call();
  } catch (const Error& error) {
    if (error.violations().empty()) return error.message();
    const Violation& v = error.violations().front();
    return std::string(name(error.code())) + " " + v.rule + " " + v.value + ": " + v.detail;
  }
  return "";
}

/// Every row of every entity.
std::string everything(Crm& db) {
  std::string all;
  for (const EntityInfo* info : entities())
    for (Row& row : db.rows(info->no, {})) all += to_json(Record(*info, std::move(row))) + "\n";
  return all;
}

void new_company(House& house) {
  Company company;
  company.name = "Вектор";
  house.db.save(company);
}

Address street_of(House& house, CompanyId company) {
  Address address;
  address.company = company;
  address.settlement = "г. Новосибирск";
  address.street = "пр-кт Карла Маркса";
  address.house = "д. 12 корп. 3";
  house.db.save(address);
  return address;
}

}  // namespace

TEST_CASE("a clock of the host that fails stops a call before anything is changed") {
  CRM_EVERY_STORE {
    House house(store);
    house.db.host().clock = []() -> Instant { throw std::runtime_error("no battery"); };

    CHECK(told([&] { new_company(house); }) == "host X1.host clock: no battery");

    house.db.host().clock = [] { return at("2026-04-01T09:00:00+07:00"); };
    CHECK(house.db.rows(Company::kEntity, {}).empty());
    CHECK(house.db.now() == at("2026-04-01T02:00:00Z"));
    CHECK(house.db.today() == day("2026-04-01"));
  }
}

TEST_CASE("a clock out of the years 1900 to 2200 is refused in every call that asks it, and nothing is written by it") {
  CRM_EVERY_STORE {
    House house(store);
    const CompanyId company = house.company("Ромб");
    const std::string before = everything(house.db);
    for (const char* wrong : {"1899-12-31T23:59:59Z", "2201-01-01T00:00:00Z", "1601-01-01T00:00:00Z", "9999-12-31T23:59:59Z"}) {
      CAPTURE(wrong);
      house.now = at(wrong);
      const std::string refused = "host clock.range " + std::string(wrong) + ": ";
      CHECK(told([&] { static_cast<void>(house.db.now()); }) == refused);
      CHECK(told([&] { new_company(house); }) == refused);
      CHECK(told([&] { house.db.begin(); }) == refused);
      CHECK(told([&] { house.db.tick(10); }) == refused);
      CHECK(told([&] { house.db.claim_notices(10, std::chrono::seconds(60)); }) == refused);
      CHECK(told([&] { static_cast<void>(house.db.load(company)); }) == refused);
      CHECK(told([&] { static_cast<void>(house.db.audit({.limit = 10})); }) == refused);
      CHECK_FALSE(house.db.in_unit());
    }
    house.now = Instant::max();
    CHECK(told([&] { static_cast<void>(house.db.today()); }) == "host clock.range 9223372036854775807 us: ");
    house.now = Instant::min();
    CHECK(told([&] { static_cast<void>(house.db.today()); }) == "host clock.range -9223372036854775808 us: ");

    for (const char* right : {"1900-01-01T00:00:00Z", "2200-12-31T23:59:59Z"}) {
      house.now = at(right);
      CHECK(house.db.now() == at(right));
    }
    house.now = at("2026-03-02T02:00:00Z");
    CHECK(everything(house.db) == before);
    new_company(house);
  }
}

TEST_CASE("the machine's clock is refused like the host's") {
  Code code{};
  CHECK(refusal([] { check_clock(at("2201-01-01T00:00:00Z"), Code::refused); }, &code) == "clock.range");
  CHECK(code == Code::refused);
  CHECK(refusal([] { check_clock(at("2026-03-02T02:00:00Z"), Code::refused); }).empty());
}

TEST_CASE("what a part of the host throws that is no standard exception is its failure, and the next call is right") {
  CRM_EVERY_STORE {
    House house(store);
    const CompanyId company = house.company("Ромб");
    const Address address = street_of(house, company);
    const auto kept = house.db.host().clock;
    house.db.host().clock = []() -> Instant { throw 42; };
    CHECK(told([&] { new_company(house); }) == "host X1.host clock: an exception of no standard class");
    house.db.host().clock = kept;
    house.db.host().geocode = [](const std::string&) -> std::optional<GeoPoint> { throw 42; };
    CHECK(told([&] { house.db.geocode(address.id); }) == "host X1.host geocode: an exception of no standard class");
    house.db.host().receipts = [](const std::string&) -> FeedPage { throw 42; };
    CHECK(told([&] { house.db.read_feed(HostFeed::Feed::receipts, 1); }) == "host X1.host receipts: an exception of no standard class");

    house.db.assign(company, house.manager, Assignment::Role::main);
    house.db.host().deliver = [](const NoticeMessage&) { throw 42; };
    const TickReport report = house.db.tick(10);
    CHECK(report.failed == 1);
    CHECK(house.db.list<Notice>(Query{}).at(0).error == "an exception of no standard class");

    house.db.host().authorise = [](UserId, RecordRef, Do) -> std::string { throw 42; };
    house.db.act_as(house.manager);
    const std::string before = everything(house.db);
    house.db.begin();
    Company changed = house.db.load(company);
    changed.comment = "звонить утром";
    CHECK(told([&] { house.db.save(changed); }) == "host X1.host authorise: an exception of no standard class");
    house.db.host().authorise = {};
    CHECK(house.db.in_unit());
    house.db.commit();
    CHECK(everything(house.db) == before);
    house.db.save(changed);
    CHECK(house.db.load(company).comment == "звонить утром");
  }
}

TEST_CASE("tick hands notices to the host's sink; what it throws is kept and tried again a minute later") {
  CRM_EVERY_STORE {
    House house(store);
    std::vector<std::string> keys;
    bool works = false;
    house.db.host().deliver = [&](const NoticeMessage& message) {
      keys.push_back(message.notice.key);
      CHECK_FALSE(message.text.empty());
      if (!works) throw std::runtime_error(message.notice.recipient == house.manager ? "нет связи" : "");
    };
    house.meet(house.company("Вектор"), "2026-03-05T10:00:00+07:00");  // tells its executor and its setter

    const TickReport first = house.db.tick();

    CHECK(first.delivered == 0);
    CHECK(first.failed == 2);
    CHECK(first.next == house.now + std::chrono::minutes(1));
    const auto failed = house.db.list<Notice>({});
    REQUIRE(failed.size() == 2);
    for (const Notice& notice : failed) {
      CHECK(notice.state == Notice::State::pending);
      CHECK(notice.error == (notice.recipient == house.manager ? "нет связи" : "?"));
    }

    works = true;
    CHECK(house.db.tick().delivered == 0);  // not yet a minute
    house.now += std::chrono::minutes(1);
    CHECK(house.db.tick().delivered == 2);
    CHECK(house.db.tick().delivered == 0);
    REQUIRE(keys.size() == 4);
    CHECK(std::vector(keys.begin(), keys.begin() + 2) == std::vector(keys.begin() + 2, keys.end()));  // known again by their keys
    for (const Notice& notice : house.db.list<Notice>({})) CHECK(notice.state == Notice::State::delivered);
  }
}

TEST_CASE("an address gets the place that the host's geocoder knows") {
  CRM_EVERY_STORE {
    House house(store);
    const Address address = street_of(house, house.company("Вектор"));
    std::vector<std::string> asked;
    std::optional<GeoPoint> answer;
    house.db.host().geocode = [&](const std::string& query) {
      asked.push_back(query);
      return answer;
    };

    CHECK_FALSE(house.db.geocode(address.id));
    CHECK(house.db.load(address.id).version == address.version);
    answer = GeoPoint{54.98, 82.89, Address::Precision::street};
    CHECK(house.db.geocode(address.id));

    CHECK(asked == std::vector<std::string>(2, "г. Новосибирск, пр-кт Карла Маркса, 12 к3"));
    const Address placed = house.db.load(address.id);
    CHECK(placed.latitude == 54.98);
    CHECK(placed.longitude == 82.89);
    CHECK(placed.precision == Address::Precision::street);
    CHECK(placed.source == "host");
  }
}

TEST_CASE("nonsense of a geocoder, its failure and its absence leave the address as it was") {
  CRM_EVERY_STORE {
    House house(store);
    const CompanyId company = house.company("Вектор");
    const Address address = street_of(house, company);
    const auto ask = [&] { return told([&] { house.db.geocode(address.id); }); };

    CHECK(ask() == "unsupported X1.not_supplied geocode: ");
    GeoPoint answer;
    house.db.host().geocode = [&](const std::string&) { return answer; };
    for (const GeoPoint& off : {GeoPoint{90.5, 0}, GeoPoint{0, -180.5}, GeoPoint{std::numeric_limits<double>::quiet_NaN(), 0}}) {
      answer = off;
      CHECK(ask().starts_with("host X1.host geocode: "));
    }
    house.db.host().geocode = [](const std::string&) -> std::optional<GeoPoint> { throw std::runtime_error("quota"); };
    CHECK(ask() == "host X1.host geocode: quota");
    CHECK(house.db.load(address.id).version == address.version);

    house.db.act_as(house.other);  // he does not see the company: nobody is asked
    CHECK(refusal([&] { house.db.geocode(address.id); }) == "record.not_found");
  }
}

TEST_CASE("a link whose file the host does not find is warned of; one he cannot look for is not saved") {
  CRM_EVERY_STORE {
    House house(store);
    const CompanyId company = house.company("Вектор");
    std::vector<std::string> asked;
    house.db.host().file_exists = [&](const std::string& uri) {
      asked.push_back(uri);
      if (uri.starts_with("smb:")) throw std::runtime_error("server is off");
      return uri == "file:///договор.pdf";
    };
    const auto link = [&](const char* uri) {
      Document document;
      document.owner = {Company::kEntity, company.value};
      document.title = "договор";
      document.uri = uri;
      std::string warned;
      for (const Violation& v : house.db.save(document)) warned += v.rule;
      return warned;
    };

    CHECK(link("file:///договор.pdf") == "");
    CHECK(link("file:///нет.pdf") == "C3.file_missing");
    CHECK(told([&] { link("smb://files/1"); }) == "host X1.host file_exists: server is off");

    auto kept = house.db.list<Document>({});
    REQUIRE(kept.size() == 2);
    kept[0].title = "договор поставки";
    house.db.save(kept[0]);  // the same link: not looked for again
    CHECK(asked.size() == 3);
  }
}

TEST_CASE("the authoriser is asked of what a user changes, can refuse and never allow; the host is not asked") {
  CRM_EVERY_STORE {
    House house(store);
    const CompanyId mine = house.company("Вектор");
    const CompanyId foreign = house.company("Ромб");
    house.db.assign(mine, house.manager, Assignment::Role::main);
    Characteristic colour;
    colour.code = "colour";
    colour.name_ru = "цвет";
    colour.applies_to = Company::kEntity;
    colour.kind = Characteristic::Kind::text;
    house.db.save(colour);
    std::vector<std::pair<RecordRef, Do>> asked;
    std::string why_not;
    house.db.host().authorise = [&](UserId user, RecordRef record, Do what) {
      CHECK(user == house.manager);
      asked.emplace_back(record, what);
      return why_not;
    };
    const auto rename = [&](CompanyId id) {
      Company company = house.db.load(id);
      company.name = "Новый";
      house.db.save(company);
    };
    const RecordRef card{Company::kEntity, mine.value};

    house.company("Куб");  // by the host
    CHECK(asked.empty());
    house.db.act_as(house.manager);
    rename(mine);
    CHECK(asked == std::vector<std::pair<RecordRef, Do>>{{card, Do::update}});
    why_not = "период закрыт";
    CHECK(told([&] { rename(mine); }) == "");  // nothing differs: nothing is asked
    const std::vector<Value> red{std::string("красный")};
    CHECK(told([&] { house.db.set_characteristic(card, "colour", red); }) ==
          "denied X1.authoriser " + std::to_string(house.manager.value) + ": период закрыт");
    CHECK(asked.back() == std::pair{card, Do::update});
    CHECK(refusal([&] { new_company(house); }) == "X1.authoriser");
    why_not.clear();
    house.db.host().authorise = [](UserId, RecordRef, Do) { return std::string(); };
    CHECK(refusal([&] { rename(foreign); }) == "record.not_found");  // he does not see it, whatever the host says
    house.db.host().authorise = [](UserId, RecordRef, Do) -> std::string { throw std::runtime_error("no directory"); };
    CHECK(told([&] { new_company(house); }) == "host X1.host authorise: no directory");

    house.db.act_as(UserId{});
    CHECK(house.db.characteristics(card).empty());
    CHECK(house.db.rows(Company::kEntity, {}).size() == 3);
  }
}

TEST_CASE("whichever question the authoriser answers with no, the call has changed nothing, also inside a unit of work") {
  CRM_EVERY_STORE {
    House house(store);
    const CompanyId company = house.company("Вектор");
    const ProductId product = house.product("Кабель");
    const Event event = house.meet(company, "2026-03-05T10:00:00+07:00", product);
    User admin = house.db.load(house.director);
    admin.administrator = true;
    house.db.save(admin);
    house.db.act_as(house.director);
    const std::vector<std::pair<const char*, std::function<void()>>> calls = {
        {"plan", [&] { house.meet(company, "2026-03-06T10:00:00+07:00", product); }},
        {"act", [&] { house.db.act(event.id, 0, Action::cancel, because("перенос")); }},
        {"assign", [&] { house.db.assign(company, house.manager, Assignment::Role::main); }},
        {"contact", [&] { house.contact({Company::kEntity, company.value}, ContactPoint::Kind::phone, "+7 383 111-11-11"); }},
        {"remind",
         [&] {
           Reminder reminder;
           reminder.event = event.id;
           reminder.minutes_before = 30;
           house.db.save(reminder);
         }},
        {"dismiss later", [&] { house.db.dismiss(house.other, day("2026-04-01")); }},
        {"dismiss", [&] { house.db.dismiss(house.manager, day("2026-03-02"), house.chief); }},
    };
    for (const auto& [what, call] : calls) {
      CAPTURE(what);
      house.db.begin();
      const std::string before = everything(house.db);
      int questions = 0;
      for (int allowed = 0;; ++allowed) {
        questions = 0;
        house.db.host().authorise = [&](UserId, RecordRef, Do) { return std::string(questions++ < allowed ? "" : "нет"); };
        if (refusal(call).empty()) break;
        REQUIRE(everything(house.db) == before);
      }
      CHECK(questions > 0);
      CHECK(everything(house.db) != before);
      house.db.host().authorise = {};
      house.db.rollback();
    }
  }
}
