#include "columns.hpp"

#include <algorithm>
#include <limits>
#include <unordered_map>

namespace crm {
namespace {

std::int32_t narrow(const Cell& cell) {
  const std::int64_t id = cell.as_integer();
  if (id < 0 || id > std::numeric_limits<std::int32_t>::max())
    refuse(Code::unsupported, {"M13.id_range", Event::kEntity, kId, id, std::to_string(id), ""});
  return static_cast<std::int32_t>(id);
}

std::int64_t instant(const Cell& cell) { return cell.is_null() ? EventColumns::kNever : cell.integer; }

std::vector<Path> columns_of(Width width) {
  std::vector<Path> columns{kId, Event::kType, Event::kCompany, Event::kExecutor, Event::kState, Event::kVerification,
                            Event::kStart, Event::kProduct, Event::kProducts, Event::kRemoved};
  if (width == Width::whole) columns.insert(columns.end(), {Event::kEnd, Event::kDueAt, Event::kOutcome, Event::kPriority});
  return columns;
}

/// Replaces or adds the event that `cells` tell of at `place`.
class Filler {
 public:
  explicit Filler(EventColumns& columns) : c_(columns) {}

  void add(const Cell* cells, Width width) {
    c_.id.push_back(cells[0].integer);
    const auto grow = [](auto&... column) { (column.emplace_back(), ...); };
    grow(c_.start, c_.end, c_.due, c_.type, c_.company, c_.executor, c_.outcome, c_.product, c_.state, c_.verification, c_.priority);
    set(c_.id.size() - 1, cells, width);
  }

  void set(std::size_t place, const Cell* cells, Width width) {
    c_.type[place] = narrow(cells[1]);
    c_.company[place] = narrow(cells[2]);
    c_.largest_company = std::max(c_.largest_company, c_.company[place]);
    c_.executor[place] = narrow(cells[3]);
    c_.state[place] = cells[9].as_integer() ? EventColumns::kRemoved : static_cast<std::uint8_t>(cells[4].as_integer());
    c_.verification[place] = static_cast<std::uint8_t>(cells[5].as_integer());
    c_.start[place] = instant(cells[6]);
    if (place / EventColumns::kBlock == c_.blocks.size()) c_.blocks.emplace_back();
    EventColumns::Starts& block = c_.blocks[place / EventColumns::kBlock];
    block.first = std::min(block.first, c_.start[place]);
    block.last = std::max(block.last, c_.start[place]);
    if (c_.product[place] < 0) c_.several[static_cast<std::size_t>(-1 - c_.product[place])].clear();
    c_.product[place] = narrow(cells[7]);
    if (cells[8].as_integer() > 1) many_.push_back(place);
    if (width != Width::whole) return;
    c_.end[place] = instant(cells[10]);
    c_.due[place] = instant(cells[11]);
    c_.outcome[place] = narrow(cells[12]);
    c_.priority[place] = static_cast<std::uint8_t>(cells[13].as_integer());
  }

  /// Reads the lines of events with several products.
  void read_several(Unit& unit) {
    constexpr std::size_t kBatch = 500;
    for (std::size_t from = 0; from < many_.size(); from += kBatch) {
      std::vector<Value> events;
      std::unordered_map<Id, std::size_t> places;
      for (std::size_t i = from; i < std::min(from + kBatch, many_.size()); ++i) {
        events.emplace_back(c_.id[many_[i]]);
        places.emplace(c_.id[many_[i]], many_[i]);
      }
      Query query;
      query.entity = EventLine::kEntity;
      query.columns = {EventLine::kEvent, EventLine::kProduct};
      query.filter = where::in(EventLine::kEvent, std::move(events));
      query.order = {{EventLine::kEvent}, {EventLine::kProduct}};
      const auto cursor = unit.session.select(query);
      while (const Cell* cells = cursor->next()) add_product(places.at(cells[0].integer), narrow(cells[1]));
    }
    many_.clear();
  }

 private:
  void add_product(std::size_t place, std::int32_t product) {
    std::int32_t& one = c_.product[place];
    if (one >= 0) {
      one = -1 - static_cast<std::int32_t>(c_.several.size());
      c_.several.emplace_back();
    }
    auto& products = c_.several[static_cast<std::size_t>(-1 - one)];
    if (products.empty() || products.back() != product) products.push_back(product);
  }

  EventColumns& c_;
  std::vector<std::size_t> many_;
};

}  // namespace

EventColumns read_events(Unit& unit, Filter filter, Width width) {
  Query query;
  query.entity = Event::kEntity;
  query.columns = columns_of(width);
  query.filter = std::move(filter);
  query.any_order = true;
  limit(unit, query);
  EventColumns columns;
  Filler filler(columns);
  {
    const auto cursor = unit.session.select(query);
    while (const Cell* cells = cursor->next()) filler.add(cells, width);
  }
  filler.read_several(unit);
  return columns;
}

// --- resident ---------------------------------------------------------------------------------------

namespace {

constexpr std::size_t kManyChanges = 20'000;  // of a whole reading costs less than reading each again

}  // namespace

/// Events that the lines of the log after those seen touch; none where there are too many of them.
std::optional<std::vector<Id>> ResidentEvents::touched_since(Unit& unit) {
  std::vector<Id> events;
  const auto event_of_line = [&](Id line) {
    if (const auto row = unit.find(IdOf<EventLine>{line})) events.push_back(row->event.value);
  };
  for (const LogLine& line : unit.session.changes(seen_, 0)) {
    changed_[line.entity] = line.seq;
    if (line.entity == Event::kEntity) {
      if (line.count > static_cast<std::int64_t>(kManyChanges)) return {};
      for (Id id = line.id; id < line.id + line.count; ++id) events.push_back(id);
    } else if (line.entity == EventLine::kEntity) {
      if (line.count > static_cast<std::int64_t>(kManyChanges)) return {};
      for (Id id = line.id; id < line.id + line.count; ++id) event_of_line(id);
      for (const auto& [field, value] : line.old)
        if (field == EventLine::kEvent) events.push_back(to_cell(value).as_integer());
    }
    if (events.size() > kManyChanges) return {};
  }
  std::ranges::sort(events);
  events.erase(std::ranges::unique(events).begin(), events.end());
  return events;
}

Version ResidentEvents::last_change_of(EntityNo entity) const {
  const auto found = changed_.find(entity);
  return found == changed_.end() ? all_changed_ : found->second;
}

void ResidentEvents::read_all(Unit& unit) {
  columns_ = {};
  Query query;
  query.entity = Event::kEntity;
  query.columns = columns_of(Width::whole);
  Filler filler(columns_);
  {
    const auto cursor = unit.session.select(query);
    while (const Cell* cells = cursor->next()) filler.add(cells, Width::whole);
  }
  filler.read_several(unit);
}

void ResidentEvents::read_again(Unit& unit, const std::vector<Id>& ids) {
  constexpr std::size_t kBatch = 500;
  Filler filler(columns_);
  for (std::size_t from = 0; from < ids.size(); from += kBatch) {
    Query query;
    query.entity = Event::kEntity;
    query.columns = columns_of(Width::whole);
    std::vector<Value> some;
    for (std::size_t i = from; i < std::min(from + kBatch, ids.size()); ++i) some.emplace_back(ids[i]);
    query.filter = where::in(kId, std::move(some));
    const auto cursor = unit.session.select(query);
    while (const Cell* cells = cursor->next()) {
      const auto place = std::ranges::lower_bound(columns_.id, cells[0].integer);
      if (place != columns_.id.end() && *place == cells[0].integer) {
        filler.set(static_cast<std::size_t>(place - columns_.id.begin()), cells, Width::whole);
      } else if (place == columns_.id.end()) {
        filler.add(cells, Width::whole);
      } else {
        out_of_order_ = true;  // a host gives ids of his own
      }
    }
  }
  filler.read_several(unit);
}

const EventColumns& ResidentEvents::up_to_date(Unit& unit) {
  const Version newest = unit.session.last_change();
  if (newest == seen_) return columns_;
  const auto touched = seen_ >= 0 ? touched_since(unit) : std::nullopt;
  if (!touched) {
    all_changed_ = newest;
    changed_.clear();
  }
  seen_ = -1;  // until all is read
  out_of_order_ = !touched;
  if (touched) read_again(unit, *touched);
  if (out_of_order_) read_all(unit);
  seen_ = newest;
  return columns_;
}

}  // namespace crm
