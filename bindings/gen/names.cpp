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
  for (int i = 0; i <= static_cast<int>(kLastCode); ++i)
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
  if (field.refers) doc += fmt::format(" Id of {}.", entity_info(field.refers).name);
  if (field.kind == Kind::entity) doc += " With the next field a reference to any record.";
  if (field.has(kRequired)) doc += " Required.";
  if (field.has(kImmutable)) doc += " Given at the first save and never changed.";
  if (field.has(kDerived)) doc += " Made by the library.";
  if (field.has(kByAction)) doc += " Changes by actions.";
  return doc;
}

std::string doc_of(const Function& f) {
  std::string doc = f.doc;
  for (const Param& p : f.params)
    if (p.role == Role::value_or_none && p.means == capi::Means::date) doc += fmt::format(" {} = CRM_NONE is the default.", p.name);
  if (f.closes_with) doc += fmt::format(" Close with {}.", f.closes_with);
  return doc;
}

namespace {

/// The end of the name of C that begins at `at`.
std::size_t end_of_name(std::string_view doc, std::size_t at) {
  while (at < doc.size() && (doc[at] == '_' || doc[at] == '*' || (doc[at] >= 'a' && doc[at] <= 'z') || (doc[at] >= 'A' && doc[at] <= 'Z'))) ++at;
  return at;
}

std::string told_name(std::string_view c_name, const Words& words) {
  if (c_name == "crm_host_set") return words.method("host_set");  // by hand, in every language
  for (const Method& m : methods())
    if (c_name == m.function->name) return words.method(m.name);
  for (const auto& status : choices()[0].values)
    if (c_name == "CRM_" + upper(status.code)) return words.code("status", status.code);
  for (const capi::Constant& c : capi::constants()) {
    if (c_name == c.name) return words.code(c.group, c.code);
    if (c_name.ends_with('*') && std::string_view(c.name).starts_with(c_name.substr(0, c_name.size() - 1))) return words.code(c.group, "");
  }
  return std::string(c_name);
}

}  // namespace

std::string told(std::string_view doc, const Words& words) {
  std::string out;
  for (std::size_t at = 0; at < doc.size();) {
    const bool name = doc.substr(at).starts_with("crm_") || doc.substr(at).starts_with("CRM_");
    const std::size_t end = name ? end_of_name(doc, at) : at + 1;
    out += name ? told_name(doc.substr(at, end - at), words) : std::string(doc.substr(at, 1));
    at = end;
  }
  return out;
}

std::string_view without_unit(std::string_view name) {
  if (name.ends_with("_us")) name.remove_suffix(3);
  return name;
}

std::string whole(std::string_view type, const std::string& name) {
  if (type == "int64_t") return fmt::format("rt.int64({})", name);
  if (type == "int32_t") return fmt::format("rt.int32({})", name);
  return name;
}

bool Method::may_end_before(std::size_t i) const {
  for (; i < given.size(); ++i) {
    const Role role = given[i]->role;
    if (role == Role::handles) ++i;  // its length
    else if (role != Role::value_or_none && role != Role::text_or_null && role != Role::options) return false;
  }
  return true;
}

std::vector<Method> methods() {
  std::vector<Method> all;
  for (const Function& f : capi::functions()) {
    if (f.params.empty() || std::string_view(f.params[0].type) != "crm_db" || f.params[0].role != Role::handle) continue;
    if (std::string_view(f.group) == "The last error" && std::string_view(f.name) != "crm_warnings_json") continue;
    if (std::string_view(f.group) == "Texts of other encodings") continue;  // a language has its own
    Method m{&f, std::string(f.name).substr(4), {}, {}};
    if (m.name.ends_with("_json")) m.name.resize(m.name.size() - 5);
    if (std::string_view(f.name) == "crm_host_answer") continue;  // of the runtime, as is what takes callbacks
    bool by_hand = false;
    for (const Param& p : f.params.subspan(1)) {
      by_hand |= p.role == Role::out_handle || p.role == Role::callbacks;
      const bool answer = p.role == Role::out_value || p.role == Role::out_or_null || p.role == Role::out_text;
      (answer ? m.answers : m.given).push_back(&p);
    }
    if (!by_hand) all.push_back(std::move(m));
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
