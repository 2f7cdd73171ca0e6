// Asking the host (X1).
#pragma once

#include <exception>
#include <new>
#include <string>
#include <utility>

#include "crm/base/error.hpp"

namespace crm {

/// What a function of the host's port gives; what it throws, but for our own errors and want of memory, as `X1.host` with the name of the part.
template <class Function, class... Given>
auto ask_host(const std::string& part, const Function& function, Given&&... given) {
  try {
    return function(std::forward<Given>(given)...);
  } catch (const Error&) {
    throw;
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const std::exception& error) {
    throw Error(Code::host, std::vector<Violation>{{"X1.host", 0, 0, 0, part, error.what()}});
  } catch (...) {
    throw Error(Code::host, std::vector<Violation>{{"X1.host", 0, 0, 0, part, "an exception of no standard class"}});
  }
}

}  // namespace crm
