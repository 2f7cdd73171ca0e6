#include "facts.hpp"

namespace crm::years {

void check_notices(const Evening&) {}

}  // namespace crm::years
