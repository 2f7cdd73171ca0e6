// All of a memory store's state: shelves of rows and the change log.
#pragma once

#include <deque>
#include <set>
#include <vector>

#include "shelf.hpp"
#include "stores/rows/book.hpp"

namespace crm::memory {

class Base final : public rows::Keeper {
 public:
  explicit Base(Schema schema);

  [[nodiscard]] const Schema& schema() const override { return schema_; }
  [[nodiscard]] rows::Shelf& shelf(EntityNo entity) override;

  [[nodiscard]] Version last_line() override { return static_cast<Version>(log_.size()); }
  [[nodiscard]] std::vector<LogLine> lines(Version after, std::int64_t limit) override;
  [[nodiscard]] std::vector<LogLine> written(Instant from, LogPlace before, std::int64_t limit) override;
  void write(const LogLine& line) override;
  void cut(Version last) override;

  void begin(bool) override {}
  void commit() override {}
  void roll_back(rows::Book& book) override { book.roll_back(); }
  void end_reading() override {}
  void forget() override {}

  [[nodiscard]] std::string_view name() const override { return "memory"; }
  [[nodiscard]] bool can(Capability) const override { return false; }

 private:
  const Schema schema_;
  std::deque<Shelf> shelves_;  // as the schema's entities
  std::vector<LogLine> log_;   // the line `seq` is at seq - 1
  std::set<LogPlace> times_;   // of its lines
};

}  // namespace crm::memory
