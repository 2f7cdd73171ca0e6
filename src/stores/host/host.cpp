#include "crm/stores/host.hpp"

#include <algorithm>
#include <deque>
#include <map>
#include <utility>

#include "callbacks.hpp"
#include "crm/base/error.hpp"
#include "crm/base/text.hpp"
#include "store/latest_lines.hpp"
#include "store/old_values.hpp"
#include "stores/rows/book.hpp"

namespace crm {
namespace {

using host::Callbacks;
using host::HostRow;
using host::HostTable;
using host::Wish;
using rows::Wanted;

constexpr Id kSchemaMark = 65536;  // row of CRM_STORE_MARKS with the version of the schema; the others have numbers of tables as ids

constexpr crm_column kLogColumns[] = {{"at", 3, CRM_INTEGER},     {"actor", 4, CRM_INTEGER}, {"op", 5, CRM_INTEGER},       {"entity", 6, CRM_INTEGER},
                                      {"record", 7, CRM_INTEGER}, {"count", 8, CRM_INTEGER}, {"previous", 9, CRM_INTEGER}, {"old", 10, CRM_BYTES}};
constexpr std::int32_t kTimeColumn = 1;  // places among these, from 1: of `at`
constexpr std::int32_t kRecordColumn = 5;  // of `record`
constexpr crm_column kMarkColumns[] = {{"value", 3, CRM_INTEGER}};

/// Columns of the table of an entity; the names are borrowed.
std::vector<crm_column> columns_of(const EntityDef& def) {
  std::vector<crm_column> columns{{"version", kVersion, CRM_INTEGER}};
  for (const FieldDef& field : def.fields) columns.push_back({field.name.c_str(), field.no, static_cast<std::int32_t>(field.kind)});
  return columns;
}

bool is_torn(const Cell& cell) { return cell.kind == Storage::text && first_bad_byte(cell.as_text()); }

HostTable table_of(std::int32_t number, std::span<const crm_column> columns) {
  HostTable table{number, {}};
  for (const crm_column& column : columns) table.kinds.push_back(static_cast<Storage>(column.kind));
  return table;
}

/// The largest ids ever, kept in a table of their own: read once a unit of work, written at its end.
class Marks {
 public:
  explicit Marks(const Callbacks& callbacks) : callbacks_(callbacks) {}

  Id get(Id of) {
    auto found = known_.find(of);
    if (found == known_.end()) {
      const auto row = callbacks_.get(table_, of);
      found = known_.emplace(of, Mark{row ? to_cell(row->cells[0]).as_integer() : 0, false}).first;
    }
    return found->second.value;
  }
  void set(Id of, Id value) { known_[of] = {value, true}; }
  void write() {
    for (auto& [of, mark] : known_)
      if (std::exchange(mark.changed, false)) callbacks_.put(CRM_STORE_MARKS, of, {Cell::of(mark.value)});
  }
  void forget() { known_.clear(); }

 private:
  struct Mark {
    Id value = 0;
    bool changed = false;
  };
  const Callbacks& callbacks_;
  const HostTable table_ = table_of(CRM_STORE_MARKS, kMarkColumns);
  std::map<Id, Mark> known_;
};

class HostShelf final : public rows::Shelf {
 public:
  HostShelf(const EntityDef& def, const Callbacks& callbacks, Marks& marks) 
      : rows::Shelf(def), table_(table_of(def.no, columns_of(def))), callbacks_(callbacks), marks_(marks) {}

  [[nodiscard]] const Row* find(Id id) const override {
    if (const auto known = lent_.find(id); known != lent_.end()) return &known->second;
    auto row = callbacks_.get(table_, id);
    return row ? lend(std::move(*row)) : nullptr;
  }

  [[nodiscard]] std::vector<const Row*> candidates(std::span<const Wanted> wanted) const override {
    std::vector<const Row*> found;
    const std::optional<Wanted> hint = hint_of(wanted);
    if (hint && !hint->low.is_null() && !hint->high.is_null() && compare(hint->low, hint->high) > 0) return found;
    if (hint && hint->place == rows::kIdPlace) {
      if (const Row* row = find(hint->low.as_integer())) found.push_back(row);
      return found;
    }
    const Wish wish = hint ? Wish{hint->place + 2, hint->low, hint->high} : Wish{};
    callbacks_.rows(table_, wish, [&](HostRow row) { found.push_back(lend(std::move(row))); });
    return found;
  }

  void put(Row row) override {
    std::vector<Cell> cells{Cell::of(row.version)};
    for (const Value& value : row.values) cells.push_back(to_cell(value));
    callbacks_.put(def().no, row.id, cells);
    lent_[row.id] = std::move(row);
  }
  void erase(Id id) override {
    callbacks_.erase(def().no, id);
    lent_.erase(id);
  }
  [[nodiscard]] Id last_id() const override { return marks_.get(def().no); }
  void set_last_id(Id id) override { marks_.set(def().no, id); }
  void forget() { lent_.clear(); }

 private:
  /// The row kept until it is not needed; what was lent before stays where it is.
  const Row* lend(HostRow from) const {
    const auto known = lent_.find(from.id);
    if (known != lent_.end()) return &known->second;
    Row row{from.id, to_cell(from.cells[0]).as_integer(), {}};
    row.values.assign(std::make_move_iterator(from.cells.begin() + 1), std::make_move_iterator(from.cells.end()));
    return &lent_.emplace(from.id, std::move(row)).first->second;
  }

  /// What is wanted of the place by which few rows are found, all bounds of it together; none if nothing is.
  [[nodiscard]] std::optional<Wanted> hint_of(std::span<const Wanted> wanted) const {
    const Wanted* best = nullptr;
    for (const Wanted& w : wanted)
      if (rank(w) > 0 && (!best || rank(w) >= rank(*best))) best = &w;
    if (!best) return {};
    Wanted hint = *best;
    for (const Wanted& w : wanted) {
      if (w.place != hint.place || rank(w) == 0) continue;
      if (compare(w.low, hint.low) > 0) hint.low = w.low;
      if (!w.high.is_null() && (hint.high.is_null() || compare(w.high, hint.high) < 0)) hint.high = w.high;
    }
    return hint;
  }
  /// The id tells more than another value, a value more than a range, an indexed field more than one that is not, and a text more
  /// than a number (of a key of several fields it is the one that differs most). 0: it helps nothing, or is half a letter of a text,
  /// which a host may be unable to read.
  [[nodiscard]] int rank(const Wanted& w) const {
    if (w.place == rows::kIdPlace) return w.is_exact() ? 9 : 0;
    if (w.place == rows::kVersionPlace) return 0;
    if (is_torn(w.low) || is_torn(w.high)) return 0;
    const bool text = w.low.kind == Storage::text || w.high.kind == Storage::text;
    return 1 + (w.is_exact() ? 4 : 0) + (is_indexed(w.place) ? 2 : 0) + (text ? 1 : 0);
  }
  [[nodiscard]] bool is_indexed(int place) const {
    const FieldDef& field = def().fields[static_cast<std::size_t>(place)];
    if (field.refers) return true;
    return std::ranges::any_of(def().indexes, [&](const IndexDef& index) { return std::ranges::find(index.fields, field.no) != index.fields.end(); });
  }

  const HostTable table_;
  const Callbacks& callbacks_;
  Marks& marks_;
  mutable std::map<Id, Row> lent_;
};

class HostKeeper final : public rows::Keeper {
 public:
  HostKeeper(Schema schema, const crm_store& table) : schema_(std::move(schema)), callbacks_(table), marks_(callbacks_) {
    for (const EntityDef& def : schema_.entities) shelves_.emplace_back(def, callbacks_, marks_);
    tell_tables();
  }

  [[nodiscard]] const Schema& schema() const override { return schema_; }
  [[nodiscard]] rows::Shelf& shelf(EntityNo entity) override {
    return shelves_[static_cast<std::size_t>(&schema_.at(entity) - schema_.entities.data())];
  }

  [[nodiscard]] Version last_line() override { return marks_.get(CRM_STORE_LOG); }
  [[nodiscard]] std::vector<LogLine> lines(Version after, std::int64_t limit) override {
    std::vector<LogLine> found;
    callbacks_.rows(log_, Wish{0, {}, {}, after, limit}, [&](const HostRow& row) { found.push_back(line_of(row)); });
    return found;
  }
  [[nodiscard]] std::optional<LogLine> erasure(EntityNo entity, Id id) override {
    std::optional<LogLine> found;
    callbacks_.rows(log_, Wish{kRecordColumn, Cell::of(id), Cell::of(id)}, [&](const HostRow& row) {
      LogLine line = line_of(row);
      if (line.op == Do::erase && line.entity == entity && line.id == id) found = std::move(line);
    });
    return found;
  }
  [[nodiscard]] std::vector<LogLine> written(Instant from, LogPlace before, std::int64_t limit) override {
    LatestLines latest(from, before, limit);
    const Wish period{kTimeColumn, Cell::of(to_number(from)), Cell::of(to_number(before.at))};
    callbacks_.rows(log_, period, [&](const HostRow& row) { latest.take(line_of(row)); });
    return latest.give();
  }
  void write(const LogLine& line) override {
    const std::string old = encode_old(line.old);
    callbacks_.put(CRM_STORE_LOG, line.seq,
                   {Cell::of(to_number(line.stamp.at)), Cell::of(line.stamp.actor), Cell::of(static_cast<std::int64_t>(line.op)),
                    Cell::of(std::int64_t{line.entity}), Cell::of(line.id), Cell::of(line.count), Cell::of(line.previous),
                    old.empty() ? Cell() : Cell::of(std::string_view(old), Storage::bytes)});
    marks_.set(CRM_STORE_LOG, line.seq);
  }
  void cut(Version last) override {
    for (Version seq = last_line(); seq > last; --seq) callbacks_.erase(CRM_STORE_LOG, seq);
    marks_.set(CRM_STORE_LOG, last);
  }

  void begin(bool writing) override {
    forget_all();
    callbacks_.begin(writing);
  }
  void commit() override {
    marks_.write();
    callbacks_.end(true);
  }
  void roll_back(rows::Book&) override {
    forget_all();
    callbacks_.end(false);
  }
  void end_reading() override {
    forget_all();
    callbacks_.end(false);
  }
  void heed(Interrupt& interrupt) override {
    Keeper::heed(interrupt);
    callbacks_.heed(interrupt);
  }
  [[nodiscard]] bool has_marks() const override { return callbacks_.has_marks(); }
  void mark(int number) override { callbacks_.mark(number); }
  void undo_to(int number, Version last) override {
    if (!has_marks()) return;  // the book goes back row by row
    callbacks_.undo_to(number);
    forget();
    marks_.set(CRM_STORE_LOG, last);
  }
  void release(int number) override { callbacks_.release(number); }
  void forget() override {
    for (HostShelf& shelf : shelves_) shelf.forget();
  }

  [[nodiscard]] std::string_view name() const override { return callbacks_.name(); }
  [[nodiscard]] bool can(Capability capability) const override {
    return (capability == Capability::durable && callbacks_.has(CRM_STORE_DURABLE)) ||
           (capability == Capability::shared && callbacks_.has(CRM_STORE_SHARED));
  }

  /// The version of the schema that the store was left with, 0 for a new one.
  [[nodiscard]] int stored_version() { return static_cast<int>(marks_.get(kSchemaMark)); }
  void set_stored_version(int version) { marks_.set(kSchemaMark, version); }

 private:
  void forget_all() {
    marks_.forget();
    forget();
  }

  void tell_tables() const {
    for (const EntityDef& def : schema_.entities) callbacks_.tell_table(def.no, def.name, columns_of(def));
    callbacks_.tell_table(CRM_STORE_LOG, "change_log", kLogColumns);
    callbacks_.tell_table(CRM_STORE_MARKS, "mark", kMarkColumns);
  }

  static LogLine line_of(const HostRow& row) {
    const auto number = [&](std::size_t at) { return to_cell(row.cells[at]).as_integer(); };
    LogLine line;
    line.seq = row.id;
    line.stamp = {number(1), instant_of(number(0))};
    line.op = static_cast<Do>(number(2));
    line.entity = static_cast<EntityNo>(number(3));
    line.id = number(4);
    line.count = number(5);
    line.previous = number(6);
    line.old = decode_old(to_cell(row.cells[7]).as_text());
    return line;
  }

  const Schema schema_;
  const HostTable log_ = table_of(CRM_STORE_LOG, kLogColumns);
  Callbacks callbacks_;
  Marks marks_;
  std::deque<HostShelf> shelves_;  // as the schema's entities
};

/// Whether the store was left with the schema of this release.
bool is_current(HostKeeper& keeper) {
  const int stored = keeper.stored_version();
  if (stored > keeper.schema().version)
    throw Error(Code::unsupported,
                std::vector<Violation>{{"store.newer_schema", 0, 0, 0, std::string(keeper.name()), std::to_string(stored)}});
  return stored == keeper.schema().version;
}

/// One unit of work for all steps.
void upgrade(Store& store, HostKeeper& keeper) {
  const auto session = store.write({});
  if (is_current(keeper)) return;  // another handle was faster
  if (const int stored = keeper.stored_version(); stored > 0)
    for (const Migration& step : keeper.schema().migrations)
      if (step.version > stored && step.fill) step.fill(*session);
  keeper.set_stored_version(keeper.schema().version);
  session->commit();
}

bool needs_upgrade(Store& store, HostKeeper& keeper) {
  const auto session = store.read();
  const bool needs = !is_current(keeper);
  session->commit();
  return needs;
}

}  // namespace

std::unique_ptr<Store> open_host_store(Schema schema, const crm_store& table) {
  auto keeper = std::make_unique<HostKeeper>(std::move(schema), table);
  HostKeeper& made = *keeper;
  auto store = rows::store_of(std::move(keeper));
  if (needs_upgrade(*store, made)) upgrade(*store, made);  // most handles find nothing to do, also while another one writes
  return store;
}

void give_up_host_store(const crm_store& table) { host::give_up(table); }

}  // namespace crm
