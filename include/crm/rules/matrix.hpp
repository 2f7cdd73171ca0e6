/// Product matrices (P2-P4): which products go with which spheres, for the organisation, a user, a company.
#pragma once

#include <compare>
#include <map>
#include <set>
#include <span>
#include <vector>

#include "crm/base/error.hpp"
#include "crm/model/product.hpp"

namespace crm {

/// A product in a sphere. As a cell of P2 or of a user it covers the spheres below, too.
struct MatrixCell {
  ProductId product;
  SphereId sphere;
  friend auto operator<=>(const MatrixCell&, const MatrixCell&) = default;
};

/// Child to parent; a root is absent or has none.
using SphereParents = std::map<SphereId, SphereId>;

/// A user with his matrix.
struct ManagerMatrix {
  UserId user;
  std::vector<MatrixCell> cells;
};

/// What the matrix of one company follows from, as of a day.
struct MatrixFacts {
  std::vector<MatrixCell> organisation;  ///< P2
  SphereParents parents;                 ///< tree of spheres
  std::vector<SphereId> spheres;         ///< of the company
  std::vector<ManagerMatrix> managers;   ///< current, any role; the dismissed never count
  std::set<ProductId> retired_products;  ///< on or before the day
  std::set<SphereId> retired_spheres;
  bool by_intersection = false;  ///< policy: managers' matrices intersected, not united
  CompanyId company;             ///< for messages only
};

/// Definitions, Matrices: P2 ∩ the company's spheres ∩ its managers' matrices, told on the company's own spheres; what
/// is retired is left out, and so is what stands on a retired sphere. Sorted. For many companies: crm/rules/matrices.hpp.
std::vector<MatrixCell> company_matrix(const MatrixFacts& facts);

struct MatrixExplain {
  bool included = false;
  std::vector<Violation> excluded_by;  ///< P4.retired, P4.not_in_organisation, P4.not_in_spheres, P4.no_manager,
                                       ///< P4.not_in_managers: every set that excludes the cell
  std::vector<UserId> given_by;        ///< managers whose matrix has it
};

/// Why a cell is in the matrix of the company, or is not.
MatrixExplain explain(const MatrixFacts& facts, const MatrixCell& cell);

/// A set of cells made ready to be asked many times: one look-up for each sphere on the way up.
class MatrixCover {
 public:
  /// Borrows `parents`.
  MatrixCover(std::span<const MatrixCell> cells, const SphereParents& parents);

  /// Whether a cell stands on `cell`'s sphere or above it.
  [[nodiscard]] bool covers(const MatrixCell& cell) const;

 private:
  std::set<MatrixCell> cells_;
  const SphereParents* parents_;
};

/// Whether a cell of `cells` stands on `cell`'s sphere or above it. For many questions make a `MatrixCover`.
bool covers(std::span<const MatrixCell> cells, const SphereParents& parents, const MatrixCell& cell);

/// P3.outside_p2 for each of `cells`, with "product / sphere" and its id.
std::vector<Violation> outside_p2(std::span<const UserCell> cells);
/// P3: the same for those of `cells` that P2 does not cover.
std::vector<Violation> check_user_cells(std::span<const MatrixCell> organisation, const SphereParents& parents,
                                        std::span<const UserCell> cells);

/// P3: users' cells that P2 covers now and no longer when `removed` leaves it: to refuse with, or to take along.
std::vector<UserCell> cells_lost(std::span<const MatrixCell> organisation, const SphereParents& parents,
                                 const MatrixCell& removed, std::span<const UserCell> users);
/// The same when spheres are moved in the tree, which becomes `moved`.
std::vector<UserCell> cells_lost(std::span<const MatrixCell> organisation, const SphereParents& parents, const SphereParents& moved,
                                 std::span<const UserCell> users);

}  // namespace crm
