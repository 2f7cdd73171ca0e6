#include "events_counted.hpp"

#include "crm/services/filters.hpp"

namespace crm {

std::vector<Filter> counted_filter(EventsCounted counted, FieldNo via) {
  using Verification = Event::Verification;
  if (counted == EventsCounted::all) return {};
  const auto path = [&](FieldNo field) { return via ? Path(via, field) : Path(field); };
  std::vector<Filter> parts{where::eq(path(Event::kState), static_cast<Id>(Event::State::held))};
  if (counted == EventsCounted::held) parts.push_back(where::ne(path(Event::kVerification), static_cast<Id>(Verification::returned)));
  if (counted == EventsCounted::accepted) parts.push_back(where::eq(path(Event::kVerification), static_cast<Id>(Verification::accepted)));
  return parts;
}

bool has_counted_at(EventsCounted counted) { return counted == EventsCounted::held || counted == EventsCounted::accepted; }

void check_held(EventsCounted counted) {
  if (counted == EventsCounted::all) refuse(Code::invalid_argument, {"M9.counted", 0, 0, 0, "all", ""});
}

}  // namespace crm
