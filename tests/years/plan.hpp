// What happens in a house, as data: made from a seed without asking any base, so that every part of it can be played again.
#pragma once

#include <array>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace crm::years {

/// How a unit of work ends that several steps are in.
enum class Ending : std::uint8_t {
  commit,
  rollback,
  close,              ///< the handle is dropped
  killed,             ///< the process dies without commit
  killed_after,       ///< ... right after it
};

/// Arguments are numbers of things, never ids: below `kMade` those of the house as it begins, else that which step `number` - kMade made.
/// What is not there in a part of the plan is skipped.
struct Step {
  int number = 0;
  int day = 0;        ///< since the first one
  int minute = 0;     ///< of the wall clock
  int deed = 0;       ///< place in `deeds()`
  int who = -1;       ///< a user; -1: the host
  int handle = 0;
  int unit = 0;       ///< steps of the same one are one unit of work; 0: by itself
  int unit_handle = 0;
  Ending ending = Ending::commit;  ///< of the unit
  int fault = -1;     ///< so many calls of the store work, the next one fails
  std::array<int, 8> args{};
};

inline constexpr int kMade = 1'000'000;
inline constexpr int kHandles = 3;

struct Plan {
  std::uint64_t seed = 0;
  int days = 0;
  std::vector<Step> steps;  ///< in order
};

/// A planned meeting as far as a plan knows it.
struct KnownEvent {
  int key = 0;
  int day = 0;        ///< on which it is to begin
  int executor = 0;
};

/// What has been made so far, from which later steps choose.
struct Drawing {
  std::mt19937_64 random;
  int day = 0;
  int key = 0;        ///< of what the step being drawn makes
  std::vector<int> users, companies, employees, documents, receipts;
  std::vector<KnownEvent> events;

  int of(int n) { return static_cast<int>(random() % static_cast<std::uint64_t>(n)); }
  bool one_in(int n) { return of(n) == 0; }
  int one_of(const std::vector<int>& keys) { return keys.empty() ? 0 : keys[static_cast<std::size_t>(of(static_cast<int>(keys.size())))]; }
  /// One that is to begin between so many days ago and so many to come; none: the last one.
  KnownEvent event_between(int back, int ahead);
};

Plan plan_of(std::uint64_t seed, int days);

/// "step 17, day 12 10:15, user 3: holds the event of step 12 ..."
std::string in_words(const Step& step);

}  // namespace crm::years
