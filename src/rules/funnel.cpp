#include "crm/rules/funnel.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "times.hpp"

namespace crm {

using Definition = FunnelFrame::Definition;
using std::chrono::microseconds;

bool earlier(const StageEntry& a, const StageEntry& b) {
  return std::tie(a.case_no, a.at, a.stage, a.document, a.source) < std::tie(b.case_no, b.at, b.stage, b.document, b.source);
}

UserId manager_of(const FunnelFrame& frame, const CaseStanding& standing, std::int32_t stage) {
  switch (frame.definition) {
    case Definition::entry_cohort: return standing.first_manager;
    case Definition::snapshot: return standing.manager;
    case Definition::active: break;
  }
  return standing.entry_into(stage).manager;
}

CaseReader::CaseReader(const FunnelFrame& frame)
    : frame_(frame), last_(frame.definition == Definition::active ? frame.to - microseconds(1) : frame.at) {
  const auto stages = static_cast<std::size_t>(frame.stages);
  first_.resize(stages);
  given_.resize(stages);
  own_.resize(stages);
  counted_.resize(stages);
  standing_.first = first_;
  standing_.given = given_;
  standing_.own = own_;
  standing_.counted = counted_;
}

const CaseStanding* CaseReader::read(std::span<const StageEntry> entries) {
  if (entries.empty()) return nullptr;
  standing_.case_no = entries.front().case_no;
  standing_.entries = entries;
  standing_.position = 0;
  std::ranges::fill(own_, 0);
  std::ranges::fill(counted_, 0);
  for (std::uint32_t i = 0; i < entries.size() && entries[i].at <= last_;) {
    const Instant at = entries[i].at;
    standing_.lost = false;
    for (; i < entries.size() && entries[i].at == at; ++i) enter(i);
    if (frame_.definition == Definition::active)
      stand(i < entries.size() ? std::optional(entries[i].at) : std::nullopt);
  }
  return settle() ? &standing_ : nullptr;
}

/// M12: a skipped stage counts as passed, a re-entry counts once; whoever comes after a loss is lost no longer.
void CaseReader::enter(std::uint32_t place) {
  const StageEntry& entry = standing_.entries[place];
  standing_.lost |= entry.lost;
  if (entry.stage == 0) return;
  own_[entry.stage - 1U] = 1;
  for (; standing_.position < entry.stage; ++standing_.position) {
    first_[static_cast<std::size_t>(standing_.position)] = entry.at;
    given_[static_cast<std::size_t>(standing_.position)] = place;
  }
}

/// It stood so from before the end of the frame, until then.
void CaseReader::stand(std::optional<Instant> until) {
  if (standing_.position > 0 && !standing_.lost && (!until || frame_.from < *until))
    counted_[static_cast<std::size_t>(standing_.position) - 1] = 1;
}

/// Which stages count it; false: none does.
bool CaseReader::settle() {
  if (standing_.position == 0) return false;
  standing_.first_manager = standing_.entry_into(1).manager;
  standing_.manager = standing_.entry_into(standing_.position).manager;
  if (frame_.definition == Definition::active) return std::ranges::count(counted_, 1) > 0;
  if (frame_.definition == Definition::entry_cohort && (first_[0] < frame_.from || frame_.to <= first_[0])) return false;
  std::fill_n(counted_.begin(), standing_.position, 1);
  return true;
}

bool is_behind(const FunnelFrame& frame, std::int32_t stage, FunnelNumber number, const StageCase& one) {
  const bool active = frame.definition == Definition::active;
  const bool here = active || one.position == stage;
  const bool lost = !active && one.lost;
  switch (number) {
    case FunnelNumber::base: return true;
    case FunnelNumber::count: return here || frame.definition == Definition::entry_cohort;
    case FunnelNumber::open: return here && !lost && stage < frame.stages;
    case FunnelNumber::lost: return here && lost;
    case FunnelNumber::won: return here && !lost && stage == frame.stages;
    case FunnelNumber::to_next: return one.position > stage;
    case FunnelNumber::to_last: return one.position == frame.stages;
  }
  return false;
}

FunnelTally::FunnelTally(const FunnelFrame& frame, bool with_cases) : frame_(frame), with_cases_(with_cases) {
  const auto stages = static_cast<std::size_t>(frame.stages);
  cases_.resize(stages);
  times_.resize(stages);
  cells_.resize(stages * (stages + 1) * 2);
  whole_.resize((stages + 1) * 2);
}

std::size_t FunnelTally::cell(std::int32_t stage, std::int32_t position, bool lost) const {
  return static_cast<std::size_t>(((stage - 1) * (frame_.stages + 1) + position) * 2 + (lost ? 1 : 0));
}

FunnelTally::FunnelTally(FunnelTally&&) noexcept = default;
FunnelTally::~FunnelTally() = default;

void FunnelTally::change_time(const CaseStanding& standing, std::size_t stage, std::size_t from, std::size_t to, std::int64_t by) {
  const std::int64_t time = (standing.first[to] - standing.first[from]).count();
  const bool both = standing.own[from] & standing.own[to];
  if (by > 0) {
    times_[stage].add(time, both);
  } else if (both) {
    times_[stage].remove(time);
  }
}

void FunnelTally::change(const CaseStanding& standing, std::int64_t by) {
  if (frame_.definition == Definition::active || with_cases_) {
    for (std::int32_t stage = 1; stage <= standing.position; ++stage)
      if (standing.counted[static_cast<std::size_t>(stage) - 1]) change(standing, stage, by);
    return;
  }
  distinct_ += by;
  whole_[static_cast<std::size_t>(standing.position * 2 + (standing.lost ? 1 : 0))] += by;
  const auto last = static_cast<std::size_t>(standing.position) - 1;
  for (std::size_t at = 0; at < last; ++at) change_time(standing, at, at, at + 1, by);
  if (standing.position < frame_.stages) return;
  change_time(standing, last, 0, last, by);
  if (!standing.lost && standing.priced) change_won(standing, by);
}

void FunnelTally::change(const CaseStanding& standing, std::int32_t stage, std::int64_t by) {
  if (const std::pair now(standing.case_no, by); last_ != now) {
    distinct_ += by;
    last_ = now;
  }
  cells_[cell(stage, standing.position, standing.lost)] += by;
  const auto at = static_cast<std::size_t>(stage) - 1;
  if (with_cases_) cases_[at].push_back({standing.case_no, standing.position, standing.lost});
  if (stage < frame_.stages) {
    if (standing.position > stage) change_time(standing, at, at, at + 1, by);
    return;
  }
  change_time(standing, at, 0, at, by);
  if (is_behind(frame_, stage, FunnelNumber::won, {standing.case_no, standing.position, standing.lost})) change_won(standing, by);
}

void FunnelTally::change_won(const CaseStanding& standing, std::int64_t by) {
  const StageEntry* const winning = &standing.entry_into(frame_.stages);
  const StageEntry* const end = standing.entries.data() + standing.entries.size();
  for (const StageEntry* entry = winning; entry < end && entry->document == winning->document && entry->source == winning->source; ++entry) {
    if (!entry->amount.currency) continue;
    auto found = std::ranges::find(won_, entry->amount.currency, [](const Won& won) { return won.sum.currency; });
    if (found == won_.end()) found = won_.insert(found, {{0, entry->amount.currency}, 0});
    found->sum = found->sum + Money{by > 0 ? entry->amount.minor : -entry->amount.minor, entry->amount.currency};
    found->entries += by;
  }
}

std::size_t FunnelTally::times() const {
  std::size_t sum = 0;
  for (const Times& times : times_) sum += times.size();
  return sum;
}

namespace {

std::optional<double> rate(std::int64_t part, std::int64_t whole) {
  if (whole == 0) return {};
  return static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

void FunnelTally::settle_stage(std::int32_t stage, FunnelCount& out) {
  StageCount& count = out.stages[static_cast<std::size_t>(stage) - 1];
  for (std::int32_t position = 0; position <= frame_.stages; ++position)
    for (const bool lost : {false, true}) {
      const std::int64_t whole = position < stage ? 0 : whole_[static_cast<std::size_t>(position * 2 + (lost ? 1 : 0))];
      for (std::size_t number = 0; number < kFunnelNumbers; ++number)
        if (is_behind(frame_, stage, static_cast<FunnelNumber>(number), {0, position, lost}))
          count.numbers[number] += cells_[cell(stage, position, lost)] + whole;
    }
  count.last_rate = rate(count[FunnelNumber::to_last], count[FunnelNumber::base]);
  count.cases = cases_[static_cast<std::size_t>(stage) - 1];
  const auto [median, percentile90] = times_[static_cast<std::size_t>(stage) - 1].percentiles<2>({5, 9});
  if (stage == frame_.stages) {
    out.median_to_last = median;
    return;
  }
  count.next_rate = rate(count[FunnelNumber::to_next], count[FunnelNumber::base]);
  count.median = median;
  count.percentile90 = percentile90;
}

void FunnelTally::settle_velocity(const FunnelFrame& frame, FunnelCount& out) {
  if (frame.definition == Definition::active || !out.median_to_last || out.median_to_last->count() == 0) return;
  std::int64_t open = 0, closed = 0;
  for (const StageCount& stage : out.stages) {
    open += stage[FunnelNumber::open];
    closed += stage[FunnelNumber::lost] + stage[FunnelNumber::won];
  }
  const long double days = static_cast<long double>(out.median_to_last->count()) / microseconds(std::chrono::days(1)).count();
  // won amount / won × won / (won + lost)
  for (const Money& sum : out.won)
    out.velocity.push_back({std::llround(static_cast<long double>(sum.minor) * open / closed / days), sum.currency});
}

FunnelCount FunnelTally::count() {
  FunnelCount out;
  out.stages.resize(static_cast<std::size_t>(frame_.stages));
  out.distinct = distinct_;
  for (std::int32_t stage = 1; stage <= frame_.stages; ++stage) settle_stage(stage, out);
  for (const Won& won : won_)
    if (won.entries > 0) out.won.push_back(won.sum);
  std::ranges::sort(out.won, {}, &Money::currency);
  settle_velocity(frame_, out);
  return out;
}

}  // namespace crm
