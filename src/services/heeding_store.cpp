#include "heeding_store.hpp"

#include <string>
#include <utility>

#include "crm/base/error.hpp"

namespace crm {
namespace {

/// The calls of one session.
class Heed {
 public:
  /// `writes`: the name of the store, empty if it reads.
  Heed(Interrupt& interrupt, std::string writes) : interrupt_(&interrupt), writes_(std::move(writes)), ended_before_(interrupt.ended()) {}

  [[nodiscard]] Interrupt& interrupt() const { return *interrupt_; }
  template <class Work>
  auto operator()(Work&& work) const {
    const Interrupt::Call call(*interrupt_);
    check_whole();
    interrupt_->check();
    return work();
  }
  /// Whatever was ended while a unit of work was open, it is not whole.
  void check_whole() const {
    if (!writes_.empty() && interrupt_->ended() != ended_before_)
      throw Error(Code::storage, std::vector<Violation>{{"store.unit_lost", 0, 0, 0, writes_, ""}});
  }

 private:
  Interrupt* interrupt_;
  std::string writes_;
  std::uint64_t ended_before_;
};

class HeedingCursor final : public Cursor {
 public:
  HeedingCursor(std::unique_ptr<Cursor> cursor, const Heed& heed) : cursor_(std::move(cursor)), heed_(heed) {}
  const Cell* next() override {
    return heed_([&] { return cursor_->next(); });
  }

 private:
  const std::unique_ptr<Cursor> cursor_;
  const Heed heed_;
};

class HeedingSession final : public Session {
 public:
  HeedingSession(std::unique_ptr<Session> session, Heed heed) : session_(std::move(session)), heed_(std::move(heed)) {}
  ~HeedingSession() override {
    const Interrupt::Deaf whole(heed_.interrupt());
    session_.reset();
  }

  std::optional<Row> find(EntityNo entity, Id id) override {
    return heed_([&] { return session_->find(entity, id); });
  }
  std::unique_ptr<Cursor> select(const Query& query) override {
    return heed_([&] { return std::make_unique<HeedingCursor>(session_->select(query), heed_); });
  }
  void scan(const Query& query, const std::function<void(const Cell*)>& take) override {
    heed_([&] {
      session_->scan(query, [&](const Cell* cells) {
        heed_.interrupt().check();
        take(cells);
      });
    });
  }
  Table aggregate(const Aggregate& aggregate) override {
    return heed_([&] { return session_->aggregate(aggregate); });
  }

  Id reserve(EntityNo entity) override {
    return heed_([&] { return session_->reserve(entity); });
  }
  void apply(std::span<Change> changes) override {
    heed_([&] { session_->apply(changes); });
  }

  int mark() override {
    return heed_([&] { return session_->mark(); });
  }
  void undo_to(int mark) override {
    heed_.check_whole();
    const Interrupt::Deaf whole(heed_.interrupt());
    session_->undo_to(mark);
  }
  void release(int mark) override {
    heed_.check_whole();
    const Interrupt::Deaf whole(heed_.interrupt());
    session_->release(mark);
  }

  void each_change(Version after, const std::function<bool(const LogLine&)>& take) override {
    heed_([&] {
      session_->each_change(after, [&](const LogLine& line) {
        heed_.interrupt().check();
        return take(line);
      });
    });
  }
  std::vector<LogLine> written(Instant from, LogPlace before, std::int64_t limit) override {
    return heed_([&] { return session_->written(from, before, limit); });
  }
  std::vector<LogLine> changes(Version after, std::int64_t limit) override {
    return heed_([&] { return session_->changes(after, limit); });
  }
  std::optional<LogLine> change(Version seq) override {
    return heed_([&] { return session_->change(seq); });
  }
  std::optional<LogLine> erasure(EntityNo entity, Id id) override {
    return heed_([&] { return session_->erasure(entity, id); });
  }
  Version last_change() override {
    return heed_([&] { return session_->last_change(); });
  }

  void commit() override {
    heed_([] {});
    const Interrupt::Deaf whole(heed_.interrupt());
    session_->commit();
  }

 private:
  std::unique_ptr<Session> session_;
  const Heed heed_;
};

class HeedingStore final : public Store {
 public:
  HeedingStore(std::unique_ptr<Store> store, Interrupt& interrupt) : store_(std::move(store)), interrupt_(interrupt) {
    store_->heed(interrupt_);
  }

  [[nodiscard]] std::string_view name() const override { return store_->name(); }
  [[nodiscard]] bool can(Capability capability) const override { return store_->can(capability); }
  [[nodiscard]] const Schema& schema() const override { return store_->schema(); }
  [[nodiscard]] bool may_be_undone() const override { return store_->may_be_undone(); }

  std::unique_ptr<Session> read() override {
    return begun([&] { return store_->read(); }, {});
  }
  std::unique_ptr<Session> write(const Stamp& stamp) override {
    return begun([&] { return store_->write(stamp); }, std::string(name()));
  }
  void finish_load() override {
    const Interrupt::Call call(interrupt_);
    store_->finish_load();
  }

 private:
  template <class Begin>
  std::unique_ptr<Session> begun(Begin&& begin, std::string writes) {
    const Interrupt::Call call(interrupt_);
    interrupt_.check();
    return std::make_unique<HeedingSession>(begin(), Heed(interrupt_, std::move(writes)));
  }

  const std::unique_ptr<Store> store_;
  Interrupt& interrupt_;
};

}  // namespace

std::unique_ptr<Store> heeding_store(std::unique_ptr<Store> store, Interrupt& interrupt) {
  return std::make_unique<HeedingStore>(std::move(store), interrupt);
}

}  // namespace crm
