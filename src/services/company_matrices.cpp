// The matrices of all companies at once (P4).
#include <algorithm>
#include <unordered_set>

#include "access.hpp"
#include "analytics/analytics.hpp"
#include "crm/services/filters.hpp"
#include "drafts.hpp"
#include "matrices.hpp"

namespace crm {
namespace {

/// Rows of (company, `other`) that satisfy the filter, ascending and each once.
template <class Pair>
std::vector<Pair> company_pairs(Unit& unit, EntityNo entity, FieldNo company, FieldNo other, std::vector<Filter> parts,
                                std::span<const CompanyId> companies) {
  Query query;
  query.entity = entity;
  query.columns = {company, other};
  if (!companies.empty()) {
    std::vector<Value> ids;
    for (CompanyId id : companies) ids.emplace_back(id.value);
    parts.push_back(where::in(company, std::move(ids)));
  }
  query.filter = where::all(std::move(parts));
  std::vector<Pair> pairs;
  unit.session.scan(query, [&](const Cell* cells) { pairs.push_back({{cells[0].as_integer()}, {cells[1].as_integer()}}); });
  std::ranges::sort(pairs);
  pairs.erase(std::ranges::unique(pairs).begin(), pairs.end());
  return pairs;
}

/// Users who work on a day.
std::unordered_set<Id> users_in_service(Unit& unit, Date day) {
  const auto within = [&](EntityNo entity, FieldNo user, FieldNo from, FieldNo to) {
    return unit.ids(entity, user, where::all({where::any({where::is_null(from), where::le(from, to_number(day))}),
                                              where::any({where::is_null(to), where::gt(to, to_number(day))})}));
  };
  std::unordered_set<Id> found;
  for (Id id : within(User::kEntity, kId, User::kHired, User::kDismissed)) found.insert(id);
  for (Id id : within(Employment::kEntity, Employment::kUser, Employment::kFrom, Employment::kTo)) found.insert(id);
  return found;
}

CompanyMatrices matrices_on(Unit& unit, Date day) {
  const MatrixFacts shared = shared_matrix_facts(unit, day, true);
  Matrices matrices(shared);
  CompanyMatrices out;
  out.products = matrices.products();
  out.words = matrices.words();
  const std::vector<Id> no_clients = draft_companies(unit, nullptr);
  const std::vector<Managed> managed = managers_on(unit, day);
  std::vector<UserId> managers;
  CompanyId company;
  auto next = managed.begin();
  for (const auto& row : company_spheres(unit)) {
    unit.check_interrupt();
    if (row.company != company) {
      company = row.company;
      managers.clear();
      while (next != managed.end() && next->first < company) ++next;
      for (; next != managed.end() && next->first == company; ++next) managers.push_back(next->second);
    }
    if (managers.empty() || std::ranges::binary_search(no_clients, company.value)) continue;
    const ProductSet set = matrices.of(row.sphere, managers);
    if (std::ranges::all_of(set, [](std::uint64_t word) { return word == 0; })) continue;
    out.rows.push_back(row);
    out.bits.insert(out.bits.end(), set.begin(), set.end());
  }
  return out;
}

/// Whether a change may make the matrix of a company another one.
bool changes_matrices(const LogLine& line) {
  static constexpr EntityNo kFollowedFrom[] = {Organisation::kEntity, Product::kEntity,       Sphere::kEntity,     OrganisationCell::kEntity,
                                               UserCell::kEntity,     CompanySphere::kEntity, Assignment::kEntity, User::kEntity,
                                               Employment::kEntity};
  if (line.entity == Company::kEntity)
    return std::ranges::any_of(line.old, [](const auto& field) { return field.first == Company::kStatus; });
  return std::ranges::find(kFollowedFrom, line.entity) != std::end(kFollowedFrom);
}

/// The rows of companies that the asker sees.
CompanyMatrices seen_of(Unit& unit, const CompanyMatrices& all) {
  const auto seen = unit.access().visible(Company::kEntity);
  if (!seen) return all;
  const auto ids = unit.ids(Company::kEntity, kId, *seen);
  const std::unordered_set<Id> companies(ids.begin(), ids.end());
  CompanyMatrices out{all.products, all.words, {}, {}};
  for (std::size_t row = 0; row < all.rows.size(); ++row) {
    if (!companies.contains(all.rows[row].company.value)) continue;
    out.rows.push_back(all.rows[row]);
    const ProductSet set = all.set(row);
    out.bits.insert(out.bits.end(), set.begin(), set.end());
  }
  return out;
}

}  // namespace

std::vector<Managed> managers_on(Unit& unit, Date day, std::span<const CompanyId> companies) {
  std::vector<Filter> parts{where::current_on(day)};
  if (!companies.empty()) parts.push_back(where::in_service(Assignment::kUser, day));
  auto pairs = company_pairs<Managed>(unit, Assignment::kEntity, Assignment::kCompany, Assignment::kUser, std::move(parts), companies);
  if (!companies.empty()) return pairs;
  const auto in_service = users_in_service(unit, day);
  std::erase_if(pairs, [&](const Managed& pair) { return !in_service.contains(pair.second.value); });
  return pairs;
}

std::vector<CompanyMatrices::Row> company_spheres(Unit& unit, std::span<const CompanyId> companies) {
  return company_pairs<CompanyMatrices::Row>(unit, CompanySphere::kEntity, CompanySphere::kCompany, CompanySphere::kSphere, {}, companies);
}

bool ResidentMatrices::changed_since(Unit& unit) const {
  constexpr Version kManyLines = 20'000;
  if (unit.session.last_change() - seen_ >= kManyLines) return true;
  bool changed = false;
  unit.session.each_change(seen_, [&](const LogLine& line) { return !(changed = changes_matrices(line)); });
  return changed;
}

const CompanyMatrices& ResidentMatrices::on(Unit& unit, Date day) {
  const Version newest = unit.session.last_change();
  const bool fresh = seen_ >= 0 && day_ == day && (newest == seen_ || !changed_since(unit));
  seen_ = -1;  // until all is read
  if (!fresh) all_ = matrices_on(unit, day);
  day_ = day;
  seen_ = newest;
  return all_;
}

CompanyMatrices Crm::company_matrices(Date day) {
  return reading(*state_, [&](Unit& unit) {
    const KeptWithin within(*state_);
    if (!may_be_kept(*state_)) return seen_of(unit, matrices_on(unit, day));
    if (!state_->analytics) state_->analytics = std::make_unique<Analytics>();
    return seen_of(unit, state_->analytics->matrices.on(unit, day));
  });
}

}  // namespace crm
