// Where the facts of whitespace come from: clients, the range meant for them, events and shipments (P1).
#pragma once

#include <functional>
#include <set>
#include <vector>

#include "analytics/columns.hpp"
#include "matrices.hpp"

namespace crm {

/// Ids of clients in scope that the asker sees, ascending. `status`: a condition on companies.
std::vector<CompanyId> clients_in(Unit& unit, const ClientScope& scope, Date day, Filter status);
/// Throws `field.range` unless 1 <= limit <= most.
void check_limit(std::int64_t limit, std::int64_t most);

struct Shipment {
  CompanyId company;
  ProductId product;
  std::optional<Decimal> quantity;
  std::optional<Money> amount;
};

/// Shipments of products that the asker sees and that satisfy the conditions; `clients`, which ascend, narrow what is read where they are few.
void each_shipment(Unit& unit, ProductId product, std::span<const CompanyId> clients, std::vector<Filter> parts,
                   const std::function<void(const Shipment&)>& take);
/// Events that the asker sees: the resident ones of the handle, or those of a few clients read into `read`.
const EventColumns& events_of(Crm::State& state, Unit& unit, std::span<const CompanyId> clients, std::optional<EventColumns>& read);

/// Tells clients' facts one client after another; one pass over each table, however many clients.
class WhitespaceSource {
 public:
  WhitespaceSource(Crm::State& state, Unit& unit, Date day, const ClientScope& scope, WhitespaceBase base);

  /// `clients` ascend.
  void each(std::span<const CompanyId> clients, const std::function<void(CompanyId, const WhitespaceFacts&)>& take);
  /// All products, or the one in scope, ascending.
  [[nodiscard]] const std::vector<ProductId>& products() const { return products_; }

 private:
  [[nodiscard]] bool is_told(ProductId product) const { return !scope_.product || product == scope_.product; }
  std::vector<CompanyMatrices::Row> spheres(std::span<const CompanyId> clients);
  /// Places of events by company.
  std::vector<std::pair<CompanyId, std::size_t>> places(const EventColumns& events, std::span<const CompanyId> clients) const;
  void add_offers(const EventColumns& events, std::size_t place, WhitespaceFacts& facts) const;
  std::vector<Shipment> shipments(std::span<const CompanyId> clients);
  void add_base(SphereId sphere, std::span<const UserId> managers, std::vector<MatrixCell>& cells);

  Crm::State& state_;
  Unit& unit_;
  const Date day_;
  const ClientScope& scope_;
  const WhitespaceBase base_;
  const MatrixFacts shared_;
  Matrices matrices_;
  std::vector<ProductId> products_;
  std::set<Id> spheres_;        // those told, if the scope names one
  std::set<Id> refusals_;
};

}  // namespace crm
