/// Who changed what, when, from what to what (X6). Read from the change log that every write goes into; there is no call that changes it.
#pragma once

#include <optional>
#include <vector>

#include "crm/base/time.hpp"
#include "crm/model/refs.hpp"
#include "crm/store/store.hpp"

namespace crm {

/// Null where there was or is none.
struct FieldChange {
  FieldNo field = 0;
  Value from;
  Value to;
};

/// One change of a record, or the making of several at once.
struct AuditEntry {
  Version version = 0;
  Instant at{};
  UserId actor;                      ///< none = the host ("system")
  Do done = Do::insert;              ///< insert, update or erase
  RecordRef record;                  ///< the first one of `count`
  std::int64_t count = 1;            ///< records made together, ids growing by one
  std::vector<FieldChange> changes;  ///< by field; of several records made together none. Derived fields are not told
};

struct AuditQuery {
  RecordRef record{};                ///< of this one; none: of all
  std::optional<UserId> actor{};     ///< by this user (none in it: by the host); nullopt: by all
  std::optional<Instant> from{};     ///< [from, to), by the clock as it was when a line was written
  std::optional<Instant> to{};
  Version before = 0;                ///< the `next` of the page before; 0: from the newest
  std::int64_t limit = 100;          ///< entries
};

/// Newest first: in the order of writing, but for a period of all records, which goes by the times of the lines. The two differ where a
/// clock was set back.
struct AuditPage {
  std::vector<AuditEntry> entries;
  /// For `before` of the next page, 0 if that was all. A page may be short, or empty, with more to come: a call reads no more than
  /// some thousands of lines of the log.
  Version next = 0;
};

}  // namespace crm
