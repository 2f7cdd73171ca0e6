// X6 over the change log.
#include "crm/services/audit.hpp"

#include <algorithm>
#include <map>
#include <ranges>

#include "access.hpp"
#include "history.hpp"
#include "unit.hpp"

namespace crm {
namespace {

constexpr std::int64_t kLinesRead = 5000;
constexpr std::int64_t kLogBatch = 250;

class Audit {
 public:
  Audit(Session& session, const AuditQuery& query) : session_(session), query_(query) {}

  AuditPage run() {
    if (query_.record)
      walk_record();
    else if (query_.from || query_.to)
      walk_period();
    else
      walk_log();
    return std::move(page_);
  }

 private:
  [[nodiscard]] bool is_full() const { return static_cast<std::int64_t>(page_.entries.size()) >= query_.limit; }
  [[nodiscard]] bool is_by_who_is_asked(const LogLine& line) const { return !query_.actor || line.stamp.actor == query_.actor->value; }
  [[nodiscard]] bool is_of_period(const LogLine& line) const {
    return (!query_.from || line.stamp.at >= *query_.from) && (!query_.to || line.stamp.at < *query_.to);
  }
  void add(const LogLine& line, RecordRef record, std::int64_t count, std::vector<FieldChange> changes) {
    page_.entries.push_back({line.seq, line.stamp.at, {line.stamp.actor}, line.op, record, count, std::move(changes)});
  }

  /// Along the lines of one record, to its first one: each knows the one before.
  void walk_record() {
    History history(session_, query_.record);
    while (const auto line = history.line()) {
      std::vector<FieldChange> changes = history.undo(*line);
      if ((query_.before > 0 && line->seq >= query_.before) || !is_of_period(*line) || !is_by_who_is_asked(*line)) continue;
      if (is_full()) {
        page_.next = page_.entries.back().version;
        return;
      }
      add(*line, query_.record, 1, std::move(changes));
    }
  }

  /// Along the whole log, from the newest line.
  void walk_log() {
    Version end = session_.last_change() + 1;
    if (query_.before > 0) end = std::min(end, query_.before);
    for (std::int64_t read = 0; end > 1;) {
      const Version begin = std::max<Version>(1, end - kLogBatch);
      std::vector<LogLine> lines = session_.changes(begin - 1, end - begin);
      for (const LogLine& line : lines | std::views::reverse) {
        if (is_full() || read++ == kLinesRead) {
          page_.next = line.seq + 1;
          return;
        }
        if (is_by_who_is_asked(line)) tell(line);
      }
      end = begin;
    }
  }

  /// Along the lines of the period by their times: a clock that was set back wrote newer lines of older times.
  void walk_period() {
    LogPlace place{query_.to.value_or(Instant::max()), 0};
    if (query_.before > 0)
      if (const auto last_told = session_.change(query_.before)) place = std::min(place, place_of(*last_told));
    std::int64_t batch = kLogBatch;
    for (std::int64_t read = 0;;) {
      const std::vector<LogLine> lines = session_.written(query_.from.value_or(Instant::min()), place, batch);
      for (const LogLine& line : lines) {
        if (is_full() || read++ == kLinesRead) {
          page_.next = place.seq;
          return;
        }
        place = place_of(line);
        if (is_by_who_is_asked(line)) tell(line);
      }
      if (std::ssize(lines) < batch) return;
      batch = std::min(batch * 2, kLinesRead);  // a store without an index of times looks through all for each
    }
  }

  void tell(const LogLine& line) {
    const RecordRef record{line.entity, line.id};
    if (line.count > 1 || !find_entity(line.entity)) return add(line, record, line.count, {});
    auto known = histories_.try_emplace(record, session_, record).first;
    if (known->second.next() < line.seq) {  // already further back: by their times the lines stand in another order
      histories_.erase(known);
      known = histories_.try_emplace(record, session_, record).first;
    }
    History& history = known->second;
    while (history.next() > line.seq) {
      const auto newer = history.line();
      if (!newer) break;
      history.undo(*newer);
    }
    add(line, record, 1, history.undo(line));
  }

  Session& session_;
  const AuditQuery& query_;
  AuditPage page_;
  std::map<RecordRef, History> histories_;
};

}  // namespace

AuditPage Crm::audit(const AuditQuery& query) {
  if (query.limit < 1 || query.limit > 1000)
    refuse(Code::invalid_argument, {"field.range", 0, 0, 0, std::to_string(query.limit), "limit: 1..1000"});
  if (query.record) entity_info(query.record.entity);
  return reading(*state_, [&](Unit& unit) {
    if (query.record) {
      unit.access().check_history_seen(query.record);
    } else {
      unit.access().check_administrator("administrator");
    }
    return Audit(unit.session, query).run();
  });
}

}  // namespace crm
