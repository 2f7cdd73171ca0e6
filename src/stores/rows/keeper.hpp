// What stands between the logic of a store and its rows: shelves of rows by id, and the change log. A store without questions of its
// own (in memory, a host's) is a Keeper; rules, log, questions and sessions are the same for all of them.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "crm/store/schema.hpp"
#include "crm/store/store.hpp"
#include "crm/store/value.hpp"

namespace crm::rows {

/// Places of the two fields that every row has beside `Row::values`.
inline constexpr int kIdPlace = -1;
inline constexpr int kVersionPlace = -2;

/// Where `field` is in a row. Throws `invalid_argument` (`field.unknown`).
int place_of(const EntityDef& def, FieldNo field);

/// Borrows from the row.
inline Cell cell_at(const Row& row, int place) {
  if (place == kIdPlace) return Cell::of(row.id);
  if (place == kVersionPlace) return Cell::of(row.version);
  return to_cell(row.values[static_cast<std::size_t>(place)]);
}

/// What is wanted at a place of a row: a value from `low` to `high`, both included; a null is no bound, and never a value that is wanted.
struct Wanted {
  int place;
  Cell low;
  Cell high;

  [[nodiscard]] bool is_exact() const { return !low.is_null() && compare(low, high) == 0; }
};
inline Wanted exactly(int place, const Cell& value) { return {place, value, value}; }

/// The rows of one entity. Rows that it lends stay where they are until they are put or erased, or a session calls `Keeper::forget`.
class Shelf {
 public:
  explicit Shelf(const EntityDef& def) : def_(def) {}
  virtual ~Shelf() = default;
  Shelf(const Shelf&) = delete;
  Shelf& operator=(const Shelf&) = delete;

  [[nodiscard]] const EntityDef& def() const { return def_; }
  /// nullptr if there is none.
  [[nodiscard]] virtual const Row* find(Id id) const = 0;
  /// Some of the rows, in no order: all that have the wanted values are among them.
  [[nodiscard]] virtual std::vector<const Row*> candidates(std::span<const Wanted> wanted) const = 0;
  /// Adds the row or replaces the one of its id.
  virtual void put(Row row) = 0;
  virtual void erase(Id id) = 0;
  /// The largest id ever reserved or inserted.
  [[nodiscard]] virtual Id last_id() const = 0;
  virtual void set_last_id(Id id) = 0;

 private:
  const EntityDef& def_;
};

class Book;

class Keeper {
 public:
  virtual ~Keeper() = default;
  [[nodiscard]] virtual const Schema& schema() const = 0;
  /// Throws `invalid_argument` (`entity.unknown`).
  [[nodiscard]] virtual Shelf& shelf(EntityNo entity) = 0;

  [[nodiscard]] virtual Version last_line() = 0;
  /// Lines with seq > `after`, oldest first, at most `limit` (0 = all).
  [[nodiscard]] virtual std::vector<LogLine> lines(Version after, std::int64_t limit) = 0;
  /// The line that erased the record; the default looks through all of them.
  [[nodiscard]] virtual std::optional<LogLine> erasure(EntityNo entity, Id id);
  /// As `Session::written`; the default looks through all of them.
  [[nodiscard]] virtual std::vector<LogLine> written(Instant from, LogPlace before, std::int64_t limit);
  /// Adds the line after the last one, or writes that one again.
  virtual void write(const LogLine& line) = 0;
  /// Forgets the lines after `last`.
  virtual void cut(Version last) = 0;

  /// A unit of work begins; one that writes ends durably, or as if it had not been (`book` knows the way back, for who has no
  /// other); one that reads just ends.
  virtual void begin(bool writing) = 0;
  virtual void commit() = 0;
  virtual void roll_back(Book& book) = 0;
  virtual void end_reading() = 0;
  /// Marks of its own, for who goes back faster than row by row; as in Session, by number. `last` is the newest line when the mark was made.
  [[nodiscard]] virtual bool has_marks() const { return false; }
  virtual void mark(int /*number*/) {}
  virtual void undo_to(int /*number*/, Version /*last*/) {}
  virtual void release(int /*number*/) {}
  /// Rows lent by shelves are not needed any more.
  virtual void forget() = 0;

  /// As Store::heed; who reads many rows for a question asks as it goes.
  virtual void heed(Interrupt& interrupt) { interrupt_ = &interrupt; }
  void check_interrupt() const {
    if (interrupt_) interrupt_->check();
  }

  /// Of the store, for `Store`.
  [[nodiscard]] virtual std::string_view name() const = 0;
  [[nodiscard]] virtual bool can(Capability capability) const = 0;

 private:
  Interrupt* interrupt_ = nullptr;
};

/// The store that its keeper makes.
std::unique_ptr<Store> store_of(std::unique_ptr<Keeper> keeper);

}  // namespace crm::rows
