// All rows of a base as they are stored: what the slow definitions are read from. No service is asked.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "crm/meta/record.hpp"
#include "crm/model/entities.hpp"
#include "crm/store/store.hpp"
#include "house.hpp"

namespace crm::years {

class Facts {
 public:
  Facts() = default;
  Facts(Session& session, const Schema& schema);

  std::map<EntityNo, std::map<Id, Row>> rows;
  Version last = 0;   ///< line of the log

  /// All of an entity by id.
  template <class E>
  const std::map<Id, E>& all() const {
    auto& slot = typed_[E::kEntity];
    if (!slot) {
      auto made = std::make_shared<std::map<Id, E>>();
      if (const auto found = rows.find(E::kEntity); found != rows.end())
        for (const auto& [id, row] : found->second) made->emplace(id, from_row<E>(row));
      slot = made;
    }
    return *static_cast<const std::map<Id, E>*>(slot.get());
  }
  template <class E>
  const E* find(IdOf<E> id) const {
    const auto& found = all<E>();
    const auto at = found.find(id.value);
    return at == found.end() ? nullptr : &at->second;
  }
  /// Of all rows, the same on every machine.
  [[nodiscard]] std::uint64_t hash() const;

 private:
  mutable std::map<EntityNo, std::shared_ptr<void>> typed_;
};

/// A house at the end of a day.
struct Evening {
  House& house;
  Crm& db;                          ///< asked as the host
  const Facts& facts;
  const Facts& before;              ///< of the evening before
  const std::vector<LogLine>& log;  ///< since then
  Instant now;
  Date today;
  const Zone& zone;

  [[nodiscard]] bool is_sunday() const { return std::chrono::weekday(today) == std::chrono::Sunday; }
};

template <class T>
std::string shown(const T& value) {
  std::ostringstream out;
  if constexpr (requires { value.begin(); } && !requires { std::string(value); }) {
    out << "{";
    const char* comma = "";
    for (const auto& part : value) out << std::exchange(comma, ", ") << shown(part);
    out << "}";
  } else if constexpr (requires { value.first; }) {
    out << shown(value.first) << ": " << shown(value.second);
  } else if constexpr (requires { value.has_value(); }) {
    out << (value ? shown(*value) : "none");
  } else if constexpr (requires { value.value; }) {
    out << value.value;
  } else if constexpr (std::is_same_v<T, Instant> || std::is_same_v<T, Date>) {
    out << to_string(value);
  } else {
    out << value;
  }
  return out.str();
}

template <class T>
void same(const char* invariant, const std::string& what, const T& got, const T& want) {
  if (!(got == want)) throw Broken{invariant, what + ": got " + shown(got) + ", want " + shown(want)};
}

/// Each throws `Broken`.
void check_log(const Evening& evening);
void check_events(const Evening& evening);
void check_staff(const Evening& evening);
void check_cards(const Evening& evening);
void check_access(const Evening& evening);
void check_notices(const Evening& evening);
void check_escalation(const Evening& evening);
void check_matrices(const Evening& evening);
void check_numbers(const Evening& evening);

}  // namespace crm::years
