// One call or one unit of work: a session with who acts, when, and the changes staged so far.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <tuple>
#include <type_traits>
#include <utility>

#include "crm/services/crm.hpp"

namespace crm {

struct Acting;
struct Analytics;

/// What a handle keeps between calls.
struct Crm::State {
  Interrupt own_interrupt;
  [[nodiscard]] Interrupt& interrupt() { return options.interrupt ? *options.interrupt : own_interrupt; }
  std::unique_ptr<Store> store;
  CrmOptions options;
  /// Of the open unit of work, if any; `lost` if a call that failed could not be undone.
  std::unique_ptr<Session> session;
  std::uint64_t units = 0;  ///< begun so far: the number of the open one
  bool lost = false;
  int calls = 0;  ///< of the unit, or as one, that are under way: nobody ends it meanwhile
  /// The same to work with; throws `store.unit_lost`.
  [[nodiscard]] Session& open_session() const;
  /// Cards touched by the open unit, with their completeness before it (none: new), and in which order they were.
  struct Touched {
    std::optional<Completeness> before;
    bool gated = true;
  };
  std::map<Id, Touched> touched;
  std::vector<Id> touched_order;
  void touch(Id company, Touched as_before);
  /// Forgets all but the first `kept`.
  void forget_touched(std::size_t kept);
  /// Owners whose contact points the open unit has changed: what follows from all points of one is written once, before anybody asks for it.
  std::set<RecordRef> contacts_due;
  std::vector<RecordRef> contacts_settled;  // in their order, since the unit began: who goes back has them due again
  /// The primary point of each kind, of owners that the open unit has asked about.
  using Primaries = std::map<ContactPoint::Kind, Id>;
  std::map<RecordRef, Primaries> primaries;
  /// Before a unit is begun.
  void forget_unit();
  /// What is read while changes may still be undone holds until they are kept or undone: a number then of that time, else 0.
  std::uint64_t undecided = 0;
  std::uint64_t last_undecided = 0;
  /// When something was read: it is good for the same version, if that was a kept one or is of the same time.
  struct ReadAt {
    Version version = -1;
    std::uint64_t undecided = 0;
    [[nodiscard]] bool is(Version newest, std::uint64_t now_undecided) const {
      return version == newest && (undecided == 0 || undecided == now_undecided);
    }
  };
  /// The organisation's record.
  Organisation organisation;
  Zone zone;
  ReadAt organisation_at;
  /// Who acts, as read on that day.
  std::shared_ptr<const Acting> acting;
  ReadAt acting_at;
  Date acting_on{};

  /// What reports keep in memory.
  std::unique_ptr<Analytics> analytics;
  bool keeps_nothing = false;  ///< it was more than may be kept

  State();
  ~State();
  [[nodiscard]] Instant now() const;
  [[nodiscard]] Stamp stamp() const { return {options.actor.value, now()}; }
  /// Reads the organisation again if its record has changed.
  void refresh_organisation(Session& session);
};

/// While it lives what is read may be undone.
class Undecided {
 public:
  explicit Undecided(Crm::State& state) : state_(state), before_(std::exchange(state.undecided, ++state.last_undecided)) {}
  ~Undecided() {
    if (!goes_on_) state_.undecided = before_;
  }
  /// It stays so after its end.
  void go_on() { goes_on_ = true; }
  Undecided(const Undecided&) = delete;
  Undecided& operator=(const Undecided&) = delete;

 private:
  Crm::State& state_;
  const std::uint64_t before_;
  bool goes_on_ = false;
};

/// The same for a question outside of a unit of work, if somebody else may undo what it reads.
class MaybeUndecided {
 public:
  explicit MaybeUndecided(Crm::State& state) {
    if (!state.session && state.store->may_be_undone()) undecided_.emplace(state);
  }

 private:
  std::optional<Undecided> undecided_;
};

/// Counts a call that is under way.
class UnderWay {
 public:
  explicit UnderWay(int& calls) : calls_(++calls) {}
  ~UnderWay() { --calls_; }
  UnderWay(const UnderWay&) = delete;
  UnderWay& operator=(const UnderWay&) = delete;

 private:
  int& calls_;
};

/// A call inside a unit of work, or a step of one: unless it is kept, its end undoes what was written since it began, with what the handle
/// knows of it, and the unit goes on. If that fails, the unit is lost.
class Undoable {
 public:
  Undoable(Crm::State& state, Session& session);
  ~Undoable();
  void keep();
  /// Throws what the session does.
  void undo();
  Undoable(const Undoable&) = delete;
  Undoable& operator=(const Undoable&) = delete;

 private:
  Crm::State& state_;
  Session& session_;
  const UnderWay under_way_;
  const std::size_t touched_;
  const std::size_t settled_;
  const int mark_;
  bool ended_ = false;
};

class Access;

class Unit {
 public:
  /// One that only `reads` takes a day of UTC where the zone is not known to this build (written by a newer one, or by hand); one that writes
  /// refuses: what it would store could be wrong.
  enum class Use { reads, writes };
  Unit(Crm::State& state, Session& session, Use use = Use::reads);

  Session& session;
  const Instant now;
  const UserId actor;

  [[nodiscard]] const Organisation& organisation() const { return state_.organisation; }
  /// The organisation's; of one that writes throws `unsupported` (`time.zone_database`), as said above.
  [[nodiscard]] const Zone& zone() const { return usable(state_.zone); }
  [[nodiscard]] Date today() const { return zone().date(now); }
  /// The day by which it is judged who may do what: that of reading, so that whoever may can give another zone.
  [[nodiscard]] Date day_of_rights() const { return state_.zone.date(now); }
  /// The same of a stored name; empty: the organisation's.
  [[nodiscard]] Zone zone_named(std::string_view name) const { return name.empty() ? zone() : usable(Zone::as_stored(name)); }
  [[nodiscard]] Language language() const { return state_.options.language; }
  [[nodiscard]] const Limits& limits() const { return state_.options.limits; }

  /// Throws `interrupted` if the call is to end: for loops that ask the session nothing.
  void check_interrupt() { state_.interrupt().check(); }

  /// What who acts may see and write, as of now. What a unit reads by itself is not limited.
  Access access();
  /// Whether no question of who acts is limited.
  [[nodiscard]] bool sees_everything();

  // Reading; staged changes are not seen until `flush`.
  std::optional<Record> find(EntityNo entity, Id id);
  Record load(EntityNo entity, Id id);
  std::vector<Row> rows(EntityNo entity, Query query);
  /// Values of one column of the rows that match, ascending.
  std::vector<Id> ids(EntityNo entity, FieldNo column, Filter filter);

  template <class E>
  E load(IdOf<E> id) {
    return from_row<E>(load(E::kEntity, id.value).row);
  }
  template <class E>
  std::optional<E> find(IdOf<E> id) {
    if (!id) return {};
    const auto row = session.find(E::kEntity, id.value);
    return row ? std::optional(from_row<E>(*row)) : std::nullopt;
  }
  template <class E>
  std::vector<E> list(Filter filter, std::vector<Order> order = {}) {
    Query query;
    query.filter = std::move(filter);
    query.order = std::move(order);
    std::vector<E> found;
    for (const Row& row : rows(E::kEntity, std::move(query))) found.push_back(from_row<E>(row));
    return found;
  }

  // Staging: what is staged is the unit's own. Changes are seen after `flush`.

  /// The row's id, reserved now if it has none.
  Id insert(EntityNo entity, Row row);
  /// Changes what differs; the expected version is `before.version`.
  void update(EntityNo entity, const Row& before, const Row& after);
  /// Writes derived fields again (Do::refresh).
  void refresh(EntityNo entity, Id id, std::vector<std::pair<FieldNo, Value>> fields);
  void erase(EntityNo entity, Id id, Version version);

  /// Gives the entity its id now.
  template <class E>
  void insert(E& entity) {
    entity.id.value = insert(E::kEntity, to_row(entity));
  }
  /// `before` as loaded, `after` with its changes.
  template <class E>
  void update(const E& before, const E& after) {
    update(E::kEntity, to_row(before), to_row(after));
  }
  /// The same, and a new version also where nothing differs: rows that are part of it have changed.
  template <class E>
  void renew(const E& before, const E& after) {
    stage_update(E::kEntity, to_row(before), to_row(after), true);
  }

  /// Applies what is staged, all or nothing. A user's changes are first put before the host's authoriser.
  void flush();
  /// The version that this unit has written; `otherwise` if it has written none.
  [[nodiscard]] Version version_of(RecordRef record, Version otherwise);
  template <class E>
  void take_version(E& entity) {
    entity.version = version_of({E::kEntity, entity.id.value}, entity.version);
  }

  /// A step that a rule may refuse: then nothing of it stays, and the refusal is returned. Every other error leaves.
  template <class Work>
  std::optional<Error> attempt(Work&& work) {
    flush();
    Undoable step(state_, session);
    try {
      work();
      flush();
    } catch (const Error& error) {
      staged_.clear();
      if (!error.is_refusal()) throw;
      step.undo();
      return error;
    }
    step.keep();
    return {};
  }

  /// Asks the host's authoriser, if there is one and a user acts; throws `denied`.
  void authorise(RecordRef record, Do what) const;
  /// Asks the host; true where he has no way to tell.
  [[nodiscard]] bool host_has_file(const std::string& uri) const;

  /// Remembers the completeness of a card before it changes; at the end of the unit its score is made anew and, unless
  /// `open`, the gate is asked.
  enum class Gate { asked, open };
  void touch(CompanyId company, Gate gate = Gate::asked);
  void touch_new(CompanyId company);

  /// Primary contact points; who changes points keeps them up to date.
  Crm::State::Primaries& primaries_of(RecordRef owner);
  /// His phone, e-mail and search key follow before they are asked for, at the end of the unit at the latest.
  void contacts_changed(RecordRef owner) { state_.contacts_due.insert(owner); }

 private:
  struct Staged {
    Change change;
    std::vector<FieldNo> fields;
    std::vector<Value> values;
  };

  void check_text(const EntityInfo& entity, const FieldInfo& field, Id id, const Value& value) const;
  void stage_update(EntityNo entity, const Row& before, const Row& after, bool renewed);
  [[nodiscard]] const Zone& usable(const Zone& zone) const;

  Crm::State& state_;
  const Use use_;
  std::vector<Staged> staged_;
  std::vector<std::tuple<EntityNo, Id, Version>> written_;
  bool sorted_ = true;
};

/// The question as its asker may put it: without removed events, and without what he does not see.
void limit(Unit& unit, Query& query);
void limit(Unit& unit, Aggregate& aggregate);

/// While it lives the host acts: what time and posted documents bring is no user's doing.
class AsSystem {
 public:
  explicit AsSystem(CrmOptions& options) : options_(options), actor_(std::exchange(options.actor, UserId{})) {}
  ~AsSystem() { options_.actor = actor_; }
  AsSystem(const AsSystem&) = delete;
  AsSystem& operator=(const AsSystem&) = delete;

 private:
  CrmOptions& options_;
  UserId actor_;
};

/// Removed events are hidden from every door but audit.
void hide_removed(EntityNo entity, std::optional<Filter>& filter);

/// Throws one violation.
[[noreturn]] void refuse(Code code, Violation violation);

/// Checks the gate of every touched card and stores the new scores; throws `incomplete`.
/// Returns warnings of cards that stay incomplete.
Warnings settle_cards(Crm::State& state, Session& session);

/// Writes what follows from the contact points that the unit has changed.
void settle_contacts(Crm::State& state, Session& session);

/// Runs `work(unit)` in the open unit of work, which it leaves as it was if it throws, or in one of its own that it commits. `answer(unit,
/// result)` is made when all is written, also what follows at the end of a unit of its own, before it is kept.
template <class Work, class Answer>
auto writing(Crm::State& state, Work&& work, Answer&& answer) {
  const Interrupt::Call one(state.interrupt());
  const auto run = [&](Session& session) {
    // Inside a unit nobody else writes: it is read again only after a save of it.
    if (!state.session || state.organisation_at.version < 0) state.refresh_organisation(session);
    Unit unit(state, session, Unit::Use::writes);
    auto result = work(unit);
    unit.flush();
    return result;
  };
  const auto told = [&](Session& session, auto& result) {
    Unit unit(state, session);
    answer(unit, result);
  };
  if (state.session) {
    Session& session = state.open_session();
    Undoable call(state, session);
    auto result = run(session);
    told(session, result);
    call.keep();
    return result;
  }
  const Undecided undecided(state);
  auto session = state.store->write(state.stamp());
  state.forget_unit();
  auto result = run(*session);
  settle_cards(state, *session);
  told(*session, result);
  session->commit();
  return result;
}

template <class Work>
auto writing(Crm::State& state, Work&& work) {
  const auto no_more = [](Unit&, auto&) {};
  if constexpr (std::is_void_v<decltype(work(std::declval<Unit&>()))>) {
    return writing(state, [&](Unit& unit) { return work(unit), 0; }, no_more);
  } else {
    return writing(state, work, no_more);
  }
}

/// Runs `work(unit)` on a snapshot, or in the open unit of work; of what follows from contact points it is not to ask.
template <class Work>
auto reading_rows(Crm::State& state, Work&& work) {
  const Interrupt::Call one(state.interrupt());
  std::unique_ptr<Session> own;
  if (!state.session) own = state.store->read();
  const MaybeUndecided undecided(state);
  Session& session = own ? *own : state.open_session();
  state.refresh_organisation(session);
  Unit unit(state, session);
  return work(unit);
}

/// The same for any question.
template <class Work>
auto reading(Crm::State& state, Work&& work) {
  if (state.session) settle_contacts(state, state.open_session());
  return reading_rows(state, work);
}

}  // namespace crm
