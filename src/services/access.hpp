// X5: one predicate, compiled into every door.
#pragma once

#include <memory>
#include <set>
#include <string>

#include "crm/services/access.hpp"
#include "unit.hpp"

namespace crm {

/// A role as its user has it.
struct RoleView {
  std::string code;                 ///< "" for the one of users without any role
  bool everything = false;          ///< scope all
  std::vector<UserId> people;       ///< whose things are seen beside his own
  std::vector<UserId> in_service;   ///< those of them who work today: managers are only such
  bool own_events = false;
  Role::Matrix matrix = Role::Matrix::ignore;
  bool may_write = false;
};

/// Who acts, as the organisation is now; read once for a state of the base.
struct Acting {
  UserId user;                      ///< none: the host
  bool administrator = false;
  std::set<UserId> below;
  std::vector<RoleView> roles;
  std::vector<DepartmentId> departments;  ///< in which he or somebody below him works today
  std::vector<SphereId> spheres;    ///< of his matrix, with those below
  std::vector<ProductId> products;

  [[nodiscard]] bool unlimited() const { return !user || administrator; }
};

Acting read_acting(Unit& unit, UserId user);

/// The staff, products and set-up data.
bool is_everybodys(EntityNo entity);
/// The reference to what a row is a part of, which it is seen with; 0: seen by a rule of its own.
FieldNo seen_with(EntityNo entity);

/// What `Acting` may see and write.
class Access {
 public:
  Access(Unit& unit, std::shared_ptr<const Acting> acting) : unit_(unit), kept_(std::move(acting)), acting_(*kept_) {}

  [[nodiscard]] bool unlimited() const { return acting_.unlimited(); }
  /// Which rows of an entity are seen; none: all.
  std::optional<Filter> visible(EntityNo entity) const;
  /// Companies, by their id at `path`.
  Filter whole_company(Path path) const;
  Filter contacts_of_company(Path path) const;

  /// Adds to a question what its asker may not see: rows, rows inside `exists`, and fields beyond what a reference shows.
  void narrow(EntityNo entity, std::optional<Filter>& filter, const std::vector<Path>& told) const;

  [[nodiscard]] bool sees(RecordRef record) const;
  [[nodiscard]] Sight sight_of(const Record& record) const;
  [[nodiscard]] bool may_edit_company(CompanyId company) const;
  AccessExplain explain(const Record& record) const;

  /// Throws `not_found` for what is not seen.
  void check_seen(RecordRef record) const;
  /// The same for its history, which alone shows a removed event.
  void check_history_seen(RecordRef record) const;
  /// The same for what hangs on it: documents, characteristics.
  void check_owner_seen(RecordRef owner) const;
  /// Throws `denied` (`X5.right`) if the record is not his to change, as it was and as it will be; else as `check_references`.
  void check_write(const Record* before, const Record& after) const;
  /// Throws `ref.missing` for a new reference to what he does not see: it does not exist for him.
  void check_references(const Record* before, const Record& after) const;
  /// The same for what hangs on `owner`.
  void check_write_on(RecordRef owner) const;
  /// The same for a company as such.
  void check_edit_company(CompanyId company) const;
  /// The same for an administrator's business; `right` names it.
  void check_administrator(const char* right) const;
  /// Whether the user is below him, or himself.
  [[nodiscard]] bool is_above(UserId user) const { return acting_.unlimited() || user == acting_.user || acting_.below.contains(user); }
  /// Users below him, or himself where `self`.
  void check_above(UserId user, const char* right, bool self) const;

 private:
  struct Branch {
    std::string why;
    Filter filter;
  };
  /// How much of the record that a reference of `from` leads to must be seen for a path to be told.
  struct Needed {
    EntityNo from = 0;
    Path reference;
    Sight sight = Sight::whole;
    bool may_be_null = false;
    friend auto operator<=>(const Needed&, const Needed&) = default;
  };
  std::vector<Branch> event_branches() const;
  std::vector<Branch> company_branches(Path path) const;
  void add_company_branches(const RoleView& role, Path path, std::vector<Branch>& branches) const;
  Filter of_owner(FieldNo kind, FieldNo id) const;
  /// The record of `entity` that `path` leads to is seen; none: everybody sees it.
  std::optional<Filter> seen_at(EntityNo entity, const Path& path) const;
  Filter company_seen(const Path& path, Sight sight) const;
  void narrow_filter(EntityNo entity, Filter& filter) const;
  void add_needed(EntityNo entity, const Path& path, std::set<Needed>& needed) const;
  Filter guard(const std::set<Needed>& needed) const;
  [[nodiscard]] bool holds(RecordRef record, Filter filter) const;
  [[nodiscard]] bool may_edit_event(const Event& event, const Record& after, std::string& field) const;
  [[noreturn]] void deny(const Record& record, FieldNo field, const char* right) const;
  void check_right(const Record* before, const Record& after) const;

  Unit& unit_;
  std::shared_ptr<const Acting> kept_;
  const Acting& acting_;
};

/// How much of a company, or of a record of it, is seen by who may read the field.
Sight sight_needed(EntityNo entity, FieldNo field);
/// A company as one sees it who may know its name, or its contacts: other fields are null.
void mask(Record& company, Sight sight);

}  // namespace crm
