#include <new>

#if defined(__x86_64__) || defined(__i386__)
#include <xmmintrin.h>
#endif

#include "crm/base/text.hpp"
#include "handles.hpp"

namespace crm::capi {

#if defined(__x86_64__) || defined(__i386__)
namespace {
constexpr std::uint32_t kMxcsrMasks = 0x1f80;
constexpr std::uint16_t kX87Masks = 0x3f;
std::uint16_t x87_word() {
  std::uint16_t word;
  __asm__ __volatile__("fnstcw %0" : "=m"(word));
  return word;
}
void set_x87_word(std::uint16_t word) { __asm__ __volatile__("fldcw %0" : : "m"(word)); }
}  // namespace

// Looking costs 6 ns, writing 100: write only where a host has unmasked exceptions.
QuietFloat::QuietFloat() : mxcsr_(_mm_getcsr()), x87_(x87_word()) {
  changed_ = (mxcsr_ & kMxcsrMasks) != kMxcsrMasks || (x87_ & kX87Masks) != kX87Masks;
  if (!changed_) return;
  _mm_setcsr(mxcsr_ | kMxcsrMasks);
  set_x87_word(static_cast<std::uint16_t>(x87_ | kX87Masks));
}

QuietFloat::~QuietFloat() {
  if (!changed_) return;
  _mm_setcsr(mxcsr_);
  __asm__ __volatile__("fnclex");
  set_x87_word(x87_);
}
#else
QuietFloat::QuietFloat() = default;
QuietFloat::~QuietFloat() = default;
#endif

namespace {

void keep(Base& base, Error error) {
  base.error = std::move(error);
  base.message.clear();
  for (const Violation& v : base.error.violations())
    base.message += (base.message.empty() ? "" : "; ") + describe(v, base.language);
  if (base.message.empty()) base.message = base.error.message();
}

}  // namespace

std::int32_t fail(Base& base) noexcept {
  try {
    try {
      throw;
    } catch (const Error& error) {
      keep(base, error);
    } catch (const std::bad_alloc&) {
      keep(base, Error(Code::out_of_memory, std::string("out of memory")));
    } catch (const std::exception& error) {
      keep(base, Error(Code::internal, std::string(error.what())));
    } catch (...) {
      keep(base, Error(Code::internal, std::string("unknown exception")));
    }
    return static_cast<std::int32_t>(base.error.code());
  } catch (...) {
    base.error = Error(Code::out_of_memory, std::string("out of memory"));  // short enough to need none
    base.message = base.error.message();
    return CRM_OUT_OF_MEMORY;
  }
}

void check_answer(const Base& base, std::size_t bytes) {
  const std::int64_t limit = base.crm ? base.crm->limits().answer_bytes : Limits::kNoLimit;
  if (static_cast<std::uint64_t>(bytes) > static_cast<std::uint64_t>(limit))
    throw Error(Code::invalid_argument, std::vector<Violation>{{"limit.bytes", 0, 0, 0, std::to_string(bytes), std::to_string(limit)}});
}

Crm& opened(Base& base) {
  if (base.crm) return *base.crm;
  throw Error(Code::misuse, std::vector<Violation>{{"handle.closed", 0, 0, 0, "", ""}});
}

void need(const void* place, const char* name) {
  if (!place) throw Error(Code::invalid_argument, std::vector<Violation>{{"argument.null", 0, 0, 0, "", name}});
}

std::string_view text_of(const char* text, std::int32_t length, const char* name) {
  need(text, name);
  if (length < -1)
    throw Error(Code::invalid_argument,
                std::vector<Violation>{{"field.range", 0, 0, 0, std::to_string(length), "length of text"}});
  return length < 0 ? std::string_view(text) : std::string_view(text, static_cast<std::size_t>(length));
}

std::string_view text_of(const char* text, const char* name) {
  const std::string_view view = text_of(text, -1, name);
  if (const auto bad = first_bad_byte(view))
    throw Error(Code::invalid_argument,
                std::vector<Violation>{{"field.utf8", 0, 0, 0, shorten(view), std::to_string(*bad)}});
  return view;
}

std::optional<std::int64_t> given(std::int64_t number) {
  return number == CRM_NONE ? std::nullopt : std::optional(number);
}

EntityNo entity_of(std::int32_t number) {
  return entity_info(number > 0 && number < 65536 ? static_cast<EntityNo>(number) : EntityNo{0}).no;
}

namespace {

constexpr std::int64_t kFirstDay = -208188;  // 1400-01-01
constexpr std::int64_t kLastDay = 2932896;   // 9999-12-31
constexpr std::int64_t kDayUs = 86'400'000'000;

void check_range(std::int64_t value, std::int64_t low, std::int64_t high, const char* name) {
  if (value < low || value > high)
    throw Error(Code::invalid_argument, std::vector<Violation>{{"field.range", 0, 0, 0, std::to_string(value), name}});
}

}  // namespace

Date checked_date(std::int64_t days) {
  check_range(days, kFirstDay, kLastDay, "day");
  return date_of(days);
}

Date day_or_today(Base& base, std::int64_t days) {
  return days == CRM_NONE ? opened(base).today() : checked_date(days);
}

Instant checked_instant(std::int64_t microseconds) {
  check_range(microseconds, kFirstDay * kDayUs, (kLastDay + 1) * kDayUs - 1, "instant");
  return instant_of(microseconds);
}

}  // namespace crm::capi
