// A base that is made gets the zone and the currency of the options; one that is there keeps its own.
#include <unistd.h>

#include <filesystem>

#include "fixture.hpp"

using namespace crm;
using namespace crm::test;

namespace {

CrmOptions of(const char* zone, const char* currency) {
  CrmOptions options;
  options.zone = zone;
  if (*currency) options.currency = Currency(currency);
  return options;
}

struct File {
  const std::string path = (std::filesystem::temp_directory_path() / ("crm_new_base_" + std::to_string(getpid()) + ".db")).string();

  File() { remove(); }
  ~File() { remove(); }
  File(const File&) = delete;
  void remove() const {
    for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(path + end);
  }
};

}  // namespace

TEST_CASE("a base that is made gets the zone and the currency that it is given") {
  CRM_EVERY_STORE {
    Crm db = crm::open(store, of("Asia/Almaty", "KZT"));

    CHECK(db.organisation().zone == "Asia/Almaty");
    CHECK(db.organisation().currency == Currency("KZT"));
  }
}

TEST_CASE("a base that is made without them is Moscow's") {
  CRM_EVERY_STORE {
    Crm db = crm::open(store);

    CHECK(db.organisation().zone == "Europe/Moscow");
    CHECK(db.organisation().currency == Currency("RUB"));
  }
}

TEST_CASE("a base that is there keeps its zone and currency") {
  const File file;
  crm::open(file.path, of("+07:00", "USD"));

  Crm db = crm::open(file.path, of("Asia/Almaty", "KZT"));

  CHECK(db.organisation().zone == "+07:00");
  CHECK(db.organisation().currency == Currency("USD"));
}

TEST_CASE("an unknown zone is refused before a file is made") {
  const File file;

  CHECK(refusal([&] { crm::open(file.path, of("Asia/Atlantis", "")); }) == "time.zone");

  CHECK_FALSE(std::filesystem::exists(file.path));
}
