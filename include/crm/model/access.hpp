/// Roles of users (X5) and their saved filters (E10).
#pragma once

#include <string>

#include "crm/model/refs.hpp"

namespace crm {

/// X5: what a role lets its users see and do. Several roles of a user add up; a user without any sees what is his and his subordinates'.
struct Role {
  static constexpr EntityNo kEntity = 48;
  enum Field : FieldNo { kCode = 3, kNameRu, kNameEn, kScope, kMatrix, kOwnEvents, kMayWrite, kRetired };
  /// Whose companies and events are seen; the user's own always are.
  enum class Scope : std::int32_t {
    own = 0,           ///< his own only
    subordinates = 1,  ///< and of everybody below him
    department = 2,    ///< and of everybody who works in his departments and those under them
    all = 3,
  };
  /// Definitions, Organisation and access: role option `matrix`.
  enum class Matrix : std::int32_t {
    ignore = 0,
    adds = 1,     ///< companies having a sphere in which the user follows a product
    narrows = 2,  ///< events with a product of his matrix or none; his own are never hidden
  };

  RoleId id;
  Version version = 0;
  std::string code;        ///< unique
  std::string name_ru;
  std::string name_en;
  Scope scope = Scope::subordinates;
  Matrix matrix = Matrix::ignore;
  bool own_events = false; ///< who sees a company sees of its events only those that the scope gives
  bool may_write = false;  ///< may edit what he sees
  bool retired = false;
};

struct UserRole {
  static constexpr EntityNo kEntity = 49;
  enum Field : FieldNo { kUser = 3, kRole };

  IdOf<UserRole> id;
  Version version = 0;
  UserId user;
  RoleId role;
};

/// E10: a question that a user keeps.
struct SavedFilter {
  static constexpr EntityNo kEntity = 50;
  enum Field : FieldNo { kUser = 3, kName, kQuery };

  IdOf<SavedFilter> id;
  Version version = 0;
  UserId user;
  std::string name;        ///< unique for its user
  std::string query;       ///< as crm_query_json takes it; read when it is saved
};

}  // namespace crm
