// The cases of a funnel with their entries, and where each stands once all its entries are counted.
#pragma once

#include "bytes.hpp"
#include "services/funnel_facts.hpp"

namespace crm {

class CaseLog {
 public:
  explicit CaseLog(std::int32_t stages = 1);

  /// Cases by their numbers in `entries`, which are in the order of `earlier`; each has at least one entry.
  void add(const std::vector<FunnelCase>& cases, std::span<const StageEntry> entries);
  /// Whether a case is of that product, with these entries.
  [[nodiscard]] bool is(std::uint32_t case_no, ProductId product, std::span<const StageEntry> entries) const;
  /// A case that counts no longer; what it was can still be asked.
  void drop(std::uint32_t case_no);
  /// Without the cases that were dropped; new numbers of the others, in the same order.
  [[nodiscard]] CaseLog without_dropped() const;

  [[nodiscard]] std::size_t size() const { return company_.size(); }
  [[nodiscard]] std::size_t bytes() const {
    return bytes_of(entries_, company_, product_, begins_, last_, position_, lost_, priced_, gone_, first_manager_, manager_, first_, given_, own_);
  }
  [[nodiscard]] std::size_t dropped() const { return dropped_; }
  [[nodiscard]] CompanyId company(std::uint32_t case_no) const { return company_[case_no]; }
  [[nodiscard]] ProductId product(std::uint32_t case_no) const { return product_[case_no]; }

  /// Calls `then(const CaseStanding&)` for each case in the frame, as `each_case` does.
  template <class Then>
  void each(const FunnelFrame& frame, Then&& then) const {
    CaseReader reader(frame);
    for (std::uint32_t no = 0; no < company_.size(); ++no)
      if (!gone_[no]) with(no, frame, reader, then);
  }
  /// The same for one case, dropped or not. `reader`: of that frame.
  template <class Then>
  void with(std::uint32_t no, const FunnelFrame& frame, CaseReader& reader, Then&& then) const {
    if (frame.definition == FunnelFrame::Definition::active || frame.at < last_[no]) {
      if (const CaseStanding* standing = reader.read(entries_of(no))) then(*standing);
    } else if (position_[no] > 0 && is_of_cohort(frame, no)) {
      then(at_last(no));
    }
  }

 private:
  [[nodiscard]] std::span<const StageEntry> entries_of(std::uint32_t no) const {
    return std::span(entries_).subspan(begins_[no], begins_[no + 1] - begins_[no]);
  }
  [[nodiscard]] bool is_of_cohort(const FunnelFrame& frame, std::uint32_t no) const {
    if (frame.definition != FunnelFrame::Definition::entry_cohort) return true;
    const Instant entered = first_[no * stages_];
    return frame.from <= entered && entered < frame.to;
  }
  [[nodiscard]] CaseStanding at_last(std::uint32_t no) const {
    const std::size_t at = no * stages_;
    return {no, entries_of(no), position_[no], lost_[no] != 0, std::span(first_).subspan(at, stages_), std::span(given_).subspan(at, stages_),
            std::span(own_).subspan(at, stages_), all_, priced_[no] != 0, first_manager_[no], manager_[no]};
  }
  [[nodiscard]] FunnelFrame all_time() const;
  void add(CompanyId company, ProductId product, std::span<const StageEntry> entries, CaseReader& reader);

  std::size_t stages_;
  std::size_t dropped_ = 0;
  std::vector<StageEntry> entries_;
  // A place for each case.
  std::vector<CompanyId> company_;
  std::vector<ProductId> product_;
  std::vector<std::size_t> begins_{0};     ///< of its entries; and the end of all
  std::vector<Instant> last_;              ///< its last entry
  std::vector<std::int32_t> position_;
  std::vector<char> lost_, priced_, gone_;
  std::vector<UserId> first_manager_, manager_;
  // Places for each stage of each case.
  std::vector<Instant> first_;
  std::vector<std::uint32_t> given_;
  std::vector<char> own_;
  std::vector<char> all_;                  ///< every stage counts
};

}  // namespace crm
