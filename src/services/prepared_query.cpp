// Prepared queries: their parameters, their rows as JSON (E10).
#include <algorithm>

#include "crm/services/json_door.hpp"
#include "meta/json_value.hpp"
#include "query_values.hpp"
#include "select.hpp"
#include "sizes.hpp"

namespace crm {

PreparedQuery::PreparedQuery() : parts_(std::make_unique<QueryParts>()) {}
PreparedQuery::~PreparedQuery() = default;

void PreparedQuery::bind(std::int32_t index, const Value& value) {
  std::vector<std::pair<Slot*, Value>> taken;
  for (Slot& slot : parts_->slots)
    if (slot.index == index) taken.emplace_back(&slot, bound(index, value, slot.wanted));
  if (taken.empty()) refuse(Code::invalid_argument, {"query.bad", 0, 0, 0, std::to_string(index), "the query has no such parameter"});
  for (auto& [slot, as_wanted] : taken) {
    slot->value = std::move(as_wanted);
    slot->bound = true;
  }
}

void PreparedQuery::settle(Crm& crm) {
  for (const Slot& slot : parts_->slots)
    if (!slot.bound)
      refuse(Code::misuse, {"query.bad", 0, 0, 0, std::to_string(slot.index), "the parameter is not bound"});
  for (const auto& [position, slot] : parts_->after) query_.after[position] = parts_->slots[slot].value;
  if (parts_->late.empty()) return;
  const auto make = [&](const Run& run) {
    for (const Late& late : parts_->late) *late.place = placed(late.at, [&] { return late.make(run); });
  };
  if (std::ranges::any_of(parts_->late, &Late::reads)) {
    reading(*crm.state_, [&](Unit& unit) { make(Run{unit.now, &unit}); });
  } else {
    make(Run{crm.now(), nullptr});
  }
}

Rows PreparedQuery::run(Crm& crm) {
  settle(crm);
  return crm.select(query_);
}

Rows PreparedQuery::run_with_place(Crm& crm) {
  settle(crm);
  check_size(crm.limits(), query_);
  Query query = query_;
  for (const Order& order : query_.order) query.columns.push_back(order.path);
  query.columns.emplace_back(kId);
  return select_rows(*crm.state_, std::move(query));
}

namespace {

/// Null for id and version.
const FieldInfo* field_at(EntityNo entity, const Path& path) {
  const EntityInfo* at = &entity_info(entity);
  for (FieldNo via : path.via)
    if (via) at = &entity_info(at->at(via).refers);
  return at->find(path.field);
}

}  // namespace

std::string query_json(Crm& crm, std::string_view text) {
  const Interrupt::Call one = crm.as_one_call();
  PreparedQuery prepared(crm, text);
  return rows_json(crm, prepared);
}

std::string rows_json(Crm& crm, PreparedQuery& prepared) {
  const Interrupt::Call one = crm.as_one_call();
  const Query& query = prepared.query();
  const std::size_t shown = query.columns.size();
  const std::size_t columns = shown + query.order.size() + 1;

  // Written as text at once: a script's thousand rows are half as dear as through values of JSON.
  std::string out = R"({"columns":[)";
  for (std::size_t i = 0; i < shown; ++i) {
    if (i) out += ',';
    append_json(out, prepared.columns()[i].name);
  }
  out += R"(],"rows":[)";
  std::int64_t count = 0;
  std::vector<Value> last;
  Rows cursor = prepared.run_with_place(crm);
  while (const Cell* cells = cursor.next()) {
    check_rows(crm.limits(), static_cast<std::size_t>(count) + 1);
    check_bytes(crm.limits(), out.size());
    out += count++ ? ",[" : "[";
    for (std::size_t i = 0; i < shown; ++i) {
      if (i) out += ',';
      append_json(out, prepared.columns()[i].field, cells[i]);
    }
    out += ']';
    if (count == query.limit)
      for (std::size_t i = shown; i < columns; ++i) last.push_back(to_value(cells[i]));
  }
  out += ']';
  if (!last.empty()) {
    out += R"(,"next":[)";
    for (std::size_t i = 0; i < last.size(); ++i) {
      if (i) out += ',';
      append_json(out, i < query.order.size() ? field_at(query.entity, query.order[i].path) : nullptr, to_cell(last[i]));
    }
    out += ']';
  }
  out += '}';
  check_bytes(crm.limits(), out.size());
  return out;
}

}  // namespace crm
