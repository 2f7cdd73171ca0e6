// M12 against a slow plain reading of the definitions, over random logs.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <random>
#include <set>
#include <string>

#include "crm/rules/funnel.hpp"

namespace {

using namespace crm;
using Definition = FunnelFrame::Definition;
using N = FunnelNumber;

constexpr int kLastMoment = 12;

Instant moment(int number) { return Instant(std::chrono::microseconds(number)); }
int number_of(Instant at) { return static_cast<int>(at.time_since_epoch().count()); }

/// The definitions, word by word; moments are small integers, so that "some moment of a period" is a loop.
struct Plainly {
  const std::vector<StageEntry>& entries;
  const FunnelFrame& frame;

  /// first_k: earliest entry into k or any later stage.
  int first(std::uint32_t one, int stage) const {
    int found = 1000;
    for (const StageEntry& e : entries)
      if (e.case_no == one && e.stage >= stage) found = std::min(found, number_of(e.at));
    return found;
  }
  int position(std::uint32_t one, int at) const {
    int found = 0;
    for (int stage = 1; stage <= frame.stages; ++stage)
      if (first(one, stage) <= at) found = stage;
    return found;
  }
  bool lost(std::uint32_t one, int at) const {
    int latest_loss = -1, latest = -1;
    for (const StageEntry& e : entries) {
      if (e.case_no != one || number_of(e.at) > at) continue;
      (e.lost ? latest_loss : latest) = std::max(e.lost ? latest_loss : latest, number_of(e.at));
    }
    return latest_loss >= 0 && latest <= latest_loss;
  }
  bool own(std::uint32_t one, int stage, int until) const {
    return std::ranges::any_of(entries, [&](const StageEntry& e) { return e.case_no == one && e.stage == stage && number_of(e.at) <= until; });
  }
  bool ever_at(std::uint32_t one, int stage) const {
    for (int at = number_of(frame.from); at < number_of(frame.to); ++at)
      if (position(one, at) == stage && !lost(one, at)) return true;
    return false;
  }

  int end() const { return number_of(frame.definition == Definition::active ? frame.to : frame.at) - (frame.definition == Definition::active); }
  bool in_base(std::uint32_t one, int stage) const {
    switch (frame.definition) {
      case Definition::snapshot: return first(one, stage) <= end();
      case Definition::active: return ever_at(one, stage);
      case Definition::entry_cohort: break;
    }
    const int came = first(one, 1);
    return number_of(frame.from) <= came && came < number_of(frame.to) && first(one, stage) <= end();
  }
  bool is(std::uint32_t one, int stage, N number) const {
    if (!in_base(one, stage)) return false;
    const bool last = stage == frame.stages;
    const bool here = position(one, end()) == stage;
    if (frame.definition == Definition::active) {
      if (number == N::open) return !last;
      if (number == N::won) return last;
      if (number == N::lost) return false;
    }
    switch (number) {
      case N::base: return true;
      case N::count: return frame.definition != Definition::snapshot || here;
      case N::open: return here && !lost(one, end()) && !last;
      case N::lost: return here && lost(one, end());
      case N::won: return here && !lost(one, end()) && last;
      case N::to_next: return !last && first(one, stage + 1) <= end();
      case N::to_last: return first(one, frame.stages) <= end();
    }
    return false;
  }

  std::set<std::uint32_t> behind(int stage, N number) const {
    std::set<std::uint32_t> found;
    for (const StageEntry& e : entries)
      if (is(e.case_no, stage, number)) found.insert(e.case_no);
    return found;
  }
  /// The middle of the sorted times, or between the two middle ones.
  std::optional<std::chrono::microseconds> median(int from, int to, int counted_at) const {
    std::vector<int> times;
    for (std::uint32_t one : behind(counted_at, N::base))
      if (first(one, to) <= end() && own(one, from, end()) && own(one, to, end())) times.push_back(first(one, to) - first(one, from));
    if (times.empty()) return {};
    std::ranges::sort(times);
    const int sum = times[(times.size() - 1) / 2] + times[times.size() / 2];
    return std::chrono::microseconds((sum + 1) / 2);
  }
};

std::vector<StageEntry> random_log(std::mt19937& random, int stages) {
  std::vector<StageEntry> log(random() % 25);
  for (StageEntry& entry : log) {
    entry.case_no = static_cast<std::uint32_t>(random() % 5);
    entry.at = moment(static_cast<int>(random() % kLastMoment));
    entry.stage = static_cast<std::uint8_t>(random() % static_cast<unsigned>(stages + 1));
    entry.lost = entry.stage == 0 || random() % 5 == 0;
    entry.source = static_cast<Id>(random() % 100);
    entry.document = random() % 2;
    entry.manager = {1 + static_cast<Id>(random() % 3)};
    if (random() % 3 != 0) entry.amount = Money{static_cast<std::int64_t>(random() % 50), Currency(random() % 3 ? "RUB" : "USD")};
  }
  return log;
}

FunnelFrame random_frame(std::mt19937& random, int stages) {
  FunnelFrame frame{stages, static_cast<Definition>(random() % 3), {}, {}, moment(static_cast<int>(random() % kLastMoment))};
  const int from = static_cast<int>(random() % kLastMoment);
  frame.from = moment(from);
  frame.to = moment(from + 1 + static_cast<int>(random() % 4));
  return frame;
}

void check_sums(const FunnelFrame& frame, const FunnelCount& count) {
  std::int64_t all = 0;
  for (std::size_t i = 0; i < count.stages.size(); ++i) {
    const StageCount& stage = count.stages[i];
    all += stage[N::count];
    if (frame.definition == Definition::entry_cohort)
      CHECK(stage[N::count] == (i + 1 < count.stages.size() ? count.stages[i + 1][N::count] : 0) + stage[N::open] + stage[N::lost] + stage[N::won]);
  }
  if (frame.definition == Definition::snapshot) CHECK(all == count.distinct);
  if (frame.definition == Definition::entry_cohort) CHECK(count.stages[0][N::count] == count.distinct);
}

void check_same(const FunnelCount& bare, const FunnelCount& with_cases) {
  for (std::size_t i = 0; i < bare.stages.size(); ++i) {
    CHECK(bare.stages[i].numbers == with_cases.stages[i].numbers);
    CHECK(bare.stages[i].median == with_cases.stages[i].median);
    CHECK(bare.stages[i].percentile90 == with_cases.stages[i].percentile90);
  }
  CHECK(bare.distinct == with_cases.distinct);
  CHECK(bare.median_to_last == with_cases.median_to_last);
  CHECK(bare.won == with_cases.won);
  CHECK(bare.velocity == with_cases.velocity);
}

TEST_CASE("every number, its cases and the medians are what the definitions say, and managers add up to the whole") {
  const char* given = std::getenv("CRM_SEED");
  const auto seed = given ? static_cast<unsigned>(std::strtoul(given, nullptr, 10)) : 20130301U;
  CAPTURE(seed);
  std::mt19937 random(seed);
  for (int round = 0; round < 3000; ++round) {
    CAPTURE(round);
    const int stages = 1 + static_cast<int>(random() % 4);
    auto log = random_log(random, stages);
    const FunnelFrame frame = random_frame(random, stages);
    std::ranges::sort(log, earlier);

    FunnelTally tally(frame, true);
    FunnelTally bare(frame, false);
    std::map<UserId, FunnelTally> by_manager;
    each_case(frame, log, [&](const CaseStanding& standing) {
      tally.add(standing);
      bare.add(standing);
      for (int stage = 1; stage <= standing.position; ++stage)
        if (standing.counted[static_cast<std::size_t>(stage) - 1])
          by_manager.try_emplace(manager_of(frame, standing, stage), frame, false).first->second.add(standing, stage);
    });
    const FunnelCount count = tally.count();

    check_sums(frame, count);
    check_same(bare.count(), count);
    const Plainly plainly{log, frame};
    std::set<std::uint32_t> distinct;
    for (int stage = 1; stage <= stages; ++stage) {
      CAPTURE(stage);
      const StageCount& told = count.stages[static_cast<std::size_t>(stage) - 1];
      for (std::size_t number = 0; number < kFunnelNumbers; ++number) {
        const auto expected = plainly.behind(stage, static_cast<N>(number));
        std::set<std::uint32_t> found;
        for (const StageCase& one : told.cases)
          if (is_behind(frame, stage, static_cast<N>(number), one)) found.insert(one.case_no);
        CAPTURE(number);
        CHECK(found == expected);
        CHECK(told.numbers[number] == std::ssize(expected));
        distinct.insert(expected.begin(), expected.end());
      }
      if (stage < stages) CHECK(told.median == plainly.median(stage, stage + 1, stage));
    }
    CHECK(count.median_to_last == plainly.median(1, stages, stages));
    CHECK(count.distinct == std::ssize(distinct));
    std::vector<std::int64_t> sums(static_cast<std::size_t>(stages) * kFunnelNumbers);
    for (auto& [manager, of_one] : by_manager) {
      const FunnelCount his = of_one.count();
      for (std::size_t i = 0; i < sums.size(); ++i) sums[i] += his.stages[i / kFunnelNumbers].numbers[i % kFunnelNumbers];
    }
    for (std::size_t i = 0; i < sums.size(); ++i) CHECK(sums[i] == count.stages[i / kFunnelNumbers].numbers[i % kFunnelNumbers]);
  }
}

using ByManager = std::map<UserId, FunnelTally>;

void each_stage(const FunnelFrame& frame, const CaseStanding& standing, ByManager& tallies, void (FunnelTally::*change)(const CaseStanding&, std::int32_t)) {
  for (int stage = 1; stage <= standing.position; ++stage)
    if (standing.counted[static_cast<std::size_t>(stage) - 1])
      (tallies.try_emplace(manager_of(frame, standing, stage), frame, false).first->second.*change)(standing, stage);
}

TEST_CASE("cases that came and went again leave no trace in a tally") {
  std::mt19937 random(20260302U);
  for (int round = 0; round < 2000; ++round) {
    CAPTURE(round);
    const int stages = 1 + static_cast<int>(random() % 4);
    const FunnelFrame frame = random_frame(random, stages);
    auto stay = random_log(random, stages), go = random_log(random, stages);
    for (StageEntry& entry : go) entry.case_no += 100;
    std::ranges::sort(stay, earlier);
    std::ranges::sort(go, earlier);
    FunnelTally expected(frame, false), tally(frame, false);
    ByManager his_expected, his;
    const auto add = [&](const CaseStanding& standing) {
      tally.add(standing);
      each_stage(frame, standing, his, &FunnelTally::add);
    };
    const bool late = random() % 2;
    if (late) each_case(frame, go, add);
    each_case(frame, stay, [&](const CaseStanding& standing) {
      expected.add(standing);
      each_stage(frame, standing, his_expected, &FunnelTally::add);
      add(standing);
    });
    if (!late) each_case(frame, go, add);
    each_case(frame, go, [&](const CaseStanding& standing) {
      tally.remove(standing);
      each_stage(frame, standing, his, &FunnelTally::remove);
    });

    check_same(tally.count(), expected.count());
    CHECK(tally.times() == expected.times());
    for (auto& [manager, one] : his) {
      const auto known = his_expected.find(manager);
      CHECK((known == his_expected.end() ? one.count().distinct == 0 : true));
      if (known != his_expected.end()) check_same(one.count(), known->second.count());
    }
  }
}

}  // namespace
