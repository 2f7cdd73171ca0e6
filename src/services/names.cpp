#include "names.hpp"

#include "crm/base/text.hpp"

namespace crm {

const std::string& Names::of(RecordRef record) {
  const auto [place, is_new] = names_.try_emplace(record);
  if (!is_new) return place->second;
  const auto found = crm_.find(record.entity, record.id);
  if (found) place->second = caption_of(*found);
  return place->second;
}

std::string Names::caption_of(const Record& record) const {
  const auto text = [&](FieldNo field) { return record.get(field).as_text(); };
  switch (record.entity()) {
    case User::kEntity: return short_name(text(User::kLastName), text(User::kFirstName), text(User::kMiddleName));
    case EventType::kEntity: {
      const bool english = crm_.language() == Language::english && !text(EventType::kNameEn).empty();
      return std::string(text(english ? EventType::kNameEn : EventType::kNameRu));
    }
    case Department::kEntity: return std::string(text(Department::kName));
    case Product::kEntity: return std::string(text(Product::kName));
    default: return std::string(text(Company::kName));
  }
}

}  // namespace crm
