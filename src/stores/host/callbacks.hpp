// The callbacks of a host's store with what they answer checked: a host's mistake is an error that names it, never a crash.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "crm/crm.h"
#include "crm/store/value.hpp"

namespace crm::host {

/// A row as the host keeps it: its id and the cells of the columns of its table.
struct HostRow {
  Id id = 0;
  std::vector<Value> cells;
};

class Callbacks {
 public:
  /// Throws `store.callback` if a required one is null; `destroy` is then called as well.
  explicit Callbacks(const crm_store& table);
  ~Callbacks();
  Callbacks(const Callbacks&) = delete;
  Callbacks& operator=(const Callbacks&) = delete;

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] bool has(std::int32_t feature) const { return (table_.features & feature) != 0; }

  void tell_table(std::int32_t table, const std::string& name, const std::vector<crm_column>& columns) const;
  void begin(bool writing) const;
  void end(bool keep) const;
  /// None if there is no row of that id.
  [[nodiscard]] std::optional<HostRow> get(std::int32_t table, Id id, std::size_t columns) const;
  /// Rows with an id above `after`, at least those whose cell at `column` (from 1; 0: all) is `wanted`, until `take` answers false.
  void rows(std::int32_t table, std::int32_t column, const Cell& wanted, Id after, std::size_t columns,
            const std::function<bool(HostRow)>& take) const;
  void put(std::int32_t table, Id id, const std::vector<Cell>& cells) const;
  void erase(std::int32_t table, Id id) const;

 private:
  /// Throws what a status of the callback `slot` means.
  void check(std::int32_t status, const char* slot) const;
  [[noreturn]] void nonsense(const char* slot, std::string detail) const;
  Value value_of(const crm_cell& cell, const char* slot) const;

  crm_store table_{};
  std::string name_;
};

}  // namespace crm::host
