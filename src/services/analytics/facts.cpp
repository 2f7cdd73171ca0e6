#include "facts.hpp"

#include <algorithm>

#include "analytics.hpp"
#include "crm/services/filters.hpp"
#include "../events_counted.hpp"
#include "../main_managers.hpp"

namespace crm {
namespace {

/// What is known of a fact by which it is placed; `several` where a dimension has more than one key of it.
struct Known {
  std::int32_t manager = 0, type = 0, company = 0, product = 0;
  std::span<const std::int32_t> products;   // of an event
  std::int32_t state = 0, priority = 0, verification = 0, outcome = 0;
  Date day{};
};

/// Puts a fact into every row and column of its keys.
class Placer {
 public:
  Placer(KeySource& source, Side& rows, Side& columns, std::vector<Placed>& out) : source_(source), rows_(rows), columns_(columns), out_(out) {}

  void place(const Known& known, Placed fact) {
    numbers(known, rows_, row_numbers_);
    numbers(known, columns_, column_numbers_);
    for (std::int32_t row : row_numbers_)
      for (std::int32_t column : column_numbers_) {
        fact.row = row;
        fact.column = column;
        out_.push_back(fact);
      }
  }

 private:
  void numbers(const Known& known, Side& side, std::vector<std::int32_t>& out) {
    out.clear();
    std::span<const std::int32_t> first(&kNone, 1), second(&kNone, 1);
    std::array<std::int32_t, 2> one{};
    if (!side.axes().empty()) first = keys(known, side.axes()[0], one[0]);
    if (side.axes().size() > 1) second = keys(known, side.axes()[1], one[1]);
    for (std::int32_t a : first)
      for (std::int32_t b : second) out.push_back(side.number({a, b}));
  }

  std::span<const std::int32_t> keys(const Known& known, const PivotAxis& axis, std::int32_t& one) {
    switch (axis.dimension) {
      case Dimension::manager: one = known.manager; break;
      case Dimension::department: one = source_.department(known.manager); break;
      case Dimension::type: one = known.type; break;
      case Dimension::state: one = known.state; break;
      case Dimension::priority: one = known.priority; break;
      case Dimension::verification: one = known.verification; break;
      case Dimension::outcome: one = known.outcome; break;
      case Dimension::company: one = known.company; break;
      case Dimension::product:
        if (!known.products.empty()) return known.products;
        one = known.product;
        break;
      case Dimension::sphere: return source_.spheres(known.company);
      case Dimension::classifier: return source_.nodes(axis.classifier, known.company);
      case Dimension::day:
      case Dimension::week:
      case Dimension::month:
      case Dimension::quarter:
      case Dimension::year: one = static_cast<std::int32_t>(KeySource::period(axis.dimension, known.day)); break;
    }
    return {&one, 1};
  }

  static constexpr std::int32_t kNone = 0;
  KeySource& source_;
  Side& rows_;
  Side& columns_;
  std::vector<Placed>& out_;
  std::vector<std::int32_t> row_numbers_, column_numbers_;
};

std::int64_t minutes_of(const EventColumns& events, std::size_t place) {
  if (events.end[place] == EventColumns::kNever || events.start[place] == EventColumns::kNever) return 0;
  return (events.end[place] - events.start[place]) / 60'000'000;
}

}  // namespace

std::size_t Side::size() const {
  if (axes_.empty()) return 1;
  return axes_.size() == 1 ? one_.ids().size() : pairs_.ids().size();
}

std::vector<std::int64_t> Side::keys(std::size_t axis) const {
  if (axes_.size() == 1) return one_.ids();
  std::vector<std::int64_t> found;
  for (std::int64_t pair : pairs_.ids())
    found.push_back(axis == 0 ? one_.ids()[static_cast<std::size_t>(pair & 0xffffffff)] : two_.ids()[static_cast<std::size_t>(pair >> 32)]);
  return found;
}

Width width_of(const PivotQuery& query) {
  const auto wide = [](const PivotAxis& axis) {
    return axis.dimension == Dimension::state || axis.dimension == Dimension::priority || axis.dimension == Dimension::outcome;
  };
  const bool minutes = std::ranges::find(query.figures, Figure::minutes) != query.figures.end();
  if (minutes || std::ranges::any_of(query.rows, wide) || std::ranges::any_of(query.columns, wide)) return Width::whole;
  return has_counted_at(query.counted) ? Width::counted : Width::narrow;
}

Counted::Counted(EventsCounted counted) {
  using Verification = Event::Verification;
  for (std::uint8_t state = 0; state <= static_cast<std::uint8_t>(Event::State::cancelled); ++state)  // what no release knows does not count
    for (std::uint8_t verification = 0; verification < EventColumns::kVerifications; ++verification) {
      const bool held = state == static_cast<std::uint8_t>(Event::State::held);
      const auto result = static_cast<Verification>(verification);
      bool& counts = table_[at(state, verification)];
      switch (counted) {
        case EventsCounted::held: counts = held && result != Verification::returned; break;
        case EventsCounted::held_any: counts = held; break;
        case EventsCounted::accepted: counts = held && result == Verification::accepted; break;
        case EventsCounted::all: counts = true; break;
      }
    }
}

Filter event_filter(Unit& unit, EventsCounted counted, const Span& span, bool through_line) {
  const auto path = [&](FieldNo field) { return through_line ? Path(EventLine::kEvent, field) : Path(field); };
  if (has_counted_at(counted)) {
    Filter filter = where::all({where::ge(path(Event::kCountedAt), span.start), where::lt(path(Event::kCountedAt), span.end)});
    if (counted == EventsCounted::accepted)
      filter.parts.push_back(where::eq(path(Event::kVerification), static_cast<Id>(Event::Verification::accepted)));
    return filter;
  }
  std::vector<Filter> parts;
  if (!through_line) {  // the index begins with the type
    std::vector<Value> types;
    for (Id type : unit.ids(EventType::kEntity, kId, where::not_null(kId))) types.emplace_back(type);
    parts.push_back(where::in(Event::kType, std::move(types)));
  }
  for (Filter& part : counted_filter(counted, through_line ? FieldNo{EventLine::kEvent} : FieldNo{0})) parts.push_back(std::move(part));
  if (counted == EventsCounted::all && !through_line) {
    std::vector<Value> states;
    for (Id state = 0; state <= static_cast<Id>(Event::State::cancelled); ++state) states.emplace_back(state);
    parts.push_back(where::in(Event::kState, std::move(states)));
  }
  parts.push_back(where::ge(path(Event::kStart), span.start));
  parts.push_back(where::lt(path(Event::kStart), span.end));
  return where::all(std::move(parts));
}

const EventColumns& FactReader::columns_of(const Span& span, Width width) {
  if (kept_) return kept_->events.up_to_date(unit_);
  if (!read_ || read_span_ != std::pair(span.start, span.end)) {
    Filter filter = event_filter(unit_, query_.counted, span, false);
    if (where_) filter.parts.push_back(*where_);
    read_ = read_events(unit_, std::move(filter), width);
    read_span_ = {span.start, span.end};
  }
  return *read_;
}

std::vector<Placed> FactReader::events(Figure figure, const Span& span, Side& rows, Side& columns) {
  const EventColumns& events = columns_of(span, width_of(query_));
  std::vector<Placed> out;
  Placer placer(source_, rows, columns, out);
  const Counted counted(query_.counted);
  std::int32_t fact = 0;
  events.each(span.start, span.end, [&](std::size_t i) {
    if (!counted(events, i)) return;
    Known known{events.executor[i], events.type[i], events.company[i], 0, events.products(i), 0, events.priority[i], events.verification[i],
                events.outcome[i], source_.date(events.start[i])};
    known.state = source_.effective_state(events, i);
    const std::int64_t value = figure == Figure::minutes ? minutes_of(events, i) : 1;
    placer.place(known, {0, 0, fact++, known.company, value, events.id[i]});
  });
  return out;
}

/// E1: what lines say, and the amount of an event without lines.
ByCurrency FactReader::lines(Figure figure, const Span& span, Side& rows, Side& columns) {
  const EventColumns& events = columns_of(span, width_of(query_));
  const Counted counted(query_.counted);
  std::unordered_map<Id, std::size_t> places;
  events.each(span.start, span.end, [&](std::size_t i) {
    if (counted(events, i)) places.emplace(events.id[i], i);
  });
  ByCurrency out;
  std::int32_t fact = 0;
  const auto add = [&](Id event, std::int32_t product, const Cell& value, const Cell& currency) {
    const auto found = places.find(event);
    if (found == places.end() || value.is_null()) return;
    const std::size_t i = found->second;
    Known known{events.executor[i], events.type[i], events.company[i], product, {}, 0, events.priority[i], events.verification[i],
                events.outcome[i], source_.date(events.start[i])};
    known.state = source_.effective_state(events, i);
    Placer(source_, rows, columns, out[parse_currency(currency.as_text())])
        .place(known, {0, 0, fact++, known.company, value.integer, event});
  };
  const bool amounts = figure == Figure::amount;
  Query query;
  query.entity = EventLine::kEntity;
  query.columns = {EventLine::kEvent, EventLine::kProduct, amounts ? EventLine::kAmount : EventLine::kQuantity};
  if (amounts) query.columns.emplace_back(EventLine::kCurrency);
  query.filter = event_filter(unit_, query_.counted, span, true);
  const Cell none{};
  unit_.session.scan(query, [&](const Cell* c) { add(c[0].integer, narrow_id(EventLine::kEntity, c[1]), c[2], amounts ? c[3] : none); });
  if (!amounts) return out;
  query.entity = Event::kEntity;
  query.columns = {kId, Event::kAmount, Event::kCurrency};
  query.filter = event_filter(unit_, query_.counted, span, false);
  query.filter->parts.push_back(where::not_null(Event::kAmount));
  query.filter->parts.push_back(where::eq(Event::kProducts, Id{0}));
  unit_.session.scan(query, [&](const Cell* c) { add(c[0].integer, 0, c[1], c[2]); });
  return out;
}

ByCurrency FactReader::money(Figure figure, const Span& span, Side& rows, Side& columns) {
  Query query;
  query.entity = Receipt::kEntity;
  query.columns = {kId, Receipt::kCompany, Receipt::kDate, Receipt::kProduct, Receipt::kUser, Receipt::kAmount, Receipt::kCurrency};
  const auto id = [](const Cell& cell) { return narrow_id(Receipt::kEntity, cell); };
  const auto kind = figure == Figure::receipts ? Receipt::Kind::receipt : Receipt::Kind::shipment;
  query.filter = where::all({where::eq(Receipt::kKind, static_cast<Id>(kind)), where::ge(Receipt::kDate, to_number(span.from)),
                             where::lt(Receipt::kDate, to_number(span.to)), where::not_null(Receipt::kAmount)});
  limit(unit_, query);
  MainManagers managers(unit_, kept_);
  ByCurrency out;
  std::int32_t fact = 0;
  unit_.session.scan(query, [&](const Cell* c) {
    Known known;
    known.company = id(c[1]);
    known.day = date_of(c[2].integer);
    known.product = id(c[3]);
    known.manager = c[4].is_null() ? id(Cell::of(managers.on({known.company}, known.day).value)) : id(c[4]);
    Placer(source_, rows, columns, out[parse_currency(c[6].as_text())])
        .place(known, {0, 0, fact++, known.company, c[5].integer, c[0].integer});
  });
  return out;
}

std::vector<Placed> FactReader::new_companies(const Span& span, Side& rows, Side& columns) {
  Query query;
  query.entity = Company::kEntity;
  query.columns = {kId, Company::kActivatedOn};
  query.filter = where::all({where::ge(Company::kActivatedOn, to_number(span.from)), where::lt(Company::kActivatedOn, to_number(span.to))});
  limit(unit_, query);
  MainManagers managers(unit_, kept_);
  std::vector<Placed> out;
  Placer placer(source_, rows, columns, out);
  std::int32_t fact = 0;
  unit_.session.scan(query, [&](const Cell* c) {
    Known known;
    known.company = narrow_id(Company::kEntity, c[0]);
    known.day = date_of(c[1].integer);
    known.manager = narrow_id(User::kEntity, Cell::of(managers.on({known.company}, known.day).value));
    placer.place(known, {0, 0, fact++, known.company, 1, c[0].integer});
  });
  return out;
}

ByCurrency FactReader::read(Figure figure, const Span& span, Side& rows, Side& columns) {
  const auto single = [](std::vector<Placed> facts) {
    ByCurrency out;
    out.emplace(Currency(), std::move(facts));
    return out;
  };
  switch (figure) {
    case Figure::events:
    case Figure::companies:
    case Figure::minutes: return single(events(figure, span, rows, columns));
    case Figure::amount:
    case Figure::quantity: return lines(figure, span, rows, columns);
    case Figure::receipts:
    case Figure::shipments: return money(figure, span, rows, columns);
    case Figure::new_companies: break;
  }
  return single(new_companies(span, rows, columns));
}

}  // namespace crm
