#include "state.hpp"

namespace crm::conformance {

State state_of(Session& session, const Schema& schema) {
  State state;
  for (const EntityDef& def : schema.entities) {
    std::vector<Row>& rows = state.rows[def.no];
    Query query;
    query.entity = def.no;
    query.columns = {kId};
    const auto cursor = session.select(query);
    while (const Cell* cells = cursor->next())
      if (auto row = session.find(def.no, cells[0].integer)) rows.push_back(std::move(*row));
  }
  state.log = session.changes(0, 0);
  return state;
}

State state_of(Store& store) { return state_of(*store.read(), store.schema()); }

std::ostream& operator<<(std::ostream& out, const State& state) {
  for (const auto& [entity, rows] : state.rows) {
    out << "\n" << entity << ": ";
    print(out, rows);
  }
  out << "\nlog: ";
  print(out, state.log);
  return out;
}

}  // namespace crm::conformance
