/// Texts of rules on managers, the organisation and product matrices. Any order.
#pragma once

#include "crm/base/messages.hpp"

namespace crm::messages {

inline constexpr RuleText kStaff[] = {
    // {value}: the date, the user; {detail}: the other date, the day, the company
    {"C7.interval", "assignment ends on '{value}', not after its beginning '{detail}': correct the dates",
     "закрепление кончается «{value}», не позже начала «{detail}»: исправьте даты"},
    // {detail}: today
    {"C7.dismissal_planned", "user '{value}' is to be dismissed already, now on '{detail}': erase the planned dismissal first",
     "увольнение пользователя «{value}» уже назначено, новое на «{detail}»: сначала удалите назначенное"},
    {"C7.two_mains", "'{value}' would be the second main manager of '{detail}': end the first assignment",
     "«{value}» станет вторым основным менеджером клиента «{detail}»: завершите прежнее закрепление"},
    {"C7.user_not_in_service", "user '{value}' is not in service on '{detail}': choose another one",
     "пользователь «{value}» не работает на «{detail}»: выберите другого"},
    {"C7.successor_not_in_service", "successor '{value}' is not in service on '{detail}': choose another one",
     "преемник «{value}» не работает на «{detail}»: выберите другого"},
    {"C7.last_administrator", "'{value}' is the last administrator: appoint another one first",
     "«{value}» последний администратор: сначала назначьте другого"},
    {"C7.dismissed_already", "user '{value}' is dismissed since '{detail}': nothing is left to do",
     "пользователь «{value}» уже уволен с «{detail}»: увольнять повторно не нужно"},

    {"M1.cycle", "department '{value}' would lie below itself: choose another parent",
     "отдел «{value}» окажется внутри самого себя: выберите другой вышестоящий"},
    {"M6.cycle", "'{detail}' is below '{value}' already and cannot be the supervisor: choose another one",
     "«{detail}» уже подчиняется «{value}» и руководителем быть не может: выберите другого"},
    {"M6.self", "'{value}' cannot be the own supervisor: choose another one",
     "«{value}» не может быть руководителем самому себе: выберите другого"},
    {"M6.not_required", "event '{value}' is not to be verified: there is nothing to accept or return",
     "событие «{value}» не подлежит проверке: принимать или возвращать нечего"},
    {"M6.comment_required", "event '{value}' is returned without a comment: write what to correct",
     "событие «{value}» возвращено без замечания: напишите, что исправить"},

    // {value}: the minute, the date; {detail}: the other minute, the other record
    {"M14.order", "working hours end at minute {value}, not after their beginning at minute {detail}: correct them",
     "рабочие часы кончаются на минуте {value}, не позже начала на минуте {detail}: исправьте их"},
    {"M14.overlap", "working hours from minute {value} overlap with record '{detail}' of the same weekday: correct one of them",
     "рабочие часы с минуты {value} пересекаются с записью «{detail}» того же дня недели: исправьте одну из них"},
    {"M14.one_a_day", "'{value}' is in the calendar already, record '{detail}': change that one",
     "«{value}» уже есть в календаре, запись «{detail}»: измените её"},

    // {value}: the product or the cell "product / sphere"; {detail}: the user, the company
    {"P3.outside_p2", "cell '{value}' is not in the matrix of the organisation: add it there first",
     "ячейки «{value}» нет в матрице организации: сначала добавьте её туда"},
    {"P4.outside_user_matrix", "product '{value}' is outside the matrix of '{detail}': choose another product or executor",
     "продукт «{value}» вне матрицы пользователя «{detail}»: выберите другой продукт или исполнителя"},
    {"P4.outside_company_matrix", "product '{value}' is outside the matrix of company '{detail}': choose another product",
     "продукт «{value}» вне матрицы клиента «{detail}»: выберите другой продукт"},
    {"P4.no_manager", "matrix of '{value}' is empty, it has no current manager: assign one",
     "матрица клиента «{value}» пуста, нет действующего менеджера: закрепите менеджера"},
    {"P4.not_in_organisation", "cell '{value}' is not in the matrix of the organisation: add it there",
     "ячейки «{value}» нет в матрице организации: добавьте её туда"},
    {"P4.not_in_spheres", "cell '{value}' is not in the spheres of '{detail}': add the sphere to the company",
     "ячейка «{value}» вне сфер клиента «{detail}»: добавьте клиенту сферу"},
    {"P4.not_in_managers", "cell '{value}' is in no matrix of the managers of '{detail}': add it to one of them",
     "ячейки «{value}» нет в матрицах менеджеров клиента «{detail}»: добавьте её одному из них"},
    {"P4.retired", "product or sphere '{value}' is retired: choose another one",
     "продукт или сфера «{value}» выведены из использования: выберите другие"},
};

}  // namespace crm::messages
