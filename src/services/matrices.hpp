// P2-P4 over a store.
#pragma once

#include "analytics/bytes.hpp"
#include "unit.hpp"

namespace crm {

/// Whether P2 has the cell, on its sphere or above.
bool covered_by_organisation(Unit& unit, const MatrixCell& cell);
/// Users' cells that leave P2 when the cell does; when the sphere goes under another parent.
std::vector<UserCell> lost_without(Unit& unit, const MatrixCell& removed);
std::vector<UserCell> lost_by_moving(Unit& unit, SphereId sphere, SphereId parent);
/// Throws P3.outside_p2 with every user's cell that is outside P2.
void check_subset(Unit& unit);
/// What the matrix of a company follows from on `day`.
MatrixFacts matrix_facts(Unit& unit, CompanyId company, Date day);
/// What the matrices of all companies follow from on `day`, for `Matrices`; P2 alone, or with the users who have a matrix.
MatrixFacts shared_matrix_facts(Unit& unit, Date day, bool with_users);
/// Who manages which company on `day`, in any role and in service, ascending and each once; of all companies or of those given.
using Managed = std::pair<CompanyId, UserId>;
std::vector<Managed> managers_on(Unit& unit, Date day, std::span<const CompanyId> companies = {});
/// Spheres of companies, ascending; of all or of those given.
std::vector<CompanyMatrices::Row> company_spheres(Unit& unit, std::span<const CompanyId> companies = {});

/// Matrices kept in a handle until something they follow from changes.
class ResidentMatrices {
 public:
  /// As of the unit's snapshot. Only where nothing that is read may be undone.
  const CompanyMatrices& on(Unit& unit, Date day);
  [[nodiscard]] std::size_t bytes() const { return bytes_of(all_.products, all_.rows, all_.bits); }

 private:
  [[nodiscard]] bool changed_since(Unit& unit) const;

  Version seen_ = -1;
  Date day_{};
  CompanyMatrices all_;
};

}  // namespace crm
