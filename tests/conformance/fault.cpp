#include "fault.hpp"

#include <algorithm>
#include <utility>

#include "crm/base/error.hpp"

namespace crm::conformance {
namespace {

class FaultyCursor final : public Cursor {
 public:
  FaultyCursor(std::unique_ptr<Cursor> inner, Fault& fault) : inner_(std::move(inner)), fault_(fault) {}
  const Cell* next() override {
    fault_.step();
    return inner_->next();
  }

 private:
  std::unique_ptr<Cursor> inner_;
  Fault& fault_;
};

class FaultySession final : public Session {
 public:
  FaultySession(std::unique_ptr<Session> inner, Fault& fault) : inner_(std::move(inner)), fault_(fault) {}

  std::optional<Row> find(EntityNo entity, Id id) override { return next().find(entity, id); }
  std::unique_ptr<Cursor> select(const Query& query) override {
    return std::make_unique<FaultyCursor>(next().select(query), fault_);
  }
  Table aggregate(const Aggregate& aggregate) override { return next().aggregate(aggregate); }
  Id reserve(EntityNo entity) override { return next().reserve(entity); }
  void apply(std::span<Change> changes) override { next().apply(changes); }
  int mark() override { return fault_.goes_back ? next().mark() : Session::mark(); }
  void undo_to(int mark) override { fault_.goes_back ? next().undo_to(mark) : Session::undo_to(mark); }
  void release(int mark) override { fault_.goes_back ? next().release(mark) : Session::release(mark); }
  std::vector<LogLine> changes(Version after, std::int64_t limit) override {
    auto lines = next().changes(after, limit);
    fault_.lines += lines.size();
    fault_.most_lines = std::max(fault_.most_lines, lines.size());
    return lines;
  }
  std::optional<LogLine> change(Version seq) override { return next().change(seq); }
  std::optional<LogLine> erasure(EntityNo entity, Id id) override { return next().erasure(entity, id); }
  std::vector<LogLine> written(Instant from, LogPlace before, std::int64_t limit) override { return next().written(from, before, limit); }
  Version last_change() override { return next().last_change(); }
  void commit() override { next().commit(); }

 private:
  Session& next() {
    fault_.step();
    return *inner_;
  }

  std::unique_ptr<Session> inner_;
  Fault& fault_;
};

class FaultyStore final : public Store {
 public:
  FaultyStore(Store& inner, Fault& fault) : inner_(inner), fault_(fault) {}

  [[nodiscard]] std::string_view name() const override { return inner_.name(); }
  [[nodiscard]] bool can(Capability capability) const override { return inner_.can(capability); }
  [[nodiscard]] const Schema& schema() const override { return inner_.schema(); }
  std::unique_ptr<Session> read() override {
    fault_.step();
    return std::make_unique<FaultySession>(inner_.read(), fault_);
  }
  std::unique_ptr<Session> write(const Stamp& stamp) override {
    fault_.step();
    return std::make_unique<FaultySession>(inner_.write(stamp), fault_);
  }

 private:
  Store& inner_;
  Fault& fault_;
};

}  // namespace

void Fault::step() {
  if (calls++ == fails_at) throw Error(Code::storage, {{"fault", 0, 0, 0, "", "call " + std::to_string(fails_at)}});
}

std::unique_ptr<Store> with_fault(Store& store, Fault& fault) { return std::make_unique<FaultyStore>(store, fault); }

}  // namespace crm::conformance
