// A first load, or an upgrade, that is killed at any moment: what is left is a whole base, none yet, or says that it is unfinished.
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>
#include <thread>

#include "crm/services/loader.hpp"
#include "fixture.hpp"

using namespace crm;
using namespace crm::test;

namespace {

using Clock = std::chrono::steady_clock;
constexpr int kKills = 15;
constexpr Id kClients = 1000;

struct Base {
  std::string path;
  explicit Base(const char* name) : path((std::filesystem::temp_directory_path() / (name + std::to_string(getpid()) + ".db")).string()) { remove(); }
  ~Base() { remove(); }
  void remove() const {
    for (const char* end : {"", "-wal", "-shm", "-journal"}) std::filesystem::remove(path + end);
  }
};

/// Texts that are searched, references and a unique code: all that the end of a load makes indexes of.
void load(const std::string& path) {
  SqliteOptions options;
  options.path = path;
  options.initial_load = true;
  Crm db = crm::open(options);
  Loader loader(db);
  for (Id first = 1; first <= kClients; first += 250) {
    std::vector<Company> companies(250);
    std::vector<ContactPoint> phones(250);
    for (std::size_t i = 0; i < companies.size(); ++i) {
      companies[i].id = {first + static_cast<Id>(i)};
      companies[i].name = "Вектор " + std::to_string(first + static_cast<Id>(i));
      phones[i].id = {companies[i].id.value};
      phones[i].owner = {Company::kEntity, companies[i].id.value};
      phones[i].value = "+7 383 " + std::to_string(2'000'000 + companies[i].id.value);
    }
    loader.add(companies, phones);
  }
  loader.finish();
}

/// How long `work` lasts in another process; killed at `part` of `whole` if that is given.
Clock::duration run(const std::function<void()>& work, Clock::duration whole = {}, double part = 0) {
  const auto begin = Clock::now();
  const pid_t child = fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    try {
      work();
    } catch (...) {
      _exit(1);
    }
    _exit(0);
  }
  if (whole.count() > 0) {
    std::this_thread::sleep_for(std::chrono::duration_cast<std::chrono::microseconds>(whole * part));
    kill(child, SIGKILL);
  }
  int status = 0;
  CHECK(waitpid(child, &status, 0) == child);
  CHECK((WIFSIGNALED(status) || WEXITSTATUS(status) == 0));
  return Clock::now() - begin;
}

std::string integrity(const std::string& path) {
  sqlite3* base = nullptr;
  REQUIRE(sqlite3_open(path.c_str(), &base) == SQLITE_OK);
  std::string told;
  const auto take = [](void* to, int, char** values, char**) { return *static_cast<std::string*>(to) += values[0], 0; };
  CHECK(sqlite3_exec(base, "PRAGMA integrity_check", take, &told, nullptr) == SQLITE_OK);
  sqlite3_close(base);
  return told;
}

}  // namespace

TEST_CASE("a first load that is killed at any moment is begun again") {
  const Base base("crm_load_kill_");
  const auto whole = run([&] { load(base.path); });
  std::mt19937 dice(20261130);
  int unfinished = 0;
  base.remove();
  for (int i = 0; i < kKills; ++i) {
    const double part = std::uniform_real_distribution(0.0, 1.1)(dice);
    CAPTURE(part);
    run([&] { load(base.path); }, whole, part);
    Code code{};
    SqliteOptions as_it_is;
    as_it_is.path = base.path;
    as_it_is.create = false;
    const std::string told = std::filesystem::exists(base.path) ? refusal([&] { crm::open(as_it_is); }, &code) : "store.empty";
    if (told.empty()) {  // the kill came too late
      CHECK(crm::open(base.path).rows(Company::kEntity, {}).size() == kClients);
      base.remove();
      continue;
    }
    CHECK((told == "load.unfinished" || told == "store.empty"));
    unfinished += told == "load.unfinished";
  }
  CHECK(unfinished > 0);

  load(base.path);

  CHECK(integrity(base.path) == "ok");
  Crm db = crm::open(base.path);
  CHECK(db.rows(Company::kEntity, {}).size() == kClients);
  CHECK(db.search_contacts("383 2001000", 10).size() == 1);
}

TEST_CASE("an upgrade that is killed at any moment is begun again") {
  const Base base("crm_upgrade_kill_"), as_made("crm_old_");
  std::ifstream in(std::filesystem::path(__FILE__).parent_path() / "fixtures" / "crm_v4.sql", std::ios::binary);
  std::stringstream script;
  script << in.rdbuf();
  sqlite3* old = nullptr;
  REQUIRE(sqlite3_open(as_made.path.c_str(), &old) == SQLITE_OK);
  REQUIRE(sqlite3_exec(old, ("PRAGMA synchronous=OFF;" + script.str()).c_str(), nullptr, nullptr, nullptr) == SQLITE_OK);
  sqlite3_close(old);
  const auto make_old = [&] {
    base.remove();
    std::filesystem::copy_file(as_made.path, base.path);
  };
  make_old();
  const auto whole = run([&] { crm::open(base.path); });
  std::mt19937 dice(20261130);
  for (int i = 0; i < kKills; ++i) {
    make_old();
    run([&] { crm::open(base.path); }, whole, std::uniform_real_distribution(0.0, 1.1)(dice));

    Crm db = crm::open(base.path);

    CHECK(db.list<PlanCell>(Query{}).size() == 4);  // two of four had two planned numbers
    CHECK(integrity(base.path) == "ok");
  }
}
