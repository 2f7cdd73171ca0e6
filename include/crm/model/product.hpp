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

/// M8: one planned number. An empty product or type means any.
struct PlanCell {
  static constexpr EntityNo kEntity = 27;
  enum Field : FieldNo { kUser = 3, kFrom, kTo, kProduct, kType, kEvents, kAmount, kCurrency };

  IdOf<PlanCell> id;
  Version version = 0;
  UserId user;
  std::optional<Date> from;      ///< half-open period
  std::optional<Date> to;
  ProductId product;
  EventTypeId type;
  std::optional<std::int64_t> events;
  std::optional<Money> amount;
};

}  // namespace crm
