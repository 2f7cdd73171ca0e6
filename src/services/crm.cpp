#include "crm/services/crm.hpp"

#include "save.hpp"
#include "unit.hpp"

namespace crm {
namespace {

[[noreturn]] void misuse(const char* detail) {
  refuse(Code::misuse, {"handle.transaction", 0, 0, 0, "", detail});
}

/// `zone`, or Moscow's offset where there is no zone database: a new base must work in every build.
std::string known_here(std::string zone) {
  try {
    Zone{zone};
    return zone;
  } catch (const Error&) {
    return "+03:00";
  }
}

}  // namespace

Crm::Crm(std::unique_ptr<Store> store, CrmOptions options) : state_(std::make_unique<State>()) {
  state_->store = std::move(store);
  state_->options = std::move(options);
  // The organisation's record is made with the base.
  const bool is_new = !state_->store->read()->find(Organisation::kEntity, 1);
  if (is_new) {
    auto session = state_->store->write({0, state_->now()});
    if (!session->find(Organisation::kEntity, 1)) {  // another process may have been faster
      Organisation organisation;
      organisation.name = "CRM";
      organisation.zone = known_here(organisation.zone);
      Unit unit(*state_, *session);
      unit.insert(organisation);
      unit.flush();
      session->commit();
    }
  }
  if (const UserId actor = state_->options.actor) {
    state_->options.actor = {};
    act_as(actor);
  }
}

Crm::Crm(Crm&&) noexcept = default;
Crm& Crm::operator=(Crm&&) noexcept = default;
Crm::~Crm() = default;

UserId Crm::actor() const { return state_->options.actor; }

void Crm::act_as(UserId user) {
  if (state_->session) misuse("act_as inside a unit of work");
  if (user) {
    reading(*state_, [&](Unit& unit) {
      const auto found = unit.find<User>(user);
      if (!found || !DateRange{found->hired, found->dismissed}.contains(unit.today()))
        refuse(Code::denied, {"handle.actor", User::kEntity, kId, user.value, std::to_string(user.value), ""});
      return 0;
    });
  }
  state_->options.actor = user;
}

void Crm::act_as(std::string_view login) {
  const UserId user = reading(*state_, [&](Unit& unit) {
    const auto found = unit.ids(User::kEntity, kId, where::eq(User::kLogin, std::string(login)));
    if (found.empty()) refuse(Code::denied, {"handle.actor", User::kEntity, User::kLogin, 0, std::string(login), ""});
    return UserId{found.front()};
  });
  act_as(user);
}

Instant Crm::now() const { return state_->now(); }
void Crm::set_clock(std::function<Instant()> clock) { state_->options.clock = std::move(clock); }
void Crm::set_delivery(std::function<void(const NoticeMessage&)> deliver) { state_->options.deliver = std::move(deliver); }
Language Crm::language() const { return state_->options.language; }
void Crm::set_language(Language language) { state_->options.language = language; }
Store& Crm::store() { return *state_->store; }

Organisation Crm::organisation() {
  return reading(*state_, [](Unit& unit) { return unit.organisation(); });
}

Zone Crm::zone() {
  return reading(*state_, [](Unit& unit) { return unit.zone(); });
}

Date Crm::today() {
  return reading(*state_, [](Unit& unit) { return unit.today(); });
}

void Crm::begin() {
  if (state_->session) misuse("begin inside a unit of work");
  state_->session = state_->store->write(state_->stamp());
  state_->refresh_organisation(*state_->session);
  state_->touched.clear();
}

Warnings Crm::commit() {
  if (!state_->session) misuse("commit without begin");
  const auto session = std::move(state_->session);  // rolled back when something below throws
  Warnings warnings = settle_cards(*state_, *session);
  session->commit();
  return warnings;
}

void Crm::rollback() {
  if (!state_->session) misuse("rollback without begin");
  state_->session.reset();
  state_->organisation_at = -1;
}

bool Crm::in_unit() const { return state_->session != nullptr; }

Record Crm::load(EntityNo entity, Id id) {
  return reading(*state_, [&](Unit& unit) { return unit.load(entity, id); });
}

std::optional<Record> Crm::find(EntityNo entity, Id id) {
  return reading(*state_, [&](Unit& unit) { return unit.find(entity, id); });
}

Warnings Crm::save(Record& record) {
  Record saved = record;
  const Warnings warnings = writing(*state_, [&](Unit& unit) { return save_record(unit, saved); });
  // Derived fields (a card's score) are written at the end of the unit: read them back.
  record = load(saved.entity(), saved.row.id);
  return warnings;
}

void Crm::erase(EntityNo entity, Id id, Version version) {
  writing(*state_, [&](Unit& unit) { erase_record(unit, entity, id, version); });
}

std::unique_ptr<Session> Crm::snapshot() {
  if (state_->session) misuse("snapshot inside a unit of work");
  return state_->store->read();
}

Rows Crm::select(const Query& asked) {
  Query query = asked;
  hide_removed(query.entity, query.filter);
  if (state_->session) return {nullptr, state_->session->select(query)};
  auto session = state_->store->read();
  auto cursor = session->select(query);
  return {std::move(session), std::move(cursor)};
}

Table Crm::aggregate(const Aggregate& asked) {
  Aggregate aggregate = asked;
  hide_removed(aggregate.entity, aggregate.filter);
  if (state_->session) return state_->session->aggregate(aggregate);
  return state_->store->read()->aggregate(aggregate);
}

std::vector<Row> Crm::rows(EntityNo entity, Query query) {
  return reading(*state_, [&](Unit& unit) { return unit.rows(entity, std::move(query)); });
}

std::optional<RecordRef> Crm::find_external(std::string_view system, std::string_view kind, std::string_view key) {
  return reading(*state_, [&](Unit& unit) -> std::optional<RecordRef> {
    const auto found = unit.list<ExternalId>(where::all({where::eq(ExternalId::kSystem, std::string(system)),
                                                         where::eq(ExternalId::kKind, std::string(kind)),
                                                         where::eq(ExternalId::kKey, std::string(key))}));
    if (found.empty()) return {};
    return found.front().owner;
  });
}

void Crm::link_external(std::string_view system, std::string_view kind, std::string_view key, RecordRef record) {
  if (const auto owner = find_external(system, kind, key)) {
    if (*owner == record) return;
    refuse(Code::already_exists, {"X12.taken", ExternalId::kEntity, ExternalId::kKey, 0, std::string(key),
                                  std::string(system) + "/" + std::string(kind)});
  }
  ExternalId id;
  id.system = system;
  id.kind = kind;
  id.key = key;
  id.owner = record;
  save(id);
}

}  // namespace crm
