// Time, notices, queues and access as JSON (E4, E9, E12, M6, X5).
#include "crm/services/json_door.hpp"
#include "json_parts.hpp"

namespace json = boost::json;

namespace crm {

std::string tick_json(const TickReport& report) {
  json::object out{{"overdue", report.overdue},     {"escalated", report.escalated}, {"dismissed", report.dismissed},
                   {"rescored", report.rescored},   {"delivered", report.delivered}, {"failed", report.failed},
                   {"more", report.more}};
  if (report.next) out["next"] = to_string(*report.next);
  return json::serialize(out);
}

std::string notices_json(const std::vector<NoticeMessage>& messages) {
  json::array out;
  for (const NoticeMessage& message : messages) out.push_back(json::parse(notice_json(message)));
  return json::serialize(out);
}

std::string access_json(const AccessExplain& explain) {
  static constexpr const char* kSights[] = {"nothing", "name", "contacts", "whole"};
  json::array reasons;
  for (const std::string& reason : explain.reasons) reasons.emplace_back(reason);
  return json::serialize(json::object{
      {"sight", kSights[static_cast<int>(explain.sight)]}, {"may_edit", explain.may_edit}, {"reasons", std::move(reasons)}});
}

std::string events_json(const std::vector<Event>& events) { return json::serialize(json_array(events)); }

}  // namespace crm
