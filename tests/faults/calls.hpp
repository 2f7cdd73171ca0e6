// Every function of the C ABI with arguments that give it something to do: what all fault tests call.
#pragma once

#include <sqlite3.h>

#include <span>
#include <string>

#include "conformance/host_store.h"
#include "crm/crm.h"
#include "office.hpp"

namespace crm::test {

/// What a call leaves behind.
enum class Does {
  asks,     ///< nothing
  writes,   ///< what it wrote; nothing if it fails
  steps,    ///< several units of work: those that came before the one that failed
  ends,     ///< nothing in the base; failed or not, its handle or unit is not to be called again
};

/// Where it may be called.
enum class Place { anywhere, not_in_a_unit, empty_base };

/// The handles that a call uses and what it answered. Nothing in here allocates while a call is under way.
struct Desk {
  explicit Desk(const Office& of) : office(of) {}
  ~Desk() { clear(); }
  Desk(const Desk&) = delete;

  const Office& office;
  std::string file;             ///< of the base; "" where it has none
  crm_db* db = nullptr;         ///< not the desk's to close
  crm_db* second = nullptr;     ///< of the functions that open
  sqlite3* hosts = nullptr;     ///< of crm_open_joined
  host_base* hosts_rows = nullptr;
  crm_store store{};
  crm_record* record = nullptr;
  crm_record* line = nullptr;
  crm_query* query = nullptr;
  crm_cursor* cursor = nullptr;
  bool snapshot = false;
  crm_cell cells[16]{};

  const char* text = nullptr;   ///< borrowed
  const std::uint16_t* units = nullptr;
  std::int64_t number = 0;
  std::int32_t count = 0;
  double real = 0;

  /// All that was answered, and what the handles hold.
  std::string told();
  /// Closes the desk's handles.
  void clear();
};

struct Call {
  const char* name;
  Does does;
  Place place;
  /// Makes the handles. Leaves the base as it is, but may begin a unit of work.
  void (*prepare)(Desk&);
  /// The call alone; its status.
  std::int32_t (*run)(Desk&);
};

std::span<const Call> asking_calls();
std::span<const Call> writing_calls();
/// Both, as all_calls().
std::vector<Call> all_calls();

/// Supplies what a host is asked: a geocoder and a feed of products.
void supply(crm_db* db);

}  // namespace crm::test
