#include "plan_cells.hpp"

namespace crm {

std::vector<Path> PlanRows::paths() {
  std::vector<Path> paths{kId};
  for (const FieldInfo& field : entity_info(kEntity).fields) paths.emplace_back(field.no);
  return paths;
}

void PlanRows::Filler::add(const Cell* row) {
  const std::size_t place = rows_.id.size();
  rows_.id.push_back(row[0].integer);
  rows_.cells.emplace_back();
  set(place, row);
  const PlanCell& cell = rows_.cells[place];
  if (cell.from) rows_.places[*cell.from].push_back(place);
}

void PlanRows::Filler::set(std::size_t place, const Cell* row) {
  PlanCell& cell = rows_.cells[place];
  cell.id.value = row[0].integer;
  const auto fields = entity_info(kEntity).fields;
  for (std::size_t i = 0; i < fields.size(); ++i) fields[i].put(&cell, row[i + 1]);
  if (cell.made_at) rows_.last_made = std::max(rows_.last_made, *cell.made_at);
}

std::optional<std::vector<const PlannedNumber*>> ResidentPlans::in_force(Unit& unit, Changes& changes, Date from, Date to, Instant at) {
  const PlanRows& rows = resident_.up_to_date(unit);
  if (at < rows.last_made) return {};
  auto& newest = newest_.get(unit, changes, {PlanCell::kEntity}, [] { return std::map<Date, std::vector<PlannedNumber>>(); });
  std::vector<const PlannedNumber*> found;
  for (auto day = rows.places.lower_bound(from); day != rows.places.end() && day->first < to; ++day) {
    const auto [place, fresh] = newest.try_emplace(day->first);
    if (fresh) {
      std::vector<PlanCell> versions;
      for (std::size_t at_place : day->second) versions.push_back(rows.cells[at_place]);
      place->second = plans_in_force(versions, rows.last_made);
    }
    for (const PlannedNumber& one : place->second) found.push_back(&one);
  }
  return found;
}

std::size_t ResidentPlans::bytes() const {
  std::size_t sum = resident_.bytes() + bytes_of_nodes(newest_.value());
  for (const auto& [day, cells] : newest_.value()) sum += bytes_of(cells);
  return sum;
}

}  // namespace crm
