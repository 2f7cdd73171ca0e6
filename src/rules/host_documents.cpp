#include "crm/rules/host_documents.hpp"

#include <algorithm>
#include <tuple>

namespace crm {
namespace {

bool holds(const auto& all, const auto& one) { return std::ranges::find(all, one) != all.end(); }

bool shares_product(const PostingFacts& facts, const PostingCandidate& candidate) {
  return facts.products.empty() ||
         std::ranges::any_of(candidate.products, [&](ProductId product) { return holds(facts.products, product); });
}

}  // namespace

bool applies(const DocumentRule& rule, const PostingFacts& facts) {
  if (rule.retired || rule.kind != facts.document.kind) return false;
  if (rule.node && !holds(facts.nodes, rule.node)) return false;
  if (rule.sphere && !holds(facts.spheres, rule.sphere)) return false;
  if (rule.product && !holds(facts.products, rule.product)) return false;
  if (!rule.min_amount) return true;
  const auto& amount = facts.document.amount;
  return amount && amount->currency == rule.min_amount->currency && amount->minor >= rule.min_amount->minor;
}

std::vector<EventId> targets(const DocumentRule& rule, const PostingFacts& facts, std::span<const PostingCandidate> candidates) {
  std::vector<std::pair<std::int64_t, EventId>> near;
  for (const PostingCandidate& candidate : candidates) {
    const auto days = std::abs((candidate.day - facts.document.date).count());
    if (days <= rule.window_days && shares_product(facts, candidate)) near.emplace_back(days, candidate.event);
  }
  std::ranges::sort(near);
  if (!rule.all && near.size() > 1) near.resize(1);
  std::vector<EventId> found;
  for (const auto& [days, event] : near) found.push_back(event);
  return found;
}

}  // namespace crm
