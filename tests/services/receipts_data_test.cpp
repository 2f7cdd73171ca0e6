// M10 over a web shop's sales and a bank statement: numbers are recounted from the files, and some were worked by another program.
#include <sstream>

#include "crm/base/encoding.hpp"
#include "crm/services/loader.hpp"
#include "fixture.hpp"
#include "shared_data.hpp"

using namespace crm;
using namespace crm::test;

namespace {

using Sums = std::map<Id, std::int64_t>;

Id id_of(const std::string& text) { return std::stoll(text); }
std::int64_t minor_of(const std::string& text, const char* currency) { return parse_money(text, Currency(currency))->minor; }

}  // namespace

TEST_CASE("uci_online_retail: returns are negative on their own date, what is no goods is of no product, totals are the raw sum") {
  CRM_SHARED(text, "uci_online_retail/online_retail_2010-12.csv");
  const auto lines = csv_rows(*text);
  Numbers customers, goods;
  std::vector<Receipt> shipments;
  std::map<Date, std::int64_t> by_day;
  Sums by_product, returned;
  std::int64_t raw = 0;
  for (const CsvRow& line : lines) {
    Receipt& fact = shipments.emplace_back();
    fact.id = {std::ssize(shipments)};
    fact.kind = Receipt::Kind::shipment;
    fact.company = {customers.of(line.at("Country") + " " + line.at("CustomerID"))};
    fact.date = *parse_date(line.at("InvoiceDate").substr(0, 10));
    fact.quantity = Decimal{id_of(line.at("Quantity")) * Decimal::kScale};
    fact.amount = Money{minor_of(line.at("UnitPrice"), "GBP") * id_of(line.at("Quantity")), Currency("GBP")};
    const std::string& code = line.at("StockCode");
    if (code.find_first_of("0123456789") != std::string::npos) fact.product = {goods.of(code)};  // POST, BANK CHARGES, ... are no goods
    raw += fact.amount->minor;
    by_day[*fact.date] += fact.amount->minor;
    by_product[fact.product.value] += fact.amount->minor;
    if (fact.amount->minor < 0) returned[to_number(*fact.date)] += fact.amount->minor;
  }
  REQUIRE(by_product.contains(0));

  CRM_EVERY_STORE {
    Crm db = crm::open(store);
    Loader loader(db);
    std::vector<Company> companies;
    for (const auto& [name, id] : customers.all()) {
      Company& company = companies.emplace_back();
      company.id = {id};
      company.name = name;
      company.status = Company::Status::active;
    }
    std::vector<Product> products;
    for (const auto& [code, id] : goods.all()) {
      Product& product = products.emplace_back();
      product.id = {id};
      product.name = product.code = code;
    }
    loader.add(companies);
    loader.add(std::span<const Product>(products));
    loader.add(std::span<const Receipt>(shipments));
    loader.finish();

    ReceiptQuery query;
    query.by_period = PeriodLength::day;
    ReceiptReport report = db.receipts(query);
    std::map<Date, std::int64_t> told;
    for (const ReceiptRow& row : report.rows) told[*row.key.period] = row.amount;
    CHECK(told == by_day);
    REQUIRE(report.totals.size() == 1);
    CHECK(report.totals[0].count == 42481);
    CHECK(report.totals[0].amount == 74'895'702);  // by another program
    CHECK(raw == 74'895'702);

    query = {};
    query.by_product = true;
    report = db.receipts(query);
    Sums of_products;
    for (const ReceiptRow& row : report.rows) of_products[row.key.product->value] = row.amount;
    CHECK(of_products == by_product);

    query.by_manager = true;  // nobody is assigned
    for (const ReceiptRow& row : db.receipts(query).rows) CHECK(row.key.manager == UserId{});
    PlanFactQuery december;
    december.from = day("2010-12-01");
    december.to = day("2011-01-01");
    december.measures = {PlanCell::Measure::shipments};
    CHECK(db.plan_fact(december).table.totals.at(0).fact == 74'895'702);
  }
  std::int64_t returns = 0;
  for (const auto& [date, sum] : returned) returns += sum;
  CHECK(returns == -7'478'912);
}

namespace {

using Lines = std::map<std::string, std::string>;

/// The documents of a 1C bank statement, by the names of their lines.
std::vector<Lines> documents_of(const std::string& utf8) {
  std::vector<Lines> documents;
  std::istringstream stream(utf8);
  for (std::string line; std::getline(stream, line);) {
    if (line.ends_with('\r')) line.pop_back();
    const auto split = line.find('=');
    if (line.starts_with("СекцияДокумент")) documents.emplace_back();
    if (split != std::string::npos && !documents.empty()) documents.back()[line.substr(0, split)] = line.substr(split + 1);
  }
  return documents;
}

std::string iso(const std::string& date) { return date.substr(6, 4) + "-" + date.substr(3, 2) + "-" + date.substr(0, 2); }

CompanyId client_with_account(House& house, const char* name, const std::string& account, const std::string& bik) {
  const CompanyId company = house.company(name);
  LegalEntity entity;
  entity.company = company;
  entity.name = name;
  house.db.save(entity);
  BankAccount bank;
  bank.legal_entity = entity.id;
  bank.account = account;
  bank.bik = bik;
  bank.unchecked = true;  // masked by who published the statement
  house.db.save(bank);
  return company;
}

CompanyId payer(Crm& db, const Lines& document) {
  Query query;
  query.filter = where::all({where::eq(BankAccount::kAccount, document.at("ПлательщикРасчСчет")),
                             where::eq(BankAccount::kBik, document.at("ПлательщикБИК"))});
  const auto accounts = db.list<BankAccount>(query);
  return accounts.empty() ? CompanyId{} : db.load(accounts.at(0).legal_entity).company;
}

}  // namespace

TEST_CASE("kl_to_1c: a bank statement in Windows-1251 is read as receipts of the clients whose accounts paid") {
  CRM_SHARED(bytes, "kl_to_1c/one_day.txt");
  const auto documents = documents_of(from_windows_1251(*bytes));
  REQUIRE(documents.size() == 13);
  CRM_EVERY_STORE {
    House house(store);
    const CompanyId vektor = client_with_account(house, "Вектор", "12312312312312312", "044525176");
    const CompanyId sever = client_with_account(house, "Север", "12312312312312312", "044525225");
    house.db.host().receipts = [&](const std::string& after) {
      FeedPage page;
      page.next = "2016-01-11";
      for (const Lines& document : after.empty() ? documents : std::vector<Lines>()) {
        if (document.count("ДатаПоступило") == 0 || document.at("ДатаПоступило").empty()) continue;  // paid by us
        page.records += page.records.empty() ? "[" : ",";
        page.records += R"({"entity": "receipt", "company_id": )" + std::to_string(payer(house.db, document).value) + R"(, "kind": "receipt", "date": ")" +
                        iso(document.at("ДатаПоступило")) + R"(", "amount": )" + std::to_string(minor_of(document.at("Сумма"), "RUB")) +
                        R"(, "number": ")" + document.at("Номер") + R"(", "external_id": {"system": "bank", "kind": "receipt", "key": ")" +
                        document.at("Номер") + "/" + document.at("Сумма") + R"("}})";
      }
      if (!page.records.empty()) page.records += "]";
      return page;
    };
    CHECK(house.db.read_feed(HostFeed::Feed::receipts).records == 3);
    CHECK(house.db.read_feed(HostFeed::Feed::receipts).records == 0);

    ReceiptQuery query;
    query.by_company = query.by_manager = true;
    const ReceiptReport report = house.db.receipts(query);

    REQUIRE(report.rows.size() == 2);
    CHECK(report.rows[0].key.company == vektor);
    CHECK(report.rows[0].amount == 20'000'00);  // 6 000 and 14 000
    CHECK(report.rows[0].count == 2);
    CHECK(report.rows[1].key.company == sever);
    CHECK(report.rows[1].amount == 20'000'00);
    CHECK(report.rows[1].key.manager == UserId{});
    CHECK(report.totals.at(0).amount == 40'000'00);  // ВсегоПоступило of the statement
  }
}
