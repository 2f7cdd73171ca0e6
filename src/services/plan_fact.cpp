// Plan-fact (M9): gathers plans, facts, the organisation and its working days, and asks the rule.
#include "plan_fact.hpp"

#include <algorithm>

#include "analytics/analytics.hpp"
#include "events_counted.hpp"
#include "plan_facts_source.hpp"
#include "sizes.hpp"

namespace crm {
namespace {

using std::chrono::days;
using PlanMeasure = PlanCell::Measure;

constexpr auto kLongest = days(3653);  // ten years

void check(const PlanFactQuery& query) {
  if (query.to <= query.from)
    refuse(Code::invalid_argument, {"date.order", PlanCell::kEntity, PlanCell::kTo, 0, to_string(query.to), to_string(query.from)});
  if (query.to - query.from > kLongest)
    refuse(Code::invalid_argument, {"field.range", PlanCell::kEntity, PlanCell::kTo, 0, to_string(query.to), "ten years at most"});
  check_held(query.counted);
  if (query.scope.user && query.scope.department) refuse(Code::invalid_argument, {"M9.scope", PlanCell::kEntity, PlanCell::kUser, 0, "", ""});
}

std::set<PlanMeasure> measures_of(const PlanFactQuery& query) {
  std::set<PlanMeasure> measures(query.measures.begin(), query.measures.end());
  if (measures.empty())
    for (const EnumValue& value : entity_info(PlanCell::kEntity).at(PlanCell::kMeasure).values->values)
      measures.insert(static_cast<PlanMeasure>(value.number));
  return measures;
}

/// Who works in two departments counts in that he came to last.
StaffTree staff_on(Unit& unit, Date day) {
  StaffTree staff;
  for (const Department& department : unit.list<Department>(where::not_null(kId))) staff.parents.emplace(department.id, department.parent);
  for (const Placement& row : unit.list<Placement>(where::not_null(kId), {{Placement::kFrom}}))
    if (DateRange{row.from, row.to}.contains(day)) staff.departments[row.user] = row.department;
  return staff;
}

std::vector<PlannedNumber> plans(Unit& unit, const PlanFactQuery& query, Instant at) {
  std::vector<Value> measures;
  for (PlanMeasure measure : measures_of(query)) measures.emplace_back(static_cast<Id>(measure));
  Query asked;
  asked.entity = PlanCell::kEntity;
  asked.filter = where::all({where::ge(PlanCell::kFrom, to_number(query.from)), where::lt(PlanCell::kFrom, to_number(query.to)),
                             where::le(PlanCell::kTo, to_number(query.to)), where::in(PlanCell::kMeasure, std::move(measures)),
                             where::le(PlanCell::kMadeAt, to_number(at))});
  limit(unit, asked);
  std::vector<PlanCell> versions;
  for (const Row& row : unit.rows(PlanCell::kEntity, std::move(asked))) versions.push_back(from_row<PlanCell>(row));
  return plans_in_force(versions, at);
}

/// Run rates by the organisation's calendar, and by those of users who have rows of their own.
void read_rates(Unit& unit, const PlanFactQuery& query, Date as_of, PlanFactSheet::Asked& out) {
  const auto hours = unit.list<WorkingHours>(where::not_null(kId));
  const auto special = unit.list<CalendarDay>(
      where::all({where::ge(CalendarDay::kDay, to_number(query.from)), where::lt(CalendarDay::kDay, to_number(query.to))}));
  const auto rate_of = [&](UserId user) {
    const WorkingTime working(unit.zone(), hours, special, user);
    return RunRate{working.working_days(query.from, query.to), working.working_days(query.from, std::min(query.to, as_of + days(1))),
                   as_of >= query.to};
  };
  out.rate = rate_of({});
  if (!query.by.user && !query.scope.user) return;
  std::set<UserId> own;
  for (const WorkingHours& row : hours) own.insert(row.user);
  for (const CalendarDay& row : special) own.insert(row.user);
  own.erase(UserId{});
  for (UserId user : own)
    if (!query.scope.user || query.scope.user == user) out.rates.emplace(user, rate_of(user));
}

/// Those whose events the scope is of; none: everybody's.
std::optional<std::set<UserId>> users_of(const PlanScope& scope, const StaffTree& staff) {
  if (scope.user) return std::set{scope.user};
  if (!scope.department) return {};
  std::set<UserId> found;
  for (const auto& [user, department] : staff.departments)
    if (in_scope(scope, user, staff)) found.insert(user);
  return found;
}

/// What a question is put by: the dates its facts are of, and who works where.
struct Frame {
  Instant as_of;
  Date as_of_day;
  Date staff_day;
  StaffTree staff;
  FactsAsked facts;
};

Frame frame_of(Unit& unit, const PlanFactQuery& query, Analytics* kept) {
  check(query);
  if (query.scope.user) unit.load(query.scope.user);
  if (query.scope.department) unit.load(query.scope.department);
  Frame frame;
  frame.as_of = query.as_of.value_or(unit.now);
  frame.as_of_day = unit.zone().date(frame.as_of);
  frame.staff_day = std::min(query.to - days(1), frame.as_of_day);
  const auto read = [&] { return staff_on(unit, frame.staff_day); };
  frame.staff = kept ? kept->staff.get(unit, kept->changes, {Department::kEntity, Placement::kEntity}, frame.staff_day, read) : read();
  frame.facts = {query.from, std::min(query.to, frame.as_of_day + days(1)), measures_of(query), query.counted, query.by.product, query.by.type,
                 users_of(query.scope, frame.staff)};
  return frame;
}

EntityNo source_of(PlanMeasure measure) {
  switch (measure) {
    case PlanMeasure::events:
    case PlanMeasure::amount:
    case PlanMeasure::quantity: return Event::kEntity;
    case PlanMeasure::receipts:
    case PlanMeasure::shipments: return Receipt::kEntity;
    case PlanMeasure::new_companies: break;
  }
  return Company::kEntity;
}

}  // namespace

PlanFactReport plan_fact_of(Unit& unit, const PlanFactQuery& query, Analytics* kept) {
  Frame frame = frame_of(unit, query, kept);
  PlanFactReport report;
  report.as_of = frame.as_of;
  report.version_at = query.version_at_start ? std::min(frame.as_of, unit.zone().start_of(query.from)) : frame.as_of;
  report.staff_on = frame.staff_day;
  PlanFactSheet::Asked asked;
  asked.from = query.from;
  asked.to = query.to;
  asked.scope = query.scope;
  asked.by = query.by;
  asked.staff = std::move(frame.staff);
  read_rates(unit, query, frame.as_of_day, asked);
  PlanFactSheet sheet(std::move(asked));
  std::vector<PlannedNumber> read;
  auto planned = kept ? kept->plans.in_force(unit, kept->changes, query.from, query.to, report.version_at) : std::nullopt;
  if (!planned) {
    read = plans(unit, query, report.version_at);
    planned.emplace();
    for (const PlannedNumber& one : read) planned->push_back(&one);
  }
  sheet.reserve(planned->size());
  for (const PlannedNumber* one : *planned)
    if (frame.facts.measures.contains(one->measure)) sheet.plan(*one);
  each_fact(unit, frame.facts, kept, [&](const CountedFact& fact) { sheet.count(fact); });
  report.table = sheet.table();
  return report;
}

PlanFactReport Crm::plan_fact(const PlanFactQuery& query) {
  return reading(*state_, [&](Unit& unit) {
    const KeptWithin within(*state_);
    PlanFactReport report = plan_fact_of(unit, query, kept_for_reports(*state_, unit));
    check_rows(limits(), report.table.rows.size());
    return report;
  });
}

std::vector<RecordRef> Crm::plan_fact_ids(const PlanFactQuery& query, const PlanFactKey& key, std::int64_t limit, Id after) {
  if (limit < 1 || limit > 10000) refuse(Code::invalid_argument, {"field.range", 0, 0, 0, std::to_string(limit), "limit: 1..10000"});
  return reading(*state_, [&](Unit& unit) {
    Frame frame = frame_of(unit, query, nullptr);
    frame.facts.measures = {key.measure};
    frame.facts.by_product = key.product.has_value();
    std::set<Id> found;
    each_fact(unit, frame.facts, nullptr, [&](const CountedFact& fact) {
      const bool of_page = fact.source > after && (std::ssize(found) < limit || fact.source < *found.rbegin());
      if (!of_page || !counts_in(key, fact, frame.staff) || !in_scope(query.scope, fact.user, frame.staff)) return;
      found.insert(fact.source);
      if (std::ssize(found) > limit) found.erase(std::prev(found.end()));
    });
    std::vector<RecordRef> ids;
    for (Id id : found) ids.push_back({source_of(key.measure), id});
    return ids;
  });
}

}  // namespace crm
