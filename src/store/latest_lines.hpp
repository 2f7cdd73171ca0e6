// Of lines of the log given in any order, those of a period, the latest first.
#pragma once

#include <vector>

#include "crm/store/store.hpp"

namespace crm {

class LatestLines {
 public:
  /// As `Session::written`.
  LatestLines(Instant from, LogPlace before, std::int64_t limit) : from_(from), before_(before), limit_(limit) {}

  void take(LogLine line);
  std::vector<LogLine> give();

 private:
  void sift();

  const Instant from_;
  const LogPlace before_;
  const std::int64_t limit_;
  std::vector<LogLine> lines_;
};

/// The slow obvious way: through all lines that `read(after, limit)` gives, which does as `Session::changes`.
template <class Read>
std::vector<LogLine> latest_of_all(Instant from, LogPlace before, std::int64_t limit, Read&& read) {
  constexpr std::int64_t kBatch = 1000;
  LatestLines latest(from, before, limit);
  for (Version after = 0;;) {
    std::vector<LogLine> some = read(after, kBatch);
    if (some.empty()) return latest.give();
    after = some.back().seq;
    for (LogLine& line : some) latest.take(std::move(line));
  }
}

}  // namespace crm
