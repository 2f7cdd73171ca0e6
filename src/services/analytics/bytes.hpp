// What kept things take in memory, about: what is large to the byte, the nodes of maps by a round number.
#pragma once

#include <cstddef>
#include <map>
#include <unordered_map>
#include <vector>

namespace crm {

constexpr std::size_t kNodeBytes = 64;  // of a map's node beside what it holds

template <class T>
std::size_t bytes_of(const std::vector<T>& all) {
  return all.capacity() * sizeof(T);
}
template <class... Column>
  requires(sizeof...(Column) > 1)
std::size_t bytes_of(const Column&... columns) {
  return (bytes_of(columns) + ...);
}
template <class Map>
std::size_t bytes_of_nodes(const Map& map) {
  return map.size() * (kNodeBytes + sizeof(typename Map::value_type));
}

}  // namespace crm
