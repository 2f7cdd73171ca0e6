// Rows of an entity as narrow columns, kept in a handle and brought up to date from the change log.
#pragma once

#include <algorithm>
#include <optional>
#include <vector>

#include "bytes.hpp"
#include "services/unit.hpp"

namespace crm {

/// The least and the greatest number of each kBlock places of a column: a period passes over the others.
class Blocks {
 public:
  Blocks() = default;
  template <class Number>
  explicit Blocks(const std::vector<Number>& numbers) {
    for (std::size_t place = 0; place < numbers.size(); ++place) note(place, numbers[place]);
  }

  void note(std::size_t place, std::int64_t number) {
    if (place / kBlock >= ends_.size()) ends_.resize(place / kBlock + 1);
    Ends& ends = ends_[place / kBlock];
    ends.first = std::min(ends.first, number);
    ends.last = std::max(ends.last, number);
  }

  /// Places with numbers in [from, to), as stretches [low, high); these that lie in other blocks one by one.
  template <class Number, class Visit>
  void each_stretch(const std::vector<Number>& numbers, std::int64_t from, std::int64_t to, Visit&& visit) const {
    std::size_t low = 0, high = 0;  // blocks that are wholly inside, one after another
    for (std::size_t block = 0; block < ends_.size(); ++block) {
      const Ends ends = ends_[block];
      if (ends.last < from || ends.first >= to) continue;
      const std::size_t begin = block * kBlock, end = std::min(begin + kBlock, numbers.size());
      if (ends.first >= from && ends.last < to) {
        if (high != begin) {
          if (low < high) visit(low, high);
          low = begin;
        }
        high = end;
      } else {
        for (std::size_t i = begin; i < end; ++i)
          if (numbers[i] >= from && numbers[i] < to) visit(i, i + 1);
      }
    }
    if (low < high) visit(low, high);
  }
  /// The same places, each by itself.
  template <class Number, class Visit>
  void each(const std::vector<Number>& numbers, std::int64_t from, std::int64_t to, Visit&& visit) const {
    each_stretch(numbers, from, to, [&](std::size_t low, std::size_t high) {
      for (std::size_t i = low; i < high; ++i) visit(i);
    });
  }
  [[nodiscard]] std::size_t bytes() const { return bytes_of(ends_); }

 private:
  static constexpr std::size_t kBlock = 1024;
  struct Ends {
    std::int64_t first = INT64_MAX;
    std::int64_t last = INT64_MIN;
  };
  std::vector<Ends> ends_;
};

/// Puts the places of columns in the order of `numbers`; the new places of the old ones.
template <class Number, class... Column>
std::vector<std::uint32_t> arrange_by(const std::vector<Number>& numbers, Column&... columns) {
  std::vector<std::pair<Number, std::uint32_t>> order(numbers.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = {numbers[i], i};
  std::ranges::sort(order);
  const std::size_t room = order.size() + order.size() / 16 + 1024;  // else the first new row would move them all
  const auto reorder = [&](auto& column) {
    std::remove_reference_t<decltype(column)> arranged;
    arranged.reserve(room);
    for (const auto& [number, place] : order) arranged.push_back(std::move(column[place]));
    column = std::move(arranged);
  };
  (reorder(columns), ...);
  std::vector<std::uint32_t> places;
  places.reserve(room);
  places.resize(order.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) places[order[i].second] = i;
  return places;
}

/// Ids in pieces that one condition may name.
template <class Take>
void each_piece(const std::vector<Id>& ids, Take&& take) {
  constexpr std::size_t kIdsAtOnce = 500;
  for (std::size_t from = 0; from < ids.size(); from += kIdsAtOnce) {
    std::vector<Value> some;
    for (std::size_t i = from; i < std::min(from + kIdsAtOnce, ids.size()); ++i) some.emplace_back(ids[i]);
    take(std::move(some));
  }
}

/// An id as columns keep it; 0: none. `M13.id_range` where 32 bits do not hold it.
std::int32_t narrow_id(EntityNo entity, const Cell& cell);
/// A number of an enumeration for a narrow column; what only a later release knows is at most `most`.
std::uint8_t narrow_number(const Cell& cell, std::uint8_t most);

/// What a filler does whose columns follow from the rows of one entity alone.
struct OwnRowsFiller {
  static bool is_about(EntityNo) { return false; }
  static void touched(Unit&, const LogLine&, std::vector<Id>&) {}
  void finish(Unit&) {}
};

/// `Columns` has the rows in `id` and other vectors; `Columns::Filler` puts what `Columns::paths` reads into it, and tells which rows a line
/// of the log of another entity is about; `Columns::arrange`, if there is one, puts all places in another order than that of ids and gives the
/// new ones. Only where nothing that is read may be undone.
template <class Columns>
class Resident {
 public:
  /// As of the unit's snapshot.
  const Columns& up_to_date(Unit& unit) {
    const Version newest = unit.session.last_change();
    if (newest == seen_) return columns_;
    const auto touched = seen_ >= 0 && newest - seen_ < most_lines() ? touched_since(unit) : std::nullopt;
    seen_ = -1;  // until all is read
    if (!touched || !read_again(unit, *touched)) read_all(unit);
    seen_ = newest;
    return columns_;
  }

  [[nodiscard]] bool built() const { return seen_ >= 0; }
  [[nodiscard]] std::size_t bytes() const { return columns_.bytes() + bytes_of(by_id_); }

 private:
  static constexpr bool kArranged = requires(Columns& columns) { columns.arrange(); };
  static constexpr std::size_t kManyChanges = 20'000;  // of a whole reading costs less than reading each again

  /// A line of the log costs about as much to read as a row: of more of them all rows cost less.
  [[nodiscard]] Version most_lines() const { return static_cast<Version>(kManyChanges + columns_.id.size()); }

  /// Rows that the lines of the log after those seen touch; none where there are too many of them.
  std::optional<std::vector<Id>> touched_since(Unit& unit) {
    std::vector<Id> rows;
    bool few = true;
    unit.session.each_change(seen_, [&](const LogLine& line) {
      if (line.count > static_cast<std::int64_t>(kManyChanges))
        return few = line.entity != Columns::kEntity && !Columns::Filler::is_about(line.entity);
      if (line.entity == Columns::kEntity)
        for (Id id = line.id; id < line.id + line.count; ++id) rows.push_back(id);
      else
        Columns::Filler::touched(unit, line, rows);
      return few = rows.size() <= kManyChanges;
    });
    if (!few) return {};
    std::ranges::sort(rows);
    const auto twice = std::ranges::unique(rows);
    rows.erase(twice.begin(), twice.end());
    return rows;
  }

  void read_all(Unit& unit) {
    columns_ = {};
    Query query;
    query.entity = Columns::kEntity;
    query.columns = Columns::paths();
    typename Columns::Filler filler(columns_);
    {
      const auto cursor = unit.session.select(query);
      while (const Cell* cells = cursor->next()) filler.add(cells);
    }
    filler.finish(unit);
    if constexpr (kArranged) by_id_ = columns_.arrange();
  }

  /// Where the row with that id, or the first one after it, stands in the order of ids.
  [[nodiscard]] std::size_t rank(Id id) const {
    if constexpr (kArranged)
      return static_cast<std::size_t>(std::ranges::lower_bound(by_id_, id, {}, [&](std::uint32_t place) { return columns_.id[place]; }) - by_id_.begin());
    else
      return static_cast<std::size_t>(std::ranges::lower_bound(columns_.id, id) - columns_.id.begin());
  }
  [[nodiscard]] std::size_t place(std::size_t rank) const {
    if constexpr (kArranged)
      return by_id_[rank];
    else
      return rank;
  }
  [[nodiscard]] bool is_at(std::size_t rank, Id id) const { return rank < columns_.id.size() && columns_.id[place(rank)] == id; }

  /// Whether that was possible: not where a row belongs between others, or is no longer there.
  bool read_again(Unit& unit, const std::vector<Id>& ids) {
    typename Columns::Filler filler(columns_);
    std::size_t missing = 0;
    for (Id id : ids) missing += is_at(rank(id), id);
    bool in_order = true;
    each_piece(ids, [&](std::vector<Value> some) {
      Query query;
      query.entity = Columns::kEntity;
      query.columns = Columns::paths();
      query.filter = where::in(kId, std::move(some));
      const auto cursor = unit.session.select(query);
      while (const Cell* cells = cursor->next()) {
        const std::size_t at = rank(cells[0].integer);
        if (is_at(at, cells[0].integer)) {
          filler.set(place(at), cells);
          --missing;
        } else if (at == columns_.id.size()) {
          if constexpr (kArranged) by_id_.push_back(static_cast<std::uint32_t>(at));
          filler.add(cells);
        } else {
          in_order = false;  // a host gives ids of his own
        }
      }
    });
    filler.finish(unit);
    return in_order && missing == 0;
  }

  Version seen_ = -1;
  Columns columns_;
  std::vector<std::uint32_t> by_id_;              ///< places in the order of ids, if they are in another one
};

}  // namespace crm
