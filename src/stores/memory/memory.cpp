#include "crm/stores/memory.hpp"

#include <utility>

#include "base.hpp"

namespace crm {

std::unique_ptr<Store> open_memory_store(Schema schema) {
  return rows::store_of(std::make_unique<memory::Base>(std::move(schema)));
}

}  // namespace crm
