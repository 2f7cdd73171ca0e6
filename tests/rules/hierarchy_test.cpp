#include "crm/rules/hierarchy.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>

using namespace crm;

namespace {

using Ids = std::vector<Id>;
using Edges = std::vector<ParentEdge>;

//      1        9
//    2   3
//  4  5
const Edges kTree = {{2, 1}, {3, 1}, {5, 2}, {4, 2}, {9, 0}};

/// Climbs `steps` times.
Id ancestor(const Edges& tree, Id id, std::size_t steps) {
  for (; steps && id; --steps) {
    const auto up = std::ranges::find(tree, id, &ParentEdge::first);
    id = up == tree.end() ? 0 : up->second;
  }
  return id;
}

}  // namespace

TEST_CASE("a tree has no cycle") {
  CHECK(find_cycle(kTree) == std::nullopt);
  CHECK(find_cycle(Edges{}) == std::nullopt);
  CHECK(find_cycle(Edges{{1, 0}, {0, 1}}) == std::nullopt);  // 0 is none
}

TEST_CASE("a cycle is told from child to parent with its first record again at the end") {
  CHECK(find_cycle(Edges{{3, 1}, {1, 2}, {2, 3}}) == Ids{3, 1, 2, 3});
  CHECK(find_cycle(Edges{{1, 2}, {2, 1}, {3, 4}, {4, 3}}) == Ids{1, 2, 1});  // the first of two
  CHECK(find_cycle(Edges{{7, 3}, {3, 1}, {1, 3}}) == Ids{3, 1, 3});  // 7 leads into it and is not of it
}

TEST_CASE("one's own supervisor is a cycle of one") { CHECK(find_cycle(Edges{{1, 2}, {5, 5}}) == Ids{5, 5}); }

TEST_CASE("the chain goes from the nearest one above to the top") {
  CHECK(chain(5, kTree) == Ids{2, 1});
  CHECK(chain(1, kTree).empty());
  CHECK(chain(9, kTree).empty());
  CHECK(chain(77, kTree).empty());
}

TEST_CASE("the chain of a damaged tree ends where the cycle closes") {
  CHECK(chain(1, Edges{{1, 2}, {2, 3}, {3, 1}}) == Ids{2, 3});
  CHECK(chain(4, Edges{{4, 2}, {2, 3}, {3, 2}}) == Ids{2, 3});
}

TEST_CASE("a subtree is the root and all below it, level by level") {
  CHECK(subtree(1, kTree) == Ids{1, 2, 3, 4, 5});
  CHECK(subtree(2, kTree) == Ids{2, 4, 5});
  CHECK(subtree(9, kTree) == Ids{9});
  CHECK(subtree(77, kTree) == Ids{77});
  CHECK(subtree(2, Edges{{1, 2}, {2, 3}, {3, 1}}) == Ids{2, 1, 3});
}

TEST_CASE("everyone stands below those of his chain, and in a cycle exactly if climbing never ends") {
  std::mt19937 random(20260302);
  for (int round = 0; round < 300; ++round) {
    const Id size = 1 + static_cast<Id>(random() % 12);
    Edges edges;
    for (Id child = 1; child <= size; ++child)
      if (random() % 4) edges.emplace_back(child, 1 + static_cast<Id>(random()) % size);
    std::ranges::shuffle(edges, random);
    CAPTURE(round);

    bool endless = false;
    for (Id id = 1; id <= size; ++id) endless = endless || ancestor(edges, id, 20) != 0;
    const auto cycle = find_cycle(edges);
    CHECK(cycle.has_value() == endless);
    if (cycle) {
      REQUIRE(cycle->size() >= 2);
      CHECK(cycle->front() == cycle->back());
      for (std::size_t i = 0; i + 1 < cycle->size(); ++i)
        CHECK(std::ranges::find(edges, ParentEdge{(*cycle)[i], (*cycle)[i + 1]}) != edges.end());
      continue;
    }
    for (Id id = 1; id <= size; ++id) {
      const Ids above = chain(id, edges);
      for (Id other = 1; other <= size; ++other) {
        const Ids below = subtree(other, edges);
        const bool is_below = std::ranges::find(below, id) != below.end();
        CHECK(is_below == (id == other || std::ranges::find(above, other) != above.end()));
      }
    }
  }
}
