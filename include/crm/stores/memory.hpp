/// A store in memory: the reference by which the others are tested, and a base for unit tests.
#pragma once

#include <memory>

#include "crm/store/store.hpp"

namespace crm {

/// Empty; lives as long as the handle.
std::unique_ptr<Store> open_memory_store(Schema schema);

}  // namespace crm
