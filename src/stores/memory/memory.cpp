#include "crm/stores/memory.hpp"

#include <algorithm>
#include <utility>

#include "base.hpp"
#include "crm/base/error.hpp"
#include "select.hpp"

namespace crm {
namespace {

using memory::Answer;
using memory::Base;

[[noreturn]] void refuse_order_of_calls(const char* detail) {
  throw Error(Code::misuse, {{"handle.transaction", 0, 0, 0, "", detail}});
}

// What a store, its sessions and cursors share, so that none of them minds in which order they go.
struct Handle {
  explicit Handle(Schema schema) : base(std::move(schema)) {}

  Base base;
  int sessions = 0;
};

class MemoryCursor final : public Cursor {
 public:
  MemoryCursor(Answer answer, std::shared_ptr<const bool> open)
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

class MemorySession final : public Session {
 public:
  MemorySession(std::shared_ptr<Handle> handle, std::optional<Stamp> stamp)
      : handle_(std::move(handle)), stamp_(stamp) {
    ++handle_->sessions;
  }
  ~MemorySession() override {
    if (*open_ && stamp_) handle_->base.roll_back();
    end();
  }

  std::optional<Row> find(EntityNo entity, Id id) override {
    const Row* row = base().shelf(entity).find(id);
    return row == nullptr ? std::nullopt : std::optional(*row);
  }
  std::unique_ptr<Cursor> select(const Query& query) override {
    return std::make_unique<MemoryCursor>(memory::select(base(), query), open_);
  }

  Id reserve(EntityNo entity) override { return writable().reserve(entity); }
  void apply(std::span<Change> changes) override { writable().apply(changes, *stamp_); }

  std::vector<LogLine> changes(Version after, std::int64_t limit) override {
    const std::vector<LogLine>& log = base().log();
    const std::int64_t size = std::ssize(log);
    const std::int64_t from = std::clamp<std::int64_t>(after, 0, size);
    const std::int64_t to = limit > 0 ? std::min(size - from, limit) + from : size;
    return {log.begin() + static_cast<std::ptrdiff_t>(from), log.begin() + static_cast<std::ptrdiff_t>(to)};
  }
  std::optional<LogLine> change(Version seq) override {
    const std::vector<LogLine> lines = seq > 0 ? changes(seq - 1, 1) : std::vector<LogLine>{};
    return lines.empty() ? std::nullopt : std::optional(lines.front());
  }
  Version last_change() override { return static_cast<Version>(base().log().size()); }

  void commit() override {
    Base& done = base();
    if (stamp_) done.keep();
    end();
  }

 private:
  Base& base() {
    if (!*open_) refuse_order_of_calls("the session is over");
    return handle_->base;
  }
  Base& writable() {
    if (!stamp_) refuse_order_of_calls("a session that only reads");
    return base();
  }
  void end() {
    if (*open_) --handle_->sessions;
    *open_ = false;
  }

  std::shared_ptr<Handle> handle_;
  std::optional<Stamp> stamp_;  // none: reads only
  std::shared_ptr<bool> open_ = std::make_shared<bool>(true);
};

class MemoryStore final : public Store {
 public:
  explicit MemoryStore(Schema schema) : handle_(std::make_shared<Handle>(std::move(schema))) {}

  [[nodiscard]] std::string_view name() const override { return "memory"; }
  [[nodiscard]] bool can(Capability) const override { return false; }
  [[nodiscard]] const Schema& schema() const override { return handle_->base.schema(); }

  std::unique_ptr<Session> read() override { return std::make_unique<MemorySession>(handle_, std::nullopt); }
  std::unique_ptr<Session> write(const Stamp& stamp) override {
    if (handle_->sessions > 0) refuse_order_of_calls("another session of this handle is open");
    return std::make_unique<MemorySession>(handle_, stamp);
  }

 private:
  std::shared_ptr<Handle> handle_;
};

}  // namespace

std::unique_ptr<Store> open_memory_store(Schema schema) { return std::make_unique<MemoryStore>(std::move(schema)); }

}  // namespace crm
