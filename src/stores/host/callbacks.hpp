// The callbacks of a host's store with what they answer checked: a host's mistake is an error that names it, never a crash.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "crm/base/interrupt.hpp"
#include "crm/crm.h"
#include "crm/store/value.hpp"

namespace crm::host {

/// A row as the host keeps it: its id and the cells of the columns of its table.
struct HostRow {
  Id id = 0;
  std::vector<Value> cells;
};

/// A table of the host by its number, and the kinds of its columns.
struct HostTable {
  std::int32_t number = 0;
  std::vector<Storage> kinds;
};

/// Which rows are wanted: whose cell at `column` (from 1; 0: any row) is from `low` to `high` (null: open), with an id above
/// `after`, at most `limit` (0: all). The host may give more of them.
struct Wish {
  std::int32_t column = 0;
  Cell low;
  Cell high;
  Id after = 0;
  std::int64_t limit = 0;
};

/// Calls `destroy` of a table that is not going to be opened.
void give_up(const crm_store& table);

class Callbacks {
 public:
  /// Throws `store.callback` if a required one is null, or one of those that go together; `destroy` is then called as well.
  explicit Callbacks(const crm_store& table);
  ~Callbacks();
  Callbacks(const Callbacks&) = delete;
  Callbacks& operator=(const Callbacks&) = delete;

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] bool has(std::int32_t feature) const { return (table_.features & feature) != 0; }

  /// Reading many rows ends when the call does.
  void heed(Interrupt& interrupt) { interrupt_ = &interrupt; }
  void tell_table(std::int32_t table, const std::string& name, std::span<const crm_column> columns) const;
  void begin(bool writing) const;
  void end(bool keep) const;
  /// Whether the host goes back to marks by itself; without, the next three do nothing.
  [[nodiscard]] bool has_marks() const { return table_.mark != nullptr; }
  void mark(int number) const;
  void undo_to(int number) const;
  void release(int number) const;
  /// None if there is no row of that id.
  [[nodiscard]] std::optional<HostRow> get(const HostTable& table, Id id) const;
  void rows(const HostTable& table, const Wish& wish, const std::function<void(HostRow)>& take) const;
  void put(std::int32_t table, Id id, const std::vector<Cell>& cells) const;
  void erase(std::int32_t table, Id id) const;

 private:
  /// Calls it with the host's `user`. Throws what its status means; what it throws (a host in C++ may) as a failure of it.
  template <class Call, class... Given>
  void run(const char* slot, Call call, Given... given) const;
  [[noreturn]] void failed(const char* slot, const std::string& text) const;
  /// Throws what a status of the callback `slot` means.
  void check(std::int32_t status, const char* slot) const;
  [[noreturn]] void nonsense(const char* slot, std::string detail) const;
  HostRow row_of(const HostTable& table, Id id, const crm_cell* cells, const char* slot) const;
  Value value_of(const crm_cell& cell, Storage kind, const char* slot) const;

  crm_store table_{};
  Interrupt* interrupt_ = nullptr;
  std::string name_;
};

}  // namespace crm::host
