// A broken or a full disk: the n-th read, write, sync, truncate, lock or open of SQLite fails in every function of the C ABI.
#include <doctest/doctest.h>

#include "disk.hpp"
#include "house/rounds.hpp"
#include "trial.hpp"
#include "worlds.hpp"

using namespace crm::test;

namespace {

struct Kind {
  const char* name;
  Operation operation;
  bool full;
};

constexpr Kind kKinds[] = {
    {"read", kRead, false},         {"write", kWrite, false}, {"write, disk full", kWrite, true}, {"sync", kSync, false},
    {"truncate", kTruncate, false}, {"lock", kLock, false},   {"open", kOpen, false},
};

Source source(const Kind& kind, bool sticky, const char* cache) {
  return {std::string(kind.name) + (sticky ? " and all after it" : "") + cache,
          [=](long n) { arm_disk(kind.operation, n, sticky, kind.full); },
          [=] { return disarm_disk(kind.operation); },
          {CRM_STORAGE, CRM_BUSY},
          kind.operation == kSync};
}

std::vector<Source> sources_of(const char* told) {
  std::vector<Source> sources;
  for (const Kind& kind : kKinds)
    for (const bool sticky : {false, true}) sources.push_back(source(kind, sticky, told));
  return sources;
}

void try_all(int cache, bool joined, const char* told) {
  use_faulty_disk();
  Worlds worlds("disk", cache, joined);
  Trials trials(worlds.office, worlds.full, worlds.empty);
  const std::vector<Source> sources = sources_of(told);
  for (const Call& call : all_calls()) {
    trials.run(call, sources, Way::cold, rounds(2, 1));
    trials.run(call, sources, Way::in_unit, 1);
  }
  trials.tally.print("disk");
}

}  // namespace

TEST_CASE("a call that the disk fails says so and has changed nothing, where a unit of work fits into memory") {
  try_all(0, false, "");
}

TEST_CASE("... and where it outgrows the page cache") {
  try_all(8, false, ", small cache");
}

TEST_CASE("... and on a connection of the host's, with a rollback journal") {
  try_all(8, true, ", joined");
}

TEST_CASE("what was told as done is there, whatever fails while the last handle is closed") {
  use_faulty_disk();
  Worlds worlds("closed", 0, false);
  FileBase& base = worlds.full;
  for (const Source& source : sources_of(", at the end")) {
    long steps = 1;
    for (long n = 0; n <= steps; ++n) {
      CAPTURE(source.kind);
      CAPTURE(n);
      base.fresh();
      const char* answer = nullptr;
      REQUIRE(crm_save_json(base.db(), R"([{"entity": "company", "name": "Последний"}])", &answer) == CRM_OK);
      const std::string kept = base.dump();
      base.close_witness();

      source.arm(n);
      base.close();
      const long counted = source.disarm();

      if (n == 0) steps = counted;
      CHECK(base.damage(kept) == "");
    }
  }
}
