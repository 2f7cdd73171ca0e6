/// A store over a host's own storage, given as the table of callbacks of the C ABI (X2).
#pragma once

#include <memory>

#include "crm/store/store.hpp"

extern "C" {
struct crm_store;
}

namespace crm {

/// `table` is copied; crm.h says what each callback does and which may be absent. All questions are answered by the core over rows
/// by id. Throws `invalid_argument` (`store.callback`) if a required one is null, `host` (`store.host`) for what a callback says or for an
/// answer that makes no sense, `busy` (`store.locked`), `unsupported` (`store.newer_schema`). `destroy` is called once, also when this throws.
std::unique_ptr<Store> open_host_store(Schema schema, const crm_store& table);

/// Calls `destroy` of a table that is not going to be opened after all.
void give_up_host_store(const crm_store& table);

}  // namespace crm
