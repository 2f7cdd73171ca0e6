#include "play.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <sstream>

#include "deeds.hpp"

namespace crm::years {
namespace {

const Deed& deed_of(const Step& step) { return deeds()[static_cast<std::size_t>(step.deed)]; }

std::uint64_t state_of(House& house) { return Facts(*house.raw().read(), house.raw().schema()).hash(); }

std::string told(const Error& error) { return std::string(name(error.code())) + " (" + error.message() + ")"; }

std::string all_of(int from) {
  std::string text;
  char part[4096];
  for (ssize_t size; (size = read(from, part, sizeof part)) > 0;) text.append(part, static_cast<std::size_t>(size));
  close(from);
  return text;
}

void write_all(int to, const std::string& text) {
  for (std::size_t at = 0; at < text.size();) {
    const ssize_t size = write(to, text.data() + at, text.size() - at);
    if (size <= 0) _exit(3);
    at += static_cast<std::size_t>(size);
  }
}

}  // namespace

void Player::play(std::span<const Step> steps) {
  for (std::size_t from = 0, to = 0; from < steps.size(); from = to) {
    const Step& first = steps[from];
    for (to = from + 1; first.unit && to < steps.size() && steps[to].unit == first.unit;) ++to;
    const auto group = steps.subspan(from, to - from);
    house_.go_to(first.day, first.minute);
    if (first.unit && first.ending >= Ending::killed && !house_.memory()) {
      play_killed(group);
    } else if (first.unit) {
      play_unit(group);
    } else if (first.fault >= 0 && !house_.memory()) {
      play_failing(first);
    } else {
      play_one(house_.handle(first.handle), first);
    }
  }
}

void Player::play_unit(std::span<const Step> steps) {
  const int handle = steps.front().unit_handle;
  const auto made = house_.all_made();
  const Ending ending = steps.front().ending;
  const bool kept = ending == Ending::commit || ending == Ending::killed_after;
  const std::uint64_t before = kept || house_.memory() ? 0 : state_of(house_);
  Crm& db = house_.handle(handle);
  if (!begin(db, steps.front())) return;
  for (const Step& step : steps) {
    house_.go_to(step.day, step.minute);
    if (house_.memory() || step.handle == handle) attempt(db, step);
    else attempt(house_.handle(step.handle), step);
  }
  house_.unit = 0;
  if (kept) {
    db.commit();
    return;
  }
  ending == Ending::close && !house_.memory() ? house_.close(handle) : db.rollback();
  house_.forget_since(made);
  if (!house_.memory() && state_of(house_) != before) throw Broken{"rollback", "a unit of work that was not committed has changed the base"};
}

template <class Work>
bool Player::tried(const Step& step, Work&& work) {
  try {
    work();
    return true;
  } catch (const Skipped&) {
    ++counted_.skipped;
  } catch (const Error& error) {
    answered(step, error);
  }
  return false;
}

/// False: he is not there, or not in service.
bool Player::become(Crm& db, const Step& step) {
  return tried(step, [&] { db.act_as(step.who < 0 ? UserId{} : UserId{house_.id_of(User::kEntity, step.who)}); });
}

/// Who acts first acts in the whole unit.
bool Player::begin(Crm& db, const Step& first) {
  if (!become(db, first)) return false;
  db.begin();
  house_.unit = first.unit;
  return true;
}

void Player::play_killed(std::span<const Step> steps) {
  const bool kept = steps.front().ending == Ending::killed_after;
  const std::uint64_t before = state_of(house_);
  house_.close_all();  // a connection is not to be carried into a child
  int ends[2];
  if (pipe(ends)) throw Broken{"machine", "no pipe"};
  const pid_t child = fork();
  if (child < 0) throw Broken{"machine", "no process"};
  if (child == 0) die(steps, ends[1]);
  close(ends[1]);
  std::istringstream lines(all_of(ends[0]));
  waitpid(child, nullptr, 0);
  ++counted_.killed;
  bool ended = false;
  for (std::string word; lines >> word;) {
    EntityNo entity = 0;
    int key = 0;
    Id id = 0;
    std::string rest;
    if (word == "end") ended = true;
    if (word == "made" && lines >> entity >> key >> id && kept) house_.made(entity, key, id);
    if (word == "broken" && lines >> word && std::getline(lines, rest)) throw Broken{word, "in a process to be killed:" + rest};
  }
  if (!ended) throw Broken{"crash", "a process died before it was killed"};
  if (!kept && state_of(house_) != before) throw Broken{"killed", "a unit of work that was not committed has changed the base"};
}

void Player::die(std::span<const Step> steps, int to_parent) {
  std::ostringstream out;
  try {
    const auto before = house_.all_made();
    Crm& db = house_.handle(steps.front().unit_handle);
    if (begin(db, steps.front())) {
      for (const Step& step : steps) {
        house_.go_to(step.day, step.minute);
        attempt(db, step);
      }
      if (steps.front().ending == Ending::killed_after) db.commit();
    }
    for (const auto& [thing, id] : house_.all_made())
      if (!before.contains(thing)) out << "made " << thing.first << " " << thing.second << " " << id << "\n";
  } catch (const Broken& broken) {
    out << "broken " << broken.invariant << " " << broken.sentence << "\n";
  } catch (const std::exception& error) {
    out << "broken answer " << error.what() << "\n";
  }
  write_all(to_parent, out.str() + "end\n");
  kill(getpid(), SIGKILL);
  _exit(1);
}

void Player::play_failing(const Step& step) {
  conformance::Fault* fault = nullptr;
  Crm& db = house_.failing(fault);
  const std::uint64_t before = state_of(house_);
  const auto made = house_.all_made();
  if (!become(db, step)) return;
  house_.unit = -1;
  fault->calls = 0;
  fault->fails_at = step.fault;
  bool failed = false;
  try {
    db.as_one([&] { deed_of(step).play({house_, db, step}); });
  } catch (const Error& error) {
    failed = error.refused_by("fault");
    if (!failed) answered(step, error);
  } catch (const Skipped&) {
  }
  fault->fails_at = -1;
  house_.unit = 0;
  if (!failed) return;
  ++counted_.failed;
  house_.forget_since(made);
  if (state_of(house_) != before) throw Broken{"fault", "a call that failed has changed the base"};
  play_one(db, step);
}

void Player::play_one(Crm& db, const Step& step) {
  const Version before = house_.raw().read()->last_change();
  if (attempt(db, step) || deed_of(step).several) return;
  if (house_.raw().read()->last_change() != before) throw Broken{"refused", "a call that was refused has changed the base"};
}

/// False: refused.
bool Player::attempt(Crm& db, const Step& step) {
  if (!db.in_unit() && !become(db, step)) return false;
  return tried(step, [&] {
    deed_of(step).play({house_, db, step});
    ++counted_.done;
    answers_ += "done ";
  });
}

void Player::answered(const Step& step, const Error& error) {
  answers_ += std::string(name(error.code())) + (error.violations().empty() ? "" : ":" + error.violations().front().rule) + " ";
  if (error.is_refusal()) {
    ++counted_.refused;
  } else if (error.code() == Code::busy && house_.unit > 0 && step.handle != step.unit_handle) {
    ++counted_.busy;
  } else {
    throw Broken{"answer", "a call is neither done nor refused: " + told(error)};
  }
}

}  // namespace crm::years
