// A store whose calls end when somebody interrupts them, whatever it is made of.
#pragma once

#include <memory>

#include "crm/base/interrupt.hpp"
#include "crm/store/store.hpp"

namespace crm {

/// Each call of it, and each row, asks `interrupt` before. A session that writes is lost with the call that was ended in it
/// (`store.unit_lost`); what goes back, and a commit that has begun, goes on to its end.
std::unique_ptr<Store> heeding_store(std::unique_ptr<Store> store, Interrupt& interrupt);

}  // namespace crm
