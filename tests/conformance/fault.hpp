// A store whose n-th call fails: for every test of "whatever throws has changed nothing".
#pragma once

#include <memory>

#include "crm/store/store.hpp"

namespace crm::conformance {

/// Counts calls of all kinds on a store, its sessions and cursors; the one with number `fails_at` throws
/// `storage` (`fault`) before it does anything.
struct Fault {
  int fails_at = -1;  ///< -1: none
  int calls = 0;
  bool goes_back = true;  ///< false: it has no marks, as a store that does not override them
  std::size_t lines = 0;       ///< of the log, handed out so far
  std::size_t most_lines = 0;  ///< ... at once

  void step();
};

/// Both are borrowed and must outlive the store.
std::unique_ptr<Store> with_fault(Store& store, Fault& fault);

}  // namespace crm::conformance
