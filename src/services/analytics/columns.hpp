// Events as analytics read them: narrow columns, one place an event.
#pragma once

#include <algorithm>
#include <span>
#include <unordered_map>

#include "services/unit.hpp"

namespace crm {

/// Other entities' ids are 32 bits wide; 0: none.
struct EventColumns {
  static constexpr std::int64_t kNever = INT64_MIN;
  static constexpr std::uint8_t kRemoved = 255;  // a state

  std::vector<Id> id;
  std::vector<std::int64_t> start;               ///< microseconds, kNever: none; `end` and `due` likewise
  std::vector<std::int64_t> end;
  std::vector<std::int64_t> due;
  std::vector<std::int32_t> type, company, executor, outcome;
  std::vector<std::int32_t> product;             ///< of the only one; of several: -1 - its place in `several`
  std::vector<std::uint8_t> state, verification, priority;
  std::vector<std::vector<std::int32_t>> several;
  /// The earliest and the latest start of each kBlock events: a period passes over the others.
  static constexpr std::size_t kBlock = 1024;
  struct Starts {
    std::int64_t first = INT64_MAX;
    std::int64_t last = INT64_MIN;
  };
  std::vector<Starts> blocks;
  std::int32_t largest_company = 0;

  /// Places of events that start in [from, to).
  template <class Visit>
  void each(std::int64_t from, std::int64_t to, Visit&& visit) const {
    for (std::size_t block = 0; block < blocks.size(); ++block) {
      const Starts starts = blocks[block];
      if (starts.last < from || starts.first >= to) continue;
      const std::size_t low = block * kBlock, high = std::min(low + kBlock, id.size());
      if (starts.first >= from && starts.last < to) {
        for (std::size_t i = low; i < high; ++i) visit(i);
      } else {
        for (std::size_t i = low; i < high; ++i)
          if (start[i] >= from && start[i] < to) visit(i);
      }
    }
  }

  [[nodiscard]] std::size_t size() const { return id.size(); }
  /// The products of the event at a place; none: a single 0.
  [[nodiscard]] std::span<const std::int32_t> products(std::size_t place) const {
    const std::int32_t one = product[place];
    return one < 0 ? std::span<const std::int32_t>(several[static_cast<std::size_t>(-1 - one)]) : std::span(&product[place], 1);
  }
};

/// What a report needs of events beside what index 2 of events covers: type, company, executor, products, state, verification, start.
enum class Width : std::uint8_t { narrow, whole };

/// Events of the filter, as the asker sees them, in any order.
EventColumns read_events(Unit& unit, Filter filter, Width width);

/// All events, ascending by id, kept in a handle and brought up to date from the change log.
class ResidentEvents {
 public:
  /// As of the unit's snapshot. Only where nothing that is read may be undone.
  const EventColumns& up_to_date(Unit& unit);
  [[nodiscard]] bool built() const { return seen_ >= 0; }
  /// The last line of the log that was looked at, and the last one of an entity, as far as is known: not before it.
  [[nodiscard]] Version seen() const { return seen_; }
  [[nodiscard]] Version last_change_of(EntityNo entity) const;

 private:
  std::optional<std::vector<Id>> touched_since(Unit& unit);
  void read_all(Unit& unit);
  void read_again(Unit& unit, const std::vector<Id>& ids);

  Version seen_ = -1;
  Version all_changed_ = 0;                       ///< when everything was read: any entity may have changed until then
  std::unordered_map<EntityNo, Version> changed_; ///< after that
  bool out_of_order_ = false;    ///< an event came that belongs between others
  EventColumns columns_;
};

}  // namespace crm
