#include "plan_total.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>

namespace crm {
namespace {

bool is_box(const PlanBox& box, const PlacedCell& placed) {
  const PlannedNumber& cell = *placed.cell;
  return placed.path.size() == box.depth && cell.product == box.product && cell.type == box.type && cell.from == box.from && cell.to == box.to;
}

/// One way of dividing a box: finer boxes apart from one another, with what lies in each.
struct Division {
  std::vector<std::pair<PlanBox, PlacedCells>> parts;
  std::size_t taken = 0;

  void add(const PlanBox& box, PlacedCells cells) {
    taken += cells.size();
    parts.emplace_back(box, std::move(cells));
  }
};

Division by_staff(const PlanBox& box, const PlacedCells& cells) {
  std::map<RecordRef, PlacedCells> groups;
  for (const PlacedCell* placed : cells)
    if (placed->path.size() > box.depth) groups[placed->path[box.depth]].push_back(placed);
  Division division;
  PlanBox finer = box;
  ++finer.depth;
  for (auto& [who, group] : groups) division.add(finer, std::move(group));
  return division;
}

template <class E>
Division by_reference(const PlanBox& box, const PlacedCells& cells, IdOf<E> PlanBox::*of_box, IdOf<E> PlannedNumber::*of_cell) {
  std::map<IdOf<E>, PlacedCells> groups;
  if (!(box.*of_box))
    for (const PlacedCell* placed : cells)
      if (placed->cell->*of_cell) groups[placed->cell->*of_cell].push_back(placed);
  Division division;
  for (auto& [id, group] : groups) {
    PlanBox finer = box;
    finer.*of_box = id;
    division.add(finer, std::move(group));
  }
  return division;
}

/// By the longest periods, from the first on; what overlaps one of these without lying inside it is left out.
Division by_period(const PlanBox& box, const PlacedCells& cells) {
  PlacedCells shorter;
  for (const PlacedCell* placed : cells)
    if (placed->cell->from != box.from || placed->cell->to != box.to) shorter.push_back(placed);
  std::ranges::stable_sort(shorter, [](const PlacedCell* a, const PlacedCell* b) {
    return a->cell->from != b->cell->from ? a->cell->from < b->cell->from : b->cell->to < a->cell->to;
  });
  Division division;
  for (const PlacedCell* placed : shorter) {
    const Date from = placed->cell->from;
    const Date to = placed->cell->to;
    if (division.parts.empty() || division.parts.back().first.to <= from) {
      PlanBox finer = box;
      finer.from = from;
      finer.to = to;
      division.add(finer, {placed});
    } else if (to <= division.parts.back().first.to) {
      division.parts.back().second.push_back(placed);
      ++division.taken;
    }
  }
  return division;
}

PlanTotal sum_of(const Division& division) {
  PlanTotal out;
  for (const auto& [box, cells] : division.parts) {
    const PlanTotal part = plan_total(box, cells);
    out.sum = checked_sum(out.sum, part.sum);
    out.undistributed = checked_sum(out.undistributed, part.undistributed);
    out.divided = out.divided || part.divided;
  }
  return out;
}

/// Of the finer cells alone: by the first way that takes all of them, else by that which gives most.
PlanTotal finer_total(const PlanBox& box, const PlacedCells& cells) {
  std::vector<const PlannedNumber*> bare;
  for (const PlacedCell* placed : cells) bare.push_back(placed->cell);
  if (const auto sum = sum_of_apart(bare)) return {*sum, 0, false};
  std::vector<Division> ways;
  ways.push_back(by_staff(box, cells));
  ways.push_back(by_reference(box, cells, &PlanBox::product, &PlannedNumber::product));
  ways.push_back(by_reference(box, cells, &PlanBox::type, &PlannedNumber::type));
  ways.push_back(by_period(box, cells));
  const auto whole = std::ranges::find(ways, cells.size(), &Division::taken);
  if (whole != ways.end()) return sum_of(*whole);
  std::optional<PlanTotal> best;
  for (const Division& way : ways) {
    if (way.parts.empty()) continue;
    const PlanTotal total = sum_of(way);
    if (!best || best->sum < total.sum) best = total;
  }
  return best.value_or(PlanTotal{});
}

}  // namespace

std::optional<std::int64_t> sum_of_apart(std::span<const PlannedNumber* const> cells) {
  const PlannedNumber& first = *cells.front();
  std::vector<std::pair<Date, Date>> periods{{first.from, first.to}};
  std::int64_t sum = 0;
  for (const PlannedNumber* cell : cells) {
    if (!cell->user || bool(cell->product) != bool(first.product) || bool(cell->type) != bool(first.type)) return {};
    if (periods.back() != std::pair(cell->from, cell->to)) periods.emplace_back(cell->from, cell->to);
    sum = checked_sum(sum, cell->number);
  }
  std::ranges::sort(periods);
  const auto repeated = std::ranges::unique(periods);
  periods.erase(repeated.begin(), repeated.end());
  if (std::ranges::adjacent_find(periods, [](const auto& a, const auto& b) { return b.first < a.second; }) != periods.end()) return {};
  return sum;
}

PlanTotal plan_total(const PlanBox& box, const PlacedCells& cells) {
  PlacedCells finer;
  const PlacedCell* coarse = nullptr;
  for (const PlacedCell* placed : cells) {
    if (is_box(box, *placed)) {
      coarse = placed;
    } else {
      finer.push_back(placed);
    }
  }
  if (finer.empty()) return {coarse ? coarse->cell->number : 0, 0, false};
  const PlanTotal of_finer = finer_total(box, finer);
  if (!coarse) return of_finer;
  return {coarse->cell->number, checked_sum(coarse->cell->number, -of_finer.sum), true};
}

}  // namespace crm
