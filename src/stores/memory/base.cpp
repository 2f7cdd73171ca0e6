#include "base.hpp"

#include <algorithm>
#include <utility>

#include "checks.hpp"
#include "crm/base/error.hpp"

namespace crm::memory {

Base::Base(Schema schema) : schema_(std::move(schema)) {
  for (const EntityDef& def : schema_.entities) shelves_.emplace_back(def);
}

const Shelf& Base::shelf(EntityNo entity) const {
  return shelves_[static_cast<std::size_t>(&schema_.at(entity) - schema_.entities.data())];
}

Shelf& Base::shelf_to_change(EntityNo entity) {
  return shelves_[static_cast<std::size_t>(&schema_.at(entity) - schema_.entities.data())];
}

Id Base::reserve(EntityNo entity) {
  Shelf& shelf = shelf_to_change(entity);
  remember(shelf, 0);
  return ++shelf.last_id;
}

void Base::apply(std::span<Change> changes, const Stamp& stamp) {
  const Mark before{undo_.size(), log_.size()};
  try {
    for (std::size_t i = 0; i < changes.size(); ++i) apply(changes[i], stamp, i > 0 && changes[i - 1].op == Do::insert);
  } catch (...) {
    go_back(before);
    throw;
  }
}

void Base::apply(Change& change, const Stamp& stamp, bool continues_inserts) {
  Shelf& shelf = shelf_to_change(change.entity);
  switch (change.op) {
    case Do::insert: return insert(shelf, change, stamp, continues_inserts);
    case Do::update:
    case Do::refresh: return update(shelf, change, stamp);
    case Do::erase: return erase(shelf, change, stamp);
  }
  throw Error(Code::invalid_argument, "a change is none of insert, update, erase, refresh");
}

void Base::insert(Shelf& shelf, Change& change, const Stamp& stamp, bool continues_inserts) {
  const EntityDef& def = shelf.def();
  if (change.id <= 0) throw Error(Code::invalid_argument, {{"field.required", def.no, kId, change.id, "", "id"}});
  Row row = changed_row(*this, shelf, {change.id, 0, std::vector<Value>(def.fields.size())}, change);
  if (shelf.find(change.id) != nullptr)
    throw Error(Code::already_exists, {{"unique.taken", def.no, kId, change.id, std::to_string(change.id), def.name}});
  check_unique(shelf, row);

  LogLine* line = continues_inserts ? &log_.back() : nullptr;
  if (line != nullptr && line->entity == change.entity && line->id + line->count == change.id)
    ++line->count;
  else
    line = &log(change, stamp, 0);
  row.version = change.version = line->seq;
  remember(shelf, change.id);
  shelf.put(std::move(row));
  shelf.last_id = std::max(shelf.last_id, change.id);
}

void Base::update(Shelf& shelf, Change& change, const Stamp& stamp) {
  const Row& before = expected_row(shelf, change);
  Row after = changed_row(*this, shelf, before, change);
  check_unique(shelf, after);

  if (change.op == Do::update) {
    LogLine& line = log(change, stamp, before.version);
    for (const FieldNo field : change.fields)
      line.old.emplace_back(field, before.values[static_cast<std::size_t>(shelf.def().position(field))]);
    after.version = line.seq;
  }
  change.version = after.version;
  remember(shelf, change.id);
  shelf.put(std::move(after));
}

void Base::erase(Shelf& shelf, Change& change, const Stamp& stamp) {
  const Row& row = expected_row(shelf, change);
  check_not_referenced(*this, shelf, row);

  LogLine& line = log(change, stamp, row.version);
  for (std::size_t i = 0; i < row.values.size(); ++i)
    if (row.values[i].index() != 0) line.old.emplace_back(shelf.def().fields[i].no, row.values[i]);
  change.version = line.seq;
  remember(shelf, change.id);
  shelf.erase(change.id);
}

LogLine& Base::log(const Change& change, const Stamp& stamp, Version previous) {
  const auto seq = static_cast<Version>(log_.size()) + 1;
  return log_.emplace_back(LogLine{seq, stamp, change.op, change.entity, change.id, 1, previous, {}});
}

void Base::remember(Shelf& shelf, Id id) {
  const Row* row = shelf.find(id);
  undo_.push_back({&shelf, id, row == nullptr ? std::nullopt : std::optional(*row), shelf.last_id});
}

void Base::go_back(Mark mark) {
  for (; undo_.size() > mark.undo; undo_.pop_back()) {
    Undo& last = undo_.back();
    if (last.before)
      last.shelf->put(std::move(*last.before));
    else
      last.shelf->erase(last.id);
    last.shelf->last_id = last.last_id;
  }
  log_.resize(mark.log);
}

void Base::keep() {
  undo_.clear();
  kept_ = {0, log_.size()};
}

void Base::roll_back() { go_back(kept_); }

}  // namespace crm::memory
