/// Which events a report counts.
#pragma once

#include <cstdint>

namespace crm {

/// By their start (Definitions, Numbers: held for every report).
enum class EventsCounted : std::int32_t {
  held = 0,       ///< held and not returned by verification
  held_any = 1,   ///< held, whatever the verification
  accepted = 2,   ///< held and accepted
  all = 3,        ///< in any state; of a pivot alone
};

}  // namespace crm
