// All of a memory store's state: shelves of rows, the change log, and what is needed to go back.
#pragma once

#include <deque>
#include <optional>
#include <span>
#include <vector>

#include "crm/store/store.hpp"
#include "shelf.hpp"

namespace crm::memory {

class Base {
 public:
  explicit Base(Schema schema);
  Base(const Base&) = delete;  // shelves refer to its schema
  Base& operator=(const Base&) = delete;

  [[nodiscard]] const Schema& schema() const { return schema_; }
  /// Throws `invalid_argument` (`entity.unknown`).
  [[nodiscard]] const Shelf& shelf(EntityNo entity) const;
  /// The line `seq` is at seq - 1.
  [[nodiscard]] const std::vector<LogLine>& log() const { return log_; }

  Id reserve(EntityNo entity);
  /// As Session::apply.
  void apply(std::span<Change> changes, const Stamp& stamp);

  /// Forgets how to go back: what is done stays.
  void keep();
  /// Goes back to the last `keep`.
  void roll_back();

 private:
  struct Mark {
    std::size_t undo = 0;
    std::size_t log = 0;
  };
  /// What a row was before a change; no `before`: there was none.
  struct Undo {
    Shelf* shelf;
    Id id;
    std::optional<Row> before;
    Id last_id;
  };

  Shelf& shelf_to_change(EntityNo entity);
  void apply(Change& change, const Stamp& stamp, bool continues_inserts);
  void insert(Shelf& shelf, Change& change, const Stamp& stamp, bool continues_inserts);
  void update(Shelf& shelf, Change& change, const Stamp& stamp);
  void erase(Shelf& shelf, Change& change, const Stamp& stamp);
  /// Adds a line to the log.
  LogLine& log(const Change& change, const Stamp& stamp, Version previous);
  void remember(Shelf& shelf, Id id);
  void go_back(Mark mark);

  const Schema schema_;
  std::deque<Shelf> shelves_;  // as the schema's entities
  std::vector<LogLine> log_;
  std::vector<Undo> undo_;
  Mark kept_;
};

}  // namespace crm::memory
