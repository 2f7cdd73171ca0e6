#include "book.hpp"

#include <algorithm>
#include <utility>

#include "checks.hpp"
#include "crm/base/error.hpp"

namespace crm::rows {

Id Book::reserve(EntityNo entity) {
  Shelf& shelf = keeper_.shelf(entity);
  undo_.push_back({&shelf, 0, std::nullopt, shelf.last_id()});
  const Id id = shelf.last_id() + 1;
  shelf.set_last_id(id);
  return id;
}

void Book::apply(std::span<Change> changes, const Stamp& stamp) {
  check_whole();
  const Mark before{undo_.size(), keeper_.last_line()};
  inserts_.reset();
  try {
    for (std::size_t i = 0; i < changes.size(); ++i) apply(changes[i], stamp, i > 0 && changes[i - 1].op == Do::insert);
  } catch (...) {
    torn_ = true;
    try {
      go_back(before);
      torn_ = false;
    } catch (...) {  // what could not be undone every call tells from now on; here the first failure is told
    }
    throw;
  }
}

void Book::apply(Change& change, const Stamp& stamp, bool continues_inserts) {
  Shelf& shelf = keeper_.shelf(change.entity);
  switch (change.op) {
    case Do::insert: return insert(shelf, change, stamp, continues_inserts);
    case Do::update:
    case Do::refresh: return update(shelf, change, stamp);
    case Do::erase: return erase(shelf, change, stamp);
  }
  throw Error(Code::invalid_argument, "a change is none of insert, update, erase, refresh");
}

void Book::insert(Shelf& shelf, Change& change, const Stamp& stamp, bool continues_inserts) {
  const EntityDef& def = shelf.def();
  if (change.id <= 0) throw Error(Code::invalid_argument, {{"field.required", def.no, kId, change.id, "", "id"}});
  Row row = changed_row(keeper_, shelf, {change.id, 0, std::vector<Value>(def.fields.size())}, change);
  if (shelf.find(change.id) != nullptr)
    throw Error(Code::already_exists, {{"unique.taken", def.no, kId, change.id, std::to_string(change.id), def.name}});
  check_unique(shelf, row);

  if (continues_inserts && inserts_ && inserts_->entity == change.entity && inserts_->id + inserts_->count == change.id)
    ++inserts_->count;
  else
    inserts_ = next_line(change, stamp, 0);
  keeper_.write(*inserts_);
  row.version = change.version = inserts_->seq;
  remember(shelf, change.id);
  shelf.put(std::move(row));
  if (change.id > shelf.last_id()) shelf.set_last_id(change.id);
}

void Book::update(Shelf& shelf, Change& change, const Stamp& stamp) {
  const Row& before = expected_row(shelf, change);
  Row after = changed_row(keeper_, shelf, before, change);
  check_unique(shelf, after);

  if (change.op == Do::update) {
    LogLine line = next_line(change, stamp, before.version);
    for (const FieldNo field : change.fields)
      line.old.emplace_back(field, before.values[static_cast<std::size_t>(shelf.def().position(field))]);
    after.version = line.seq;
    keeper_.write(line);
  }
  change.version = after.version;
  remember(shelf, change.id);
  shelf.put(std::move(after));
}

void Book::erase(Shelf& shelf, Change& change, const Stamp& stamp) {
  const Row& row = expected_row(shelf, change);
  check_not_referenced(keeper_, shelf, row);

  LogLine line = next_line(change, stamp, row.version);
  for (std::size_t i = 0; i < row.values.size(); ++i)
    if (row.values[i].index() != 0) line.old.emplace_back(shelf.def().fields[i].no, row.values[i]);
  change.version = line.seq;
  keeper_.write(line);
  remember(shelf, change.id);
  shelf.erase(change.id);
}

LogLine Book::next_line(const Change& change, const Stamp& stamp, Version previous) {
  return {keeper_.last_line() + 1, stamp, change.op, change.entity, change.id, 1, previous, {}};
}

void Book::remember(Shelf& shelf, Id id) {
  const Row* row = shelf.find(id);
  undo_.push_back({&shelf, id, row == nullptr ? std::nullopt : std::optional(*row), shelf.last_id()});
}

void Book::go_back(Mark mark, bool rows) {
  for (; undo_.size() > mark.undo; undo_.pop_back()) {
    Undo& last = undo_.back();
    if (rows && last.before)
      last.shelf->put(std::move(*last.before));
    else if (rows && last.id != 0)
      last.shelf->erase(last.id);
    last.shelf->set_last_id(last.last_id);
  }
  if (rows) keeper_.cut(mark.line);
}

Book::Mark Book::open_mark(int mark) const {
  check_whole();
  if (mark < 1 || static_cast<std::size_t>(mark) > marks_.size())
    throw Error(Code::misuse, {{"handle.transaction", 0, 0, 0, "", "there is no mark " + std::to_string(mark)}});
  return marks_[static_cast<std::size_t>(mark) - 1];
}

int Book::mark() {
  check_whole();
  marks_.push_back({undo_.size(), keeper_.last_line()});
  const auto number = static_cast<int>(marks_.size());
  try {
    keeper_.mark(number);
  } catch (...) {
    marks_.pop_back();
    throw;
  }
  return number;
}

void Book::undo_to(int mark) {
  const Mark place = open_mark(mark);
  torn_ = true;
  keeper_.undo_to(mark, place.line);
  go_back(place, !keeper_.has_marks());
  torn_ = false;
  marks_.resize(static_cast<std::size_t>(mark) - 1);
}

void Book::release(int mark) {
  open_mark(mark);
  keeper_.release(mark);
  marks_.resize(static_cast<std::size_t>(mark) - 1);
}

void Book::check_whole() const {
  if (torn_) throw Error(Code::storage, {{"store.unit_lost", 0, 0, 0, std::string(keeper_.name()), ""}});
}

void Book::keep() {
  torn_ = false;
  undo_.clear();
  marks_.clear();
  kept_ = {0, keeper_.last_line()};
}

void Book::roll_back() { go_back(kept_); }

}  // namespace crm::rows
