// Receipts and shipments (M10): of clients, managers, products, periods; each kind and currency apart.
#include <algorithm>

#include "crm/services/plans.hpp"
#include "analytics/analytics.hpp"
#include "plan_facts_source.hpp"
#include "sizes.hpp"

namespace crm {
namespace {

Query asked_rows(const ReceiptQuery& asked) {
  Query query;
  query.entity = Receipt::kEntity;
  query.columns = {Receipt::kKind,    Receipt::kDate,   Receipt::kCompany,  Receipt::kUser,
                   Receipt::kProduct, Receipt::kAmount, Receipt::kCurrency, Receipt::kQuantity};
  std::vector<Filter> parts;
  if (asked.from) parts.push_back(where::ge(Receipt::kDate, to_number(*asked.from)));
  if (asked.to) parts.push_back(where::lt(Receipt::kDate, to_number(*asked.to)));
  if (asked.kind) parts.push_back(where::eq(Receipt::kKind, static_cast<Id>(*asked.kind)));
  if (asked.company) parts.push_back(where::eq(Receipt::kCompany, asked.company.value));
  if (asked.product) parts.push_back(where::eq(Receipt::kProduct, asked.product.value));
  query.filter = where::all(std::move(parts));
  return query;
}

void add(ReceiptRow& row, const Cell& amount, const Cell& quantity) {
  ++row.count;
  row.amount = checked_sum(row.amount, amount.as_integer());
  row.quantity.millionths = checked_sum(row.quantity.millionths, quantity.as_integer());
}

std::vector<ReceiptRow> rows_of(std::map<ReceiptKey, ReceiptRow>& found) {
  std::vector<ReceiptRow> rows;
  for (auto& [key, row] : found) {
    row.key = key;
    rows.push_back(row);
  }
  return rows;
}

}  // namespace

ReceiptReport Crm::receipts(const ReceiptQuery& asked) {
  if (asked.from && asked.to && *asked.to <= *asked.from)
    refuse(Code::invalid_argument, {"date.order", Receipt::kEntity, Receipt::kDate, 0, to_string(*asked.to), to_string(*asked.from)});
  return reading(*state_, [&](Unit& unit) {
    const KeptWithin within(*state_);
    Query query = asked_rows(asked);
    limit(unit, query);
    MainManagers managers(unit, kept_for_reports(*state_, unit));
    std::map<ReceiptKey, ReceiptRow> rows;
    std::map<ReceiptKey, ReceiptRow> totals;
    const bool divided = asked.by_company || asked.by_manager || asked.by_product || asked.by_period;
    const auto cursor = unit.session.select(query);
    while (const Cell* cells = cursor->next()) {
      const Date date = std::clamp(date_of(cells[1].as_integer()), kFirstDate, kLastDate);
      const CompanyId company{cells[2].as_integer()};
      UserId manager{cells[3].as_integer()};
      if (!manager && (asked.by_manager || asked.manager)) manager = managers.on(company, date);
      if (asked.manager && asked.manager != manager) continue;
      ReceiptKey key;
      key.kind = static_cast<Receipt::Kind>(cells[0].as_integer());
      if (!cells[6].is_null()) key.currency = parse_currency(cells[6].as_text());
      add(totals[key], cells[5], cells[7]);
      if (!divided) continue;
      if (asked.by_period) key.period = period_start(date, *asked.by_period);
      if (asked.by_company) key.company = company;
      if (asked.by_manager) key.manager = manager;
      if (asked.by_product) key.product = ProductId{cells[4].as_integer()};
      add(rows[key], cells[5], cells[7]);
    }
    return ReceiptReport{within_limits(limits(), rows_of(rows)), rows_of(totals)};
  });
}

}  // namespace crm
