#include "base.hpp"

#include <algorithm>
#include <utility>

namespace crm::memory {

Base::Base(Schema schema) : schema_(std::move(schema)) {
  for (const EntityDef& def : schema_.entities) shelves_.emplace_back(def);
}

rows::Shelf& Base::shelf(EntityNo entity) {
  return shelves_[static_cast<std::size_t>(&schema_.at(entity) - schema_.entities.data())];
}

std::vector<LogLine> Base::lines(Version after, std::int64_t limit) {
  const auto size = static_cast<std::int64_t>(log_.size());
  const std::int64_t from = std::min<std::int64_t>(after, size);
  const std::int64_t to = limit > 0 ? std::min(size - from, limit) + from : size;
  return {log_.begin() + static_cast<std::ptrdiff_t>(from), log_.begin() + static_cast<std::ptrdiff_t>(to)};
}

std::vector<LogLine> Base::written(Instant from, LogPlace before, std::int64_t limit) {
  std::vector<LogLine> found;
  for (auto place = times_.lower_bound(before); place != times_.begin() && (limit == 0 || std::ssize(found) < limit);) {
    if ((--place)->at < from) break;
    found.push_back(log_[static_cast<std::size_t>(place->seq) - 1]);
  }
  return found;
}

void Base::write(const LogLine& line) {
  if (line.seq <= last_line()) cut(line.seq - 1);
  log_.push_back(line);
  try {
    times_.insert(place_of(line));
  } catch (...) {
    log_.pop_back();
    throw;
  }
}

void Base::cut(Version last) {
  for (Version seq = last_line(); seq > last; --seq) {
    times_.erase(place_of(log_.back()));
    log_.pop_back();
  }
}

}  // namespace crm::memory
