// What somebody wrote as JSON, with its place: whatever is refused of it says where it stands.
#pragma once

#include <boost/json.hpp>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "crm/base/error.hpp"
#include "crm/base/time.hpp"

namespace crm {

/// A value inside a document, which must outlive it and stay as it is.
class JsonAt {
 public:
  explicit JsonAt(const boost::json::value& document) : document_(&document), value_(&document) {}
  [[nodiscard]] JsonAt inside(const boost::json::value& value) const {
    JsonAt at = *this;
    at.value_ = &value;
    return at;
  }
  const boost::json::value& operator*() const { return *value_; }
  const boost::json::value* operator->() const { return value_; }
  /// "where.all[2].op"; "" for the whole document. Looked for in the document, so asked only to refuse.
  [[nodiscard]] std::string place() const;

 private:
  const boost::json::value* document_;
  const boost::json::value* value_;
};

struct JsonMember {
  std::string_view name;
  JsonAt value;
};

/// Throws the violation, and after it the place (`json.place`) where there is one.
[[noreturn]] void refuse_at(const JsonAt& at, Code code, Violation violation);
/// The same as `json.kind`: "limit: an integer".
[[noreturn]] void bad_json(const JsonAt& at, std::string wanted);
/// `json.kind` of a member that nobody asks for.
[[noreturn]] void unknown_member(const JsonMember& member, std::string known);
/// Refuses members that are not of `known`.
void only_members(const JsonAt& object, std::initializer_list<std::string_view> known);

/// Puts `place` before the place that the violations tell; where they tell none, it is told.
void put_place(std::vector<Violation>& violations, std::string_view place);
/// Runs `work` over a piece that stands at `place` of a greater document: a text, or a JsonAt, which is asked if need be.
template <class Place, class Work>
auto placed(const Place& place, Work&& work) {
  try {
    return work();
  } catch (const Error& error) {
    if (!error.is_refusal() || error.violations().empty()) throw;
    std::vector<Violation> violations = error.violations();
    if constexpr (std::is_same_v<Place, JsonAt>) {
      put_place(violations, place.place());
    } else {
      put_place(violations, place);
    }
    throw Error(error.code(), std::move(violations));
  }
}

// Throw `json.kind` for another kind. `what` names the whole document, members have names.
std::vector<JsonMember> members_in(const JsonAt& at, const char* what = "");
std::vector<JsonAt> elements_in(const JsonAt& at, const char* what = "");
std::string_view text_in(const JsonAt& at);
std::int64_t number_in(const JsonAt& at);
bool flag_in(const JsonAt& at);
Date date_in(const JsonAt& at);
Instant instant_in(const JsonAt& at);
/// The place of a word among those that are known.
std::size_t one_of(const JsonAt& at, std::span<const std::string_view> words);

}  // namespace crm
