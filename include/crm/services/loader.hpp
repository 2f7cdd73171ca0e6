/// First load of a base from the host's tables: many records at a time, each checked by itself (X12).
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "crm/services/crm.hpp"

namespace crm {

struct EventWithLines {
  Event event;
  std::vector<EventLine> lines;
};

/// Adds records with ids of the caller's (not 0). Fields, requisites and references are checked; rules between records
/// (one main manager, the gate, unique ИНН and КПП, lines of an accepted event) are not: the host's tables are taken as they are.
/// Everything is one unit of work of `crm`, ended by `finish`; without it nothing stays, and after it the loader is over (`misuse`). A wrong
/// record throws and leaves the loader usable without that call's records. For the host and administrators.
class Loader {
 public:
  explicit Loader(Crm& crm);
  ~Loader();

  /// Any entity but Employee, Company and Event, which have derived fields made of their parts.
  template <class E>
  void add(std::span<const E> entities) {
    static_assert(E::kEntity != Event::kEntity && E::kEntity != Employee::kEntity && E::kEntity != Company::kEntity);
    static_assert(offsetof(E, id) == 0 && offsetof(E, version) == sizeof(Id));
    rows(entity_info(E::kEntity), entities.data(), sizeof(E), entities.size());
  }
  /// With the contact points of the companies themselves, in `contacts`.
  void add(std::span<Company> companies, std::span<ContactPoint> contacts = {});
  void add(std::span<EmployeeCard> people);
  void add(std::span<EventWithLines> events);

  /// Commits; ends an initial load of the SQLite store (indexes, statistics). Refused if a user's cell is outside P2: `P3.outside_p2` names
  /// each of them.
  void finish();

 private:
  void rows(const EntityInfo& info, const void* first, std::size_t stride, std::size_t count);

  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace crm
