/// Ids as types: a `CompanyId` cannot be passed where a `UserId` is meant.
#pragma once

#include <compare>
#include <functional>

#include "crm/base/numbers.hpp"

namespace crm {

/// Identity of one `E`. Default: none.
template <class E>
struct IdOf {
  Id value = 0;

  explicit operator bool() const { return value != 0; }
  friend auto operator<=>(IdOf, IdOf) = default;
};

/// Any record: which entity and which one of it.
struct RecordRef {
  EntityNo entity = 0;
  Id id = 0;

  explicit operator bool() const { return entity != 0 && id != 0; }
  friend auto operator<=>(const RecordRef&, const RecordRef&) = default;
};

}  // namespace crm

template <class E>
struct std::hash<crm::IdOf<E>> {
  std::size_t operator()(crm::IdOf<E> id) const { return std::hash<crm::Id>{}(id.value); }
};
