// Delta debugging: of a run that breaks an invariant, the steps without which it does not (Zeller and Hildebrandt, 2002).
#include <algorithm>

#include "run.hpp"

namespace crm::years {
namespace {

constexpr int kMostRuns = 600;

struct Shortening {
  const Outcome& wanted;
  RunOptions options;
  void (*told)(std::size_t, int);
  int runs = 0;

  bool still(const Plan& plan) {
    ++runs;
    return run(plan, options).invariant == wanted.invariant;
  }

  /// Takes out chunks of that size, the latest first: what is made later is needed by less. True: some were not needed.
  bool drop(Plan& plan, std::size_t chunk) {
    bool dropped = false;
    for (std::size_t end = plan.steps.size(); end > 0 && runs < kMostRuns;) {
      const std::size_t from = end > chunk ? end - chunk : 0;
      Plan less = plan;
      less.steps.erase(less.steps.begin() + static_cast<std::ptrdiff_t>(from), less.steps.begin() + static_cast<std::ptrdiff_t>(end));
      if (still(less)) {
        plan = std::move(less);
        dropped = true;
        told(plan.steps.size(), runs);
      }
      end = from;
    }
    return dropped;
  }
};

}  // namespace

Plan shortened(const Plan& plan, const Outcome& outcome, RunOptions options, void (*told)(std::size_t steps, int runs)) {
  Plan now = plan;
  now.days = outcome.day + 1;
  std::erase_if(now.steps, [&](const Step& step) { return step.day > outcome.day; });
  const auto slash = outcome.invariant.find('/');
  if (slash != std::string::npos) options.only = outcome.invariant.substr(0, slash);
  options.last_evening_only = true;
  Shortening shortening{outcome, options, told};
  if (!shortening.still(now)) {  // what was asked on the evenings before is a part of it
    shortening.options.last_evening_only = false;
    if (!shortening.still(now)) shortening.options.only.clear();
  }
  for (std::size_t chunk = std::max<std::size_t>(1, now.steps.size() / 2);; chunk = std::max<std::size_t>(1, chunk / 2)) {
    const bool dropped = shortening.drop(now, chunk);
    if (chunk == 1 && (!dropped || shortening.runs >= kMostRuns)) break;
  }
  return now;
}

}  // namespace crm::years
