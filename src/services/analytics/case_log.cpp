#include "case_log.hpp"

#include <algorithm>
#include <tuple>

namespace crm {

CaseLog::CaseLog(std::int32_t stages) : stages_(static_cast<std::size_t>(stages)), all_(stages_, 1) {}

void CaseLog::add(const std::vector<FunnelCase>& cases, std::span<const StageEntry> entries) {
  CaseReader reader(all_time());
  each_entries_of_case(entries, [&](std::span<const StageEntry> of_case) {
    const FunnelCase& one = cases[of_case.front().case_no];
    add(one.company, one.product, of_case, reader);
  });
}

bool CaseLog::is(std::uint32_t case_no, ProductId product, std::span<const StageEntry> entries) const {
  const auto same = [](const StageEntry& a, const StageEntry& b) {
    const auto told = [](const StageEntry& e) { return std::tie(e.at, e.source, e.manager, e.amount.minor, e.amount.currency, e.stage, e.lost, e.document); };
    return told(a) == told(b);
  };
  return product_[case_no] == product && std::ranges::equal(entries_of(case_no), entries, same);
}

FunnelFrame CaseLog::all_time() const {
  FunnelFrame frame;
  frame.stages = static_cast<std::int32_t>(stages_);
  frame.at = Instant::max();
  return frame;
}

void CaseLog::add(CompanyId company, ProductId product, std::span<const StageEntry> entries, CaseReader& reader) {
  const auto no = static_cast<std::uint32_t>(company_.size());
  company_.push_back(company);
  product_.push_back(product);
  for (const StageEntry& entry : entries) {
    entries_.push_back(entry);
    entries_.back().case_no = no;
  }
  begins_.push_back(entries_.size());
  last_.push_back(entries.back().at);
  const CaseStanding* const standing = reader.read(entries);
  position_.push_back(standing ? standing->position : 0);
  lost_.push_back(standing && standing->lost);
  gone_.push_back(0);
  priced_.push_back(std::ranges::any_of(entries, [](const StageEntry& entry) { return bool(entry.amount.currency); }));
  first_manager_.push_back(standing ? standing->first_manager : UserId());
  manager_.push_back(standing ? standing->manager : UserId());
  for (std::size_t stage = 0; stage < stages_; ++stage) {
    first_.push_back(standing ? standing->first[stage] : Instant());
    given_.push_back(standing ? standing->given[stage] : 0);
    own_.push_back(standing ? standing->own[stage] : char{0});
  }
}

void CaseLog::drop(std::uint32_t case_no) {
  gone_[case_no] = 1;
  ++dropped_;
}

CaseLog CaseLog::without_dropped() const {
  CaseLog out(static_cast<std::int32_t>(stages_));
  CaseReader reader(all_time());
  for (std::uint32_t no = 0; no < company_.size(); ++no)
    if (!gone_[no]) out.add(company_[no], product_[no], entries_of(no), reader);
  return out;
}

}  // namespace crm
