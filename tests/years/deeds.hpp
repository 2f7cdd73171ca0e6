// What can be done in a house: how often, with what, and how it is done.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "house.hpp"
#include "plan.hpp"

namespace crm::years {

/// A step being played on a handle.
struct Turn {
  House& house;
  Crm& db;
  const Step& step;

  [[nodiscard]] int arg(int place) const { return step.args[static_cast<std::size_t>(place)]; }
  /// What the step speaks of; `Skipped` if it was never made.
  template <class E>
  [[nodiscard]] IdOf<E> the(int key) const { return {house.id_of(E::kEntity, key)}; }
  /// For later steps to speak of.
  template <class E>
  void made(IdOf<E> id) const { house.made(E::kEntity, kMade + step.number, id.value); }
  /// So many days from now, at that minute of the wall clock.
  [[nodiscard]] Instant moment(int days, int minute) const;
  [[nodiscard]] Date day(int days) const { return house.today() + std::chrono::days(days); }
};

struct Deed {
  /// "{0}" is an argument, "{e0}" one that is a thing.
  const char* words;
  int weight;
  void (*draw)(Drawing&, Step&);
  void (*play)(const Turn&);
  bool several = false;  ///< calls of the library: those before the one that is refused stay done
};

/// All of them; a plan of a seed is another one when this list changes.
const std::vector<Deed>& deeds();

std::span<const Deed> deeds_of_events();
std::span<const Deed> deeds_of_verification();
std::span<const Deed> deeds_of_cards();
std::span<const Deed> deeds_of_staff();
std::span<const Deed> deeds_of_the_host();
std::span<const Deed> deeds_of_time();
std::span<const Deed> deeds_of_plans();

}  // namespace crm::years
