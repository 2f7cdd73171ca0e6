#include "analytics.hpp"

#include <algorithm>

#include "../access.hpp"

namespace crm {
namespace {

std::string code_of_number(std::string_view enumeration, std::int64_t number) {
  const auto all = enumerations();
  const EnumInfo* info = *std::ranges::find(all, enumeration, [](const EnumInfo* e) { return std::string_view(e->name); });
  const EnumValue* value = info->find(number);
  return value ? value->code : std::to_string(number);
}

}  // namespace

Crm::State::State() = default;
Crm::State::~State() = default;

bool may_be_kept(const Crm::State& state) { return !state.session && !state.undecided && !state.store->may_be_undone(); }

bool may_be_resident(const Crm::State& state, Unit& unit) { return may_be_kept(state) && unit.sees_everything(); }

Analytics* kept_for_reports(Crm::State& state, Unit& unit) {
  if (!may_be_resident(state, unit)) return nullptr;
  if (!state.analytics) state.analytics = std::make_unique<Analytics>();
  return std::exchange(state.analytics->asked, true) ? state.analytics.get() : nullptr;
}

const EventColumns* resident_events(Crm::State& state, Unit& unit, bool conditional) {
  Analytics* const kept = conditional ? nullptr : kept_for_reports(state, unit);
  return kept ? &kept->events.up_to_date(unit) : nullptr;
}

std::string code_of(Dimension dimension) { return code_of_number("dimension", static_cast<std::int64_t>(dimension)); }
std::string code_of(Figure figure) { return code_of_number("figure", static_cast<std::int64_t>(figure)); }

}  // namespace crm
