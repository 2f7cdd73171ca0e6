// Where in a text of JSON a refusal says that the fault stands.
#pragma once

#include <functional>
#include <string>

#include "crm/base/error.hpp"

namespace crm::test {

/// The place that a refusal tells.
inline std::string place_of(const std::function<void()>& call) {
  try {
    call();
  } catch (const Error& error) {
    for (const Violation& violation : error.violations())
      if (violation.rule == "json.place") return violation.value;
    return "no place: " + error.message();
  }
  return "not refused";
}

}  // namespace crm::test
