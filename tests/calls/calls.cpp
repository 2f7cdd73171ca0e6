#include "calls.hpp"

#include <algorithm>
#include <array>
#include <tuple>
#include <type_traits>

namespace crm::test {
namespace {

constexpr std::int32_t kCells = 4096;

/// Places for what a call gives out.
struct Places {
  std::int32_t small = 0;
  std::int64_t large = 0;
  const char* text = nullptr;
  const std::uint16_t* units = nullptr;
  crm_record* record = nullptr;
  crm_query* query = nullptr;
  crm_cursor* cursor = nullptr;
  std::array<std::uint16_t, 64> given_units{};
  static inline std::array<crm_cell, kCells> cells{};

  ~Places() {
    crm_cursor_close(cursor);
    crm_query_close(query);
    crm_record_close(record);
  }
};

template <class P>
P given(const capi::Param& param, Arguments& arguments, Places& places) {
  if constexpr (std::is_same_v<P, double>) return arguments.real(param);
  else if constexpr (std::is_integral_v<P>) return static_cast<P>(arguments.number(param));
  else if constexpr (std::is_same_v<P, crm_db*>) return arguments.db;
  else if constexpr (std::is_same_v<P, crm_record*>) return arguments.record;
  else if constexpr (std::is_same_v<P, crm_query*>) return arguments.query;
  else if constexpr (std::is_same_v<P, crm_cursor*>) return arguments.cursor;
  else if constexpr (std::is_same_v<P, const char*>) return arguments.text(param);
  else if constexpr (std::is_same_v<P, const std::uint16_t*>) {
    for (auto& unit : places.given_units) unit = static_cast<std::uint16_t>(arguments.number(param));
    places.given_units.back() = 0;
    return places.given_units.data();
  } else if constexpr (std::is_same_v<P, std::int32_t*>) return &places.small;
  else if constexpr (std::is_same_v<P, std::int64_t*>) return &places.large;
  else if constexpr (std::is_same_v<P, const char**>) return &places.text;
  else if constexpr (std::is_same_v<P, const std::uint16_t**>) return &places.units;
  else if constexpr (std::is_same_v<P, crm_record**>) return &places.record;
  else if constexpr (std::is_same_v<P, crm_query**>) return &places.query;
  else if constexpr (std::is_same_v<P, crm_cursor**>) return &places.cursor;
  else if constexpr (std::is_same_v<P, crm_cell*>) return places.cells.data();
  else return nullptr;  // arrays of handles, structs: none
}

/// Numbers that say how much room there is behind a pointer are not for the giver.
std::int64_t limited(const capi::Function& function, std::size_t at, std::int64_t number) {
  const auto role = [&](std::size_t i) { return i < function.params.size() ? function.params[i].role : capi::Role::value; };
  if (at > 0 && role(at - 1) == capi::Role::handles) return 0;
  if (at > 0 && role(at - 1) == capi::Role::units) return std::clamp<std::int64_t>(number, -1, 63);
  if (role(at + 1) == capi::Role::cells) return std::min<std::int64_t>(number, 16);
  return number;
}

/// Arguments with the function in mind.
class Limited final : public Arguments {
 public:
  Limited(const capi::Function& function, Arguments& from) : function_(function), from_(from) {
    db = from.db, record = from.record, query = from.query, cursor = from.cursor;
  }
  std::int64_t number(const capi::Param& param) override {
    return limited(function_, static_cast<std::size_t>(&param - function_.params.data()), from_.number(param));
  }
  double real(const capi::Param& param) override { return from_.real(param); }
  const char* text(const capi::Param& param) override { return from_.text(param); }

 private:
  const capi::Function& function_;
  Arguments& from_;
};

template <class R, class... P>
Call call_of(std::string_view name, R(CRM_CALL* entry)(P...)) {
  const capi::Function* const function = function_named(name);
  return [entry, function](Arguments& from) {
    Limited arguments(*function, from);
    Places places;
    std::size_t next = 0;
    [[maybe_unused]] const auto param = [&]() -> const capi::Param& { return function->params[next++]; };
    std::tuple<P...> given_ones{given<P>(param(), arguments, places)...};  // braces: from left to right
    Answer answer;
    if constexpr (std::is_void_v<R>) {
      std::apply(entry, given_ones);
    } else if constexpr (std::is_same_v<R, const char*>) {
      answer.text = std::apply(entry, given_ones);
    } else {
      const R result = std::apply(entry, given_ones);
      if (std::string_view(function->returns) == "status") answer.status = static_cast<std::int32_t>(result);
    }
    const bool says_length = !function->params.empty() && function->params.back().role == capi::Role::out_or_null;
    if (places.text) answer.text = places.text;
    if (says_length && answer.text) answer.length = places.small;
    return answer;
  };
}

bool is_left_out(const capi::Function& function) {
  using capi::Role;
  return std::string_view(function.name) == "crm_thread_take" || std::ranges::any_of(function.params, [](const capi::Param& p) {
           return p.role == Role::closing || p.role == Role::callbacks || p.role == Role::foreign || std::string_view(p.type) == "crm_options";
         });
}

}  // namespace

const capi::Function* function_named(std::string_view name) {
  for (const capi::Function& function : capi::functions())
    if (function.name == name) return &function;
  return nullptr;
}

const std::map<std::string_view, Call>& calls() {
  static const std::map<std::string_view, Call> kCalls = [] {
    std::map<std::string_view, Call> all;
#define CRM_CALL_OF(function) all.emplace(#function, call_of(#function, &function));
#include "calls.inc"
#undef CRM_CALL_OF
    std::erase_if(all, [](const auto& call) { return is_left_out(*function_named(call.first)); });
    return all;
  }();
  return kCalls;
}

}  // namespace crm::test
