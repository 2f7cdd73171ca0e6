#include "matrices.hpp"

#include "access.hpp"

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

std::vector<UserCell> lost_without(Unit& unit, const MatrixCell& removed) {
  return cells_lost(organisation_cells(unit, removed.product), sphere_parents(unit), removed,
                    unit.list<UserCell>(where::eq(UserCell::kProduct, removed.product.value)));
}

std::vector<UserCell> lost_by_moving(Unit& unit, SphereId sphere, SphereId parent) {
  const SphereParents parents = sphere_parents(unit);
  SphereParents moved = parents;
  moved[sphere] = parent;
  return cells_lost(organisation_cells(unit), parents, moved, unit.list<UserCell>(where::all({})));
}

void check_subset(Unit& unit) {
  refuse_if_any(Code::refused, check_user_cells(organisation_cells(unit), sphere_parents(unit), unit.list<UserCell>(where::all({}))));
}

MatrixFacts shared_matrix_facts(Unit& unit, Date day, bool with_users) {
  MatrixFacts facts;
  facts.organisation = organisation_cells(unit);
  facts.parents = sphere_parents(unit);
  facts.by_intersection = unit.organisation().matrix_by_intersection;
  retired_on(unit, Product::kEntity, Product::kRetiredOn, day, facts.retired_products);
  retired_on(unit, Sphere::kEntity, Sphere::kRetiredOn, day, facts.retired_spheres);
  if (!with_users) return facts;
  Query query;
  query.entity = UserCell::kEntity;
  query.columns = {UserCell::kUser, UserCell::kProduct, UserCell::kSphere};
  query.order = {{UserCell::kUser}};
  const auto cursor = unit.session.select(query);
  while (const Cell* cells = cursor->next()) {
    const UserId user{cells[0].integer};
    if (facts.managers.empty() || facts.managers.back().user != user) facts.managers.push_back({user, {}});
    facts.managers.back().cells.push_back({{cells[1].integer}, {cells[2].integer}});
  }
  return facts;
}

MatrixFacts matrix_facts(Unit& unit, CompanyId company, Date day) {
  unit.load(company);
  MatrixFacts facts = shared_matrix_facts(unit, day, false);
  facts.company = company;
  for (const auto& row : company_spheres(unit, {&company, 1})) facts.spheres.push_back(row.sphere);
  for (const auto& [of, user] : managers_on(unit, day, {&company, 1})) {
    ManagerMatrix manager{user, {}};
    for (const UserCell& cell : unit.list<UserCell>(where::eq(UserCell::kUser, user.value)))
      manager.cells.push_back({cell.product, cell.sphere});
    facts.managers.push_back(std::move(manager));
  }
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
    std::vector<UserCell> lost = lost_without(unit, {product, sphere});
    if (!cascade) refuse_if_any(Code::refused, outside_p2(lost));
    for (const UserCell& cell : lost) unit.erase(UserCell::kEntity, cell.id.value, cell.version);
    unit.erase(OrganisationCell::kEntity, found.front().id.value, found.front().version);
    return lost;
  });
}

}  // namespace crm
