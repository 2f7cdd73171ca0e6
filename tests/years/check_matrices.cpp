// P2 to P4: a user's matrix is inside the organisation's; on Sundays, a company's matrix is what the sets give cell by cell.
#include <set>

#include "facts.hpp"

namespace crm::years {
namespace {

template <class Cell>
bool covers(const Facts& facts, const Cell& cell, ProductId product, SphereId sphere) {
  if (cell.product != product) return false;  // no cell of this house is of a group
  for (SphereId at = sphere; at; at = facts.find(at)->parent)
    if (at == cell.sphere) return true;
  return false;
}

template <class Cell>
bool covered(const Facts& facts, ProductId product, SphereId sphere, const std::set<UserId>* users = nullptr) {
  for (const auto& [id, cell] : facts.all<Cell>()) {
    if constexpr (std::is_same_v<Cell, UserCell>)
      if (users && !users->contains(cell.user)) continue;
    if (covers(facts, cell, product, sphere)) return true;
  }
  return false;
}

}  // namespace

void check_matrices(const Evening& evening) {
  const Facts& facts = evening.facts;
  for (const auto& [id, cell] : facts.all<UserCell>())
    if (!covered<OrganisationCell>(facts, cell.product, cell.sphere))
      throw Broken{"outside", "cell " + std::to_string(id) + " of user " + std::to_string(cell.user.value) + " is outside the matrix of the organisation"};
  if (!evening.is_sunday()) return;
  std::map<CompanyId, std::set<UserId>> managers;
  std::map<CompanyId, std::set<SphereId>> spheres;
  for (const auto& [id, one] : facts.all<Assignment>()) {
    const User& user = *facts.find(one.user);
    const bool serves = (!user.hired || *user.hired <= evening.today) && (!user.dismissed || evening.today < *user.dismissed);
    if (serves && *one.from <= evening.today && (!one.to || evening.today < *one.to)) managers[one.company].insert(one.user);
  }
  for (const auto& [id, row] : facts.all<CompanySphere>()) spheres[row.company].insert(row.sphere);
  std::set<std::pair<Id, std::pair<Id, Id>>> want, got;  // company, product, sphere
  for (const auto& [company, of_company] : spheres) {
    if (facts.find(company)->status == Company::Status::draft) continue;
    for (SphereId sphere : of_company)
      for (const auto& [id, product] : facts.all<Product>())
        if (covered<OrganisationCell>(facts, product.id, sphere) && covered<UserCell>(facts, product.id, sphere, &managers[company]))
          want.insert({company.value, {product.id.value, sphere.value}});
    for (const MatrixCell& cell : evening.db.company_matrix(company, evening.today)) got.insert({company.value, {cell.product.value, cell.sphere.value}});
  }
  same("company", "cells of the matrices of companies", got, want);
}

}  // namespace crm::years
