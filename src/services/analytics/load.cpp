// M11: how much is to be done on each day.
#include <algorithm>
#include <map>

#include "../access.hpp"
#include "../sizes.hpp"
#include "crm/services/pivot.hpp"

namespace crm {
namespace {

constexpr std::int64_t kMinute = 60'000'000;

/// Open events that touch [from, to): they are due after its beginning and start before its end.
Query open_events(UserId user, Instant from, Instant to) {
  Query query;
  query.entity = Event::kEntity;
  query.columns = {Event::kExecutor, Event::kStart, Event::kDueAt};
  std::vector<Filter> parts{
      where::in(Event::kState, {static_cast<Id>(Event::State::planned), static_cast<Id>(Event::State::rescheduled)}),
      where::ge(Event::kDueAt, to_number(from)), where::lt(Event::kStart, to_number(to))};
  if (user) parts.push_back(where::eq(Event::kExecutor, user.value));
  query.filter = where::all(std::move(parts));
  return query;
}

}  // namespace

std::vector<DayLoad> Crm::load_by_day(UserId user, Date from, Date to) {
  if (from >= to || to - from > std::chrono::days(366))
    refuse(Code::invalid_argument, {"field.range", 0, 0, 0, to_string(to), "a period of 1 to 366 days"});
  return reading(*state_, [&](Unit& unit) {
    if (user) unit.load(user);
    const Zone& zone = unit.zone();
    Query query = open_events(user, zone.start_of(from), zone.start_of(to));
    limit(unit, query);
    std::map<std::pair<Id, Date>, DayLoad> loads;
    unit.session.scan(query, [&](const Cell* c) {
      const Instant start = instant_of(c[1].integer), end = instant_of(c[2].integer);
      for (Date day = std::max(from, zone.date(start)); day < to && (zone.start_of(day) < end || day == zone.date(start)); day += std::chrono::days(1)) {
        DayLoad& load = loads[{c[0].integer, day}];
        load.user = {c[0].integer};
        load.day = day;
        ++load.events;
        const Instant first = std::max(start, zone.start_of(day)), last = std::min(end, zone.start_of(day + std::chrono::days(1)));
        if (last > first) load.minutes += (to_number(last) - to_number(first)) / kMinute;
      }
    });
    std::vector<DayLoad> out;
    for (const auto& [place, load] : loads) out.push_back(load);
    return within_limits(limits(), std::move(out));
  });
}

}  // namespace crm
