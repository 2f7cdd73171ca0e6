/// The texts of all rules, English and Russian, by rule id.
#pragma once

#include <span>
#include <string_view>

namespace crm {

/// `{value}` and `{detail}` stand for those of the violation.
struct RuleText {
  std::string_view rule;
  std::string_view english;
  std::string_view russian;
};

/// Every rule the library can name, sorted by id.
std::span<const RuleText> rule_texts();

}  // namespace crm
