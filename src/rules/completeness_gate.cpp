// C11: which profile a card is measured by, and whether the gate lets it through.
#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "crm/rules/completeness.hpp"

namespace crm {
namespace {

bool lacks(const Completeness& card, IdOf<Criterion> criterion) {
  return std::ranges::any_of(card.missing, [&](const Missing& missing) { return missing.criterion.id == criterion; });
}

/// A hard criterion missing now that was not missing before.
bool lost_hard(const Completeness& before, const Completeness& after) {
  return std::ranges::any_of(
      after.missing, [&](const Missing& missing) { return missing.hard && !lacks(before, missing.criterion.id); });
}

Violation broken(const char* rule, const Completeness& card, std::string value, std::string detail) {
  return {rule, Company::kEntity, 0, card.company.value, std::move(value), std::move(detail)};
}

/// "1/3": have/need.
std::string have_of_need(const Missing& missing) {
  return std::to_string(missing.have) + "/" + std::to_string(missing.need);
}

/// "10 (1/3)": weight missing, have/need.
std::string weight_and_count(const Missing& missing) {
  std::string weight = std::to_string(missing.weight.numerator);
  if (missing.weight.denominator != 1) weight += "/" + std::to_string(missing.weight.denominator);
  return weight + " (" + have_of_need(missing) + ")";
}

/// "employee_with_phone", or "employee_with_phone 1/3" where several are needed.
std::string what_to_fill(const Missing& missing) {
  std::string what = criterion_key(missing.criterion);
  if (missing.need > 1) what += " " + have_of_need(missing);
  return what;
}

Violation broken(const char* rule, const Completeness& card, const Missing& missing, std::string detail) {
  Violation violation = broken(rule, card, criterion_key(missing.criterion), std::move(detail));
  if (missing.criterion.subject == Criterion::Subject::field)
    violation.field = static_cast<FieldNo>(missing.criterion.field_no);
  return violation;
}

std::vector<Violation> reasons(const Completeness& card) {
  std::vector<Violation> violations;
  if (card.score < card.threshold)
    violations.push_back(
        broken("C11.below_threshold", card, std::to_string(card.score), std::to_string(card.threshold)));
  for (const Missing& missing : card.missing)
    if (missing.hard) violations.push_back(broken("C11.hard", card, missing, what_to_fill(missing)));
  for (const Missing& missing : card.missing)
    violations.push_back(broken("C11.criterion", card, missing, weight_and_count(missing)));
  return violations;
}

}  // namespace

std::vector<HoldingNode> holding_nodes(std::span<const ClassifierNode> tree,
                                       std::span<const ClassifierNodeId> placed_on) {
  std::map<ClassifierNodeId, const ClassifierNode*> nodes;
  for (const ClassifierNode& node : tree) nodes.emplace(node.id, &node);
  std::map<ClassifierNodeId, HoldingNode> held_by;
  for (const ClassifierNodeId placed : placed_on) {
    std::vector<const ClassifierNode*> up;
    for (auto at = nodes.find(placed); at != nodes.end(); at = nodes.find(at->second->parent)) {
      if (std::ranges::find(up, at->second) != up.end()) break;
      up.push_back(at->second);
    }
    auto depth = static_cast<std::int32_t>(up.size());
    for (const ClassifierNode* node : up) held_by.try_emplace(node->id, HoldingNode{node->id, --depth, node->rank});
  }
  std::vector<HoldingNode> result;
  for (const auto& [id, node] : held_by) result.push_back(node);
  return result;
}

const Profile* choose_profile(std::span<const Profile> profiles, std::span<const HoldingNode> held_by) {
  const Profile* best = nullptr;
  std::tuple<std::int32_t, std::int32_t, Id, Id> best_place;
  for (const Profile& profile : profiles) {
    if (!profile.active) continue;
    std::tuple<std::int32_t, std::int32_t, Id, Id> place{-1, 0, 0, -profile.id.value};  // the default one
    if (profile.node) {
      const auto node = std::ranges::find(held_by, profile.node, &HoldingNode::node);
      if (node == held_by.end()) continue;
      place = {node->depth, node->rank, -node->node.value, -profile.id.value};
    }
    if (best && place <= best_place) continue;
    best = &profile;
    best_place = place;
  }
  return best;
}

bool GateVerdict::refused_by(std::string_view rule) const {
  return std::ranges::find(violations, rule, &Violation::rule) != violations.end();
}

GateVerdict gate(const GatePolicy& policy, const std::optional<Completeness>& before, const Completeness& after) {
  if (!policy.on || after.status != Company::Status::active || !after.is_below()) return {};
  const bool was_below_and_active = before && before->status == Company::Status::active && before->is_below();
  // C11: a card that lived below before may be saved as long as it does not get worse.
  if (was_below_and_active && !policy.strict && after.score >= before->score && !lost_hard(*before, after))
    return {{}, {broken("C11.still_incomplete", after, std::to_string(after.score), std::to_string(after.threshold))}};
  return {reasons(after), {}};
}

}  // namespace crm
