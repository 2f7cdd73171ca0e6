/// The sales funnel (M12; Definitions, Funnel): where each case stands, and the numbers of the stages by the three definitions.
#pragma once

#include <array>
#include <chrono>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "crm/base/money.hpp"
#include "crm/base/time.hpp"
#include "crm/model/refs.hpp"

namespace crm {

/// A case enters into a stage, or is lost, or both: a meeting was held and ended in a refusal. An event whose amounts are in several
/// currencies comes once for each of them.
struct StageEntry {
  Instant at{};
  Id source = 0;             ///< an event, or a document of the host
  UserId manager;            ///< its executor; of a document: responsible, else the main manager on its date
  Money amount;              ///< no currency: none
  std::uint32_t case_no = 0;
  std::uint8_t stage = 0;    ///< 1..; 0: into none, it only loses
  bool lost = false;         ///< a refusal outcome, or a loss document
  bool document = false;
};

/// The order in which entries are counted: each case's together, by time; of one instant by stage, events first, then by id.
bool earlier(const StageEntry& a, const StageEntry& b);

/// What is asked of a funnel.
struct FunnelFrame {
  enum class Definition : std::int32_t {
    snapshot = 0,      ///< all cases, where they stand at `at`
    active = 1,        ///< cases that stood at a stage, not lost, at some moment of [from, to)
    entry_cohort = 2,  ///< cases that entered the funnel in [from, to), where they got to by `at`
  };
  std::int32_t stages = 1;
  Definition definition = Definition::snapshot;
  Instant from{};
  Instant to{};
  Instant at{};        ///< inclusive
};

/// One case. Each list has a place for each stage, the first one at 0.
struct CaseStanding {
  std::uint32_t case_no = 0;
  std::span<const StageEntry> entries;
  std::int32_t position = 0;             ///< 1..: the highest stage with `first` ≤ `at`, of *active* < `to`
  bool lost = false;                     ///< at that moment; the position stays
  std::span<const Instant> first;        ///< up to `position`: the earliest entry into this stage or any later one
  std::span<const std::uint32_t> given;  ///< up to `position`: which of `entries` gave `first`
  std::span<const char> own;             ///< it has an entry into this very stage
  std::span<const char> counted;         ///< it is behind the stage's `base`; up to `position` always, but of *active*
  bool priced = true;                    ///< false: what it entered the last stage by has no amount
  UserId first_manager;                  ///< of the entry that gave the first stage, and the position
  UserId manager;

  [[nodiscard]] const StageEntry& entry_into(std::int32_t stage) const { return entries[given[static_cast<std::size_t>(stage) - 1]]; }
};

/// Who answers for a case at a stage: the executor of what gave `first_1` (entry cohort) or the position.
UserId manager_of(const FunnelFrame& frame, const CaseStanding& standing, std::int32_t stage);

/// Reads the cases of a frame one by one.
class CaseReader {
 public:
  explicit CaseReader(const FunnelFrame& frame);
  /// `entries`: those of one case, `earlier` ones first. Null: the case is not in the frame. Good until the next call.
  const CaseStanding* read(std::span<const StageEntry> entries);

 private:
  void enter(std::uint32_t place);
  void stand(std::optional<Instant> until);
  [[nodiscard]] bool settle();

  const FunnelFrame frame_;
  const Instant last_;       ///< what comes after it is not looked at
  std::vector<Instant> first_;
  std::vector<std::uint32_t> given_;
  std::vector<char> own_, counted_;
  CaseStanding standing_;    ///< of these
};

/// Calls `then(std::span<const StageEntry>)` with those of each case. `entries` are in the order of `earlier`.
template <class Then>
void each_entries_of_case(std::span<const StageEntry> entries, Then&& then) {
  for (std::size_t from = 0, to = 0; from < entries.size(); from = to) {
    while (to < entries.size() && entries[to].case_no == entries[from].case_no) ++to;
    then(entries.subspan(from, to - from));
  }
}

/// Calls `then(const CaseStanding&)` for each case in the frame.
template <class Then>
void each_case(const FunnelFrame& frame, std::span<const StageEntry> entries, Then&& then) {
  CaseReader reader(frame);
  each_entries_of_case(entries, [&](std::span<const StageEntry> of_case) {
    if (const CaseStanding* standing = reader.read(of_case)) then(*standing);
  });
}

/// The numbers of a stage. Of *active* a case counts as it stood in the period: open, or won.
enum class FunnelNumber : std::uint8_t {
  base,      ///< the denominator of both conversions: those that reached the stage (snapshot), else `count`
  count,     ///< open + lost + won + (entry cohort) those that went on
  open,
  lost,
  won,       ///< at the last stage, not lost
  to_next,   ///< of the base: went on to the next stage or a later one
  to_last,   ///< of the base: reached the last stage
};
inline constexpr std::size_t kFunnelNumbers = 7;

/// A case behind the base of a stage.
struct StageCase {
  std::uint32_t case_no = 0;
  std::int32_t position = 0;
  bool lost = false;
};

/// Whether it is behind this number of the stage (1..).
bool is_behind(const FunnelFrame& frame, std::int32_t stage, FunnelNumber number, const StageCase& one);

struct StageCount {
  std::array<std::int64_t, kFunnelNumbers> numbers{};
  std::optional<double> next_rate;                     ///< to_next / base; none at the last stage, or without a base
  std::optional<double> last_rate;                     ///< to_last / base
  /// From this stage to the next where the case has an entry of its own into both; percentiles as Excel's PERCENTILE.INC.
  std::optional<std::chrono::microseconds> median;
  std::optional<std::chrono::microseconds> percentile90;
  std::vector<StageCase> cases;                        ///< behind the base, if asked for

  [[nodiscard]] std::int64_t operator[](FunnelNumber number) const { return numbers[static_cast<std::size_t>(number)]; }
};

struct FunnelCount {
  std::vector<StageCount> stages;
  std::int64_t distinct = 0;                                ///< cases, each once
  std::optional<std::chrono::microseconds> median_to_last;  ///< from the first stage to the last, where both have their own entry
  /// For each currency, in the order of their letters: the amounts of the entries that won their case.
  std::vector<Money> won;
  /// For each currency, a day: open cases × mean won amount × won / (won + lost) ÷ median days from the first stage to the last. The mean is
  /// over all won cases, so that currencies stand beside each other. None of *active*, which does not tell the lost.
  std::vector<Money> velocity;
};

class Times;

/// Counts cases, of all or of one group; each is added at most once, or stage by stage without another one in between.
class FunnelTally {
 public:
  FunnelTally(const FunnelFrame& frame, bool with_cases);
  FunnelTally(FunnelTally&& other) noexcept;
  ~FunnelTally();
  /// At all stages that count it. Throws `money.overflow`.
  void add(const CaseStanding& standing) { change(standing, 1); }
  /// At this stage (1..) alone: in *active* a case may be another manager's at each stage.
  void add(const CaseStanding& standing, std::int32_t stage) { change(standing, stage, 1); }
  /// Takes out one that was added so, as if it had never been; not with cases.
  void remove(const CaseStanding& standing) { change(standing, -1); }
  void remove(const CaseStanding& standing, std::int32_t stage) { change(standing, stage, -1); }
  [[nodiscard]] FunnelCount count();
  /// How many times are held.
  [[nodiscard]] std::size_t times() const;

 private:
  [[nodiscard]] std::size_t cell(std::int32_t stage, std::int32_t position, bool lost) const;
  void change(const CaseStanding& standing, std::int64_t by);
  void change(const CaseStanding& standing, std::int32_t stage, std::int64_t by);
  void change_time(const CaseStanding& standing, std::size_t stage, std::size_t from, std::size_t to, std::int64_t by);
  void change_won(const CaseStanding& standing, std::int64_t by);
  void settle_stage(std::int32_t stage, FunnelCount& out);
  static void settle_velocity(const FunnelFrame& frame, FunnelCount& out);

  FunnelFrame frame_;
  bool with_cases_;
  std::int64_t distinct_ = 0;
  std::optional<std::pair<std::uint32_t, std::int64_t>> last_;   ///< the last case of which a stage was changed, and whether in or out
  std::vector<std::int64_t> cells_;                 ///< cases by stage, position, lost
  std::vector<std::int64_t> whole_;                 ///< cases by position, lost, that all stages up to the position count
  std::vector<std::vector<StageCase>> cases_;       ///< by stage, if asked for
  struct Won {
    Money sum;
    std::int64_t entries = 0;
  };
  std::vector<Won> won_;                            ///< by currency
  std::vector<Times> times_;                        ///< by stage, to the next one; the last: from the first to the last
};

}  // namespace crm
