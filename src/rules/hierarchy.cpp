#include "crm/rules/hierarchy.hpp"

#include <algorithm>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/depth_first_search.hpp>
#include <unordered_map>
#include <unordered_set>

namespace crm {
namespace {

using Graph = boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS>;
using Vertex = boost::graph_traits<Graph>::vertex_descriptor;

enum class Direction { up, down };

/// The edges as a graph whose vertices are numbered in order of their first mention.
struct NumberedGraph {
  NumberedGraph(std::span<const ParentEdge> child_parent, Direction direction) {
    for (auto [child, parent] : child_parent) {
      if (!child || !parent) continue;
      const Vertex below = vertex(child);
      const Vertex above = vertex(parent);
      if (direction == Direction::up) {
        boost::add_edge(below, above, graph);
      } else {
        boost::add_edge(above, below, graph);
      }
    }
  }

  Vertex vertex(Id id) {
    const auto [place, is_new] = numbers.try_emplace(id, ids.size());
    if (is_new) {
      ids.push_back(id);
      boost::add_vertex(graph);
    }
    return place->second;
  }

  Graph graph;
  std::vector<Id> ids;
  std::unordered_map<Id, Vertex> numbers;
};

/// Keeps the first edge that closes a cycle, and the way by which each vertex was reached.
struct CycleFinder : boost::dfs_visitor<> {
  CycleFinder(std::vector<Vertex>& reached_from, std::optional<std::pair<Vertex, Vertex>>& closing_edge)
      : from(reached_from), closing(closing_edge) {}
  template <class Edge>
  void tree_edge(Edge edge, const Graph& graph) {
    from[target(edge, graph)] = source(edge, graph);
  }
  template <class Edge>
  void back_edge(Edge edge, const Graph& graph) {
    if (!closing) closing = {source(edge, graph), target(edge, graph)};
  }
  // References: the search copies its visitor.
  std::vector<Vertex>& from;
  std::optional<std::pair<Vertex, Vertex>>& closing;
};

struct LevelFinder : boost::bfs_visitor<> {
  explicit LevelFinder(std::vector<std::size_t>& levels) : level(levels) {}
  template <class Edge>
  void tree_edge(Edge edge, const Graph& graph) {
    level[target(edge, graph)] = level[source(edge, graph)] + 1;
  }
  std::vector<std::size_t>& level;
};

}  // namespace

std::optional<std::vector<Id>> find_cycle(std::span<const ParentEdge> child_parent) {
  const NumberedGraph tree(child_parent, Direction::up);
  std::vector<Vertex> from(tree.ids.size());
  std::optional<std::pair<Vertex, Vertex>> closing;
  boost::depth_first_search(tree.graph, boost::visitor(CycleFinder(from, closing)));
  if (!closing) return {};
  // The way from the head of the closing edge to its tail, walked back.
  const auto [tail, head] = *closing;
  std::vector<Id> cycle = {tree.ids[head]};
  for (Vertex at = tail; at != head; at = from[at]) cycle.push_back(tree.ids[at]);
  cycle.push_back(tree.ids[head]);
  std::ranges::reverse(cycle);
  return cycle;
}

std::vector<Id> chain(Id child, std::span<const ParentEdge> child_parent) {
  const std::unordered_map<Id, Id> parents(child_parent.begin(), child_parent.end());
  std::vector<Id> above;
  std::unordered_set<Id> seen = {child};
  for (auto at = parents.find(child); at != parents.end(); at = parents.find(at->second)) {
    if (!at->second || !seen.insert(at->second).second) break;
    above.push_back(at->second);
  }
  return above;
}

std::vector<Id> subtree(Id root, std::span<const ParentEdge> child_parent) {
  NumberedGraph tree(child_parent, Direction::down);
  const Vertex top = tree.vertex(root);
  constexpr auto kNotBelow = static_cast<std::size_t>(-1);
  std::vector<std::size_t> level(tree.ids.size(), kNotBelow);
  level[top] = 0;
  boost::breadth_first_search(tree.graph, top, boost::visitor(LevelFinder(level)));
  std::vector<std::pair<std::size_t, Id>> found;
  for (Vertex at = 0; at < level.size(); ++at)
    if (level[at] != kNotBelow) found.emplace_back(level[at], tree.ids[at]);
  std::ranges::sort(found);
  std::vector<Id> below;
  for (const auto& [depth, id] : found) below.push_back(id);
  return below;
}

}  // namespace crm
