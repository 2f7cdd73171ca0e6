/// Ends the call that is under way, from another thread.
#pragma once

#include <atomic>
#include <cstdint>

namespace crm {

/// The calls of one handle, as far as somebody else may end them. `ask` and `under_way` are for any thread, the rest is of the thread of the calls.
class Interrupt {
 public:
  /// The call under way is to end as `interrupted` (`call.interrupted`); it may come to its end before. None under way: nothing.
  void ask() noexcept { ask(under_way()); }
  /// Which call is under way, 0: none. No two calls near in time have the same number.
  [[nodiscard]] std::uint32_t under_way() const noexcept { return word_.load(std::memory_order_acquire) & ~kAsked; }
  /// Ends that one and no later one.
  void ask(std::uint32_t call) noexcept {
    if (call) word_.compare_exchange_strong(call, call | kAsked, std::memory_order_relaxed);
  }

  /// Whether the call is to end now.
  [[nodiscard]] bool is_asked() const noexcept { return (word_.load(std::memory_order_relaxed) & kAsked) && deaf_ == 0; }
  /// Throws `interrupted` if it is. What loops for long asks every some thousand steps.
  void check() {
    if (is_asked()) end();
  }
  /// How many calls were told to end so far: what was open meanwhile is not to be gone on with.
  [[nodiscard]] std::uint64_t ended() const { return ended_; }

  /// A call: what runs while the outermost one lives.
  class Call {
   public:
    explicit Call(Interrupt& of) : of_(of) {
      if (of_.depth_++ == 0) of_.begin();
    }
    ~Call() {
      if (--of_.depth_ == 0) of_.word_.store(0, std::memory_order_relaxed);
    }
    Call(const Call&) = delete;
    Call& operator=(const Call&) = delete;

   private:
    Interrupt& of_;
  };

  /// While it lives nothing ends: what has been decided, or is being undone, is done whole.
  class Deaf {
   public:
    explicit Deaf(Interrupt& of) : Deaf(&of) {}
    /// Nothing where there is none.
    explicit Deaf(Interrupt* of) : of_(of) {
      if (of_) ++of_->deaf_;
    }
    ~Deaf() {
      if (of_) --of_->deaf_;
    }
    Deaf(const Deaf&) = delete;
    Deaf& operator=(const Deaf&) = delete;

   private:
    Interrupt* of_;
  };

 private:
  static constexpr std::uint32_t kAsked = 1;
  void begin() {
    last_ += 2;
    if (last_ == 0) last_ = 2;
    word_.store(last_, std::memory_order_release);
  }
  [[noreturn]] void end();

  std::atomic<std::uint32_t> word_{0};  ///< the number of the call under way, and whether it is to end
  std::uint32_t last_ = 0;
  int depth_ = 0;
  int deaf_ = 0;
  std::uint64_t ended_ = 0;
};

}  // namespace crm
