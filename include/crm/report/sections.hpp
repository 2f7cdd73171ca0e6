/// Sections of a report page on what the services count: the sales funnel, plan-fact, receipts and shipments, the load of managers (M9-M12).
#pragma once

#include <string>
#include <vector>

#include "crm/report/page.hpp"
#include "crm/services/crm.hpp"

namespace crm {

/// Each has a chart and a table of the same numbers, and `heading`, without one that of its kind; what makes several of them (a measure,
/// a currency) ends their headings. Where nothing is counted, one section whose chart says so.

/// The stages as a funnel of what reached them, or (active) as bars of what stood at them; with a division, a table of its groups by stages.
std::vector<ReportSection> funnel_sections(Crm& crm, const FunnelQuery& query, const std::string& heading = {});

/// For each measure and currency: plans beside facts, named with their attainment, those with the greatest plans first.
std::vector<ReportSection> plan_fact_sections(Crm& crm, const PlanFactQuery& query, const std::string& heading = {});

/// For each kind and currency (quantities where there is none): `kind` (stacked_bar or line) over periods; without periods, bars of clients,
/// managers or products.
std::vector<ReportSection> receipt_sections(Crm& crm, const ReceiptQuery& query, Chart::Kind kind, const std::string& heading = {});

struct LoadQuery {
  UserId user;  ///< none: everybody
  Date from{};  ///< half-open; a page has room for about 50 days (`M13.width`)
  Date to{};
};

/// Open events of each manager on each day, the busiest first; the table adds the fullest day, and hours unless some events take whole days.
std::vector<ReportSection> load_sections(Crm& crm, const LoadQuery& query, const std::string& heading = {});

}  // namespace crm
