// How handles are entered, closed and used again.
#include "handles.hpp"

namespace crm::capi {

namespace {

constexpr const char* kClosed = "the handle is closed";
constexpr const char* kOther = "another thread uses the handle: open one for each, or take it over with crm_thread_take";
constexpr const char* kInside = "a call on the handle is under way: wait for its end; a callback must not call back";

}  // namespace

Entry::Entry(const Handle* handle, Tag kind, bool any_thread) {
  if (!handle) return;
  const Tag tag = handle->tag.load(std::memory_order_acquire);
  if (tag != kind && tag != Tag::closed) return;
  why_ = enter(*handle, kind, any_thread);
  status_ = why_ ? CRM_MISUSE : CRM_OK;
}

// A handle that another thread closes meanwhile may be looked at here, never followed: its memory and its base's stay what they
// are, and what was read before the base was entered is asked again after.
const char* Entry::enter(const Handle& handle, Tag kind, bool any_thread) {
  Base* const base = handle.base.load(std::memory_order_acquire);
  const auto is_open = [&] { return handle.tag.load(std::memory_order_acquire) == kind && handle.base.load(std::memory_order_acquire) == base; };
  if (!base || !is_open()) return kClosed;
  const std::thread::id me = std::this_thread::get_id();
  const auto is_mine = [&] { return any_thread || base->user.load(std::memory_order_relaxed) == me; };
  if (!is_mine()) return kOther;
  for (Use use = Use::free; !base->use.compare_exchange_weak(use, Use::call, std::memory_order_acquire); use = Use::free) {
    if (use == Use::call || base->closer.load(std::memory_order_relaxed) == me) return kInside;
    std::this_thread::yield();
  }
  if (is_open() && is_mine()) {
    base_ = base;
    return nullptr;
  }
  leave(*base);
  return is_open() ? kOther : kClosed;
}

void Entry::leave(Base& base) noexcept {
  while (base.closed.load(std::memory_order_relaxed)) {
    Handle* closed = base.closed.exchange(nullptr, std::memory_order_acquire);
    while (closed) {
      Handle* const next = closed->next_closed;
      closed->release(base);
      closed = next;
    }
    if (base.handles > 0) continue;
    // The last one: the base rests, and nobody enters it until it is taken again.
    base.error = Error(Code::ok, std::string());
    base.warnings.clear();
    base.message = base.text = base.host_answer = std::string();
    base.units = {};
    base.language = Language::english;
    base.closer.store(std::thread::id(), std::memory_order_relaxed);
    base.use.store(Use::call, std::memory_order_release);
    return Pool<Base>::of_process().put_back(&base);
  }
  base.closer.store(std::thread::id(), std::memory_order_relaxed);
  base.use.store(Use::free);
  if (base.closed.load()) release_closed(base);  // closed since the look above
}

void Entry::release_closed(Base& base) noexcept {
  Use use = Use::free;
  if (!base.use.compare_exchange_strong(use, Use::closing)) return;
  base.closer.store(std::this_thread::get_id(), std::memory_order_relaxed);
  leave(base);
}

// Asked which call it is before the handle is known to be open: a base that was taken again meanwhile has later ones.
std::int32_t interrupt(const Handle* handle, Tag kind) noexcept {
  if (!handle) return CRM_INVALID_ARGUMENT;
  const Tag tag = handle->tag.load(std::memory_order_acquire);
  if (tag != kind && tag != Tag::closed) return CRM_INVALID_ARGUMENT;
  Base* const base = handle->base.load(std::memory_order_acquire);
  if (!base) return CRM_MISUSE;
  const std::uint32_t call = base->interrupt.under_way();
  if (handle->tag.load(std::memory_order_acquire) != kind || handle->base.load(std::memory_order_acquire) != base) return CRM_MISUSE;
  base->interrupt.ask(call);
  return CRM_OK;
}

void close(Handle* handle, Tag kind) noexcept {
  if (!handle || !handle->tag.compare_exchange_strong(kind, Tag::closed, std::memory_order_acq_rel)) return;
  const QuietFloat quiet;
  Base& base = *handle->base.load(std::memory_order_acquire);
  handle->next_closed = base.closed.load(std::memory_order_relaxed);
  while (!base.closed.compare_exchange_weak(handle->next_closed, handle)) {
  }
  Entry::release_closed(base);
}

namespace {

template <class H>
void give_back(H* handle, Base& of) noexcept {
  --of.handles;
  handle->base.store(nullptr, std::memory_order_release);
  Pool<H>::of_process().put_back(handle);
}

}  // namespace
}  // namespace crm::capi

using namespace crm::capi;

void crm_db::release(Base& of) noexcept {
  for (crm_cursor* cursor : of.cursors) {
    cursor->rows.reset();
    cursor->row = nullptr;
  }
  of.snapshot.reset();
  of.host_clock = {};
  of.stopped = false;
  of.crm.reset();
  give_back(this, of);
}

void crm_record::release(Base& of) noexcept {
  record = {};
  give_back(this, of);
}

void crm_query::release(Base& of) noexcept {
  query.reset();
  give_back(this, of);
}

void crm_cursor::release(Base& of) noexcept {
  std::erase(of.cursors, this);
  rows.reset();
  row = nullptr;
  arena = std::string();
  give_back(this, of);
}
