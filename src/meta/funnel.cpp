#include "enums.hpp"
#include "table.hpp"

namespace crm::table {
namespace {

using F = Funnel;
constexpr FieldInfo kFunnel[] = {
    field<&F::code>(F::kCode, "code", kRequired, "Код", "Code"),
    field<&F::name_ru>(F::kNameRu, "name_ru", kRequired, "Название", "Name in Russian"),
    field<&F::name_en>(F::kNameEn, "name_en", 0, "Название по-английски", "Name in English"),
    field<&F::case_of>(F::kCaseOf, "case_of", kRequired, enums::kFunnelCase, "Что проходит воронку", "Case"),
    field<&F::retired>(F::kRetired, "retired", kRequired, "Не используется", "Retired"),
};
constexpr IndexInfo kFunnelIndexes[] = {{{F::kCode}, true}};

using S = FunnelStage;
constexpr FieldInfo kFunnelStage[] = {
    field<&S::funnel>(S::kFunnel, "funnel_id", kRequired | kImmutable, "Воронка", "Funnel"),
    field<&S::place>(S::kPlace, "place", kRequired, "Место", "Place"),
    field<&S::code>(S::kCode, "code", kRequired, "Код", "Code"),
    field<&S::name_ru>(S::kNameRu, "name_ru", kRequired, "Название", "Name in Russian"),
    field<&S::name_en>(S::kNameEn, "name_en", 0, "Название по-английски", "Name in English"),
};
constexpr IndexInfo kFunnelStageIndexes[] = {{{S::kFunnel, S::kPlace}, true}, {{S::kFunnel, S::kCode}, true}};

using R = FunnelRule;
constexpr FieldInfo kFunnelRule[] = {
    field<&R::funnel>(R::kFunnel, "funnel_id", kRequired | kImmutable, "Воронка", "Funnel"),
    field<&R::stage>(R::kStage, "stage_id", 0, "Этап", "Stage"),
    field<&R::type>(R::kType, "type_id", 0, "Вид события", "Event type"),
    field<&R::state>(R::kState, "state", kRequired, enums::kState, "Состояние", "State"),
    field<&R::document_kind>(R::kDocumentKind, "document_kind_id", 0, "Вид документа", "Kind of document"),
};
constexpr IndexInfo kFunnelRuleIndexes[] = {{{R::kFunnel, R::kStage}}};

}  // namespace

CRM_ENTITY(Funnel, "funnel", "Воронка продаж", "Sales funnel", kFunnel, kFunnelIndexes);
CRM_ENTITY(FunnelStage, "funnel_stage", "Этап воронки", "Funnel stage", kFunnelStage, kFunnelStageIndexes);
CRM_ENTITY(FunnelRule, "funnel_rule", "Условие этапа", "Funnel rule", kFunnelRule, kFunnelRuleIndexes);

}  // namespace crm::table
