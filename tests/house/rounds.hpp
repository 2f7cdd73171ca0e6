// How much random input a test plays.
#pragma once

namespace crm::test {

/// Sanitizers take ten times as long for each round, so they see the first few of those that the optimised build plays.
constexpr int rounds([[maybe_unused]] int all, [[maybe_unused]] int few) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  return few;
#else
  return all;
#endif
}

}  // namespace crm::test
