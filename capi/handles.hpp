// The handles behind the C ABI and the one guard of every entry.
#pragma once

#include <atomic>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "crm/crm.h"
#include "crm/open.hpp"
#include "crm/services/json_door.hpp"

namespace crm::capi {

/// Tells the kind of a handle, so that a wrong or closed one is an error and not a crash.
enum class Tag : std::uint32_t { closed = 0, db = 0x6372'6401, record = 0x6372'6402, query = 0x6372'6403, cursor = 0x6372'6404 };

struct Base;

/// What every handle begins with. Its memory stays a handle's until the process ends (Pool): a closed one can be looked at.
struct Handle {
  std::atomic<Tag> tag{Tag::closed};
  std::atomic<Base*> base{nullptr};
  Handle* next_closed = nullptr;  ///< in Base::closed

  /// Frees what it holds and goes back to its pool. Called inside an entry of its base.
  virtual void release(Base& of) noexcept = 0;

 protected:
  ~Handle() = default;
};

/// What is under way inside a base. A call that meets another call is misuse; one that meets a closer (it may be a collector's
/// thread) waits.
enum class Use : std::uint32_t { free, call, closing };

/// What the handles of one crm_open share. Lives until the last of them is closed.
struct Base {
  std::atomic<Use> use{Use::call};        ///< `call` also while there are no handles
  std::atomic<std::thread::id> user;      ///< the thread whose calls are answered: what is borrowed from a handle is borrowed by it
  std::atomic<std::thread::id> closer;    ///< who made it `closing`: a store's callback that calls back must not wait for itself
  std::atomic<Handle*> closed{nullptr};   ///< closed by other threads meanwhile; released when that call ends
  std::size_t handles = 0;                ///< not yet released
  Interrupt interrupt;                    ///< of the calls on them
  std::optional<Crm> crm;                 ///< none after crm_close, or when opening failed
  Language language = Language::english;
  Error error{Code::ok, std::string()};
  Warnings warnings;
  std::string message;                    ///< of `error`, in the language of the handle
  std::function<Instant()> host_clock;    ///< of crm_host_set; crm_clock_reset goes back to it
  bool stopped = false;                   ///< by crm_clock_set
  std::atomic<std::thread::id> asking;    ///< the thread on which the host is asked something: it may answer (crm_host_answer)
  std::string host_answer;
  std::string text;                       ///< lent to the caller until the next call
  std::vector<std::uint16_t> units;       ///< as well, of UTF-16
  std::unique_ptr<Session> snapshot;      ///< of crm_snapshot_open
  std::vector<crm_cursor*> cursors;       ///< open ones; crm_close releases their snapshots
};

/// Objects that are used again and never freed. What is put back rests a while, so that a late call on a closed handle meets a
/// closed handle and not another one. Safe from any thread.
template <class T>
class Pool {
 public:
  static Pool& of_process() {
    static Pool* const pool = new Pool;  // never destroyed: handles may be closed while the process ends
    return *pool;
  }

  T* take() {
    const std::lock_guard lock(mutex_);
    if (resting_.size() <= kResting) return &all_.emplace_back();
    T* const found = resting_.front();
    resting_.pop_front();
    return found;
  }
  void put_back(T* object) noexcept {
    const std::lock_guard lock(mutex_);
    try {
      resting_.push_back(object);
    } catch (...) {  // no memory for the list: the object is not used again
    }
  }

 private:
  static constexpr std::size_t kResting = 64;
  std::mutex mutex_;
  std::deque<T> all_;
  std::deque<T*> resting_;
};

/// A handle of `base`, ready but for what it holds.
template <class H>
H* make_handle(Base& base) {
  H* const handle = Pool<H>::of_process().take();
  ++base.handles;
  handle->base.store(&base, std::memory_order_relaxed);
  handle->tag.store(H::kTag, std::memory_order_release);
  return handle;
}

/// Ends the call that is under way on the handle's base; from any thread. CRM_INVALID_ARGUMENT or CRM_MISUSE as `Entry`.
std::int32_t interrupt(const Handle* handle, Tag kind) noexcept;

/// Ends the handle; from any thread, once or more. What it holds is freed now or when the call that is under way ends.
void close(Handle* handle, Tag kind) noexcept;

}  // namespace crm::capi

struct crm_db final : crm::capi::Handle {
  static constexpr auto kTag = crm::capi::Tag::db;
  void release(crm::capi::Base& of) noexcept override;
};

struct crm_record final : crm::capi::Handle {
  static constexpr auto kTag = crm::capi::Tag::record;
  crm::Record record;
  void release(crm::capi::Base& of) noexcept override;
};

struct crm_query final : crm::capi::Handle {
  static constexpr auto kTag = crm::capi::Tag::query;
  std::unique_ptr<crm::PreparedQuery> query;
  void release(crm::capi::Base& of) noexcept override;
};

struct crm_cursor final : crm::capi::Handle {
  static constexpr auto kTag = crm::capi::Tag::cursor;
  std::optional<crm::Rows> rows;          ///< none after the last row
  std::size_t columns = 0;
  const crm::Cell* row = nullptr;
  std::string arena;                      ///< texts of crm_cursor_cells
  void release(crm::capi::Base& of) noexcept override;
};

namespace crm::capi {

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

/// A call on a handle by the thread that uses its base; another one is told CRM_MISUSE, and so is a callback of the host that calls
/// back. Floating point is quiet until it ends.
class Entry {
 public:
  template <class H>
  explicit Entry(const H* handle, bool any_thread = false) : Entry(handle, H::kTag, any_thread) {}
  ~Entry() {
    if (base_) leave(*base_);
  }
  Entry(const Entry&) = delete;

  explicit operator bool() const { return base_ != nullptr; }
  /// CRM_INVALID_ARGUMENT (null, another kind) or CRM_MISUSE (closed, another thread's, in use) where it is not entered.
  [[nodiscard]] std::int32_t status() const { return status_; }
  /// Why it is CRM_MISUSE, else nullptr.
  [[nodiscard]] const char* why() const { return why_; }
  [[nodiscard]] Base& base() const { return *base_; }

  /// Leaves the base, after releasing the handles that were closed meanwhile.
  static void leave(Base& base) noexcept;
  /// Enters the base to release what was closed, if nobody is inside.
  static void release_closed(Base& base) noexcept;

 private:
  Entry(const Handle* handle, Tag kind, bool any_thread);
  const char* enter(const Handle& handle, Tag kind, bool any_thread);
  QuietFloat quiet_;
  Base* base_ = nullptr;
  const char* why_ = nullptr;
  std::int32_t status_ = CRM_INVALID_ARGUMENT;
};

/// A handle given beside the one that was entered: whether it is open and of its kind. Throws `misuse` (`handle.other_base`) if it is not
/// of `base`: nobody has entered its own, which another thread may use or close meanwhile.
template <class H>
bool is(const H* handle, const Base& base, const char* name) {
  if (!handle || handle->tag.load(std::memory_order_acquire) != H::kTag) return false;
  if (handle->base.load(std::memory_order_acquire) == &base) return true;
  throw Error(Code::misuse, std::vector<Violation>{{"handle.other_base", 0, 0, 0, "", name}});
}

/// Turns the exception in flight into a status with the error on the base.
std::int32_t fail(Base& base) noexcept;
/// Throws `invalid_argument` (`argument.null`) if an argument is null or of a wrong kind.
void need(const void* place, const char* name);

/// The CRM, or `misuse` after crm_close.
Crm& opened(Base& base);

/// One entry: checks the handle, runs `work(base)`, and makes a status of what comes.
template <class H, class Work>
std::int32_t guard(H* handle, Work&& work) noexcept {
  const Entry entry(handle);
  if (!entry) return entry.status();
  Base& base = entry.base();
  const Interrupt::Call call(base.interrupt);
  try {
    if (base.error.code() != Code::ok) base.error = Error(Code::ok, std::string());
    work(base);
    return CRM_OK;
  } catch (...) {
    return fail(base);
  }
}

/// Throws `limit.bytes` for an answer of so many.
void check_answer(const Base& base, std::size_t bytes);

/// The same for entries that make their text last until the next call.
template <class H, class Work, class Check = decltype(&check_answer)>
std::int32_t guard_text(H* handle, const char** result, Work&& work, Check&& check = &check_answer) noexcept {
  return guard(handle, [&](Base& base) {
    need(result, "the place of the answer");
    *result = nullptr;
    std::string text = work(base);
    check(base, text.size());
    base.text = std::move(text);
    *result = base.text.c_str();
  });
}

/// The same for entries that have written: what they tell has happened, and has no limit.
template <class H, class Work>
std::int32_t guard_done(H* handle, const char** result, Work&& work) noexcept {
  return guard_text(handle, result, work, [](const Base&, std::size_t) {});
}

/// The same for a call that writes: `read(base)` looks at its arguments and gives what does it and answers. The answer is made before what it
/// tells of is kept, and nothing is kept if it cannot be made.
template <class Read>
std::int32_t guard_written(crm_db* db, const char** result, Read&& read) noexcept {
  return guard_done(db, result, [&](Base& base) {
    const auto work = read(base);
    std::string answer;
    opened(base).as_one([&] { answer = work(); });
    return answer;
  });
}

/// Texts with a length: -1 = NUL-terminated. Throws `field.required` for null, `field.range` for another negative.
std::string_view text_of(const char* text, std::int32_t length, const char* name);
std::string_view text_of(const char* text, const char* name);
/// CRM_NONE is none.
std::optional<std::int64_t> given(std::int64_t number);
EntityNo entity_of(std::int32_t number);
/// Throw `field.range` outside the years 1400..9999.
Date checked_date(std::int64_t days);
Instant checked_instant(std::int64_t microseconds);
/// CRM_NONE is today in the organisation's zone.
Date day_or_today(Base& base, std::int64_t days);

}  // namespace crm::capi
