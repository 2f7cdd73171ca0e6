// Statements that users' questions need, of which the last used alone are kept.
#pragma once

#include <sqlite3.h>

#include <list>
#include <string>
#include <unordered_map>
#include <vector>

namespace crm::sqlite {

/// Statements of one text: prepared so far, and those of them that nobody uses now.
struct Slot {
  std::string sql;
  std::vector<sqlite3_stmt*> idle{};  // with room for all that are made: giving one back needs no memory
  std::size_t made = 0;

  [[nodiscard]] bool in_use() const { return idle.size() != made; }
  void finalize() {
    for (sqlite3_stmt* stmt : idle) sqlite3_finalize(stmt);
    made -= idle.size();
    idle.clear();
  }
};

/// Slots by key, the last used first. One in use is never given up; what is kept then may be more, by as many cursors as are open.
class LastUsed {
 public:
  static constexpr std::size_t kKept = 256;

  template <class MakeSql>
  Slot& slot(const std::string& key, MakeSql&& make_sql) {
    if (const auto found = places_.find(key); found != places_.end()) {
      used_.splice(used_.begin(), used_, found->second);
      return found->second->slot;
    }
    used_.push_front({key, {make_sql()}});
    try {
      places_.emplace(key, used_.begin());
    } catch (...) {  // there is no memory for it
      used_.pop_front();
      throw;
    }
    give_up_oldest();
    return used_.front().slot;
  }

  void finalize() {
    for (Used& one : used_) one.slot.finalize();
    places_.clear();
    used_.clear();
  }

 private:
  struct Used {
    std::string key;
    Slot slot;
  };

  /// Those in use that it meets are used now: they go to the front, so that they are not met again.
  void give_up_oldest() {
    for (std::size_t met = used_.size() - 1; met > 0 && used_.size() > kKept; --met) {
      const auto oldest = std::prev(used_.end());
      if (oldest->slot.in_use()) {
        used_.splice(std::next(used_.begin()), used_, oldest);
        continue;
      }
      oldest->slot.finalize();
      places_.erase(oldest->key);
      used_.erase(oldest);
    }
  }

  std::list<Used> used_;
  std::unordered_map<std::string, std::list<Used>::iterator> places_;
};

}  // namespace crm::sqlite
