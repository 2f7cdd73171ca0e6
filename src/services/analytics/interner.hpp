// Ids as small numbers, by which columns and tables are made.
#pragma once

#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

#include "bytes.hpp"

namespace crm {

/// Ids in the order they were met, as small numbers.
class Interner {
 public:
  std::int32_t number(std::int64_t id) {
    if (static_cast<std::uint64_t>(id) < dense_.size()) [[likely]]
      if (const std::int32_t known = dense_[static_cast<std::size_t>(id)]; known >= 0) [[likely]]
        return known;
    return number_of_new(id);
  }
  /// -1: it was not met.
  [[nodiscard]] std::int32_t find(std::int64_t id) const {
    if (static_cast<std::uint64_t>(id) < dense_.size()) [[likely]]
      if (const std::int32_t known = dense_[static_cast<std::size_t>(id)]; known >= 0) return known;
    if (sparse_.empty()) [[likely]]
      return -1;
    const auto known = sparse_.find(id);
    return known == sparse_.end() ? -1 : known->second;
  }
  [[nodiscard]] const std::vector<std::int64_t>& ids() const { return ids_; }
  /// Numbers by id, up to the greatest id; none if one is too great for that.
  [[nodiscard]] std::span<const std::int32_t> dense() const { return sparse_.empty() ? std::span(dense_) : std::span<const std::int32_t>(); }
  [[nodiscard]] std::size_t bytes() const { return bytes_of(dense_, ids_) + bytes_of_nodes(sparse_); }

 private:
  // The table by id grows with the ids that were met, not with the greatest of them: a host gives ids of its own.
  static constexpr std::int64_t kFewIds = 1 << 18, kIdsOfOne = 16;
  std::int32_t number_of_new(std::int64_t id);   // or of one too great for dense_

  std::vector<std::int32_t> dense_;
  std::unordered_map<std::int64_t, std::int32_t> sparse_;
  std::vector<std::int64_t> ids_;
};

}  // namespace crm
