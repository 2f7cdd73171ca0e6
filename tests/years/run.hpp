// Plays a plan, or a part of one, in a house made anew, and checks every evening what must hold.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "house.hpp"
#include "plan.hpp"

namespace crm::years {

struct RunOptions {
  bool memory = false;
  bool last_evening_only = false;   ///< invariants are asked once, after the last step
  std::string only;                 ///< this invariant alone; empty: all
};

struct Counted {
  std::int64_t done = 0, refused = 0, skipped = 0, busy = 0, failed = 0, killed = 0;
};

struct Outcome {
  std::string invariant;            ///< that is broken; empty: all hold
  std::string sentence;
  int day = 0;
  std::uint64_t trace = 0;          ///< of every answer and of all rows of every evening
  Counted counted;
};

/// In a process of its own, so that a crash is an outcome ("crash").
Outcome run(const Plan& plan, const RunOptions& options);

/// Without the steps that are not needed for the same invariant to break. `told` hears of progress.
Plan shortened(const Plan& plan, const Outcome& outcome, RunOptions options, void (*told)(std::size_t steps, int runs));

}  // namespace crm::years
