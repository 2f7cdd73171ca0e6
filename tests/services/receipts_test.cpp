// M10: receipts and shipments by client, manager, product and period.
#include "crm/services/json_door.hpp"
#include "fixture.hpp"

using namespace crm;
using namespace crm::test;

namespace {

struct Firm : House {
  explicit Firm(const std::string& store) : House(store) {
    vektor = company("Вектор");
    draft = company("Черновик", Company::Status::draft);
    cable = product("кабель");
    db.assign(vektor, manager, Assignment::Role::main, day("2026-01-15"));
    add(vektor, Receipt::Kind::receipt, "2026-01-10", 100);
    add(vektor, Receipt::Kind::receipt, "2026-01-20", 20);
    add(vektor, Receipt::Kind::receipt, "2026-02-01", -5);
    add(vektor, Receipt::Kind::shipment, "2026-02-02", 7, cable, 3);
    add(vektor, Receipt::Kind::shipment, "2026-02-03", -2, cable, -1);
    add(vektor, Receipt::Kind::receipt, "2026-02-02", 9, {}, 0, "USD");
    add(draft, Receipt::Kind::receipt, "2026-02-02", 1000, {}, 0, "RUB", other);
  }

  void add(CompanyId company, Receipt::Kind kind, const char* date, std::int64_t minor, ProductId product = {}, std::int64_t pieces = 0,
           const char* currency = "RUB", UserId user = {}) {
    Receipt receipt;
    receipt.company = company;
    receipt.kind = kind;
    receipt.date = day(date);
    receipt.amount = Money{minor, Currency(currency)};
    receipt.product = product;
    if (pieces) receipt.quantity = Decimal{pieces * Decimal::kScale};
    receipt.user = user;
    db.save(receipt);
  }

  CompanyId vektor, draft;
  ProductId cable;
};

std::vector<std::int64_t> amounts(const std::vector<ReceiptRow>& rows) {
  std::vector<std::int64_t> found;
  for (const ReceiptRow& row : rows) found.push_back(row.amount);
  return found;
}

using Amounts = std::vector<std::int64_t>;

}  // namespace

TEST_CASE("totals are the sums of the host's records, each kind and currency apart, drafts too") {
  CRM_EVERY_STORE {
    Firm firm(store);

    const ReceiptReport report = firm.db.receipts({});

    CHECK(report.rows.empty());
    REQUIRE(report.totals.size() == 3);
    CHECK(report.totals[0].key.currency == Currency("RUB"));
    CHECK(report.totals[0].amount == 1115);
    CHECK(report.totals[0].count == 4);
    CHECK(report.totals[1].key.currency == Currency("USD"));
    CHECK(report.totals[1].amount == 9);
    CHECK(report.totals[2].key.kind == Receipt::Kind::shipment);
    CHECK(report.totals[2].amount == 5);  // a return takes away
    CHECK(report.totals[2].quantity.millionths == 2 * Decimal::kScale);
  }
}

TEST_CASE("receipts by manager, client, product and month") {
  CRM_EVERY_STORE {
    Firm firm(store);
    ReceiptQuery query;
    query.kind = Receipt::Kind::receipt;
    query.by_manager = true;
    auto rows = firm.db.receipts(query).rows;
    CHECK(amounts(rows) == Amounts{100, 15, 1000, 9});  // unassigned, the manager, Другов, the manager's dollars
    CHECK(rows[0].key.manager == UserId{});
    CHECK(rows[1].key.manager == firm.manager);
    CHECK(rows[2].key.manager == firm.other);

    query.by_manager = false;
    query.by_period = PeriodLength::month;
    rows = firm.db.receipts(query).rows;
    CHECK(amounts(rows) == Amounts{120, 995, 9});
    CHECK(rows[1].key.period == day("2026-02-01"));

    query.by_period.reset();
    query.by_company = true;
    CHECK(amounts(firm.db.receipts(query).rows) == Amounts{115, 1000, 9});

    query = {};
    query.by_product = true;
    CHECK(amounts(firm.db.receipts(query).rows) == Amounts{1115, 9, 5});
    CHECK(firm.db.receipts(query).rows[0].key.product == ProductId{});

    query = {};
    query.manager = firm.manager;
    query.from = day("2026-02-01");
    query.to = day("2026-02-03");
    CHECK(amounts(firm.db.receipts(query).totals) == Amounts{-5, 9, 7});
    query.company = firm.draft;
    CHECK(firm.db.receipts(query).totals.empty());
    query.to = query.from;
    CHECK(refusal([&] { firm.db.receipts(query); }) == "date.order");
  }
}

TEST_CASE("receipts of clients that the asker does not see are not in his totals") {
  CRM_EVERY_STORE {
    Firm firm(store);
    firm.db.act_as(firm.manager);
    CHECK(amounts(firm.db.receipts({}).totals) == Amounts{115, 9, 5});
  }
}

TEST_CASE("receipts as JSON") {
  CRM_EVERY_STORE {
    Firm firm(store);
    CHECK(receipts_json(firm.db, R"({"kind": "shipment", "by": ["manager", "product"], "period": "quarter"})") ==
          R"({"rows":[{"kind":"shipment","currency":"RUB","period":"2026-01-01","manager_id":)" + std::to_string(firm.manager.value) +
              R"(,"manager":"Менеджеров","product_id":1,"product":"кабель","count":2,"amount":5,"quantity":"2"}],)"
              R"("totals":[{"kind":"shipment","currency":"RUB","count":2,"amount":5,"quantity":"2"}]})");
    for (const char* wrong : {R"([])", R"({"period": "decade"})", R"({"by": ["sphere"]})", R"({"kind": "gift"})", R"({"color": 1})"})
      CHECK(refusal([&] { receipts_json(firm.db, wrong); }) == "json.kind");
  }
}
