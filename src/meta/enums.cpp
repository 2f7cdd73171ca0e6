#include "enums.hpp"

namespace crm::enums {
namespace {

constexpr EnumValue kMatrixPolicies[] = {
    {0, "allow", "разрешать", "allow"}, {1, "warn", "предупреждать", "warn"}, {2, "refuse", "запрещать", "refuse"}};
constexpr EnumValue kStatuses[] = {
    {0, "draft", "черновик", "draft"}, {1, "active", "действующий", "active"}, {2, "archived", "в архиве", "archived"}};
constexpr EnumValue kContactKinds[] = {{0, "phone", "телефон", "phone"},
                                       {1, "email", "e-mail", "e-mail"},
                                       {2, "site", "сайт", "site"},
                                       {3, "messenger", "мессенджер", "messenger"}};
constexpr EnumValue kForms[] = {{0, "organisation", "организация", "organisation"},
                                {1, "entrepreneur", "индивидуальный предприниматель", "sole entrepreneur"},
                                {2, "foreign", "иностранное лицо", "foreign entity"}};
constexpr EnumValue kPrecisions[] = {{0, "none", "нет", "none"},
                                     {1, "settlement", "населённый пункт", "settlement"},
                                     {2, "street", "улица", "street"},
                                     {3, "house", "дом", "house"}};
constexpr EnumValue kRoles[] = {{0, "main", "основной", "main"}, {1, "assistant", "помощник", "assistant"}};
constexpr EnumValue kReceiptKinds[] = {{0, "receipt", "поступление", "receipt"}, {1, "shipment", "отгрузка", "shipment"}};
constexpr EnumValue kPriorities[] = {{0, "low", "низкий", "low"},
                                     {1, "normal", "обычный", "normal"},
                                     {2, "high", "высокий", "high"},
                                     {3, "very_high", "очень высокий", "very high"}};
constexpr EnumValue kStates[] = {{0, "planned", "планируется", "planned"},
                                 {1, "rescheduled", "перенесено", "rescheduled"},
                                 {2, "postponed", "отложено", "postponed"},
                                 {3, "held", "состоялось", "held"},
                                 {4, "cancelled", "отменено", "cancelled"}};
constexpr EnumValue kEffectiveStates[] = {{0, "planned", "планируется", "planned"},
                                          {1, "rescheduled", "перенесено", "rescheduled"},
                                          {2, "postponed", "отложено", "postponed"},
                                          {3, "held", "состоялось", "held"},
                                          {4, "cancelled", "отменено", "cancelled"},
                                          {5, "overdue", "просрочено", "overdue"}};
constexpr EnumValue kVerifications[] = {{0, "not_required", "проверка не требуется", "not required"},
                                        {1, "awaiting", "ждёт проверки", "awaiting"},
                                        {2, "accepted", "принято", "accepted"},
                                        {3, "returned", "возвращено", "returned"}};
constexpr EnumValue kOutcomeKinds[] = {
    {0, "success", "успех", "success"}, {1, "neutral", "нейтральный", "neutral"}, {2, "refusal", "отказ", "refusal"}};
constexpr EnumValue kRescheduleKinds[] = {{0, "moved", "перенос", "moved"},
                                          {1, "actual", "фактическое время", "actual"}};
constexpr EnumValue kCharacteristicKinds[] = {{0, "text", "текст", "text"},      {1, "integer", "целое", "integer"},
                                              {2, "decimal", "число", "decimal"}, {3, "money", "деньги", "money"},
                                              {4, "boolean", "да/нет", "boolean"}, {5, "date", "дата", "date"},
                                              {6, "time", "время", "time"},
                                              {7, "dictionary", "справочник", "dictionary"}};
constexpr EnumValue kClassifierKinds[] = {{0, "manual", "пользовательский", "hand-made"},
                                          {1, "characteristic", "по характеристике", "by characteristic"},
                                          {2, "manager", "по менеджерам", "by manager"},
                                          {3, "sphere", "по сферам бизнеса", "by sphere"}};
constexpr EnumValue kSubjects[] = {
    {0, "field", "поле карточки", "card field"},
    {1, "characteristic", "характеристика", "characteristic"},
    {2, "phone", "телефон", "phone"},
    {3, "email", "e-mail", "e-mail"},
    {4, "employee", "сотрудник", "employee"},
    {5, "employee_with_phone", "сотрудник с телефоном", "employee with a phone"},
    {6, "legal_entity", "юридическое лицо", "legal entity"},
    {7, "legal_entity_with_inn", "юридическое лицо с ИНН", "legal entity with an ИНН"},
    {8, "legal_entity_with_kpp", "юридическое лицо с КПП", "legal entity with a КПП"},
    {9, "bank_account", "банковский счёт", "bank account"},
    {10, "sphere", "сфера бизнеса", "business sphere"},
    {11, "current_manager", "закреплённый менеджер", "current manager"},
    {12, "address", "адрес", "address"},
    {13, "address_on_map", "адрес, который находится на карте", "address that can be placed on the map"},
    {14, "document", "документ", "document"}};
constexpr EnumValue kNoticeKinds[] = {{0, "created", "событие назначено", "event planned"},
                                      {1, "done", "событие состоялось", "event held"},
                                      {2, "executor_changed", "сменился исполнитель", "executor changed"},
                                      {3, "assigned", "закреплён клиент", "company assigned"},
                                      {4, "reminder", "напоминание", "reminder"},
                                      {5, "postponed_until", "пора вернуться к отложенному", "postponed until today"},
                                      {6, "overdue", "событие просрочено", "event overdue"},
                                      {7, "unverified", "событие не проверено", "event not verified"},
                                      {8, "dismissal", "передача дел", "work handed over"},
                                      {9, "returned", "событие возвращено", "event returned"}};
constexpr EnumValue kNoticeStates[] = {{0, "pending", "ждёт", "pending"},         {1, "claimed", "в доставке", "claimed"},
                                       {2, "delivered", "доставлено", "delivered"}, {3, "failed", "не доставлено", "failed"},
                                       {4, "expired", "устарело", "expired"},      {5, "dropped", "снято", "dropped"}};
constexpr EnumValue kTriggers[] = {{0, "overdue", "просрочено", "overdue"}, {1, "unverified", "не проверено", "not verified"}};
constexpr EnumValue kRecipientRoles[] = {{0, "executor", "исполнитель", "executor"},
                                         {1, "setter", "постановщик", "setter"},
                                         {2, "supervisor", "руководитель", "supervisor"},
                                         {3, "watcher", "наблюдатель", "watcher"}};
constexpr EnumValue kScopes[] = {{0, "own", "своё", "own"},
                                 {1, "subordinates", "своё и подчинённых", "subordinates'"},
                                 {2, "department", "подразделения", "department's"},
                                 {3, "all", "всё", "all"}};
constexpr EnumValue kRoleMatrices[] = {{0, "ignore", "не учитывать", "ignore"},
                                       {1, "adds", "добавляет клиентов", "adds companies"},
                                       {2, "narrows", "сужает события", "narrows events"}};
constexpr EnumValue kDoes[] = {{0, "plan", "запланировать событие", "plan an event"},
                               {1, "record", "записать состоявшимся", "record a held event"},
                               {2, "hold", "отметить состоявшимся", "hold events"},
                               {3, "cancel", "отменить", "cancel events"}};

constexpr EnumValue kFeeds[] = {{0, "products", "товары", "products"},
                                {1, "documents", "документы", "documents"},
                                {2, "receipts", "поступления и отгрузки", "receipts and shipments"}};
constexpr EnumValue kMeasures[] = {{0, "events", "событий", "events"},
                                   {1, "amount", "сумма", "amount"},
                                   {2, "quantity", "количество", "quantity"},
                                   {3, "receipts", "поступления", "receipts"},
                                   {4, "shipments", "отгрузки", "shipments"},
                                   {5, "new_companies", "новых клиентов", "new companies"}};
constexpr EnumValue kDimensions[] = {{0, "manager", "менеджер", "manager"},
                                     {1, "department", "подразделение", "department"},
                                     {2, "type", "вид события", "event type"},
                                     {3, "state", "состояние", "state"},
                                     {4, "priority", "приоритет", "priority"},
                                     {5, "verification", "проверка", "verification"},
                                     {6, "outcome", "исход", "outcome"},
                                     {7, "company", "клиент", "company"},
                                     {8, "product", "продукт", "product"},
                                     {9, "sphere", "сфера бизнеса", "business sphere"},
                                     {10, "classifier", "классификатор", "classifier"},
                                     {11, "day", "день", "day"},
                                     {12, "week", "неделя", "week"},
                                     {13, "month", "месяц", "month"},
                                     {14, "quarter", "квартал", "quarter"},
                                     {15, "year", "год", "year"}};
constexpr EnumValue kFigures[] = {{0, "events", "событий", "events"},
                                  {1, "companies", "клиентов", "companies"},
                                  {2, "minutes", "минут", "minutes"},
                                  {3, "amount", "сумма", "amount"},
                                  {4, "quantity", "количество", "quantity"},
                                  {5, "receipts", "поступления", "receipts"},
                                  {6, "shipments", "отгрузки", "shipments"},
                                  {7, "new_companies", "новых клиентов", "new companies"}};
constexpr EnumValue kCounted[] = {{0, "held", "состоявшиеся", "held"},
                                  {1, "held_any", "состоявшиеся, и возвращённые", "held, and returned"},
                                  {2, "accepted", "принятые проверкой", "accepted"},
                                  {3, "all", "все", "all"}};
constexpr EnumValue kCases[] = {{0, "company", "клиент", "company"},
                                {1, "company_product", "клиент и продукт", "company and product"},
                                {2, "deal", "сделка", "deal"}};

}  // namespace

const EnumInfo kMatrixPolicy{"matrix_policy", kMatrixPolicies};
const EnumInfo kCompanyStatus{"company_status", kStatuses};
const EnumInfo kContactKind{"contact_kind", kContactKinds};
const EnumInfo kLegalForm{"legal_form", kForms};
const EnumInfo kPrecision{"address_precision", kPrecisions};
const EnumInfo kAssignmentRole{"assignment_role", kRoles};
const EnumInfo kReceiptKind{"receipt_kind", kReceiptKinds};
const EnumInfo kPriority{"priority", kPriorities};
const EnumInfo kState{"state", kStates};
const EnumInfo kVerification{"verification", kVerifications};
const EnumInfo kOutcomeKind{"outcome_kind", kOutcomeKinds};
const EnumInfo kRescheduleKind{"reschedule_kind", kRescheduleKinds};
const EnumInfo kCharacteristicKind{"characteristic_kind", kCharacteristicKinds};
const EnumInfo kClassifierKind{"classifier_kind", kClassifierKinds};
const EnumInfo kSubject{"criterion_subject", kSubjects};
const EnumInfo kNoticeKind{"notice_kind", kNoticeKinds};
const EnumInfo kNoticeState{"notice_state", kNoticeStates};
const EnumInfo kTrigger{"escalation_trigger", kTriggers};
const EnumInfo kRecipientRole{"recipient_role", kRecipientRoles};
const EnumInfo kRoleScope{"role_scope", kScopes};
const EnumInfo kRoleMatrix{"role_matrix", kRoleMatrices};
const EnumInfo kDocumentDoes{"document_does", kDoes};
const EnumInfo kEffectiveState{"effective_state", kEffectiveStates};
const EnumInfo kHostFeed{"host_feed_kind", kFeeds};
const EnumInfo kPlanMeasure{"plan_measure", kMeasures};
const EnumInfo kFunnelCase{"funnel_case", kCases};
const EnumInfo kDimension{"dimension", kDimensions};
const EnumInfo kFigure{"figure", kFigures};
const EnumInfo kEventsCounted{"events_counted", kCounted};

std::span<const EnumInfo* const> all() {
  static constexpr const EnumInfo* kAll[] = {
      &kMatrixPolicy,   &kCompanyStatus, &kContactKind,    &kLegalForm,          &kPrecision,
      &kAssignmentRole, &kReceiptKind,   &kPriority,       &kState,              &kVerification,
      &kOutcomeKind,    &kRescheduleKind, &kCharacteristicKind, &kClassifierKind, &kSubject,
      &kNoticeKind,     &kNoticeState,   &kTrigger,        &kRecipientRole,  &kRoleScope,      &kRoleMatrix,
      &kDocumentDoes,   &kEffectiveState, &kHostFeed,    &kPlanMeasure, &kFunnelCase,
      &kDimension,      &kFigure,        &kEventsCounted};
  return kAll;
}

}  // namespace crm::enums
