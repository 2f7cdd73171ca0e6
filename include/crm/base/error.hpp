/// The one failure type: a short code, a message, and every violation with its field and rule.
#pragma once

#include <cstdint>
#include <exception>
#include <string>
#include <string_view>
#include <vector>

#include "crm/base/numbers.hpp"

namespace crm {

/// Permanent; the C ABI returns the same numbers as CRM_INVALID_ARGUMENT, ...
enum class Code : std::int32_t {
  ok = 0,
  invalid_argument = 1,  ///< a value, field or call is wrong by itself
  not_found = 2,         ///< no such record, or it may not be seen
  already_exists = 3,    ///< the value must be unique and is taken
  conflict = 4,          ///< somebody else changed the record meanwhile; load it again
  refused = 5,           ///< a rule forbids it now
  incomplete = 6,        ///< the card is not filled enough (C11)
  denied = 7,            ///< the acting user lacks a right
  unsupported = 8,       ///< this build or store cannot do it
  busy = 9,              ///< the database is locked by another; try again
  misuse = 10,           ///< calls in a wrong order
  storage = 11,          ///< the disk or the database failed
  corrupt = 12,          ///< not a database of ours, or a damaged one
  host = 13,             ///< a callback of the host failed
  out_of_memory = 14,
  internal = 15,         ///< a defect of this library
  interrupted = 16,      ///< another thread has ended the call; its change is not made
};

/// The last of them.
inline constexpr Code kLastCode = Code::interrupted;

/// "invalid_argument", ...
std::string_view name(Code code);

enum class Language : std::int32_t { english = 0, russian = 1 };

/// One broken rule. `rule` is permanent ("C2.inn_check"); its text is looked up by `describe`.
struct Violation {
  std::string rule;
  EntityNo entity = 0;
  FieldNo field = 0;
  Id record = 0;
  std::string value;   ///< as given, shortened
  std::string detail;  ///< what the text of the rule adds: a name, a limit, another value

  friend bool operator==(const Violation&, const Violation&) = default;
};

/// The sentence of a rule with its value and detail in place: "ИНН '123': ..." A rule that is not in
/// the list of messages is shown by its id.
std::string describe(const Violation& violation, Language language = Language::english);

class Error : public std::exception {
 public:
  Error(Code code, std::string message);
  /// The message is made of the violations.
  Error(Code code, std::vector<Violation> violations);

  [[nodiscard]] Code code() const { return code_; }
  [[nodiscard]] const char* what() const noexcept override { return message_.c_str(); }
  [[nodiscard]] const std::string& message() const { return message_; }
  [[nodiscard]] const std::vector<Violation>& violations() const { return violations_; }
  [[nodiscard]] bool refused_by(std::string_view rule) const;
  /// Whether a rule said no: to the values, the state or who acts. False where something failed, or was called in a wrong order.
  [[nodiscard]] bool is_refusal() const;

 private:
  Code code_;
  std::string message_;
  std::vector<Violation> violations_;
};

/// Throws the violations, if there are any.
void refuse_if_any(Code code, std::vector<Violation> violations);

}  // namespace crm
