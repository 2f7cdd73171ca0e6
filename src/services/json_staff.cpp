// The staff as JSON (M1-M7).
#include "crm/services/json_door.hpp"
#include "json_parts.hpp"

namespace json = boost::json;

namespace crm {
namespace {

json::object counts_of(const EventCounts& counts) {
  json::object out;
  for (const EnumInfo* info : enumerations()) {
    if (std::string_view(info->name) != "effective_state") continue;
    for (const EnumValue& state : info->values) out[state.code] = counts.states[static_cast<std::size_t>(state.number)];
  }
  return out;
}

json::object row_of(const StaffRow& row) {
  return {{"user", json_of(row.user)},     {"department", row.department}, {"position", row.position},
          {"supervisor", row.supervisor},  {"in_service", row.in_service}, {"main", row.portfolio.main},
          {"assistant", row.portfolio.assistant}, {"events", counts_of(row.events)}};
}

}  // namespace

std::string staff_json(const std::vector<StaffRow>& rows) {
  json::array out;
  for (const StaffRow& row : rows) out.push_back(row_of(row));
  return json::serialize(out);
}

std::string user_card_json(Crm& crm, UserId user, std::optional<Date> day) {
  const UserCard card = crm.user_card(user, day);
  json::object out = row_of(card.row);
  out["placements"] = json_array(card.placements);
  out["employments"] = json_array(card.employments);
  out["supervisors"] = json_ids(card.supervisors);
  out["subordinates"] = json_ids(card.subordinates);
  out["contacts"] = json_array(card.contacts);
  out["nodes"] = json_array(card.nodes);
  out["characteristics"] = json_of(card.characteristics, crm.language());
  out["documents"] = json_array(card.documents);
  return json::serialize(out);
}

}  // namespace crm
