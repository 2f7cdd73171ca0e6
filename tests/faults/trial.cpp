#include "trial.hpp"

#include <algorithm>
#include <cstdlib>
#include <iostream>

namespace crm::test {
namespace {

constexpr const char* kUnit = R"([{"entity": "company", "name": "До вызова", "ref": "c"},
  {"entity": "employee", "company_id": {"$ref": "c"}, "last_name": "Прежний"}, {"entity": "company", "id": 1, "comment": "до вызова"}])";

const char* name_of(Way way) {
  switch (way) {
    case Way::warm: return "warm";
    case Way::cold: return "cold";
    case Way::in_unit: break;
  }
  return "in a unit";
}

/// The first line in which two dumps differ.
std::string difference(const std::string& a, const std::string& b) {
  const auto [at, other] = std::ranges::mismatch(a, b);
  const auto line = [](const std::string& of, std::size_t place) {
    const std::size_t begin = of.rfind('\n', place ? place - 1 : 0);
    return of.substr(begin == std::string::npos ? 0 : begin + 1, std::min<std::size_t>(of.find('\n', place), 200));
  };
  const auto place = static_cast<std::size_t>(at - a.begin());
  return line(a, place).substr(0, 160) + " <> " + line(b, place).substr(0, 160);
}

}  // namespace

std::vector<long> Trials::places(long steps, long few) {
  const char* const asked = std::getenv("CRM_FAULTS");
  const char* const seed = std::getenv("CRM_SEED");
  std::vector<long> places;
  if (asked) few = std::string_view(asked) == "all" ? steps : std::atol(asked);
  if (steps <= few) {
    for (long n = 1; n <= steps; ++n) places.push_back(n);
    return places;
  }
  const long offset = (seed ? std::atol(seed) : 0) * 7919;
  for (long i = 0; i < few; ++i) places.push_back(1 + (offset + i * steps / few) % steps);
  std::ranges::sort(places);
  return places;
}

void Tally::print(const char* program) const {
  for (const auto& [kind, count] : trials)
    std::cout << program << ": " << kind << ": " << all_calls().size() << " functions, " << count << " trials, "
              << (found.contains(kind) ? found.at(kind) : 0) << " found\n";
}

void Trials::found(const std::string& what) {
  ++tally.found[kind_];
  FAIL_CHECK(where_ << ": " << what);
}

void Trials::begin(Desk& desk, const Call& call, Way way) {
  desk.db = base_->db();
  if (!base_->is_hosts()) desk.file = base_->path();
  supply(desk.db);
  REQUIRE(crm_clock_set(desk.db, office_.now.time_since_epoch().count()) == CRM_OK);
  if (way == Way::in_unit) {
    const char* answer = nullptr;
    REQUIRE(crm_begin(desk.db) == CRM_OK);
    REQUIRE(crm_save_json(desk.db, kUnit, &answer) == CRM_OK);
  }
  call.prepare(desk);
}

Trials::Lucky Trials::lucky(const Call& call, const std::vector<Source>& sources, Way way) {
  Lucky lucky;
  base_->fresh();
  Desk desk(office_);
  begin(desk, call, way);
  for (const Source& source : sources) source.arm(0);
  const std::int32_t status = call.run(desk);
  for (const Source& source : sources) lucky.steps.push_back(source.disarm());
  if (status != CRM_OK) FAIL_CHECK(std::string(call.name) << " without a fault: " << std::string(crm_error_message(desk.db)));
  lucky.told = desk.told();
  if (way == Way::in_unit) REQUIRE(crm_commit(desk.db) == CRM_OK);
  lucky.after = base_->dump();
  return lucky;
}

/// Ends the unit of work around the call: all of it is there, or it is lost and says so.
void Trials::end_unit(Desk& desk, const Lucky& lucky, bool done) {
  const std::int32_t status = crm_commit(desk.db);
  const std::string& now = base_->dump();
  if (status == CRM_OK) {
    const std::string& wanted = done ? lucky.after : before_unit_;
    if (now != wanted) found("the unit was kept as something else: " + difference(now, wanted));
  } else {
    if (status != CRM_STORAGE) found("the unit ends with " + std::string(crm_status_name(status)) + ": " + crm_error_message(desk.db));
    if (now != before_) found("a lost unit left something: " + difference(now, before_));
  }
}

void Trials::check_failed(Desk& desk, const Call& call, const Source& source, Way way, const Lucky& lucky, std::int32_t status) {
  const bool is_lost = way == Way::in_unit && status == CRM_STORAGE;
  if (!is_lost && std::ranges::find(source.statuses, status) == source.statuses.end())
    found("it says " + std::string(crm_status_name(status)) + ": " + crm_error_message(desk.db));
  else if (call.does != Does::ends && crm_error_code(desk.db) != status)
    found("it returned " + std::string(crm_status_name(status)) + " and tells " + crm_status_name(crm_error_code(desk.db)));
  if (way == Way::in_unit) return end_unit(desk, lucky, false);
  if (call.does != Does::steps) {
    const std::string& now = base_->dump();
    if (source.either && now == lucky.after) return;
    if (now != before_) found("it failed and something has changed: " + difference(now, before_));
  }
  if (call.does == Does::ends) return;
  desk.text = nullptr;
  const std::int32_t again = call.run(desk);
  if (again != CRM_OK) return found("called again it says " + std::string(crm_status_name(again)) + ": " + crm_error_message(desk.db));
  if (const std::string told = desk.told(); call.does != Does::steps && told != lucky.told)
    found("called again it tells something else: " + difference(told, lucky.told));
  if (const std::string& now = base_->dump(); now != lucky.after) found("called again it leaves something else: " + difference(now, lucky.after));
}

/// Whether the base and the handle are as they were.
bool Trials::one(const Call& call, const Source& source, Way way, const Lucky& lucky, long n) {
  Desk desk(office_);
  begin(desk, call, way);
  source.arm(n);
  const std::int32_t status = call.run(desk);
  source.disarm();
  ++tally.trials[kind_];
  if (status != CRM_OK) {
    check_failed(desk, call, source, way, lucky, status);
  } else {
    if (const std::string told = desk.told(); told != lucky.told) found("it tells something else: " + difference(told, lucky.told));
    if (way == Way::in_unit) end_unit(desk, lucky, true);
    else if (const std::string& now = base_->dump(); now != lucky.after) found("it is done and left something else: " + difference(now, lucky.after));
  }
  desk.clear();
  if (call.does == Does::ends) crm_rollback(base_->db());
  if (base_->is_busy()) found("a transaction is still open");
  if (const std::int32_t begun = crm_begin(base_->db()); begun != CRM_OK)
    found("the next unit of work does not begin: " + std::string(crm_error_message(base_->db())));
  if (crm_rollback(base_->db()) != CRM_OK) found("the next unit of work is not undone");
  return way == Way::warm && call.does == Does::asks;
}

void Trials::run(const Call& call, const std::vector<Source>& sources, Way way, long few) {
  if (way == Way::in_unit && call.place != Place::anywhere) return;
  if (const char* const only = std::getenv("CRM_CALL"); only && std::string_view(only) != call.name) return;
  base_ = call.place == Place::empty_base ? &empty_ : &full_;
  base_->fresh();
  before_ = base_->dump();
  if (way == Way::in_unit) {
    Desk desk(office_);
    begin(desk, {"", Does::asks, Place::anywhere, [](Desk&) {}, nullptr}, way);
    REQUIRE(crm_commit(desk.db) == CRM_OK);
    before_unit_ = base_->dump();
  }
  const Lucky lucky = this->lucky(call, sources, way);
  bool as_it_was = false;
  for (std::size_t i = 0; i < sources.size(); ++i)
    for (const long n : places(lucky.steps[i], few)) {
      kind_ = sources[i].kind;
      where_ = std::string(call.name) + ", " + name_of(way) + ", " + kind_ + " " + std::to_string(n) + " of " + std::to_string(lucky.steps[i]);
      if (!as_it_was) base_->fresh();
      as_it_was = one(call, sources[i], way, lucky, n);
      if (as_it_was || (call.does == Does::asks && way == Way::cold)) continue;
      if (const std::string why = base_->damage(base_->dump()); why != "") found("damaged: " + why);
    }
}

}  // namespace crm::test
