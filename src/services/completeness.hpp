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

/// A profile changed: stored scores are not of it until tick comes by. Staged.
void outdate_scores(Unit& unit);
/// A card that was read gets its true score, where the stored one may be another.
void renew_read_score(Unit& unit, Record& card);
/// Renews at most `limit` outdated scores and remembers how far it came; how many. Staged.
std::int64_t renew_outdated(Unit& unit, std::int64_t limit);
/// Stages the score of a card if it is another one.
bool store_score(Unit& unit, const Company& company, const Completeness& measured);

}  // namespace crm
