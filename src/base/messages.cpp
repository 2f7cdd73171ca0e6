#include "crm/base/messages.hpp"

#include <algorithm>
#include <array>

#include "messages_company.hpp"
#include "messages_event.hpp"
#include "messages_general.hpp"
#include "messages_staff.hpp"

namespace crm {
namespace {

template <std::size_t... N>
constexpr auto join_sorted(const RuleText (&... parts)[N]) {
  std::array<RuleText, (N + ...)> all{};
  auto end = all.begin();
  ((end = std::copy(std::begin(parts), std::end(parts), end)), ...);
  std::ranges::sort(all, {}, &RuleText::rule);
  return all;
}

constexpr auto kTexts = join_sorted(messages::kGeneral, messages::kCompany, messages::kStaff, messages::kEvent);

constexpr bool well_made(const RuleText& text) {
  return text.rule.find('.') != std::string_view::npos && !text.english.empty() && !text.russian.empty() &&
         !text.english.ends_with('.') && !text.russian.ends_with('.');
}

static_assert(std::ranges::adjacent_find(kTexts, {}, &RuleText::rule) == kTexts.end(), "a rule has two texts");
static_assert(std::ranges::all_of(kTexts, well_made), "a rule without a text, or a text with a full stop");

}  // namespace

std::span<const RuleText> rule_texts() { return kTexts; }

}  // namespace crm
