/// The matrices of all companies as of a day (P4), as sets of products: made once, asked for each company.
#pragma once

#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

#include "crm/rules/matrix.hpp"

namespace crm {

/// A set of products, a bit each: bit i % 64 of word i / 64 stands for the i-th of a list of products.
using ProductSet = std::span<const std::uint64_t>;

/// The products of a set over `products`.
std::vector<ProductId> products_in(ProductSet set, std::span<const ProductId> products);

/// Sets over `products()`; what is returned is borrowed until the next call.
class Matrices {
 public:
  /// `shared`: its `managers` are all users with a matrix; its `spheres` and `company` are not used. Borrows `shared`.
  explicit Matrices(const MatrixFacts& shared);

  /// Those of P2 that are not retired, ascending.
  [[nodiscard]] const std::vector<ProductId>& products() const { return products_; }
  /// Of a set: none if P2 is empty.
  [[nodiscard]] std::size_t words() const { return (products_.size() + 63) / 64; }
  /// What P2 has for a sphere; nothing for a retired one.
  ProductSet organisation(SphereId sphere);
  /// What is left of that for a company: by its managers, who are those current; one without a matrix follows nothing.
  ProductSet of(SphereId sphere, std::span<const UserId> managers);
  /// The cells of a company, as `company_matrix`.
  std::vector<MatrixCell> of(std::span<const SphereId> spheres, std::span<const UserId> managers);

 private:
  using Words = std::vector<std::uint64_t>;
  /// What a set of cells says of each sphere: on it, and on it or above.
  struct Cover {
    std::unordered_map<Id, Words> own;
    std::unordered_map<Id, Words> all;
  };
  [[nodiscard]] Cover cover_of(std::span<const MatrixCell> cells) const;
  const Words& seen_from(SphereId sphere, Cover& cover);

  const MatrixFacts* shared_;
  std::vector<ProductId> products_;
  Cover organisation_;
  std::unordered_map<Id, Cover> users_;
  Words company_;  // returned last
};

}  // namespace crm
