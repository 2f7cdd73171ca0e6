#include "interner.hpp"

namespace crm {

std::int32_t Interner::number_of_new(std::int64_t id) {
  const auto next = static_cast<std::int32_t>(ids_.size());
  if (id >= 0 && id < kDense) {
    const auto at = static_cast<std::size_t>(id);
    if (at >= dense_.size()) dense_.resize(at + at / 2 + 64, -1);
    dense_[at] = next;
  } else {
    const auto [place, is_new] = sparse_.try_emplace(id, next);
    if (!is_new) return place->second;
  }
  ids_.push_back(id);
  return next;
}

}  // namespace crm
