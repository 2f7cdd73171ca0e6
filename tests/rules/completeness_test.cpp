#include "crm/rules/completeness.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace {

using crm::CardFacts;
using crm::Criterion;
using crm::Ratio;
using Subject = Criterion::Subject;

Criterion at_least(crm::Id id, Subject subject, std::int32_t number, std::int32_t weight) {
  Criterion made;
  made.id = {id};
  made.subject = subject;
  made.at_least = number;
  made.weight = weight;
  return made;
}

Criterion filled(crm::Id id, crm::FieldNo field, std::int32_t weight) {
  Criterion made = at_least(id, Subject::field, 1, weight);
  made.field_no = field;
  return made;
}

Criterion known(crm::Id id, crm::Id characteristic, std::int32_t weight) {
  Criterion made = at_least(id, Subject::characteristic, 1, weight);
  made.characteristic = {characteristic};
  return made;
}

CardFacts counted(std::initializer_list<std::pair<Subject, std::int64_t>> counts) {
  CardFacts facts;
  for (const auto& [subject, count] : counts) facts.count(subject) = count;
  return facts;
}

int score(const CardFacts& facts, const std::vector<Criterion>& criteria) {
  return crm::measure_completeness(facts, {}, criteria).score;
}

TEST_CASE("a profile without criteria is met in full") {
  CHECK(score({}, {}) == 100);
  CHECK(crm::Completeness{}.score == 100);
  CHECK_FALSE(crm::Completeness{}.is_below());
}

TEST_CASE("the score is the share of the weights met, rounded down") {
  // 3 phones of 2, 1 employee of 3, no sphere: (5·1 + 6·1/3 + 4·0) / 15 = 7/15 = 46.67 %
  const std::vector criteria = {at_least(1, Subject::phone, 2, 5), at_least(2, Subject::employee, 3, 6),
                                at_least(3, Subject::sphere, 1, 4)};
  const auto facts = counted({{Subject::phone, 3}, {Subject::employee, 1}});
  crm::Profile profile;
  profile.threshold = 50;
  const auto found = crm::measure_completeness(facts, profile, criteria);

  CHECK(found.score == 46);
  CHECK(found.threshold == 50);
  REQUIRE(found.missing.size() == 2);
  CHECK(found.missing[0].criterion.id.value == 2);  // 6·2/3 and 4 take as much: by id
  CHECK(found.missing[0].weight == Ratio{4, 1});
  CHECK(found.missing[0].have == 1);
  CHECK(found.missing[0].need == 3);
  CHECK(found.missing[1].criterion.id.value == 3);
  CHECK(found.missing[1].weight == Ratio{4, 1});
}

TEST_CASE("a filled field and a known characteristic count whole, whatever number is asked") {
  std::vector criteria = {filled(1, crm::Company::kSource, 1), known(2, 12, 2)};
  criteria[0].at_least = 5;
  CardFacts facts;

  CHECK(score(facts, criteria) == 0);
  facts.fields = {crm::Company::kSource};
  CHECK(score(facts, criteria) == 33);
  facts.characteristics = {{11}};
  CHECK(score(facts, criteria) == 33);
  facts.characteristics = {{11}, {12}};
  CHECK(score(facts, criteria) == 100);
}

// 9·1/3 = 3, 5·1/2 = 5/2 and 3 whole; the heaviest criterion is not the one that takes most.
TEST_CASE("what takes most from the score is named first") {
  const std::vector criteria = {at_least(1, Subject::phone, 2, 5), at_least(2, Subject::sphere, 1, 4),
                                at_least(3, Subject::employee, 3, 9), at_least(4, Subject::document, 1, 3)};

  const auto found = crm::measure_completeness(counted({{Subject::phone, 1}, {Subject::employee, 2}}), {}, criteria);

  std::vector<crm::Id> order;
  for (const auto& missing : found.missing) order.push_back(missing.criterion.id.value);
  CHECK(order == std::vector<crm::Id>{2, 3, 4, 1});
}

TEST_CASE("missing weights stay exact") {
  const std::vector criteria = {at_least(1, Subject::phone, 3, 10)};
  const auto found = crm::measure_completeness(counted({{Subject::phone, 1}}), {}, criteria);

  CHECK(found.missing.at(0).weight == Ratio{20, 3});
  CHECK(found.score == 33);
}

// Halves, thirds and sixths: in floating point 1/2 + 1/3 + 1/6 may be less than 1.
TEST_CASE("a score on the border is not lost to rounding") {
  const auto one = counted({{Subject::phone, 1}, {Subject::email, 1}, {Subject::employee, 1}});
  // (1/2 + 1/3 + 1/6) / 4 = 1/4
  CHECK(score(one, {at_least(1, Subject::phone, 2, 1), at_least(2, Subject::email, 3, 1),
                    at_least(3, Subject::employee, 6, 1), at_least(4, Subject::sphere, 1, 1)}) == 25);
}

// For each prime p, weights p-1 and 1 of which 1/p is met: together exactly 1 of p. There are 168 primes below 1000, of
// sum 76127; filled fields of 75791 more make (168 + 75791) / (76127 + 75791) = 1/2. No machine word holds the product.
TEST_CASE("fractions of 168 primes add up exactly") {
  std::vector<Criterion> criteria;
  for (std::int32_t p = 2; p < 1000; ++p) {
    bool prime = true;
    for (std::int32_t d = 2; d * d <= p; ++d) prime = prime && p % d != 0;
    if (!prime) continue;
    criteria.push_back(at_least(p, Subject::phone, p, p - 1));
    criteria.push_back(at_least(2000 + p, Subject::email, p, 1));
  }
  REQUIRE(criteria.size() == 2 * 168);
  for (int i = 0; i < 75; ++i) criteria.push_back(filled(4000 + i, crm::Company::kName, 1000));
  criteria.push_back(filled(5000, crm::Company::kName, 791));
  auto facts = counted({{Subject::phone, 1}, {Subject::email, 1}});
  facts.fields = {crm::Company::kName};

  CHECK(score(facts, criteria) == 50);
  criteria.push_back(at_least(6000, Subject::sphere, 1, 1));
  CHECK(score(facts, criteria) == 49);
}

TEST_CASE("bounds hold for any numbers") {
  // Taken as 1000 of 1000, and 1 of 1.
  CHECK(score(counted({{Subject::phone, INT64_MAX}}), {at_least(1, Subject::phone, INT32_MAX, INT32_MAX)}) == 100);
  CHECK(score(counted({{Subject::phone, INT64_MIN}}), {at_least(1, Subject::phone, INT32_MIN, INT32_MIN)}) == 0);
  std::vector<Criterion> many;
  for (int i = 0; i < 3000; ++i) many.push_back(at_least(i + 1, Subject::phone, 1000, 1000));
  CHECK(score(counted({{Subject::phone, 999}}), many) == 99);
}

TEST_CASE("a criterion that does not apply leaves both sums") {
  const std::vector criteria = {at_least(1, Subject::legal_entity_with_kpp, 1, 3), at_least(2, Subject::phone, 1, 1)};
  auto facts = counted({{Subject::phone, 1}});
  CHECK(score(facts, criteria) == 25);

  facts.kpp_applies = false;

  CHECK(score(facts, criteria) == 100);
  CHECK(crm::measure_completeness(facts, {}, criteria).missing.empty());
}

/// Random cards and profiles with N up to 10, whose least common multiple is 2520.
struct World {
  std::mt19937 chance;
  explicit World(unsigned seed) : chance(seed) {}
  int upto(int low, int high) { return std::uniform_int_distribution<int>(low, high)(chance); }
  CardFacts card() {
    CardFacts facts;
    for (std::size_t s = 2; s < crm::kSubjects; ++s) facts.counts[s] = upto(0, 12);
    for (int field = 3; field < 9; ++field)
      if (upto(0, 1)) facts.fields.insert(static_cast<crm::FieldNo>(field));
    facts.kpp_applies = upto(0, 3) != 0;
    return facts;
  }
  std::vector<Criterion> criteria() {
    std::vector<Criterion> made;
    for (int i = 1, n = upto(0, 20); i <= n; ++i) {
      // One by one: the order in which a compiler makes arguments is its own.
      const auto subject = static_cast<Subject>(upto(0, 14));
      const int number = upto(1, 10);
      const int weight = upto(1, 1000);
      if (subject == Subject::field) made.push_back(filled(i, static_cast<crm::FieldNo>(2 + number), weight));
      if (subject > Subject::characteristic) made.push_back(at_least(i, subject, number, weight));
    }
    return made;
  }
};

int score_by_common_denominator(const CardFacts& facts, const std::vector<Criterion>& criteria) {
  std::int64_t met = 0;
  std::int64_t all = 0;
  for (const auto& c : criteria) {
    if (c.subject == Subject::legal_entity_with_kpp && !facts.kpp_applies) continue;
    all += 2520 * std::int64_t{c.weight};
    if (c.subject == Subject::field) {
      if (facts.fields.count(static_cast<crm::FieldNo>(c.field_no))) met += 2520 * std::int64_t{c.weight};
    } else {
      met += 2520 / c.at_least * std::min<std::int64_t>(facts.count(c.subject), c.at_least) * c.weight;
    }
  }
  return all ? static_cast<int>(100 * met / all) : 100;
}

TEST_CASE("the score is exact, grows with the card, and does not look at order or scale") {
  for (unsigned seed = 1; seed <= 500; ++seed) {
    CAPTURE(seed);
    World world(seed);
    auto facts = world.card();
    auto criteria = world.criteria();
    const auto found = crm::measure_completeness(facts, {}, criteria);

    CHECK(found.score == score_by_common_denominator(facts, criteria));
    CHECK((found.score == 100) == found.missing.empty());
    CHECK(std::ranges::all_of(found.missing, [](const auto& m) { return m.have < m.need && m.weight.numerator > 0; }));

    std::shuffle(criteria.begin(), criteria.end(), world.chance);
    const auto shuffled = crm::measure_completeness(facts, {}, criteria);
    CHECK(shuffled.score == found.score);
    REQUIRE(shuffled.missing.size() == found.missing.size());
    for (std::size_t i = 0; i < found.missing.size(); ++i)
      CHECK(shuffled.missing[i].criterion.id == found.missing[i].criterion.id);

    auto light = criteria;
    for (auto& c : light) c.weight = c.weight % 100 + 1;
    auto heavy = light;
    for (auto& c : heavy) c.weight *= 7;
    CHECK(score(facts, light) == score(facts, heavy));

    ++facts.counts[static_cast<std::size_t>(world.upto(2, 14))];
    CHECK(score(facts, criteria) >= found.score);
  }
}

TEST_CASE("a simulation counts no card for what does not apply to it") {
  crm::CardFacts foreign = counted({{Subject::legal_entity, 1}});
  foreign.status = crm::Company::Status::active;
  foreign.inn_applies = false;
  const std::vector criteria = {at_least(1, Subject::legal_entity_with_inn, 1, 1)};

  CHECK(crm::simulate({}, criteria, {&foreign, 1}).criteria[0].missing == 0);
  foreign.inn_applies = true;
  CHECK(crm::simulate({}, criteria, {&foreign, 1}).criteria[0].missing == 1);
}

TEST_CASE("what a later release may ask for is asked of no card") {
  const Criterion unknown = at_least(1, static_cast<Subject>(99), 1, 50);

  CHECK(score(counted({}), {unknown, at_least(2, Subject::phone, 1, 1)}) == 0);
  CHECK(score(counted({{Subject::phone, 1}}), {unknown, at_least(2, Subject::phone, 1, 1)}) == 100);
}

TEST_CASE("what is missing is told with its card, its profile and a weight within bounds, the lowest id first") {
  crm::Profile profile;
  profile.id = {8};
  CardFacts facts;
  facts.company = {5};
  facts.status = crm::Company::Status::active;
  std::vector<Criterion> criteria;
  for (crm::Id id = 40; id > 0; --id) criteria.push_back(at_least(id, Subject::phone, 1, 5'000));
  const auto found = crm::measure_completeness(facts, profile, criteria);

  CHECK(found.company.value == 5);
  CHECK(found.status == crm::Company::Status::active);
  CHECK(found.profile.value == 8);
  REQUIRE(found.missing.size() == 40);
  for (std::size_t i = 0; i < 40; ++i) CHECK(found.missing[i].criterion.id.value == static_cast<crm::Id>(i) + 1);
  CHECK(found.missing[0].weight == Ratio{1'000, 1});
}

}  // namespace
