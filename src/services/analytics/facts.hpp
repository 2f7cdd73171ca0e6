// Facts of a report, placed: each with the row and the column into which it falls, and what it adds to a figure.
#pragma once

#include <functional>

#include "keys.hpp"

namespace crm {

/// One fact in one row and one column; a fact of several keys has several, one after another.
struct Placed {
  std::int32_t row = 0;
  std::int32_t column = 0;
  std::int32_t fact = 0;       ///< numbers of one fact are the same, of others different; ascending
  std::int32_t company = 0;
  std::int64_t value = 0;      ///< of sums
  Id id = 0;
};

/// The keys met so far along one side of a report, each a pair at most.
class Side {
 public:
  explicit Side(const std::vector<PivotAxis>& axes) : axes_(axes) {}

  /// The number of a row or column by the keys of its dimensions.
  std::int32_t number(std::array<std::int64_t, 2> keys) {
    if (axes_.empty()) return 0;
    if (axes_.size() == 1) return one_.number(keys[0]);
    const std::int64_t first = one_.number(keys[0]), second = two_.number(keys[1]);
    return pairs_.number(second << 32 | first);
  }
  [[nodiscard]] const std::vector<PivotAxis>& axes() const { return axes_; }
  /// The keys of the only dimension.
  [[nodiscard]] Interner& of_one() { return one_; }
  [[nodiscard]] std::size_t size() const;
  /// Keys of the i-th axis, by number.
  [[nodiscard]] std::vector<std::int64_t> keys(std::size_t axis) const;

 private:
  std::vector<PivotAxis> axes_;
  Interner one_, two_, pairs_;
};

/// The period that is counted: [from, to) as instants and as dates.
struct Span {
  Date from{}, to{};
  std::int64_t start = 0, end = 0;

  Span(const Zone& zone, Date first, Date last)
      : from(first), to(last), start(to_number(zone.start_of(first))), end(to_number(zone.start_of(last))) {}
};

/// Whether an event counts, wherever it starts.
class Counted {
 public:
  explicit Counted(EventsCounted counted);
  [[nodiscard]] bool operator()(const EventColumns& events, std::size_t place) const {
    return table_[at(events.state[place], events.verification[place])];
  }
  /// By `at`.
  [[nodiscard]] const bool* table() const { return table_.data(); }
  static std::size_t at(std::uint8_t state, std::uint8_t verification) { return state * std::size_t{EventColumns::kVerifications} + verification; }

 private:
  std::array<bool, 256 * EventColumns::kVerifications> table_{};
};

/// The condition of the events that count and start in the span, on events or on their lines.
Filter event_filter(Unit& unit, EventsCounted counted, const Span& span, bool through_line);

/// Facts of one figure. Money has a currency apart, `by_currency` gets one list for each.
using ByCurrency = std::map<Currency, std::vector<Placed>>;

struct Analytics;

class FactReader {
 public:
  FactReader(Unit& unit, const PivotQuery& query, std::optional<Filter> where, Analytics* kept)
      : unit_(unit), query_(query), where_(std::move(where)), kept_(kept), source_(unit, query) {}

  ByCurrency read(Figure figure, const Span& span, Side& rows, Side& columns);

 private:
  std::vector<Placed> events(Figure figure, const Span& span, Side& rows, Side& columns);
  ByCurrency lines(Figure figure, const Span& span, Side& rows, Side& columns);
  ByCurrency money(Figure figure, const Span& span, Side& rows, Side& columns);
  std::vector<Placed> new_companies(const Span& span, Side& rows, Side& columns);

  const EventColumns& columns_of(const Span& span, Width width);

  Unit& unit_;
  const PivotQuery& query_;
  std::optional<Filter> where_;
  Analytics* const kept_;   ///< what may be used, if anything
  std::optional<EventColumns> read_;
  std::pair<std::int64_t, std::int64_t> read_span_{};
  KeySource source_;
};

/// Whether reading needs more than the narrow columns.
Width width_of(const PivotQuery& query);

}  // namespace crm
