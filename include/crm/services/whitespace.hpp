/// Whitespace, demand and the matrices of all companies asked of a base (P1, P4): what is asked, and what is told.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "crm/model/entities.hpp"
#include "crm/rules/matrices.hpp"
#include "crm/rules/whitespace.hpp"

namespace crm {

/// The range meant for a client (Definitions, base of whitespace), always on the client's own spheres.
enum class WhitespaceBase : std::int32_t {
  spheres = 0,         ///< P2, whoever its managers are: a narrow manager does not hide the gap
  company_matrix = 1,  ///< P4
  all_products = 2,    ///< all that are not retired
};

/// Which clients: those that the asker sees and that satisfy all that is given.
struct ClientScope {
  std::vector<CompanyId> companies;      ///< none: all
  UserId manager;                        ///< current on the day, in any role
  SphereId sphere;                       ///< with it or one below; of whitespace only such spheres are told
  ProductId product;                     ///< only this product is told
};

/// Of active clients.
struct WhitespaceQuery {
  /// The base and the shipments are as of this day; none: today. Events are as they are now; of a day that is past, those that start later
  /// or on no day yet do not count.
  std::optional<Date> day;
  ClientScope clients;
  WhitespaceBase base = WhitespaceBase::spheres;
  std::vector<CellStatus> statuses;      ///< of the cells told; none: the base, and what was sold all the same
  bool with_totals = false;              ///< counts the cells of all clients asked for, whatever the page and `statuses`
  CompanyId after;                       ///< page: clients with a greater id
  std::int64_t limit = 100;              ///< clients with cells, 1..1000
};

struct WhitespaceClient {
  CompanyId company;
  std::string name;
  std::vector<WhitespaceCell> cells;     ///< by product and sphere
};

/// `cells[s]`: those with status s.
struct WhitespaceCount {
  std::array<std::int64_t, kCellStatuses> cells{};
  std::int64_t sold_all_the_same = 0;    ///< of those not eligible
};

struct WhitespaceReport {
  struct OfProduct {
    ProductId product;
    std::string name;
    WhitespaceCount count;
  };

  Date day{};
  std::vector<WhitespaceClient> clients; ///< by id
  CompanyId next;                        ///< `after` of the next page; none: this was the last
  std::optional<WhitespaceCount> total;  ///< if asked for
  std::vector<OfProduct> products;       ///< all there are, by id; if asked for
};

/// Of active clients.
struct UnderservedQuery {
  std::optional<Date> day;               ///< as of whitespace
  ClientScope clients;
  WhitespaceBase base = WhitespaceBase::spheres;
  std::int64_t limit = 100;              ///< the worst, 1..10000
};

struct UnderservedReport {
  struct Client {
    Underserved client;
    std::string name;
  };

  Date day{};
  std::int64_t count = 0;                ///< of the clients to whom something was never offered
  std::vector<Client> clients;           ///< the worst first
};

/// Of all clients but drafts, as of today.
struct DemandQuery {
  std::optional<Date> from;              ///< half-open [from, to) by the organisation's calendar
  std::optional<Date> to;
  ClientScope clients;
  DemandBy by = DemandBy::amount;
  std::int64_t limit = 20;               ///< of a currency, 1..10000
};

struct DemandedProduct {
  ProductDemand demand;
  std::string name;
};

/// A row for each sphere of a company that has products in it, in the order of (company, sphere).
struct CompanyMatrices {
  struct Row {
    CompanyId company;
    SphereId sphere;

    friend auto operator<=>(const Row&, const Row&) = default;
  };

  std::vector<ProductId> products;       ///< those of P2
  std::size_t words = 0;                 ///< of a set of them
  std::vector<Row> rows;
  std::vector<std::uint64_t> bits;       ///< `words` for each row

  [[nodiscard]] ProductSet set(std::size_t row) const { return {bits.data() + row * words, words}; }
};

}  // namespace crm
