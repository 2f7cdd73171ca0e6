// P2-P4 over a store.
#pragma once

#include "unit.hpp"

namespace crm {

/// Whether P2 has the cell, on its sphere or above.
bool covered_by_organisation(Unit& unit, const MatrixCell& cell);
/// What the matrix of a company follows from on `day`.
MatrixFacts matrix_facts(Unit& unit, CompanyId company, Date day);

}  // namespace crm
