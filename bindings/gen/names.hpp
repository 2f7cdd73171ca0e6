// Names and texts as the languages want them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "capi/functions.hpp"
#include "crm/meta/meta.hpp"

namespace crm::gen {

/// "legal_entity" -> "LegalEntity".
std::string pascal(std::string_view name);
/// "legal_entity" -> "legalEntity".
std::string camel(std::string_view name);
/// "Last name" -> "LAST_NAME".
std::string upper(std::string_view name);
/// `text` in lines of at most `width` letters, each led by `lead`.
std::string wrapped(std::string_view text, std::string_view lead, std::size_t width = 110);
/// With every `from` replaced.
std::string replaced(std::string text, std::string_view from, std::string_view to);

/// An enumeration of a field or a group of constants of the C ABI.
struct Choice {
  std::string name;  ///< snake_case
  std::string doc;
  struct Value {
    std::string code;
    std::int32_t number;
    std::string doc;
  };
  std::vector<Value> values;
};
/// All of them: "status" first, then constants, then enumerations.
const std::vector<Choice>& choices();

/// What a reader of a class wants to know of a field: captions, what it refers to, who writes it.
std::string doc_of(const FieldInfo& field);
/// "Closes with crm_close." and the like included.
std::string doc_of(const capi::Function& function);

/// How a language says what the tables say in C.
struct Words {
  std::string (*method)(std::string_view name);  ///< "date_parse"
  /// A code of an enumeration, both in snake_case; the code is empty where all of them are meant.
  std::string (*code)(std::string_view choice, std::string_view code);
};
/// A sentence of the tables in the words of a language: names of functions, statuses and constants of C become its own.
std::string told(std::string_view doc, const Words& words);

/// "now_us" -> "now", for languages whose instants have a type.
std::string_view without_unit(std::string_view name);

/// A number given by a script, looked at before its FFI would cut it to the type of C: "rt.int64(company)"; a real as it is.
std::string whole(std::string_view type, const std::string& name);

/// A function of the C ABI as a method of a handle's class: "card" of crm_card_json.
struct Method {
  const capi::Function* function;
  std::string name;  ///< snake_case
  std::vector<const capi::Param*> given;
  std::vector<const capi::Param*> answers;

  /// Whether the call may end before given[i].
  [[nodiscard]] bool may_end_before(std::size_t i) const;
};
/// The functions of a database that are the same in every language. Opening, errors, records and queries have classes of their own.
std::vector<Method> methods();

/// Members of crm_action that a caller may give.
std::vector<const capi::Member*> action_members();

/// Currencies whose minor unit is not a hundredth (ISO 4217).
std::vector<std::pair<std::string, int>> odd_currencies();

}  // namespace crm::gen
