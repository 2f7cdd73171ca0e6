// A record on its way back through the lines of the change log.
#pragma once

#include "crm/meta/meta.hpp"
#include "crm/services/audit.hpp"

namespace crm {

class History {
 public:
  /// As the record is now, or as it was when it was erased.
  History(Session& session, RecordRef record);

  /// The newest line that was not undone yet; none if there is none.
  std::optional<LogLine> line();
  /// Its number, 0 if there is none.
  [[nodiscard]] Version next() const { return next_; }
  /// Undoes what that line did, and tells it, without derived fields.
  std::vector<FieldChange> undo(const LogLine& line);
  /// Goes back to the last line that tells of `at` or before; by a clock that was set back it may stand after lines of later times, which are
  /// of the record then. False: the record was made later.
  bool back_to(Instant at);

  [[nodiscard]] const Value& value(FieldNo field) const { return values_[static_cast<std::size_t>(info_.position(field))]; }

 private:
  Session& session_;
  const EntityInfo& info_;
  std::vector<Value> values_;
  Version next_ = 0;
};

}  // namespace crm
