#include "enums.hpp"
#include "table.hpp"

namespace crm::table {
namespace {

constexpr FieldInfo kDictionary[] = {
    field<&Dictionary::name>(Dictionary::kName, "name", kRequired, "Справочник", "Dictionary"),
};

using V = DictionaryValue;
constexpr FieldInfo kDictionaryValue[] = {
    field<&V::dictionary>(V::kDictionary, "dictionary_id", kRequired | kImmutable, "Справочник", "Dictionary"),
    field<&V::parent>(V::kParent, "parent_id", 0, "Входит в", "Part of"),
    field<&V::text>(V::kText, "text", kRequired, "Значение", "Value"),
    field<&V::retired>(V::kRetired, "retired", kRequired, "Не используется", "Retired"),
};
constexpr IndexInfo kDictionaryValueIndexes[] = {{{V::kDictionary, V::kText}}};

using C = Characteristic;
constexpr FieldInfo kCharacteristic[] = {
    field<&C::code>(C::kCode, "code", kRequired | kImmutable, "Код", "Code"),
    field<&C::name_ru>(C::kNameRu, "name_ru", kRequired, "Название", "Name in Russian"),
    field<&C::name_en>(C::kNameEn, "name_en", 0, "Название по-английски", "Name in English"),
    field<&C::applies_to>(C::kAppliesTo, "applies_to", kRequired | kImmutable, "К чему относится", "Applies to"),
    field<&C::kind>(C::kKind, "kind", kRequired | kImmutable, enums::kCharacteristicKind, "Вид", "Kind"),
    field<&C::dictionary>(C::kDictionary, "dictionary_id", kImmutable, "Справочник", "Dictionary"),
    field<&C::many>(C::kMany, "many", kRequired, "Несколько значений", "Several values"),
    field<&C::retired>(C::kRetired, "retired", kRequired, "Не используется", "Retired"),
};
constexpr IndexInfo kCharacteristicIndexes[] = {{{C::kCode}, true}};

using N = NumberValue;
constexpr FieldInfo kNumberValue[] = {
    ref_kind<&N::owner>(N::kOwnerKind, "owner_kind", kRequired | kImmutable, "Чья: вид", "Owner kind"),
    ref_id<&N::owner>(N::kOwner, "owner_id", kRequired | kImmutable, "Чья", "Owner"),
    field<&N::characteristic>(N::kCharacteristic, "characteristic_id", kRequired | kImmutable, "Характеристика",
                              "Characteristic"),
    field<&N::ordinal>(N::kOrdinal, "ordinal", kRequired | kImmutable, "Порядок", "Ordinal"),
    field<&N::value>(N::kValue, "value", kRequired, "Значение", "Value"),
};
constexpr IndexInfo kNumberValueIndexes[] = {
    {{N::kOwnerKind, N::kOwner, N::kCharacteristic, N::kOrdinal, N::kValue}},
    {{N::kCharacteristic, N::kValue, N::kOwner}}};

using T = TextValue;
constexpr FieldInfo kTextValue[] = {
    ref_kind<&T::owner>(T::kOwnerKind, "owner_kind", kRequired | kImmutable, "Чья: вид", "Owner kind"),
    ref_id<&T::owner>(T::kOwner, "owner_id", kRequired | kImmutable, "Чья", "Owner"),
    field<&T::characteristic>(T::kCharacteristic, "characteristic_id", kRequired | kImmutable, "Характеристика",
                              "Characteristic"),
    field<&T::ordinal>(T::kOrdinal, "ordinal", kRequired | kImmutable, "Порядок", "Ordinal"),
    field<&T::value>(T::kValue, "value", kRequired, "Значение", "Value"),
    field<&T::key>(T::kKey, "key", kDerived, "Ключ", "Key"),
};
constexpr IndexInfo kTextValueIndexes[] = {{{T::kOwnerKind, T::kOwner, T::kCharacteristic, T::kOrdinal}},
                                           {{T::kCharacteristic, T::kKey, T::kOwner}}};

using F = Classifier;
constexpr FieldInfo kClassifier[] = {
    field<&F::name>(F::kName, "name", kRequired, "Классификатор", "Classifier"),
    field<&F::applies_to>(F::kAppliesTo, "applies_to", kRequired | kImmutable, "К чему относится", "Applies to"),
    field<&F::kind>(F::kKind, "kind", kRequired | kImmutable, enums::kClassifierKind, "Вид", "Kind"),
    field<&F::characteristic>(F::kCharacteristic, "characteristic_id", kImmutable, "Характеристика", "Characteristic"),
    field<&F::owner>(F::kOwner, "owner_id", 0, "Личный", "Private to"),
};

using M = ClassifierNode;
constexpr FieldInfo kClassifierNode[] = {
    field<&M::classifier>(M::kClassifier, "classifier_id", kRequired | kImmutable, "Классификатор", "Classifier"),
    field<&M::parent>(M::kParent, "parent_id", 0, "Входит в", "Part of"),
    field<&M::name>(M::kName, "name", kRequired, "Группа", "Node"),
    field<&M::rank>(M::kRank, "rank", kRequired, "Старшинство", "Rank"),
};
constexpr IndexInfo kClassifierNodeIndexes[] = {{{M::kClassifier, M::kParent}}};

using A = ClassifierPlacement;
constexpr FieldInfo kClassifierPlacement[] = {
    field<&A::node>(A::kNode, "node_id", kRequired | kImmutable, "Группа", "Node"),
    ref_kind<&A::record>(A::kRecordKind, "record_kind", kRequired | kImmutable, "Что: вид", "Record kind"),
    ref_id<&A::record>(A::kRecord, "record_id", kRequired | kImmutable, "Что", "Record"),
};
constexpr IndexInfo kClassifierPlacementIndexes[] = {{{A::kNode, A::kRecordKind, A::kRecord}, true},
                                                     {{A::kRecordKind, A::kRecord, A::kNode}}};

using P = Profile;
constexpr FieldInfo kProfile[] = {
    field<&P::name>(P::kName, "name", kRequired, "Профиль полноты", "Completeness profile"),
    field<&P::node>(P::kNode, "node_id", 0, "Для группы", "For node"),
    field<&P::threshold>(P::kThreshold, "threshold", kRequired, "Порог", "Threshold"),
    field<&P::active>(P::kActive, "active", kRequired, "Действует", "Active"),
};

using R = Criterion;
constexpr FieldInfo kCriterion[] = {
    field<&R::profile>(R::kProfile, "profile_id", kRequired | kImmutable, "Профиль полноты", "Profile"),
    field<&R::subject>(R::kSubject, "subject", kRequired, enums::kSubject, "Что проверяется", "Subject"),
    field<&R::field_no>(R::kFieldNo, "field_no", kRequired, "Поле", "Field"),
    field<&R::characteristic>(R::kCharacteristic, "characteristic_id", 0, "Характеристика", "Characteristic"),
    field<&R::at_least>(R::kAtLeast, "at_least", kRequired, "Не менее", "At least"),
    field<&R::weight>(R::kWeight, "weight", kRequired, "Вес", "Weight"),
    field<&R::hard>(R::kHard, "hard", kRequired, "Обязательно", "Hard"),
};
constexpr IndexInfo kCriterionIndexes[] = {{{R::kProfile}}};

}  // namespace

CRM_ENTITY(Dictionary, "dictionary", "Справочник", "Dictionary", kDictionary, {});
CRM_ENTITY(DictionaryValue, "dictionary_value", "Значение справочника", "Dictionary value", kDictionaryValue,
           kDictionaryValueIndexes);
CRM_ENTITY(Characteristic, "characteristic", "Дополнительная характеристика", "Characteristic", kCharacteristic,
           kCharacteristicIndexes);
CRM_ENTITY(NumberValue, "number_value", "Значение характеристики: число", "Number value", kNumberValue,
           kNumberValueIndexes);
CRM_ENTITY(TextValue, "text_value", "Значение характеристики: текст", "Text value", kTextValue, kTextValueIndexes);
CRM_ENTITY(Classifier, "classifier", "Классификатор", "Classifier", kClassifier, {});
CRM_ENTITY(ClassifierNode, "classifier_node", "Группа классификатора", "Classifier node", kClassifierNode,
           kClassifierNodeIndexes);
CRM_ENTITY(ClassifierPlacement, "classifier_placement", "Место в классификаторе", "Classifier placement",
           kClassifierPlacement, kClassifierPlacementIndexes);
CRM_ENTITY(Profile, "profile", "Профиль полноты", "Completeness profile", kProfile, {});
CRM_ENTITY(Criterion, "criterion", "Критерий полноты", "Criterion", kCriterion, kCriterionIndexes);

}  // namespace crm::table
