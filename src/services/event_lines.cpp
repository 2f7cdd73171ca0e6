// Lines of events (E1): which products, how many, at what amount.
#include <algorithm>

#include "access.hpp"
#include "checks.hpp"
#include "escalations.hpp"
#include "events.hpp"
#include "matrices.hpp"

namespace crm {
namespace {

std::vector<EventLine> lines_of(Unit& unit, EventId event) {
  return unit.list<EventLine>(where::eq(EventLine::kEvent, event.value), {{kId}});
}

/// New lines of the event, with their currencies.
void belong_to(Unit& unit, const Event& event, std::span<EventLine> lines) {
  for (EventLine& line : lines) {
    line.id = {};
    line.event = event.id;
    if (line.amount && !line.amount->currency) line.amount->currency = unit.organisation().currency;
  }
}

bool same_line(const EventLine& a, const EventLine& b) {
  return a.product == b.product && a.quantity == b.quantity && a.amount == b.amount;
}

/// The event with other lines. Those of a held one are judged as its result is.
Event with_lines(Unit& unit, const Event& event, std::span<const EventLine> lines, std::vector<Violation>& violations) {
  Event after = event;
  after.product = lines.empty() ? ProductId{} : lines.front().product;
  after.products = different_products(lines);
  judge_result(unit, event, after, true, violations);
  return after;
}

}  // namespace

std::int32_t different_products(std::span<const EventLine> lines) {
  std::vector<Id> products;
  for (const EventLine& line : lines) products.push_back(line.product.value);
  std::ranges::sort(products);
  return static_cast<std::int32_t>(std::ranges::unique(products).begin() - products.begin());
}

void check_matrices(Unit& unit, const Event& event, std::span<const EventLine> lines, Warnings& warnings,
                    std::vector<Violation>& violations) {
  const auto policy = unit.organisation().matrix_policy;
  if (!unit.actor || !event.company || lines.empty() || policy == Organisation::MatrixPolicy::allow) return;
  const MatrixFacts facts = matrix_facts(unit, event.company, unit.today());
  if (facts.organisation.empty()) return;  // no matrices are kept
  const auto matrix = company_matrix(facts);
  auto& told = policy == Organisation::MatrixPolicy::refuse ? violations : warnings;
  const auto own = unit.list<UserCell>(where::eq(UserCell::kUser, event.executor.value));
  for (const EventLine& line : lines) {
    const auto outside = [&](const char* rule) {
      told.push_back({rule, EventLine::kEntity, EventLine::kProduct, 0, std::to_string(line.product.value),
                      std::to_string(event.company.value)});
    };
    if (std::ranges::none_of(matrix, [&](const MatrixCell& c) { return c.product == line.product; }))
      outside("P4.outside_company_matrix");
    if (std::ranges::none_of(own, [&](const UserCell& c) { return c.product == line.product; }))
      outside("P4.outside_user_matrix");
  }
}

void stage_lines(Unit& unit, const Event& event, std::span<EventLine> lines) {
  belong_to(unit, event, lines);
  for (EventLine& line : lines) unit.insert(line);
}

void change_line(Unit& unit, EventId id, const std::optional<EventLine>& changed, Id erased, std::vector<Violation>& violations) {
  const auto event = unit.find(id);
  if (!event) return;  // the store says ref.missing
  auto lines = lines_of(unit, id);
  std::erase_if(lines, [&](const EventLine& l) { return l.id.value == erased || (changed && l.id == changed->id); });
  if (changed) lines.push_back(*changed);
  // A new line has no id yet and stands last.
  std::ranges::sort(lines, {}, [](const EventLine& l) { return l.id ? l.id.value : INT64_MAX; });
  Event after = with_lines(unit, *event, lines, violations);
  if (!violations.empty()) return;
  if (event->state == Event::State::held) {  // its result is another
    settle_time(unit, &*event, after);
    unit.renew(*event, after);
  } else {
    unit.refresh(Event::kEntity, id.value, {{Event::kProduct, after.product ? Value(after.product.value) : Value()},
                                            {Event::kProducts, Value(Id{after.products})}});
  }
}

namespace checks {

void event_line(Unit& unit, const Record* before, Record& after, Warnings&, std::vector<Violation>& violations) {
  fill_currency(unit, after, EventLine::kAmount, EventLine::kCurrency);
  if (before && before->row.values == after.row.values) return;
  const auto line = from_row<EventLine>(after.row);
  change_line(unit, line.event, line, 0, violations);
}

}  // namespace checks

Warnings Crm::set_lines(EventId id, Version version, std::span<EventLine> given) {
  std::vector<EventLine> lines(given.begin(), given.end());
  Warnings warnings = writing(*state_, [&](Unit& unit) {
    const Event event = unit.load(id);
    unit.access().check_write_on({Event::kEntity, id.value});
    check_version(event, version);
    Warnings told;
    std::vector<Violation> violations;
    check_matrices(unit, event, lines, told, violations);
    const std::vector<EventLine> stored = lines_of(unit, id);
    belong_to(unit, event, lines);
    if (std::ranges::equal(stored, lines, same_line)) {
      refuse_if_any(Code::refused, std::move(violations));
      lines = stored;
      return told;
    }
    Event after = with_lines(unit, event, lines, violations);
    refuse_if_any(Code::refused, std::move(violations));
    for (const EventLine& old : stored) unit.erase(EventLine::kEntity, old.id.value, old.version);
    stage_lines(unit, event, lines);
    settle_time(unit, &event, after);
    unit.renew(event, after);
    unit.flush();
    for (EventLine& line : lines) unit.take_version(line);
    return told;
  });
  std::ranges::move(lines, given.begin());
  return warnings;
}

}  // namespace crm
