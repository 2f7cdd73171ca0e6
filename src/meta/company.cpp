#include "enums.hpp"
#include "table.hpp"

namespace crm::table {
namespace {

using C = Company;
constexpr FieldInfo kCompany[] = {
    field<&C::name>(C::kName, "name", kRequired, "Наименование", "Name"),
    field<&C::short_name>(C::kShortName, "short_name", 0, "Краткое наименование", "Short name"),
    field<&C::status>(C::kStatus, "status", kRequired, enums::kCompanyStatus, "Состояние карточки", "Card status"),
    field<&C::source>(C::kSource, "source", 0, "Источник", "Source"),
    field<&C::comment>(C::kComment, "comment", 0, "Комментарий", "Comment"),
    field<&C::created_at>(C::kCreatedAt, "created_at", kDerived, "Создана", "Created at"),
    field<&C::created_by>(C::kCreatedBy, "created_by_id", kDerived, "Кем создана", "Created by"),
    field<&C::activated_on>(C::kActivatedOn, "activated_on", kDerived, "Действует с", "Active since"),
    field<&C::score>(C::kScore, "score", kDerived, "Полнота карточки", "Completeness"),
    field<&C::score_valid_until>(C::kScoreValidUntil, "score_valid_until", kDerived, "Полнота верна до",
                                 "Completeness valid until"),
    field<&C::phone>(C::kPhone, "phone", kDerived, "Телефон", "Phone"),
    field<&C::email>(C::kEmail, "email", kDerived, "E-mail", "E-mail"),
    field<&C::search_key>(C::kSearchKey, "search_key", kDerived | kSearched, "Ключ поиска", "Search key"),
};
constexpr IndexInfo kCompanyIndexes[] = {{{C::kStatus, C::kScore}}, {{C::kStatus, C::kCreatedAt}}, {{C::kScoreValidUntil}, false, true}};

using P = ContactPoint;
constexpr FieldInfo kContactPoint[] = {
    ref_kind<&P::owner>(P::kOwnerKind, "owner_kind", kRequired | kImmutable, "Чей: вид", "Owner kind"),
    ref_id<&P::owner>(P::kOwner, "owner_id", kRequired | kImmutable, "Чей", "Owner"),
    field<&P::kind>(P::kKind, "kind", kRequired, enums::kContactKind, "Вид", "Kind"),
    field<&P::value>(P::kValue, "value", kRequired | kPersonal, "Значение", "Value"),
    field<&P::key>(P::kKey, "key", kDerived | kPersonal, "Ключ", "Key"),
    field<&P::note>(P::kNote, "note", 0, "Примечание", "Note"),
    field<&P::primary>(P::kPrimary, "is_primary", kRequired, "Основной", "Primary"),
};
constexpr IndexInfo kContactPointIndexes[] = {{{P::kOwnerKind, P::kOwner}}};

using L = LegalEntity;
constexpr FieldInfo kLegalEntity[] = {
    field<&L::company>(L::kCompany, "company_id", kRequired | kImmutable, "Клиент", "Company"),
    field<&L::form>(L::kForm, "form", kRequired, enums::kLegalForm, "Вид лица", "Form"),
    field<&L::name>(L::kName, "name", kRequired, "Полное наименование", "Full name"),
    field<&L::country>(L::kCountry, "country", kRequired, "Страна", "Country"),
    field<&L::inn>(L::kInn, "inn", 0, "ИНН", "ИНН"),
    field<&L::kpp>(L::kKpp, "kpp", 0, "КПП", "КПП"),
    field<&L::ogrn>(L::kOgrn, "ogrn", 0, "ОГРН/ОГРНИП", "ОГРН/ОГРНИП"),
    field<&L::tax_id>(L::kTaxId, "tax_id", 0, "Налоговый номер", "Tax id"),
    field<&L::address>(L::kAddress, "address", 0, "Юридический адрес", "Legal address"),
    field<&L::director>(L::kDirector, "director", kPersonal, "Руководитель", "Director"),
    field<&L::from>(L::kFrom, "from_date", 0, "Действует с", "Valid from"),
    field<&L::to>(L::kTo, "to_date", 0, "Действует по", "Valid to"),
    field<&L::unchecked>(L::kUnchecked, "unchecked", kRequired, "Реквизиты не проверены", "Unchecked"),
};
constexpr IndexInfo kLegalEntityIndexes[] = {{{L::kCompany}}, {{L::kInn, L::kKpp}, false, true}};

using B = BankAccount;
constexpr FieldInfo kBankAccount[] = {
    field<&B::legal_entity>(B::kLegalEntity, "legal_entity_id", kRequired | kImmutable, "Юридическое лицо",
                            "Legal entity"),
    field<&B::bik>(B::kBik, "bik", 0, "БИК", "БИК"),
    field<&B::account>(B::kAccount, "account", 0, "Расчётный счёт", "Account"),
    field<&B::correspondent>(B::kCorrespondent, "correspondent", 0, "Корреспондентский счёт", "Correspondent account"),
    field<&B::at_central_bank>(B::kAtCentralBank, "at_central_bank", kRequired, "Счёт в Банке России",
                               "Kept at the Bank of Russia"),
    field<&B::bank>(B::kBank, "bank", 0, "Банк", "Bank"),
    field<&B::from>(B::kFrom, "from_date", 0, "Действует с", "Valid from"),
    field<&B::to>(B::kTo, "to_date", 0, "Действует по", "Valid to"),
    field<&B::unchecked>(B::kUnchecked, "unchecked", kRequired, "Реквизиты не проверены", "Unchecked"),
};
constexpr IndexInfo kBankAccountIndexes[] = {{{B::kLegalEntity}}};

using D = Document;
constexpr FieldInfo kDocument[] = {
    ref_kind<&D::owner>(D::kOwnerKind, "owner_kind", kRequired | kImmutable, "Чей: вид", "Owner kind"),
    ref_id<&D::owner>(D::kOwner, "owner_id", kRequired | kImmutable, "Чей", "Owner"),
    field<&D::title>(D::kTitle, "title", kRequired, "Название", "Title"),
    field<&D::uri>(D::kUri, "uri", kRequired, "Ссылка", "URI"),
    field<&D::kind>(D::kKind, "kind", 0, "Вид документа", "Kind"),
    field<&D::added_by>(D::kAddedBy, "added_by_id", kDerived, "Кем добавлен", "Added by"),
    field<&D::added_at>(D::kAddedAt, "added_at", kDerived, "Когда добавлен", "Added at"),
};
constexpr IndexInfo kDocumentIndexes[] = {{{D::kOwnerKind, D::kOwner}}};

using E = Employee;
constexpr FieldInfo kEmployee[] = {
    field<&E::company>(E::kCompany, "company_id", kRequired | kImmutable, "Клиент", "Company"),
    field<&E::last_name>(E::kLastName, "last_name", kRequired | kPersonal, "Фамилия", "Last name"),
    field<&E::first_name>(E::kFirstName, "first_name", kPersonal, "Имя", "First name"),
    field<&E::middle_name>(E::kMiddleName, "middle_name", kPersonal, "Отчество", "Middle name"),
    field<&E::position>(E::kPosition, "position", 0, "Должность", "Position"),
    field<&E::birthday>(E::kBirthday, "birthday", kPersonal, "День рождения", "Birthday"),
    field<&E::left_on>(E::kLeftOn, "left_on", 0, "Не работает с", "Left on"),
    field<&E::comment>(E::kComment, "comment", kPersonal, "Комментарий", "Comment"),
    field<&E::phone>(E::kPhone, "phone", kDerived | kPersonal, "Телефон", "Phone"),
    field<&E::email>(E::kEmail, "email", kDerived | kPersonal, "E-mail", "E-mail"),
    field<&E::search_key>(E::kSearchKey, "search_key", kDerived | kPersonal | kSearched, "Ключ поиска", "Search key"),
};
constexpr IndexInfo kEmployeeIndexes[] = {{{E::kCompany}}};

using A = Address;
constexpr FieldInfo kAddress[] = {
    field<&A::company>(A::kCompany, "company_id", kRequired | kImmutable, "Клиент", "Company"),
    field<&A::country>(A::kCountry, "country", 0, "Страна", "Country"),
    field<&A::region>(A::kRegion, "region", 0, "Регион", "Region"),
    field<&A::district>(A::kDistrict, "district", 0, "Район", "District"),
    field<&A::settlement>(A::kSettlement, "settlement", 0, "Населённый пункт", "Settlement"),
    field<&A::street>(A::kStreet, "street", 0, "Улица", "Street"),
    field<&A::house>(A::kHouse, "house", 0, "Дом", "House"),
    field<&A::building>(A::kBuilding, "building", 0, "Здание", "Building"),
    field<&A::unit>(A::kUnit, "unit", 0, "Помещение, этаж", "Unit, floor"),
    field<&A::postcode>(A::kPostcode, "postcode", 0, "Индекс", "Postcode"),
    field<&A::fias>(A::kFias, "fias", 0, "Код ФИАС", "FIAS code"),
    field<&A::latitude>(A::kLatitude, "latitude", 0, "Широта", "Latitude"),
    field<&A::longitude>(A::kLongitude, "longitude", 0, "Долгота", "Longitude"),
    field<&A::source>(A::kSource, "source", 0, "Источник координат", "Source of the position"),
    field<&A::precision>(A::kPrecision, "precision", kRequired, enums::kPrecision, "Точность", "Precision"),
    field<&A::primary>(A::kPrimary, "is_primary", kRequired, "Основной", "Primary"),
};
constexpr IndexInfo kAddressIndexes[] = {{{A::kCompany}}};

using S = Sphere;
constexpr FieldInfo kSphere[] = {
    field<&S::name>(S::kName, "name", kRequired, "Сфера бизнеса", "Business sphere"),
    field<&S::parent>(S::kParent, "parent_id", 0, "Входит в", "Part of"),
    field<&S::retired_on>(S::kRetiredOn, "retired_on", 0, "Не используется с", "Retired on"),
};
constexpr IndexInfo kSphereIndexes[] = {{{S::kParent}, false, true}};

using CS = CompanySphere;
constexpr FieldInfo kCompanySphere[] = {
    field<&CS::company>(CS::kCompany, "company_id", kRequired | kImmutable, "Клиент", "Company"),
    field<&CS::sphere>(CS::kSphere, "sphere_id", kRequired | kImmutable, "Сфера бизнеса", "Business sphere"),
};
constexpr IndexInfo kCompanySphereIndexes[] = {{{CS::kCompany, CS::kSphere}, true}, {{CS::kSphere, CS::kCompany}}};

using G = Assignment;
constexpr FieldInfo kAssignment[] = {
    field<&G::company>(G::kCompany, "company_id", kRequired | kImmutable, "Клиент", "Company"),
    field<&G::user>(G::kUser, "user_id", kRequired | kImmutable, "Менеджер", "Manager"),
    field<&G::role>(G::kRole, "role", kRequired, enums::kAssignmentRole, "Роль", "Role"),
    field<&G::from>(G::kFrom, "from_date", kRequired, "С", "From"),
    field<&G::to>(G::kTo, "to_date", 0, "По", "To"),
    field<&G::reason>(G::kReason, "reason", 0, "Основание", "Reason"),
    field<&G::end_reason>(G::kEndReason, "end_reason", 0, "Причина окончания", "Reason of the end"),
    field<&G::by>(G::kBy, "by_id", kDerived, "Кем закреплён", "Assigned by"),
};
constexpr IndexInfo kAssignmentIndexes[] = {{{G::kCompany, G::kFrom, G::kTo, G::kUser, G::kRole}},
                                            {{G::kUser, G::kTo, G::kFrom, G::kCompany}}};

using X = ExternalId;
constexpr FieldInfo kExternalId[] = {
    field<&X::system>(X::kSystem, "system", kRequired | kImmutable, "Система", "System"),
    field<&X::kind>(X::kKind, "kind", kRequired | kImmutable, "Вид", "Kind"),
    field<&X::key>(X::kKey, "key", kRequired | kImmutable, "Внешний код", "External id"),
    ref_kind<&X::owner>(X::kOwnerKind, "owner_kind", kRequired | kImmutable, "Чей: вид", "Owner kind"),
    ref_id<&X::owner>(X::kOwner, "owner_id", kRequired | kImmutable, "Чей", "Owner"),
};
constexpr IndexInfo kExternalIdIndexes[] = {{{X::kSystem, X::kKind, X::kKey}, true}, {{X::kOwnerKind, X::kOwner}}};

using R = Receipt;
constexpr FieldInfo kReceipt[] = {
    field<&R::company>(R::kCompany, "company_id", kRequired, "Клиент", "Company"),
    field<&R::kind>(R::kKind, "kind", kRequired, enums::kReceiptKind, "Вид", "Kind"),
    field<&R::date>(R::kDate, "date", kRequired, "Дата", "Date"),
    amount<&R::amount>(R::kAmount, "amount", "Сумма", "Amount"),
    currency<&R::amount>(R::kCurrency, "currency", "Валюта", "Currency"),
    field<&R::product>(R::kProduct, "product_id", 0, "Продукт", "Product"),
    field<&R::quantity>(R::kQuantity, "quantity", 0, "Количество", "Quantity"),
    field<&R::user>(R::kUser, "user_id", 0, "Ответственный", "Responsible"),
    field<&R::number>(R::kNumber, "number", 0, "Номер", "Number"),
};
constexpr IndexInfo kReceiptIndexes[] = {{{R::kDate, R::kUser, R::kProduct, R::kAmount}}, {{R::kCompany, R::kDate}}};

}  // namespace

CRM_ENTITY(Company, "company", "Клиент", "Company", kCompany, kCompanyIndexes);
CRM_ENTITY(ContactPoint, "contact_point", "Контакт", "Contact point", kContactPoint, kContactPointIndexes);
CRM_ENTITY(LegalEntity, "legal_entity", "Юридическое лицо", "Legal entity", kLegalEntity, kLegalEntityIndexes);
CRM_ENTITY(BankAccount, "bank_account", "Банковский счёт", "Bank account", kBankAccount, kBankAccountIndexes);
CRM_ENTITY(Document, "document", "Документ", "Document", kDocument, kDocumentIndexes);
CRM_ENTITY(Employee, "employee", "Сотрудник клиента", "Employee", kEmployee, kEmployeeIndexes);
CRM_ENTITY(Address, "address", "Адрес", "Address", kAddress, kAddressIndexes);
CRM_ENTITY(Sphere, "sphere", "Сфера бизнеса", "Business sphere", kSphere, kSphereIndexes);
CRM_ENTITY(CompanySphere, "company_sphere", "Сфера клиента", "Company's sphere", kCompanySphere, kCompanySphereIndexes);
CRM_ENTITY(Assignment, "assignment", "Закрепление менеджера", "Assignment", kAssignment, kAssignmentIndexes);
CRM_ENTITY(ExternalId, "external_id", "Внешний код", "External id", kExternalId, kExternalIdIndexes);
CRM_ENTITY(Receipt, "receipt", "Поступление, отгрузка", "Receipt or shipment", kReceipt, kReceiptIndexes);

}  // namespace crm::table
