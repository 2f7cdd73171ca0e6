#include "enums.hpp"
#include "table.hpp"

namespace crm::table {
namespace {

using T = EventType;
constexpr FieldInfo kEventType[] = {
    field<&T::code>(T::kCode, "code", kRequired, "Код", "Code"),
    field<&T::name_ru>(T::kNameRu, "name_ru", kRequired, "Название", "Name in Russian"),
    field<&T::name_en>(T::kNameEn, "name_en", 0, "Название по-английски", "Name in English"),
    field<&T::default_minutes>(T::kDefaultMinutes, "default_minutes", kRequired, "Длительность, минут",
                               "Duration, minutes"),
    field<&T::default_priority>(T::kDefaultPriority, "default_priority", kRequired, enums::kPriority, "Приоритет",
                                "Priority"),
    field<&T::no_company>(T::kNoCompany, "no_company", kRequired, "Можно без клиента", "No company needed"),
    field<&T::product_required>(T::kProductRequired, "product_required", kRequired, "Нужен продукт",
                                "Product required"),
    field<&T::contact_required>(T::kContactRequired, "contact_required", kRequired, "Нужно контактное лицо",
                                "Contact required"),
    field<&T::result_required>(T::kResultRequired, "result_required", kRequired, "Нужен результат", "Result required"),
    field<&T::reason_required>(T::kReasonRequired, "reason_required", kRequired, "Нужна причина переноса",
                               "Reason required"),
    field<&T::verified>(T::kVerified, "verified", kRequired, "Проверяется руководителем", "Verified"),
    field<&T::executor_may_not_cancel>(T::kExecutorMayNotCancel, "executor_may_not_cancel", kRequired,
                                       "Исполнитель не отменяет", "Executor may not cancel"),
    field<&T::retired>(T::kRetired, "retired", kRequired, "Не используется", "Retired"),
};
constexpr IndexInfo kEventTypeIndexes[] = {{{T::kCode}, true}};

using O = Outcome;
constexpr FieldInfo kOutcome[] = {
    field<&O::type>(O::kType, "type_id", kRequired | kImmutable, "Вид события", "Event type"),
    field<&O::code>(O::kCode, "code", kRequired, "Код", "Code"),
    field<&O::name_ru>(O::kNameRu, "name_ru", kRequired, "Название", "Name in Russian"),
    field<&O::name_en>(O::kNameEn, "name_en", 0, "Название по-английски", "Name in English"),
    field<&O::kind>(O::kKind, "kind", kRequired, enums::kOutcomeKind, "Вид исхода", "Kind"),
};
constexpr IndexInfo kOutcomeIndexes[] = {{{O::kType, O::kCode}, true}};

using V = Event;
constexpr FieldInfo kEvent[] = {
    field<&V::type>(V::kType, "type_id", kRequired | kImmutable, "Вид события", "Event type"),
    field<&V::company>(V::kCompany, "company_id", kImmutable, "Клиент", "Company"),
    field<&V::contact>(V::kContact, "contact_id", 0, "Контактное лицо", "Contact person"),
    field<&V::executor>(V::kExecutor, "executor_id", kRequired | kByAction, "Исполнитель", "Executor"),
    field<&V::setter>(V::kSetter, "setter_id", kRequired | kByAction, "Постановщик", "Setter"),
    field<&V::priority>(V::kPriority, "priority", kRequired, enums::kPriority, "Приоритет", "Priority"),
    field<&V::state>(V::kState, "state", kRequired | kByAction, enums::kState, "Состояние", "State"),
    field<&V::verification>(V::kVerification, "verification", kRequired | kByAction, enums::kVerification, "Проверка",
                            "Verification"),
    field<&V::start>(V::kStart, "start_at", kByAction, "Начало", "Start"),
    field<&V::end>(V::kEnd, "end_at", kByAction, "Окончание", "End"),
    field<&V::all_day>(V::kAllDay, "all_day", kRequired | kByAction, "Весь день", "All day"),
    field<&V::zone>(V::kZone, "zone", kByAction, "Часовой пояс", "Time zone"),
    field<&V::postponed_until>(V::kPostponedUntil, "postponed_until", kByAction, "Отложено до", "Postponed until"),
    field<&V::purpose>(V::kPurpose, "purpose", 0, "Цель", "Purpose"),
    field<&V::result>(V::kResult, "result", 0, "Результат", "Result"),
    field<&V::outcome>(V::kOutcome, "outcome_id", 0, "Исход", "Outcome"),
    field<&V::reason>(V::kReason, "reason", kByAction, "Причина", "Reason"),
    amount<&V::amount>(V::kAmount, "amount", "Сумма", "Amount"),
    currency<&V::amount>(V::kCurrency, "currency", "Валюта", "Currency"),
    field<&V::sequence>(V::kSequence, "sequence", kRequired | kByAction, "Номер редакции", "Sequence"),
    field<&V::held_at>(V::kHeldAt, "held_at", kByAction, "Отмечено состоявшимся", "Held at"),
    field<&V::removed>(V::kRemoved, "removed", kRequired | kByAction, "Удалено", "Removed"),
    field<&V::case_key>(V::kCase, "case_key", 0, "Сделка", "Deal"),
    field<&V::due_at>(V::kDueAt, "due_at", kDerived, "Срок", "Due"),
    field<&V::product>(V::kProduct, "product_id", kDerived, "Продукт", "Product"),
    field<&V::awaiting_since>(V::kAwaitingSince, "awaiting_since", kDerived, "Ждёт проверки с", "Awaiting verification since"),
    field<&V::tick_at>(V::kTickAt, "tick_at", kDerived, "Ближайшее по времени", "Next in time"),
    field<&V::long_until>(V::kLongUntil, "long_until", kDerived, "Долгое, до", "Long, until"),
    field<&V::products>(V::kProducts, "products", kDerived | kRequired, "Продуктов", "Products"),
    field<&V::counted_at>(V::kCountedAt, "counted_at", kDerived, "Учтено в отчётах", "Counted at"),
};
constexpr IndexInfo kEventIndexes[] = {{{V::kCompany, V::kStart}},
                                       {{V::kExecutor, V::kStart}},
                                       {{V::kType, V::kState, V::kStart, kId},
                                        false,
                                        false,
                                        {V::kVerification, V::kProduct, V::kProducts, V::kCompany, V::kRemoved, V::kExecutor}},
                                       {{V::kDueAt}, false, true},
                                       {{V::kAwaitingSince, V::kExecutor}, false, true},
                                       {{V::kTickAt}, false, true},
                                       {{V::kExecutor, V::kLongUntil}, false, true},
                                       {{V::kExecutor, V::kDueAt}, false, true},
                                       {{V::kCountedAt},
                                        false,
                                        true,
                                        {V::kType, V::kProduct, V::kProducts, V::kCompany, V::kExecutor, V::kVerification}}};

using L = EventLine;
constexpr FieldInfo kEventLine[] = {
    field<&L::event>(L::kEvent, "event_id", kRequired | kImmutable, "Событие", "Event"),
    field<&L::product>(L::kProduct, "product_id", kRequired, "Продукт", "Product"),
    field<&L::quantity>(L::kQuantity, "quantity", 0, "Количество", "Quantity"),
    amount<&L::amount>(L::kAmount, "amount", "Сумма", "Amount"),
    currency<&L::amount>(L::kCurrency, "currency", "Валюта", "Currency"),
};
constexpr IndexInfo kEventLineIndexes[] = {{{L::kEvent, L::kProduct}}, {{L::kProduct, L::kEvent}}};

using R = Reschedule;
constexpr FieldInfo kReschedule[] = {
    field<&R::event>(R::kEvent, "event_id", kRequired | kImmutable, "Событие", "Event"),
    field<&R::kind>(R::kKind, "kind", kRequired | kImmutable, enums::kRescheduleKind, "Вид", "Kind"),
    field<&R::old_start>(R::kOldStart, "old_start", kImmutable, "Было: начало", "Old start"),
    field<&R::old_end>(R::kOldEnd, "old_end", kImmutable, "Было: окончание", "Old end"),
    field<&R::new_start>(R::kNewStart, "new_start", kImmutable, "Стало: начало", "New start"),
    field<&R::new_end>(R::kNewEnd, "new_end", kImmutable, "Стало: окончание", "New end"),
    field<&R::reason>(R::kReason, "reason", kImmutable, "Причина", "Reason"),
    field<&R::by>(R::kBy, "by_id", kImmutable, "Кем", "By"),
    field<&R::at>(R::kAt, "at", kImmutable, "Когда", "At"),
};
constexpr IndexInfo kRescheduleIndexes[] = {{{R::kEvent}}};

using Y = VerificationEntry;
constexpr FieldInfo kVerificationEntry[] = {
    field<&Y::event>(Y::kEvent, "event_id", kRequired | kImmutable, "Событие", "Event"),
    field<&Y::to>(Y::kTo, "verification", kRequired | kImmutable, enums::kVerification, "Проверка", "Verification"),
    field<&Y::comment>(Y::kComment, "comment", kImmutable, "Комментарий", "Comment"),
    field<&Y::by>(Y::kBy, "by_id", kImmutable, "Кем", "By"),
    field<&Y::at>(Y::kAt, "at", kImmutable, "Когда", "At"),
};
constexpr IndexInfo kVerificationEntryIndexes[] = {{{Y::kEvent}}};

}  // namespace

CRM_ENTITY(EventType, "event_type", "Вид события", "Event type", kEventType, kEventTypeIndexes);
CRM_ENTITY(Outcome, "outcome", "Исход события", "Outcome", kOutcome, kOutcomeIndexes);
CRM_ENTITY(Event, "event", "Событие", "Event", kEvent, kEventIndexes);
CRM_ENTITY(EventLine, "event_line", "Продукт события", "Event line", kEventLine, kEventLineIndexes);
CRM_ENTITY(Reschedule, "reschedule", "Перенос события", "Reschedule", kReschedule, kRescheduleIndexes);
CRM_ENTITY(VerificationEntry, "verification_entry", "Проверка события", "Verification entry", kVerificationEntry,
           kVerificationEntryIndexes);

}  // namespace crm::table
