#include "interner.hpp"

namespace crm {

std::int32_t Interner::number_of_new(std::int64_t id) {
  if (const auto known = sparse_.find(id); known != sparse_.end()) return known->second;
  const auto next = static_cast<std::int32_t>(ids_.size());
  if (id >= 0 && id < kFewIds + kIdsOfOne * std::ssize(ids_)) {
    const auto at = static_cast<std::size_t>(id);
    if (at >= dense_.size()) dense_.resize(at + at / 2 + 64, -1);
    dense_[at] = next;
  } else {
    sparse_.emplace(id, next);
  }
  ids_.push_back(id);
  return next;
}

}  // namespace crm
