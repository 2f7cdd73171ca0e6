#include "enums.hpp"
#include "table.hpp"

namespace crm::table {
namespace {

using R = Role;
constexpr FieldInfo kRole[] = {
    field<&R::code>(R::kCode, "code", kRequired, "Код", "Code"),
    field<&R::name_ru>(R::kNameRu, "name_ru", kRequired, "Название", "Name in Russian"),
    field<&R::name_en>(R::kNameEn, "name_en", 0, "Название по-английски", "Name in English"),
    field<&R::scope>(R::kScope, "scope", kRequired, enums::kRoleScope, "Видит", "Scope"),
    field<&R::matrix>(R::kMatrix, "matrix", kRequired, enums::kRoleMatrix, "Матрица", "Matrix"),
    field<&R::own_events>(R::kOwnEvents, "own_events", kRequired, "Только свои события клиента", "Own events only"),
    field<&R::may_write>(R::kMayWrite, "may_write", kRequired, "Может изменять", "May write"),
    field<&R::retired>(R::kRetired, "retired", kRequired, "Не используется", "Retired"),
};
constexpr IndexInfo kRoleIndexes[] = {{{R::kCode}, true}};

using U = UserRole;
constexpr FieldInfo kUserRole[] = {
    field<&U::user>(U::kUser, "user_id", kRequired | kImmutable, "Пользователь", "User"),
    field<&U::role>(U::kRole, "role_id", kRequired | kImmutable, "Роль", "Role"),
};
constexpr IndexInfo kUserRoleIndexes[] = {{{U::kUser, U::kRole}, true}};

using S = SavedFilter;
constexpr FieldInfo kSavedFilter[] = {
    field<&S::user>(S::kUser, "user_id", kRequired | kImmutable, "Пользователь", "User"),
    field<&S::name>(S::kName, "name", kRequired, "Название", "Name"),
    field<&S::query>(S::kQuery, "query", kRequired, "Запрос", "Query"),
};
constexpr IndexInfo kSavedFilterIndexes[] = {{{S::kUser, S::kName}, true}};

}  // namespace

CRM_ENTITY(Role, "role", "Роль", "Role", kRole, kRoleIndexes);
CRM_ENTITY(UserRole, "user_role", "Роль пользователя", "Role of a user", kUserRole, kUserRoleIndexes);
CRM_ENTITY(SavedFilter, "saved_filter", "Сохранённый фильтр", "Saved filter", kSavedFilter, kSavedFilterIndexes);

}  // namespace crm::table
