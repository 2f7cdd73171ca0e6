#include "stage_log.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace crm {
namespace {

constexpr std::size_t kMostTouched = 2'000;  // records; of more, gathering all costs less
constexpr Instant kEndOfTime{std::chrono::sys_days(std::chrono::year(9999) / 1 / 1)};

/// Records that lines of the log tell of, by what has to be looked up to know their company.
class TouchedRecords {
 public:
  explicit TouchedRecords(Unit& unit) : unit_(unit) {}

  /// False: everything has to be gathered again.
  bool note(const LogLine& line) {
    switch (line.entity) {
      case Event::kEntity: return note(line, Event::kCompany);
      case HostDocument::kEntity: return note(line, HostDocument::kCompany);
      case Assignment::kEntity: return note(line, Assignment::kCompany);
      case EventLine::kEntity: return note(line, EventLine::kEvent);
      case HostDocumentLine::kEntity: return note(line, HostDocumentLine::kDocument);
      case Company::kEntity: return note(line, kId);
      case User::kEntity:
      case Employment::kEntity:
      case EventType::kEntity:
      case Outcome::kEntity:
      case Organisation::kEntity:
      case FunnelRule::kEntity:
      case FunnelStage::kEntity:
      case Funnel::kEntity: return false;
      default: return true;
    }
  }

  std::vector<Value> companies() {
    for (Id id : owners(EventLine::kEntity, EventLine::kEvent)) ids_[Event::kEntity].insert(id);
    for (Id id : owners(HostDocumentLine::kEntity, HostDocumentLine::kDocument)) ids_[HostDocument::kEntity].insert(id);
    std::set<Id> found = std::move(ids_[Company::kEntity]);
    for (const auto& [entity, field] : {std::pair(Event::kEntity, FieldNo{Event::kCompany}), std::pair(HostDocument::kEntity, FieldNo{HostDocument::kCompany}),
                                        std::pair(Assignment::kEntity, FieldNo{Assignment::kCompany})})
      for (Id id : owners(entity, field)) found.insert(id);
    return {found.begin(), found.end()};
  }

 private:
  /// What it belongs to now is asked at the end, what it belonged to is in the line.
  bool note(const LogLine& line, FieldNo owner) {
    noted_ += static_cast<std::size_t>(line.count);
    if (noted_ > kMostTouched) return false;
    for (Id id = line.id; id < line.id + line.count; ++id) ids_[line.entity].insert(id);
    const EntityNo of = line.entity == EventLine::kEntity ? Event::kEntity : line.entity == HostDocumentLine::kEntity ? HostDocument::kEntity : Company::kEntity;
    for (const auto& [field, value] : line.old)
      if (field == owner) ids_[of].insert(to_cell(value).as_integer());
    return true;
  }

  std::vector<Id> owners(EntityNo entity, FieldNo field) {
    const std::set<Id>& records = ids_[entity];
    if (records.empty()) return {};
    return unit_.ids(entity, field, where::in(kId, std::vector<Value>(records.begin(), records.end())));
  }

  Unit& unit_;
  std::size_t noted_ = 0;
  std::map<EntityNo, std::set<Id>> ids_;
};

}  // namespace

FunnelAnswer FunnelTallies::answer() {
  FunnelAnswer out{total.count(), {}};
  for (auto& [group, tally] : groups)
    if (FunnelCount count = tally.count(); count.distinct > 0) out.rows.emplace_back(group, std::move(count));
  return out;
}

std::size_t FunnelTallies::times() const {
  std::size_t sum = total.times();
  for (const auto& [group, tally] : groups) sum += tally.times();
  return sum;
}

bool ResidentFunnel::can_keep(Unit& unit, const FunnelQuery& query, const Funnel& funnel) {
  const bool by_product = query.by == FunnelQuery::By::product && funnel.case_of != Funnel::Case::company_product;
  if (query.events || query.companies || query.with_ids || by_product || funnel.case_of == Funnel::Case::deal) return false;
  const auto rules = unit.list<FunnelRule>(where::eq(FunnelRule::kFunnel, funnel.id.value));
  return std::ranges::all_of(rules, [](const FunnelRule& rule) { return !rule.type || rule.state == Event::State::held; });
}

std::optional<std::vector<Value>> ResidentFunnel::touched_since(Unit& unit) const {
  constexpr Version kManyLines = 20'000;  // of more all cases cost less, unless they are as many
  if (unit.session.last_change() - seen_ >= kManyLines + static_cast<Version>(cases_.size())) return {};
  TouchedRecords touched(unit);
  bool few = true;
  unit.session.each_change(seen_, [&](const LogLine& line) { return few = touched.note(line); });
  return few ? std::optional(touched.companies()) : std::nullopt;
}

/// Most changes of a company leave its cases as they were.
void ResidentFunnel::replace(const std::vector<Value>& companies, const FunnelFacts& facts) {
  std::map<CompanyId, std::vector<std::span<const StageEntry>>> fresh;
  each_entries_of_case(facts.entries, [&](std::span<const StageEntry> entries) { fresh[facts.cases[entries.front().case_no].company].push_back(entries); });
  for (const Value& value : companies) {
    const CompanyId company{std::get<Id>(value)};
    const auto& entries = fresh[company];
    if (is_as_before(company, facts.cases, entries)) continue;
    drop(company);
    for (const auto& of_case : entries) add(facts.cases, of_case);
  }
  if (cases_.dropped() * 2 <= cases_.size()) return;
  cases_ = cases_.without_dropped();
  newest_.clear();
  next_.clear();
  number_cases(0);
  forget_counts();
}

void ResidentFunnel::forget_counts() {
  counts_.clear();
  changes_.clear();
}

/// Before others are made: not of everything that was ever asked.
void ResidentFunnel::let_go_of_tallies() {
  constexpr std::size_t kMostTimes = std::size_t{1} << 24;
  std::size_t times = 0;
  for (const auto& [asked, count] : counts_) times += count.tallies ? count.tallies->times() : 0;
  if (times <= kMostTimes) return;
  for (auto& [asked, count] : counts_) count.tallies.reset();
}

bool ResidentFunnel::is_as_before(CompanyId company, const std::vector<FunnelCase>& cases, std::span<const std::span<const StageEntry>> entries) const {
  const auto first = newest_.find(company.value);
  std::size_t known = 0, found = 0;
  for (std::uint32_t no = first == newest_.end() ? kNone : first->second; no != kNone; no = next_[no]) {
    ++known;
    found += std::ranges::any_of(entries, [&](const auto& of_case) { return cases_.is(no, cases[of_case.front().case_no].product, of_case); });
  }
  return known == entries.size() && found == known;
}

void ResidentFunnel::drop(CompanyId company) {
  const auto first = newest_.find(company.value);
  if (first == newest_.end()) return;
  for (std::uint32_t no = first->second; no != kNone; no = next_[no]) {
    cases_.drop(no);
    changes_.push_back({no, -1});
  }
  newest_.erase(first);
}

void ResidentFunnel::add(const std::vector<FunnelCase>& cases, std::span<const StageEntry> entries) {
  const auto from = static_cast<std::uint32_t>(cases_.size());
  cases_.add(cases, entries);
  number_cases(from);
  for (std::uint32_t no = from; no < cases_.size(); ++no) changes_.push_back({no, 1});
}

void ResidentFunnel::number_cases(std::uint32_t from) {
  for (std::uint32_t no = from; no < cases_.size(); ++no) {
    const auto [at, fresh] = newest_.try_emplace(cases_.company(no).value, no);
    next_.push_back(fresh ? kNone : std::exchange(at->second, no));
  }
}

std::size_t ResidentFunnel::bytes() const {
  std::size_t sum = cases_.bytes() + bytes_of(next_, changes_) + bytes_of_nodes(newest_) + bytes_of_nodes(counts_);
  for (const auto& [asked, count] : counts_) sum += count.tallies ? count.tallies->times() * sizeof(std::int64_t) : 0;
  return sum;
}

const CaseLog& ResidentFunnel::up_to_date(Unit& unit, Analytics& kept, const FunnelQuery& query, const Funnel& funnel, const std::vector<FunnelStage>& stages) {
  const Version newest = unit.session.last_change();
  if (newest == seen_) return cases_;
  const auto touched = seen_ >= 0 ? touched_since(unit) : std::nullopt;
  seen_ = -1;  // until all is read
  if (!touched) {
    *this = {};
    cases_ = CaseLog(static_cast<std::int32_t>(stages.size()));
    const FunnelFacts all = gather_funnel(unit, query, funnel, stages, kEndOfTime, &kept);
    add(all.cases, all.entries);
    forget_counts();
  } else if (!touched->empty()) {
    constexpr std::size_t kMostChanges = 20'000;  // of more, counting all costs less
    if (changes_.size() > kMostChanges) forget_counts();
    replace(*touched, gather_funnel(unit, query, funnel, stages, kEndOfTime, &kept, *touched));
  }
  seen_ = newest;
  return cases_;
}

}  // namespace crm
