#include "enums.hpp"
#include "table.hpp"

namespace crm::table {
namespace {

using P = Product;
constexpr FieldInfo kProduct[] = {
    field<&P::name>(P::kName, "name", kRequired, "Продукт", "Product"),
    field<&P::code>(P::kCode, "code", 0, "Код", "Code"),
    field<&P::parent>(P::kParent, "parent_id", 0, "Входит в", "Part of"),
    field<&P::retired_on>(P::kRetiredOn, "retired_on", 0, "Не используется с", "Retired on"),
};
constexpr IndexInfo kProductIndexes[] = {{{P::kCode}, true}};

using O = OrganisationCell;
constexpr FieldInfo kOrganisationCell[] = {
    field<&O::product>(O::kProduct, "product_id", kRequired | kImmutable, "Продукт", "Product"),
    field<&O::sphere>(O::kSphere, "sphere_id", kRequired | kImmutable, "Сфера бизнеса", "Business sphere"),
};
constexpr IndexInfo kOrganisationCellIndexes[] = {{{O::kSphere, O::kProduct}, true}};

using U = UserCell;
constexpr FieldInfo kUserCell[] = {
    field<&U::user>(U::kUser, "user_id", kRequired | kImmutable, "Пользователь", "User"),
    field<&U::product>(U::kProduct, "product_id", kRequired | kImmutable, "Продукт", "Product"),
    field<&U::sphere>(U::kSphere, "sphere_id", kRequired | kImmutable, "Сфера бизнеса", "Business sphere"),
};
constexpr IndexInfo kUserCellIndexes[] = {{{U::kUser, U::kSphere, U::kProduct}, true}};

using L = PlanCell;
constexpr FieldInfo kPlanCell[] = {
    field<&L::user>(L::kUser, "user_id", 0, "Пользователь", "User"),
    field<&L::from>(L::kFrom, "from_date", kRequired, "С", "From"),
    field<&L::to>(L::kTo, "to_date", kRequired, "По", "To"),
    field<&L::product>(L::kProduct, "product_id", 0, "Продукт", "Product"),
    field<&L::type>(L::kType, "type_id", 0, "Вид события", "Event type"),
    field<&L::events>(L::kEvents, "events", 0, "План: количество", "Planned count"),
    amount<&L::amount>(L::kAmount, "amount", "План: сумма", "Planned amount"),
    currency<&L::amount>(L::kCurrency, "currency", "Валюта", "Currency"),
    field<&L::department>(L::kDepartment, "department_id", 0, "Подразделение", "Department"),
    field<&L::measure>(L::kMeasure, "measure", kRequired, enums::kPlanMeasure, "Показатель", "Measure"),
    field<&L::quantity>(L::kQuantity, "quantity", 0, "План: количество товара", "Planned quantity"),
    field<&L::made_at>(L::kMadeAt, "made_at", kDerived, "Введён", "Made at"),
};
constexpr IndexInfo kPlanCellIndexes[] = {{{L::kFrom, L::kUser, L::kProduct, L::kType}}};

}  // namespace

CRM_ENTITY(Product, "product", "Продукт", "Product", kProduct, kProductIndexes);
CRM_ENTITY(OrganisationCell, "organisation_cell", "Матрица организации", "Organisation's matrix", kOrganisationCell,
           kOrganisationCellIndexes);
CRM_ENTITY(UserCell, "user_cell", "Матрица пользователя", "User's matrix", kUserCell, kUserCellIndexes);
CRM_ENTITY(PlanCell, "plan_cell", "План", "Plan", kPlanCell, kPlanCellIndexes);

}  // namespace crm::table
