// Old values of a line of the change log as one compact binary text, for stores that keep it so.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "crm/base/numbers.hpp"
#include "crm/store/value.hpp"

namespace crm {

/// Field number, kind and value, one after another; integers and lengths in seven-bit groups.
std::string encode_old(const std::vector<std::pair<FieldNo, Value>>& old);
/// Throws `corrupt` (`store.io`) when the text ends too early.
std::vector<std::pair<FieldNo, Value>> decode_old(std::string_view bytes);

}  // namespace crm
