/// Texts of rules on the client card: requisites, characteristics, spheres, completeness, outer ids. Any order.
#pragma once

#include "crm/base/messages.hpp"

namespace crm::messages {

inline constexpr RuleText kCompany[] = {
    // {detail}: kind of contact
    {"C1.primary_twice", "contact '{value}' is the second primary one of kind '{detail}': leave one primary",
     "контакт «{value}» второй основной вида «{detail}»: оставьте один основной"},
    {"C1.contact_value", "contact '{value}' is not a valid {detail}: correct it",
     "контакт «{value}» не похож на {detail}: исправьте его"},

    {"C2.inn_length", "ИНН '{value}' has a wrong length: 10 digits for a company, 12 for a person",
     "ИНН «{value}» неверной длины: 10 цифр у организации, 12 у предпринимателя"},
    {"C2.inn_check", "ИНН '{value}' fails its check digit: compare it with the document",
     "ИНН «{value}» не проходит по контрольной цифре: сверьте с документом"},
    {"C2.kpp_form", "КПП '{value}' has a wrong form: 4 digits, 2 digits or capital letters, 3 digits",
     "КПП «{value}» неверного вида: 4 цифры, 2 цифры или заглавные латинские буквы, 3 цифры"},
    {"C2.ogrn_length", "ОГРН '{value}' has a wrong length: 13 digits for a company, 15 for a person (ОГРНИП)",
     "ОГРН «{value}» неверной длины: 13 цифр у организации, 15 у предпринимателя (ОГРНИП)"},
    {"C2.ogrn_check", "ОГРН '{value}' fails its check digit: compare it with the document",
     "ОГРН «{value}» не проходит по контрольной цифре: сверьте с документом"},
    {"C2.ogrnip_check", "ОГРНИП '{value}' fails its check digit: compare it with the document",
     "ОГРНИП «{value}» не проходит по контрольной цифре: сверьте с документом"},
    {"C2.bik_form", "БИК '{value}' has a wrong form: 9 digits are needed", "БИК «{value}» неверного вида: нужно 9 цифр"},
    {"C2.account_form", "account '{value}' has a wrong form: 20 digits are needed",
     "счёт «{value}» неверного вида: нужно 20 цифр"},
    // {detail}: the БИК
    {"C2.account_key", "account '{value}' does not fit БИК '{detail}': compare both with the document",
     "счёт «{value}» не подходит к БИК «{detail}»: сверьте оба с документом"},
    {"C2.account_needs_bik", "account '{value}' cannot be checked without a БИК: fill the БИК in",
     "счёт «{value}» нельзя проверить без БИК: заполните БИК"},
    {"C2.tax_id_foreign", "tax id '{value}' is for foreign entities: name another country or give an ИНН",
     "налоговый номер «{value}» только для иностранных лиц: укажите другую страну или ИНН"},
    {"C2.foreign_country", "country '{value}' does not fit a foreign entity: name another country or another form",
     "страна «{value}» не подходит иностранному лицу: укажите другую страну или другой вид лица"},
    {"C2.kpp_entrepreneur", "КПП '{value}' does not apply to an entrepreneur: leave it out",
     "КПП «{value}» предпринимателю не присваивают: уберите его"},
    // As unique.taken: nothing about the holder, so no {detail}.
    {"C2.inn_kpp_taken", "ИНН and КПП '{value}' are taken by a live legal entity: check them",
     "ИНН и КПП «{value}» уже заняты действующим юридическим лицом: проверьте их"},
    {"C4.left_before", "employee left on '{value}', before coming on '{detail}': correct the dates",
     "сотрудник ушёл «{value}», раньше прихода «{detail}»: исправьте даты"},

    // {detail}: name of the characteristic
    {"C6.kind", "value '{value}' does not fit the kind of characteristic '{detail}': correct it",
     "значение «{value}» не того вида, что характеристика «{detail}»: исправьте его"},
    {"C6.dictionary", "value '{value}' is not in the dictionary of '{detail}': choose one of it",
     "значения «{value}» нет в справочнике «{detail}»: выберите из справочника"},
    {"C6.retired", "value '{value}' of '{detail}' is retired: choose another one",
     "значение «{value}» справочника «{detail}» выведено из употребления: выберите другое"},
    {"C6.single", "characteristic '{detail}' holds one value: leave '{value}' out",
     "у характеристики «{detail}» одно значение: уберите «{value}»"},
    {"C6.applies", "characteristic '{detail}' does not apply to '{value}': choose another one",
     "характеристика «{detail}» не относится к «{value}»: выберите другую"},

    {"C9.cycle", "sphere '{value}' would lie below itself: choose another parent",
     "сфера «{value}» окажется внутри самой себя: выберите другую вышестоящую"},
    {"C10.characteristic", "classifier '{value}' by a characteristic names one of its own records, with a dictionary; others name none",
     "классификатор «{value}» по характеристике указывает характеристику своих записей со справочником, остальные — никакой"},
    {"C10.cycle", "classifier node '{value}' would lie below itself: choose another parent",
     "узел классификатора «{value}» окажется внутри самого себя: выберите другой вышестоящий"},

    // {value}: the score, the criterion; {detail}: the threshold, what to fill
    {"C11.below_threshold", "card is filled to {value} of 100, {detail} are needed: fill what is missing or save a draft",
     "карточка заполнена на {value} из 100, нужно {detail}: дополните её или сохраните черновик"},
    {"C11.hard", "criterion '{value}' is obligatory: fill '{detail}' or save a draft",
     "критерий «{value}» обязателен: заполните «{detail}» или сохраните черновик"},
    {"C11.draft_expired", "draft '{value}' is older than {detail} days: complete the card before new events",
     "черновик «{value}» старше {detail} дн.: заполните карточку, затем заводите события"},
    // {value}: what is looked at; {detail}: its weight and what to fill
    {"C11.criterion", "'{value}' is missing: {detail}", "не хватает «{value}»: {detail}"},
    // {value}: score, {detail}: threshold
    {"C11.still_incomplete", "card is saved, but still filled to {value} of 100, {detail} are needed: fill what is missing",
     "карточка сохранена, но заполнена на {value} из 100, нужно {detail}: заполните недостающее"},
    {"C11.weight", "weight '{value}' of criterion '{detail}' is out of range: give 1 to 1000",
     "вес «{value}» критерия «{detail}» вне границ: укажите от 1 до 1000"},
    {"card.archived", "card '{value}' is archived: take it out of the archive first",
     "карточка «{value}» в архиве: сначала верните её из архива"},
    {"card.never_draft_again", "card '{value}' is already active and cannot be a draft again: archive it instead",
     "карточка «{value}» уже действует и черновиком снова не станет: отправьте её в архив"},

    // {detail}: system and kind of the outer id; the record that holds it is not named
    {"C3.file_missing", "file '{value}' is not there: check the link", "файла «{value}» нет на месте: проверьте ссылку"},
    {"X12.taken", "external id '{value}' is taken in '{detail}': check it on the host's side",
     "внешний номер «{value}» в «{detail}» уже занят: проверьте его в учётной системе"},
    {"X12.unknown", "nothing is known by the external id '{value}' in '{detail}': load it first",
     "внешний номер «{value}» в «{detail}» неизвестен: сначала загрузите запись"},
};

}  // namespace crm::messages
