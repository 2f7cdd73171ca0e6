/// Which rules of posting speak of a document, and which events they mean (E8; Definitions, Host documents).
#pragma once

#include <span>
#include <vector>

#include "crm/base/time.hpp"
#include "crm/model/company.hpp"
#include "crm/model/host_document.hpp"

namespace crm {

struct PostingFacts {
  HostDocument document;
  std::vector<ProductId> products;      ///< of its lines
  std::vector<ClassifierNodeId> nodes;  ///< that hold the company, with those above them
  std::vector<SphereId> spheres;        ///< of the company, with those above them
};

/// Whether the conditions of a rule hold. A retired rule speaks of nothing.
bool applies(const DocumentRule& rule, const PostingFacts& facts);

/// An open event of the document's company and the rule's type.
struct PostingCandidate {
  EventId event;
  Date day;                             ///< of its start in its zone
  std::vector<ProductId> products;
};

/// The nearest by |day − document date|, then the lowest id, or all by policy: those inside the window that share a product with the document.
/// A document without lines shares one with every event.
std::vector<EventId> targets(const DocumentRule& rule, const PostingFacts& facts, std::span<const PostingCandidate> candidates);

}  // namespace crm
