// years [--days N] [--memory] [--only NUMBERS] SEED...: plays years of a house from each seed. 1: an invariant broke; it is told with the
// steps that are needed for it.
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <set>
#include <sstream>
#include <string_view>

#include "run.hpp"

using namespace crm::years;

namespace {

struct Asked {
  int days = 1096;
  RunOptions options;
  std::set<int> only;
  std::vector<std::uint64_t> seeds;
};

Asked read_arguments(int count, char** words) {
  Asked asked;
  for (int i = 1; i < count; ++i) {
    const std::string_view word = words[i];
    const auto next = [&] { return ++i < count ? words[i] : ""; };
    if (word == "--memory") {
      asked.options.memory = true;
    } else if (word == "--days") {
      asked.days = std::atoi(next());
    } else if (word == "--only") {
      std::istringstream numbers(next());
      for (std::string number; std::getline(numbers, number, ',');) asked.only.insert(std::atoi(number.c_str()));
    } else {
      asked.seeds.push_back(std::strtoull(words[i], nullptr, 10));
    }
  }
  return asked;
}

void tell_progress(std::size_t steps, int runs) {
  if (isatty(2)) std::fprintf(stderr, "\r%zu steps after %d runs   ", steps, runs);
}

void tell(const Plan& plan, const Outcome& outcome, const Asked& asked) {
  std::cout << "seed " << plan.seed << ", day " << outcome.day << ": " << outcome.invariant << ": " << outcome.sentence << "\n";
  if (!asked.only.empty()) return;
  const Plan least = shortened(plan, outcome, asked.options, tell_progress);
  std::cout << "what is left of its steps:\n";
  std::string numbers;
  for (const Step& step : least.steps) {
    std::cout << "  " << in_words(step) << "\n";
    numbers += (numbers.empty() ? "" : ",") + std::to_string(step.number);
  }
  std::cout << "again: tests/campaign.sh years --days " << least.days << (asked.options.memory ? " --memory" : "") << " --only " << numbers << " "
            << plan.seed << "\n";
  if (const Outcome last = run(least, asked.options); !last.invariant.empty()) std::cout << "then, on day " << last.day << ": " << last.sentence << "\n";
}

}  // namespace

int main(int count, char** words) {
  const Asked asked = read_arguments(count, words);
  if (asked.seeds.empty() || asked.days < 1) {
    std::cerr << "usage: years [--days N] [--memory] [--only NUMBERS] SEED...\n";
    return 2;
  }
  bool all_held = true;
  for (const std::uint64_t seed : asked.seeds) {
    Plan plan = plan_of(seed, asked.days);
    if (!asked.only.empty()) std::erase_if(plan.steps, [&](const Step& step) { return !asked.only.contains(step.number); });
    const auto began = std::chrono::steady_clock::now();
    const Outcome outcome = run(plan, asked.options);
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    const Counted& c = outcome.counted;
    std::printf("seed %llu: %d days, %zu steps: %lld done, %lld refused, %lld skipped, %lld busy, %lld failed, %lld killed; trace %016llx; %.1f s\n",
                static_cast<unsigned long long>(seed), outcome.day + 1, plan.steps.size(), static_cast<long long>(c.done), static_cast<long long>(c.refused),
                static_cast<long long>(c.skipped), static_cast<long long>(c.busy), static_cast<long long>(c.failed), static_cast<long long>(c.killed),
                static_cast<unsigned long long>(outcome.trace), seconds);
    std::fflush(stdout);
    if (outcome.invariant.empty()) continue;
    all_held = false;
    tell(plan, outcome, asked);
    std::cout.flush();
  }
  return all_held ? 0 : 1;
}
