// X1 over every store: the host's products, documents and receipts, read page by page.
#include <map>
#include <stdexcept>

#include "fixture.hpp"

using namespace crm;
using namespace crm::test;

namespace {

using Feed = HostFeed::Feed;

/// A house whose host gives these pages.
struct Fed : House {
  explicit Fed(const std::string& store) : House(store) {
    const auto page = [this](const std::string& after) {
      asked.push_back(after);
      return pages.at(after);
    };
    db.host().products = db.host().documents = db.host().receipts = page;
  }

  std::vector<std::string> products() {
    std::vector<std::string> names;
    for (const Product& product : db.list<Product>({})) names.push_back(product.name);
    return names;
  }
  /// Where the next page begins, "" before the first.
  std::string position() {
    const auto found = db.list<HostFeed>({});
    return found.empty() ? "" : found.front().position;
  }
  std::vector<std::int64_t> amounts() {
    std::vector<std::int64_t> minor;
    for (const Receipt& receipt : db.list<Receipt>({})) minor.push_back(receipt.amount->minor);
    return minor;
  }

  std::map<std::string, FeedPage> pages;
  std::vector<std::string> asked;
};

std::string product(const char* key, const char* name) {
  return std::string(R"({"entity": "product", "external_id": {"system": "erp", "kind": "товар", "key": ")") + key + R"("}, "name": ")" + name + R"("})";
}

std::string receipt(const char* key, int minor) {
  return std::string(R"({"entity": "receipt", "external_id": {"system": "erp", "kind": "оплата", "key": ")") + key +
         R"("}, "company_id": 1, "date": "2026-03-02", "amount": )" + std::to_string(minor) + "}";
}

std::string unposted(const char* kind, const char* key) {
  return std::string(R"({"external_id": {"system": "erp", "kind": ")") + kind + R"(", "key": ")" + key + R"("}, "posted": false})";
}

std::string all_of(const std::vector<std::string>& records) {
  std::string out;
  for (const std::string& record : records) out += (out.empty() ? "[" : ", ") + record;
  return out + "]";
}

}  // namespace

TEST_CASE("a feed is read page by page to its end, and from there the next time") {
  CRM_EVERY_STORE {
    Fed house(store);
    house.pages[""] = {all_of({product("1", "Кабель"), product("2", "Лампа")}), "2", true};
    house.pages["2"] = {all_of({product("3", "Щит")}), "3", false};
    house.pages["3"] = {"[]", "3", false};

    const FeedReport report = house.db.read_feed(Feed::products);

    CHECK(report.records == 3);
    CHECK(report.pages == 2);
    CHECK_FALSE(report.more);
    CHECK(house.db.list<HostFeed>({}).front().read_at == house.now);
    CHECK(house.products() == std::vector<std::string>{"Кабель", "Лампа", "Щит"});
    house.pages["3"] = {all_of({product("1", "Кабель ВВГ")}), "4", false};  // known by the host's id
    CHECK(house.db.read_feed(Feed::products).records == 1);
    CHECK(house.products() == std::vector<std::string>{"Кабель ВВГ", "Лампа", "Щит"});
    CHECK(house.asked == std::vector<std::string>{"", "2", "3"});
    CHECK(house.position() == "4");
  }
}

TEST_CASE("each feed has a position of its own, and at most so many pages are read as are asked for") {
  CRM_EVERY_STORE {
    Fed house(store);
    house.pages[""] = {all_of({product("1", "Кабель")}), "1", true};
    house.pages["1"] = {all_of({product("2", "Лампа")}), "2", true};
    house.pages["2"] = {"[]", "2", false};

    const FeedReport first = house.db.read_feed(Feed::products, 1);

    CHECK(first.pages == 1);
    CHECK(first.more);
    CHECK(house.products() == std::vector<std::string>{"Кабель"});
    CHECK(house.db.read_feed(Feed::products, 2).pages == 2);
    house.pages[""] = {"[]", "r", false};
    house.db.read_feed(Feed::receipts);
    CHECK(house.asked == std::vector<std::string>{"", "1", "2", ""});
    CHECK(refusal([&] { house.db.read_feed(Feed::products, 0); }) == "field.range");
  }
}

TEST_CASE("a page that fails changes nothing and is read again; those before it stay") {
  CRM_EVERY_STORE {
    Fed house(store);
    house.pages[""] = {all_of({product("1", "Кабель")}), "1", true};
    const std::string nameless = R"({"entity": "product", "name": null})";
    house.pages["1"] = {all_of({product("2", "Лампа"), nameless}), "2", false};

    Code code{};
    CHECK(refusal([&] { house.db.read_feed(Feed::products); }, &code) == "field.required");
    CHECK(code == Code::invalid_argument);
    CHECK(house.products() == std::vector<std::string>{"Кабель"});
    CHECK(house.position() == "1");
    CHECK_FALSE(house.db.in_unit());
    for (const char* nonsense : {"no json", "{}", "[1]", R"([{"entity": "ghost"}])"}) {
      house.pages["1"].records = nonsense;
      CHECK(refusal([&] { house.db.read_feed(Feed::products); }, &code) != "");
      CHECK(code == Code::invalid_argument);
    }
    house.pages.erase("1");  // the host itself throws
    CHECK(refusal([&] { house.db.read_feed(Feed::products); }, &code) == "X1.host");
    CHECK(code == Code::host);
    CHECK(house.position() == "1");

    house.pages["1"] = {all_of({product("2", "Лампа")}), "2", false};
    CHECK(house.db.read_feed(Feed::products).records == 1);
    CHECK(house.products() == std::vector<std::string>{"Кабель", "Лампа"});
  }
}

TEST_CASE("a feed that promises more and stays where it is, is missing or is read inside a unit of work is refused") {
  CRM_EVERY_STORE {
    Fed house(store);
    house.pages[""] = {all_of({product("1", "Кабель")}), "", true};
    Code code{};
    CHECK(refusal([&] { house.db.read_feed(Feed::products); }, &code) == "X1.feed_stuck");
    CHECK(code == Code::host);
    CHECK(house.products().empty());

    house.db.begin();
    house.pages[""].more = false;
    CHECK(refusal([&] { house.db.read_feed(Feed::products); }) == "handle.transaction");
    CHECK(house.db.in_unit());
    house.db.rollback();

    house.db.host().products = {};
    CHECK(refusal([&] { house.db.read_feed(Feed::products); }, &code) == "X1.not_supplied");
    CHECK(code == Code::unsupported);
  }
}

TEST_CASE("no feed saves users, their rights or what they see by: its page is refused with the record named, and nothing of it is taken") {
  const std::vector<std::string> forbidden = {
      R"({"entity": "user", "last_name": "Чужой", "administrator": true})",
      R"({"entity": "user", "id": 1, "administrator": true})",
      R"({"entity": "role", "code": "all", "name_ru": "все", "scope": "all"})",
      R"({"entity": "user_role", "user_id": 1, "role_id": 1})",
      R"({"entity": "organisation", "id": 1, "gate": false})",
      R"({"entity": "department", "name": "Отдел"})",
      R"({"entity": "position", "name_ru": "директор"})",
      R"({"entity": "placement", "user_id": 1, "department_id": 1, "from": "2026-01-01"})",
      R"({"entity": "assignment", "company_id": 1, "user_id": 1, "role": "main", "from": "2026-01-01"})",
      R"({"entity": "external_id", "system": "erp", "kind": "сотрудник", "key": "1", "owner_kind": "user", "owner_id": 1})",
      R"({"entity": "contact_point", "owner_kind": "user", "owner_id": 1, "kind": "email", "value": "a@b.ru"})",
      R"({"entity": "document", "owner_kind": "user", "owner_id": 1, "title": "паспорт", "uri": "file:///1"})",
      R"({"entity": "subscription", "user_id": 1, "kind": "done"})",
      R"({"entity": "working_hours", "weekday": "mon"})",
      R"({"entity": "saved_filter", "user_id": 1, "name": "все", "query": "{}"})",
      R"({"entity": "sphere", "name": "Дороги"})",
      R"({"entity": "company_sphere", "company_id": 1, "sphere_id": 1})",
      R"({"entity": "user_cell", "user_id": 1, "product_id": 1, "sphere_id": 1})",
      R"({"entity": "event", "type_id": 1, "company_id": 1, "executor_id": 1, "start_at": "2026-03-05T09:00:00Z"})",
      R"({"entity": "host_feed", "feed": "products", "position": "9"})",
  };
  CRM_EVERY_STORE {
    Fed house(store);
    house.company("Вектор");
    const auto state = [&] {
      std::size_t rows = 0;
      for (const EntityInfo* info : entities()) rows += house.db.rows(info->no, {}).size();
      return rows;
    };
    const std::size_t before = state();
    for (const Feed feed : {Feed::products, Feed::receipts})
      for (const std::string& record : forbidden) {
        CAPTURE(record);
        house.pages[""] = {all_of({product("1", "Кабель"), record}), "1", false};
        try {
          house.db.read_feed(feed);
          FAIL_CHECK("must be refused");
        } catch (const Error& error) {
          CHECK(error.code() == Code::denied);
          REQUIRE(error.violations().size() == 2);
          const Violation& named = error.violations()[0];
          CHECK(named.rule == "X1.feed_entity");
          CHECK(named.detail == (feed == Feed::products ? "products" : "receipts"));
          CHECK(error.violations()[1].value == "1");  // the second record of the page
        }
        CHECK(state() == before);
        CHECK_FALSE(house.db.in_unit());
      }
    house.pages[""] = {all_of({receipt("1", 100)}), "1", false};
    CHECK(refusal([&] { house.db.read_feed(Feed::products); }) == "X1.feed_entity");
    CHECK(house.position() == "");
  }
}

TEST_CASE("a feed changes no contact of a user, also by its id alone") {
  CRM_EVERY_STORE {
    Fed house(store);
    const ContactPoint his = house.contact({User::kEntity, house.manager.value}, ContactPoint::Kind::email, "his@firm.ru");
    house.pages[""] = {all_of({product("1", "Кабель"), R"({"entity": "contact_point", "id": )" + std::to_string(his.id.value) + R"(, "value": "thief@evil.ru"})"}),
                       "1", false};

    CHECK(refusal([&] { house.db.read_feed(Feed::products); }) == "X1.feed_entity");

    CHECK(house.db.load(his.id).value == "his@firm.ru");
    CHECK(house.products().empty());
  }
}

TEST_CASE("a feed brings the cards of clients that its records speak of, records before it by their names") {
  CRM_EVERY_STORE {
    Fed house(store);
    house.pages[""] = {R"([{"entity": "company", "ref": "c", "name": "Вектор", "external_id": {"system": "erp", "kind": "клиент", "key": "7"}},
      {"entity": "legal_entity", "company_id": {"$ref": "c"}, "name": "ООО Вектор"},
      {"entity": "employee", "ref": "e", "company_id": {"$ref": "c"}, "last_name": "Иванов"},
      {"entity": "contact_point", "owner_kind": "employee", "owner_id": {"$ref": "e"}, "kind": "phone", "value": "+7 383 212-34-56"},
      {"entity": "address", "company_id": {"$ref": "c"}, "settlement": "Бердск"},
      {"entity": "product", "ref": "p", "name": "Кабель"},
      {"entity": "receipt", "company_id": {"$external": {"system": "erp", "kind": "клиент", "key": "7"}}, "product_id": {"$ref": "p"}, "date": "2026-03-02", "amount": 100}])",
                       "1", false};

    CHECK(house.db.read_feed(Feed::receipts).records == 7);

    CHECK(house.amounts() == std::vector<std::int64_t>{100});
    CHECK(house.db.search_contacts("2123456").size() == 1);
  }
}

TEST_CASE("what a feed brings is the host's doing, whoever reads it, and no gate stops it") {
  CRM_EVERY_STORE {
    Fed house(store);
    Profile profile;
    profile.name = "Обычный";
    profile.threshold = 50;
    house.db.save(profile);
    Criterion phone;
    phone.profile = profile.id;
    phone.subject = Criterion::Subject::phone;
    phone.weight = 1;
    house.db.save(phone);
    Organisation organisation = house.db.organisation();
    organisation.gate = true;
    house.db.save(organisation);
    house.db.act_as(house.manager);
    house.pages[""] = {R"([{"entity": "company", "name": "Вектор", "status": "active"}])", "1", false};

    const FeedReport report = house.db.read_feed(Feed::products);

    REQUIRE_FALSE(report.warnings.empty());
    CHECK(report.warnings.front().rule == "C11.below_threshold");
    CHECK(house.db.actor() == house.manager);
    house.db.act_as(UserId{});
    CHECK(house.db.load(CompanyId{1}).status == Company::Status::active);
    AuditQuery of_company;
    of_company.record = RecordRef{Company::kEntity, 1};
    for (const AuditEntry& entry : house.db.audit(of_company).entries) CHECK_FALSE(entry.actor);
  }
}

TEST_CASE("documents of a feed are posted, posted anew and un-posted by their rules") {
  CRM_EVERY_STORE {
    Fed house(store);
    const CompanyId company = house.company("Вектор");
    house.db.assign(company, house.manager, Assignment::Role::main);
    HostDocumentKind invoice;
    invoice.code = "invoice";
    invoice.name_ru = "счёт";
    house.db.save(invoice);
    DocumentRule rule;
    rule.kind = invoice.id;
    rule.name = "контроль";
    rule.does = DocumentRule::Does::plan;
    rule.type = house.meeting;
    house.db.save(rule);
    const auto documents = [&](const std::string& records, const char* next) {
      house.pages[house.position()] = {records, next, false};
      house.db.read_feed(Feed::documents);
    };
    const auto starts = [&] {
      std::vector<Instant> found;
      for (const Event& event : house.db.list<Event>({})) found.push_back(*event.start);
      return found;
    };

    documents(R"([{"kind": "invoice", "key": "17", "revision": 1, "date": "2026-03-02", "company_id": 1, "posted": true}])", "1");
    CHECK(starts() == std::vector{at("2026-03-03T09:00:00+07:00")});
    documents(R"([{"kind": "invoice", "key": "17", "revision": 2, "date": "2026-03-05", "company_id": 1}])", "2");
    CHECK(starts() == std::vector{at("2026-03-06T09:00:00+07:00")});
    documents(R"([{"kind": "invoice", "key": "17", "posted": false}, {"kind": "invoice", "key": "never read", "posted": false}])", "3");
    CHECK(starts().empty());
    CHECK_FALSE(house.db.list<HostDocument>({}).front().posted);

    const auto refused = [&](const std::string& records) { return refusal([&] { documents(records, "4"); }); };
    CHECK(refused(R"([{"kind": "invoice", "posted": false}])") == "json.kind");
    CHECK(refused(R"([{"kind": "invoice", "key": "17", "posted": "нет"}])") == "json.kind");
    CHECK(refused(R"([{"kind": "invoice", "key": "17", "revision": 1, "date": "2026-03-02"}])") == "E8.old_revision");
    CHECK(house.position() == "3");
  }
}

TEST_CASE("a receipt that the host un-posted does not exist") {
  CRM_EVERY_STORE {
    Fed house(store);
    house.company("Вектор");
    const auto receipts = [&](const std::vector<std::string>& records, const char* next) {
      house.pages[house.position()] = {all_of(records), next, false};
      return house.db.read_feed(Feed::receipts).records;
    };

    CHECK(receipts({receipt("1", 150000), receipt("2", -20000)}, "1") == 2);
    CHECK(house.amounts() == std::vector<std::int64_t>{150000, -20000});
    CHECK(receipts({receipt("1", 160000), unposted("оплата", "2"), unposted("оплата", "never read")}, "2") == 3);
    CHECK(house.amounts() == std::vector<std::int64_t>{160000});
    CHECK_FALSE(house.db.find_external("erp", "оплата", "2"));
    CHECK(house.db.list<ExternalId>({}).size() == 1);

    // Posted again, and within one page posted, un-posted, posted.
    receipts({receipt("2", -30000), receipt("3", 1), unposted("оплата", "3"), unposted("оплата", "1"), receipt("1", 170000)}, "3");
    auto amounts = house.amounts();
    std::ranges::sort(amounts);
    CHECK(amounts == std::vector<std::int64_t>{-30000, 170000});
    CHECK(house.db.find_external("erp", "оплата", "1"));
  }
}

TEST_CASE("un-posting of what is no receipt is refused, and nothing of its page is taken") {
  CRM_EVERY_STORE {
    Fed house(store);
    house.company("Вектор");
    const ProductId cable = house.product("Кабель");
    house.db.link_external("erp", "товар", "1", {Product::kEntity, cable.value});
    const auto refused = [&](const std::string& record) {
      house.pages[""] = {all_of({receipt("1", 150000), record}), "1", false};
      return refusal([&] { house.db.read_feed(Feed::receipts); });
    };

    CHECK(refused(unposted("товар", "1")) == "X12.taken");
    CHECK(refused(R"({"posted": false})") == "json.kind");
    CHECK(refused(R"({"external_id": {"system": "erp"}, "posted": false})") == "json.kind");
    CHECK(refused(R"({"external_id": {"system": "erp", "kind": "оплата", "key": "1"}, "posted": 0})") == "json.kind");

    CHECK(house.amounts().empty());
    CHECK(house.position() == "");
    CHECK(house.db.load(cable).name == "Кабель");
  }
}
