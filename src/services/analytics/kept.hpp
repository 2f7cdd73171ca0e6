// What a handle keeps of some entities until one of them changes.
#pragma once

#include <algorithm>
#include <initializer_list>
#include <unordered_map>

#include "services/unit.hpp"

namespace crm {

/// Which entities changed since when, as the change log tells. Only where nothing that is read may be undone.
class Changes {
 public:
  /// As of the unit's snapshot.
  void read(Unit& unit) {
    const Version newest = unit.session.last_change();
    if (newest == seen_) return;
    if (seen_ < 0)
      first_seen_ = newest;
    else
      for (const LogLine& line : unit.session.changes(seen_, 0)) last_[line.entity] = line.seq;
    seen_ = newest;
  }
  [[nodiscard]] Version seen() const { return seen_; }
  /// The last line about an entity that may be newer than what was first seen; none: that.
  [[nodiscard]] Version last_of(EntityNo entity) const {
    const auto found = last_.find(entity);
    return found == last_.end() ? first_seen_ : found->second;
  }

 private:
  Version seen_ = -1;
  Version first_seen_ = 0;
  std::unordered_map<EntityNo, Version> last_;
};

/// A value that follows from the rows of some entities alone.
template <class Value>
class Kept {
 public:
  /// `read()` gives it anew if one of the entities changed.
  template <class Read>
  const Value& get(Unit& unit, Changes& changes, std::initializer_list<EntityNo> entities, Read&& read) {
    changes.read(unit);
    const bool good = read_ >= 0 && std::ranges::all_of(entities, [&](EntityNo entity) { return changes.last_of(entity) <= read_; });
    if (!good) {
      value_ = read();
      read_ = changes.seen();
    }
    return value_;
  }

 private:
  Version read_ = -1;
  Value value_{};
};

}  // namespace crm
