#include "crm/rules/matrices.hpp"

#include <algorithm>
#include <bit>

#include "sphere_tree.hpp"

namespace crm {

std::vector<ProductId> products_in(ProductSet set, std::span<const ProductId> products) {
  std::vector<ProductId> out;
  for (std::size_t i = 0; i < set.size(); ++i)
    for (std::uint64_t word = set[i]; word; word &= word - 1) out.push_back(products[i * 64 + static_cast<std::size_t>(std::countr_zero(word))]);
  return out;
}

Matrices::Matrices(const MatrixFacts& shared) : shared_(&shared) {
  for (const MatrixCell& cell : shared.organisation)
    if (!shared.retired_products.contains(cell.product)) products_.push_back(cell.product);
  std::ranges::sort(products_);
  products_.erase(std::ranges::unique(products_).begin(), products_.end());
  company_.resize(words());
  organisation_ = cover_of(shared.organisation);
  for (const ManagerMatrix& user : shared.managers) users_.emplace(user.user.value, cover_of(user.cells));
}

Matrices::Cover Matrices::cover_of(std::span<const MatrixCell> cells) const {
  Cover cover;
  for (const MatrixCell& cell : cells) {
    if (shared_->retired_spheres.contains(cell.sphere)) continue;
    const auto product = std::ranges::lower_bound(products_, cell.product);
    if (product == products_.end() || *product != cell.product) continue;
    const auto bit = static_cast<std::size_t>(product - products_.begin());
    Words& words_of = cover.own[cell.sphere.value];
    words_of.resize(words());
    words_of[bit / 64] |= std::uint64_t{1} << bit % 64;
  }
  return cover;
}

const Matrices::Words& Matrices::seen_from(SphereId sphere, Cover& cover) {
  const auto [place, is_new] = cover.all.try_emplace(sphere.value);
  Words& all = place->second;
  if (!is_new) return all;
  all.resize(words());
  any_upwards(sphere, shared_->parents, [&](SphereId at) {
    const auto own = cover.own.find(at.value);
    if (own != cover.own.end())
      for (std::size_t i = 0; i < all.size(); ++i) all[i] |= own->second[i];
    return false;
  });
  return all;
}

ProductSet Matrices::organisation(SphereId sphere) {
  if (shared_->retired_spheres.contains(sphere)) {
    std::ranges::fill(company_, 0);
    return company_;
  }
  return seen_from(sphere, organisation_);
}

ProductSet Matrices::of(SphereId sphere, std::span<const UserId> managers) {
  std::ranges::fill(company_, 0);
  if (shared_->retired_spheres.contains(sphere)) return company_;
  bool first = true;
  for (UserId manager : managers) {
    const auto user = users_.find(manager.value);
    const Words* const his = user == users_.end() ? nullptr : &seen_from(sphere, user->second);
    for (std::size_t i = 0; i < company_.size(); ++i) {
      const std::uint64_t word = his ? (*his)[i] : 0;
      company_[i] = shared_->by_intersection && !first ? company_[i] & word : company_[i] | word;
    }
    first = false;
  }
  const Words& organisation = seen_from(sphere, organisation_);
  for (std::size_t i = 0; i < company_.size(); ++i) company_[i] &= organisation[i];
  return company_;
}

std::vector<MatrixCell> Matrices::of(std::span<const SphereId> spheres, std::span<const UserId> managers) {
  std::vector<MatrixCell> matrix;
  for (SphereId sphere : spheres)
    for (ProductId product : products_in(of(sphere, managers), products_)) matrix.push_back({product, sphere});
  std::ranges::sort(matrix);
  matrix.erase(std::ranges::unique(matrix).begin(), matrix.end());
  return matrix;
}

}  // namespace crm
