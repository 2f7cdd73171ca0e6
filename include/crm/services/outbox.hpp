/// Notices on their way to people, and what tick did (E4, E9, E12).
#pragma once

#include <optional>
#include <string>

#include "crm/model/notice.hpp"

namespace crm {

/// A claimed notice with its text in the language of the handle.
struct NoticeMessage {
  Notice notice;
  std::string text;
};

struct TickReport {
  std::int64_t overdue = 0;     ///< events recorded as fallen overdue
  std::int64_t escalated = 0;   ///< notices made by steps of escalation
  std::int64_t dismissed = 0;   ///< planned dismissals carried out
  std::int64_t rescored = 0;    ///< cards whose stored score had run out
  std::int64_t delivered = 0;   ///< notices that the sink took
  std::int64_t failed = 0;      ///< ... and did not take
  bool more = false;            ///< a limit was reached: call again at once
  std::optional<Instant> next;  ///< when time brings the next thing; none: nothing is to come
};

}  // namespace crm
