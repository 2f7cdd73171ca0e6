#include "page.hpp"

#include <algorithm>

namespace crm {
namespace {

/// Bits by the place of a company among those met (`Analytics::company_places`).
using Bits = std::vector<std::uint64_t>;

/// A place of -1 is in none.
bool has(const Bits& bits, std::int32_t place) {
  const auto word = static_cast<std::size_t>(place) / 64;
  return word < bits.size() && (bits[word] >> (place % 64) & 1) != 0;
}

void put(Bits& bits, std::int32_t place) {
  const auto word = static_cast<std::size_t>(place) / 64;
  if (word >= bits.size()) bits.resize(word + word / 2 + 1);
  bits[word] |= std::uint64_t{1} << (place % 64);
}

/// Ascending.
using Numbers = std::vector<std::int32_t>;

bool has(const Numbers& numbers, std::int32_t number) { return std::ranges::binary_search(numbers, number); }

/// Values of eq or in, all whole numbers from 0 to 2^31.
bool numbers_in(const Filter& filter, Numbers& out) {
  if (filter.op != Filter::Op::eq && filter.op != Filter::Op::in) return false;
  for (const Value& value : filter.values) {
    const auto* number = std::get_if<std::int64_t>(&value);
    if (!number || *number < 0 || *number > INT32_MAX) return false;
    out.push_back(static_cast<std::int32_t>(*number));
  }
  std::ranges::sort(out);
  return true;
}

/// The text by which a set of companies is known, if it may be kept: conditions on the rows' own fields alone.
bool append_key(const Filter& filter, std::string& key) {
  if (filter.op == Filter::Op::exists || filter.path.via[0]) return false;
  key += std::to_string(static_cast<int>(filter.op)) + ":" + std::to_string(filter.path.field) + "(";
  for (const Value& value : filter.values) {
    const Cell cell = to_cell(value);
    if (cell.kind == Storage::real) return false;
    const std::string text = cell.kind == Storage::integer ? std::to_string(cell.integer) : std::string(cell.as_text());
    key += std::to_string(static_cast<int>(cell.kind)) + "," + std::to_string(text.size()) + "," + text + ";";
  }
  for (const Filter& part : filter.parts)
    if (!append_key(part, key)) return false;
  key += ")";
  return true;
}

/// Companies that have a row as `exists` says; kept as long as no row of that entity changes.
const Bits* companies_with(Unit& unit, Analytics& kept, const Filter& exists) {
  std::string key = std::to_string(exists.entity) + "." + std::to_string(exists.link) + " ";
  for (const Filter& part : exists.parts)
    if (!append_key(part, key)) return nullptr;
  return &kept.companies[key].get(unit, kept.changes, {exists.entity}, [&] {
    Bits companies;
    Query query;
    query.entity = exists.entity;
    query.columns = {exists.link};
    query.filter = where::all(exists.parts);
    unit.session.scan(query, [&](const Cell* cells) {
      if (cells[0].integer > 0) put(companies, kept.company_places.number(cells[0].integer));
    });
    return companies;
  });
}

/// Conditions as tests of columns.
struct Tests {
  std::int64_t from = EventColumns::kNever, to = INT64_MAX;  // start
  static constexpr std::uint32_t kAnyState = 0b11111;
  std::uint32_t states = kAnyState;
  std::optional<Numbers> types, executors, companies;
  std::vector<const Bits*> company_sets;
  const Interner& company_places;

  explicit Tests(const Interner& places) : company_places(places) {}

  bool hold(const EventColumns& events, std::size_t i) const {
    const bool is_known = events.state[i] <= 4;  // of a later release: it stays where no state is asked
    if (is_known ? !(states >> events.state[i] & 1) : states != kAnyState) return false;
    if (types && !has(*types, events.type[i])) return false;
    if (executors && !has(*executors, events.executor[i])) return false;
    if (companies && !has(*companies, events.company[i])) return false;
    const std::int32_t company = company_places.find(events.company[i]);
    return std::ranges::all_of(company_sets, [&](const Bits* set) { return has(*set, company); });
  }
};

bool add_start(const Filter& filter, Tests& tests) {
  const auto* value = filter.values.empty() ? nullptr : std::get_if<std::int64_t>(&filter.values[0]);
  if (!value) return false;
  tests.from = std::max(tests.from, EventColumns::kNever + 1);  // no comparison holds for an event without a start
  switch (filter.op) {
    case Filter::Op::ge: tests.from = std::max(tests.from, *value); return true;
    case Filter::Op::gt: tests.from = std::max(tests.from, *value + 1); return *value < INT64_MAX;
    case Filter::Op::lt: tests.to = std::min(tests.to, *value); return true;
    case Filter::Op::le: tests.to = std::min(tests.to, *value + 1); return *value < INT64_MAX;
    default: return false;
  }
}

/// One more set of allowed numbers.
bool add_numbers(const Filter& filter, std::optional<Numbers>& allowed) {
  Numbers given;
  if (allowed || !numbers_in(filter, given)) return false;
  allowed = std::move(given);
  return true;
}

bool add_states(const Filter& filter, Tests& tests) {
  Numbers given;
  if (!numbers_in(filter, given)) return false;
  std::uint32_t states = 0;
  for (const std::int32_t state : given)
    if (state < 32) states |= std::uint32_t{1} << state;
  tests.states &= states;
  return true;
}

bool add(Unit& unit, Analytics& kept, const Filter& filter, Tests& tests) {
  if (filter.op == Filter::Op::all) return std::ranges::all_of(filter.parts, [&](const Filter& part) { return add(unit, kept, part, tests); });
  if (filter.path.via[0]) return false;
  if (filter.op == Filter::Op::exists) {
    if (filter.path.field != Event::kCompany) return false;
    const Bits* set = companies_with(unit, kept, filter);
    if (set) tests.company_sets.push_back(set);
    return set != nullptr;
  }
  switch (filter.path.field) {
    case Event::kRemoved: return filter.op == Filter::Op::eq && filter.values == std::vector<Value>{Id{0}};
    case Event::kStart: return add_start(filter, tests);
    case Event::kState: return add_states(filter, tests);
    case Event::kType: return add_numbers(filter, tests.types);
    case Event::kExecutor: return add_numbers(filter, tests.executors);
    case Event::kCompany: return add_numbers(filter, tests.companies);
    default: return false;
  }
}

bool asks_of_companies(const Filter& filter) {
  return filter.op == Filter::Op::exists || (filter.op == Filter::Op::all && std::ranges::any_of(filter.parts, asks_of_companies));
}

/// The places of the page, in its order.
std::vector<std::size_t> page_of(const EventColumns& events, const Tests& tests, const Query& asked) {
  std::vector<std::size_t> found;
  const bool down = asked.order[0].descending;
  const auto place = [&](std::size_t i) { return std::pair(events.start[i], events.id[i]); };
  std::pair<std::int64_t, Id> last{};
  if (!asked.after.empty()) last = {to_cell(asked.after[0]).as_integer(), to_cell(asked.after[1]).as_integer()};
  events.each(tests.from, tests.to, [&](std::size_t i) {
    if (!tests.hold(events, i)) return;
    if (asked.after.empty() || (down ? place(i) < last : last < place(i))) found.push_back(i);
  });
  const auto before = [&](std::size_t a, std::size_t b) { return down ? place(b) < place(a) : place(a) < place(b); };
  const std::size_t wanted = std::min(found.size(), static_cast<std::size_t>(asked.offset + asked.limit));
  std::partial_sort(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(wanted), found.end(), before);
  found.resize(wanted);
  found.erase(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(std::min<std::int64_t>(asked.offset, std::ssize(found))));
  return found;
}

/// By start, then id, both one way.
bool is_by_start(const std::vector<Order>& order) {
  if (order.empty() || order.size() > 2 || order[0].path != Path(Event::kStart)) return false;
  return order.size() == 1 || (order[1].path == Path(kId) && order[1].descending == order[0].descending);
}

bool fits(const Query& asked) {
  constexpr std::int64_t kLargestPage = 1000;
  return asked.entity == Event::kEntity && asked.filter && asked.limit > 0 && asked.limit <= kLargestPage && asked.offset >= 0 &&
         asked.offset < 1'000'000 && is_by_start(asked.order) &&
         (asked.after.empty() || (asked.after.size() == 2 && std::holds_alternative<std::int64_t>(asked.after[0]))) &&
         asks_of_companies(*asked.filter);
}

}  // namespace

std::optional<Query> page_by_ids(Crm::State& state, Unit& unit, const Query& asked) {
  if (!state.analytics || !state.analytics->events.built() || !fits(asked) || !may_be_resident(state, unit)) return {};
  const KeptWithin within(state);
  Analytics& kept = *state.analytics;
  const EventColumns& events = kept.events.up_to_date(unit);
  constexpr std::size_t kMostSets = 500;
  if (kept.companies.size() > kMostSets) kept.companies.clear();  // before this question borrows any
  Tests tests(kept.company_places);
  if (!add(unit, kept, *asked.filter, tests)) return {};
  Query by_ids = asked;
  std::vector<Value> ids;
  for (std::size_t place : page_of(events, tests, asked)) ids.emplace_back(events.id[place]);
  by_ids.filter = where::in(kId, std::move(ids));
  by_ids.after.clear();
  by_ids.offset = 0;
  return by_ids;
}

}  // namespace crm
