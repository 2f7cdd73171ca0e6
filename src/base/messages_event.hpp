/// Texts of rules on events: their company, dates, transitions and types. Any order.
#pragma once

#include "crm/base/messages.hpp"

namespace crm::messages {

inline constexpr RuleText kEvent[] = {
    // {detail}: the type of event
    {"E1.company_required", "event of type '{detail}' needs a company: choose one",
     "событию типа «{detail}» нужен клиент: выберите его"},
    {"E1.company_forbidden", "event of type '{detail}' has no company: leave '{value}' out",
     "событие типа «{detail}» ведётся без клиента: уберите «{value}»"},
    {"E1.product_required", "event of type '{detail}' needs a product: add one",
     "событию типа «{detail}» нужен продукт: добавьте его"},
    {"E2.other_company", "contact person '{value}' is not of company '{detail}': choose one of its employees",
     "контактное лицо «{value}» не из компании «{detail}»: выберите её сотрудника"},
    {"E2.contact_required", "event of type '{detail}' needs a contact person: choose one",
     "событию типа «{detail}» нужно контактное лицо: выберите его"},

    // {value}: the new moment or interval; {detail}: the old one, or now
    {"E3.end_before_start", "end '{value}' is before start '{detail}': correct the interval",
     "окончание «{value}» раньше начала «{detail}»: исправьте время"},
    {"E3.same_interval", "interval '{value}' is the old one: give another date or time",
     "время «{value}» не изменилось: укажите другую дату или время"},
    {"E3.in_the_past", "'{value}' is in the past, it is '{detail}' now: give a coming date",
     "«{value}» уже прошло, сейчас «{detail}»: укажите будущую дату"},
    {"E3.use_reschedule", "interval of event '{value}' is not changed by saving: reschedule the event",
     "время события «{value}» не меняют сохранением: перенесите событие"},
    {"E3.reason_required", "event of type '{detail}' is not moved without a reason: write the reason",
     "событие типа «{detail}» не переносят без причины: напишите причину"},
    {"E3.start_required", "event '{value}' has no start: give one, only a postponed event may lack it",
     "у события «{value}» нет начала: укажите его, без начала бывает только отложенное"},

    // {value}: the event; {detail}: its state, or the moment meant
    {"E7.closed", "event '{value}' is closed ({detail}): reopen it first",
     "событие «{value}» закрыто ({detail}): сначала откройте его заново"},
    {"E7.not_closed", "event '{value}' is not closed ({detail}): only a held or cancelled one is reopened",
     "событие «{value}» не закрыто ({detail}): заново открывают состоявшееся или отменённое"},
    {"E7.already", "event '{value}' is already in state '{detail}': nothing is left to do",
     "событие «{value}» уже в состоянии «{detail}»: менять нечего"},
    {"E7.not_held", "event '{value}' is not held ({detail}): hold it first",
     "событие «{value}» не состоялось ({detail}): сначала отметьте, что состоялось"},
    {"E7.not_returned", "event '{value}' was not returned by a supervisor: there is nothing to resubmit",
     "событие «{value}» руководитель не возвращал: повторно сдавать нечего"},
    {"E7.not_removed", "event '{value}' is not removed ({detail}): there is nothing to restore",
     "событие «{value}» не удалено ({detail}): восстанавливать нечего"},
    {"E7.held_is_history", "event '{value}' is held and is not removed: it is history, reopen it if it was a mistake",
     "событие «{value}» состоялось и не удаляется: это история, при ошибке откройте его заново"},
    {"E7.not_started", "event '{value}' starts on '{detail}': wait, reschedule it or give the actual time",
     "событие «{value}» начнётся «{detail}»: дождитесь, перенесите или укажите фактическое время"},
    {"E7.start_in_future", "start '{value}' is in the future, it is '{detail}' now: record what was held, plan the rest",
     "начало «{value}» в будущем, сейчас «{detail}»: записывают состоявшееся, остальное планируют"},
    {"E7.result_required", "event of type '{detail}' is not held without a result: write it or choose an outcome",
     "событие типа «{detail}» не состоится без результата: напишите его или выберите исход"},
    {"E7.reason_required", "action '{detail}' on event '{value}' needs a reason: write it",
     "для действия «{detail}» с событием «{value}» нужна причина: напишите её"},
    {"E7.until_in_past", "event cannot be postponed until '{value}', today is '{detail}': give today or later",
     "нельзя отложить событие до «{value}», сегодня «{detail}»: укажите сегодня или позже"},
    {"E7.use_plan", "new events are planned or recorded, not saved: use plan or record",
     "новое событие планируется или записывается состоявшимся: используйте действие"},
    {"E7.linked", "event '{value}' is linked to posted document '{detail}': un-post the document first",
     "событие «{value}» связано с проведённым документом «{detail}»: сначала отмените проведение"},
    {"E7.who", "user '{value}' may not do '{detail}' with this event: ask the setter or a supervisor",
     "пользователь «{value}» не может выполнить «{detail}»: обратитесь к постановщику или руководителю"},
    {"E6.executor_not_in_service", "executor '{value}' is not in service on '{detail}': choose another one",
     "исполнитель «{value}» не работает на «{detail}»: выберите другого"},

    // {value}: the revision given; {detail}: the one that is kept
    {"E8.old_revision", "revision {value} of the document is older than {detail}, which was posted: post the newest one",
     "редакция {value} документа старше проведённой {detail}: проводите последнюю"},

    // {value}: the notice; {detail}: its state
    {"E4.not_claimed", "notice '{value}' is not claimed ({detail}): claim it before you tell what became of it",
     "уведомление «{value}» не взято в доставку ({detail}): сначала возьмите его"},
    {"E4.one_owner", "reminder is of an event type or of an event: give one of them",
     "напоминание относится к виду событий или к событию: укажите одно из них"},
    {"E4.host_only", "notices are delivered by the host, not by user '{value}': act as nobody",
     "уведомления доставляет учётная система, а не пользователь «{value}»: выберите «никто»"},

    // {value}: the colour, the contrast, the other style; {detail}: the state and the priority
    {"E11.colour", "'{value}' is not a colour: write it as \"#1F2933\"", "«{value}» не цвет: запишите как «#1F2933»"},
    {"E11.font", "'{value}' is not a list of fonts: write \"Arial, sans-serif\"", "«{value}» не список шрифтов: запишите «Arial, sans-serif»"},
    {"E11.one_style", "style '{value}' is of the same state and priority: change that one",
     "стиль «{value}» уже задан для этих состояния и приоритета: измените его"},
    {"E11.contrast", "text of events ({detail}) has contrast {value}, below 4.5 of WCAG AA: choose a darker ink or a lighter background",
     "у текста событий ({detail}) контраст {value}, ниже 4.5 по WCAG AA: возьмите цвет текста темнее или фон светлее"},

    // {detail}: the type of event
    {"E13.outcome_of_type", "outcome '{value}' does not belong to type '{detail}': choose one of its outcomes",
     "исход «{value}» не относится к типу «{detail}»: выберите из исходов этого типа"},
    {"E13.type_retired", "type of event '{value}' is retired: choose another one",
     "тип события «{value}» выведен из употребления: выберите другой"},
};

}  // namespace crm::messages
