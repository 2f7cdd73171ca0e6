#include "latest_lines.hpp"

#include <algorithm>
#include <functional>
#include <utility>

namespace crm {

void LatestLines::take(LogLine line) {
  if (line.stamp.at < from_ || place_of(line) >= before_) return;
  lines_.push_back(std::move(line));
  if (limit_ > 0 && std::ssize(lines_) >= 2 * limit_) sift();  // no more of them than are wanted, twice
}

void LatestLines::sift() {
  std::ranges::sort(lines_, std::greater(), place_of);
  if (limit_ > 0 && std::ssize(lines_) > limit_) lines_.resize(static_cast<std::size_t>(limit_));
}

std::vector<LogLine> LatestLines::give() {
  sift();
  return std::move(lines_);
}

std::vector<LogLine> Session::written(Instant from, LogPlace before, std::int64_t limit) {
  return latest_of_all(from, before, limit, [this](Version after, std::int64_t most) { return changes(after, most); });
}

}  // namespace crm
