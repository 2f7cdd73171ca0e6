// M12: worked tables, one for each sentence of the definitions. A day is a number; stages: 1 call, 2 meeting, 3 offer, 4 sale.
#include "crm/rules/funnel.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

namespace {

using namespace crm;
using Definition = FunnelFrame::Definition;
using N = FunnelNumber;
using std::chrono::days;

constexpr UserId kAnna{1}, kBoris{2};

Instant day(int number) { return Instant(days(number)); }

/// The entries of one case after another, as they are made.
struct Log {
  Log& of(std::uint32_t number) {
    case_no = number;
    return *this;
  }
  Log& enters(int on, std::uint8_t stage, UserId manager = kAnna) {
    StageEntry& entry = entries.emplace_back();
    entry.case_no = case_no;
    entry.at = day(on);
    entry.stage = stage;
    entry.manager = manager;
    entry.source = std::ssize(entries);
    return *this;
  }
  Log& refused(int on, std::uint8_t stage) {
    enters(on, stage).entries.back().lost = true;
    return *this;
  }
  Log& worth(std::int64_t minor, const char* currency = "RUB") {
    entries.back().amount = {minor, Currency(currency)};
    return *this;
  }

  std::vector<StageEntry> sorted() const {
    auto out = entries;
    std::ranges::sort(out, earlier);
    return out;
  }

  std::uint32_t case_no = 0;
  std::vector<StageEntry> entries;
};

FunnelFrame snapshot(int at) { return {4, Definition::snapshot, {}, {}, day(at)}; }
FunnelFrame active(int from, int to) { return {4, Definition::active, day(from), day(to), {}}; }
FunnelFrame cohort(int from, int to, int at) { return {4, Definition::entry_cohort, day(from), day(to), day(at)}; }

FunnelCount count(const FunnelFrame& frame, const Log& log) {
  FunnelTally tally(frame, true);
  const auto entries = log.sorted();
  each_case(frame, entries, [&](const CaseStanding& standing) { tally.add(standing); });
  return tally.count();
}

/// One number of all stages: "3 2 0 1".
std::string row(const FunnelCount& count, N number) {
  std::string out;
  for (const StageCount& stage : count.stages) out += (out.empty() ? "" : " ") + std::to_string(stage[number]);
  return out;
}

/// The cases behind a number, "1 3".
std::string behind(const FunnelFrame& frame, const FunnelCount& count, std::int32_t stage, N number) {
  std::string out;
  for (const StageCase& one : count.stages[static_cast<std::size_t>(stage) - 1].cases)
    if (is_behind(frame, stage, number, one)) out += (out.empty() ? "" : " ") + std::to_string(one.case_no);
  return out;
}

/// Five companies in March: one of each fate.
Log march() {
  Log log;
  log.of(1).enters(1, 1).enters(3, 2).enters(6, 3).enters(10, 4);  // all the way
  log.of(2).enters(2, 1).enters(5, 3);                             // a meeting was skipped
  log.of(3).enters(2, 1).refused(4, 2);                            // lost at the meeting
  log.of(4).enters(8, 1);                                          // called
  log.of(5).enters(8, 1).enters(9, 4);                             // bought at once
  return log;
}

TEST_CASE("a snapshot tells where each case stands, and the stages add up to all cases") {
  const auto frame = snapshot(10);

  const auto table = count(frame, march());

  CHECK(row(table, N::count) == "1 1 1 2");
  CHECK(row(table, N::open) == "1 0 1 0");
  CHECK(row(table, N::lost) == "0 1 0 0");
  CHECK(row(table, N::won) == "0 0 0 2");
  CHECK(table.distinct == 5);
  CHECK(behind(frame, table, 2, N::lost) == "3");
  CHECK(behind(frame, table, 4, N::won) == "1 5");
}

TEST_CASE("of a snapshot the conversion is by what was reached: a skipped stage counts as passed, the lost stay in the denominator") {
  const auto frame = snapshot(10);

  const auto table = count(frame, march());

  CHECK(row(table, N::base) == "5 4 3 2");
  CHECK(row(table, N::to_next) == "4 3 2 0");
  CHECK(row(table, N::to_last) == "2 2 2 2");
  CHECK(table.stages[0].next_rate == doctest::Approx(4. / 5));
  CHECK(table.stages[1].last_rate == doctest::Approx(2. / 4));
  CHECK_FALSE(table.stages[3].next_rate.has_value());
  CHECK(behind(frame, table, 2, N::base) == "1 2 3 5");
}

TEST_CASE("a snapshot looks at nothing later than its instant") {
  CHECK(row(count(snapshot(5), march()), N::count) == "0 2 1 0");
  CHECK(row(count(snapshot(4), march()), N::count) == "1 2 0 0");
  CHECK(count(snapshot(0), march()).distinct == 0);
  CHECK_FALSE(count(snapshot(0), march()).stages[0].next_rate.has_value());  // no denominator
  CHECK_FALSE(count(snapshot(0), march()).stages[0].last_rate.has_value());
}

TEST_CASE("a re-entry counts once, and does not lead back") {
  Log log;
  log.of(1).enters(1, 1).enters(2, 1).enters(3, 3).enters(4, 2).enters(5, 3);

  const auto table = count(snapshot(9), log);

  CHECK(row(table, N::count) == "0 0 1 0");
  CHECK(row(table, N::base) == "1 1 1 0");
}

TEST_CASE("whoever is lost keeps the position, until a later entry of any stage") {
  Log log;
  log.of(1).enters(1, 1).enters(2, 3).refused(4, 1).enters(7, 1);
  log.of(2).enters(1, 2).refused(4, 0).enters(7, 0);  // what loses only, without an entry
  log.entries.back().lost = true;

  CHECK(row(count(snapshot(3), log), N::lost) == "0 0 0 0");
  CHECK(row(count(snapshot(4), log), N::lost) == "0 1 1 0");
  CHECK(row(count(snapshot(6), log), N::lost) == "0 1 1 0");
  CHECK(row(count(snapshot(7), log), N::lost) == "0 1 0 0");
  CHECK(row(count(snapshot(7), log), N::open) == "0 0 1 0");
}

TEST_CASE("an entry of the very instant of a loss is no later one") {
  Log log;
  log.of(1).refused(4, 1).enters(4, 2);

  CHECK(row(count(snapshot(4), log), N::lost) == "0 1 0 0");
}

TEST_CASE("a loss alone is not in the funnel") {
  Log log;
  log.of(1).refused(1, 0);
  log.of(2).refused(1, 0).enters(2, 1);

  CHECK(count(snapshot(1), log).distinct == 0);
  CHECK(row(count(snapshot(2), log), N::open) == "1 0 0 0");
}

TEST_CASE("a sale that ends in a refusal is lost at the last stage") {
  Log log;
  log.of(1).enters(1, 1).refused(2, 4);

  const auto table = count(snapshot(2), log);

  CHECK(row(table, N::count) == "0 0 0 1");
  CHECK(row(table, N::lost) == "0 0 0 1");
  CHECK(row(table, N::won) == "0 0 0 0");
  CHECK(row(table, N::to_last) == "1 1 1 1");
}

TEST_CASE("active is who stood at a stage at some moment of a half-open period, perhaps at several; the distinct total is told") {
  const auto frame = active(4, 6);

  const auto table = count(frame, march());

  // 1: meeting since 3, offer at 6 is out; 2: call until 5, then offer; 3: lost at 4 as soon as it met, before that a call; 4, 5: not yet
  CHECK(row(table, N::count) == "1 1 1 0");
  CHECK(table.distinct == 2);
  CHECK(behind(frame, table, 1, N::count) == "2");
  CHECK(behind(frame, table, 2, N::count) == "1");
  CHECK(behind(frame, table, 3, N::count) == "2");
  CHECK(row(table, N::to_next) == "1 0 0 0");  // 2 made the offer before 6
  CHECK(row(table, N::to_last) == "0 0 0 0");
}

TEST_CASE("a period of activity begins with its first moment and ends before its last") {
  Log log;
  log.of(1).enters(3, 1).enters(5, 2).refused(7, 2);

  CHECK(row(count(active(1, 3), log), N::count) == "0 0 0 0");
  CHECK(row(count(active(1, 4), log), N::count) == "1 0 0 0");
  CHECK(row(count(active(4, 5), log), N::count) == "1 0 0 0");
  CHECK(row(count(active(4, 6), log), N::count) == "1 1 0 0");
  CHECK(row(count(active(5, 7), log), N::count) == "0 1 0 0");
  CHECK(row(count(active(7, 9), log), N::count) == "0 0 0 0");
  CHECK(row(count(active(4, 9), log), N::to_next) == "1 0 0 0");
}

TEST_CASE("who was lost and came back is active at the same stage, and the won stay at the last") {
  Log log;
  log.of(1).enters(1, 2).refused(2, 1).enters(6, 1);
  log.of(2).enters(1, 4);

  CHECK(row(count(active(3, 6), log), N::count) == "0 0 0 1");
  CHECK(row(count(active(6, 8), log), N::count) == "0 1 0 1");
  CHECK(row(count(active(6, 8), log), N::won) == "0 0 0 1");
  CHECK(row(count(active(6, 8), log), N::open) == "0 1 0 0");
}

TEST_CASE("an entry cohort is who came in the period, and each stage is the next one with who stayed") {
  const auto frame = cohort(1, 8, 10);  // 4 and 5 came at 8, which is out

  const auto table = count(frame, march());

  CHECK(row(table, N::count) == "3 3 2 1");
  CHECK(row(table, N::open) == "0 0 1 0");
  CHECK(row(table, N::lost) == "0 1 0 0");
  CHECK(row(table, N::won) == "0 0 0 1");
  CHECK(table.stages[1].next_rate == doctest::Approx(2. / 3));
  CHECK(table.stages[0].last_rate == doctest::Approx(1. / 3));
  CHECK(behind(frame, table, 3, N::open) == "2");
  CHECK(row(count(cohort(1, 8, 5), march()), N::count) == "3 3 1 0");
  CHECK(row(count(cohort(8, 9, 8), march()), N::count) == "2 0 0 0");
  CHECK(row(count(cohort(2, 3, 10), march()), N::count) == "2 2 1 0");
}

TEST_CASE("the cohort is that of the first entry, whatever stage it was") {
  Log log;
  log.of(1).enters(5, 3).enters(9, 1);

  CHECK(row(count(cohort(5, 6, 9), log), N::count) == "1 1 1 0");
  CHECK(count(cohort(9, 10, 9), log).distinct == 0);
}

TEST_CASE("times are taken where both stages have an entry of their own, percentiles as Excel's PERCENTILE.INC") {
  Log log;
  log.of(1).enters(1, 1).enters(2, 2);            // 1 day
  log.of(2).enters(1, 1).enters(3, 2);            // 2
  log.of(3).enters(1, 1).enters(5, 2);            // 4
  log.of(4).enters(1, 1).enters(9, 2);            // 8
  log.of(5).enters(1, 1).enters(40, 3);           // skipped the meeting
  log.of(6).enters(1, 2).enters(40, 2);           // never called
  log.of(7).enters(50, 2).enters(60, 1);          // called after the meeting: first_1 is the meeting, 0 days

  const auto table = count(snapshot(59), log);
  CHECK(table.stages[0].median == days(3));                          // PERCENTILE.INC({1,2,4,8}, 0.5)
  CHECK(table.stages[0].percentile90 == std::chrono::hours(163) + std::chrono::minutes(12));  // 6.8 days
  CHECK_FALSE(table.stages[1].median.has_value());
  CHECK(count(snapshot(60), log).stages[0].median == days(2));       // {0,1,2,4,8}
  CHECK(count(snapshot(60), log).stages[0].percentile90 == std::chrono::hours(153) + std::chrono::minutes(36));  // 6.4
}

TEST_CASE("in a period of activity only those are timed who were at the stage and went on") {
  Log log;
  log.of(1).enters(1, 1).enters(2, 2);
  log.of(2).enters(1, 1).enters(5, 2);
  log.of(3).enters(1, 1).enters(8, 2);

  CHECK(count(active(3, 6), log).stages[0].median == days(4));
}

TEST_CASE("velocity is open cases by mean won amount by the share of the won, over the median days to the last stage") {
  Log log;
  log.of(1).enters(1, 1).enters(5, 4).worth(300'00);
  log.of(2).enters(1, 1).enters(3, 4).worth(100'00);
  log.of(3).refused(1, 1);
  log.of(4).refused(1, 2);
  for (std::uint32_t open = 5; open < 8; ++open) log.of(open).enters(1, 1);

  const auto table = count(snapshot(9), log);

  CHECK(table.median_to_last == days(3));  // 4 and 2
  CHECK(table.won == std::vector<Money>{{400'00, Currency("RUB")}});
  CHECK(table.velocity == std::vector<Money>{{100'00, Currency("RUB")}});  // 3 × 200 × 2/4 ÷ 3
  CHECK(count(active(1, 9), log).velocity.empty());
}

TEST_CASE("a case is won for the amount of the entry that won it, each currency by itself") {
  Log log;
  log.of(1).enters(1, 1).enters(2, 4).worth(700);
  log.enters(2, 4).worth(5, "USD").entries.back().source = log.entries[1].source;  // the same sale
  log.of(1).enters(3, 4).worth(900);                                              // a second one

  const auto table = count(snapshot(9), log);

  CHECK(table.won == std::vector<Money>{{700, Currency("RUB")}, {5, Currency("USD")}});
  CHECK(table.velocity == std::vector<Money>{{0, Currency("RUB")}, {0, Currency("USD")}});  // nobody is open
}

TEST_CASE("the manager is whose entry gave the position, in a cohort the first stage") {
  Log log;
  log.of(1).enters(1, 1, kAnna).enters(2, 3, kBoris).enters(4, 2, kAnna);
  log.enters(4, 3, kAnna);
  const auto entries = log.sorted();
  const auto manager = [&](const FunnelFrame& frame, std::int32_t stage) {
    UserId found;
    each_case(frame, entries, [&](const CaseStanding& standing) { found = manager_of(frame, standing, stage); });
    return found;
  };

  CHECK(manager(snapshot(9), 3) == kBoris);
  CHECK(manager(cohort(1, 2, 9), 3) == kAnna);
  CHECK(manager(active(1, 9), 1) == kAnna);  // in a period he may be another one at each stage
  CHECK(manager(active(1, 9), 3) == kBoris);
}

TEST_CASE("of entries of one instant the lowest stage comes first, then events, then the lowest id") {
  Log log;
  log.of(1).enters(1, 2, kBoris).enters(1, 1, kAnna);
  log.enters(1, 1, kBoris).entries.back().source = 0;
  log.entries.back().document = true;

  const auto entries = log.sorted();
  CHECK(entries[0].manager == kAnna);
  CHECK(entries[1].document);
  CHECK(entries[2].stage == 2);
}

TEST_CASE("of no entries, of entries without a stage and of a stand that was over before there is nothing to count") {
  CaseReader now(snapshot(9));
  CHECK(now.read({}) == nullptr);

  CaseReader reader(active(10, 20));
  CHECK(reader.read(Log().of(1).enters(1, 1).refused(5, 2).sorted()) == nullptr);
  CHECK(reader.read(Log().of(1).enters(12, 0).sorted()) == nullptr);
  CHECK(reader.read(Log().of(1).enters(12, 1).sorted()) != nullptr);
}

TEST_CASE("a case is won for its own winning document: no other one, no other case, and nothing where there is no amount") {
  Log log;
  log.of(1).enters(1, 4).worth(700).entries.back().source = 5;
  log.of(1).enters(2, 4).worth(30).entries.back().source = 5;
  log.entries.back().document = true;
  log.of(2).enters(3, 4).worth(4).entries.back().source = 5;
  CHECK(count(snapshot(1), log).won == std::vector<Money>{{700, Currency("RUB")}});
  CHECK(count(snapshot(2), log).won == std::vector<Money>{{700, Currency("RUB")}});
  CHECK(count(snapshot(3), log).won == std::vector<Money>{{704, Currency("RUB")}});
  Log apart;
  apart.of(1).enters(1, 4).worth(700).entries.back().source = 5;
  apart.of(2).enters(3, 4).worth(4).entries.back().source = 5;
  CHECK(count(snapshot(9), apart).won == std::vector<Money>{{704, Currency("RUB")}});
  CHECK(count(snapshot(9), Log().of(1).enters(1, 4)).won.empty());
}

TEST_CASE("a case that came to the last stage by what has no amount is won for none") {
  Log log;
  log.of(1).enters(1, 4).worth(700);
  const FunnelFrame frame = snapshot(9);
  FunnelTally tally(frame, false);
  const auto entries = log.sorted();
  each_case(frame, entries, [&](const CaseStanding& standing) {
    CaseStanding unpriced = standing;
    unpriced.priced = false;
    tally.add(unpriced);
  });
  const FunnelCount table = tally.count();
  CHECK(row(table, N::won) == "0 0 0 1");
  CHECK(table.won.empty());
}

TEST_CASE("what was sold at once has no velocity, and a tally without cases keeps none") {
  Log log;
  log.of(1).enters(1, 1).enters(1, 4).worth(700);
  const auto table = count(snapshot(9), log);
  CHECK(table.median_to_last == std::chrono::microseconds(0));
  CHECK(table.velocity.empty());

  const FunnelFrame frame = active(0, 20);
  FunnelTally tally(frame, false);
  const auto entries = march().sorted();
  each_case(frame, entries, [&](const CaseStanding& standing) { tally.add(standing); });
  for (const StageCount& stage : tally.count().stages) CHECK(stage.cases.empty());
  CHECK(tally.times() == 6);  // 1 to 2, 2 to 3, 3 to 4 and 1 to 4 of the first case, 1 to 2 of the third, 1 to 4 of the last
}

}  // namespace
