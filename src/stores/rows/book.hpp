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

  /// As in Session.
  int mark();
  void undo_to(int mark);
  void release(int mark);

  /// Throws `storage` (`store.unit_lost`) after a failure that could not be undone: such a unit of work is not to be kept.
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
  /// Undoes what came after the mark row by row, or, where the keeper has done so, what it does not know: the last ids.
  void go_back(Mark mark, bool rows = true);
  Mark open_mark(int mark) const;

  Keeper& keeper_;
  std::optional<LogLine> inserts_;  // the line of a run of inserts that may go on
  std::vector<Undo> undo_;
  std::vector<Mark> marks_;
  Mark kept_;
  bool torn_ = false;
};

}  // namespace crm::rows
