#include "names.hpp"

#include <fmt/format.h>

#include "crm/base/money.hpp"

namespace crm::gen {

using capi::Function;
using capi::Param;
using capi::Role;

std::string pascal(std::string_view name) {
  std::string out;
  bool first = true;
  for (char c : name) {
    if (c == '_') {
      first = true;
      continue;
    }
    out += first && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    first = false;
  }
  return out;
}

std::string camel(std::string_view name) {
  std::string out = pascal(name);
  if (!out.empty() && out[0] >= 'A' && out[0] <= 'Z') out[0] = static_cast<char>(out[0] - 'A' + 'a');
  return out;
}

std::string upper(std::string_view name) {
  std::string out;
  for (char c : name) out += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c == ' ' || c == '-' ? '_' : c;
  return out;
}

std::string wrapped(std::string_view text, std::string_view lead, std::size_t width) {
  std::string out;
  while (!text.empty()) {
    std::size_t cut = text.size();
    if (lead.size() + cut > width) {
      cut = text.rfind(' ', width - lead.size());
      if (cut == std::string_view::npos) cut = text.size();
    }
    out += fmt::format("{}{}\n", lead, text.substr(0, cut));
    text.remove_prefix(std::min(cut + 1, text.size()));
  }
  return out;
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) text.replace(at, from.size(), to);
  return text;
}

namespace {

std::vector<Choice> all_choices() {
  std::vector<Choice> all;
  Choice status{"status", "What a call answers.", {}};
  for (int i = 0; i <= static_cast<int>(Code::internal); ++i)
    status.values.push_back({std::string(name(static_cast<Code>(i))), i, ""});
  all.push_back(std::move(status));
  for (const capi::Constant& c : capi::constants()) {
    if (all.back().name != c.group) all.push_back({c.group, c.doc, {}});
    all.back().values.push_back({c.code, c.value, ""});
  }
  for (const EnumInfo* info : enumerations()) {
    Choice choice{info->name, "", {}};
    for (const EnumValue& v : info->values) choice.values.push_back({v.code, v.number, v.ru});
    all.push_back(std::move(choice));
  }
  return all;
}

}  // namespace

const std::vector<Choice>& choices() {
  static const std::vector<Choice> all = all_choices();
  return all;
}

std::string doc_of(const FieldInfo& field) {
  std::string doc = fmt::format("{} ({}).", field.en, field.ru);
  if (field.kind == Kind::entity) doc += " With the next field a reference to any record.";
  if (field.has(kRequired)) doc += " Required.";
  if (field.has(kImmutable)) doc += " Given at the first save and never changed.";
  if (field.has(kDerived)) doc += " Made by the library.";
  if (field.has(kByAction)) doc += " Changes by actions.";
  return doc;
}

std::string doc_of(const Function& f) {
  std::string doc = f.doc;
  if (f.closes_with) doc += fmt::format(" Close with {}.", f.closes_with);
  return doc;
}

std::vector<Method> methods() {
  std::vector<Method> all;
  for (const Function& f : capi::functions()) {
    if (f.params.empty() || std::string_view(f.params[0].type) != "crm_db" || f.params[0].role != Role::handle) continue;
    if (std::string_view(f.group) == "The last error" && std::string_view(f.name) != "crm_warnings_json") continue;
    Method m{&f, std::string(f.name).substr(4), {}, {}};
    if (m.name.ends_with("_json")) m.name.resize(m.name.size() - 5);
    bool makes_handle = false;
    for (const Param& p : f.params.subspan(1)) {
      makes_handle |= p.role == Role::out_handle;
      const bool answer = p.role == Role::out_value || p.role == Role::out_or_null || p.role == Role::out_text;
      (answer ? m.answers : m.given).push_back(&p);
    }
    if (!makes_handle) all.push_back(std::move(m));
  }
  return all;
}

std::vector<const capi::Member*> action_members() {
  std::vector<const capi::Member*> all;
  for (const capi::Struct& s : capi::structs())
    if (std::string_view(s.name) == "crm_action")
      for (const capi::Member& m : s.members)
        if (std::string_view(m.name) != "struct_size" && std::string_view(m.name) != "reserved") all.push_back(&m);
  return all;
}

std::vector<std::pair<std::string, int>> odd_currencies() {
  std::vector<std::pair<std::string, int>> all;
  for (char a = 'A'; a <= 'Z'; ++a)
    for (char b = 'A'; b <= 'Z'; ++b)
      for (char c = 'A'; c <= 'Z'; ++c) {
        const std::string letters{a, b, c};
        if (const int digits = Currency(letters).minor_digits(); digits != 2) all.emplace_back(letters, digits);
      }
  return all;
}

}  // namespace crm::gen
