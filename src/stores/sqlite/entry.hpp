// By which index the table of a question is entered: told by what is asked alone, never by figures of the rows.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "crm/store/query.hpp"
#include "crm/store/schema.hpp"

namespace crm::sqlite {

/// SQLite chooses by sqlite_stat1, which stands in a base or not, is of the day when the base was small, or is the host's: in the session that
/// filled a base each row of a table was compared with all of another. So the index stands in the text. It is the one of which most leading
/// fields are compared with a value (codes of few values do not count), then one with a range after them, then one that gives the order of a page;
/// of equals the first one of the entity, whose indexes stand in the order of how few rows they find.
struct Entry {
  std::optional<std::size_t> index;
  bool by_id = false;           ///< the rows' own ids are given
  /// The condition on a field behind one reference whose rows are read first, by `far_index`; these of the entity then by `index`.
  const Filter* far = nullptr;
  std::size_t far_index = 0;

  /// To stand behind the name of the entity's table.
  [[nodiscard]] std::string hint(const EntityDef& entity) const;
};

/// The conditions of a filter that must all hold.
std::vector<const Filter*> conjunction(const Filter& filter);

/// For rows in the order of `page`, empty if they are sorted afterwards. No index: SQLite reads the table as it likes, from its beginning to its
/// end, or of each part of an `any` by an index of its own.
Entry entry_of(const Schema& schema, const EntityDef& entity, std::span<const Filter* const> conditions, std::span<const Order> page);
/// For rows whose `link` has a given value; none: no index leads to them.
std::optional<Entry> entry_by(const EntityDef& entity, FieldNo link, std::span<const Filter* const> conditions);

std::string index_name(const EntityDef& entity, std::size_t number);

}  // namespace crm::sqlite
