// What a value of a characteristic costs (C6): saved and loaded on cards with 3 of them and on cards with 300, in one run.
#include <algorithm>
#include <cstdio>

#include "jobs.hpp"

namespace bench {
namespace {

using namespace crm;

constexpr int kFew = 3;
constexpr int kMany = 300;
constexpr int kCards = 100;
constexpr int kRounds = 5;

std::string code_of(int number) { return "bench" + std::to_string(number); }

/// Texts, whole numbers and amounts in turn; defined once in a base.
void define(Crm& base) {
  static constexpr Characteristic::Kind kKinds[] = {Characteristic::Kind::text, Characteristic::Kind::integer, Characteristic::Kind::money};
  Query known;
  known.filter = where::eq(Characteristic::kCode, code_of(0));
  if (!base.list<Characteristic>(known).empty()) return;
  base.begin();
  for (int i = 0; i < kMany; ++i) {
    Characteristic one;
    one.code = one.name_ru = code_of(i);
    one.applies_to = Company::kEntity;
    one.kind = kKinds[i % 3];
    base.save(one);
  }
  base.commit();
}

/// A card's values in one unit of work, as a form saves them.
void save_card(Crm& base, Id company, int values, int round) {
  base.begin();
  for (int i = 0; i < values; ++i) {
    const Value value = i % 3 == 0 ? Value("value " + std::to_string(round)) : Value(Id{1000 * round + i});
    base.set_characteristic({Company::kEntity, company}, code_of(i), {&value, 1});
  }
  base.commit();
}

struct Cost {
  double save = 1e300;  ///< microseconds a value, the best round
  double load = 1e300;
};

void measure(Crm& base, Id first, int values, int round, Cost& cost) {
  const double per = 1000.0 / (kCards * values);
  double begin = now_ms();
  for (Id i = 0; i < kCards; ++i) save_card(base, first + i, values, round);
  cost.save = std::min(cost.save, (now_ms() - begin) * per);
  begin = now_ms();
  for (Id i = 0; i < kCards; ++i) drawn += base.characteristics({Company::kEntity, first + i}).size();
  cost.load = std::min(cost.load, (now_ms() - begin) * per);
}

}  // namespace

void characteristics(const Race& race) {
  Crm base = race.open(Durability::off);
  define(base);
  Cost few, many;
  for (int round = 1; round <= kRounds; ++round) {
    measure(base, 1, kFew, round, few);
    measure(base, 1 + kCards, kMany, round, many);
  }
  std::printf("a value of a characteristic saved, %d on a card: %.2f us, %d: %.2f us, ratio %.2f\n", kMany, many.save, kFew, few.save,
              many.save / few.save);
  std::printf("a value of a characteristic loaded, %d on a card: %.2f us, %d: %.2f us, ratio %.2f\n", kMany, many.load, kFew, few.load,
              many.load / few.load);
}

}  // namespace bench
