// E4: a process killed between any two steps loses no notice, and repeats none under another key.
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <map>
#include <random>

#include "fixture.hpp"

using namespace crm;
using namespace crm::test;

namespace {

/// What was shown to people: a line of key and what it is about, written at once.
class Screen {
 public:
  explicit Screen(std::string path) : path_(std::move(path)) {}
  void show(const NoticeMessage& m) const {
    std::ofstream out(path_, std::ios::app);
    out << m.notice.key + " " + std::to_string(m.notice.event.value) + "\n" << std::flush;
  }
  /// By event: the different keys shown.
  [[nodiscard]] std::map<Id, std::map<std::string, int>> seen() const {
    std::map<Id, std::map<std::string, int>> out;
    std::ifstream in(path_);
    std::string key;
    Id event = 0;
    while (in >> key >> event) ++out[event][key];
    return out;
  }

 private:
  std::string path_;
};

/// A host at work: plans events, ticks, claims, shows, acknowledges; half of it through the sink.
[[noreturn]] void work(const std::string& file, const Screen& screen, unsigned seed) {
  std::mt19937 dice(seed);
  Crm db = crm::open(file);
  Instant now = at("2026-03-02T02:00:00Z");
  db.host().clock = [&] { return now; };
  if (seed % 2) db.host().deliver = [&](const NoticeMessage& m) { screen.show(m); };
  for (;;) {
    Event event;
    event.type = {1};
    event.company = {1};
    event.executor = {1};
    event.setter = {1};
    event.start = now + std::chrono::minutes(30 + dice() % 60);
    db.plan(event);
    now += std::chrono::minutes(dice() % 20);
    db.tick(50);
    if (seed % 2) continue;
    for (const NoticeMessage& m : db.claim_notices(50, std::chrono::seconds(60))) {
      screen.show(m);
      db.acknowledge_notice(m.notice.id);
    }
  }
}

}  // namespace

TEST_CASE("whenever the host is killed, every notice is shown, each under one key, and only the one in its hands twice") {
  const std::string base = "/tmp/crm_outbox_" + std::to_string(getpid());
  const std::string file = base + ".db";
  const Screen screen(base + ".txt");
  {
    Crm db = crm::open(file);
    User user;
    user.last_name = "Менеджеров";
    user.hired = day("2020-01-01");
    db.save(user);
    EventType type;
    type.code = "call";
    type.name_ru = "звонок";
    db.save(type);
    Company company;
    company.name = "Вектор";
    db.save(company);
    Reminder reminder;
    reminder.type = type.id;
    reminder.minutes_before = 15;
    db.save(reminder);
  }
  constexpr unsigned kRuns = 20;
  std::mt19937 dice(7);
  unsigned run = 0;
  for (; run < kRuns || (run < 10 * kRuns && screen.seen().size() < 25); ++run) {
    const pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0) work(file, screen, run);
    const unsigned patience = 1 + run / kRuns;  // a slow machine gets further before it is killed
    usleep(static_cast<useconds_t>((5000 + dice() % 30000) * patience));
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
  }

  // What is left is shown by a host that is not killed.
  Crm db = crm::open(file);
  const auto events = db.list<Event>({});
  REQUIRE(events.size() > 20);
  Instant now = at("2026-03-02T02:00:00Z");
  db.host().clock = [&] { return now; };
  for (int step = 0; step < 2000; ++step) {  // minute by minute, so that no reminder has become idle
    for (const NoticeMessage& m : db.claim_notices(1000, std::chrono::seconds(60))) {
      screen.show(m);
      db.acknowledge_notice(m.notice.id);
    }
    now += std::chrono::minutes(1);
  }
  const auto seen = screen.seen();
  std::int64_t repeated = 0;
  for (const Event& event : events) {
    CAPTURE(event.id.value);
    const auto of = seen.find(event.id.value);
    REQUIRE(of != seen.end());
    Query expired;  // a reminder that waited while others were killed one after another, until its event was over
    expired.filter = where::all({where::eq(Notice::kEvent, event.id.value),
                                 where::eq(Notice::kState, static_cast<Id>(Notice::State::expired)),
                                 where::eq(Notice::kKind, static_cast<Id>(Notice::Kind::reminder))});
    CHECK(of->second.size() + db.list<Notice>(expired).size() == 2);  // created, and one reminder
    for (const auto& [key, times] : of->second) repeated += times - 1;
  }
  CHECK(seen.size() == events.size());      // nothing was shown of an event that is not there
  CHECK(repeated <= std::int64_t{run} * 50);  // at most what each killed one had claimed
  for (const char* tail : {".db", ".db-wal", ".db-shm", ".txt"}) unlink((base + tail).c_str());
}
