#include "matrices.hpp"
#include "access.hpp"

#include "crm/rules/dismissal.hpp"
#include "save.hpp"

namespace crm {
namespace {

std::map<SphereId, SphereId> sphere_parents(Unit& unit) {
  std::map<SphereId, SphereId> parents;
  Query query;
  query.entity = Sphere::kEntity;
  query.columns = {kId, Sphere::kParent};
  query.filter = where::not_null(Sphere::kParent);
  const auto cursor = unit.session.select(query);
  while (const Cell* cells = cursor->next()) parents[{cells[0].integer}] = {cells[1].integer};
  return parents;
}

std::vector<MatrixCell> organisation_cells(Unit& unit, ProductId product = {}) {
  std::vector<MatrixCell> cells;
  Filter filter;
  if (product) filter = where::eq(OrganisationCell::kProduct, product.value);
  for (const OrganisationCell& cell : unit.list<OrganisationCell>(std::move(filter))) cells.push_back({cell.product, cell.sphere});
  return cells;
}

template <class Set>
void retired_on(Unit& unit, EntityNo entity, FieldNo field, Date day, Set& set) {
  for (Id id : unit.ids(entity, kId, where::le(field, to_number(day)))) set.insert({id});
}

}  // namespace

bool covered_by_organisation(Unit& unit, const MatrixCell& cell) {
  return covers(organisation_cells(unit, cell.product), sphere_parents(unit), cell);
}

MatrixFacts matrix_facts(Unit& unit, CompanyId company, Date day) {
  unit.load(company);
  MatrixFacts facts;
  facts.company = company;
  facts.organisation = organisation_cells(unit);
  facts.parents = sphere_parents(unit);
  facts.by_intersection = unit.organisation().matrix_by_intersection;
  for (Id id : unit.ids(CompanySphere::kEntity, CompanySphere::kSphere, where::eq(CompanySphere::kCompany, company.value)))
    facts.spheres.push_back({id});
  for (const Assignment& line : unit.list<Assignment>(where::eq(Assignment::kCompany, company.value))) {
    const auto user = unit.find(line.user);
    if (!user || !DateRange{line.from, line.to}.contains(day) || !in_service(*user, day)) continue;
    ManagerMatrix manager{line.user, {}};
    for (const UserCell& cell : unit.list<UserCell>(where::eq(UserCell::kUser, line.user.value)))
      manager.cells.push_back({cell.product, cell.sphere});
    facts.managers.push_back(std::move(manager));
  }
  retired_on(unit, Product::kEntity, Product::kRetiredOn, day, facts.retired_products);
  retired_on(unit, Sphere::kEntity, Sphere::kRetiredOn, day, facts.retired_spheres);
  return facts;
}

std::vector<MatrixCell> Crm::company_matrix(CompanyId company, Date day) {
  return reading(*state_, [&](Unit& unit) {
    const MatrixFacts facts = matrix_facts(unit, company, day);
    unit.access().check_seen({Company::kEntity, company.value});
    return crm::company_matrix(facts);
  });
}

MatrixExplain Crm::explain_matrix(CompanyId company, ProductId product, SphereId sphere, Date day) {
  return reading(*state_, [&](Unit& unit) {
    unit.load(product);
    unit.load(sphere);
    const MatrixFacts facts = matrix_facts(unit, company, day);
    unit.access().check_seen({Company::kEntity, company.value});
    return explain(facts, {product, sphere});
  });
}

std::vector<UserCell> Crm::remove_organisation_cell(ProductId product, SphereId sphere, bool cascade) {
  return writing(*state_, [&](Unit& unit) {
    unit.access().check_administrator("administrator");
    const auto found = unit.list<OrganisationCell>(where::all({where::eq(OrganisationCell::kSphere, sphere.value),
                                                               where::eq(OrganisationCell::kProduct, product.value)}));
    if (found.empty())
      refuse(Code::not_found, {"record.not_found", OrganisationCell::kEntity, OrganisationCell::kProduct, 0,
                               std::to_string(product.value), "organisation_cell"});
    std::vector<UserCell> lost = cells_lost(organisation_cells(unit, product), sphere_parents(unit), {product, sphere},
                                            unit.list<UserCell>(where::eq(UserCell::kProduct, product.value)));
    if (!cascade) {
      std::vector<Violation> violations;
      for (const UserCell& cell : lost)
        violations.push_back({"P3.outside_p2", UserCell::kEntity, UserCell::kProduct, cell.id.value,
                              std::to_string(cell.product.value), std::to_string(cell.sphere.value)});
      refuse_if_any(Code::refused, std::move(violations));
    }
    for (const UserCell& cell : lost) unit.erase(UserCell::kEntity, cell.id.value, cell.version);
    unit.erase(OrganisationCell::kEntity, found.front().id.value, found.front().version);
    return lost;
  });
}

}  // namespace crm
