#include "unit.hpp"

#include <algorithm>
#include <limits>

#include "access.hpp"
#include "completeness.hpp"
#include "crm/base/text.hpp"
#include "host_port.hpp"
#include "save.hpp"
#include "sizes.hpp"

namespace crm {

void check_clock(Instant now, Code code) {
  const auto is_from_to = [&](int first, int end) {
    return std::chrono::sys_days(std::chrono::year(first) / 1 / 1) <= now && now < std::chrono::sys_days(std::chrono::year(end) / 1 / 1);
  };
  if (is_from_to(1900, 2201)) return;
  refuse(code, {"clock.range", 0, 0, 0, is_from_to(1, 10000) ? to_string(now) : std::to_string(to_number(now)) + " us", ""});
}

void refuse(Code code, Violation violation) { throw Error(code, std::vector{std::move(violation)}); }

Instant Crm::State::now() const {
  const auto& clock = options.host.clock;
  const Instant now = clock ? ask_host("clock", clock) : std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
  check_clock(now, clock ? Code::host : Code::refused);
  return now;
}

void Crm::State::refresh_organisation(Session& at) {
  const auto row = at.find(Organisation::kEntity, 1);
  if (!row || organisation_at.is(row->version, undecided)) return;
  organisation = from_row<Organisation>(*row);
  if (organisation.zone != zone.name()) zone = Zone::as_stored(organisation.zone);
  organisation_at = {row->version, undecided};
}

Unit::Unit(Crm::State& state, Session& on, Use use) : session(on), now(state.now()), actor(state.options.actor), state_(state), use_(use) {}

const Zone& Unit::usable(const Zone& zone) const {
  if (use_ == Use::writes && !zone.is_known()) refuse(Code::unsupported, {"time.zone_database", 0, 0, 0, shorten(zone.name()), ""});
  return zone;
}

std::optional<Record> Unit::find(EntityNo entity, Id id) {
  const EntityInfo& info = entity_info(entity);
  auto row = session.find(entity, id);
  if (!row) return {};
  Record record(info, std::move(*row));
  if (entity == Event::kEntity && record.id_of(Event::kRemoved)) return {};  // hidden from every door but audit
  return record;
}

Record Unit::load(EntityNo entity, Id id) {
  if (auto record = find(entity, id)) return std::move(*record);
  refuse(Code::not_found, {"record.not_found", entity, kId, id, std::to_string(id), entity_info(entity).name});
}

std::vector<Row> Unit::rows(EntityNo entity, Query query) {
  const EntityInfo& info = entity_info(entity);
  query.entity = entity;
  hide_removed(entity, query.filter);
  query.columns = {kId, kVersion};
  for (const FieldInfo& f : info.fields) query.columns.emplace_back(f.no);
  std::vector<Row> found;
  const auto cursor = session.select(query);
  while (const Cell* cells = cursor->next()) {
    Row& row = found.emplace_back(Row{cells[0].integer, cells[1].integer, {}});
    row.values.reserve(info.fields.size());
    for (std::size_t i = 0; i < info.fields.size(); ++i) row.values.push_back(to_value(cells[i + 2]));
  }
  return found;
}

/// Whether no event without `counted_at` satisfies it: a removed one has none.
static bool takes_counted_only(const Filter& filter) {
  using Op = Filter::Op;
  if (filter.op == Op::all) return std::ranges::any_of(filter.parts, takes_counted_only);
  return filter.path == Path(Event::kCountedAt) && (filter.op == Op::ge || filter.op == Op::lt);
}

void hide_removed(EntityNo entity, std::optional<Filter>& filter) {
  if (entity != Event::kEntity || (filter && takes_counted_only(*filter))) return;
  Filter visible = where::eq(Event::kRemoved, Id{0});
  if (!filter) {
    filter = std::move(visible);
  } else if (filter->op == Filter::Op::all) {
    filter->parts.push_back(std::move(visible));
  } else {
    filter = where::all({std::move(*filter), std::move(visible)});
  }
}

Access Unit::access() {
  const Version newest = actor ? session.last_change() : 0;
  if (!state_.acting || state_.acting->user != actor || !state_.acting_at.is(newest, state_.undecided) || state_.acting_on != day_of_rights()) {
    state_.acting = std::make_shared<const Acting>(read_acting(*this, actor));
    state_.acting_at = {newest, state_.undecided};
    state_.acting_on = day_of_rights();
  }
  return {*this, state_.acting};
}

bool Unit::sees_everything() { return !actor || access().unlimited(); }

void limit(Unit& unit, Query& query) {
  hide_removed(query.entity, query.filter);
  if (!unit.actor) return;
  std::vector<Path> told = query.columns;
  for (const Order& order : query.order) told.push_back(order.path);
  unit.access().narrow(query.entity, query.filter, told);
}

void limit(Unit& unit, Aggregate& aggregate) {
  hide_removed(aggregate.entity, aggregate.filter);
  if (!unit.actor) return;
  std::vector<Path> told;
  for (const GroupKey& key : aggregate.keys) told.push_back(key.path);
  for (const Measure& measure : aggregate.measures)
    if (measure.fn != Measure::Fn::count) told.push_back(measure.path);
  unit.access().narrow(aggregate.entity, aggregate.filter, told);
}

std::vector<Id> Unit::ids(EntityNo entity, FieldNo column, Filter filter) {
  Query query;
  query.entity = entity;
  query.columns = {column};
  query.filter = std::move(filter);
  std::vector<Id> found;
  session.scan(query, [&](const Cell* cells) { found.push_back(cells[0].as_integer()); });
  std::ranges::sort(found);
  return found;
}

void Unit::check_text(const EntityInfo& entity, const FieldInfo& field, Id id, const Value& value) const {
  if (auto violation = too_long(limits(), entity, field, id, to_cell(value))) refuse(Code::invalid_argument, std::move(*violation));
}

Id Unit::insert(EntityNo entity, Row row) {
  const EntityInfo& info = entity_info(entity);
  for (std::size_t i = 0; i < info.fields.size(); ++i) check_text(info, info.fields[i], row.id, row.values[i]);
  if (!row.id) row.id = session.reserve(entity);
  staged_.push_back({{Do::insert, entity, row.id, 0, {}, {}}, {}, std::move(row.values)});
  return row.id;
}

void Unit::update(EntityNo entity, const Row& before, const Row& after) { stage_update(entity, before, after, false); }

void Unit::stage_update(EntityNo entity, const Row& before, const Row& after, bool renewed) {
  const EntityInfo& info = entity_info(entity);
  Staged staged{{Do::update, entity, after.id, before.version, {}, {}}, {}, {}};
  for (std::size_t i = 0; i < info.fields.size(); ++i) {
    if (after.values[i] == before.values[i]) continue;
    check_text(info, info.fields[i], after.id, after.values[i]);
    staged.fields.push_back(info.fields[i].no);
    staged.values.push_back(after.values[i]);
  }
  if (!staged.fields.empty() || renewed) staged_.push_back(std::move(staged));
}

void Unit::refresh(EntityNo entity, Id id, std::vector<std::pair<FieldNo, Value>> fields) {
  if (fields.empty()) return;
  Staged& staged = staged_.emplace_back();
  staged.change = {Do::refresh, entity, id, 0, {}, {}};
  for (auto& [no, value] : fields) {
    staged.fields.push_back(no);
    staged.values.push_back(std::move(value));
  }
}

void Unit::erase(EntityNo entity, Id id, Version version) {
  staged_.emplace_back().change = {Do::erase, entity, id, version, {}, {}};
}

void Unit::authorise(RecordRef record, Do what) const {
  const auto& authoriser = state_.options.host.authorise;
  if (!authoriser || !actor) return;
  const std::string why_not = ask_host("authorise", authoriser, actor, record, what);
  if (!why_not.empty()) refuse(Code::denied, {"X1.authoriser", record.entity, 0, record.id, std::to_string(actor.value), why_not});
}

bool Unit::host_has_file(const std::string& uri) const {
  const auto& check = state_.options.host.file_exists;
  return !check || ask_host("file_exists", check, uri);
}

void Unit::flush() {
  if (staged_.empty()) return;
  for (const Staged& staged : staged_) {
    const Change& change = staged.change;
    const bool is_asked = !written_by_actions_only(change.entity) || change.entity == PlannedDismissal::kEntity;
    if (is_asked && change.op != Do::refresh) authorise({change.entity, change.id}, change.op);
  }
  std::vector<Change> changes;
  changes.reserve(staged_.size());
  std::size_t count = 0;
  for (const Staged& staged : staged_) count += staged.values.size();
  std::vector<Cell> cells;
  cells.reserve(count);  // they do not move
  for (Staged& staged : staged_) {
    const std::size_t first = cells.size();
    for (const Value& value : staged.values) cells.push_back(to_cell(value));
    staged.change.fields = staged.fields;
    staged.change.cells = std::span(cells).subspan(first);
    changes.push_back(staged.change);
  }
  session.apply(changes);
  for (const Change& change : changes) {
    if (change.entity == Organisation::kEntity) state_.organisation_at = {};
    written_.emplace_back(change.entity, change.id, change.version);
  }
  sorted_ = false;
  staged_.clear();
}

Version Unit::version_of(RecordRef record, Version otherwise) {
  if (!std::exchange(sorted_, true)) std::ranges::sort(written_);
  const auto after = std::ranges::upper_bound(written_, std::tuple(record.entity, record.id, std::numeric_limits<Version>::max()));
  if (after == written_.begin()) return otherwise;
  const auto& [entity, id, version] = *std::prev(after);
  return entity == record.entity && id == record.id ? version : otherwise;
}

void Unit::touch(CompanyId company, Gate gate) {
  if (!company || state_.touched.contains(company.value)) return;
  Crm::State::Touched touched{{}, gate == Gate::asked};
  if (const auto card = find(company)) touched.before = measure_card(*this, *card);
  state_.touch(company.value, std::move(touched));
}

void Unit::touch_new(CompanyId company) { state_.touch(company.value, {}); }

void Crm::State::touch(Id company, Touched as_before) {
  if (touched.contains(company)) return;
  touched_order.push_back(company);  // in the list alone, if what follows fails: forgetting it does no harm
  touched.emplace(company, std::move(as_before));
}

void Crm::State::forget_touched(std::size_t kept) {
  for (; touched_order.size() > kept; touched_order.pop_back()) touched.erase(touched_order.back());
}

void Crm::State::forget_unit() {
  forget_touched(0);
  contacts_due.clear();
  contacts_settled.clear();
  primaries.clear();
}

Undoable::Undoable(Crm::State& state, Session& session)
    : state_(state), session_(session), under_way_(state.calls), touched_(state.touched_order.size()), settled_(state.contacts_settled.size()), mark_(session.mark()) {}

Undoable::~Undoable() {
  if (ended_) return;
  try {
    undo();
  } catch (...) {  // what has failed is on its way already; the next call tells that the unit is lost
  }
}

void Undoable::undo() {
  ended_ = true;
  state_.forget_touched(touched_);
  state_.primaries.clear();
  // What was read meanwhile is not to be taken for what has the same versions later.
  state_.organisation_at = {};
  state_.undecided = ++state_.last_undecided;
  try {
    for (; state_.contacts_settled.size() > settled_; state_.contacts_settled.pop_back())
      state_.contacts_due.insert(state_.contacts_settled.back());
    session_.undo_to(mark_);
  } catch (...) {
    state_.lost = state_.session.get() == &session_;
    throw;
  }
}

void Undoable::keep() {
  session_.release(mark_);
  ended_ = true;
}

Session& Crm::State::open_session() const {
  if (lost) refuse(Code::storage, {"store.unit_lost", 0, 0, 0, std::string(store->name()), ""});
  return *session;
}

}  // namespace crm
