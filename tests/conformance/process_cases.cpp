// Several processes on one base lose nothing.
#include <doctest/doctest.h>

#include "shop.hpp"

#if defined(__unix__) || defined(__APPLE__)
#include <sys/wait.h>
#include <unistd.h>
#define CRM_CAN_FORK 1
#endif

namespace crm::conformance {
namespace {

#ifdef CRM_CAN_FORK

constexpr int kWriters = 4;
constexpr int kReaders = 2;
constexpr int kRounds = 25;
constexpr int kTries = 20'000;  // a base that stays busy for so long is stuck

// Again while the base is busy; false if it never stops.
template <class Work>
bool patiently(Work&& work) {
  for (int i = 0; i < kTries; ++i) {
    try {
      work();
      return true;
    } catch (const Error& error) {
      if (error.code() != Code::busy) throw;
      usleep(500);
    }
  }
  return false;
}

// Hires people one by one and counts them in the company's staff.
bool hire(const StoreUnderTest& under_test, int writer) {
  std::unique_ptr<Store> store;
  if (!patiently([&] { store = under_test.reopen(shop()); })) return false;
  for (int i = 0; i < kRounds; ++i) {
    const bool done = patiently([&] {
      write(*store, [&](Session& session) {
        const auto employer = session.find(company::kEntity, 1);
        const std::int64_t staff = std::get<std::int64_t>(employer->values[2]);
        update(session, company::kEntity, 1, employer->version, {{company::kStaff, staff + 1}});
        Batch batch(session);
        batch.insert(person::kEntity, {{person::kCompany, 1}, {person::kTable, writer * kRounds + i}});
        batch.apply();
      });
    });
    if (!done) return false;
  }
  return true;
}

// In every snapshot there are as many people as the company counts.
bool look(const StoreUnderTest& under_test) {
  std::unique_ptr<Store> store;
  if (!patiently([&] { store = under_test.reopen(shop()); })) return false;
  bool right = true;
  for (int i = 0; i < 2 * kRounds && right; ++i) {
    const bool done = patiently([&] {
      const auto session = store->read();
      const auto people = matching(*session, person::kEntity, where::all({})).size();
      const auto employer = session->find(company::kEntity, 1);
      right = employer && employer->values[2] == Value(static_cast<std::int64_t>(people)) &&
              session->last_change() == static_cast<Version>(1 + 2 * people);
    });
    if (!done) return false;
    usleep(1000);
  }
  return right;
}

pid_t in_a_process(const std::function<bool()>& work) {
  const pid_t child = fork();
  if (child != 0) return child;
  try {
    _exit(work() ? 0 : 1);
  } catch (...) {
    _exit(2);
  }
}

void many_processes(const StoreUnderTest& under_test) {
  {
    const auto store = shop_with(under_test, [](Session& session) {
      insert(session, company::kEntity, {{company::kName, "Alpha"}, {company::kStaff, 0}});
    });
    if (!under_test.reopen || !store->can(Capability::shared)) return;
  }  // no handle is carried over a fork

  std::vector<pid_t> children;
  for (int i = 0; i < kWriters; ++i) children.push_back(in_a_process([&] { return hire(under_test, i); }));
  for (int i = 0; i < kReaders; ++i) children.push_back(in_a_process([&] { return look(under_test); }));
  for (const pid_t child : children) {
    int status = -1;
    CHECK(waitpid(child, &status, 0) == child);
    CHECK(status == 0);
  }

  const auto store = under_test.reopen(shop());
  const auto session = store->read();
  CHECK(row(*session, company::kEntity, 1).values[2] == Value(kWriters * kRounds));
  CHECK(matching(*session, person::kEntity, where::all({})).size() == kWriters * kRounds);
  CHECK(session->last_change() == 1 + 2 * kWriters * kRounds);
}

#else
void many_processes(const StoreUnderTest&) {}
#endif

const Case kCases[] = {
    {"four writing and two reading processes lose nothing and see no half of a change", many_processes},
};

}  // namespace

std::span<const Case> process_cases() { return kCases; }

}  // namespace crm::conformance
