/// Sections of a report page on what the services count: the sales funnel, plan-fact, receipts and shipments, the load of managers (M9-M12), whitespace and
/// products in demand (P1).
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

/// Cells of clients by product and status, products meant for the most clients first, with the totals of all clients whatever the page and
/// the statuses asked for; then, under a heading of its own, the ten clients to whom the greatest share of their range was never offered.
std::vector<ReportSection> whitespace_sections(Crm& crm, const WhitespaceQuery& query, const std::string& heading = {});

/// Products by what they are ranked by, for amounts in each currency; the table tells the other measures too.
std::vector<ReportSection> demand_sections(Crm& crm, const DemandQuery& query, const std::string& heading = {});

}  // namespace crm
