// C11 over a store: gathers the facts of a card for the rule.
#pragma once

#include <optional>
#include <span>

#include "unit.hpp"

namespace crm {

/// The completeness of a stored card as of today, by the profile that applies to it.
Completeness measure_card(Unit& unit, const Company& company);

/// A card as the criteria see it on `day`.
CardFacts card_facts(Unit& unit, const Company& company, std::span<const Criterion> criteria, Date day);

/// Stages the score of a card if it is another one.
bool store_score(Unit& unit, const Company& company, const Completeness& measured);

}  // namespace crm
