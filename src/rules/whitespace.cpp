#include "crm/rules/whitespace.hpp"

#include <algorithm>
#include <tuple>

namespace crm {
namespace {

/// Whether `a` comes after `b` in time.
bool is_later(const Offer& a, const Offer& b) {
  return std::tuple(!a.start, a.start, a.event) > std::tuple(!b.start, b.start, b.event);
}

}  // namespace

void Dealings::ship(std::optional<Decimal> quantity, const std::optional<Money>& amount) {
  if (quantity) quantity_ = Decimal{checked_sum(quantity_ ? quantity_->millionths : 0, quantity->millionths)};
  if (!amount) return;
  const auto known = std::ranges::find(amounts_, amount->currency, &Money::currency);
  if (known == amounts_.end()) {
    amounts_.push_back(*amount);
  } else {
    *known = *known + *amount;
  }
}

void Dealings::offer(const Offer& offer) {
  if (offer.state == Event::State::cancelled) return;
  if (!latest_ || is_later(offer, *latest_)) latest_ = offer;
}

bool Dealings::is_shipped() const {
  if (quantity_) return quantity_->millionths > 0;
  return std::ranges::any_of(amounts_, [](const Money& amount) { return amount.minor > 0; });
}

CellStatus Dealings::status(bool in_base) const {
  if (!in_base) return CellStatus::not_eligible;
  if (is_shipped()) return CellStatus::owned;
  if (!latest_) return CellStatus::never_offered;
  return latest_->refusal ? CellStatus::refused : CellStatus::in_work;
}

std::vector<WhitespaceCell> whitespace(const WhitespaceFacts& facts, std::span<const ProductId> products) {
  std::vector<std::pair<MatrixCell, bool>> cells;  // whether it is outside the base; once each, the base first
  for (const MatrixCell& cell : facts.base) cells.emplace_back(cell, false);
  const auto add = [&](ProductId product) {
    for (SphereId sphere : facts.spheres) cells.emplace_back(MatrixCell{product, sphere}, true);
  };
  for (ProductId product : products) add(product);
  for (const auto& [product, dealings] : facts.dealings)
    if (dealings.is_shipped()) add(product);
  std::ranges::sort(cells);
  cells.erase(std::ranges::unique(cells, {}, &std::pair<MatrixCell, bool>::first).begin(), cells.end());

  const Dealings none;
  std::vector<WhitespaceCell> out;
  for (const auto& [cell, outside] : cells) {
    const auto found = facts.dealings.find(cell.product);
    const Dealings& dealings = found == facts.dealings.end() ? none : found->second;
    out.push_back({cell, dealings.status(!outside), outside && dealings.is_shipped()});
  }
  return out;
}

Underserved underserved(CompanyId company, std::span<const WhitespaceCell> cells) {
  Underserved out{company, 0, {}};
  ProductId last;
  for (const WhitespaceCell& cell : cells) {
    if (cell.status == CellStatus::not_eligible || cell.cell.product == last) continue;
    last = cell.cell.product;
    ++out.range;
    if (cell.status == CellStatus::never_offered) out.never_offered.push_back(last);
  }
  return out;
}

void rank(std::vector<Underserved>& clients) {
  std::erase_if(clients, [](const Underserved& client) { return client.never_offered.empty(); });
  std::ranges::sort(clients, [](const Underserved& a, const Underserved& b) {
    const auto missing_a = static_cast<std::int64_t>(a.never_offered.size()), missing_b = static_cast<std::int64_t>(b.never_offered.size());
    const std::int64_t share_a = missing_a * b.range, share_b = missing_b * a.range;
    if (share_a != share_b) return share_a > share_b;
    if (missing_a != missing_b) return missing_a > missing_b;
    return a.company < b.company;
  });
}

void Demand::ship(ProductId product, std::optional<Decimal> quantity, const std::optional<Money>& amount) {
  const auto add = [&](Currency currency, std::int64_t value) {
    std::int64_t& sum = shipped_[{currency, product}];
    sum = checked_sum(sum, value);
  };
  if (by_ == DemandBy::amount && amount) add(amount->currency, amount->minor);
  if (by_ == DemandBy::quantity && quantity) add({}, quantity->millionths);
}

void Demand::hold(ProductId product, CompanyId company) {
  if (by_ == DemandBy::companies) held_.emplace_back(product, company);
}

std::vector<ProductDemand> Demand::ranked(std::size_t limit) const {
  auto values = shipped_;
  auto held = held_;
  std::ranges::sort(held);
  held.erase(std::ranges::unique(held).begin(), held.end());
  for (const auto& [product, company] : held) ++values[{Currency(), product}];

  std::vector<ProductDemand> all;
  for (const auto& [key, value] : values) all.push_back({key.second, key.first, value});
  std::ranges::stable_sort(all, [](const ProductDemand& a, const ProductDemand& b) {
    return a.currency != b.currency ? a.currency < b.currency : a.value > b.value;
  });
  if (limit == 0) return all;
  std::vector<ProductDemand> top;
  std::size_t of_currency = 0;
  for (const ProductDemand& one : all) {
    of_currency = top.empty() || top.back().currency != one.currency ? 0 : of_currency + 1;
    if (of_currency < limit) top.push_back(one);
  }
  return top;
}

}  // namespace crm
