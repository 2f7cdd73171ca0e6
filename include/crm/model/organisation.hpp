/// The trading house itself: its settings, departments, positions, users and who works where (M1, M2, M6).
#pragma once

#include <optional>
#include <string>

#include "crm/base/money.hpp"
#include "crm/base/time.hpp"
#include "crm/model/refs.hpp"

namespace crm {

/// Policies and settings; one record, id 1, made with the base.
struct Organisation {
  static constexpr EntityNo kEntity = 1;
  enum Field : FieldNo { kName = 3, kZone, kCurrency, kDraftDays, kMatrixByIntersection, kMatrixPolicy,
                         kGate, kStrictGate, kSilent, kRescoreAfter };
  /// What happens to an event with a product outside a matrix (Definitions, Matrices).
  enum class MatrixPolicy : std::int32_t { allow = 0, warn = 1, refuse = 2 };

  IdOf<Organisation> id;
  Version version = 0;
  std::string name;
  std::string zone = "Europe/Moscow";  ///< IANA; "today" of every report; UTC counts for one that this build does not know
  Currency currency{"RUB"};            ///< of amounts given without one
  std::int32_t draft_days = 30;        ///< an older draft takes no new event
  bool matrix_by_intersection = false; ///< company matrix: managers' matrices intersected, not united
  MatrixPolicy matrix_policy = MatrixPolicy::warn;
  bool gate = false;                   ///< C11: refuse cards that are not full enough
  bool strict_gate = false;            ///< ... also when an active card was below before
  bool silent = false;                 ///< no notices are made: nobody would empty the outbox
  std::optional<Id> rescore_after;     ///< derived: a profile changed; stored scores of cards above this id are not of it yet
};

struct Department {
  static constexpr EntityNo kEntity = 2;
  enum Field : FieldNo { kName = 3, kParent };

  DepartmentId id;
  Version version = 0;
  std::string name;
  DepartmentId parent;
};

struct Position {
  static constexpr EntityNo kEntity = 3;
  enum Field : FieldNo { kName = 3 };

  PositionId id;
  Version version = 0;
  std::string name;
};

/// A user of the CRM, an employee of the organisation (M2). In service on D: hired ≤ D < dismissed.
struct User {
  static constexpr EntityNo kEntity = 4;
  enum Field : FieldNo { kLastName = 3, kFirstName, kMiddleName, kLogin, kSupervisor, kPosition, kHired,
                         kDismissed, kAdministrator, kPhone, kEmail, kPhotoUri, kComment, kSearchKey };

  UserId id;
  Version version = 0;
  std::string last_name;
  std::string first_name;
  std::string middle_name;
  std::string login;               ///< of the host; unique
  UserId supervisor;               ///< M6; cycles are refused
  PositionId position;
  std::optional<Date> hired;
  std::optional<Date> dismissed;   ///< first day out of service; given at the first save (a host's history) or by `dismiss`
  bool administrator = false;
  std::string phone;
  std::string email;
  std::string photo_uri;           ///< a link, or the picture itself as a data: URI (RFC 2397)
  std::string comment;
  std::string search_key;          ///< derived
};

/// Who works where (M1): half-open interval of dates.
struct Placement {
  static constexpr EntityNo kEntity = 5;
  enum Field : FieldNo { kUser = 3, kDepartment, kPosition, kFrom, kTo };

  IdOf<Placement> id;
  Version version = 0;
  UserId user;
  DepartmentId department;
  PositionId position;
  std::optional<Date> from;
  std::optional<Date> to;
};

/// An interval of service that is over, of one who was hired again (M2): half-open. The current one is the user's own.
struct Employment {
  static constexpr EntityNo kEntity = 63;
  enum Field : FieldNo { kUser = 3, kFrom, kTo };

  IdOf<Employment> id;
  Version version = 0;
  UserId user;
  std::optional<Date> from;
  std::optional<Date> to;
};

}  // namespace crm
