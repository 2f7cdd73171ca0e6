// Which mutant is in force in this process: CRM_MUTANT, none without it. CRM_REACHED names a file that is told which were reached.
#pragma once

#include <type_traits>

bool crm_mutant_in_force(int number) noexcept;

constexpr bool crm_mutant(int number) noexcept { return !std::is_constant_evaluated() && crm_mutant_in_force(number); }
