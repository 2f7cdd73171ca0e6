#include "matcher.hpp"

#include <algorithm>

#include "crm/base/error.hpp"

namespace crm::rows {
namespace {

bool is_number(const Cell& cell) { return cell.kind == Storage::integer || cell.kind == Storage::real; }

// Unlike `compare`, a number is compared with a number, whatever they are stored as.
int side_of(const Cell& a, const Cell& b) {
  if (a.kind == b.kind || !is_number(a) || !is_number(b)) return compare(a, b);
  return compare(Cell::of(a.as_real()), Cell::of(b.as_real()));
}

bool combines(Filter::Op op) { return op == Filter::Op::all || op == Filter::Op::any || op == Filter::Op::none; }

bool needs_value(Filter::Op op) {
  using enum Filter::Op;
  return !combines(op) && op != in && op != is_null && op != not_null && op != exists;
}

// Whether what passes the test lies between bounds; the prefix of a text is one from below.
bool is_bound(Filter::Op op) {
  using enum Filter::Op;
  return op == eq || op == lt || op == le || op == gt || op == ge || op == starts_with;
}

// An order or text test; neither side is null.
bool holds(Filter::Op op, const Cell& cell, const Cell& other) {
  switch (op) {
    case Filter::Op::eq: return side_of(cell, other) == 0;
    case Filter::Op::ne: return side_of(cell, other) != 0;
    case Filter::Op::lt: return side_of(cell, other) < 0;
    case Filter::Op::le: return side_of(cell, other) <= 0;
    case Filter::Op::gt: return side_of(cell, other) > 0;
    case Filter::Op::ge: return side_of(cell, other) >= 0;
    case Filter::Op::contains:
      return cell.kind == Storage::text && cell.as_text().find(other.as_text()) != std::string_view::npos;
    case Filter::Op::starts_with: return cell.kind == Storage::text && cell.as_text().starts_with(other.as_text());
    case Filter::Op::all:
    case Filter::Op::any:
    case Filter::Op::none:
    case Filter::Op::in:
    case Filter::Op::is_null:
    case Filter::Op::not_null:
    case Filter::Op::exists: break;
  }
  throw Error(Code::invalid_argument, "a filter of no known kind");
}

}  // namespace

Way::Way(Keeper& keeper, const Shelf& from, const Path& path) {
  const Shelf* at = &from;
  for (const FieldNo reference : path.via) {
    if (reference == 0) break;
    const int place = place_of(at->def(), reference);
    const EntityNo to = place < 0 ? EntityNo{0} : at->def().fields[static_cast<std::size_t>(place)].refers;
    if (to == 0)
      throw Error(Code::invalid_argument, {{"field.type", at->def().no, reference, 0, "", "not a reference"}});
    at = &keeper.shelf(to);
    steps_.push_back({place, at});
  }
  place_ = place_of(at->def(), path.field);
}

Cell Way::value(const Row& row) const {
  const Row* at = &row;
  for (const Step& step : steps_) {
    const Cell id = cell_at(*at, step.place);
    at = id.is_null() ? nullptr : step.to->find(id.integer);
    if (at == nullptr) return {};
  }
  return cell_at(*at, place_);
}

std::optional<int> Way::own_place() const { return steps_.empty() ? std::optional(place_) : std::nullopt; }

Matcher::Matcher(Keeper& keeper, const Shelf& shelf, const Filter& filter) : keeper_(keeper), shelf_(shelf), filter_(filter) {
  if (!combines(filter.op)) way_.emplace(keeper, shelf, filter.path);
  if (needs_value(filter.op) && filter.values.empty())
    throw Error(Code::invalid_argument, "a comparison without a value");
  const Shelf* of_parts = &shelf;
  if (filter.op == Filter::Op::exists) {
    of_parts = linked_ = &keeper.shelf(filter.entity);
    link_ = place_of(linked_->def(), filter.link);
  }
  for (const Filter& part : filter.parts) parts_.emplace_back(keeper, *of_parts, part);
}

bool Matcher::matches(const Row& row) const {
  keeper_.check_interrupt();
  const auto part_matches = [&](const Matcher& part) { return part.matches(row); };
  if (filter_.op == Filter::Op::all) return matches_parts(row);
  if (filter_.op == Filter::Op::any) return std::any_of(parts_.begin(), parts_.end(), part_matches);
  if (filter_.op == Filter::Op::none) return std::none_of(parts_.begin(), parts_.end(), part_matches);

  const Cell cell = way_->value(row);
  if (filter_.op == Filter::Op::is_null) return cell.is_null();
  if (filter_.op == Filter::Op::not_null) return !cell.is_null();
  if (filter_.op == Filter::Op::exists) return matches_linked(cell);
  return compares(cell);
}

bool Matcher::matches_parts(const Row& row) const {
  return std::all_of(parts_.begin(), parts_.end(), [&](const Matcher& part) { return part.matches(row); });
}

bool Matcher::matches_linked(const Cell& key) const {
  if (key.is_null()) return false;
  if (link_ == kIdPlace) {
    const Row* row = key.kind == Storage::integer ? linked_->find(key.integer) : nullptr;
    return row != nullptr && matches_parts(*row);
  }
  const Wanted link = exactly(link_, key);
  const std::vector<const Row*> rows = linked_->candidates({&link, 1});
  return std::any_of(rows.begin(), rows.end(), [&](const Row* row) {
    return compare(cell_at(*row, link_), key) == 0 && matches_parts(*row);
  });
}

bool Matcher::compares(const Cell& cell) const {
  if (cell.is_null()) return filter_.op == Filter::Op::ne;
  if (filter_.op == Filter::Op::in)
    return std::any_of(filter_.values.begin(), filter_.values.end(),
                       [&](const Value& value) { return side_of(cell, to_cell(value)) == 0; });
  const Cell other = to_cell(filter_.values[0]);
  if (other.is_null()) return filter_.op == Filter::Op::ne;
  return holds(filter_.op, cell, other);
}

void Matcher::wanted(std::vector<Wanted>& into) const {
  if (filter_.op == Filter::Op::all)
    for (const Matcher& part : parts_) part.wanted(into);
  if (!is_bound(filter_.op) || !way_->own_place()) return;
  const int place = *way_->own_place();
  const Cell value = to_cell(filter_.values[0]);
  // Values of another kind may still be equal (3 and 3.0): such a test helps no index.
  if (value.kind != (place < 0 ? Storage::integer : shelf_.def().fields[static_cast<std::size_t>(place)].kind)) return;
  const bool from_above = filter_.op == Filter::Op::lt || filter_.op == Filter::Op::le;
  const bool from_below = filter_.op != Filter::Op::eq && !from_above;
  into.push_back({place, from_above ? Cell() : value, from_below ? Cell() : value});
}

std::vector<const Row*> Matcher::candidates() const {
  std::vector<Wanted> wanted;
  this->wanted(wanted);
  return shelf_.candidates(wanted);
}

}  // namespace crm::rows
