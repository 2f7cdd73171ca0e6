#include "columns.hpp"

#include <algorithm>
#include <limits>
#include <unordered_map>

namespace crm {

std::uint8_t narrow_number(const Cell& cell, std::uint8_t most) {
  const std::int64_t number = cell.as_integer();
  return number < 0 || number > most ? most : static_cast<std::uint8_t>(number);
}

std::int32_t narrow_id(EntityNo entity, const Cell& cell) {
  const std::int64_t id = cell.as_integer();
  if (id < 0 || id > std::numeric_limits<std::int32_t>::max()) refuse(Code::unsupported, {"M13.id_range", entity, kId, id, std::to_string(id), ""});
  return static_cast<std::int32_t>(id);
}

namespace {

std::int64_t instant(const Cell& cell) {
  return cell.is_null() ? EventColumns::kNever : std::clamp(cell.as_integer(), to_number(kFirstInstant), to_number(kLastInstant));
}

std::vector<Path> columns_of(Width width) {
  std::vector<Path> columns{kId, Event::kType, Event::kCompany, Event::kExecutor, Event::kVerification,
                            width == Width::counted ? Event::kCountedAt : Event::kStart, Event::kProduct, Event::kProducts};
  if (width != Width::counted) columns.insert(columns.end(), {Event::kState, Event::kRemoved});
  if (width == Width::whole) columns.insert(columns.end(), {Event::kEnd, Event::kDueAt, Event::kOutcome, Event::kPriority});
  return columns;
}

std::int32_t narrow(const Cell& cell) { return narrow_id(Event::kEntity, cell); }

}  // namespace

std::vector<Path> EventColumns::paths() { return columns_of(Width::whole); }

std::vector<std::uint32_t> EventColumns::arrange() {
  auto places = arrange_by(start, id, start, end, due, type, company, executor, outcome, product, state, verification, priority);
  starts = Blocks(start);
  return places;
}

std::size_t EventColumns::bytes() const {
  std::size_t lists = 0;
  for (const auto& products : several) lists += bytes_of(products);
  return bytes_of(id, start, end, due, type, company, executor, outcome, product, state, verification, priority, several) + lists +
         starts.bytes() + types.bytes() + executors.bytes() + outcomes.bytes() + products_met.bytes();
}

void EventColumns::Filler::touched(Unit& unit, const LogLine& line, std::vector<Id>& events) {
  if (line.entity != EventLine::kEntity) return;
  for (Id id = line.id; id < line.id + line.count; ++id)
    if (const auto row = unit.find(IdOf<EventLine>{id})) events.push_back(row->event.value);
  for (const auto& [field, value] : line.old)
    if (field == EventLine::kEvent) events.push_back(to_cell(value).as_integer());
}

void EventColumns::Filler::add(const Cell* cells) {
  c_.id.push_back(cells[0].integer);
  const auto grow = [](auto&... column) { (column.emplace_back(), ...); };
  grow(c_.start, c_.end, c_.due, c_.type, c_.company, c_.executor, c_.outcome, c_.product, c_.state, c_.verification, c_.priority);
  set(c_.id.size() - 1, cells);
}

void EventColumns::Filler::set(std::size_t place, const Cell* cells) {
  c_.type[place] = narrow(cells[1]);
  c_.company[place] = narrow(cells[2]);
  c_.largest_company = std::max(c_.largest_company, c_.company[place]);
  c_.executor[place] = narrow(cells[3]);
  c_.verification[place] = narrow_number(cells[4], EventColumns::kVerifications - 1);
  c_.start[place] = instant(cells[5]);
  c_.starts.note(place, c_.start[place]);
  if (c_.product[place] < 0) c_.several[static_cast<std::size_t>(-1 - c_.product[place])].clear();
  c_.product[place] = narrow(cells[6]);
  c_.types.number(c_.type[place]);
  c_.executors.number(c_.executor[place]);
  c_.products_met.number(c_.product[place]);
  if (cells[7].as_integer() > 1) several_.push_back(place);
  c_.state[place] = width_ == Width::counted  ? static_cast<std::uint8_t>(Event::State::held)
                    : cells[9].as_integer() ? EventColumns::kRemoved
                                            : narrow_number(cells[8], EventColumns::kRemoved - 1);
  if (width_ != Width::whole) return;
  c_.end[place] = instant(cells[10]);
  c_.due[place] = instant(cells[11]);
  c_.outcome[place] = narrow(cells[12]);
  c_.outcomes.number(c_.outcome[place]);
  c_.priority[place] = narrow_number(cells[13], UINT8_MAX);
}

void EventColumns::Filler::finish(Unit& unit) {
  std::vector<Id> ids;
  std::unordered_map<Id, std::size_t> places;
  for (std::size_t place : several_) {
    ids.push_back(c_.id[place]);
    places.emplace(c_.id[place], place);
  }
  each_piece(ids, [&](std::vector<Value> events) {
    Query query;
    query.entity = EventLine::kEntity;
    query.columns = {EventLine::kEvent, EventLine::kProduct};
    query.filter = where::in(EventLine::kEvent, std::move(events));
    query.order = {{EventLine::kEvent}, {EventLine::kProduct}};
    const auto cursor = unit.session.select(query);
    while (const Cell* cells = cursor->next()) add_product(places.at(cells[0].integer), narrow(cells[1]));
  });
  several_.clear();
}

void EventColumns::Filler::add_product(std::size_t place, std::int32_t met) {
  std::int32_t& one = c_.product[place];
  if (one >= 0) {
    one = -1 - static_cast<std::int32_t>(c_.several.size());
    c_.several.emplace_back();
  }
  auto& products = c_.several[static_cast<std::size_t>(-1 - one)];
  if (products.empty() || products.back() != met) products.push_back(met);
  c_.products_met.number(met);
}

EventColumns read_events(Unit& unit, Filter filter, Width width) {
  Query query;
  query.entity = Event::kEntity;
  query.columns = columns_of(width);
  query.filter = std::move(filter);
  limit(unit, query);
  EventColumns columns;
  EventColumns::Filler filler(columns, width);
  unit.session.scan(query, [&](const Cell* cells) { filler.add(cells); });
  filler.finish(unit);
  return columns;
}

}  // namespace crm
