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

void Base::write(const LogLine& line) {
  if (line.seq > last_line())
    log_.push_back(line);
  else
    log_.back() = line;
}

}  // namespace crm::memory
