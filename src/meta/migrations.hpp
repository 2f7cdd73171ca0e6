// Upgrade steps of the schema.
#pragma once

#include <vector>

#include "crm/meta/meta.hpp"

namespace crm {

/// Ascending by version; the first release has none.
std::vector<Migration> migrations();

}  // namespace crm
