#include "house.hpp"

#include <sqlite3.h>

#include <filesystem>
#include <stdexcept>

namespace crm::years {
namespace {

constexpr const char* kZones[] = {"+07:00", "Europe/Moscow", "America/New_York"};

}  // namespace

void remove_base(const std::string& file) {
  for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(file + end);
}

House::House(Place place, std::uint64_t seed) : place_(std::move(place)), zone_(kZones[seed % std::size(kZones)]) {
  if (!place_.memory) remove_base(place_.file);
  go_to(0, 0);
}

House::~House() {
  close_all();
  if (!place_.memory) remove_base(place_.file);
}

CrmOptions House::options() {
  CrmOptions options;
  options.host.clock = [this] { return now_; };
  return options;
}

std::unique_ptr<Store> House::store() const {
  if (place_.memory) return open_memory_store(current_schema());
  SqliteOptions options;
  options.path = place_.file;
  options.durability = Durability::off;  // processes are killed here, not machines
  options.busy_timeout_ms = 0;
  return open_sqlite_store(current_schema(), options);
}

Crm& House::handle(int number) {
  auto& slot = handles_[static_cast<std::size_t>(place_.memory ? 0 : number)];
  if (!slot) slot.emplace(store(), options());
  return *slot;
}

Crm& House::failing(conformance::Fault*& fault) {
  if (!failing_) {
    failing_store_ = store();
    failing_.emplace(conformance::with_fault(*failing_store_, fault_), options());
  }
  fault = &fault_;
  return *failing_;
}

Store& House::raw() {
  if (place_.memory) {
    handle(0).act_as(UserId{});
    return handle(0).store();
  }
  if (!raw_) raw_ = store();
  return *raw_;
}

Crm House::fresh() { return Crm(store(), options()); }

void House::downgrade() {
  close_all();
  sqlite3* base = nullptr;
  if (sqlite3_open(place_.file.c_str(), &base) != SQLITE_OK) throw std::runtime_error("the base cannot be opened");
  // Version 6 brought one derived field with its index; views name it.
  const char* const kQuery = "SELECT 'DROP ' || type || ' ' || name FROM sqlite_schema WHERE type IN ('view', 'index') AND "
                             "(sql LIKE '%counted_at%' OR type = 'view')";
  std::string script;
  const auto add = [](void* to, int, char** cells, char**) {
    *static_cast<std::string*>(to) += cells[0] + std::string(";");
    return 0;
  };
  sqlite3_exec(base, kQuery, add, &script, nullptr);
  script += "ALTER TABLE event DROP COLUMN counted_at; PRAGMA user_version = 5;";
  char* told = nullptr;
  const bool done = sqlite3_exec(base, script.c_str(), nullptr, nullptr, &told) == SQLITE_OK;
  const std::string why = told ? told : "";
  sqlite3_free(told);
  sqlite3_close(base);
  if (!done) throw std::runtime_error("the base cannot be made older: " + why);
}

void House::close(int number) { handles_[static_cast<std::size_t>(number)].reset(); }

void House::close_all() {
  for (auto& handle : handles_) handle.reset();
  failing_.reset();
  failing_store_.reset();
  raw_.reset();
}

Id House::id_of(EntityNo entity, int key) const {
  const auto found = made_.find({entity, key});
  if (found == made_.end()) throw Skipped();
  return found->second;
}

void House::go_to(int day, int minute) {
  now_ = zone_.instant(LocalTime(*parse_date(kFirstDay) + std::chrono::days(day)) + std::chrono::minutes(minute));
}

}  // namespace crm::years
