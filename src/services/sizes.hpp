// Whether a question and its answer keep within the limits of the handle.
#pragma once

#include <optional>
#include <string_view>

#include "crm/base/error.hpp"
#include "crm/meta/meta.hpp"
#include "crm/services/limits.hpp"
#include "crm/store/query.hpp"

namespace crm {

/// Throw `limit.nesting`, `limit.conditions`, `limit.values`, `limit.columns`, `limit.search`, `limit.text` for a question as it was asked, before
/// anything is added to it.
void check_size(const Limits& limits, const Filter& filter);
void check_size(const Limits& limits, const Query& query);
void check_size(const Limits& limits, const Aggregate& aggregate);
/// `limit.conditions` for so many that were read up to now.
void check_conditions(const Limits& limits, std::size_t count);
/// `field.too_long` for a text of a record; what is derived follows from others that are within the limit each.
std::optional<Violation> too_long(const Limits& limits, const EntityInfo& entity, const FieldInfo& field, Id record, const Cell& value);
/// `limit.search`
void check_searched(const Limits& limits, std::string_view text);
/// `limit.values` for a list of so many
void check_values(const Limits& limits, std::size_t count);

/// Throw `limit.rows`, `limit.bytes` for an answer of so many, or of so many up to now.
void check_rows(const Limits& limits, std::size_t count);
void check_bytes(const Limits& limits, std::size_t count);
template <class Rows>
Rows within_limits(const Limits& limits, Rows rows) {
  check_rows(limits, rows.size());
  return rows;
}

}  // namespace crm
