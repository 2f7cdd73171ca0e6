// Changes as Session::apply promises them: checked, logged, all or none, with the way back.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "keeper.hpp"

namespace crm::rows {

class Book {
 public:
  explicit Book(Keeper& keeper) : keeper_(keeper) {}

  Id reserve(EntityNo entity);
  /// As Session::apply.
  void apply(std::span<Change> changes, const Stamp& stamp);

  /// Throws `storage` (`store.io`) after a failed apply that could not be undone: such a unit of work is not to be kept.
  void check_whole() const;
  /// Forgets how to go back: what is done stays.
  void keep();
  /// Goes back to the last `keep`.
  void roll_back();

 private:
  struct Mark {
    std::size_t undo = 0;
    Version line = 0;
  };
  /// What a row was before a change; no `before`: there was none.
  struct Undo {
    Shelf* shelf;
    Id id;
    std::optional<Row> before;
    Id last_id;
  };

  void apply(Change& change, const Stamp& stamp, bool continues_inserts);
  void insert(Shelf& shelf, Change& change, const Stamp& stamp, bool continues_inserts);
  void update(Shelf& shelf, Change& change, const Stamp& stamp);
  void erase(Shelf& shelf, Change& change, const Stamp& stamp);
  /// The next line of the log, not yet written.
  LogLine next_line(const Change& change, const Stamp& stamp, Version previous);
  void remember(Shelf& shelf, Id id);
  void go_back(Mark mark);

  Keeper& keeper_;
  std::optional<LogLine> inserts_;  // the line of a run of inserts that may go on
  std::vector<Undo> undo_;
  Mark kept_;
  bool torn_ = false;
};

}  // namespace crm::rows
