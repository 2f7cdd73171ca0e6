// The forward steps of the schema, from the first release to today's.
#include "migrations.hpp"

#include <array>

#include "crm/model/entities.hpp"
#include "crm/meta/record.hpp"
#include "crm/store/store.hpp"

namespace crm {
namespace {

/// Version 3: open events get what time does next to them, held ones since when they await verification; the organisation tells.
void to_version_3(Session& session) {
  Query query;
  query.entity = Event::kEntity;
  query.columns = {kId, Event::kDueAt, Event::kHeldAt};
  query.filter = where::all({where::eq(Event::kRemoved, Id{0}),
                             where::any({where::ge(Event::kDueAt, INT64_MIN),
                                         where::eq(Event::kVerification, static_cast<Id>(Event::Verification::awaiting))})});
  struct Found {
    Id id;
    std::array<Cell, 2> cells;
  };
  std::vector<Found> events;
  const auto cursor = session.select(query);
  while (const Cell* cells = cursor->next()) {
    const bool is_open = !cells[1].is_null();
    events.push_back({cells[0].integer, {is_open ? Cell() : cells[2], is_open ? cells[1] : cells[2]}});
  }
  static constexpr FieldNo kFields[] = {Event::kAwaitingSince, Event::kTickAt};
  static constexpr FieldNo kSilent[] = {Organisation::kSilent};
  const Cell no = Cell::of(std::int64_t{0});
  std::vector<Change> changes{{Do::refresh, Organisation::kEntity, 1, 0, kSilent, {&no, 1}}};
  for (const Found& event : events) changes.push_back({Do::refresh, Event::kEntity, event.id, 0, kFields, event.cells});
  session.apply(changes);
}

/// A new field of events, where it is not null: `value_of` the cells of the query, of which the first is the id. No texts.
template <class ValueOf>
void refresh_events(Session& session, const Query& query, FieldNo field, ValueOf&& value_of) {
  std::vector<std::pair<Id, Cell>> found;
  const auto cursor = session.select(query);
  while (const Cell* cells = cursor->next())
    if (const Cell value = value_of(cells); !value.is_null()) found.emplace_back(cells[0].integer, value);
  std::vector<Change> changes;
  for (const auto& [id, value] : found) changes.push_back({Do::refresh, Event::kEntity, id, 0, {&field, 1}, {&value, 1}});
  session.apply(changes);
}

/// Version 4: events that last longer than a day are found by the calendar.
void to_version_4(Session& session) {
  Query query;
  query.entity = Event::kEntity;
  query.columns = {kId, Event::kStart, Event::kEnd};
  query.filter = where::all({where::not_null(Event::kStart), where::not_null(Event::kEnd)});
  constexpr std::int64_t kDay = std::chrono::microseconds(std::chrono::hours(24)).count();
  refresh_events(session, query, Event::kLongUntil,
                 [](const Cell* cells) { return cells[2].integer - cells[1].integer > kDay ? cells[2] : Cell(); });
}

/// Ascending.
std::vector<Id> ids_of(Session& session, EntityNo entity) {
  Query query;
  query.entity = entity;
  query.columns = {kId};
  std::vector<Id> ids;
  const auto cursor = session.select(query);
  while (const Cell* cells = cursor->next()) ids.push_back(cells[0].integer);
  return ids;
}

void write_row(Session& session, Do op, const Row& row, const EntityInfo& info) {
  std::vector<FieldNo> fields;
  std::vector<Cell> cells;
  for (std::size_t i = 0; i < info.fields.size(); ++i) {
    fields.push_back(info.fields[i].no);
    cells.push_back(to_cell(row.values[i]));
  }
  Change change{op, info.no, row.id, 0, fields, cells};
  session.apply({&change, 1});
}

/// Version 5: events know how many products their lines have.
void count_products(Session& session) {
  Query query;
  query.entity = EventLine::kEntity;
  query.columns = {EventLine::kEvent, EventLine::kProduct};
  query.order = {{EventLine::kEvent}, {EventLine::kProduct}};
  std::vector<std::pair<Id, Cell>> counts;
  std::array<Id, 2> last{};
  const auto cursor = session.select(query);
  while (const Cell* cells = cursor->next()) {
    const std::array<Id, 2> line{cells[0].integer, cells[1].integer};
    if (line[0] != last[0]) counts.emplace_back(line[0], Cell::of(std::int64_t{0}));
    counts.back().second.integer += line != last;
    last = line;
  }
  const Cell none = Cell::of(std::int64_t{0});
  static constexpr FieldNo kFields[] = {Event::kProducts};
  std::vector<Change> changes;
  std::size_t next = 0;
  for (Id id : ids_of(session, Event::kEntity)) {
    while (next < counts.size() && counts[next].first < id) ++next;
    const bool found = next < counts.size() && counts[next].first == id;
    changes.push_back({Do::refresh, Event::kEntity, id, 0, kFields, {found ? &counts[next].second : &none, 1}});
  }
  session.apply(changes);
}

/// ... and a planned number is a row of its own.
void to_version_5(Session& session) {
  count_products(session);
  Query query;
  query.entity = PlanCell::kEntity;
  const EntityInfo& info = entity_info(PlanCell::kEntity);
  query.columns = {kId, kVersion};
  for (const FieldInfo& field : info.fields) query.columns.emplace_back(field.no);
  std::vector<std::array<Row, 2>> cells;  // of events, of an amount
  const auto cursor = session.select(query);
  while (const Cell* found = cursor->next()) {
    Row row{found[0].integer, found[1].integer, {}};
    for (std::size_t i = 0; i < info.fields.size(); ++i) row.values.push_back(to_value(found[i + 2]));
    cells.push_back({row, row});
  }
  const auto set = [&](Row& row, FieldNo field, Value value) { row.values[static_cast<std::size_t>(info.position(field))] = std::move(value); };
  const auto filled = [&](const Row& row, FieldNo field) { return !to_cell(row.values[static_cast<std::size_t>(info.position(field))]).is_null(); };
  for (auto& [events, amount] : cells) {
    const bool both = filled(events, PlanCell::kEvents) && filled(events, PlanCell::kAmount);
    set(events, PlanCell::kMeasure, static_cast<Id>(PlanCell::Measure::events));
    set(amount, PlanCell::kMeasure, static_cast<Id>(PlanCell::Measure::amount));
    set(amount, PlanCell::kEvents, {});
    if (both || filled(events, PlanCell::kEvents)) {
      set(events, PlanCell::kAmount, {});
      set(events, PlanCell::kCurrency, {});
    }
    write_row(session, Do::refresh, filled(events, PlanCell::kEvents) ? events : amount, info);
    if (!both) continue;
    amount.id = session.reserve(PlanCell::kEntity);
    write_row(session, Do::insert, amount, info);
  }
}

/// Version 6: reports find what they count by its start alone.
void to_version_6(Session& session) {
  Query query;
  query.entity = Event::kEntity;
  query.columns = {kId, Event::kStart};
  query.filter = where::all({where::eq(Event::kState, static_cast<Id>(Event::State::held)), where::eq(Event::kRemoved, Id{0}),
                             where::ne(Event::kVerification, static_cast<Id>(Event::Verification::returned)), where::not_null(Event::kStart)});
  refresh_events(session, query, Event::kCountedAt, [](const Cell* cells) { return cells[1]; });
}

}  // namespace

std::vector<Migration> migrations() {
  return {
      {2, {WorkingHours::kEntity, CalendarDay::kEntity}, {}, {}, {}},
      {3,
       {Notice::kEntity, Escalation::kEntity, EscalationStep::kEntity, Reminder::kEntity, Watcher::kEntity, Subscription::kEntity,
        NoticeText::kEntity, PlannedDismissal::kEntity, Role::kEntity, UserRole::kEntity, SavedFilter::kEntity,
        HostDocumentKind::kEntity, HostDocument::kEntity, HostDocumentLine::kEntity, EventDocument::kEntity, DocumentRule::kEntity,
        DocumentEffect::kEntity},
       {{Event::kEntity, Event::kAwaitingSince}, {Event::kEntity, Event::kTickAt}, {Organisation::kEntity, Organisation::kSilent},
        {Organisation::kEntity, Organisation::kRescoreAfter}},
       {{Event::kEntity, 4}, {Event::kEntity, 5}, {Company::kEntity, 2}},
       to_version_3},
      {4, {CalendarTheme::kEntity, CalendarStyle::kEntity, HostFeed::kEntity}, {{Event::kEntity, Event::kLongUntil}}, {{Event::kEntity, 6}, {Event::kEntity, 7}}, to_version_4},
      {5,
       {Funnel::kEntity, FunnelStage::kEntity, FunnelRule::kEntity, Employment::kEntity},
       {{Event::kEntity, Event::kProducts}},
       {},
       to_version_5,
       {PlanCell::kEntity},
       {{Event::kEntity, 2}}},
      {6, {}, {{Event::kEntity, Event::kCountedAt}}, {{Event::kEntity, 8}}, to_version_6},
      {7, {}, {}, {}, {}}};  // the change log gets an index on its times, which is its store's own
}

}  // namespace crm
