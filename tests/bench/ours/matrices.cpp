// Job 10: the matrices of all companies, warm; "101": the first answer of a handle.
#include <bit>

#include "jobs.hpp"

namespace bench {
namespace {

std::int64_t weighed(const crm::CompanyMatrices& matrices) {
  std::int64_t sum = 0;
  for (std::size_t row = 0; row < matrices.rows.size(); ++row) {
    const std::int64_t place = matrices.rows[row].company.value * 7 + matrices.rows[row].sphere.value * 64;
    const crm::ProductSet set = matrices.set(row);
    for (std::size_t i = 0; i < set.size(); ++i)
      for (std::uint64_t word = set[i]; word; word &= word - 1)
        sum += place + matrices.products[i * 64 + static_cast<std::size_t>(std::countr_zero(word))].value;
  }
  return sum;
}

}  // namespace

void matrices(const Race& race, const std::string& job) {
  const crm::Date day = crm::date_of(18000);
  if (job == "101") {
    crm::Crm base = race.open(crm::Durability::full);
    base.today();  // the handle is open, nothing of the matrices is in memory
    const double start = now_ms();
    const std::int64_t checksum = weighed(base.company_matrices(day));
    return report(job, race.events, now_ms() - start, 1, checksum);
  }
  crm::Crm base = race.open(crm::Durability::full);
  timed(race, job, [&](std::int64_t& operations) {
    operations = 1;
    return weighed(base.company_matrices(day));
  });
}

}  // namespace bench
