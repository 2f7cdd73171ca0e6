// The handles behind the C ABI and the one guard of every entry.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "crm/crm.h"
#include "crm/open.hpp"
#include "crm/services/json_door.hpp"

struct crm_cursor;

namespace crm::capi {

/// First member of every handle: tells its kind, so that a wrong one is an error and not a crash.
enum class Tag : std::uint32_t { db = 0x6372'6401, record = 0x6372'6402, query = 0x6372'6403, cursor = 0x6372'6404 };

/// What outlives the crm_db of a host while records, queries or cursors of it are still open.
struct Base {
  std::optional<Crm> crm;                 ///< none after crm_close, or when opening failed
  Language language = Language::english;
  Error error{Code::ok, std::string()};
  Warnings warnings;
  std::string message;                    ///< of `error`, in the language of the handle
  std::string text;                       ///< lent to the caller until the next call
  std::unique_ptr<Session> snapshot;      ///< of crm_snapshot_open
  std::vector<crm_cursor*> cursors;       ///< open ones; crm_close releases their snapshots
};

}  // namespace crm::capi

struct crm_db {
  crm::capi::Tag tag = crm::capi::Tag::db;
  std::shared_ptr<crm::capi::Base> base = std::make_shared<crm::capi::Base>();
};

struct crm_record {
  crm::capi::Tag tag = crm::capi::Tag::record;
  std::shared_ptr<crm::capi::Base> base;
  crm::Record record;
};

struct crm_query {
  crm::capi::Tag tag = crm::capi::Tag::query;
  std::shared_ptr<crm::capi::Base> base;
  std::unique_ptr<crm::PreparedQuery> query;
};

struct crm_cursor {
  crm::capi::Tag tag = crm::capi::Tag::cursor;
  std::shared_ptr<crm::capi::Base> base;
  std::optional<crm::Rows> rows;          ///< none after the last row
  std::size_t columns = 0;
  const crm::Cell* row = nullptr;
  std::string arena;                      ///< texts of crm_cursor_cells
};

namespace crm::capi {

inline bool is(const crm_db* h) { return h && h->tag == Tag::db; }
inline bool is(const crm_record* h) { return h && h->tag == Tag::record; }
inline bool is(const crm_query* h) { return h && h->tag == Tag::query; }
inline bool is(const crm_cursor* h) { return h && h->tag == Tag::cursor; }

/// Masks floating point exceptions while the library works, if the host has them unmasked (Delphi, Free Pascal).
class QuietFloat {
 public:
  QuietFloat();
  ~QuietFloat();
  QuietFloat(const QuietFloat&) = delete;

 private:
  std::uint32_t mxcsr_ = 0;
  std::uint16_t x87_ = 0;
  bool changed_ = false;
};

/// Turns the exception in flight into a status with the error on the base.
std::int32_t fail(Base& base) noexcept;
/// An argument that is null or of a wrong kind.
std::int32_t wrong_argument(Base& base, const char* name) noexcept;

/// The CRM, or `misuse` after crm_close.
Crm& opened(Base& base);

/// One entry: checks the handle, runs `work(base)`, and makes a status of what comes.
template <class Handle, class Work>
std::int32_t guard(Handle* handle, Work&& work) noexcept {
  if (!is(handle)) return CRM_INVALID_ARGUMENT;
  const QuietFloat quiet;
  Base& base = *handle->base;
  try {
    if (base.error.code() != Code::ok) base.error = Error(Code::ok, std::string());
    work(base);
    return CRM_OK;
  } catch (...) {
    return fail(base);
  }
}

/// The same for entries that make their text last until the next call.
template <class Handle, class Work>
std::int32_t guard_text(Handle* handle, const char** result, Work&& work) noexcept {
  if (!is(handle)) return CRM_INVALID_ARGUMENT;
  if (!result) return wrong_argument(*handle->base, "the place of the answer");
  *result = nullptr;
  return guard(handle, [&](Base& base) {
    std::string text = work(base);
    base.text = std::move(text);
    *result = base.text.c_str();
  });
}

/// Texts with a length: -1 = NUL-terminated. Throws `field.required` for null, `field.range` for another negative.
std::string_view text_of(const char* text, std::int32_t length, const char* name);
std::string_view text_of(const char* text, const char* name);
/// Throws `invalid_argument` if a pointer for a result is null.
void need(const void* place, const char* name);
/// CRM_NONE is none.
std::optional<std::int64_t> given(std::int64_t number);
EntityNo entity_of(std::int32_t number);
/// Throw `field.range` outside the years 1400..9999.
Date checked_date(std::int64_t days);
Instant checked_instant(std::int64_t microseconds);

}  // namespace crm::capi
