// Questions to the host and its answers as JSON (X1).
#include "crm/services/json_door.hpp"
#include "json_parts.hpp"

namespace json = boost::json;

namespace crm {
namespace {

[[noreturn]] void failed(const char* part, std::string how) {
  throw Error(Code::host, std::vector<Violation>{{"X1.host", 0, 0, 0, part, std::move(how)}});
}

[[noreturn]] void nonsense(const char* part, const json::value& answer, const char* wanted) {
  failed(part, "it answered " + shorten(json::serialize(answer)) + ", not " + wanted);
}

// What dates and instants as texts can say.
constexpr Instant kFirst = std::chrono::sys_days(std::chrono::year(1400) / 1 / 1);
constexpr Instant kEnd = std::chrono::sys_days(std::chrono::year(10000) / 1 / 1);

json::value answer_of(const char* part, std::string_view text) {
  if (text.empty()) failed(part, "it gave no answer");
  try {
    return parse_json(text);
  } catch (const Error&) {
    nonsense(part, json::string(text), "JSON");
  }
}

}  // namespace

std::string json_text(std::string_view text) { return json::serialize(json::string(text)); }

std::string notice_json(const NoticeMessage& message) {
  json::object one = json_of(message.notice);
  one["text"] = message.text;
  return json::serialize(one);
}

std::string authority_json(UserId user, RecordRef record, Do what) {
  const char* const done = what == Do::insert ? "insert" : what == Do::erase ? "erase" : "update";
  return json::serialize(
      json::object{{"user_id", user.value}, {"entity", entity_info(record.entity).name}, {"id", record.id}, {"done", done}});
}

Instant host_instant(std::string_view text) {
  const json::value answer = answer_of("clock", text);
  std::optional<Instant> at;
  if (answer.is_int64()) at = instant_of(answer.get_int64());
  if (answer.is_string()) at = parse_instant(answer.get_string());
  if (!at || *at < kFirst || *at >= kEnd) nonsense("clock", answer, "an instant");
  return *at;
}

std::optional<GeoPoint> host_position(std::string_view text) {
  const json::value answer = answer_of("geocode", text);
  if (answer.is_null()) return {};
  const json::object* object = answer.if_object();
  const auto degrees = [&](const char* name) {
    const json::value* found = object ? object->if_contains(name) : nullptr;
    if (!found || !found->is_number()) nonsense("geocode", answer, "a latitude and a longitude");
    return found->to_number<double>();
  };
  GeoPoint position{degrees("latitude"), degrees("longitude"), Address::Precision::house};
  if (const json::value* given = object->if_contains("precision")) {
    const EnumInfo& precisions = *entity_info(Address::kEntity).at(Address::kPrecision).values;
    const EnumValue* precision = given->is_string() ? precisions.find(std::string_view(given->get_string())) : nullptr;
    if (!precision) nonsense("geocode", answer, "a precision: none, settlement, street or house");
    position.precision = static_cast<Address::Precision>(precision->number);
  }
  return position;
}

bool host_flag(const char* part, std::string_view text) {
  const json::value answer = answer_of(part, text);
  if (!answer.is_bool()) nonsense(part, answer, "true or false");
  return answer.get_bool();
}

std::string host_objection(std::string_view text) {
  const json::value answer = answer_of("authorise", text);
  if (answer.is_null() || (answer.is_bool() && answer.get_bool())) return {};
  if (!answer.is_bool() && !answer.is_string()) nonsense("authorise", answer, "true, false or the reason why not");
  const bool has_reason = answer.is_string() && !answer.get_string().empty();
  return has_reason ? std::string(answer.get_string()) : "no";
}

FeedPage host_page(const char* part, std::string_view text) {
  const json::value answer = answer_of(part, text);
  const json::object* object = answer.if_object();
  const json::value* records = object ? object->if_contains("records") : nullptr;
  const json::value* next = object ? object->if_contains("next") : nullptr;
  const json::value* more = object ? object->if_contains("more") : nullptr;
  if (!records || !records->is_array() || !next || !next->is_string() || (more && !more->is_bool()))
    nonsense(part, answer, "{\"records\": [...], \"next\": \"...\", \"more\": false}");
  return {json::serialize(*records), std::string(next->get_string()), more && more->get_bool()};
}

std::string feed_json(const FeedReport& report, Language language) {
  json::object out{{"records", report.records}, {"pages", report.pages}, {"more", report.more}};
  if (!report.warnings.empty()) out["warnings"] = json::parse(violations_json(report.warnings, language));
  return json::serialize(out);
}

}  // namespace crm
