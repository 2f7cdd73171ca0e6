// Pieces of JSON answers.
#pragma once

#include <algorithm>
#include <boost/json.hpp>
#include <span>
#include <string>
#include <vector>

#include "crm/base/text.hpp"
#include "crm/meta/json.hpp"
#include "meta/json_at.hpp"
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

template <class E>
std::vector<IdOf<E>> ids_in(const JsonAt& at) {
  std::vector<IdOf<E>> ids;
  for (const JsonAt& id : elements_in(at)) ids.push_back({number_in(id)});
  return ids;
}

struct ExternalKey {
  std::string system, kind, key;
};

/// Of {"system", "kind", "key"}.
ExternalKey external_key(const JsonAt& given);

/// Members {"$external": {"system", "kind", "key"}} become the id of the record that the host knows so.
void resolve_external(Crm& crm, boost::json::object& object);

/// A question as its members, of which those that refer to the host's ids are resolved.
boost::json::value question(Crm& crm, std::string_view text, const char* what);

/// One value of a characteristic, or an array of them.
std::vector<Value> characteristic_values(const JsonAt& given);

/// The number of a code of an enumeration.
template <class E>
E code_in(const char* enumeration, const JsonAt& given) {
  for (const EnumInfo* info : enumerations()) {
    if (std::string_view(info->name) != enumeration) continue;
    const EnumValue* value = given->is_string() ? info->find(std::string_view(given->get_string())) : nullptr;
    if (value) return static_cast<E>(value->number);
    std::string codes;
    for (const EnumValue& known : info->values) codes += (codes.empty() ? "" : ", ") + std::string(known.code);
    bad_json(given, "one of " + codes);
  }
  bad_json(given, enumeration);
}

}  // namespace crm
