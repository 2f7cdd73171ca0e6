// Every function of the C ABI by its name, called with what a giver of arguments gives: a new one is called by itself.
#pragma once

#include <crm/crm.h>

#include <cstdint>
#include <functional>
#include <map>
#include <string_view>

#include "../../capi/functions.hpp"

namespace crm::test {

/// What a call is made with. Handles stay the giver's; texts live until the call has returned.
class Arguments {
 public:
  virtual ~Arguments() = default;
  virtual std::int64_t number(const capi::Param& param) = 0;
  virtual double real(const capi::Param& param) = 0;
  /// Ended by a zero; of `bytes`, whose length is asked as a number next.
  virtual const char* text(const capi::Param& param) = 0;

  crm_db* db = nullptr;
  crm_record* record = nullptr;
  crm_query* query = nullptr;
  crm_cursor* cursor = nullptr;
};

struct Answer {
  std::int32_t status = CRM_OK;  ///< CRM_OK of functions that have none
  const char* text = nullptr;    ///< lent by the handle, if the function gives one
  std::int32_t length = -1;      ///< of a text that says it
};

/// Calls; a handle that it makes is closed again. None for those that open and close, and that take structs of the host's.
using Call = std::function<Answer(Arguments&)>;
const std::map<std::string_view, Call>& calls();

/// The function of the table. Null if there is none.
const capi::Function* function_named(std::string_view name);

}  // namespace crm::test
