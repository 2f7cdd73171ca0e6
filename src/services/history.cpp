#include "history.hpp"

#include <algorithm>

namespace crm {

History::History(Session& session, RecordRef record) : session_(session), info_(entity_info(record.entity)) {
  if (auto row = session.find(record.entity, record.id)) {
    values_ = std::move(row->values);
    next_ = row->version;
  } else {
    values_.resize(info_.fields.size());
    if (const auto line = session.erasure(record.entity, record.id)) next_ = line->seq;
  }
}

std::optional<LogLine> History::line() { return next_ > 0 ? session_.change(next_) : std::nullopt; }

std::vector<FieldChange> History::undo(const LogLine& line) {
  std::vector<FieldChange> changes;
  const auto set = [&](std::size_t at, Value old) {
    const FieldInfo& field = info_.fields[at];
    if (!field.has(kDerived) && values_[at] != old) changes.push_back({field.no, old, values_[at]});
    values_[at] = std::move(old);
  };
  if (line.op == Do::insert) {
    for (std::size_t at = 0; at < values_.size(); ++at) set(at, {});
  } else {
    for (const auto& [no, old] : line.old)
      if (const int at = info_.position(no); at >= 0) set(static_cast<std::size_t>(at), old);
  }
  next_ = line.previous;
  std::ranges::sort(changes, {}, &FieldChange::field);
  return changes;
}

bool History::back_to(Instant at) {
  for (auto newest = line(); newest; newest = line()) {
    if (newest->stamp.at <= at) return true;
    undo(*newest);
    if (newest->op == Do::insert) return false;
  }
  return false;
}

}  // namespace crm
