// Whitespace, underserved clients, products in demand (P1).
#include <algorithm>
#include <numeric>

#include "access.hpp"
#include "analytics/analytics.hpp"
#include "analytics/facts.hpp"
#include "crm/services/filters.hpp"
#include "whitespace_source.hpp"

namespace crm {
namespace {

Filter is_active() { return where::eq(Company::kStatus, static_cast<Id>(Company::Status::active)); }

/// Names in the order of `ids`.
template <class E>
std::vector<std::string> names(Unit& unit, Dimension dimension, const std::vector<IdOf<E>>& ids) {
  std::vector<std::int64_t> numbers;
  for (IdOf<E> id : ids) numbers.push_back(id.value);
  std::vector<std::string> out;
  for (PivotKey& key : named_keys(unit, {dimension, {}}, numbers)) out.push_back(std::move(key.name));
  return out;
}

void keep_asked(const std::vector<CellStatus>& statuses, std::vector<WhitespaceCell>& cells) {
  if (statuses.empty()) return;
  std::erase_if(cells, [&](const WhitespaceCell& cell) { return std::ranges::find(statuses, cell.status) == statuses.end(); });
}

/// A page of clients with cells.
void read_page(const WhitespaceQuery& query, std::span<const CompanyId> clients, WhitespaceSource& source, WhitespaceReport& report) {
  const bool not_eligible = std::ranges::find(query.statuses, CellStatus::not_eligible) != query.statuses.end();
  const auto asked = not_eligible ? std::span<const ProductId>(source.products()) : std::span<const ProductId>();
  const std::size_t batch = static_cast<std::size_t>(std::max<std::int64_t>(query.limit, 200));
  auto next = std::ranges::upper_bound(clients, query.after);
  while (next != clients.end() && std::ssize(report.clients) < query.limit) {
    const std::span<const CompanyId> some(next, std::min(batch, static_cast<std::size_t>(clients.end() - next)));
    source.each(some, [&](CompanyId company, const WhitespaceFacts& facts) {
      if (std::ssize(report.clients) == query.limit) return;
      ++next;
      auto cells = whitespace(facts, asked);
      keep_asked(query.statuses, cells);
      if (!cells.empty()) report.clients.push_back({company, {}, std::move(cells)});
    });
  }
  if (next != clients.end()) report.next = report.clients.back().company;
}

class Counter {
 public:
  explicit Counter(const std::vector<ProductId>& products) : products_(products), counts_(products.size()) {}

  void add(const WhitespaceFacts& facts) {
    spheres_ += std::ssize(facts.spheres);
    for (const WhitespaceCell& cell : whitespace(facts)) {
      const auto product = std::ranges::lower_bound(products_, cell.cell.product) - products_.begin();
      WhitespaceCount& count = counts_[static_cast<std::size_t>(product)];
      ++count.cells[static_cast<std::size_t>(cell.status)];
      count.sold_all_the_same += cell.sold_all_the_same;
    }
  }

  void tell(Unit& unit, WhitespaceReport& report) {
    report.total.emplace();
    const auto names_of_products = names(unit, Dimension::product, products_);
    for (std::size_t i = 0; i < products_.size(); ++i) {
      WhitespaceCount& count = counts_[i];
      // Every product of every sphere is in one status.
      std::int64_t& not_eligible = count.cells[static_cast<std::size_t>(CellStatus::not_eligible)];
      not_eligible = 0;
      not_eligible = spheres_ - std::accumulate(count.cells.begin(), count.cells.end(), std::int64_t{0});
      for (std::size_t status = 0; status < kCellStatuses; ++status) report.total->cells[status] += count.cells[status];
      report.total->sold_all_the_same += count.sold_all_the_same;
      report.products.push_back({products_[i], names_of_products[i], count});
    }
  }

 private:
  const std::vector<ProductId>& products_;
  std::vector<WhitespaceCount> counts_;
  std::int64_t spheres_ = 0;
};

/// Held events of every report, and the products of each.
void add_held(const DemandQuery& query, const Zone& zone, const EventColumns& events, std::span<const CompanyId> clients, Demand& demand) {
  const std::int64_t from = query.from ? to_number(zone.start_of(*query.from)) : INT64_MIN;
  const std::int64_t to = query.to ? to_number(zone.start_of(*query.to)) : INT64_MAX;
  const Counted counted(EventsCounted::held);
  events.each(from, to, [&](std::size_t place) {
    const CompanyId company{events.company[place]};
    if (!counted(events, place) || !std::ranges::binary_search(clients, company)) return;
    for (std::int32_t product : events.products(place))
      if (product && (!query.clients.product || query.clients.product.value == product)) demand.hold({product}, company);
  });
}

void add_shipments(Unit& unit, const DemandQuery& query, std::span<const CompanyId> clients, Demand& demand) {
  std::vector<Filter> dates;
  if (query.from) dates.push_back(where::ge(Receipt::kDate, to_number(*query.from)));
  if (query.to) dates.push_back(where::lt(Receipt::kDate, to_number(*query.to)));
  each_shipment(unit, query.clients.product, clients, std::move(dates),
                [&](const Shipment& one) { demand.ship(one.product, one.quantity, one.amount); });
}

}  // namespace

WhitespaceReport Crm::whitespace(const WhitespaceQuery& query) {
  check_limit(query.limit, 1000);
  return reading(*state_, [&](Unit& unit) {
    WhitespaceReport report;
    report.day = query.day.value_or(unit.today());
    const auto clients = clients_in(unit, query.clients, report.day, is_active());
    const KeptWithin within(*state_);
    WhitespaceSource source(*state_, unit, report.day, query.clients, query.base);
    read_page(query, clients, source, report);
    std::vector<CompanyId> told;
    for (const WhitespaceClient& client : report.clients) told.push_back(client.company);
    const auto client_names = names(unit, Dimension::company, told);
    for (std::size_t i = 0; i < told.size(); ++i) report.clients[i].name = client_names[i];
    if (!query.with_totals) return report;
    Counter counter(source.products());
    source.each(clients, [&](CompanyId, const WhitespaceFacts& facts) { counter.add(facts); });
    counter.tell(unit, report);
    return report;
  });
}

UnderservedReport Crm::underserved(const UnderservedQuery& query) {
  check_limit(query.limit, 10'000);
  return reading(*state_, [&](Unit& unit) {
    UnderservedReport report;
    report.day = query.day.value_or(unit.today());
    const auto clients = clients_in(unit, query.clients, report.day, is_active());
    const KeptWithin within(*state_);
    WhitespaceSource source(*state_, unit, report.day, query.clients, query.base);
    std::vector<Underserved> found;
    source.each(clients, [&](CompanyId company, const WhitespaceFacts& facts) { found.push_back(crm::underserved(company, crm::whitespace(facts))); });
    rank(found);
    report.count = std::ssize(found);
    if (report.count > query.limit) found.resize(static_cast<std::size_t>(query.limit));
    std::vector<CompanyId> told;
    for (const Underserved& client : found) told.push_back(client.company);
    const auto client_names = names(unit, Dimension::company, told);
    for (std::size_t i = 0; i < found.size(); ++i) report.clients.push_back({std::move(found[i]), client_names[i]});
    return report;
  });
}

std::vector<DemandedProduct> Crm::demanded_products(const DemandQuery& query) {
  check_limit(query.limit, 10'000);
  if (query.from && query.to && *query.to <= *query.from)
    refuse(Code::invalid_argument, {"date.order", 0, 0, 0, to_string(*query.to), to_string(*query.from)});
  return reading(*state_, [&](Unit& unit) {
    const auto clients = clients_in(unit, query.clients, unit.today(), where::ne(Company::kStatus, static_cast<Id>(Company::Status::draft)));
    const KeptWithin within(*state_);
    Demand demand(query.by);
    if (query.by == DemandBy::companies) {
      std::optional<EventColumns> read;
      add_held(query, unit.zone(), events_of(*state_, unit, clients, read), clients, demand);
    } else {
      add_shipments(unit, query, clients, demand);
    }
    const auto ranked = demand.ranked(static_cast<std::size_t>(query.limit));
    std::vector<ProductId> told;
    for (const ProductDemand& one : ranked) told.push_back(one.product);
    const auto product_names = names(unit, Dimension::product, told);
    std::vector<DemandedProduct> out;
    for (std::size_t i = 0; i < ranked.size(); ++i) out.push_back({ranked[i], product_names[i]});
    return out;
  });
}

}  // namespace crm
