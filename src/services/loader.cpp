#include "crm/services/loader.hpp"

#include <algorithm>

#include "access.hpp"
#include "checks.hpp"
#include "crm/base/text.hpp"
#include "crm/rules/event_due.hpp"
#include "crm/rules/requisites.hpp"
#include "events.hpp"
#include "matrices.hpp"
#include "sizes.hpp"

namespace crm {

struct Loader::State {
  Crm& crm;
  Crm::State& inner;
  std::uint64_t unit;  // the number of its unit of work
  // Reused between calls.
  std::vector<Cell> cells;
  std::vector<Change> changes;
  std::vector<ContactPoint> contacts;
  std::vector<EventLine> lines;
  std::vector<Employee> people;
  std::vector<Event> events;

  /// Whether the unit of work that is open is its own, and not one that the host has begun since.
  [[nodiscard]] bool is_open() const { return inner.session && inner.units == unit; }
  void check_open() const {
    if (!is_open()) refuse(Code::misuse, {"handle.transaction", 0, 0, 0, "load", "the load is over"});
  }
  [[nodiscard]] Session& session() const {
    check_open();
    return inner.open_session();
  }
};

Loader::Loader(Crm& crm) : state_(new State{crm, *crm.state_, 0, {}, {}, {}, {}, {}, {}}) {
  if (crm.actor()) reading(state_->inner, [](Unit& unit) { return unit.access().check_administrator("host"), 0; });
  crm.begin();
  state_->unit = state_->inner.units;
}

Loader::~Loader() {
  if (state_->is_open()) state_->crm.rollback();
}

namespace {

Id id_at(const void* entity) { return static_cast<const IdOf<Company>*>(entity)->value; }

/// C2, unless the caller marked it unchecked.
std::vector<Violation> requisites(const EntityInfo& info, const void* entity) {
  if (info.no == LegalEntity::kEntity) {
    const auto& legal = *static_cast<const LegalEntity*>(entity);
    if (!legal.unchecked) return check(legal);
  }
  if (info.no == BankAccount::kEntity) {
    const auto& account = *static_cast<const BankAccount*>(entity);
    if (!account.unchecked) return check(account);
  }
  return {};
}

}  // namespace

void Loader::rows(const EntityInfo& info, const void* first, std::size_t stride, std::size_t count) {
  state_->check_open();
  const std::size_t width = info.fields.size();
  auto& cells = state_->cells;
  auto& changes = state_->changes;
  cells.assign(count * width, Cell());
  changes.assign(count, Change{});
  std::vector<Violation> violations;
  for (std::size_t i = 0; i < count; ++i) {
    const auto* entity = static_cast<const std::byte*>(first) + i * stride;
    Cell* row = cells.data() + i * width;
    const Id id = id_at(entity);
    if (id <= 0) violations.push_back({"field.required", info.no, kId, id, "", "id"});
    for (std::size_t f = 0; f < width; ++f) {
      info.fields[f].get(entity, row[f]);
      if (row[f].is_null() && !info.fields[f].has(kRequired)) continue;
      if (auto violation = check_value(info, info.fields[f], row[f], id)) violations.push_back(std::move(*violation));
      if (auto violation = too_long(state_->crm.limits(), info, info.fields[f], id, row[f])) violations.push_back(std::move(*violation));
    }
    for (Violation& v : requisites(info, entity)) violations.push_back(std::move(v));
    changes[i] = {Do::insert, info.no, id, 0, {}, {row, width}};
  }
  refuse_if_any(Code::invalid_argument, std::move(violations));
  state_->session().apply(changes);
}

void Loader::add(std::span<Company> companies, std::span<ContactPoint> contacts) {
  std::vector<std::vector<ContactPoint>> of(companies.size());
  std::ranges::sort(companies, {}, &Company::id);
  for (ContactPoint& point : contacts) {
    point.key = checks::contact_key(point);
    const auto owner = std::ranges::lower_bound(companies, CompanyId{point.owner.id}, {}, &Company::id);
    if (owner != companies.end() && owner->id.value == point.owner.id)
      of[static_cast<std::size_t>(owner - companies.begin())].push_back(point);
  }
  for (std::size_t i = 0; i < companies.size(); ++i) {
    Company& card = companies[i];
    card.search_key = checks::company_key(card, of[i]);
    if (!card.created_at) card.created_at = state_->inner.now();
    for (const ContactPoint& point : of[i]) {
      if (point.primary && point.kind == ContactPoint::Kind::phone) card.phone = point.value;
      if (point.primary && point.kind == ContactPoint::Kind::email) card.email = point.value;
    }
  }
  Undoable call(state_->inner, state_->session());
  rows(entity_info(Company::kEntity), companies.data(), sizeof(Company), companies.size());
  rows(entity_info(ContactPoint::kEntity), contacts.data(), sizeof(ContactPoint), contacts.size());
  call.keep();
}

void Loader::add(std::span<EmployeeCard> people) {
  auto& contacts = state_->contacts;
  auto& employees = state_->people;
  contacts.clear();
  employees.clear();
  for (EmployeeCard& card : people) {
    for (ContactPoint& point : card.contacts) {
      point.owner = {Employee::kEntity, card.employee.id.value};
      point.key = checks::contact_key(point);
      if (point.primary && point.kind == ContactPoint::Kind::phone) card.employee.phone = point.value;
      if (point.primary && point.kind == ContactPoint::Kind::email) card.employee.email = point.value;
    }
    card.employee.search_key = checks::employee_key(card.employee, card.contacts);
    contacts.insert(contacts.end(), std::make_move_iterator(card.contacts.begin()),
                    std::make_move_iterator(card.contacts.end()));
    employees.push_back(std::move(card.employee));
  }
  try {
    Undoable call(state_->inner, state_->session());
    rows(entity_info(Employee::kEntity), employees.data(), sizeof(Employee), employees.size());
    rows(entity_info(ContactPoint::kEntity), contacts.data(), sizeof(ContactPoint), contacts.size());
    call.keep();
  } catch (...) {  // they are the caller's to mend
    auto point = contacts.begin();
    for (std::size_t i = 0; i < people.size(); ++i) {
      people[i].employee = std::move(employees[i]);
      for (ContactPoint& own : people[i].contacts) own = std::move(*point++);
    }
    throw;
  }
}

void Loader::add(std::span<EventWithLines> events) {
  auto& lines = state_->lines;
  auto& bare = state_->events;
  lines.clear();
  bare.clear();
  state_->check_open();
  state_->inner.refresh_organisation(*state_->inner.session);
  const Unit unit(state_->inner, *state_->inner.session, Unit::Use::writes);
  for (EventWithLines& item : events) {
    Event& event = item.event;
    settle_dates(event, event.zone.empty() ? unit.zone() : Zone(event.zone));
    const bool awaits = event.state == Event::State::held && event.verification == Event::Verification::awaiting;
    event.awaiting_since = awaits ? event.held_at : std::nullopt;
    event.tick_at = awaits ? event.awaiting_since : event.due_at;
    event.product = item.lines.empty() ? ProductId{} : item.lines.front().product;
    event.products = different_products(item.lines);
    for (EventLine& line : item.lines) line.event = event.id;
    lines.insert(lines.end(), std::make_move_iterator(item.lines.begin()), std::make_move_iterator(item.lines.end()));
    bare.push_back(std::move(event));
  }
  try {
    Undoable call(state_->inner, state_->session());
    rows(entity_info(Event::kEntity), bare.data(), sizeof(Event), bare.size());
    rows(entity_info(EventLine::kEntity), lines.data(), sizeof(EventLine), lines.size());
    call.keep();
  } catch (...) {  // they are the caller's to mend
    auto line = lines.begin();
    for (std::size_t i = 0; i < events.size(); ++i) {
      events[i].event = std::move(bare[i]);
      for (EventLine& own : events[i].lines) own = std::move(*line++);
    }
    throw;
  }
}

void Loader::finish() {
  state_->check_open();
  reading(state_->inner, check_subset);
  state_->crm.commit();
  if (state_->inner.store->can(Capability::initial_load)) state_->inner.store->finish_load();
}

}  // namespace crm
