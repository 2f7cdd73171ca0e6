// Pieces of JSON answers.
#pragma once

#include <algorithm>
#include <boost/json.hpp>
#include <span>
#include <string>
#include <vector>

#include "crm/base/text.hpp"
#include "crm/meta/json.hpp"
#include "meta/json_value.hpp"
#include "unit.hpp"

namespace crm {

/// As `parse_json`, by the limits of the handle.
inline boost::json::value parse_json(const Crm& crm, std::string_view text) {
  return crm::parse_json(text, std::min(crm.limits().nesting, Limits::kDeepest));
}

template <class E>
boost::json::object json_of(const E& entity) {
  return crm::json_of(Record(entity_info(E::kEntity), to_row(entity)));
}

template <class E>
boost::json::array json_array(const std::vector<E>& entities) {
  boost::json::array out;
  for (const E& entity : entities) out.push_back(json_of(entity));
  return out;
}

template <class E>
boost::json::array json_ids(const std::vector<IdOf<E>>& ids) {
  boost::json::array out;
  for (IdOf<E> id : ids) out.push_back(id.value);
  return out;
}

boost::json::array json_of(const std::vector<CharacteristicOf>& all, Language language);

[[noreturn]] inline void bad_json(const boost::json::value& at, std::string detail) {
  refuse(Code::invalid_argument, {"json.kind", 0, 0, 0, shorten(boost::json::serialize(at)), std::move(detail)});
}

/// Members of a question.
inline std::string_view text_in(const boost::json::value& value, const char* name) {
  if (!value.is_string()) bad_json(value, std::string(name) + ": a text");
  return value.get_string();
}

inline std::int64_t number_in(const boost::json::value& value, const char* name) {
  if (!value.is_int64()) bad_json(value, std::string(name) + ": an integer");
  return value.get_int64();
}

inline const boost::json::array& array_in(const boost::json::value& value, const char* name) {
  if (!value.is_array()) bad_json(value, std::string(name) + ": an array");
  return value.get_array();
}

inline const boost::json::object& object_in(const boost::json::value& value, const char* name) {
  if (!value.is_object()) bad_json(value, std::string(name) + ": an object");
  return value.get_object();
}

inline Date date_in(const boost::json::value& value, const char* name) {
  const auto day = parse_date(text_in(value, name));
  if (!day) bad_json(value, std::string(name) + ": a date, \"2026-03-02\"");
  return *day;
}

/// The place of a word among those that are known.
inline std::size_t one_of(const boost::json::value& value, std::span<const std::string_view> words, const char* name) {
  std::string wanted = std::string(name) + ":";
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (value.is_string() && value.get_string() == words[i]) return i;
    wanted += (i ? ", " : " ") + std::string(words[i]);
  }
  bad_json(value, wanted);
}

template <class E>
std::vector<IdOf<E>> ids_in(const boost::json::value& value, const char* name) {
  std::vector<IdOf<E>> ids;
  for (const boost::json::value& id : array_in(value, name)) ids.push_back({number_in(id, name)});
  return ids;
}

inline bool flag_in(const boost::json::value& value, const char* name) {
  if (!value.is_bool()) bad_json(value, std::string(name) + ": true or false");
  return value.get_bool();
}

struct ExternalKey {
  std::string system, kind, key;
};

/// Of {"system", "kind", "key"}.
ExternalKey external_key(const boost::json::value& given);

/// Members {"$external": {"system", "kind", "key"}} become the id of the record that the host knows so.
void resolve_external(Crm& crm, boost::json::object& object);

/// One value of a characteristic, or an array of them.
std::vector<Value> characteristic_values(const boost::json::value& given);

/// The number of a code of an enumeration.
template <class E>
E code_in(const char* enumeration, const boost::json::value& given) {
  for (const EnumInfo* info : enumerations()) {
    if (std::string_view(info->name) != enumeration) continue;
    const EnumValue* value = given.is_string() ? info->find(std::string_view(given.get_string())) : nullptr;
    if (value) return static_cast<E>(value->number);
    std::string codes;
    for (const EnumValue& known : info->values) codes += (codes.empty() ? "" : ", ") + std::string(known.code);
    bad_json(given, std::string(enumeration) + ": one of " + codes);
  }
  bad_json(given, enumeration);
}

}  // namespace crm
