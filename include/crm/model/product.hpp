/// Products, the matrices of the organisation and of users (P2, P3), and plan cells (M8).
#pragma once

#include <optional>
#include <string>

#include "crm/base/money.hpp"
#include "crm/base/time.hpp"
#include "crm/model/refs.hpp"

namespace crm {

/// The host's goods or services.
struct Product {
  static constexpr EntityNo kEntity = 24;
  enum Field : FieldNo { kName = 3, kCode, kParent, kRetiredOn };

  ProductId id;
  Version version = 0;
  std::string name;
  std::string code;              ///< unique
  ProductId parent;              ///< product line
  std::optional<Date> retired_on;
};

/// P2: this product is used in this sphere and the spheres below it.
struct OrganisationCell {
  static constexpr EntityNo kEntity = 25;
  enum Field : FieldNo { kProduct = 3, kSphere };

  IdOf<OrganisationCell> id;
  Version version = 0;
  ProductId product;
  SphereId sphere;
};

/// P3: this user follows this product in this sphere; always inside P2.
struct UserCell {
  static constexpr EntityNo kEntity = 26;
  enum Field : FieldNo { kUser = 3, kProduct, kSphere };

  IdOf<UserCell> id;
  Version version = 0;
  UserId user;
  ProductId product;
  SphereId sphere;
};

/// M8: one planned number of a user or of a department. An empty product or type means any. Append-only: a cell is (measure, user or
/// department, period, product, type, currency), and the row made last by an instant is its plan then; one without a number takes it back.
struct PlanCell {
  static constexpr EntityNo kEntity = 27;
  enum Field : FieldNo { kUser = 3, kFrom, kTo, kProduct, kType, kEvents, kAmount, kCurrency, kDepartment, kMeasure, kQuantity, kMadeAt };
  /// What is planned (Definitions, Numbers); each has its number in one of the fields below.
  enum class Measure : std::int32_t {
    events = 0,         ///< `events`: distinct held events
    amount = 1,         ///< `amount`: of the lines of held events
    quantity = 2,       ///< `quantity`: of the same
    receipts = 3,       ///< `amount`
    shipments = 4,      ///< `amount`
    new_companies = 5,  ///< `events`: companies activated
  };

  IdOf<PlanCell> id;
  Version version = 0;
  UserId user;
  std::optional<Date> from;             ///< half-open period
  std::optional<Date> to;
  ProductId product;
  EventTypeId type;
  std::optional<std::int64_t> events;   ///< how many
  std::optional<Money> amount;
  DepartmentId department;              ///< of a plan of no single user
  Measure measure = Measure::events;
  std::optional<Decimal> quantity;
  std::optional<Instant> made_at;       ///< derived
};

}  // namespace crm
