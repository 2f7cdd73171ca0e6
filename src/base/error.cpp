#include "crm/base/error.hpp"

#include <algorithm>

#include "crm/base/messages.hpp"

namespace crm {
namespace {

/// Puts value and detail in place in one pass, so that "{detail}" inside a value stays as typed.
std::string fill(std::string_view text, const Violation& violation) {
  constexpr std::string_view kValue = "{value}";
  constexpr std::string_view kDetail = "{detail}";
  std::string out;
  out.reserve(text.size() + violation.value.size() + violation.detail.size());
  while (!text.empty()) {
    if (text.starts_with(kValue)) {
      out += violation.value;
      text.remove_prefix(kValue.size());
    } else if (text.starts_with(kDetail)) {
      out += violation.detail;
      text.remove_prefix(kDetail.size());
    } else {
      const std::size_t next = std::min(text.find('{', 1), text.size());
      out += text.substr(0, next);
      text.remove_prefix(next);
    }
  }
  return out;
}

std::string join(Code code, const std::vector<Violation>& violations) {
  std::string out;
  for (const Violation& violation : violations) {
    if (!out.empty()) out += "; ";
    out += describe(violation);
  }
  return out.empty() ? std::string(name(code)) : out;
}

}  // namespace

std::string_view name(Code code) {
  switch (code) {
    case Code::ok: return "ok";
    case Code::invalid_argument: return "invalid_argument";
    case Code::not_found: return "not_found";
    case Code::already_exists: return "already_exists";
    case Code::conflict: return "conflict";
    case Code::refused: return "refused";
    case Code::incomplete: return "incomplete";
    case Code::denied: return "denied";
    case Code::unsupported: return "unsupported";
    case Code::busy: return "busy";
    case Code::misuse: return "misuse";
    case Code::storage: return "storage";
    case Code::corrupt: return "corrupt";
    case Code::host: return "host";
    case Code::out_of_memory: return "out_of_memory";
    case Code::internal: return "internal";
    case Code::interrupted: return "interrupted";
  }
  return "unknown";  // a number from outside the list, as a host may send
}

std::string describe(const Violation& violation, Language language) {
  const auto texts = rule_texts();
  const auto found = std::ranges::lower_bound(texts, std::string_view(violation.rule), {}, &RuleText::rule);
  if (found == texts.end() || found->rule != violation.rule) return violation.rule;
  return fill(language == Language::russian ? found->russian : found->english, violation);
}

Error::Error(Code code, std::string message) : code_(code), message_(std::move(message)) {}

Error::Error(Code code, std::vector<Violation> violations)
    : code_(code), message_(join(code, violations)), violations_(std::move(violations)) {}

bool Error::refused_by(std::string_view rule) const {
  return std::ranges::any_of(violations_, [rule](const Violation& violation) { return violation.rule == rule; });
}

bool Error::is_refusal() const {
  switch (code_) {
    case Code::invalid_argument:
    case Code::not_found:
    case Code::already_exists:
    case Code::conflict:
    case Code::refused:
    case Code::incomplete:
    case Code::denied: return true;
    case Code::ok:
    case Code::unsupported:
    case Code::busy:
    case Code::misuse:
    case Code::storage:
    case Code::corrupt:
    case Code::host:
    case Code::out_of_memory:
    case Code::internal:
    case Code::interrupted: break;
  }
  return false;
}

void refuse_if_any(Code code, std::vector<Violation> violations) {
  if (!violations.empty()) throw Error(code, std::move(violations));
}

}  // namespace crm
