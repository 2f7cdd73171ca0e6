/// Plans and how they are kept (M8, M9), receipts and shipments (M10): what is asked, and what is told.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "crm/model/entities.hpp"
#include "crm/rules/periods.hpp"
#include "crm/rules/plan_fact.hpp"
#include "crm/services/events_counted.hpp"

namespace crm {

/// A total to be shared out among all of users × products × types × periods, in this order, the periods changing first (M8).
struct PlanShare {
  /// Measure, number and currency of the whole; what no list below divides (its user or department, product, type, period) is that of each cell.
  PlanCell total;
  std::vector<UserId> users;
  std::vector<ProductId> products;
  std::vector<EventTypeId> types;
  std::vector<std::pair<Date, Date>> periods;                ///< half-open
  std::vector<std::int64_t> weights;                         ///< one for each cell; none: equal, or by facts
  std::optional<std::pair<Date, Date>> facts_of;             ///< weights are the facts of that period, those below 0 count as 0

  static constexpr std::size_t kMostCells = 100'000;
};

struct PlanFactQuery {
  Date from{};                             ///< half-open, ten years at most
  Date to{};
  std::optional<Instant> as_of;            ///< facts up to and with its date, plans made by it; none: now
  PlanScope scope;
  PlanDimensions by;
  std::vector<PlanCell::Measure> measures; ///< none: all
  EventsCounted counted = EventsCounted::held;
  bool version_at_start = false;           ///< plans as they were at the beginning of the period
};

struct PlanFactReport {
  Instant as_of{};
  Instant version_at{};                    ///< plans made by then
  Date staff_on{};                         ///< who works where: on the last day of the period, or as-of date if earlier
  PlanFactTable table;
};

/// What receipts and shipments are put together by (M10).
struct ReceiptQuery {
  std::optional<Date> from;                ///< half-open
  std::optional<Date> to;
  std::optional<Receipt::Kind> kind;
  CompanyId company;
  ProductId product;
  UserId manager;
  bool by_company = false;
  bool by_manager = false;
  bool by_product = false;
  std::optional<PeriodLength> by_period;
};

/// Receipts and shipments, and each currency, are rows of their own. What is not there is not divided by; id 0 is *none*, *unassigned*.
struct ReceiptKey {
  Receipt::Kind kind = Receipt::Kind::receipt;
  Currency currency;                       ///< none: a row without an amount
  std::optional<Date> period;              ///< its first day
  std::optional<CompanyId> company;
  std::optional<UserId> manager;
  std::optional<ProductId> product;

  friend auto operator<=>(const ReceiptKey&, const ReceiptKey&) = default;
};

struct ReceiptRow {
  ReceiptKey key;
  std::int64_t count = 0;                  ///< of the host's records
  std::int64_t amount = 0;                 ///< minor units; returns are below 0
  Decimal quantity;
};

struct ReceiptReport {
  std::vector<ReceiptRow> rows;            ///< by key; none if nothing is divided by
  std::vector<ReceiptRow> totals;          ///< by kind and currency
};

}  // namespace crm
