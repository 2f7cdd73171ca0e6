// Texts of hosts that keep them in UTF-16 or Windows-1251 (X12).
#include "crm/base/encoding.hpp"

#include "crm/base/text.hpp"
#include "handles.hpp"

using namespace crm;
using namespace crm::capi;

namespace {

/// Zero-terminated texts cannot hold a zero: what stood after it would be lost.
template <class Text>
Text without_zero(Text text) {
  if (const auto at = text.find(typename Text::value_type{0}); at != Text::npos)
    throw Error(Code::invalid_argument, std::vector<Violation>{{"field.nul", 0, 0, 0, "", std::to_string(at)}});
  return text;
}

std::u16string units_of(const std::uint16_t* text, std::int32_t length) {
  need(text, "text");
  if (length < -1)
    throw Error(Code::invalid_argument, std::vector<Violation>{{"field.range", 0, 0, 0, std::to_string(length), "length of text"}});
  const std::uint16_t* end = text;
  while (length < 0 ? *end != 0 : end < text + length) ++end;
  return {text, end};
}

}  // namespace

int32_t CRM_CALL crm_text_from_utf16(crm_db* db, const uint16_t* text, int32_t length, const char** utf8) {
  return guard_text(db, utf8, [&](Base&) { return from_utf16(without_zero(units_of(text, length))); });
}

int32_t CRM_CALL crm_text_to_utf16(crm_db* db, const char* utf8, const uint16_t** text, int32_t* length) {
  return guard(db, [&](Base& base) {
    need(text, "text");
    *text = nullptr;
    const std::u16string made = to_utf16(text_of(utf8, "utf8"));
    base.units.assign(made.c_str(), made.c_str() + made.size() + 1);
    *text = base.units.data();
    if (length) *length = static_cast<std::int32_t>(made.size());
  });
}

int32_t CRM_CALL crm_text_from_windows_1251(crm_db* db, const char* text, int32_t length, const char** utf8) {
  return guard_text(db, utf8, [&](Base&) { return from_windows_1251(without_zero(text_of(text, length, "text"))); });
}

int32_t CRM_CALL crm_text_to_windows_1251(crm_db* db, const char* utf8, int32_t replacement, const char** text, int32_t* length) {
  return guard_text(db, text, [&](Base&) {
    if (replacement < 0 || replacement > 255)
      throw Error(Code::invalid_argument, std::vector<Violation>{{"field.range", 0, 0, 0, std::to_string(replacement), "replacement: 0..255"}});
    const auto byte = replacement ? std::optional(static_cast<char>(replacement)) : std::nullopt;
    std::string made = to_windows_1251(text_of(utf8, "utf8"), byte);
    if (length) *length = static_cast<std::int32_t>(made.size());
    return made;
  });
}
