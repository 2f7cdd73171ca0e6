/// Reports over any dimensions (M11, M13, P1): events, clients and money in rows, columns and totals.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "crm/base/money.hpp"
#include "crm/base/time.hpp"
#include "crm/model/refs.hpp"
#include "crm/services/events_counted.hpp"

namespace crm {

/// By what is counted. A fact has one key of most of them; of spheres, classifier nodes and an event's products it may have several, and
/// counts under each, but once in a total.
enum class Dimension : std::int32_t {
  manager = 0,       ///< executor of an event; of money as the Definitions say: on the record, else main manager on its date; 0: unassigned
  department = 1,    ///< of the manager on the last day of the period, today if that is earlier
  type = 2,
  state = 3,         ///< effective, as of now
  priority = 4,
  verification = 5,
  outcome = 6,
  company = 7,
  product = 8,       ///< 0: none
  sphere = 9,        ///< the company's own
  classifier = 10,   ///< nodes of `PivotAxis::classifier`, of any kind, on which the company stands itself
  day = 11,          ///< periods: the key is the number of their first day since 1970-01-01
  week = 12,         ///< from Monday
  month = 13,
  quarter = 14,
  year = 15,
};

/// What is counted (Definitions, Numbers).
enum class Figure : std::int32_t {
  events = 0,         ///< distinct events
  companies = 1,      ///< distinct companies of events
  minutes = 2,        ///< from start to end
  amount = 3,         ///< of the lines of events, or of an event without lines; a currency is a series of its own
  quantity = 4,       ///< of the lines, millionths
  receipts = 5,       ///< a currency is a series of its own, as of shipments
  shipments = 6,
  new_companies = 7,  ///< activated in the period, of the main manager on that date
};

struct PivotAxis {
  Dimension dimension = Dimension::manager;
  ClassifierId classifier;       ///< of Dimension::classifier
};

struct PivotQuery {
  std::optional<Date> from;      ///< required: half-open [from, to) by the organisation's calendar
  std::optional<Date> to;
  std::optional<Date> before;    ///< compares with the period of the same length that begins on this day
  std::vector<PivotAxis> rows;   ///< two at most; none: one row, the total. Columns likewise
  std::vector<PivotAxis> columns;
  std::vector<Figure> figures{Figure::events};
  EventsCounted counted = EventsCounted::held;
  /// A condition on events in the language of queries ("" = none), as {"field": "priority", "value": "high"}. Figures of money and of new
  /// companies know no events: with a condition they are `M13.where`.
  std::string where;
  std::int64_t top = 0;          ///< only so many rows, those with most of the first figure; the rest are one row, "others". 0: all
  bool cumulative = false;       ///< columns, which must be one period dimension, add up from the first on
};

struct PivotKey {
  Id id = 0;
  std::string name;              ///< for people, in the handle's language
};

/// One figure of one currency. `cells[row * columns + column]`.
struct PivotSeries {
  Figure figure = Figure::events;
  Currency currency;             ///< of money
  bool rows_add_up = true;       ///< cells of a column add up to its total
  bool columns_add_up = true;
  std::vector<std::int64_t> cells;
  std::vector<std::int64_t> row_totals;
  std::vector<std::int64_t> column_totals;
  std::int64_t total = 0;
  std::vector<std::int64_t> before;      ///< row totals of the period compared with, if asked
  std::int64_t total_before = 0;
};

struct PivotTable {
  std::vector<std::vector<PivotKey>> rows;     ///< a key a dimension; periods in order, states by number, others by name
  std::vector<std::vector<PivotKey>> columns;
  std::optional<std::size_t> others;           ///< the row of what is not in the top
  std::vector<PivotSeries> series;
};

/// What stands behind a number: ids of `entity`, ascending.
struct PivotFacts {
  EntityNo entity = 0;
  std::vector<Id> ids;
};

/// M11: open events that touch a day, and how many minutes of it.
struct DayLoad {
  UserId user;
  Date day{};
  std::int64_t events = 0;
  std::int64_t minutes = 0;
};

}  // namespace crm
