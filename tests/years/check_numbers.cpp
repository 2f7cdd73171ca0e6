// Numbers of reports are those that one counts row by row (Definitions, Numbers; M8-M13), by the handle that has been asked every evening and,
// on Sundays, by one that nobody has asked before.
#include <algorithm>
#include <set>

#include "facts.hpp"

namespace crm::years {
namespace {

using Key = std::pair<std::string, Id>;  // "events", "amount RUB", ...; of whom
using Sums = std::map<Key, std::int64_t>;

struct Period {
  Date from{};
  Date to{};
  [[nodiscard]] bool holds(Date day) const { return from <= day && day < to; }
};

Period month_of(Date day) {
  const std::chrono::year_month_day today(day);
  const auto month = today.year() / today.month();
  return {Date(month / 1), Date((month + std::chrono::months(1)) / 1)};
}

bool is_draft(const Facts& facts, CompanyId company) { return company && facts.find(company)->status == Company::Status::draft; }

bool counts(const Event& event) { return event.state == Event::State::held && event.verification != Event::Verification::returned && !event.removed; }

UserId manager_on(const Facts& facts, CompanyId company, Date day) {
  for (const auto& [id, one] : facts.all<Assignment>())
    if (one.company == company && one.role == Assignment::Role::main && one.from && *one.from <= day && (!one.to || day < *one.to)) return one.user;
  return {};
}

std::string of(const char* figure, const Currency& currency) { return figure + (" " + std::string(currency.letters())); }

/// By manager: held events and their amounts, receipts, shipments; plan-fact leaves drafts out of what is not the host's.
Sums facts_by_manager(const Evening& evening, const Period& period, bool with_drafts) {
  const Facts& facts = evening.facts;
  std::map<EventId, std::vector<const EventLine*>> lines;
  for (const auto& [id, line] : facts.all<EventLine>()) lines[line.event].push_back(&line);
  Sums sums;
  for (const auto& [id, event] : facts.all<Event>()) {
    if (!counts(event) || !period.holds(evening.zone.date(*event.start)) || (!with_drafts && is_draft(facts, event.company))) continue;
    const Id manager = event.executor.value;
    ++sums[{"events", manager}];
    for (const EventLine* line : lines[event.id])
      if (line->amount) sums[{of("amount", line->amount->currency), manager}] += line->amount->minor;
    if (lines[event.id].empty() && event.amount) sums[{of("amount", event.amount->currency), manager}] += event.amount->minor;
  }
  for (const auto& [id, receipt] : facts.all<Receipt>()) {
    if (!period.holds(*receipt.date) || !receipt.amount || (!with_drafts && is_draft(facts, receipt.company))) continue;
    const UserId manager = receipt.user ? receipt.user : manager_on(facts, receipt.company, *receipt.date);
    sums[{of(receipt.kind == Receipt::Kind::receipt ? "receipts" : "shipments", receipt.amount->currency), manager.value}] += receipt.amount->minor;
  }
  for (const auto& [id, company] : facts.all<Company>())
    if (company.activated_on && period.holds(*company.activated_on)) ++sums[{"new_companies", manager_on(facts, company.id, *company.activated_on).value}];
  return sums;
}

Sums without_zeros(Sums sums) {
  std::erase_if(sums, [](const auto& sum) { return sum.second == 0; });
  return sums;
}

void check_pivot(const Evening& evening, Crm& db, const Period& period) {
  PivotQuery query;
  query.from = period.from;
  query.to = period.to;
  query.rows = {{Dimension::manager, {}}};
  query.figures = {Figure::events, Figure::amount, Figure::receipts, Figure::shipments, Figure::new_companies};
  const PivotTable table = db.pivot(query);
  static constexpr const char* kNames[] = {"events", "", "", "amount", "", "receipts", "shipments", "new_companies"};
  Sums got;
  std::map<std::string, std::int64_t> totals;
  for (const PivotSeries& series : table.series) {
    const char* figure = kNames[static_cast<std::size_t>(series.figure)];
    const std::string name = series.currency ? of(figure, series.currency) : figure;
    totals[name] = series.total;
    for (std::size_t row = 0; row < table.rows.size(); ++row) got[{name, table.rows[row].at(0).id}] = series.row_totals[row];
  }
  const Sums want = without_zeros(facts_by_manager(evening, period, true));
  same("pivot", "figures by manager", without_zeros(got), want);
  std::map<std::string, std::int64_t> wanted;
  for (const auto& [key, value] : want) wanted[key.first] += value;
  for (const auto& [name, total] : totals) same("pivot", "total of " + name, total, wanted[name]);
}

/// What is planned for a user in the month: the cell of no product, else those of products together.
Sums plans_by_user(const Evening& evening, const Period& period) {
  std::map<std::tuple<Id, PlanCell::Measure, Id>, const PlanCell*> last;
  for (const auto& [id, cell] : evening.facts.all<PlanCell>())
    if (cell.from == period.from && cell.to == period.to) last[{cell.user.value, cell.measure, cell.product.value}] = &cell;
  Sums coarse, fine;
  for (const auto& [key, cell] : last) {
    const char* figure = cell->measure == PlanCell::Measure::receipts ? "receipts" : "amount";
    const std::string name = cell->measure == PlanCell::Measure::events ? "events" : of(figure, cell->amount->currency);
    (cell->product ? fine : coarse)[{name, cell->user.value}] += cell->events ? *cell->events : cell->amount->minor;
  }
  for (const auto& [key, number] : fine) coarse.emplace(key, number);
  return coarse;
}

void check_plan_fact(const Evening& evening, Crm& db, const Period& period) {
  PlanFactQuery query;
  query.from = period.from;
  query.to = period.to;
  query.by.user = true;
  query.measures = {PlanCell::Measure::events, PlanCell::Measure::amount, PlanCell::Measure::receipts, PlanCell::Measure::shipments};
  Sums facts, plans;
  static constexpr const char* kNames[] = {"events", "amount", "", "receipts", "shipments"};
  for (const PlanFactRow& row : db.plan_fact(query).table.rows) {
    const char* figure = kNames[static_cast<std::size_t>(row.key.measure)];
    const Key key{row.key.currency ? of(figure, row.key.currency) : figure, row.key.user->value};
    facts[key] = row.fact;
    if (row.plan) plans[key] = *row.plan;
  }
  Sums want = facts_by_manager(evening, period, false);
  std::erase_if(want, [](const auto& sum) { return sum.first.first == "new_companies"; });
  same("plan_fact", "facts by user", without_zeros(facts), without_zeros(want));
  same("plan_fact", "plans by user", plans, plans_by_user(evening, period));
}

void check_load(const Evening& evening, Crm& db) {
  const Period days{evening.today - std::chrono::days(3), evening.today + std::chrono::days(11)};
  std::map<std::pair<Id, Id>, std::pair<std::int64_t, std::int64_t>> want, got;
  for (const auto& [id, event] : evening.facts.all<Event>()) {
    if (event.removed || (event.state != Event::State::planned && event.state != Event::State::rescheduled)) continue;
    const Instant end = event.end.value_or(*event.start);
    for (Date day = days.from; day < days.to; day += std::chrono::days(1)) {
      const Instant from = evening.zone.start_of(day), to = evening.zone.start_of(day + std::chrono::days(1));
      if (!(*event.start < to && (end > from || *event.start >= from))) continue;
      auto& [events, minutes] = want[{event.executor.value, to_number(day)}];
      ++events;
      minutes += std::chrono::duration_cast<std::chrono::minutes>(std::max(std::min(end, to) - std::max(*event.start, from), Instant::duration{})).count();
    }
  }
  for (const DayLoad& load : db.load_by_day({}, days.from, days.to)) got[{load.user.value, to_number(load.day)}] = {load.events, load.minutes};
  same("load", "load by user and day", got, want);
}

void check_receipts(const Evening& evening, Crm& db) {
  std::map<std::pair<std::string, Id>, std::int64_t> want, got;
  for (const auto& [id, receipt] : evening.facts.all<Receipt>())
    want[{of(receipt.kind == Receipt::Kind::receipt ? "receipts" : "shipments", receipt.amount->currency), receipt.company.value}] += receipt.amount->minor;
  ReceiptQuery query;
  query.by_company = true;
  for (const ReceiptRow& row : db.receipts(query).rows)
    got[{of(row.key.kind == Receipt::Kind::receipt ? "receipts" : "shipments", row.key.currency), row.key.company->value}] = row.amount;
  same("receipts", "money by company", got, want);
}

struct Entry {
  Instant at{};
  int stage = 0;
  int document = 0;
  Id source = 0;
  bool lost = false;
  auto operator<=>(const Entry&) const = default;
};

/// Definitions, Funnel: snapshot. Entries of each client: held events of the stages' types, posted shipments at the end of their day.
std::map<CompanyId, std::vector<Entry>> entries(const Evening& evening) {
  const Facts& facts = evening.facts;
  std::map<CompanyId, std::vector<Entry>> found;
  const auto add = [&](CompanyId company, const Entry& entry) {
    if (company && !is_draft(facts, company)) found[company].push_back(entry);
  };
  for (int stage = 1; stage <= 4; ++stage)  // call, meeting, presentation, sale: the first types of the starter set
    for (const auto& [id, event] : facts.all<Event>()) {
      if (!counts(event) || event.type.value != evening.house.id_of(EventType::kEntity, stage - 1)) continue;
      const bool lost = event.outcome && facts.find(event.outcome)->kind == Outcome::Kind::refusal;
      add(event.company, {*event.start, stage, 0, id, lost});
    }
  for (const auto& [id, document] : facts.all<HostDocument>())
    if (document.posted && document.kind.value == evening.house.id_of(HostDocumentKind::kEntity, 1) && document.date <= evening.today)
      add(document.company, {evening.zone.start_of(document.date + std::chrono::days(1)), 4, 1, id, false});
  for (auto& [company, of_company] : found) std::ranges::sort(of_company);
  return found;
}

void check_funnel(const Evening& evening, Crm& db) {
  std::array<std::array<std::int64_t, 2>, 5> want{};  // by position: open or won, lost
  for (const auto& [company, of_company] : entries(evening)) {
    const int position = std::ranges::max(of_company, {}, &Entry::stage).stage;
    ++want[static_cast<std::size_t>(position)][of_company.back().lost];
  }
  FunnelQuery query;
  query.funnel = {evening.house.id_of(Funnel::kEntity, 0)};
  const FunnelReport report = db.funnel(query);
  for (std::size_t stage = 1; stage <= 4; ++stage) {
    const StageCount& count = report.total.count.stages.at(stage - 1);
    const std::string what = "funnel, stage " + std::to_string(stage);
    same("funnel", what + ", open or won", count[FunnelNumber::open] + count[FunnelNumber::won], want[stage][0]);
    same("funnel", what + ", lost", count[FunnelNumber::lost], want[stage][1]);
  }
}

void check_all(const Evening& evening, Crm& db) {
  const Period month = month_of(evening.today);
  check_pivot(evening, db, {month.from - std::chrono::days(40), evening.today + std::chrono::days(1)});
  check_plan_fact(evening, db, month);
  check_load(evening, db);
  check_receipts(evening, db);
  check_funnel(evening, db);
}

}  // namespace

void check_numbers(const Evening& evening) {
  check_all(evening, evening.db);
  if (evening.house.memory() || !evening.is_sunday()) return;
  Crm fresh = evening.house.fresh();
  try {
    check_all(evening, fresh);
  } catch (Broken& broken) {
    throw Broken{broken.invariant, "of a handle that nobody asked before: " + broken.sentence};
  }
}

}  // namespace crm::years
