#include "crm/services/crm.hpp"

#include "access.hpp"
#include "analytics/page.hpp"
#include "completeness.hpp"
#include "heeding_store.hpp"
#include "save.hpp"
#include "select.hpp"
#include "sizes.hpp"
#include "unit.hpp"

namespace crm {
namespace {

[[noreturn]] void misuse(const char* detail) {
  refuse(Code::misuse, {"handle.transaction", 0, 0, 0, "", detail});
}

/// The organisation's record is made with the base.
void make_organisation(Crm::State& state) {
  try {
    const auto session = state.store->write({0, state.now()});
    if (session->find(Organisation::kEntity, 1)) return;  // another process was faster
    Organisation organisation;
    organisation.name = "CRM";
    if (!state.options.zone.empty()) organisation.zone = state.options.zone;
    if (state.options.currency) organisation.currency = state.options.currency;
    Unit unit(state, *session);
    unit.insert(organisation);
    unit.flush();
    session->commit();
  } catch (const Error& error) {
    const bool may_not = !error.violations().empty() && error.violations().front().rule == "store.read_only";
    if (may_not) refuse(Code::corrupt, {"store.empty", 0, 0, 0, error.violations().front().value, ""});
    throw;
  }
}

}  // namespace

void check_options(const CrmOptions& options) {
  if (!options.zone.empty()) Zone{options.zone};
}

Crm::Crm(std::unique_ptr<Store> store, CrmOptions options) : state_(std::make_unique<State>()) {
  check_options(options);
  state_->options = std::move(options);
  state_->store = heeding_store(std::move(store), state_->interrupt());
  const Limits limits = std::exchange(state_->options.limits, {});  // what the library makes by itself is not asked by the host
  if (!state_->store->read()->find(Organisation::kEntity, 1)) make_organisation(*state_);
  state_->options.limits = limits;
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
HostPort& Crm::host() { return state_->options.host; }
Language Crm::language() const { return state_->options.language; }
void Crm::set_language(Language language) { state_->options.language = language; }

const Limits& Crm::limits() const { return state_->options.limits; }
void Crm::interrupt() noexcept { state_->interrupt().ask(); }
Interrupt::Call Crm::as_one_call() { return Interrupt::Call(state_->interrupt()); }

Store& Crm::store() {
  if (const UserId user = state_->options.actor) refuse(Code::denied, {"X5.right", 0, 0, 0, std::to_string(user.value), "host"});
  return *state_->store;
}

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
  if (state_->calls) misuse("begin inside a call");
  const Interrupt::Call one = as_one_call();
  auto session = state_->store->write(state_->stamp());
  Undecided undecided(*state_);
  state_->refresh_organisation(*session);
  state_->forget_unit();
  state_->session = std::move(session);
  ++state_->units;
  undecided.go_on();
}

Warnings Crm::commit() {
  const Interrupt::Call one = as_one_call();
  if (!state_->session) misuse("commit without begin");
  if (state_->calls) misuse("commit inside a call");
  const auto session = std::move(state_->session);  // rolled back when something below throws
  const bool lost = std::exchange(state_->lost, false);
  struct Decided {
    std::uint64_t& undecided;
    ~Decided() { undecided = 0; }
  } const decided{state_->undecided};
  if (lost) refuse(Code::storage, {"store.unit_lost", 0, 0, 0, std::string(state_->store->name()), ""});
  Warnings warnings = settle_cards(*state_, *session);
  session->commit();
  return warnings;
}

void Crm::rollback() {
  if (!state_->session) misuse("rollback without begin");
  if (state_->calls) misuse("rollback inside a call");
  state_->session.reset();
  state_->lost = false;
  state_->undecided = 0;
}

bool Crm::in_unit() const { return state_->session != nullptr; }

Warnings Crm::as_one(const std::function<void()>& work) {
  const Interrupt::Call one = as_one_call();
  if (in_unit()) {
    Undoable call(*state_, state_->open_session());
    work();
    call.keep();
    return {};
  }
  begin();
  try {
    {
      const UnderWay call(state_->calls);
      work();
    }
    return commit();
  } catch (...) {
    if (in_unit()) rollback();
    throw;
  }
}

namespace {

/// The record as its asker may see it: a company may be no more to him than its name.
std::optional<Record> seen(Unit& unit, EntityNo entity, Id id) {
  auto record = unit.find(entity, id);
  if (record && entity == Company::kEntity) renew_read_score(unit, *record);
  if (!record || !unit.actor) return record;
  const Sight sight = unit.access().sight_of(*record);
  if (sight == Sight::nothing) return {};
  if (sight != Sight::whole) mask(*record, sight);
  return record;
}

/// A snapshot that tells who acts what the handle would tell him (X5). Old values are in the log whoever may see them: he reads it who
/// sees everything.
class Snapshot final : public Session {
 public:
  Snapshot(Crm::State& state, std::unique_ptr<Session> session) : state_(state), session_(std::move(session)) {}

  std::optional<Row> find(EntityNo entity, Id id) override {
    if (!state_.options.actor) return session_->find(entity, id);
    Asker asker(state_, *session_);
    auto record = seen(asker.unit, entity, id);
    return record ? std::optional(std::move(record->row)) : std::nullopt;
  }
  std::unique_ptr<Cursor> select(const Query& query) override { return session_->select(limited(query)); }
  void scan(const Query& query, const std::function<void(const Cell*)>& take) override { session_->scan(limited(query), take); }
  Table aggregate(const Aggregate& aggregate) override { return session_->aggregate(limited(aggregate)); }

  Id reserve(EntityNo entity) override { return session_->reserve(entity); }
  void apply(std::span<Change> changes) override { session_->apply(changes); }
  int mark() override { return session_->mark(); }
  void undo_to(int mark) override { session_->undo_to(mark); }
  void release(int mark) override { session_->release(mark); }

  std::vector<LogLine> changes(Version after, std::int64_t limit) override { return log().changes(after, limit); }
  std::optional<LogLine> change(Version seq) override { return log().change(seq); }
  std::optional<LogLine> erasure(EntityNo entity, Id id) override { return log().erasure(entity, id); }
  void each_change(Version after, const std::function<bool(const LogLine&)>& take) override { log().each_change(after, take); }
  std::vector<LogLine> written(Instant from, LogPlace before, std::int64_t limit) override { return log().written(from, before, limit); }
  Version last_change() override { return session_->last_change(); }

  void commit() override { session_->commit(); }

 private:
  /// Who asks, for one question.
  struct Asker {
    Asker(Crm::State& state, Session& session) : undecided(state), unit(renewed(state, session), session) {}

    static Crm::State& renewed(Crm::State& state, Session& session) {
      state.refresh_organisation(session);
      return state;
    }
    const MaybeUndecided undecided;
    Unit unit;
  };
  template <class Question>
  Question limited(Question question) {
    check_size(state_.options.limits, question);
    question.by_user = true;
    if (!state_.options.actor) return question;
    Asker asker(state_, *session_);
    limit(asker.unit, question);
    return question;
  }
  Session& log() {
    if (state_.options.actor) Asker(state_, *session_).unit.access().check_administrator("administrator");
    return *session_;
  }

  Crm::State& state_;
  const std::unique_ptr<Session> session_;
};

}  // namespace

/// Whether what follows from contact points is in the record.
static bool owns_contacts(EntityNo entity) { return entity == Company::kEntity || entity == Employee::kEntity; }

Record Crm::load(EntityNo entity, Id id) {
  if (state_->session && owns_contacts(entity)) settle_contacts(*state_, state_->open_session());
  return reading_rows(*state_, [&](Unit& unit) {
    if (auto record = seen(unit, entity, id)) return std::move(*record);
    refuse(Code::not_found, {"record.not_found", entity, kId, id, std::to_string(id), entity_info(entity).name});
  });
}

std::optional<Record> Crm::find(EntityNo entity, Id id) {
  if (state_->session && owns_contacts(entity)) settle_contacts(*state_, state_->open_session());
  return reading_rows(*state_, [&](Unit& unit) { return seen(unit, entity, id); });
}

Warnings Crm::save(Record& record) {
  if (state_->session && owns_contacts(record.entity())) settle_contacts(*state_, state_->open_session());
  Record saved = record;
  const auto work = [&](Unit& unit) {
    if (unit.actor) {
      const auto before = saved.row.id ? std::optional(unit.load(saved.entity(), saved.row.id)) : std::nullopt;
      unit.access().check_write(before ? &*before : nullptr, saved);
    }
    return save_record(unit, saved);
  };
  // Derived fields (a card's score) are written at the end of the unit: read them back.
  const Warnings warnings =
      writing(*state_, work, [&](Unit& unit, const Warnings&) { saved = unit.load(saved.entity(), saved.row.id); });
  record = std::move(saved);
  return warnings;
}

void Crm::erase(EntityNo entity, Id id, Version version) {
  writing(*state_, [&](Unit& unit) {
    if (unit.actor) {
      const Record record = unit.load(entity, id);
      unit.access().check_write(&record, record);
    }
    erase_record(unit, entity, id, version);
  });
}

std::unique_ptr<Session> Crm::snapshot() {
  if (state_->session) misuse("snapshot inside a unit of work");
  return std::make_unique<Snapshot>(*state_, state_->store->read());
}

Rows Crm::select(const Query& asked) {
  check_size(limits(), asked);
  return select_rows(*state_, asked);
}

Rows select_rows(Crm::State& state, Query query) {
  const Interrupt::Call one(state.interrupt());
  query.by_user = true;
  std::unique_ptr<Session> own;
  const MaybeUndecided undecided(state);
  if (!state.session) own = state.store->read();
  Session& session = own ? *own : state.open_session();
  if (!own) settle_contacts(state, session);
  if (state.options.actor) state.refresh_organisation(session);
  Unit unit(state, session);
  limit(unit, query);
  const auto by_ids = page_by_ids(state, unit, query);
  auto cursor = session.select(by_ids ? *by_ids : query);
  return {std::move(own), std::move(cursor)};
}

Table Crm::aggregate(const Aggregate& asked) {
  check_size(limits(), asked);
  Aggregate aggregate = asked;
  aggregate.by_user = true;
  return reading(*state_, [&](Unit& unit) {
    limit(unit, aggregate);
    Table table = unit.session.aggregate(aggregate);
    check_rows(limits(), table.rows.size());
    return table;
  });
}

std::vector<Row> Crm::rows(EntityNo entity, Query query) {
  return reading(*state_, [&](Unit& unit) {
    query.entity = entity;
    query.columns.clear();
    check_size(limits(), query);
    query.by_user = true;
    if (unit.actor) limit(unit, query);
    const std::int64_t most = limits().answer_rows;
    if (most < Limits::kNoLimit && (query.limit == 0 || query.limit > most)) query.limit = most + 1;  // one that is too many tells
    auto found = unit.rows(entity, std::move(query));
    check_rows(limits(), found.size());
    return found;
  });
}

std::optional<RecordRef> Crm::find_external(std::string_view system, std::string_view kind, std::string_view key) {
  return reading_rows(*state_, [&](Unit& unit) -> std::optional<RecordRef> {
    const auto found = unit.list<ExternalId>(where::all({where::eq(ExternalId::kSystem, std::string(system)),
                                                         where::eq(ExternalId::kKind, std::string(kind)),
                                                         where::eq(ExternalId::kKey, std::string(key))}));
    if (found.empty() || (unit.actor && !unit.access().sees(found.front().owner))) return {};
    return found.front().owner;
  });
}

void Crm::link_external(std::string_view system, std::string_view kind, std::string_view key, RecordRef record) {
  const Interrupt::Call one = as_one_call();
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

AccessExplain Crm::explain_access(UserId user, RecordRef record) {
  return reading(*state_, [&](Unit& unit) {
    if (unit.actor) unit.access().check_above(user, "supervisor", true);
    const Record found = unit.load(record.entity, record.id);
    AccessExplain out = Access(unit, std::make_shared<const Acting>(read_acting(unit, user))).explain(found);
    // What he does not see himself is not told him of others.
    if (unit.actor && unit.access().sight_of(found) == Sight::nothing)
      refuse(Code::not_found, {"record.not_found", record.entity, kId, record.id, std::to_string(record.id), found.info->name});
    return out;
  });
}

}  // namespace crm
