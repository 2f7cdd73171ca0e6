// The house that years are played in: its base, several handles on it, its clock, and what has been made by which step.
#pragma once

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "conformance/fault.hpp"
#include "crm/open.hpp"
#include "plan.hpp"

namespace crm::years {

/// What must hold and does not.
struct Broken {
  std::string invariant;  ///< "overdue"
  std::string sentence;   ///< with what was found and what was to be
};

/// A step speaks of what was never made.
struct Skipped {};

inline constexpr int kUsers = 8, kCompanies = 30, kProducts = 8, kSpheres = 6, kTypes = 6, kOutcomes = 4;
inline constexpr const char* kFirstDay = "2026-01-12";  // a Monday

/// Where a house keeps its base.
struct Place {
  std::string file;       ///< removed with the house
  bool memory = false;    ///< without a file: one handle, nobody is killed
};

class House {
 public:
  House(Place place, std::uint64_t seed);
  House(const House&) = delete;
  ~House();

  /// Handle 0 is the one that all invariants are asked of.
  Crm& handle(int number);
  /// Over a store that fails where `fault` says.
  Crm& failing(conformance::Fault*& fault);
  /// A handle that nobody has asked anything yet.
  Crm fresh();
  /// As the release before left it: the next one who opens it upgrades it.
  void downgrade();
  void close(int number);
  void close_all();
  /// Its base without any service.
  Store& raw();
  [[nodiscard]] bool memory() const { return place_.memory; }

  [[nodiscard]] Id id_of(EntityNo entity, int key) const;
  void made(EntityNo entity, int key, Id id) { made_[{entity, key}] = id; }
  using Made = std::map<std::pair<EntityNo, int>, Id>;
  [[nodiscard]] const Made& all_made() const { return made_; }
  void forget_since(Made before) { made_ = std::move(before); }

  void go_to(int day, int minute);
  [[nodiscard]] Instant now() const { return now_; }
  [[nodiscard]] Date today() const { return zone_.date(now_); }
  [[nodiscard]] const Zone& zone() const { return zone_; }

  std::optional<Instant> ticked;   ///< when a tick last did all there was
  Version ticked_at = 0;           ///< the last line of the log then: rows of later versions have changed since
  int unit = 0;                    ///< that is open on a handle

 private:
  [[nodiscard]] CrmOptions options();
  [[nodiscard]] std::unique_ptr<Store> store() const;

  Place place_;
  Zone zone_;
  Instant now_{};
  Made made_;
  std::array<std::optional<Crm>, kHandles> handles_;
  std::unique_ptr<Store> raw_, failing_store_;
  conformance::Fault fault_;
  std::optional<Crm> failing_;
};

void remove_base(const std::string& file);

/// Staff, clients, goods, rules: what every house begins with.
void settle(House& house);

}  // namespace crm::years
