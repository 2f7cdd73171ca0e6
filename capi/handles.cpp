// How handles are entered, closed and used again.
#include "handles.hpp"

namespace crm::capi {

// A handle that another thread closes meanwhile may be looked at here, never followed: its memory and its base's stay what they
// are, and what was read before the base was entered is asked again after.
Entry::Entry(const Handle* handle, Tag kind) {
  if (!handle) return;
  const Tag tag = handle->tag.load(std::memory_order_acquire);
  if (tag != kind && tag != Tag::closed) return;
  status_ = CRM_MISUSE;
  Base* const base = handle->base.load(std::memory_order_acquire);
  if (tag == Tag::closed || !base) return;
  for (Use use = Use::free; !base->use.compare_exchange_weak(use, Use::call, std::memory_order_acquire); use = Use::free) {
    if (use == Use::call || base->closer.load(std::memory_order_relaxed) == std::this_thread::get_id()) return;
    std::this_thread::yield();
  }
  if (handle->tag.load(std::memory_order_acquire) != kind || handle->base.load(std::memory_order_acquire) != base) {
    leave(*base);
    return;
  }
  base_ = base;
  status_ = CRM_OK;
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
    base.message = base.text = std::string();
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
