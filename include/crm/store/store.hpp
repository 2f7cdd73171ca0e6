/// The storage interface: what every store, embedded, server or the host's own, provides.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

#include "crm/base/interrupt.hpp"
#include "crm/base/numbers.hpp"
#include "crm/base/time.hpp"
#include "crm/store/query.hpp"
#include "crm/store/schema.hpp"
#include "crm/store/value.hpp"

namespace crm {

enum class Do : std::uint8_t {
  insert = 1,
  update = 2,
  erase = 3,
  refresh = 4,  ///< derived fields written again: no version is asked or changed, nothing is logged
};

/// One change of one row; what it points to is borrowed during `apply`.
/// insert: `fields` empty = all own fields in schema order, otherwise those given and null elsewhere.
/// update: the fields given, and `version` must be the stored one, else `conflict` (`record.conflict`).
/// refresh: the fields given; `record.not_found` as for update.
/// erase: `version` as for update. A row that others refer to is `refused` (`record.referenced`).
struct Change {
  Do op = Do::insert;
  EntityNo entity = 0;
  Id id = 0;
  Version version = 0;
  std::span<const FieldNo> fields;
  std::span<const Cell> cells;
};

/// Who writes, and when: goes into every line of the change log.
struct Stamp {
  Id actor = 0;  ///< a user, 0 = system
  Instant at{};

  friend bool operator==(const Stamp&, const Stamp&) = default;
};

/// A line of the append-only change log. Inserts that stand one after another in one `apply`, of one entity
/// and with ids growing by one, share a line (and so a version).
struct LogLine {
  Version seq = 0;
  Stamp stamp;
  Do op = Do::insert;
  EntityNo entity = 0;
  Id id = 0;              ///< the first one of a run of inserts
  std::int64_t count = 1;
  Version previous = 0;   ///< the line that wrote the row before; 0 for an insert
  /// Old values: of the changed fields (update) or of all fields that were not null (erase).
  std::vector<std::pair<FieldNo, Value>> old;

  friend bool operator==(const LogLine&, const LogLine&) = default;
};

/// Where a line stands in the log as a calendar has it: by its own time, which need not grow with its number (a clock is set back), then by
/// its number.
struct LogPlace {
  Instant at{};
  Version seq = 0;

  friend auto operator<=>(const LogPlace&, const LogPlace&) = default;
};
inline LogPlace place_of(const LogLine& line) { return {line.stamp.at, line.seq}; }

/// One unit of work on a snapshot. Dropped without `commit` = rolled back. A failed `apply` changes
/// nothing of its own changes; the session can go on. Where it cannot, since the database has undone the unit of work by itself
/// (a full disk) or could not undo the change, every call from then on is `storage` (`store.unit_lost`), also `commit`. Use on one thread.
class Session {
 public:
  virtual ~Session() = default;

  virtual std::optional<Row> find(EntityNo entity, Id id) = 0;
  /// The query is read during the call only. Whether the cursor sees changes applied after is not said; stepping it after
  /// the session's end is `misuse`, dropping it is not.
  virtual std::unique_ptr<Cursor> select(const Query& query) = 0;
  /// Hands each row to `take`; of a query without order, page and limit in any order, as they cost least. Cells live during the call of
  /// `take`; what it throws ends the scan and comes out. The default steps `select`.
  virtual void scan(const Query& query, const std::function<void(const Cell*)>& take);
  /// The default folds `select`; a store overrides it to push down.
  virtual Table aggregate(const Aggregate& aggregate);

  /// An id for an insert, never used before: one more than the largest ever reserved or inserted. Rolled back with
  /// the session; write sessions only.
  virtual Id reserve(EntityNo entity) = 0;
  /// All of `changes` in order, or none. Stops at the first change that fails and names every `Violation` of it by
  /// entity and field, of the first of these kinds: `not_found` (`record.not_found`), `conflict` (`record.conflict`);
  /// `invalid_argument` (`field.unknown`, `field.required`, `field.type`, `ref.missing`); `already_exists`
  /// (`unique.taken`, with the first field of the index; a taken id with kId); `refused` (`record.referenced`). A row may
  /// refer to itself. On success every change's `version` is the number of its log line, the row's new version (of an
  /// erased row: its last).
  virtual void apply(std::span<Change> changes) = 0;

  /// A place in the unit of work to go back to, the number of open ones; write sessions only. Costs next to nothing.
  virtual int mark();
  /// Undoes what was applied and reserved since the mark, as if it had not been; the mark, and those made after it, are gone.
  /// `misuse` if it is none that is open. Cursors opened since are not to be stepped. The default cannot (`store.unsupported`): over such a
  /// store a call that fails loses the unit of work that it is in.
  virtual void undo_to(int mark);
  /// Gives up the mark, and those made after it: what was done stays, for the marks before it to undo.
  virtual void release(int mark);

  /// Lines with seq > `after`, oldest first, at most `limit` (0 = all).
  virtual std::vector<LogLine> changes(Version after, std::int64_t limit) = 0;
  /// Hands the same lines, all of them, to `take` until it says false; few are in memory at once, however many there are. The default reads
  /// `changes` piece by piece.
  virtual void each_change(Version after, const std::function<bool(const LogLine&)>& take);
  virtual std::optional<LogLine> change(Version seq) = 0;
  /// The line that erased the record; none if it was not erased.
  virtual std::optional<LogLine> erasure(EntityNo entity, Id id) = 0;
  /// Lines from the instant `from` on and before that place, the latest first, at most `limit` (0 = all). The default looks through the whole
  /// log; a store with an index on the times of lines overrides it.
  virtual std::vector<LogLine> written(Instant from, LogPlace before, std::int64_t limit);
  /// The newest line's number, 0 when there is none.
  virtual Version last_change() = 0;

  /// Makes the changes durable; a read session just ends. The session is not usable after.
  virtual void commit() = 0;

 protected:
  Session() = default;
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;
};

enum class Capability : std::uint32_t {
  durable = 1,           ///< outlives the handle
  shared = 2,            ///< several handles and processes at once
  aggregate = 4,         ///< pushes aggregates down
  initial_load = 8,      ///< has a fast first load
};

/// An open database. One thread, one write session at a time; `busy` when another handle writes. Calls in a wrong
/// order are `misuse` (`handle.transaction`): `write` while a session of this handle is open, `apply` or `reserve` in a
/// read session, any call after `commit`. `read` inside a write session is allowed and sees its changes.
class Store {
 public:
  virtual ~Store() = default;
  [[nodiscard]] virtual std::string_view name() const = 0;
  [[nodiscard]] virtual bool can(Capability capability) const = 0;
  [[nodiscard]] virtual const Schema& schema() const = 0;
  /// Whether somebody else may still undo what is committed now: a host's transaction is open. What is read then is not to be kept.
  [[nodiscard]] virtual bool may_be_undone() const { return false; }

  virtual std::unique_ptr<Session> read() = 0;
  virtual std::unique_ptr<Session> write(const Stamp& stamp) = 0;

  /// A call that lasts asks `interrupt`, which outlives the store, and ends with what it throws. The default does not: then it is asked between
  /// the calls alone.
  virtual void heed(Interrupt& /*interrupt*/) {}

  /// Ends an initial load: makes indexes, gathers statistics, syncs, and goes on as usual. Fails with `ref.missing` or
  /// `unique.taken` when the loaded rows do not fit together. Nothing where the store knows no initial load.
  virtual void finish_load() {}

 protected:
  Store() = default;
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;
};

/// The slow obvious way to answer an aggregate: over `select`.
Table fold(Session& session, const Aggregate& aggregate);

}  // namespace crm
