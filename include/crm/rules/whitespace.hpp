/// Whitespace (P1): what of the range meant for a client it owns, is offered, refused or was never offered; what is in demand.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "crm/base/money.hpp"
#include "crm/base/time.hpp"
#include "crm/model/event.hpp"
#include "crm/rules/matrix.hpp"

namespace crm {

/// Of a cell (company, product, its own sphere): the first that holds (Definitions, Matrices).
enum class CellStatus : std::int32_t {
  not_eligible = 0,   ///< outside the base
  owned = 1,          ///< the net of what was shipped is above 0
  never_offered = 2,  ///< no event with the product, or cancelled ones alone
  refused = 3,        ///< the latest event with the product has a refusal outcome
  in_work = 4,        ///< the rest
};
constexpr std::size_t kCellStatuses = 5;

/// An event of a company, as far as one of its products is concerned.
struct Offer {
  EventId event;
  std::optional<Instant> start;  ///< none: postponed to an unknown day, later than all others
  Event::State state = Event::State::planned;
  bool refusal = false;          ///< its outcome is one
};

/// What has passed between one company and one product; taken in any order.
class Dealings {
 public:
  /// A shipment, or a return below 0. Throws `invalid_argument` (`money.overflow`).
  void ship(std::optional<Decimal> quantity, const std::optional<Money>& amount);
  void offer(const Offer& offer);

  /// Whether the net quantity is above 0; if no shipment tells a quantity, the net amount of a currency.
  [[nodiscard]] bool is_shipped() const;
  [[nodiscard]] CellStatus status(bool in_base) const;

 private:
  std::optional<Decimal> quantity_;
  std::vector<Money> amounts_;   // one of each currency
  std::optional<Offer> latest_;  // that is not cancelled
};

struct WhitespaceFacts {
  std::vector<SphereId> spheres;           ///< the company's own
  std::vector<MatrixCell> base;            ///< cells on these spheres
  std::map<ProductId, Dealings> dealings;
};

struct WhitespaceCell {
  MatrixCell cell;
  CellStatus status = CellStatus::not_eligible;
  bool sold_all_the_same = false;          ///< not eligible, and yet shipped

  friend bool operator==(const WhitespaceCell&, const WhitespaceCell&) = default;
};

/// Cells of one company, sorted: the base, and of what is not eligible that which was sold all the same and that of `products`.
std::vector<WhitespaceCell> whitespace(const WhitespaceFacts& facts, std::span<const ProductId> products = {});

/// A client and how much of the range meant for it was never offered; a product counts once in however many spheres.
struct Underserved {
  CompanyId company;
  std::int64_t range = 0;                   ///< products of the base
  std::vector<ProductId> never_offered;     ///< ascending

  friend bool operator==(const Underserved&, const Underserved&) = default;
};

Underserved underserved(CompanyId company, std::span<const WhitespaceCell> cells);
/// The worst first: by the share that was never offered, then by its number, then by id. Clients to whom all was offered leave the list.
void rank(std::vector<Underserved>& clients);

/// What makes a product the most demanded.
enum class DemandBy : std::int32_t {
  amount = 0,     ///< of shipments, less returns; each currency is ranked by itself
  quantity = 1,   ///< of shipments, less returns
  companies = 2,  ///< distinct, with a held event
};

struct ProductDemand {
  ProductId product;
  Currency currency;       ///< of an amount
  std::int64_t value = 0;  ///< minor units, millionths, companies

  friend bool operator==(const ProductDemand&, const ProductDemand&) = default;
};

class Demand {
 public:
  explicit Demand(DemandBy by) : by_(by) {}

  /// Throws `invalid_argument` (`money.overflow`).
  void ship(ProductId product, std::optional<Decimal> quantity, const std::optional<Money>& amount);
  void hold(ProductId product, CompanyId company);

  /// By currency, most demanded first, equal ones by product; at most `limit` of a currency (0: all).
  [[nodiscard]] std::vector<ProductDemand> ranked(std::size_t limit = 0) const;

 private:
  DemandBy by_;
  std::map<std::pair<Currency, ProductId>, std::int64_t> shipped_;
  std::vector<std::pair<ProductId, CompanyId>> held_;
};

}  // namespace crm
