#include "select.hpp"

#include <algorithm>

#include "crm/base/error.hpp"
#include "matcher.hpp"

namespace crm::rows {
namespace {

// A row with the values it is ordered by, the id as the last one.
struct Placed {
  const Row* row;
  std::vector<Cell> keys;
};

class Sequence {
 public:
  Sequence(Keeper& keeper, const Shelf& shelf, const std::vector<Order>& order) {
    for (const Order& by : order) keys_.push_back({Way(keeper, shelf, by.path), by.descending});
    keys_.push_back({Way(keeper, shelf, kId), !order.empty() && order.back().descending});
  }

  [[nodiscard]] Placed place(const Row& row) const {
    Placed placed{&row, {}};
    placed.keys.reserve(keys_.size());
    for (const Key& key : keys_) placed.keys.push_back(key.way.value(row));
    return placed;
  }
  [[nodiscard]] bool before(const std::vector<Cell>& a, const std::vector<Cell>& b) const {
    for (std::size_t i = 0; i < keys_.size(); ++i)
      if (const int side = compare(a[i], b[i]); side != 0) return keys_[i].descending ? side > 0 : side < 0;
    return false;
  }
  [[nodiscard]] std::size_t size() const { return keys_.size(); }

 private:
  struct Key {
    Way way;
    bool descending;
  };
  std::vector<Key> keys_;
};

std::vector<const Row*> matching(Keeper& keeper, const Shelf& shelf, const Query& query) {
  const Filter everything;
  const Matcher matcher(keeper, shelf, query.filter ? *query.filter : everything);
  std::vector<const Row*> rows = matcher.candidates();
  std::erase_if(rows, [&](const Row* row) { return !matcher.matches(*row); });
  return rows;
}

std::vector<Placed> ordered(Keeper& keeper, const Shelf& shelf, const Query& query) {
  const Sequence sequence(keeper, shelf, query.order);
  std::vector<Cell> after;
  for (const Value& value : query.after) after.push_back(to_cell(value));
  if (!after.empty() && after.size() != sequence.size())
    throw Error(Code::invalid_argument, "a page needs a value for every order and the id");

  std::vector<Placed> rows;
  for (const Row* row : matching(keeper, shelf, query)) {
    Placed placed = sequence.place(*row);
    if (after.empty() || sequence.before(after, placed.keys)) rows.push_back(std::move(placed));
  }
  const auto before = [&](const Placed& a, const Placed& b) {
    keeper.check_interrupt();
    return sequence.before(a.keys, b.keys);
  };
  const std::int64_t size = std::ssize(rows);
  const std::int64_t first = std::min(query.offset, size);
  if (query.limit > 0 && query.limit < size - first) {
    const auto last = static_cast<std::size_t>(first + query.limit);
    std::partial_sort(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(last), rows.end(), before);
    rows.resize(last);
  } else {
    std::sort(rows.begin(), rows.end(), before);
  }
  return rows;
}

}  // namespace

Answer select(Keeper& keeper, const Query& query) {
  const Shelf& shelf = keeper.shelf(query.entity);
  if (query.limit < 0 || query.offset < 0) throw Error(Code::invalid_argument, "limit and offset cannot be negative");
  std::vector<Way> columns;
  for (const Path& path : query.columns) columns.emplace_back(keeper, shelf, path);

  const std::vector<Placed> rows = ordered(keeper, shelf, query);
  Answer answer;
  answer.columns = columns.size();
  answer.values.reserve(columns.size() * rows.size());
  const std::int64_t first = std::min<std::int64_t>(query.offset, std::ssize(rows));
  for (auto i = static_cast<std::size_t>(first); i < rows.size(); ++i, ++answer.rows)
    for (const Way& way : columns) answer.values.push_back(to_value(way.value(*rows[i].row)));
  return answer;
}

}  // namespace crm::rows
