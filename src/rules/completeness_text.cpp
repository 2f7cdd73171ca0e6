// C11: what to fill, in words.
#include <array>

#include "crm/rules/completeness.hpp"

namespace crm {
namespace {

using Subject = Criterion::Subject;

struct SubjectText {
  std::string_view key;
  std::string_view english;
  std::string_view english_many;
  std::string_view russian;
  std::string_view russian_many;
};

/// By the number of the subject.
constexpr std::array<SubjectText, kSubjects> kTexts = {{
    {"field", "field", "field", "поле", "поле"},
    {"characteristic", "characteristic", "characteristic", "характеристика", "характеристика"},
    {"phone", "a phone", "phones", "телефон", "телефоны"},
    {"email", "an e-mail", "e-mails", "e-mail", "e-mail"},
    {"employee", "an employee", "employees", "сотрудник", "сотрудники"},
    {"employee_with_phone", "an employee with a phone", "employees with a phone", "сотрудник с телефоном",
     "сотрудники с телефоном"},
    {"legal_entity", "a legal entity", "legal entities", "юридическое лицо", "юридические лица"},
    {"legal_entity_with_inn", "a legal entity with a valid ИНН", "legal entities with a valid ИНН",
     "юридическое лицо с верным ИНН", "юридические лица с верным ИНН"},
    {"legal_entity_with_kpp", "a legal entity with a КПП", "legal entities with a КПП", "юридическое лицо с КПП",
     "юридические лица с КПП"},
    {"bank_account", "a bank account", "bank accounts", "банковский счёт", "банковские счета"},
    {"sphere", "a business sphere", "business spheres", "сфера бизнеса", "сферы бизнеса"},
    {"current_manager", "a current manager", "current managers", "действующий менеджер", "действующие менеджеры"},
    {"address", "an address", "addresses", "адрес", "адреса"},
    {"address_on_map", "an address that can be placed on the map", "addresses that can be placed on the map",
     "адрес, который можно показать на карте", "адреса, которые можно показать на карте"},
    {"document", "a document", "documents", "документ", "документы"},
}};

struct FieldText {
  FieldNo field;
  std::string_view key;
  std::string_view english;
  std::string_view russian;
};

/// Fields of the company that people fill in.
constexpr FieldText kFields[] = {
    {Company::kName, "name", "name", "наименование"},
    {Company::kShortName, "short_name", "short name", "краткое наименование"},
    {Company::kSource, "source", "source", "источник"},
    {Company::kComment, "comment", "comment", "комментарий"},
    {Company::kPhone, "phone", "primary phone", "основной телефон"},
    {Company::kEmail, "email", "primary e-mail", "основной e-mail"},
};

const FieldText* field_text(const Criterion& criterion) {
  for (const FieldText& text : kFields)
    if (text.field == criterion.field_no) return &text;
  return nullptr;
}

const SubjectText* subject_text(Subject subject) {
  const auto number = static_cast<std::size_t>(subject);
  return number < kTexts.size() ? &kTexts[number] : nullptr;
}

/// A field or a characteristic by its caption, or by its number where there is none.
std::string single(const Criterion& criterion, const SubjectText& text, bool russian, std::string_view name) {
  if (!name.empty()) return std::string(name);
  const bool is_field = criterion.subject == Subject::field;
  if (const FieldText* field = is_field ? field_text(criterion) : nullptr)
    return std::string(russian ? field->russian : field->english);
  const Id number = is_field ? criterion.field_no : criterion.characteristic.value;
  return std::string(russian ? text.russian : text.english) + " " + std::to_string(number);
}

}  // namespace

std::string criterion_key(const Criterion& criterion) {
  const SubjectText* text = subject_text(criterion.subject);
  if (!text) return "subject." + std::to_string(static_cast<std::int32_t>(criterion.subject));
  const std::string key(text->key);
  if (criterion.subject == Subject::characteristic) return key + "." + std::to_string(criterion.characteristic.value);
  if (criterion.subject != Subject::field) return key;
  const FieldText* field = field_text(criterion);
  return key + "." + (field ? std::string(field->key) : std::to_string(criterion.field_no));
}

std::string describe_missing(const Criterion& criterion, Language language, std::string_view name) {
  const bool russian = language == Language::russian;
  const std::string verb = russian ? "заполните: " : "fill in: ";
  const SubjectText* text = subject_text(criterion.subject);
  if (!text) return verb + criterion_key(criterion);
  if (criterion.subject == Subject::field || criterion.subject == Subject::characteristic)
    return verb + single(criterion, *text, russian, name);
  if (criterion.at_least <= 1) return verb + std::string(russian ? text->russian : text->english);
  return verb + std::string(russian ? text->russian_many : text->english_many) +
         (russian ? ", не меньше " : ", at least ") + std::to_string(criterion.at_least);
}

}  // namespace crm
