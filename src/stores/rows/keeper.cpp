#include "keeper.hpp"

#include <algorithm>
#include <utility>

#include "book.hpp"
#include "crm/base/error.hpp"
#include "select.hpp"
#include "store/latest_lines.hpp"

namespace crm::rows {

int place_of(const EntityDef& def, FieldNo field) {
  if (field == kId) return kIdPlace;
  if (field == kVersion) return kVersionPlace;
  const int place = def.position(field);
  if (place < 0)
    throw Error(Code::invalid_argument, {{"field.unknown", def.no, field, 0, std::to_string(field), def.name}});
  return place;
}

std::optional<LogLine> Keeper::erasure(EntityNo entity, Id id) {
  constexpr std::int64_t kBatch = 1000;
  for (Version after = 0;;) {
    const std::vector<LogLine> some = lines(after, kBatch);
    if (some.empty()) return {};
    for (const LogLine& line : some)
      if (line.op == Do::erase && line.entity == entity && line.id == id) return line;
    after = some.back().seq;
  }
}

std::vector<LogLine> Keeper::written(Instant from, LogPlace before, std::int64_t limit) {
  return latest_of_all(from, before, limit, [this](Version after, std::int64_t most) { return lines(after, most); });
}

namespace {

[[noreturn]] void refuse_order_of_calls(const char* detail) {
  throw Error(Code::misuse, {{"handle.transaction", 0, 0, 0, "", detail}});
}

// What a store, its sessions and cursors share, so that none of them minds in which order they go.
struct Shared {
  explicit Shared(std::unique_ptr<Keeper> rows) : keeper(std::move(rows)), book(*keeper) {}

  /// A unit of work of the keeper, unless one is open.
  void begin(bool writing) {
    if (begun) return;
    keeper->begin(writing);
    begun = true;
  }

  std::unique_ptr<Keeper> keeper;
  Book book;
  int sessions = 0;
  bool begun = false;
};

class RowCursor final : public Cursor {
 public:
  RowCursor(Answer answer, std::shared_ptr<const bool> open)
      : answer_(std::move(answer)), cells_(std::max<std::size_t>(answer_.columns, 1)), open_(std::move(open)) {}

  const Cell* next() override {
    if (!*open_) refuse_order_of_calls("the session of this cursor is over");
    if (row_ == answer_.rows) return nullptr;
    for (std::size_t i = 0; i < answer_.columns; ++i) cells_[i] = to_cell(answer_.values[row_ * answer_.columns + i]);
    ++row_;
    return cells_.data();
  }

 private:
  Answer answer_;
  std::vector<Cell> cells_;
  std::shared_ptr<const bool> open_;
  std::size_t row_ = 0;
};

class RowSession final : public Session {
 public:
  RowSession(std::shared_ptr<Shared> shared, std::optional<Stamp> stamp) : shared_(std::move(shared)), stamp_(stamp) {
    shared_->begin(stamp.has_value());
    ++shared_->sessions;
    if (!stamp) return;
    try {
      shared_->book.keep();
    } catch (...) {
      end(false);
      throw;
    }
  }
  ~RowSession() override {
    if (!*open_) return;
    try {
      end(false);
    } catch (...) {  // what a keeper cannot undo it tells at its next call
    }
  }

  std::optional<Row> find(EntityNo entity, Id id) override {
    const Row* row = keeper().shelf(entity).find(id);
    return row == nullptr ? std::nullopt : std::optional(*row);
  }
  std::unique_ptr<Cursor> select(const Query& query) override {
    return std::make_unique<RowCursor>(rows::select(keeper(), query), open_);
  }

  Id reserve(EntityNo entity) override { return book().reserve(entity); }
  void apply(std::span<Change> changes) override { book().apply(changes, *stamp_); }
  int mark() override { return book().mark(); }
  void undo_to(int mark) override { book().undo_to(mark); }
  void release(int mark) override { book().release(mark); }

  std::vector<LogLine> changes(Version after, std::int64_t limit) override {
    return keeper().lines(std::max<Version>(after, 0), limit);
  }
  std::optional<LogLine> change(Version seq) override {
    const std::vector<LogLine> lines = seq > 0 ? changes(seq - 1, 1) : std::vector<LogLine>{};
    return lines.empty() || lines.front().seq != seq ? std::nullopt : std::optional(lines.front());
  }
  std::optional<LogLine> erasure(EntityNo entity, Id id) override { return keeper().erasure(entity, id); }
  std::vector<LogLine> written(Instant from, LogPlace before, std::int64_t limit) override {
    return keeper().written(from, before, limit);
  }
  Version last_change() override { return keeper().last_line(); }

  void commit() override {
    keeper();
    end(true);
  }

 private:
  /// The keeper, with no rows lent from before this call.
  Keeper& keeper() {
    if (!*open_) refuse_order_of_calls("the session is over");
    if (stamp_) shared_->book.check_whole();
    shared_->begin(false);
    shared_->keeper->forget();
    return *shared_->keeper;
  }
  Book& book() {
    check_writing();
    keeper();
    return shared_->book;
  }
  void check_writing() const {
    if (!stamp_) refuse_order_of_calls("a session that only reads");
  }
  /// The unit of work of the keeper is that of the session that writes; sessions that only read share another. Those that outlive
  /// the one that writes begin theirs when they ask again: whether they can is not the writer's to tell.
  void end(bool kept) {
    *open_ = false;
    const bool last = --shared_->sessions == 0;
    if (!shared_->begun || (!stamp_ && !last)) return;
    shared_->begun = false;
    Keeper& keeper = *shared_->keeper;
    if (!stamp_)
      keeper.end_reading();
    else if (kept)
      commit(keeper);
    else
      keeper.roll_back(shared_->book);
  }
  void commit(Keeper& keeper) {
    try {
      shared_->book.check_whole();
      keeper.commit();
    } catch (...) {
      keeper.roll_back(shared_->book);
      throw;
    }
  }

  std::shared_ptr<Shared> shared_;
  std::optional<Stamp> stamp_;  // none: reads only
  std::shared_ptr<bool> open_ = std::make_shared<bool>(true);
};

class RowStore final : public Store {
 public:
  explicit RowStore(std::unique_ptr<Keeper> keeper) : shared_(std::make_shared<Shared>(std::move(keeper))) {}

  [[nodiscard]] std::string_view name() const override { return shared_->keeper->name(); }
  [[nodiscard]] bool can(Capability capability) const override { return shared_->keeper->can(capability); }
  [[nodiscard]] const Schema& schema() const override { return shared_->keeper->schema(); }

  void heed(Interrupt& interrupt) override { shared_->keeper->heed(interrupt); }
  std::unique_ptr<Session> read() override { return std::make_unique<RowSession>(shared_, std::nullopt); }
  std::unique_ptr<Session> write(const Stamp& stamp) override {
    if (shared_->sessions > 0) refuse_order_of_calls("another session of this handle is open");
    return std::make_unique<RowSession>(shared_, stamp);
  }

 private:
  std::shared_ptr<Shared> shared_;
};

}  // namespace

std::unique_ptr<Store> store_of(std::unique_ptr<Keeper> keeper) { return std::make_unique<RowStore>(std::move(keeper)); }

}  // namespace crm::rows
