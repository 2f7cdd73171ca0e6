// Pieces of JSON answers.
#pragma once

#include <boost/json.hpp>
#include <vector>

#include "crm/base/text.hpp"
#include "crm/meta/json.hpp"
#include "meta/json_value.hpp"
#include "unit.hpp"

namespace crm {

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

struct ExternalKey {
  std::string system, kind, key;
};

/// Of {"system", "kind", "key"}.
ExternalKey external_key(const boost::json::value& given);

/// Members {"$external": {"system", "kind", "key"}} become the id of the record that the host knows so.
void resolve_external(Crm& crm, boost::json::object& object);

/// One value of a characteristic, or an array of them.
std::vector<Value> characteristic_values(const boost::json::value& given);

}  // namespace crm
