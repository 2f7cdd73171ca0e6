#include <doctest/doctest.h>

#include <utility>
#include <vector>

#include "crm/rules/completeness.hpp"

namespace {

using crm::Criterion;
using Status = crm::Company::Status;
using Subject = Criterion::Subject;

crm::Profile profile(crm::Id id, crm::Id node = 0, bool active = true) {
  crm::Profile made;
  made.id = {id};
  made.node = {node};
  made.active = active;
  return made;
}

crm::ClassifierNode node(crm::Id id, crm::Id parent, std::int32_t rank = 0) {
  crm::ClassifierNode made;
  made.id = {id};
  made.parent = {parent};
  made.rank = rank;
  return made;
}

TEST_CASE("a company stands on its nodes and on all above them") {
  // 1 - 2 - 3, and 7 apart; 8 and 9 are above each other, which no saved tree is.
  const std::vector tree = {node(3, 2), node(1, 0), node(2, 1, 5), node(7, 0), node(8, 9), node(9, 8)};

  const auto held = crm::holding_nodes(tree, std::vector<crm::ClassifierNodeId>{{3}, {7}, {2}, {99}});

  REQUIRE(held.size() == 4);
  const std::pair<crm::Id, int> expected[] = {{1, 0}, {2, 1}, {3, 2}, {7, 0}};
  for (std::size_t i = 0; i < 4; ++i) {
    CHECK(held[i].node.value == expected[i].first);
    CHECK(held[i].depth == expected[i].second);
  }
  CHECK(held[1].rank == 5);
  CHECK(crm::holding_nodes(tree, std::vector<crm::ClassifierNodeId>{{8}}).size() == 2);
}

TEST_CASE("the most special active profile measures a card") {
  const std::vector<crm::HoldingNode> held = {{{10}, 0, 9}, {{20}, 1, 1}, {{21}, 1, 2}, {{22}, 1, 2}};
  struct Row {
    const char* what;
    std::vector<crm::Profile> profiles;
    crm::Id chosen;  ///< 0: none
  };
  const Row rows[] = {
      {"no profiles", {}, 0},
      {"the default one", {profile(1)}, 1},
      {"two defaults: lowest id", {profile(2), profile(1)}, 1},
      {"a node before the default", {profile(1), profile(2, 10)}, 2},
      {"a node that does not hold it", {profile(1), profile(2, 77)}, 1},
      {"only one that does not hold it", {profile(2, 77)}, 0},
      {"deepest before rank", {profile(1, 10), profile(2, 20)}, 2},
      {"then rank", {profile(1, 20), profile(2, 21)}, 2},
      {"then the lowest id of the node", {profile(1, 22), profile(2, 21)}, 2},
      {"then the lowest id of the profile", {profile(3, 21), profile(2, 21)}, 2},
      {"an inactive one is ignored", {profile(1), profile(2, 20, false)}, 1},
      {"all inactive", {profile(1, 0, false)}, 0},
  };
  for (const Row& row : rows) {
    CAPTURE(row.what);
    const crm::Profile* chosen = crm::choose_profile(row.profiles, held);
    CHECK((chosen ? chosen->id.value : 0) == row.chosen);
  }
}

TEST_CASE("a simulation counts the cards a profile would refuse, by criterion") {
  Criterion phone;
  phone.subject = Subject::phone;
  phone.weight = 3;
  Criterion sphere;
  sphere.subject = Subject::sphere;
  sphere.hard = true;
  const std::vector criteria = {phone, sphere};  // not stored yet: both without an id
  crm::Profile proposed;
  proposed.threshold = 75;
  const auto made = [](Status status, int phones, int spheres) {
    crm::CardFacts facts;
    facts.status = status;
    facts.count(Subject::phone) = phones;
    facts.count(Subject::sphere) = spheres;
    return facts;
  };
  const std::vector cards = {made(Status::active, 1, 1),  made(Status::active, 1, 0), made(Status::active, 0, 1),
                             made(Status::active, 0, 0),  made(Status::draft, 0, 0),  made(Status::draft, 1, 1),
                             made(Status::archived, 0, 0)};

  const auto told = crm::simulate(proposed, criteria, cards);

  CHECK(told.active == 4);
  CHECK(told.refused == 3);
  CHECK(told.below_threshold == 2);  // 25 and 0; the second card has 75
  CHECK(told.hard == 2);
  CHECK(told.drafts == 2);
  CHECK(told.drafts_refused == 1);
  REQUIRE(told.criteria.size() == 2);
  CHECK(told.criteria[0].missing == 2);
  CHECK(told.criteria[0].refused == 2);
  CHECK(told.criteria[1].missing == 2);
  CHECK(told.criteria[1].refused == 2);

  crm::Simulation pieces;
  for (const auto& one : cards) crm::simulate_more(pieces, proposed, criteria, {&one, 1});
  CHECK(pieces.refused == told.refused);
  CHECK(pieces.criteria.size() == 2);
  CHECK(pieces.criteria[1].missing == told.criteria[1].missing);
  CHECK(crm::simulate(proposed, criteria, {}).criteria.size() == 2);
}

// Novosibirsk is seven hours ahead of UTC: 20:00 UTC of the first is the second there.
TEST_CASE("a draft ages by the days of the calendar") {
  const crm::Zone zone("+07:00");
  const auto made = *crm::parse_instant("2026-03-01T20:00:00Z");
  CHECK_FALSE(crm::draft_expired(made, made, zone, 30));
  CHECK_FALSE(crm::draft_expired(made, *crm::parse_instant("2026-04-01T16:59:59Z"), zone, 30));
  CHECK(crm::draft_expired(made, *crm::parse_instant("2026-04-01T17:00:00Z"), zone, 30));
  CHECK_FALSE(crm::draft_expired(made, *crm::parse_instant("2026-04-01T17:00:00Z"), crm::Zone("-05:00"), 31));
}

TEST_CASE("of two profiles that differ in nothing the first is taken") {
  const std::vector<crm::Profile> twins = {profile(1), profile(1)};
  CHECK(crm::choose_profile(twins, {}) == &twins[0]);
}

TEST_CASE("a simulation tells below the threshold the score alone, not what a hard criterion refuses") {
  Criterion phone;
  phone.subject = Subject::phone;
  phone.hard = true;
  Criterion sphere;
  sphere.subject = Subject::sphere;
  crm::Profile proposed;
  proposed.threshold = 50;
  std::vector<crm::CardFacts> cards(3);
  for (crm::CardFacts& card : cards) card.status = Status::active;
  cards[1].count(Subject::sphere) = cards[2].count(Subject::sphere) = 1;  // 50: on the threshold

  const auto told = crm::simulate(proposed, std::vector{phone, sphere}, cards);

  CHECK(told.below_threshold == 1);
  CHECK(told.refused == 3);
}

}  // namespace
