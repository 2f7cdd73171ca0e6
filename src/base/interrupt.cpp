#include "crm/base/interrupt.hpp"

#include "crm/base/error.hpp"

namespace crm {

void Interrupt::end() {
  ++ended_;
  throw Error(Code::interrupted, std::vector<Violation>{{"call.interrupted", 0, 0, 0, "", ""}});
}

}  // namespace crm
