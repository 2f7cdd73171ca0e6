// Text as a typesetter leaves it.
#pragma once

#include <string>
#include <string_view>

namespace crm::report {

/// No line ends after a short word ("от", "И.", "№") or begins with a dash: those spaces are no-break ones.
std::string typeset(std::string_view text);

}  // namespace crm::report
