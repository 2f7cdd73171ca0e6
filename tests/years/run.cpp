#include "run.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstring>
#include <filesystem>
#include <span>
#include <sstream>

#include "facts.hpp"
#include "play.hpp"

namespace crm::years {
namespace {

struct Check {
  const char* name;
  void (*check)(const Evening&);
};
constexpr Check kChecks[] = {{"log", check_log},       {"events", check_events},   {"staff", check_staff},    {"cards", check_cards},
                             {"access", check_access}, {"notices", check_notices}, {"escalation", check_escalation},
                             {"matrices", check_matrices}, {"numbers", check_numbers}};

std::string base_of(pid_t process) {
  return (std::filesystem::temp_directory_path() / ("crm_years_" + std::to_string(process) + ".db")).string();
}

class Runner {
 public:
  Runner(const Plan& plan, const RunOptions& options, Outcome& outcome)
      : plan_(plan), options_(options), outcome_(outcome),
        house_({base_of(getpid()), options.memory}, plan.seed),
        player_(house_, outcome.counted) {}

  void all() {
    settle(house_);
    evening_before_ = Facts(*house_.raw().read(), house_.raw().schema());
    const std::span<const Step> steps(plan_.steps);
    for (std::size_t from = 0, to = 0; outcome_.day < plan_.days; ++outcome_.day, from = to) {
      while (to < steps.size() && steps[to].day == outcome_.day) ++to;
      if (from == to && options_.last_evening_only && outcome_.day + 1 < plan_.days) continue;
      player_.play(steps.subspan(from, to - from));
      if (!options_.last_evening_only || outcome_.day + 1 == plan_.days) evening();
    }
    outcome_.day = plan_.days - 1;
  }

 private:
  void evening() {
    house_.go_to(outcome_.day, 23 * 60 + 30);
    const auto session = house_.raw().read();
    Facts facts(*session, house_.raw().schema());
    const std::vector<LogLine> log = session->changes(evening_before_.last, 0);
    trace(facts);
    Crm& db = house_.handle(0);
    db.act_as(UserId{});
    const Evening evening{house_, db, facts, evening_before_, log, house_.now(), house_.today(), house_.zone()};
    for (const Check& check : kChecks) {
      if (!options_.only.empty() && options_.only != check.name) continue;
      try {
        check.check(evening);
      } catch (Broken& broken) {
        throw Broken{std::string(check.name) + "/" + broken.invariant, broken.sentence};
      } catch (const Error& error) {
        throw Broken{std::string(check.name) + "/question", "a question is not answered: " + error.message()};
      }
      db.act_as(UserId{});
    }
    evening_before_ = std::move(facts);
  }

  void trace(const Facts& facts) {
    for (char letter : player_.take_answers()) outcome_.trace = (outcome_.trace ^ static_cast<unsigned char>(letter)) * 1099511628211u;
    outcome_.trace = (outcome_.trace ^ facts.hash()) * 1099511628211u;
  }

  const Plan& plan_;
  const RunOptions& options_;
  Outcome& outcome_;
  House house_;
  Player player_;
  Facts evening_before_;
};

Outcome run_here(const Plan& plan, const RunOptions& options) {
  Outcome outcome;
  outcome.trace = 14695981039346656037u;
  try {
    Runner(plan, options, outcome).all();
  } catch (const Broken& broken) {
    outcome.invariant = broken.invariant;
    outcome.sentence = broken.sentence;
  } catch (const std::exception& error) {
    outcome.invariant = "exception";
    outcome.sentence = error.what();
  }
  return outcome;
}

std::string as_text(const Outcome& outcome) {
  std::ostringstream out;
  const Counted& c = outcome.counted;
  out << outcome.day << " " << outcome.trace << " " << c.done << " " << c.refused << " " << c.skipped << " " << c.busy << " " << c.failed << " "
      << c.killed << "\n" << outcome.invariant << "\n" << outcome.sentence;
  return out.str();
}

Outcome from_text(const std::string& text) {
  Outcome outcome;
  Counted& c = outcome.counted;
  std::istringstream in(text);
  in >> outcome.day >> outcome.trace >> c.done >> c.refused >> c.skipped >> c.busy >> c.failed >> c.killed;
  in.ignore(1);
  std::getline(in, outcome.invariant);
  std::getline(in, outcome.sentence, '\0');
  return outcome;
}

}  // namespace

Outcome run(const Plan& plan, const RunOptions& options) {
  int ends[2];
  if (pipe(ends)) throw std::runtime_error("no pipe");
  const pid_t child = fork();
  if (child < 0) throw std::runtime_error("no process");
  if (child == 0) {
    close(ends[0]);
    const std::string text = as_text(run_here(plan, options));
    const bool written = write(ends[1], text.data(), text.size()) == static_cast<ssize_t>(text.size());
    _exit(written ? 0 : 1);
  }
  close(ends[1]);
  std::string text;
  char part[4096];
  for (ssize_t size; (size = read(ends[0], part, sizeof part)) > 0;) text.append(part, static_cast<std::size_t>(size));
  close(ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  if (!WIFSIGNALED(status)) return from_text(text);
  remove_base(base_of(child));
  Outcome crashed;
  crashed.invariant = "crash";
  crashed.sentence = std::string("the process died: ") + strsignal(WTERMSIG(status));
  crashed.day = plan.days - 1;
  return crashed;
}

}  // namespace crm::years
