/// The sales funnel asked of a base (M12): what is asked, and its numbers with the cases behind them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "crm/model/entities.hpp"
#include "crm/rules/funnel.hpp"
#include "crm/services/events_counted.hpp"
#include "crm/store/query.hpp"

namespace crm {

/// Dates are of the organisation's zone.
struct FunnelQuery {
  enum class By : std::int32_t { nothing = 0, manager = 1, product = 2, sphere = 3, classifier = 4 };

  FunnelId funnel;
  FunnelFrame::Definition definition = FunnelFrame::Definition::snapshot;
  std::optional<Date> from;        ///< of *active* and *entry cohort*: [from, to)
  std::optional<Date> to;
  std::optional<Date> as_of;       ///< of *snapshot* and *entry cohort*: the end of that day; default today
  EventsCounted counted = EventsCounted::held;
  By by = By::nothing;
  ClassifierId classifier;         ///< by classifier: of companies, or of users, who are then the managers of the cases
  std::optional<Filter> events;    ///< only events that satisfy it
  std::optional<Filter> companies; ///< only events and documents of companies that do
  bool with_ids = false;           ///< tells the cases behind the numbers
};

struct FunnelCase {
  CompanyId company;
  ProductId product;                      ///< of company × product; none: of events and documents without one
  std::string key;                        ///< of a deal
  std::vector<EventId> events;            ///< what it entered by, or was lost by, by id
  std::vector<HostDocumentId> documents;
};

struct FunnelRow {
  Id group = 0;                           ///< a user, product, sphere or node; 0: unassigned, none
  std::string name;
  FunnelCount count;                      ///< a `case_no` is an index into `FunnelReport::cases`
};

struct FunnelReport {
  Funnel funnel;
  std::vector<FunnelStage> stages;
  FunnelFrame frame;
  FunnelRow total;
  std::vector<FunnelRow> rows;            ///< by id, what has none at the end
  std::vector<FunnelCase> cases;
  bool additive = true;                   ///< the numbers of a stage, summed over the rows, are the total's
  bool distinct_additive = true;          ///< so are the distinct totals
  bool stages_additive = false;           ///< the counts of the stages add up to the distinct total
};

}  // namespace crm
