#include "plan.hpp"

#include <algorithm>
#include <cstdio>

#include "deeds.hpp"

namespace crm::years {
namespace {

constexpr int kMorning = 8 * 60, kEvening = 22 * 60;

int drawn_deed(Drawing& drawing) {
  static const int kSum = [] {
    int sum = 0;
    for (const Deed& deed : deeds()) sum += deed.weight;
    return sum;
  }();
  int left = drawing.of(kSum);
  for (int i = 0;; ++i)
    if ((left -= deeds()[static_cast<std::size_t>(i)].weight) < 0) return i;
}

Step drawn_step(Drawing& drawing, int number, int day, int minute) {
  Step step;
  step.number = number;
  step.day = drawing.day = day;
  step.minute = minute;
  step.who = drawing.one_in(3) ? -1 : drawing.one_of(drawing.users);
  step.handle = drawing.of(kHandles);
  step.deed = drawn_deed(drawing);
  drawing.key = kMade + number;
  deeds()[static_cast<std::size_t>(step.deed)].draw(drawing, step);
  if (drawing.one_in(25)) step.fault = drawing.of(60);
  return step;
}

/// The next few steps of a plan are one unit of work.
struct DrawnUnit {
  int number = 0;
  int left = 0;
  int handle = 0;
  int who = -1;
  Ending ending = Ending::commit;
};

Ending drawn_ending(Drawing& drawing) {
  switch (drawing.of(10)) {
    case 0: return Ending::killed;
    case 1: return Ending::killed_after;
    case 2: return Ending::close;
    case 3:
    case 4: return Ending::rollback;
    default: return Ending::commit;
  }
}

}  // namespace

KnownEvent Drawing::event_between(int back, int ahead) {
  std::vector<const KnownEvent*> found;
  for (auto event = events.rbegin(); event != events.rend() && found.size() < 20; ++event)
    if (event->day >= day - back && event->day <= day + ahead) found.push_back(&*event);
  if (!found.empty()) return *found[static_cast<std::size_t>(of(static_cast<int>(found.size())))];
  return events.empty() ? KnownEvent{} : events.back();
}

Plan plan_of(std::uint64_t seed, int days) {
  Plan plan{seed, days, {}};
  Drawing drawing;
  drawing.random.seed(seed);
  for (int i = 0; i < kUsers; ++i) drawing.users.push_back(i);
  for (int i = 0; i < kCompanies; ++i) drawing.companies.push_back(i), drawing.employees.push_back(i);
  int number = 0, units = 0;
  for (int day = 0; day < days; ++day) {
    const bool weekend = day % 7 >= 5;
    std::vector<int> minutes;
    for (int n = weekend ? drawing.of(3) : 6 + drawing.of(10); n > 0; --n) minutes.push_back(kMorning + drawing.of(kEvening - kMorning));
    std::ranges::sort(minutes);
    DrawnUnit unit;
    for (int minute : minutes) {
      Step step = drawn_step(drawing, ++number, day, minute);
      if (!unit.left && drawing.one_in(15)) unit = {++units, 2 + drawing.of(4), step.handle, step.who, drawn_ending(drawing)};
      if (unit.left) {
        --unit.left;
        step.unit = unit.number;
        step.unit_handle = unit.handle;
        step.ending = unit.ending;
        step.fault = -1;
        if (unit.ending >= Ending::killed || !drawing.one_in(5)) step.handle = unit.handle;  // else somebody else meanwhile
        if (step.handle == unit.handle) step.who = unit.who;
      }
      plan.steps.push_back(step);
    }
  }
  return plan;
}

std::string in_words(const Step& step) {
  char head[120];
  std::snprintf(head, sizeof head, "step %d, day %d %02d:%02d, handle %d", step.number, step.day, step.minute / 60, step.minute % 60, step.handle);
  std::string words = head;
  const auto thing = [](int key) { return key < kMade ? "no. " + std::to_string(key) : "of step " + std::to_string(key - kMade); };
  words += step.who < 0 ? ", the host" : ", user " + thing(step.who);
  static constexpr const char* kEndings[] = {"committed", "rolled back", "dropped with its handle", "killed", "killed once committed"};
  if (step.unit) words += ", in unit " + std::to_string(step.unit) + " (" + kEndings[static_cast<std::size_t>(step.ending)] + ")";
  if (step.fault >= 0) words += ", the store fails after " + std::to_string(step.fault) + " calls";
  words += ": ";
  const std::string told = deeds()[static_cast<std::size_t>(step.deed)].words;
  for (std::size_t at = 0; at < told.size(); ++at) {
    if (told[at] != '{') {
      words += told[at];
      continue;
    }
    const bool is_thing = told[++at] == 'e';
    if (is_thing) ++at;
    const int value = step.args[static_cast<std::size_t>(told[at++] - '0')];
    words += is_thing ? thing(value) : std::to_string(value);
  }
  return words;
}

}  // namespace crm::years
