// Plays steps: by themselves, in units of work on several handles, over a store that fails, in a process that is killed.
#pragma once

#include <span>
#include <string>

#include "facts.hpp"
#include "plan.hpp"
#include "run.hpp"

namespace crm::years {

class Player {
 public:
  Player(House& house, Counted& counted) : house_(house), counted_(counted) {}

  /// Those of one day. Throws `Broken`.
  void play(std::span<const Step> steps);
  /// What every step was answered, since the last time.
  std::string take_answers() { return std::exchange(answers_, {}); }

 private:
  /// False: skipped, or refused, which is counted.
  template <class Work>
  bool tried(const Step& step, Work&& work);
  bool become(Crm& db, const Step& step);
  bool begin(Crm& db, const Step& first);
  void play_unit(std::span<const Step> steps);
  void play_killed(std::span<const Step> steps);
  [[noreturn]] void die(std::span<const Step> steps, int to_parent);
  void play_failing(const Step& step);
  void play_one(Crm& db, const Step& step);
  bool attempt(Crm& db, const Step& step);
  void answered(const Step& step, const Error& error);

  House& house_;
  Counted& counted_;
  std::string answers_;
};

}  // namespace crm::years
