#include "crm/rules/matrix.hpp"

#include <algorithm>
#include <string>

#include "crm/model/company.hpp"
#include "crm/rules/matrices.hpp"
#include "sphere_tree.hpp"

namespace crm {
namespace {

std::string in_words(const MatrixCell& cell) {
  return std::to_string(cell.product.value) + " / " + std::to_string(cell.sphere.value);
}

}  // namespace

MatrixCover::MatrixCover(std::span<const MatrixCell> cells, const SphereParents& parents)
    : cells_(cells.begin(), cells.end()), parents_(&parents) {}

bool MatrixCover::covers(const MatrixCell& cell) const {
  return any_upwards(cell.sphere, *parents_, [&](SphereId sphere) { return cells_.contains({cell.product, sphere}); });
}

std::vector<MatrixCell> company_matrix(const MatrixFacts& facts) {
  std::vector<UserId> managers;
  for (const ManagerMatrix& manager : facts.managers) managers.push_back(manager.user);
  return Matrices(facts).of(facts.spheres, managers);
}

namespace {

/// Whether a cell covers `cell` from its own sphere, retired or not, or from a sphere above that is not retired: that
/// the sphere or product itself is retired is said once, by P4.retired, and not by every set again.
bool covers_live(std::span<const MatrixCell> cells, const MatrixFacts& facts, const MatrixCell& cell) {
  return any_upwards(cell.sphere, facts.parents, [&](SphereId sphere) {
    return (sphere == cell.sphere || !facts.retired_spheres.contains(sphere)) &&
           std::ranges::find(cells, MatrixCell{cell.product, sphere}) != cells.end();
  });
}

/// Tells what is retired: the product, the sphere, or all that P2 has above.
Violation retired(const MatrixFacts& facts, const MatrixCell& cell) {
  Violation v{"P4.retired", Product::kEntity, Product::kRetiredOn, cell.product.value, in_words(cell), ""};
  if (!facts.retired_products.contains(cell.product)) {
    v.entity = Sphere::kEntity;
    v.field = Sphere::kRetiredOn;
    any_upwards(cell.sphere, facts.parents, [&](SphereId sphere) {
      v.record = sphere.value;
      return facts.retired_spheres.contains(sphere);
    });
  }
  return v;
}

}  // namespace

MatrixExplain explain(const MatrixFacts& facts, const MatrixCell& cell) {
  MatrixExplain out;
  const std::string company = facts.company ? std::to_string(facts.company.value) : std::string();
  const auto exclude = [&](const char* rule, EntityNo set, FieldNo field) {
    out.excluded_by.push_back({rule, set, field, 0, in_words(cell), company});
  };
  const bool in_p2 = covers(facts.organisation, facts.parents, cell);
  const bool gone = facts.retired_products.contains(cell.product) || facts.retired_spheres.contains(cell.sphere) ||
                    (in_p2 && !covers_live(facts.organisation, facts, cell));
  if (gone) out.excluded_by.push_back(retired(facts, cell));
  if (!in_p2) exclude("P4.not_in_organisation", OrganisationCell::kEntity, OrganisationCell::kSphere);
  if (std::ranges::find(facts.spheres, cell.sphere) == facts.spheres.end())
    exclude("P4.not_in_spheres", CompanySphere::kEntity, CompanySphere::kSphere);

  std::size_t having = 0;
  for (const ManagerMatrix& manager : facts.managers) {
    if (!covers_live(manager.cells, facts, cell)) continue;
    ++having;
    if (std::ranges::find(out.given_by, manager.user) == out.given_by.end()) out.given_by.push_back(manager.user);
  }
  if (facts.managers.empty()) {
    out.excluded_by.push_back({"P4.no_manager", Assignment::kEntity, Assignment::kUser, 0, company, ""});
  } else if (having == 0 || (facts.by_intersection && having < facts.managers.size())) {
    exclude("P4.not_in_managers", UserCell::kEntity, UserCell::kSphere);
  }
  out.included = out.excluded_by.empty();
  return out;
}

bool covers(std::span<const MatrixCell> cells, const SphereParents& parents, const MatrixCell& cell) {
  return any_upwards(cell.sphere, parents, [&](SphereId sphere) {
    return std::ranges::find(cells, MatrixCell{cell.product, sphere}) != cells.end();
  });
}

std::vector<Violation> outside_p2(std::span<const UserCell> cells) {
  std::vector<Violation> violations;
  for (const UserCell& cell : cells)
    violations.push_back(
        {"P3.outside_p2", UserCell::kEntity, UserCell::kProduct, cell.id.value, in_words({cell.product, cell.sphere}), ""});
  return violations;
}

std::vector<Violation> check_user_cells(std::span<const MatrixCell> organisation, const SphereParents& parents,
                                        std::span<const UserCell> cells) {
  const MatrixCover p2(organisation, parents);
  std::vector<UserCell> outside;
  for (const UserCell& cell : cells)
    if (!p2.covers({cell.product, cell.sphere})) outside.push_back(cell);
  return outside_p2(outside);
}

namespace {

std::vector<UserCell> covered_no_more(const MatrixCover& before, const MatrixCover& after, std::span<const UserCell> users) {
  std::vector<UserCell> lost;
  for (const UserCell& cell : users) {
    const MatrixCell his{cell.product, cell.sphere};
    if (before.covers(his) && !after.covers(his)) lost.push_back(cell);
  }
  return lost;
}

}  // namespace

std::vector<UserCell> cells_lost(std::span<const MatrixCell> organisation, const SphereParents& parents,
                                 const MatrixCell& removed, std::span<const UserCell> users) {
  std::vector<MatrixCell> rest(organisation.begin(), organisation.end());
  if (std::erase(rest, removed) == 0) return {};
  return covered_no_more({{&removed, 1}, parents}, {rest, parents}, users);
}

std::vector<UserCell> cells_lost(std::span<const MatrixCell> organisation, const SphereParents& parents, const SphereParents& moved,
                                 std::span<const UserCell> users) {
  return covered_no_more({organisation, parents}, {organisation, moved}, users);
}

}  // namespace crm
