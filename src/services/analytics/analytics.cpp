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

std::size_t Analytics::bytes() const {
  std::size_t sum = events.bytes() + receipts.bytes() + plans.bytes() + managers.value().bytes() + bytes_of(drafts.value()) + matrices.bytes();
  for (const auto& [key, funnel] : funnels) sum += funnel.bytes();
  for (const auto& [condition, bits] : companies) sum += kNodeBytes + condition.size() + bytes_of(bits.value());
  for (const auto& [classifier, kept] : groups) sum += kNodeBytes + kept.value().bytes();
  return sum;
}

KeptWithin::~KeptWithin() {
  const std::int64_t limit = state_.options.limits.resident_bytes;
  if (limit == Limits::kNoLimit || !state_.analytics || state_.analytics->bytes() <= static_cast<std::uint64_t>(limit)) return;
  state_.analytics.reset();
  state_.keeps_nothing = true;
}

namespace {

/// Whether the columns of all events will be within the limit, before they are read.
bool events_fit(const Crm::State& state, Unit& unit) {
  constexpr std::int64_t kBytesAnEvent = 64;
  const std::int64_t limit = state.options.limits.resident_bytes;
  if (limit == Limits::kNoLimit || state.analytics->events.built()) return true;
  const Table count = unit.session.aggregate({Event::kEntity, {}, {}, {{}}});
  return std::get<std::int64_t>(count.rows.at(0).at(0)) <= limit / kBytesAnEvent;
}

}  // namespace

bool may_be_kept(const Crm::State& state) { return !state.keeps_nothing && !state.session && !state.undecided && !state.store->may_be_undone(); }

bool may_be_resident(const Crm::State& state, Unit& unit) { return may_be_kept(state) && unit.sees_everything(); }

Analytics* kept_for_reports(Crm::State& state, Unit& unit) {
  if (!may_be_resident(state, unit)) return nullptr;
  if (!state.analytics) state.analytics = std::make_unique<Analytics>();
  if (!std::exchange(state.analytics->asked, true)) return nullptr;
  if (events_fit(state, unit)) return state.analytics.get();
  state.analytics.reset();
  state.keeps_nothing = true;
  return nullptr;
}

const EventColumns* resident_events(Crm::State& state, Unit& unit, bool conditional) {
  Analytics* const kept = conditional ? nullptr : kept_for_reports(state, unit);
  return kept ? &kept->events.up_to_date(unit) : nullptr;
}

std::string code_of(Dimension dimension) { return code_of_number("dimension", static_cast<std::int64_t>(dimension)); }
std::string code_of(Figure figure) { return code_of_number("figure", static_cast<std::int64_t>(figure)); }

}  // namespace crm
