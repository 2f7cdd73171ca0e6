#include "crm/rules/completeness.hpp"

#include <algorithm>
#include <boost/multiprecision/cpp_int.hpp>
#include <numeric>

#include "crm/rules/requisites.hpp"

namespace crm {
namespace {

using Subject = Criterion::Subject;
using boost::multiprecision::cpp_int;

/// How far one criterion is met: m = have / need.
struct Met {
  std::int64_t weight = 1;
  std::int64_t have = 0;
  std::int64_t need = 1;
};

std::int64_t bounded(std::int64_t number) { return std::clamp<std::int64_t>(number, 1, 1000); }

bool applies(const CardFacts& facts, const Criterion& criterion) {
  switch (criterion.subject) {
    case Subject::legal_entity_with_inn: return facts.inn_applies;
    case Subject::legal_entity_with_kpp: return facts.kpp_applies;
    case Subject::field:
    case Subject::characteristic:
    case Subject::phone:
    case Subject::email:
    case Subject::employee:
    case Subject::employee_with_phone:
    case Subject::legal_entity:
    case Subject::bank_account:
    case Subject::sphere:
    case Subject::current_manager:
    case Subject::address:
    case Subject::address_on_map:
    case Subject::document: return true;
  }
  return false;  // a subject of a newer version cannot be asked
}

Met look_at(const CardFacts& facts, const Criterion& criterion) {
  const std::int64_t weight = bounded(criterion.weight);
  if (criterion.subject == Subject::field)
    return {weight, facts.fields.contains(static_cast<FieldNo>(criterion.field_no)) ? 1 : 0, 1};
  if (criterion.subject == Subject::characteristic)
    return {weight, facts.characteristics.contains(criterion.characteristic) ? 1 : 0, 1};
  const std::int64_t need = bounded(criterion.at_least);
  return {weight, std::clamp<std::int64_t>(facts.count(criterion.subject), 0, need), need};
}

bool is_missing(const CardFacts& facts, const Criterion& criterion) {
  if (!applies(facts, criterion)) return false;
  const Met met = look_at(facts, criterion);
  return met.have < met.need;
}

/// The number its form asks for; an unchecked entity may hold one that is none.
bool has_inn(const LegalEntity& entity) {
  switch (entity.form) {
    case LegalEntity::Form::organisation: return is_inn10(entity.inn);
    case LegalEntity::Form::entrepreneur: return is_inn12(entity.inn);
    case LegalEntity::Form::foreign: return is_inn(entity.inn);
  }
  return false;
}

Ratio reduced(std::int64_t numerator, std::int64_t denominator) {
  const std::int64_t common = std::gcd(numerator, denominator);
  return {numerator / common, denominator / common};
}

/// floor(100 · Σwm / Σw). As Σw is an integer, it is floor(floor(100 · Σwm) / Σw), so only the floor of the numerator
/// is needed; the fractions in it are added exactly: with N up to 1000 their common denominator fits no machine word.
std::int32_t score_of(std::span<const Met> all) {
  std::int64_t weights = 0;
  std::int64_t whole = 0;
  cpp_int numerator = 0;
  cpp_int denominator = 1;
  for (const Met& met : all) {
    weights += met.weight;
    const std::int64_t hundredfold = 100 * met.weight * met.have;
    whole += hundredfold / met.need;
    const Ratio rest = reduced(hundredfold % met.need, met.need);
    if (rest.numerator == 0) continue;
    const cpp_int common = lcm(denominator, cpp_int(rest.denominator));
    numerator = numerator * (common / denominator) + rest.numerator * (common / rest.denominator);
    denominator = common;
  }
  if (weights == 0) return 100;  // C11: no criteria
  whole += static_cast<std::int64_t>(numerator / denominator);
  return static_cast<std::int32_t>(whole / weights);
}

/// Those that take most first; numerators and denominators are up to 10^6.
bool more_important(const Missing& a, const Missing& b) {
  const std::int64_t left = a.weight.numerator * b.weight.denominator;
  const std::int64_t right = b.weight.numerator * a.weight.denominator;
  return left != right ? left > right : a.criterion.id < b.criterion.id;
}

}  // namespace

void count_legal_entities(CardFacts& facts, std::span<const LegalEntity> entities, Date day) {
  std::int64_t all = 0;
  std::int64_t russian = 0;
  std::int64_t organisations = 0;
  std::int64_t with_inn = 0;
  std::int64_t with_kpp = 0;
  for (const LegalEntity& entity : entities) {
    if (!DateRange{entity.from, entity.to}.contains(day)) continue;
    ++all;
    if (entity.form != LegalEntity::Form::foreign) ++russian;
    if (entity.form == LegalEntity::Form::organisation) ++organisations;
    if (has_inn(entity)) ++with_inn;
    if (entity.form != LegalEntity::Form::entrepreneur && is_kpp(entity.kpp)) ++with_kpp;
  }
  facts.count(Subject::legal_entity) = all;
  facts.count(Subject::legal_entity_with_inn) = with_inn;
  facts.count(Subject::legal_entity_with_kpp) = with_kpp;
  // With no entity at all they are missing: nobody knows yet that they will not apply.
  facts.inn_applies = all == 0 || russian > 0;
  facts.kpp_applies = all == 0 || organisations > 0;
}

bool Completeness::hard_missing() const { return std::ranges::any_of(missing, &Missing::hard); }

Completeness measure_completeness(const CardFacts& facts, const Profile& profile, std::span<const Criterion> criteria) {
  Completeness verdict;
  verdict.company = facts.company;
  verdict.status = facts.status;
  verdict.profile = profile.id;
  verdict.threshold = profile.threshold;
  std::vector<Met> all;
  for (const Criterion& criterion : criteria) {
    if (!applies(facts, criterion)) continue;
    const Met& met = all.emplace_back(look_at(facts, criterion));
    if (met.have < met.need)
      verdict.missing.push_back(
          {criterion, met.have, met.need, reduced(met.weight * (met.need - met.have), met.need), criterion.hard});
  }
  verdict.score = score_of(all);
  std::ranges::sort(verdict.missing, more_important);
  return verdict;
}

std::optional<Date> valid_until(std::span<const DateRange> used, Date day) {
  std::optional<Date> next;
  for (const DateRange& range : used)
    for (const auto& bound : {range.from, range.to})
      if (bound && *bound > day && (!next || *bound < *next)) next = bound;
  return next;
}

Simulation simulate(const Profile& profile, std::span<const Criterion> criteria, std::span<const CardFacts> cards) {
  Simulation simulation;
  simulate_more(simulation, profile, criteria, cards);
  return simulation;
}

void simulate_more(Simulation& so_far, const Profile& profile, std::span<const Criterion> criteria,
                   std::span<const CardFacts> cards) {
  for (std::size_t i = so_far.criteria.size(); i < criteria.size(); ++i) so_far.criteria.push_back({criteria[i], 0, 0});
  for (const CardFacts& card : cards) {
    if (card.status == Company::Status::archived) continue;
    const Completeness found = measure_completeness(card, profile, criteria);
    const bool refused = found.is_below();
    if (card.status == Company::Status::draft) {
      ++so_far.drafts;
      so_far.drafts_refused += refused;
      continue;
    }
    ++so_far.active;
    so_far.refused += refused;
    so_far.below_threshold += found.score < found.threshold;
    so_far.hard += found.hard_missing();
    for (std::size_t i = 0; i < criteria.size(); ++i) {
      if (!is_missing(card, criteria[i])) continue;
      ++so_far.criteria[i].missing;
      so_far.criteria[i].refused += refused;
    }
  }
}

bool draft_expired(Instant created_at, Instant now, const Zone& zone, std::int32_t draft_days) {
  return zone.date(now) - zone.date(created_at) > std::chrono::days(draft_days);
}

}  // namespace crm
