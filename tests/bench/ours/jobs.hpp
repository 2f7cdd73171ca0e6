// The jobs of the race through the C++ and the C API. Same answers and checksums as the opponent.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

#include "crm/open.hpp"
#include "crm/services/loader.hpp"

namespace bench {

/// Rows of `|`-separated numbers or texts.
std::vector<std::vector<std::int64_t>> numbers(const std::string& file);
std::vector<std::vector<std::string>> texts(const std::string& file);

double now_ms();
/// Bytes that this process has allocated and not given back.
std::int64_t allocated_bytes();
/// One JSON line as the opponent prints it.
void report(const std::string& job, std::int64_t events, double ms, std::int64_t operations, std::int64_t checksum);

/// What every job is given.
struct Race {
  std::string database;
  std::string folder;
  std::int64_t companies = 0;
  std::int64_t events = 0;

  [[nodiscard]] std::string file(const std::string& name) const { return folder + "/" + name + ".csv"; }
  /// Opens the loaded base.
  [[nodiscard]] crm::Crm open(crm::Durability durability) const;
};

/// Gives records to a loader a batch at a time; what is left, at the end.
template <class E>
class Batch {
 public:
  explicit Batch(crm::Loader& loader) : loader_(loader) {}

  /// The record to fill.
  E& next() {
    if (records_.size() == kAtOnce) flush();
    return records_.emplace_back();
  }
  void flush() {
    if constexpr (std::is_same_v<E, crm::EventWithLines> || std::is_same_v<E, crm::EmployeeCard> || std::is_same_v<E, crm::Company>)
      loader_.add(std::span<E>(records_));
    else
      loader_.add(std::span<const E>(records_));
    records_.clear();
  }

 private:
  static constexpr std::size_t kAtOnce = 2000;
  crm::Loader& loader_;
  std::vector<E> records_;
};

/// Runs `job` twice, the second time by the clock.
void timed(const Race& race, const std::string& name, const std::function<std::int64_t(std::int64_t& operations)>& job);

/// Keeps what is read from being optimised away, as a caller who draws it would.
extern std::size_t drawn;

void load(const Race& race);                            // 1
void save(const Race& race, const std::string& job);    // 2d, 2n, 2g
void read(const Race& race, const std::string& job);    // 3, 4, 5, 8c, 9t
void analytics(const Race& race, const std::string& job);  // 6a, 6b; 6a1, 6b1: the first answer of a handle
void plan_fact(const Race& race);                       // 7
void scale(const Race& race, crm::Id events);           // scale <events>: what reports cost over a base of that many made-up events
void matrices(const Race& race, const std::string& job);   // 10; 101: the first answer of a handle
void analytics_costs(const Race& race);                 // analytics: saves beside resident reports
void read_by_c(const Race& race, const std::string& job);  // 3, 4, 5
void costs(const Race& race);                           // costs: of calls, rows, lists and months
void time_passes(const Race& race);                     // time: notices, ticks, reminders

void characteristics(const Race& race);                 // characteristics: 300 on a card against 3

/// The users, products, event types and plans of the files, and the organisation: what events are made of.
void load_frame(crm::Crm& base, crm::Loader& loader, const Race& race);

/// The event of a line of event.csv or new_event.csv, with its product.
void event_of(const std::vector<std::string>& line, crm::Event& event, crm::EventLine& product);

/// Seconds since 1970 to an instant.
inline crm::Instant at(std::int64_t seconds) { return crm::instant_of(seconds * 1'000'000); }

}  // namespace bench
