// Events as analytics read them: narrow columns, one place an event.
#pragma once

#include <span>

#include "interner.hpp"
#include "resident.hpp"

namespace crm {

/// Other entities' ids are 32 bits wide; 0: none. At most 2^32 events.
struct EventColumns {
  static constexpr EntityNo kEntity = Event::kEntity;
  class Filler;
  static constexpr std::int64_t kNever = INT64_MIN;
  static constexpr std::uint8_t kRemoved = 255;  // a state
  static constexpr std::uint8_t kVerifications = 8;  // numbers that there may be, the last one for all that are greater

  std::vector<Id> id;
  std::vector<std::int64_t> start;               ///< microseconds, kNever: none; `end` and `due` likewise
  std::vector<std::int64_t> end;
  std::vector<std::int64_t> due;
  std::vector<std::int32_t> type, company, executor, outcome;
  std::vector<std::int32_t> product;             ///< of the only one; of several: -1 - its place in `several`
  std::vector<std::uint8_t> state, verification, priority;
  std::vector<std::vector<std::int32_t>> several;
  Blocks starts;
  std::int32_t largest_company = 0;
  Interner types, executors, outcomes, products_met;   ///< all that the columns hold, whatever it was before

  /// Places of events that start in [from, to).
  template <class Visit>
  void each(std::int64_t from, std::int64_t to, Visit&& visit) const {
    starts.each(start, from, to, visit);
  }

  static std::vector<Path> paths();
  /// By start, so that a period is one stretch of places, but for what changed since.
  std::vector<std::uint32_t> arrange();

  [[nodiscard]] std::size_t size() const { return id.size(); }
  [[nodiscard]] std::size_t bytes() const;
  /// The products of the event at a place; none: a single 0.
  [[nodiscard]] std::span<const std::int32_t> products(std::size_t place) const {
    const std::int32_t one = product[place];
    return one < 0 ? std::span<const std::int32_t>(several[static_cast<std::size_t>(-1 - one)]) : std::span(&product[place], 1);
  }
};

/// What a report reads of events: of counted ones what index 8 of events covers (type, company, executor, products, verification, start); of
/// those in any state what index 2 covers (the same and the state); all that columns keep.
enum class Width : std::uint8_t { counted, narrow, whole };

/// Replaces or adds the events that cells tell of.
class EventColumns::Filler {
 public:
  explicit Filler(EventColumns& columns, Width width = Width::whole) : c_(columns), width_(width) {}

  static bool is_about(EntityNo entity) { return entity == EventLine::kEntity; }
  static void touched(Unit& unit, const LogLine& line, std::vector<Id>& events);

  void add(const Cell* cells);
  void set(std::size_t place, const Cell* cells);
  /// Reads the lines of events with several products.
  void finish(Unit& unit);

 private:
  void add_product(std::size_t place, std::int32_t met);

  EventColumns& c_;
  Width width_;
  std::vector<std::size_t> several_;
};

/// Events of the filter, as the asker sees them, in any order.
EventColumns read_events(Unit& unit, Filter filter, Width width);

using ResidentEvents = Resident<EventColumns>;

}  // namespace crm
