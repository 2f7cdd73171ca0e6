// What a handle keeps of some entities until one of them changes.
#pragma once

#include <algorithm>
#include <initializer_list>
#include <unordered_map>
#include <vector>

#include "services/unit.hpp"

namespace crm {

/// Which entities changed since when, as the change log tells. Only where nothing that is read may be undone.
class Changes {
 public:
  /// As of the unit's snapshot.
  void read(Unit& unit) {
    const Version newest = unit.session.last_change();
    if (newest == seen_) return;
    constexpr Version kManyLines = 20'000;
    if (seen_ < 0 || newest - seen_ >= kManyLines) {
      last_.clear();
      all_ = newest;
    } else {
      unit.session.each_change(seen_, [&](const LogLine& line) {
        last_[line.entity] = line.seq;
        return true;
      });
    }
    seen_ = newest;
  }
  [[nodiscard]] Version seen() const { return seen_; }
  /// The last line about an entity, as far as is known: not before it.
  [[nodiscard]] Version last_of(EntityNo entity) const {
    const auto found = last_.find(entity);
    return found == last_.end() ? all_ : std::max(all_, found->second);
  }

 private:
  Version seen_ = -1;
  Version all_ = 0;   ///< any entity may have changed until then
  std::unordered_map<EntityNo, Version> last_;
};

/// A value that follows from the rows of some entities alone, and from a day if it is of one.
template <class Value>
class Kept {
 public:
  /// `read()` gives it anew if one of the entities changed, or if it is of another day.
  template <class Read>
  Value& get(Unit& unit, Changes& changes, std::initializer_list<EntityNo> entities, Date day, Read&& read) {
    changes.read(unit);
    const auto is_old = [&](EntityNo entity) { return changes.last_of(entity) > read_; };
    if (read_ < 0 || day_ != day || std::ranges::any_of(entities, is_old)) {
      read_ = -1;
      value_ = read();
      read_ = changes.seen();
      day_ = day;
    }
    return value_;
  }
  template <class Read>
  Value& get(Unit& unit, Changes& changes, std::initializer_list<EntityNo> entities, Read&& read) {
    return get(unit, changes, entities, Date(), read);
  }
  [[nodiscard]] const Value& value() const { return value_; }
  /// The last line of the log when it was read.
  [[nodiscard]] Version version() const { return read_; }

 private:
  Version read_ = -1;
  Date day_{};
  Value value_{};
};

}  // namespace crm
