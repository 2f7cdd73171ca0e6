#include "crm/stores/host.hpp"

#include <algorithm>
#include <deque>
#include <map>
#include <utility>

#include "callbacks.hpp"
#include "crm/base/error.hpp"
#include "store/old_values.hpp"
#include "stores/rows/book.hpp"

namespace crm {
namespace {

using host::Callbacks;
using host::HostRow;
using rows::Wanted;

constexpr Id kSchemaMark = 65536;  // row of CRM_STORE_MARKS with the version of the schema; the others have numbers of tables as ids
constexpr std::size_t kLogColumns = 8;
constexpr std::size_t kMarkColumns = 1;

/// The largest ids ever, kept in a table of their own: read once a unit of work, written at its end.
class Marks {
 public:
  explicit Marks(const Callbacks& callbacks) : callbacks_(callbacks) {}

  Id get(Id of) {
    auto found = known_.find(of);
    if (found == known_.end()) {
      const auto row = callbacks_.get(CRM_STORE_MARKS, of, kMarkColumns);
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
  std::map<Id, Mark> known_;
};

class HostShelf final : public rows::Shelf {
 public:
  HostShelf(const EntityDef& def, const Callbacks& callbacks, Marks& marks) : rows::Shelf(def), callbacks_(callbacks), marks_(marks) {}

  [[nodiscard]] const Row* find(Id id) const override {
    if (const auto known = lent_.find(id); known != lent_.end()) return &known->second;
    auto row = callbacks_.get(def().no, id, def().fields.size() + 1);
    return row ? lend(std::move(*row)) : nullptr;
  }

  [[nodiscard]] std::vector<const Row*> candidates(std::span<const Wanted> wanted) const override {
    std::vector<const Row*> found;
    const Wanted* const hint = hint_of(wanted);
    if (hint && hint->place == rows::kIdPlace) {
      if (const Row* row = find(hint->value.as_integer())) found.push_back(row);
      return found;
    }
    callbacks_.rows(def().no, hint ? hint->place + 2 : 0, hint ? hint->value : Cell(), 0, def().fields.size() + 1, [&](HostRow row) {
      found.push_back(lend(std::move(row)));
      return true;
    });
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

  /// The wanted value by which few rows are found: the id, else that of an indexed field, a text before a number (of a key of
  /// several fields it is the one that tells most), else any.
  [[nodiscard]] const Wanted* hint_of(std::span<const Wanted> wanted) const {
    const Wanted* best = nullptr;
    int best_rank = -1;
    for (const Wanted& w : wanted) {
      if (w.place == rows::kVersionPlace) continue;
      const int rank = w.place == rows::kIdPlace ? 4 : (is_indexed(w.place) ? 2 : 0) + (w.value.kind == Storage::text ? 1 : 0);
      if (rank < best_rank) continue;
      best = &w;
      best_rank = rank;
    }
    return best;
  }
  [[nodiscard]] bool is_indexed(int place) const {
    const FieldDef& field = def().fields[static_cast<std::size_t>(place)];
    if (field.refers) return true;
    return std::ranges::any_of(def().indexes, [&](const IndexDef& index) { return std::ranges::find(index.fields, field.no) != index.fields.end(); });
  }

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
    callbacks_.rows(CRM_STORE_LOG, 0, Cell(), after, kLogColumns, [&](HostRow row) {
      found.push_back(line_of(row));
      return limit <= 0 || static_cast<std::int64_t>(found.size()) < limit;
    });
    return found;
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
    for (const EntityDef& def : schema_.entities) {
      std::vector<crm_column> columns{{"version", kVersion, CRM_INTEGER}};
      for (const FieldDef& field : def.fields) columns.push_back({field.name.c_str(), field.no, static_cast<std::int32_t>(field.kind)});
      callbacks_.tell_table(def.no, def.name, columns);
    }
    callbacks_.tell_table(CRM_STORE_LOG, "change_log",
                          {{"at", 3, CRM_INTEGER}, {"actor", 4, CRM_INTEGER}, {"op", 5, CRM_INTEGER}, {"entity", 6, CRM_INTEGER},
                           {"record", 7, CRM_INTEGER}, {"count", 8, CRM_INTEGER}, {"previous", 9, CRM_INTEGER}, {"old", 10, CRM_BYTES}});
    callbacks_.tell_table(CRM_STORE_MARKS, "mark", {{"value", 3, CRM_INTEGER}});
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
  Callbacks callbacks_;
  Marks marks_;
  std::deque<HostShelf> shelves_;  // as the schema's entities
};

/// One unit of work for all steps of an upgrade.
void upgrade(Store& store, HostKeeper& keeper) {
  const Schema& schema = keeper.schema();
  const auto session = store.write({});
  const int stored = keeper.stored_version();
  if (stored == schema.version) return;
  if (stored > schema.version)
    throw Error(Code::unsupported,
                std::vector<Violation>{{"store.newer_schema", 0, 0, 0, std::string(keeper.name()), std::to_string(stored)}});
  if (stored > 0)
    for (const Migration& step : schema.migrations)
      if (step.version > stored && step.fill) step.fill(*session);
  keeper.set_stored_version(schema.version);
  session->commit();
}

}  // namespace

std::unique_ptr<Store> open_host_store(Schema schema, const crm_store& table) {
  auto keeper = std::make_unique<HostKeeper>(std::move(schema), table);
  HostKeeper& made = *keeper;
  auto store = rows::store_of(std::move(keeper));
  upgrade(*store, made);
  return store;
}

}  // namespace crm
