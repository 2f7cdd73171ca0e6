#include "enums.hpp"
#include "table.hpp"

namespace crm::table {
namespace {

using K = HostDocumentKind;
constexpr FieldInfo kHostDocumentKind[] = {
    field<&K::code>(K::kCode, "code", kRequired, "Код", "Code"),
    field<&K::name_ru>(K::kNameRu, "name_ru", kRequired, "Название", "Name in Russian"),
    field<&K::name_en>(K::kNameEn, "name_en", 0, "Название по-английски", "Name in English"),
};
constexpr IndexInfo kHostDocumentKindIndexes[] = {{{K::kCode}, true}};

using D = HostDocument;
constexpr FieldInfo kHostDocument[] = {
    field<&D::kind>(D::kKind, "kind_id", kRequired, "Вид документа", "Kind of document"),
    field<&D::key>(D::kKey, "key", kRequired, "Ключ в учётной системе", "Key"),
    field<&D::revision>(D::kRevision, "revision", kRequired, "Редакция", "Revision"),
    field<&D::posted>(D::kPosted, "posted", kRequired, "Оприходован", "Posted"),
    field<&D::date>(D::kDate, "date", kRequired, "Дата", "Date"),
    field<&D::company>(D::kCompany, "company_id", 0, "Клиент", "Company"),
    field<&D::user>(D::kUser, "user_id", 0, "Ответственный", "Responsible"),
    field<&D::number>(D::kNumber, "number", 0, "Номер", "Number"),
    amount<&D::amount>(D::kAmount, "amount", "Сумма", "Amount"),
    currency<&D::amount>(D::kCurrency, "currency", "Валюта", "Currency"),
};
constexpr IndexInfo kHostDocumentIndexes[] = {{{D::kKind, D::kKey}, true}, {{D::kCompany, D::kDate}}};

using L = HostDocumentLine;
constexpr FieldInfo kHostDocumentLine[] = {
    field<&L::document>(L::kDocument, "document_id", kRequired, "Документ", "Document"),
    field<&L::product>(L::kProduct, "product_id", kRequired, "Продукт", "Product"),
    field<&L::quantity>(L::kQuantity, "quantity", 0, "Количество", "Quantity"),
    amount<&L::amount>(L::kAmount, "amount", "Сумма", "Amount"),
    currency<&L::amount>(L::kCurrency, "currency", "Валюта", "Currency"),
};
constexpr IndexInfo kHostDocumentLineIndexes[] = {{{L::kDocument, L::kProduct}}};

using E = EventDocument;
constexpr FieldInfo kEventDocument[] = {
    field<&E::event>(E::kEvent, "event_id", kRequired | kImmutable, "Событие", "Event"),
    field<&E::document>(E::kDocument, "document_id", kRequired | kImmutable, "Документ", "Document"),
};
constexpr IndexInfo kEventDocumentIndexes[] = {{{E::kEvent, E::kDocument}, true}, {{E::kDocument, E::kEvent}}};

using R = DocumentRule;
constexpr FieldInfo kDocumentRule[] = {
    field<&R::kind>(R::kKind, "kind_id", kRequired, "Вид документа", "Kind of document"),
    field<&R::name>(R::kName, "name", kRequired, "Название", "Name"),
    field<&R::does>(R::kDoes, "does", kRequired, enums::kDocumentDoes, "Действие", "Does"),
    field<&R::type>(R::kType, "type_id", kRequired, "Вид события", "Event type"),
    field<&R::node>(R::kNode, "node_id", 0, "Узел классификатора", "Classifier node"),
    field<&R::sphere>(R::kSphere, "sphere_id", 0, "Сфера бизнеса", "Business sphere"),
    amount<&R::min_amount>(R::kMinAmount, "min_amount", "Сумма не меньше", "Amount from"),
    currency<&R::min_amount>(R::kCurrency, "currency", "Валюта", "Currency"),
    field<&R::product>(R::kProduct, "product_id", 0, "Продукт", "Product"),
    field<&R::window_days>(R::kWindowDays, "window_days", kRequired, "В пределах дней", "Window, days"),
    field<&R::all>(R::kAll, "all", kRequired, "Все подходящие", "All that match"),
    field<&R::start_days>(R::kStartDays, "start_days", kRequired, "Начало через дней", "Start after days"),
    field<&R::priority>(R::kPriority, "priority", kRequired, enums::kPriority, "Приоритет", "Priority"),
    field<&R::purpose>(R::kPurpose, "purpose", 0, "Цель", "Purpose"),
    field<&R::result>(R::kResult, "result", 0, "Результат", "Result"),
    field<&R::outcome>(R::kOutcome, "outcome_id", 0, "Исход", "Outcome"),
    field<&R::reason>(R::kReason, "reason", 0, "Причина", "Reason"),
    field<&R::retired>(R::kRetired, "retired", kRequired, "Не используется", "Retired"),
};
constexpr IndexInfo kDocumentRuleIndexes[] = {{{R::kKind}}};

using F = DocumentEffect;
constexpr FieldInfo kDocumentEffect[] = {
    field<&F::document>(F::kDocument, "document_id", kRequired, "Документ", "Document"),
    field<&F::revision>(F::kRevision, "revision", kRequired, "Редакция", "Revision"),
    field<&F::rule>(F::kRule, "rule_id", kRequired, "Правило", "Rule"),
    field<&F::event>(F::kEvent, "event_id", kRequired, "Событие", "Event"),
    field<&F::made>(F::kMade, "made", kRequired, "Создано правилом", "Made"),
    field<&F::undone>(F::kUndone, "undone", kRequired, "Отменено", "Undone"),
    field<&F::old_state>(F::kOldState, "old_state", kRequired, enums::kState, "Было: состояние", "Old state"),
    field<&F::old_start>(F::kOldStart, "old_start", 0, "Было: начало", "Old start"),
    field<&F::old_end>(F::kOldEnd, "old_end", 0, "Было: окончание", "Old end"),
    field<&F::old_all_day>(F::kOldAllDay, "old_all_day", kRequired, "Было: весь день", "Old all day"),
    field<&F::old_until>(F::kOldUntil, "old_until", 0, "Было: отложено до", "Old postponed until"),
    field<&F::old_verification>(F::kOldVerification, "old_verification", kRequired, enums::kVerification, "Было: проверка",
                                "Old verification"),
    field<&F::old_result>(F::kOldResult, "old_result", 0, "Было: результат", "Old result"),
    field<&F::old_outcome>(F::kOldOutcome, "old_outcome_id", 0, "Было: исход", "Old outcome"),
    field<&F::old_reason>(F::kOldReason, "old_reason", 0, "Было: причина", "Old reason"),
    field<&F::old_held_at>(F::kOldHeldAt, "old_held_at", 0, "Было: отмечено", "Old held at"),
    field<&F::new_state>(F::kNewState, "new_state", kRequired, enums::kState, "Стало: состояние", "New state"),
    field<&F::new_start>(F::kNewStart, "new_start", 0, "Стало: начало", "New start"),
    field<&F::new_end>(F::kNewEnd, "new_end", 0, "Стало: окончание", "New end"),
    field<&F::new_verification>(F::kNewVerification, "new_verification", kRequired, enums::kVerification, "Стало: проверка",
                                "New verification"),
};
constexpr IndexInfo kDocumentEffectIndexes[] = {{{F::kDocument}}, {{F::kEvent}}};

using Feed = HostFeed;
constexpr FieldInfo kHostFeed[] = {
    field<&Feed::feed>(Feed::kFeed, "feed", kRequired | kImmutable, enums::kHostFeed, "Поток", "Feed"),
    field<&Feed::position>(Feed::kPosition, "position", 0, "Прочитано до", "Read up to"),
    field<&Feed::read_at>(Feed::kReadAt, "read_at", 0, "Прочитано", "Read at"),
};
constexpr IndexInfo kHostFeedIndexes[] = {{{Feed::kFeed}, true}};

}  // namespace

CRM_ENTITY(HostDocumentKind, "host_document_kind", "Вид документа", "Kind of document", kHostDocumentKind, kHostDocumentKindIndexes);
CRM_ENTITY(HostDocument, "host_document", "Документ учётной системы", "Document of the host", kHostDocument, kHostDocumentIndexes);
CRM_ENTITY(HostDocumentLine, "host_document_line", "Строка документа", "Line of a document", kHostDocumentLine,
           kHostDocumentLineIndexes);
CRM_ENTITY(EventDocument, "event_document", "Документ события", "Document of an event", kEventDocument, kEventDocumentIndexes);
CRM_ENTITY(DocumentRule, "document_rule", "Правило оприходования", "Rule of posting", kDocumentRule, kDocumentRuleIndexes);
CRM_ENTITY(DocumentEffect, "document_effect", "Следствие документа", "Effect of a document", kDocumentEffect, kDocumentEffectIndexes);
CRM_ENTITY(HostFeed, "host_feed", "Поток учётной системы", "Feed of the host", kHostFeed, kHostFeedIndexes);

}  // namespace crm::table
