#include "enums.hpp"
#include "table.hpp"

namespace crm::table {
namespace {

using O = Organisation;
constexpr FieldInfo kOrganisation[] = {
    field<&O::name>(O::kName, "name", kRequired, "Название", "Name"),
    field<&O::zone>(O::kZone, "zone", kRequired, "Часовой пояс", "Time zone"),
    field<&O::currency>(O::kCurrency, "currency", kRequired, "Валюта", "Currency"),
    field<&O::draft_days>(O::kDraftDays, "draft_days", kRequired, "Срок черновика, дней", "Draft age limit, days"),
    field<&O::matrix_by_intersection>(O::kMatrixByIntersection, "matrix_by_intersection", kRequired,
                                      "Матрица клиента: пересечение матриц менеджеров",
                                      "Company matrix: intersection of the managers' matrices"),
    field<&O::matrix_policy>(O::kMatrixPolicy, "matrix_policy", kRequired, enums::kMatrixPolicy,
                             "Продукт вне матрицы", "Product outside a matrix"),
    field<&O::gate>(O::kGate, "gate", kRequired, "Запрет неполных карточек", "Refuse incomplete cards"),
    field<&O::strict_gate>(O::kStrictGate, "strict_gate", kRequired, "Запрет и для действующих карточек",
                           "Refuse incomplete active cards too"),
    field<&O::silent>(O::kSilent, "silent", kRequired, "Без уведомлений", "No notices"),
    field<&O::rescore_after>(O::kRescoreAfter, "rescore_after", kDerived, "Пересчитать полноту после", "Rescore after"),
};

using D = Department;
constexpr FieldInfo kDepartment[] = {
    field<&D::name>(D::kName, "name", kRequired, "Подразделение", "Department"),
    field<&D::parent>(D::kParent, "parent_id", 0, "Входит в", "Part of"),
};

constexpr FieldInfo kPosition[] = {
    field<&Position::name>(Position::kName, "name", kRequired, "Должность", "Position"),
};

using U = User;
constexpr FieldInfo kUser[] = {
    field<&U::last_name>(U::kLastName, "last_name", kRequired | kPersonal, "Фамилия", "Last name"),
    field<&U::first_name>(U::kFirstName, "first_name", kPersonal, "Имя", "First name"),
    field<&U::middle_name>(U::kMiddleName, "middle_name", kPersonal, "Отчество", "Middle name"),
    field<&U::login>(U::kLogin, "login", 0, "Логин", "Login"),
    field<&U::supervisor>(U::kSupervisor, "supervisor_id", 0, "Руководитель", "Supervisor"),
    field<&U::position>(U::kPosition, "position_id", 0, "Должность", "Position"),
    field<&U::hired>(U::kHired, "hired", 0, "Принят", "Hired"),
    field<&U::dismissed>(U::kDismissed, "dismissed", kImmutable, "Уволен", "Dismissed"),
    field<&U::administrator>(U::kAdministrator, "administrator", kRequired, "Администратор", "Administrator"),
    field<&U::phone>(U::kPhone, "phone", kPersonal, "Телефон", "Phone"),
    field<&U::email>(U::kEmail, "email", kPersonal, "E-mail", "E-mail"),
    field<&U::photo_uri>(U::kPhotoUri, "photo_uri", kPersonal, "Фотография", "Photo"),
    field<&U::comment>(U::kComment, "comment", 0, "Комментарий", "Comment"),
    field<&U::search_key>(U::kSearchKey, "search_key", kDerived | kPersonal, "Ключ поиска", "Search key"),
};
constexpr IndexInfo kUserIndexes[] = {{{U::kLogin}, true}, {{U::kSupervisor}, false, true}};

using P = Placement;
constexpr FieldInfo kPlacement[] = {
    field<&P::user>(P::kUser, "user_id", kRequired, "Пользователь", "User"),
    field<&P::department>(P::kDepartment, "department_id", kRequired, "Подразделение", "Department"),
    field<&P::position>(P::kPosition, "position_id", 0, "Должность", "Position"),
    field<&P::from>(P::kFrom, "from_date", 0, "С", "From"),
    field<&P::to>(P::kTo, "to_date", 0, "По", "To"),
};
constexpr IndexInfo kPlacementIndexes[] = {{{P::kUser, P::kFrom}}, {{P::kDepartment, P::kFrom}}};

using E = Employment;
constexpr FieldInfo kEmployment[] = {
    field<&E::user>(E::kUser, "user_id", kRequired | kImmutable, "Пользователь", "User"),
    field<&E::from>(E::kFrom, "from_date", kImmutable, "С", "From"),
    field<&E::to>(E::kTo, "to_date", kRequired | kImmutable, "По", "To"),
};
constexpr IndexInfo kEmploymentIndexes[] = {{{E::kUser, E::kFrom}}};

}  // namespace

CRM_ENTITY(Organisation, "organisation", "Организация", "Organisation", kOrganisation, {});
CRM_ENTITY(Department, "department", "Подразделение", "Department", kDepartment, {});
CRM_ENTITY(Position, "position", "Должность", "Position", kPosition, {});
CRM_ENTITY(User, "user", "Пользователь CRM", "User", kUser, kUserIndexes);
CRM_ENTITY(Placement, "placement", "Место работы", "Placement", kPlacement, kPlacementIndexes);
CRM_ENTITY(Employment, "employment", "Прежний срок службы", "Earlier service", kEmployment, kEmploymentIndexes);

}  // namespace crm::table
