// The tables of the C ABI: crm.h, the export list, the bindings and the tests of bad arguments are printed from them.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace crm::capi {

/// What a parameter is to the caller.
enum class Role {
  value,          ///< int32_t, int64_t or double
  value_or_none,  ///< int64_t; CRM_NONE: as the sentence of the function says
  handle,         ///< must be an open handle of its type
  closing,        ///< a handle that is closed by the call; null is allowed and does nothing
  text,           ///< UTF-8, NUL-terminated, not null
  text_or_null,   ///< may be null
  bytes,          ///< UTF-8 whose length is the next parameter (-1: NUL-terminated), not null
  units,          ///< UTF-16 whose length in units is the next parameter (-1: ended by a zero), not null
  foreign,        ///< a pointer to something of the host's, not null
  options,        ///< a struct led by struct_size; may be null
  callbacks,      ///< a table of callbacks led by struct_size; not null
  handles,        ///< an array of handles, its length is the next parameter; null if that is 0
  cells,          ///< an array of crm_cell that is filled, its length in rows is the parameter before
  out_value,      ///< set on success, not null
  out_or_null,    ///< set on success if not null
  out_handle,     ///< on success a new handle of the caller's
  out_text,       ///< on success a text borrowed from the handle until the next call on it
  out_units,      ///< the same in UTF-16, ended by a zero
};

/// What a number or text stands for, for languages that have a type for it.
enum class Means {
  plain,
  id,       ///< of a record
  flag,     ///< 0 or 1
  date,     ///< days since 1970-01-01; CRM_NONE: none
  instant,  ///< microseconds since 1970-01-01 UTC; CRM_NONE: none
  json,
  entity,   ///< number of an entity
  choice,   ///< a number of the enumeration or the group of constants `of`
};

struct Param {
  Role role;
  const char* type;  ///< as printed: "int64_t", "crm_db", ...
  const char* name;
  Means means = Means::plain;
  const char* of = nullptr;
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
  const char* doc;          ///< names of C in it are told to other languages as theirs; units follow from what parameters mean
};

/// A number with a name. The first one of a group has its sentence.
struct Constant {
  const char* group;  ///< as an enumeration is named: "event_action"
  const char* code;   ///< "plan"
  const char* name;   ///< in C: "CRM_ACTION_PLAN"
  std::int32_t value;
  const char* doc;    ///< or nullptr
};

/// A member of a struct or a parameter of a callback.
struct Member {
  const char* type;  ///< as in C: "int32_t", "const char *", "crm_store_get"
  const char* name;
  const char* doc;   ///< or nullptr
  Means means = Means::plain;
  const char* of = nullptr;
};

/// Structs are laid out without padding on every target: int32_t stand in pairs, int64_t before pointers.
struct Struct {
  const char* name;
  const char* doc;
  std::span<const Member> members;
};

/// The type of a pointer to a function of the host.
struct Callback {
  const char* name;
  const char* returns;  ///< "status", "void" or "const char *"
  const char* doc;
  std::span<const Member> params;
};

std::span<const Function> functions();
std::span<const Constant> constants();
/// In an order in which each knows those before.
std::span<const Struct> structs();
std::span<const Callback> callbacks();
/// Whether a member of a struct is a pointer to a function of the host.
bool is_callback(std::string_view type);

}  // namespace crm::capi
