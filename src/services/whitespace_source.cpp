#include "whitespace_source.hpp"

#include <algorithm>

#include "access.hpp"
#include "analytics/analytics.hpp"
#include "crm/services/filters.hpp"
#include "sizes.hpp"

namespace crm {
namespace {

std::vector<Value> client_values(std::span<const CompanyId> clients) {
  std::vector<Value> values;
  for (CompanyId id : clients) values.emplace_back(id.value);
  return values;
}

std::vector<SphereId> spheres_below(Unit& unit, SphereId sphere) {
  std::vector<SphereId> found;
  for (Id id : subtree_of(unit.session, Sphere::kEntity, Sphere::kParent, sphere.value)) found.push_back({id});
  return found;
}

Filter managed_by_one(Path company, UserId user, Date day) {
  return where::exists(Assignment::kEntity, Assignment::kCompany, company,
                       {where::eq(Assignment::kUser, user.value), where::current_on(day), where::in_service(Assignment::kUser, day)});
}

/// Whether reading by client costs less than reading everything.
bool are_few(std::span<const CompanyId> clients) { return clients.size() <= 1000; }

std::span<const CompanyId> narrowing(std::span<const CompanyId> clients) {
  return are_few(clients) ? clients : std::span<const CompanyId>();
}

}  // namespace

std::vector<CompanyId> clients_in(Unit& unit, const ClientScope& scope, Date day, Filter status) {
  check_values(unit.limits(), scope.companies.size());
  std::vector<Filter> parts{std::move(status)};
  if (!scope.companies.empty()) parts.push_back(where::in(kId, client_values(scope.companies)));
  if (scope.manager) parts.push_back(managed_by_one(kId, unit.load(scope.manager).id, day));
  if (scope.sphere) parts.push_back(where::in_spheres(kId, spheres_below(unit, unit.load(scope.sphere).id)));
  if (scope.product) unit.load(scope.product);
  if (auto seen = unit.access().visible(Company::kEntity)) parts.push_back(std::move(*seen));
  std::vector<CompanyId> clients;
  for (Id id : unit.ids(Company::kEntity, kId, where::all(std::move(parts)))) clients.push_back({id});
  std::ranges::sort(clients);
  return clients;
}

void check_limit(std::int64_t limit, std::int64_t most) {
  if (limit < 1 || limit > most)
    refuse(Code::invalid_argument, {"field.range", 0, 0, 0, std::to_string(limit), "limit: 1.." + std::to_string(most)});
}

void each_shipment(Unit& unit, ProductId product, std::span<const CompanyId> clients, std::vector<Filter> parts,
                   const std::function<void(const Shipment&)>& take) {
  Query query;
  query.entity = Receipt::kEntity;
  query.columns = {Receipt::kCompany, Receipt::kProduct, Receipt::kQuantity, Receipt::kAmount, Receipt::kCurrency};
  parts.push_back(where::eq(Receipt::kKind, static_cast<Id>(Receipt::Kind::shipment)));
  parts.push_back(product ? where::eq(Receipt::kProduct, product.value) : where::not_null(Receipt::kProduct));
  if (are_few(clients)) parts.push_back(where::in(Receipt::kCompany, client_values(clients)));
  query.filter = where::all(std::move(parts));
  limit(unit, query);
  unit.session.scan(query, [&](const Cell* cells) {
    Shipment one{{cells[0].as_integer()}, {cells[1].as_integer()}, {}, {}};
    if (!std::ranges::binary_search(clients, one.company)) return;
    if (!cells[2].is_null()) one.quantity = Decimal{cells[2].integer};
    if (!cells[3].is_null()) one.amount = Money{cells[3].integer, parse_currency(cells[4].as_text())};
    take(one);
  });
}

const EventColumns& events_of(Crm::State& state, Unit& unit, std::span<const CompanyId> clients, std::optional<EventColumns>& read) {
  if (const EventColumns* resident = resident_events(state, unit, are_few(clients))) return *resident;
  return read.emplace(read_events(unit, are_few(clients) ? where::in(Event::kCompany, client_values(clients)) : where::all({}), Width::whole));
}

WhitespaceSource::WhitespaceSource(Crm::State& state, Unit& unit, Date day, const ClientScope& scope, WhitespaceBase base)
    : state_(state), unit_(unit), day_(day), scope_(scope), base_(base),
      shared_(shared_matrix_facts(unit, day, base == WhitespaceBase::company_matrix)), matrices_(shared_) {
  for (Id id : unit.ids(Product::kEntity, kId, scope.product ? where::eq(kId, scope.product.value) : where::all({}))) products_.push_back({id});
  std::ranges::sort(products_);
  if (scope.sphere)
    for (SphereId sphere : spheres_below(unit, scope.sphere)) spheres_.insert(sphere.value);
  for (Id id : unit.ids(Outcome::kEntity, kId, where::eq(Outcome::kKind, static_cast<Id>(Outcome::Kind::refusal)))) refusals_.insert(id);
}

std::vector<CompanyMatrices::Row> WhitespaceSource::spheres(std::span<const CompanyId> clients) {
  auto rows = company_spheres(unit_, narrowing(clients));
  if (!spheres_.empty()) std::erase_if(rows, [&](const auto& row) { return !spheres_.contains(row.sphere.value); });
  return rows;
}

void WhitespaceSource::add_base(SphereId sphere, std::span<const UserId> managers, std::vector<MatrixCell>& cells) {
  const auto add = [&](const std::vector<ProductId>& products) {
    for (ProductId product : products)
      if (is_told(product)) cells.push_back({product, sphere});
  };
  switch (base_) {
    case WhitespaceBase::spheres: return add(products_in(matrices_.organisation(sphere), matrices_.products()));
    case WhitespaceBase::company_matrix: return add(products_in(matrices_.of(sphere, managers), matrices_.products()));
    case WhitespaceBase::all_products: break;
  }
  if (shared_.retired_spheres.contains(sphere)) return;
  for (ProductId product : products_)
    if (!shared_.retired_products.contains(product)) cells.push_back({product, sphere});
}

std::vector<std::pair<CompanyId, std::size_t>> WhitespaceSource::places(const EventColumns& events, std::span<const CompanyId> clients) const {
  const bool is_past = day_ < unit_.today();
  const std::int64_t end = to_number(unit_.zone().start_of(day_ + std::chrono::days(1)));
  std::vector<std::pair<CompanyId, std::size_t>> out;
  for (std::size_t i = 0; i < events.size(); ++i) {
    if (events.state[i] == EventColumns::kRemoved) continue;
    if (is_past && (events.start[i] == EventColumns::kNever || events.start[i] >= end)) continue;
    const CompanyId company{events.company[i]};
    if (std::ranges::binary_search(clients, company)) out.emplace_back(company, i);
  }
  std::ranges::sort(out);
  return out;
}

void WhitespaceSource::add_offers(const EventColumns& events, std::size_t place, WhitespaceFacts& facts) const {
  Offer offer;
  offer.event = {events.id[place]};
  if (events.start[place] != EventColumns::kNever) offer.start = instant_of(events.start[place]);
  offer.state = static_cast<Event::State>(events.state[place]);
  offer.refusal = refusals_.contains(events.outcome[place]);
  for (std::int32_t product : events.products(place))
    if (product && is_told({product})) facts.dealings[{product}].offer(offer);
}

std::vector<Shipment> WhitespaceSource::shipments(std::span<const CompanyId> clients) {
  std::vector<Shipment> out;
  each_shipment(unit_, scope_.product, clients, {where::le(Receipt::kDate, to_number(day_))}, [&](const Shipment& one) { out.push_back(one); });
  std::ranges::sort(out, {}, &Shipment::company);
  return out;
}

void WhitespaceSource::each(std::span<const CompanyId> clients, const std::function<void(CompanyId, const WhitespaceFacts&)>& take) {
  if (clients.empty()) return;
  const auto spheres = this->spheres(clients);
  const auto managed = base_ == WhitespaceBase::company_matrix ? managers_on(unit_, day_, narrowing(clients))
                                                               : std::vector<Managed>();
  std::optional<EventColumns> read;
  const EventColumns& events = events_of(state_, unit_, clients, read);
  const auto placed = places(events, clients);
  const auto shipped = shipments(clients);

  const auto of = [](const auto& rows, CompanyId company, auto projection) { return std::ranges::equal_range(rows, company, {}, projection); };
  for (CompanyId company : clients) {
    unit_.check_interrupt();
    WhitespaceFacts facts;
    std::vector<UserId> managers;
    for (const auto& [id, user] : of(managed, company, &Managed::first)) managers.push_back(user);
    for (const auto& row : of(spheres, company, &CompanyMatrices::Row::company)) {
      facts.spheres.push_back(row.sphere);
      add_base(row.sphere, managers, facts.base);
    }
    for (const auto& [id, place] : of(placed, company, &std::pair<CompanyId, std::size_t>::first)) add_offers(events, place, facts);
    for (const Shipment& one : of(shipped, company, &Shipment::company)) facts.dealings[one.product].ship(one.quantity, one.amount);
    take(company, facts);
  }
}

}  // namespace crm
