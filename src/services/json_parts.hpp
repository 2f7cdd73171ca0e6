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

[[noreturn]] inline void bad_json(const boost::json::value& at, std::string detail) {
  refuse(Code::invalid_argument, {"json.kind", 0, 0, 0, shorten(boost::json::serialize(at)), std::move(detail)});
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
