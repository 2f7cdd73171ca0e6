// M8-M10 over a year of a wholesaler's sales: numbers are recounted from the files, and some were worked by another program.
#include "crm/services/loader.hpp"
#include "fixture.hpp"
#include "shared_data.hpp"

using namespace crm;
using namespace crm::test;

namespace {

using PlanMeasure = PlanCell::Measure;
using Sums = std::map<Id, std::int64_t>;

const Currency kUsd("USD");

Id id_of(const std::string& text) { return std::stoll(text); }
std::int64_t minor_of(const std::string& text, Currency currency) { return parse_money(text, currency)->minor; }
Date date_in(const std::string& text) { return *parse_date(text.substr(0, 10)); }

/// classicmodels: offices are departments, payments receipts, lines of shipped orders shipments on the day of shipping; who sold is the
/// client's main manager, not named on the records.
struct ClassicModels {
  std::vector<CsvRow> customers, employees, offices, orders, details, payments;
  std::map<Id, Id> seller;           // customer -> employee
  std::map<Id, CsvRow> order;
  Numbers products;

  static std::optional<ClassicModels> read() {
    ClassicModels set;
    const std::pair<const char*, std::vector<CsvRow> ClassicModels::*> files[] = {
        {"classicmodels/customers.csv", &ClassicModels::customers}, {"classicmodels/employees.csv", &ClassicModels::employees},
        {"classicmodels/offices.csv", &ClassicModels::offices},     {"classicmodels/orders.csv", &ClassicModels::orders},
        {"classicmodels/order_details.csv", &ClassicModels::details}, {"classicmodels/payments.csv", &ClassicModels::payments}};
    for (const auto& [path, rows] : files) {
      const auto text = shared_file(path);
      if (!text) return {};
      set.*rows = csv_rows(*text);
    }
    for (const CsvRow& row : set.customers)
      if (row.at("salesRepEmployeeNumber") != "NULL") set.seller[id_of(row.at("customerNumber"))] = id_of(row.at("salesRepEmployeeNumber"));
    for (const CsvRow& row : set.orders) set.order[id_of(row.at("orderNumber"))] = row;
    return set;
  }

  /// Who sold to a customer; 0 if nobody.
  [[nodiscard]] Id seller_to(Id customer) const {
    const auto found = seller.find(customer);
    return found == seller.end() ? 0 : found->second;
  }
  [[nodiscard]] static std::int64_t amount_of(const CsvRow& line) {
    return minor_of(line.at("priceEach"), kUsd) * id_of(line.at("quantityOrdered"));
  }

  void load_staff(Loader& loader) const {
    std::vector<Department> departments;
    for (const CsvRow& row : offices) {
      Department& department = departments.emplace_back();
      department.id = {id_of(row.at("officeCode"))};
      department.name = row.at("city");
    }
    std::vector<User> users;
    std::vector<Placement> placements;
    for (const CsvRow& row : employees) {
      User& user = users.emplace_back();
      user.id = {id_of(row.at("employeeNumber"))};
      user.last_name = row.at("lastName");
      user.hired = day("2000-01-01");
      Placement& placement = placements.emplace_back();
      placement.id = {user.id.value};
      placement.user = user.id;
      placement.department = {id_of(row.at("officeCode"))};
      placement.from = user.hired;
    }
    loader.add(std::span<const Department>(departments));
    loader.add(std::span<const User>(users));
    loader.add(std::span<const Placement>(placements));
  }

  void load(Crm& db) {
    Loader loader(db);
    load_staff(loader);
    std::vector<Company> companies;
    std::vector<Assignment> assignments;
    for (const CsvRow& row : customers) {
      Company& company = companies.emplace_back();
      company.id = {id_of(row.at("customerNumber"))};
      company.name = row.at("customerName");
      company.status = Company::Status::active;
      if (!seller_to(company.id.value)) continue;
      Assignment& assignment = assignments.emplace_back();
      assignment.id = {company.id.value};
      assignment.company = company.id;
      assignment.user = {seller_to(company.id.value)};
      assignment.from = day("2003-01-01");
    }
    for (const CsvRow& row : details) products.of(row.at("productCode"));
    std::vector<Product> goods;
    for (const auto& [code, id] : products.all()) {
      Product& product = goods.emplace_back();
      product.id = {id};
      product.name = product.code = code;
    }
    loader.add(companies);
    loader.add(std::span<const Assignment>(assignments));
    loader.add(std::span<const Product>(goods));
    const std::vector<Receipt> facts = receipts();
    loader.add(std::span<const Receipt>(facts));
    loader.finish();
  }

  std::vector<Receipt> receipts() {
    std::vector<Receipt> facts;
    const auto add = [&](Receipt::Kind kind, Id customer, const std::string& date, std::int64_t minor) -> Receipt& {
      Receipt& fact = facts.emplace_back();
      fact.id = {std::ssize(facts)};
      fact.kind = kind;
      fact.company = {customer};
      fact.date = date_in(date);
      fact.amount = Money{minor, kUsd};
      return fact;
    };
    for (const CsvRow& row : payments)
      add(Receipt::Kind::receipt, id_of(row.at("customerNumber")), row.at("paymentDate"), minor_of(row.at("amount"), kUsd));
    for (const CsvRow& row : details) {
      const CsvRow& of = order.at(id_of(row.at("orderNumber")));
      if (of.at("shippedDate") == "NULL") continue;
      Receipt& fact = add(Receipt::Kind::shipment, id_of(of.at("customerNumber")), of.at("shippedDate"), amount_of(row));
      fact.product = {products.of(row.at("productCode"))};
      fact.quantity = Decimal{id_of(row.at("quantityOrdered")) * Decimal::kScale};
    }
    return facts;
  }
};

PlanFactQuery year_2004(PlanMeasure measure) {
  PlanFactQuery query;
  query.from = day("2004-01-01");
  query.to = day("2005-01-01");
  query.measures = {measure};
  return query;
}

Sums facts_by(const PlanFactTable& table, auto id) {
  Sums sums;
  for (const PlanFactRow& row : table.rows)
    if (row.fact) sums[id(row.key)] = row.fact;
  return sums;
}

}  // namespace

TEST_CASE("classicmodels: plans of sellers and offices against what was paid and shipped in 2004") {
  auto set = ClassicModels::read();
  if (!set) {
    MESSAGE("skipped: the shared data has no classicmodels");
    return;
  }
  Crm db = crm::open(":memory:");
  db.host().clock = [] { return at("2005-06-01T12:00:00Z"); };
  set->load(db);
  Sums paid_to, paid_at, shipped;
  std::map<Id, Id> office;
  for (const CsvRow& row : set->employees) office[id_of(row.at("employeeNumber"))] = id_of(row.at("officeCode"));
  for (const CsvRow& row : set->payments) {
    if (!row.at("paymentDate").starts_with("2004")) continue;
    const Id seller = set->seller_to(id_of(row.at("customerNumber")));
    paid_to[seller] += minor_of(row.at("amount"), kUsd);
    paid_at[office[seller]] += minor_of(row.at("amount"), kUsd);
  }
  for (const CsvRow& row : set->details)
    if (set->order.at(id_of(row.at("orderNumber"))).at("shippedDate").starts_with("2004"))
      shipped[set->products.of(row.at("productCode"))] += ClassicModels::amount_of(row);

  // A plan of 4,300,000.00 for all who sell, by what each was paid in 2003; Paris as a whole has one of its own.
  PlanShare share;
  share.total.measure = PlanMeasure::receipts;
  share.total.amount = Money{430'000'000, kUsd};
  share.total.from = day("2004-01-01");
  share.total.to = day("2005-01-01");
  share.facts_of = {day("2003-01-01"), day("2004-01-01")};
  for (const auto& [seller, sum] : paid_to) share.users.push_back({seller});
  const auto cells = db.share_plan(share);
  PlanCell paris = share.total;
  paris.amount = Money{150'000'000, kUsd};
  paris.department = {4};
  db.set_plans(std::span(&paris, 1));

  PlanFactQuery query = year_2004(PlanMeasure::receipts);
  query.by.user = true;
  PlanFactReport report = db.plan_fact(query);
  CHECK(facts_by(report.table, [](const PlanFactKey& k) { return k.user->value; }) == paid_to);
  CHECK(paid_to.at(1370) == 48'751'031);  // Hernandez, by another program
  std::int64_t of_paris = 0;
  std::int64_t planned = 0;
  for (const PlanCell& cell : cells) {
    planned += cell.amount->minor;
    if (office[cell.user.value] == 4) of_paris += cell.amount->minor;
  }
  CHECK(planned == 430'000'000);
  CHECK(report.table.totals.at(0).fact == 431'332'825);
  CHECK(report.table.totals.at(0).plan == 430'000'000 - of_paris + 150'000'000);
  CHECK(report.table.totals.at(0).forecast == 431'332'825);  // the year is over

  query.by = {true, false, false, false};
  report = db.plan_fact(query);
  CHECK(facts_by(report.table, [](const PlanFactKey& k) { return k.department->value; }) == paid_at);
  CHECK(paid_at.at(4) == 136'845'896);
  for (const PlanFactRow& row : report.table.rows) {
    if (row.key.department != DepartmentId{4}) continue;
    CHECK(row.plan == 150'000'000);
    CHECK(row.undistributed == 150'000'000 - of_paris);
    CHECK(row.deviation == 136'845'896 - 150'000'000);
  }

  query = year_2004(PlanMeasure::shipments);
  query.by.product = true;
  report = db.plan_fact(query);
  CHECK(facts_by(report.table, [](const PlanFactKey& k) { return k.product->value; }) == shipped);
  CHECK(report.table.totals.at(0).fact == 436'661'139);
  CHECK(shipped.at(set->products.of("S18_3232")) == 11'743'480);
}

TEST_CASE("classicmodels: receipts and shipments add up to the files however they are divided") {
  auto set = ClassicModels::read();
  if (!set) {
    MESSAGE("skipped: the shared data has no classicmodels");
    return;
  }
  Crm db = crm::open("memory:");
  db.host().clock = [] { return at("2005-06-01T12:00:00Z"); };
  set->load(db);
  for (int by = 0; by < 8; ++by)
    for (const auto period : {std::optional<PeriodLength>(), std::optional(PeriodLength::week), std::optional(PeriodLength::year)}) {
      ReceiptQuery query;
      query.by_company = by & 1;
      query.by_manager = by & 2;
      query.by_product = by & 4;
      query.by_period = period;
      const ReceiptReport report = db.receipts(query);
      REQUIRE(report.totals.size() == 2);
      CHECK(report.totals[0].amount == 885'383'923);
      CHECK(report.totals[0].count == 273);
      CHECK(report.totals[1].amount == 912'889'644);
      CHECK(report.totals[1].quantity.millionths == 100'115 * Decimal::kScale);
      std::int64_t rows = 0;
      for (const ReceiptRow& row : report.rows) rows += row.amount;
      if (!report.rows.empty()) CHECK(rows == 885'383'923 + 912'889'644);
    }
}
