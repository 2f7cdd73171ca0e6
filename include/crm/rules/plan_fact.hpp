/// Plan-fact (M8, M9): plans and facts side by side, by any of department, user, product and event type.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "crm/base/money.hpp"
#include "crm/base/time.hpp"
#include "crm/model/event.hpp"
#include "crm/model/organisation.hpp"
#include "crm/model/product.hpp"

namespace crm {

/// What counts toward a measure: a held event, a line of it, a receipt, a company that became active.
struct CountedFact {
  PlanCell::Measure measure = PlanCell::Measure::events;
  Id source = 0;            ///< the event, receipt or company; a held event gives one fact for each of its products
  UserId user;              ///< none: unassigned
  ProductId product;        ///< none: of no product
  EventTypeId type;
  Currency currency;        ///< of money
  std::int64_t value = 0;   ///< 1; minor units; millionths
};

/// Who works where on the day of the roll-up.
struct StaffTree {
  std::map<DepartmentId, DepartmentId> parents;
  std::map<UserId, DepartmentId> departments;  ///< those who work in one

  /// From the top down to `department`; none: empty.
  [[nodiscard]] std::vector<DepartmentId> path(DepartmentId department) const;
  /// To the department of `user`.
  [[nodiscard]] std::vector<DepartmentId> path(UserId user) const;
};

/// Whose: one user's, a department's with everything below it, or everybody's.
struct PlanScope {
  UserId user;
  DepartmentId department;
};

struct PlanDimensions {
  bool department = false;
  bool user = false;
  bool product = false;
  bool type = false;
};

/// Which number. What is not there is not divided by; id 0 is *none*, *unassigned*. A department is meant with all below it.
struct PlanFactKey {
  PlanCell::Measure measure = PlanCell::Measure::events;
  Currency currency;                       ///< of money: each is a row of its own
  std::optional<DepartmentId> department;
  std::optional<UserId> user;
  std::optional<ProductId> product;
  std::optional<EventTypeId> type;

  friend auto operator<=>(const PlanFactKey&, const PlanFactKey&) = default;
};

/// Numbers are of the measure: how many, minor units, or millionths of a quantity.
struct PlanFactRow {
  PlanFactKey key;
  std::int32_t level = 0;                    ///< of a department below the first ones; rows of level 0 make up the total
  bool additive = true;                      ///< rows add up to the total; an event of two products counts in both and once in all
  std::optional<std::int64_t> plan;
  std::int64_t fact = 0;
  std::optional<std::int64_t> deviation;     ///< fact − plan
  std::optional<double> attainment;          ///< fact / plan; none if the plan is 0
  std::optional<std::int64_t> forecast;      ///< by run rate
  std::optional<std::int64_t> undistributed; ///< coarse cells − Σ finer ones, where both are
  std::optional<Instant> version;            ///< when the newest of its plan cells was made
};

struct PlanFactTable {
  std::vector<PlanFactRow> rows;    ///< by key; none if nothing is divided by
  std::vector<PlanFactRow> totals;  ///< one for each measure and currency
};

/// Working days of a period, and those of them up to and with the as-of date.
struct RunRate {
  std::int64_t days = 0;
  std::int64_t passed = 0;
  bool over = false;                ///< the as-of date is after the period
};

/// fact × days / passed, to the nearest unit; none if none has passed; the fact once the period is over.
std::optional<std::int64_t> forecast(std::int64_t fact, const RunRate& rate);

/// The number of a cell's measure; none: the plan was taken back.
std::optional<std::int64_t> number_of(const PlanCell& cell);
/// The same set. Money keeps the currency the cell has.
void set_number(PlanCell& cell, std::int64_t number);

/// What is planned by a cell in force.
struct PlannedNumber {
  PlanCell::Measure measure = PlanCell::Measure::events;
  Currency currency;                ///< of money
  UserId user;                      ///< none: a department's
  DepartmentId department;
  ProductId product;                ///< none: of any; likewise the type
  EventTypeId type;
  Date from{};                      ///< half-open
  Date to{};
  std::int64_t number = 0;          ///< of the measure: how many, minor units, or millionths
  Instant made_at{};
};

/// Of each cell with a period the version made last by `at`, without those taken back then. One without an amount takes it back in every
/// currency.
std::vector<PlannedNumber> plans_in_force(std::span<const PlanCell> versions, Instant at);

/// Whether the fact is in that number.
bool counts_in(const PlanFactKey& key, const CountedFact& fact, const StaffTree& staff);
/// Whether a user's facts are of the scope; nobody's are everybody's only.
bool in_scope(const PlanScope& scope, UserId user, const StaffTree& staff);

struct PlanTotal;

/// Takes plans and facts in and gives the table out. A number takes the coarse cell if there is one, else the sum of the finer ones;
/// where finer ones divide the same in several ways (by product and by type), the greatest sum. A cell is coarser by its department, by
/// any product or type, and by a longer period that holds the other.
class PlanFactSheet {
 public:
  struct Asked {
    Date from{};                     ///< half-open
    Date to{};
    PlanScope scope;
    PlanDimensions by;
    StaffTree staff;
    RunRate rate;                    ///< of the organisation's calendar
    std::map<UserId, RunRate> rates; ///< of users who have one of their own, for numbers that are theirs alone
  };
  explicit PlanFactSheet(Asked asked);
  ~PlanFactSheet();

  /// Room for so many numbers that are planned.
  void reserve(std::size_t plans);
  /// It has to stand until the table is made; one whose period is not inside the one asked for is let go.
  void plan(const PlannedNumber& planned);
  /// Facts of one source stand together.
  void count(const CountedFact& fact);
  /// Throws `money.overflow` where a sum does not fit.
  [[nodiscard]] PlanFactTable table() const;

 private:
  struct LineKey;
  struct Line;
  struct Gathered;
  const std::vector<DepartmentId>& path_of(UserId user);
  [[nodiscard]] bool is_of_scope(UserId user, DepartmentId department);
  template <class Visit>
  void each_key(LineKey key, UserId user, DepartmentId department, Visit&& visit);
  [[nodiscard]] PlanTotal total_of(const Line& line, UserId user, std::size_t shown) const;
  void fill(const Line& line, PlanFactRow& row) const;

  Asked asked_;
  std::size_t top_ = 0;              // departments above the first ones shown
  std::unique_ptr<Gathered> gathered_;
};

}  // namespace crm
