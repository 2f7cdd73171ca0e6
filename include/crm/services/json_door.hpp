/// The JSON door: prepared queries from JSON, batches of records in and out. What scripts, saved filters and the C ABI
/// speak (E10). The language of queries is described in README.md.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "crm/services/crm.hpp"

namespace crm {

struct QueryParts;

/// A query from JSON whose values may be parameters, {"param": 1}, bound before every run. What follows from the clock, the day and the trees of
/// the base (states, managers, spheres, nodes, classifiers) is that of each run.
class PreparedQuery {
 public:
  /// Throws `json.syntax`, `json.kind`, `query.bad`, `entity.unknown`, `field.unknown`, with the place (`json.place`). What is not understood is
  /// refused, except in a condition that stands in a filter saved before that was so: it is run as it was then.
  PreparedQuery(Crm& crm, std::string_view json);
  ~PreparedQuery();
  PreparedQuery(const PreparedQuery&) = delete;
  PreparedQuery& operator=(const PreparedQuery&) = delete;

  /// A condition by itself, as of now; no parameters.
  static Filter condition(Crm& crm, EntityNo entity, std::string_view json);

  /// `index` counts from 1. Text is read as the field wants it (dates, codes of enumerations, ...); null is what is not filled in, where
  /// that can be asked. Throws `field.type`, `query.bad`; nothing is bound then.
  void bind(std::int32_t index, const Value& value);
  /// Makes the query as of now; a parameter that is not bound is `misuse` (`query.bad`).
  void settle(Crm& crm);
  /// Settles and runs.
  Rows run(Crm& crm);
  /// The same with more columns after those asked for: the values of its order and the id, after which the next page begins.
  Rows run_with_place(Crm& crm);
  [[nodiscard]] const Query& query() const { return query_; }
  /// Columns by position: entity and field (null for id and version), and the names asked for.
  struct Column {
    std::string name;
    const FieldInfo* field = nullptr;
  };
  [[nodiscard]] const std::vector<Column>& columns() const { return columns_; }

 private:
  friend class QueryReader;
  friend void check_query(Unit& unit, std::string_view json);
  PreparedQuery();
  Query query_;
  std::vector<Column> columns_;
  std::unique_ptr<QueryParts> parts_;
};

/// Rows of a query as {"columns": [...], "rows": [[...], ...]}; "next" holds the values for "after" of the next page
/// when `limit` rows were found.
std::string query_json(Crm& crm, std::string_view json);
/// The same of a prepared query with its parameters bound.
std::string rows_json(Crm& crm, PreparedQuery& prepared);

/// An array of records (`to_json` form) saved in one unit of work, all or none; inside an open unit it is a part of that.
/// New records refer to one another by "ref": "name" and {"$ref": "name"}; "characteristics": {code: value or [values]}
/// and "external_id": {"system", "kind", "key"} come along. A record without "id" whose external id is known is that one, brought up to
/// date; {"$external": {"system", "kind", "key"}} refers to it (`X12.unknown` if there is none). New events are planned, or recorded with "action":
/// "record"; "lines" are their products. Returns [{"entity", "id", "version", "warnings"}].
std::string save_json(Crm& crm, std::string_view json);

/// A client card, completeness, orphans, ... as JSON; the names of members are those of the C++ types.
std::string card_json(Crm& crm, CompanyId company, std::int64_t last_events);
std::string completeness_json(Crm& crm, CompanyId company);
std::string simulation_json(Crm& crm, ProfileId profile);
std::string contacts_json(Crm& crm, std::string_view text, std::int64_t limit);
/// C5: {"desktop", "search", "geo", "app", "route", "geo_uri", "geocoder_query"}; without those the address has not enough for.
std::string map_links_json(const Address& address);
/// C5: {"place", "street", "house", "unit"} as typed, "normal_street", "normal_house" as 2GIS writes them.
std::string split_address_json(std::string_view line);
std::string characteristics_json(Crm& crm, RecordRef owner);
/// `values`: one value or an array; see Crm::set_characteristic.
void set_characteristic_json(Crm& crm, RecordRef owner, std::string_view code, std::string_view values);
std::string orphans_json(Crm& crm, Date day);
/// {"entries": [{"version", "at", "actor", "done", "entity", "id", "count", "changes": [{"field", "from", "to"}]}], "next"}, see AuditQuery.
std::string audit_json(Crm& crm, std::string_view query);
/// {"day", "working", "minutes", "hours": [["09:00", "13:00"], ...], "name"} of each day of [from, to). Both ends are given, in order, not
/// more than ten years apart (`field.range`).
std::string working_days_json(Crm& crm, UserId user, const DateRange& days);
std::string dismissal_json(const DismissalReport& report);
/// {"overdue", "escalated", ..., "more", "next"}, see TickReport.
std::string tick_json(const TickReport& report);
/// Notices, each with its "text".
std::string notices_json(const std::vector<NoticeMessage>& messages);
/// {"sight": "nothing" | "name" | "contacts" | "whole", "may_edit", "reasons": [...]}, see AccessExplain.
std::string access_json(const AccessExplain& explain);
/// {"view": "day" | "week" | "month", "day", "user_id", "department_id", "company_id", "zone", "theme_id", "limit", "width", "links"}, all of them
/// optional: this week, everybody's. See CalendarQuery and CalendarPicture.
struct CalendarRequest {
  CalendarQuery query;
  CalendarPicture picture;
};
CalendarRequest calendar_request(Crm& crm, std::string_view json);
/// See Calendar; names of members are those of the C++ types, "style" of an entry is an index into "styles".
std::string calendar_json(Crm& crm, const Calendar& calendar);
/// {"entity", "type_id", "executor_id", "priority", "start_at", "end_at"} of a new event, for `save_json`.
std::string new_event_json(const Event& event);
std::string events_json(const std::vector<Event>& events);
/// {"kind": code, "key", "revision", "date", "company_id", "user_id", "number", "amount", "currency", "lines": [{"product_id", "quantity",
/// "amount", "currency"}]}; {"$external": ...} refers to what the host knows. Gives {"document_id", "repeated", "steps": [{"what", "rule_id",
/// "event_id", "why"}]}, see PostingReport.
std::string post_document_json(Crm& crm, std::string_view json, bool dry_run);
std::string unpost_document_json(Crm& crm, std::string_view kind, std::string_view key, bool dry_run);
/// Questions to a host and what its answers mean (X1); an answer that makes no sense is `X1.host`. "" is null.
std::string json_text(std::string_view text);
std::string notice_json(const NoticeMessage& message);
/// {"user_id", "entity", "id", "done": "insert" | "update" | "erase"}
std::string authority_json(UserId user, RecordRef record, Do what);
/// "2026-03-02T09:00:00Z", or microseconds.
Instant host_instant(std::string_view answer);
/// {"latitude", "longitude", "precision"} or null.
std::optional<GeoPoint> host_position(std::string_view answer);
bool host_flag(const char* part, std::string_view answer);
/// null or true: none; false, or why not.
std::string host_objection(std::string_view answer);
/// {"records": [...], "next": "...", "more": false}
FeedPage host_page(const char* part, std::string_view answer);
/// {"records", "pages", "more", "warnings"}
std::string feed_json(const FeedReport& report, Language language);
/// {"funnel": code, "definition": "snapshot" | "active" | "entry_cohort", "from", "to", "as_of", "counted": "held" | "held_any" | "accepted", "by":
/// "nothing" | "manager" | "product" | "sphere" | "classifier", "classifier_id", "events": condition, "companies": condition, "with_ids"}, see
/// FunnelQuery.
FunnelQuery funnel_query(Crm& crm, std::string_view json);
/// Gives {"stages", "total", "rows", "additive", ...}, see FunnelReport; each number of a stage has its members of "cases".
std::string funnel_json(Crm& crm, std::string_view json);
std::string user_cells_json(const std::vector<UserCell>& cells);
/// [{"node", "name", "parent", "count"}]
std::string classifier_counts_json(const std::vector<ClassifierCount>& counts);
/// {"from", "to", "before", "rows": ["manager", {"classifier": 3}], "columns": ["month"], "figures": ["events"], "counted": "held", "where",
/// "top", "cumulative"}; see PivotQuery.
PivotQuery pivot_query(std::string_view json, const Limits& limits = {});
/// {"rows": [[{"id", "name"}]], "columns", "others", "series": [{"figure", "currency", "cells": [[...]], "row_totals", "column_totals", "total",
/// "rows_add_up", "columns_add_up", "before", "total_before"}]}, see PivotTable.
std::string pivot_json(const PivotTable& table);
/// RFC 4180 in UTF-8: a line a row and figure, then its total; money in units of its currency.
std::string pivot_csv(const PivotQuery& query, const PivotTable& table, Language language);
/// {"entity", "ids"}
std::string pivot_facts_json(const PivotFacts& facts);
/// [{"user_id", "day", "events", "minutes"}]
std::string load_json(const std::vector<DayLoad>& loads);
/// [{"user", "department", "position", "supervisor", "in_service", "main", "assistant", "events": {state: count}}]
std::string staff_json(const std::vector<StaffRow>& rows);
/// The same of one user, with "placements", "employments", "supervisors", "subordinates", "contacts", "nodes", "characteristics", "documents".
std::string user_card_json(Crm& crm, UserId user, std::optional<Date> day);
/// {"main", "assistant"}
std::string portfolio_json(const Portfolio& portfolio);
/// Plan cells as records (an array), or one to be shared out (an object): a plan cell with the total, "user_ids", "product_ids", "type_ids",
/// "periods": [[from, to], ...], and "weights" or "facts_of": [from, to]; see PlanShare. Gives the cells as stored.
std::string set_plans_json(Crm& crm, std::string_view json);
/// {"from", "to", "as_of", "user_id", "department_id", "by": ["department", "user", "product", "type"], "measures", "counted": "held" |
/// "held_any" | "accepted", "version": "as_of" | "period_start"}; from and to are needed. See PlanFactQuery.
PlanFactQuery plan_fact_query(Crm& crm, std::string_view json);
/// Gives {..., "rows", "totals"}, see PlanFactRow; null is *none*, *unassigned*.
std::string plan_fact_json(Crm& crm, std::string_view json);
/// The same question with "row": a row or total of its answer, "limit", "after". Gives {"entity", "ids", "next"}.
std::string plan_fact_ids_json(Crm& crm, std::string_view json);
/// {"from", "to", "kind", "company_id", "product_id", "manager_id", "by": ["company", "manager", "product"], "period": "day" | "week" |
/// "month" | "quarter" | "year"}, all optional. See ReceiptQuery.
ReceiptQuery receipt_query(Crm& crm, std::string_view json);
/// Gives {"rows", "totals"}, see ReceiptRow.
std::string receipts_json(Crm& crm, std::string_view json);
/// {"day", "company_ids", "manager_id", "sphere_id", "product_id", "base": "spheres" | "company_matrix" | "all_products", "statuses": ["owned" |
/// "in_work" | "refused" | "never_offered" | "not_eligible"], "with_totals", "after", "limit"}, all optional. See WhitespaceQuery.
WhitespaceQuery whitespace_query(Crm& crm, std::string_view json);
/// Gives {"day", "clients": [{"company_id", "name", "cells": [{"product_id", "sphere_id", "status", "sold_all_the_same"}]}], "next", "total":
/// {status: count}, "products": [{"product_id", "name", status: count}]}.
std::string whitespace_json(Crm& crm, std::string_view json);
/// {"day", "company_ids", "manager_id", "sphere_id", "product_id", "base", "limit"}. Gives {"day", "count", "clients": [{"company_id", "name",
/// "range", "never_offered", "product_ids"}]}.
std::string underserved_json(Crm& crm, std::string_view json);
/// {"from", "to", "by": "amount" | "quantity" | "companies", "company_ids", "manager_id", "sphere_id", "product_id", "limit"}, all optional.
/// See DemandQuery.
DemandQuery demand_query(Crm& crm, std::string_view json);
/// Gives [{"product_id", "name", "amount" and "currency" | "quantity" | "companies"}].
std::string demanded_products_json(Crm& crm, std::string_view json);
/// {"day", "after", "limit"}, of companies 1..10000, default 100. Gives {"companies": [{"company_id", "spheres": [{"sphere_id", "product_ids"}]}],
/// "next"}.
std::string company_matrices_json(Crm& crm, std::string_view json);
std::string matrix_json(Crm& crm, CompanyId company, Date day);
std::string matrix_explain_json(Crm& crm, CompanyId company, ProductId product, SphereId sphere, Date day);

}  // namespace crm
