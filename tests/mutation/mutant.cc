#include "mutant.hpp"

#include <cstdio>
#include <cstdlib>
#include <set>

namespace {

const int in_force = std::getenv("CRM_MUTANT") ? std::atoi(std::getenv("CRM_MUTANT")) : -1;

struct Reached {
  const char* const file = std::getenv("CRM_REACHED");
  std::set<int> numbers;
  ~Reached() {
    std::FILE* const out = file ? std::fopen(file, "w") : nullptr;
    if (!out) return;
    for (int number : numbers) std::fprintf(out, "%d\n", number);
    std::fclose(out);
  }
};

}  // namespace

bool crm_mutant_in_force(int number) noexcept {
  static Reached reached;
  if (reached.file) reached.numbers.insert(number);
  return number == in_force;
}
