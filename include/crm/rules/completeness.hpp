/// How full a client card is, what is missing in it, and whether the gate lets it through (C11).
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "crm/base/error.hpp"
#include "crm/base/time.hpp"
#include "crm/model/characteristic.hpp"
#include "crm/model/company.hpp"

namespace crm {

inline constexpr std::size_t kSubjects = 15;

/// What the criteria look at, on a day D. Only what the criteria of the profile name need be filled in.
struct CardFacts {
  CompanyId company;
  Company::Status status = Company::Status::draft;
  std::set<FieldNo> fields;                      ///< filled fields of the company
  std::set<CharacteristicId> characteristics;    ///< those with a value
  std::array<std::int64_t, kSubjects + 1> counts{};  ///< rows valid at D, by Criterion::Subject; the last one of any that is not known
  bool inn_applies = true;  ///< false: all legal entities are foreign
  bool kpp_applies = true;  ///< false: all legal entities are entrepreneurs or foreign

  [[nodiscard]] std::int64_t& count(Criterion::Subject subject) { return counts[place(subject)]; }
  [[nodiscard]] std::int64_t count(Criterion::Subject subject) const { return counts[place(subject)]; }

 private:
  static std::size_t place(Criterion::Subject subject) { return std::min(static_cast<std::size_t>(subject), kSubjects); }
};

/// Counts the legal entities current on `day`, those with a valid ИНН and КПП, and sets what does not apply.
void count_legal_entities(CardFacts& facts, std::span<const LegalEntity> entities, Date day);

/// An exact number in lowest terms; `denominator` > 0.
struct Ratio {
  std::int64_t numerator = 0;
  std::int64_t denominator = 1;

  friend bool operator==(const Ratio&, const Ratio&) = default;
};

/// A criterion that is not met in full.
struct Missing {
  Criterion criterion;
  std::int64_t have = 0;
  std::int64_t need = 1;  ///< have < need
  Ratio weight;           ///< w(1 - m), what it takes from the sum
  bool hard = false;
};

/// The verdict on one card. As made by default: no profile applies, nothing is asked.
struct Completeness {
  CompanyId company;
  Company::Status status = Company::Status::draft;
  ProfileId profile;               ///< empty: none applies
  std::int32_t score = 100;        ///< 0..100
  std::int32_t threshold = 0;
  std::vector<Missing> missing;    ///< those that take most first, then by id
  std::optional<Date> valid_until; ///< from this day it must be computed anew; set by the caller with `valid_until`

  [[nodiscard]] bool hard_missing() const;
  /// Score below the threshold, or a hard criterion missing.
  [[nodiscard]] bool is_below() const { return score < threshold || hard_missing(); }
};

/// floor(100 · Σwm / Σw) in exact integers. Criteria of other profiles are for the caller to leave out; weights and
/// `at_least` are 1..1000, others are taken as the nearest bound.
Completeness measure_completeness(const CardFacts& facts, const Profile& profile,
                                  std::span<const Criterion> criteria);

/// The next day after `day` on which an interval used starts or ends; none: the score stays.
std::optional<Date> valid_until(std::span<const DateRange> used, Date day);

/// A node of a classifier that holds a company, itself or by a node below it.
struct HoldingNode {
  ClassifierNodeId node;
  std::int32_t depth = 0;  ///< 0 of a root
  std::int32_t rank = 0;
};

/// The nodes a company is placed on and all above them, each once. A cycle ends the way up.
std::vector<HoldingNode> holding_nodes(std::span<const ClassifierNode> tree,
                                       std::span<const ClassifierNodeId> placed_on);

/// The active profile of the deepest node that has one; several: highest rank, then lowest id; none: the default one;
/// nullptr if there is none. Points into `profiles`.
const Profile* choose_profile(std::span<const Profile> profiles, std::span<const HoldingNode> held_by);

struct GatePolicy {
  bool on = false;
  bool strict = false;  ///< also refuse an active card that was below before
};

struct GateVerdict {
  std::vector<Violation> violations;  ///< C11.below_threshold, C11.hard, then one C11.criterion for each missing
  std::vector<Violation> warnings;    ///< C11.still_incomplete

  [[nodiscard]] bool allowed() const { return violations.empty(); }
  [[nodiscard]] bool refused_by(std::string_view rule) const;
};

/// Whether a card may be saved as it is `after`; `before`: as it was stored, none for a new one. Asks active cards only.
/// A card that was below before is refused if its score falls or a hard criterion is newly lost, else warned of.
/// Dismissal, host feeds, merge, erasure and retirement do not ask.
GateVerdict gate(const GatePolicy& policy, const std::optional<Completeness>& before, const Completeness& after);

/// "employee_with_phone", "field.source", "characteristic.12": the {value} of C11.hard and C11.criterion. Their {detail}
/// is "employee_with_phone 1/3", have/need where several are needed, and "10 (1/3)", the weight missing.
std::string criterion_key(const Criterion& criterion);

/// "fill in: employees with a phone, at least 3", «заполните: ...». `name`: caption of the field or characteristic.
std::string describe_missing(const Criterion& criterion, Language language, std::string_view name = {});

/// What a profile would do to a base.
struct Simulation {
  /// How many cards lack a criterion.
  struct ByCriterion {
    Criterion criterion;
    std::int64_t missing = 0;  ///< among active cards
    std::int64_t refused = 0;  ///< among those refused
  };

  std::int64_t active = 0;
  std::int64_t refused = 0;          ///< active cards that the gate would refuse as new ones
  std::int64_t below_threshold = 0;  ///< of them by score
  std::int64_t hard = 0;             ///< of them by a hard criterion; both may hold
  std::int64_t drafts = 0;
  std::int64_t drafts_refused = 0;   ///< could not be activated as they are
  std::vector<ByCriterion> criteria; ///< in the order given
};

/// Archived cards are not counted; cards of another profile are for the caller to leave out.
Simulation simulate(const Profile& profile, std::span<const Criterion> criteria, std::span<const CardFacts> cards);
/// The same piece by piece, for a base that does not fit in memory: adds `cards` to `so_far`.
void simulate_more(Simulation& so_far, const Profile& profile, std::span<const Criterion> criteria,
                   std::span<const CardFacts> cards);

/// Whether a draft is older than `draft_days` by the calendar of `zone`, so takes no new event.
bool draft_expired(Instant created_at, Instant now, const Zone& zone, std::int32_t draft_days);

}  // namespace crm
