#include "json_at.hpp"

#include <algorithm>

#include "crm/base/text.hpp"

namespace json = boost::json;

namespace crm {
namespace {

/// Puts the way from `from` to `wanted` into `place`; false if it is not inside.
bool find_place(const json::value& from, const json::value* wanted, std::string& place) {
  if (&from == wanted) return true;
  const std::size_t length = place.size();
  if (const json::object* object = from.if_object()) {
    for (const auto& member : *object) {
      place.append(length ? "." : "").append(member.key());
      if (find_place(member.value(), wanted, place)) return true;
      place.resize(length);
    }
  } else if (const json::array* array = from.if_array()) {
    for (std::size_t i = 0; i < array->size(); ++i) {
      place += '[' + std::to_string(i) + ']';
      if (find_place((*array)[i], wanted, place)) return true;
      place.resize(length);
    }
  }
  return false;
}

/// "limit: " of "sections[0].pivot.limit"; of an element, the array's name.
std::string name_before(const JsonAt& at) {
  std::string place = at.place();
  while (place.ends_with(']')) place.resize(place.rfind('['));
  place.erase(0, place.rfind('.') + 1);
  return place.empty() ? place : place + ": ";
}

std::string named(const char* what, const char* wanted) { return *what ? what + std::string(": ") + wanted : wanted; }

}  // namespace

std::string JsonAt::place() const {
  std::string place;
  find_place(*document_, value_, place);
  return place;
}

void put_place(std::vector<Violation>& violations, std::string_view place) {
  if (place.empty()) return;
  const auto told = std::ranges::find(violations, "json.place", &Violation::rule);
  if (told == violations.end()) {
    violations.push_back({"json.place", 0, 0, 0, std::string(place), ""});
  } else {
    told->value = std::string(place) + (told->value.starts_with('[') ? "" : ".") + told->value;
  }
}

void refuse_at(const JsonAt& at, Code code, Violation violation) {
  std::vector<Violation> violations{std::move(violation)};
  if (std::string place = at.place(); !place.empty()) violations.push_back({"json.place", 0, 0, 0, std::move(place), ""});
  throw Error(code, std::move(violations));
}

void bad_json(const JsonAt& at, std::string wanted) {
  refuse_at(at, Code::invalid_argument, {"json.kind", 0, 0, 0, shorten(json::serialize(*at)), name_before(at) + wanted});
}

void unknown_member(const JsonMember& member, std::string known) {
  refuse_at(member.value, Code::invalid_argument,
            {"json.kind", 0, 0, 0, shorten(json::serialize(json::string(member.name))), std::move(known)});
}

void only_members(const JsonAt& object, std::initializer_list<std::string_view> known) {
  for (const JsonMember& member : members_in(object)) {
    if (std::ranges::find(known, member.name) != known.end()) continue;
    std::string names;
    for (const std::string_view name : known) names += (names.empty() ? "" : ", ") + std::string(name);
    unknown_member(member, names);
  }
}

std::vector<JsonMember> members_in(const JsonAt& at, const char* what) {
  if (!at->is_object()) bad_json(at, named(what, "an object"));
  std::vector<JsonMember> members;
  members.reserve(at->get_object().size());
  for (const auto& member : at->get_object()) members.push_back({member.key(), at.inside(member.value())});
  return members;
}

std::vector<JsonAt> elements_in(const JsonAt& at, const char* what) {
  if (!at->is_array()) bad_json(at, named(what, "an array"));
  std::vector<JsonAt> elements;
  elements.reserve(at->get_array().size());
  for (const json::value& element : at->get_array()) elements.push_back(at.inside(element));
  return elements;
}

std::string_view text_in(const JsonAt& at) {
  if (!at->is_string()) bad_json(at, "a text");
  return at->get_string();
}

std::int64_t number_in(const JsonAt& at) {
  if (!at->is_int64()) bad_json(at, "an integer");
  return at->get_int64();
}

bool flag_in(const JsonAt& at) {
  if (!at->is_bool()) bad_json(at, "true or false");
  return at->get_bool();
}

Date date_in(const JsonAt& at) {
  const auto day = at->is_string() ? parse_date(at->get_string()) : std::nullopt;
  if (!day) bad_json(at, "a date, \"2026-03-02\"");
  return *day;
}

Instant instant_in(const JsonAt& at) {
  const auto instant = at->is_string() ? parse_instant(at->get_string()) : std::nullopt;
  if (!instant) bad_json(at, "an instant, \"2026-03-02T09:00:00Z\"");
  return *instant;
}

std::size_t one_of(const JsonAt& at, std::span<const std::string_view> words) {
  std::string wanted;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (at->is_string() && at->get_string() == words[i]) return i;
    wanted += (i ? ", " : "") + std::string(words[i]);
  }
  bad_json(at, wanted);
}

}  // namespace crm
