// The function table of the C ABI: crm.h, the export list, the bindings and the tests of bad arguments are printed from it.
#pragma once

#include <span>

namespace crm::capi {

/// What a parameter is to the caller.
enum class Role {
  value,          ///< int32_t, int64_t or double
  handle,         ///< must be an open handle of its type
  closing,        ///< a handle that is closed by the call; null is allowed and does nothing
  text,           ///< UTF-8, NUL-terminated, not null
  text_or_null,   ///< may be null
  bytes,          ///< UTF-8 whose length is the next parameter (-1: NUL-terminated), not null
  options,        ///< a struct led by struct_size; may be null
  handles,        ///< an array of handles, its length is the next parameter; null if that is 0
  cells,          ///< an array of crm_cell that is filled, its length in rows is the parameter before
  out_value,      ///< set on success, not null
  out_or_null,    ///< set on success if not null
  out_handle,     ///< on success a new handle of the caller's
  out_text,       ///< on success a text borrowed from the handle until the next call on it
};

struct Param {
  Role role;
  const char* type;  ///< as printed: "int64_t", "crm_db", ...
  const char* name;
};

struct Function {
  const char* group;
  const char* name;
  const char* since;
  /// "status": a CRM_* status with the error on the handle; otherwise the C type of a value, 0 or NULL if
  /// arguments are wrong.
  const char* returns;
  std::span<const Param> params;
  const char* closes_with;  ///< of the handle made, or nullptr
  const char* doc;
};

std::span<const Function> functions();

}  // namespace crm::capi
