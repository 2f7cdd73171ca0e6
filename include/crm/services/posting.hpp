/// What the posting of a host's document did to events (E8).
#pragma once

#include <vector>

#include "crm/base/error.hpp"
#include "crm/model/host_document.hpp"

namespace crm {

struct PostingStep {
  enum class What : std::int32_t {
    made = 0,           ///< an event
    changed = 1,        ///< an event, by the rule's action
    undone = 2,         ///< what an earlier posting did
    changed_since = 3,  ///< not undone: the event is not as the rule left it
    refused = 4,        ///< by the rules of events, see `why`
    nothing = 5,        ///< no event matches the rule
  };
  What what = What::made;
  DocumentRuleId rule;
  EventId event;        ///< none of a dry run's made event, and where nothing was found
  std::vector<Violation> why;
};

struct PostingReport {
  HostDocumentId document;   ///< none in a dry run
  bool repeated = false;     ///< this revision is posted already, or not posted: nothing was done
  std::vector<PostingStep> steps;
};

}  // namespace crm
