// Applies changes to the tables, the search indexes and the change log, and knows the way back.
#pragma once

#include <optional>
#include <unordered_map>
#include <vector>

#include "connection.hpp"
#include "crm/base/error.hpp"

namespace crm::sqlite {

/// The values of a row, in the order of the schema's fields; nulls if there is none.
std::vector<Value> stored_row(Connection& connection, const EntityDef& entity, Id id);

class Writer {
 public:
  /// `loading`: an initial load; references and unique indexes are checked at its end.
  Writer(Connection& connection, const Schema& schema, const Stamp& stamp, bool loading);

  Id reserve(EntityNo entity);
  void apply(std::span<Change> changes);
  /// As in Session. The way back is kept in memory: a SAVEPOINT would make FTS5 write out what it has gathered, at every one (a save
  /// of a company in a unit of work took 3.4 times as long). On the host's connection it is a SAVEPOINT all the same: triggers and
  /// references of his may follow our rows.
  int mark();
  void undo_to(int mark);
  void release(int mark);
  /// Whether a change failed and could not be undone.
  [[nodiscard]] bool is_lost() const { return lost_; }
  /// Remembers ids that were reserved and not used: they are not given again either.
  void keep_reserved();

 private:
  /// Ids of an entity in this session.
  struct Ids {
    Id next = 1;       // to be reserved
    Id stored = 0;     // the largest that the base itself remembers, by a row or in high_water
  };
  /// What a change replaced.
  struct Undo {
    const EntityDef* entity;
    std::optional<Ids> ids;  // before it; none: not asked yet
    LogLine line;            // of the change: what was done to which row, the version before it, the old values
    bool done = false;       // the row is written; else ids alone may have changed
  };
  struct Mark {
    std::size_t undos = 0;
    Version last = 0;
  };
  Undo& remember(const EntityDef& entity, LogLine line);
  void go_back(Mark place);
  void run_savepoint(const char* verb, const std::string& name);
  void undo(const Undo& undo);
  void undo_insert(const EntityDef& entity, Id id);
  void undo_update(const EntityDef& entity, const LogLine& line);
  void undo_erase(const EntityDef& entity, const LogLine& line);
  Mark open_mark(int mark) const;

  void apply_one(std::span<Change> changes, std::size_t at);
  void insert(const EntityDef& entity, std::span<Change> changes, std::size_t at);
  void update(const EntityDef& entity, Change& change);
  void erase(const EntityDef& entity, Change& change);
  /// Runs a statement that may break a constraint and tells which.
  void run(Statement& statement, const EntityDef& entity, const Change& change);
  [[noreturn]] void explain(const EntityDef& entity, const Change& change, int result);
  void check_cells(const EntityDef& entity, const Change& change);
  void index_text(const EntityDef& entity, const FieldDef& field, Id id, const Cell& old, const Cell& text);
  Ids& ids_of(const EntityDef& entity);
  /// Everything wrong with the values of a change: unknown fields, kinds, empty ones, references.
  [[nodiscard]] std::vector<Violation> broken_values(const EntityDef& entity, const Change& change);
  /// Who refers to a row that is to be erased, one of every field.
  [[nodiscard]] std::vector<Violation> referrers(const EntityDef& entity, const Change& change);
  /// What SQLite would find by its foreign keys.
  void check_references(const EntityDef& entity, const Change& change);

  Connection& connection_;
  const Schema& schema_;
  const Stamp stamp_;
  const bool loading_;
  const bool enforced_;                        // SQLite itself keeps references
  const bool savepoints_;                      // SQLite itself goes back
  Version last_;                               // newest line of the log
  Id run_id_ = 0;                              // last id of the run of inserts that may go on
  EntityNo run_entity_ = 0;
  std::unordered_map<EntityNo, Ids> ids_;      // by entity, once asked
  std::vector<Undo> undo_;                     // since the first mark, else of the last apply
  std::vector<Mark> marks_;
  bool indexing_ = false;                      // inside a change of a search index, which has no way back
  bool lost_ = false;
  std::string key_;                            // reused to find statements
};

}  // namespace crm::sqlite
