#include "deeds.hpp"

namespace crm::years {

Instant Turn::moment(int days, int minute) const {
  return house.zone().instant(LocalTime(day(days)) + std::chrono::minutes(minute));
}

const std::vector<Deed>& deeds() {
  static const std::vector<Deed> kDeeds = [] {
    std::vector<Deed> all;
    for (const auto& part : {deeds_of_events(), deeds_of_verification(), deeds_of_cards(), deeds_of_staff(), deeds_of_the_host(),
                             deeds_of_time(), deeds_of_plans()})
      all.insert(all.end(), part.begin(), part.end());
    return all;
  }();
  return kDeeds;
}

}  // namespace crm::years
