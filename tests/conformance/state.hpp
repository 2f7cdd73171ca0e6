// Everything a store can say about itself, to compare it with another moment or another store.
#pragma once

#include <map>
#include <ostream>
#include <vector>

#include "printing.hpp"

namespace crm::conformance {

struct State {
  std::map<EntityNo, std::vector<Row>> rows;
  std::vector<LogLine> log;

  friend bool operator==(const State&, const State&) = default;
};

State state_of(Session& session, const Schema& schema);
State state_of(Store& store);
std::ostream& operator<<(std::ostream& out, const State& state);

}  // namespace crm::conformance
