#include "enums.hpp"
#include "table.hpp"

namespace crm::table {
namespace {

using N = Notice;
constexpr FieldInfo kNotice[] = {
    field<&N::kind>(N::kKind, "kind", kRequired, enums::kNoticeKind, "Вид", "Kind"),
    field<&N::recipient>(N::kRecipient, "recipient_id", kRequired, "Кому", "Recipient"),
    field<&N::event>(N::kEvent, "event_id", 0, "Событие", "Event"),
    field<&N::company>(N::kCompany, "company_id", 0, "Клиент", "Company"),
    field<&N::at>(N::kAt, "at", kRequired, "Срок", "Moment"),
    field<&N::key>(N::kKey, "key", kRequired, "Ключ", "Key"),
    field<&N::state>(N::kState, "state", kRequired, enums::kNoticeState, "Состояние", "State"),
    field<&N::next_at>(N::kNextAt, "next_at", 0, "Доставлять с", "Next attempt"),
    field<&N::attempts>(N::kAttempts, "attempts", kRequired, "Попыток", "Attempts"),
    field<&N::late>(N::kLate, "late", kRequired, "С опозданием", "Late"),
    field<&N::minutes_before>(N::kMinutesBefore, "minutes_before", 0, "За минут до начала", "Minutes before"),
    field<&N::escalation>(N::kEscalation, "escalation_id", 0, "Эскалация", "Escalation"),
    field<&N::step>(N::kStep, "step_id", 0, "Шаг", "Step"),
    field<&N::claimed_at>(N::kClaimedAt, "claimed_at", 0, "Взято в доставку", "Claimed at"),
    field<&N::ended_at>(N::kEndedAt, "ended_at", 0, "Завершено", "Ended at"),
    field<&N::by>(N::kBy, "by_id", 0, "Кем", "By"),
    field<&N::detail>(N::kDetail, "detail", 0, "Подробности", "Detail"),
    field<&N::error>(N::kError, "error", 0, "Ошибка", "Error"),
};
constexpr IndexInfo kNoticeIndexes[] = {
    {{N::kKey}, true}, {{N::kNextAt}, false, true}, {{N::kEvent}, false, true}, {{N::kRecipient, N::kAt}}};

using E = Escalation;
constexpr FieldInfo kEscalation[] = {
    field<&E::event>(E::kEvent, "event_id", kRequired, "Событие", "Event"),
    field<&E::trigger>(E::kTrigger, "trigger", kRequired, enums::kTrigger, "Повод", "Trigger"),
    field<&E::since>(E::kSince, "since", kRequired, "С какого времени", "Since"),
    field<&E::next_at>(E::kNextAt, "next_at", 0, "Следующий шаг", "Next step"),
    field<&E::resumed_at>(E::kResumedAt, "resumed_at", 0, "Возобновлено", "Resumed at"),
    field<&E::ended_at>(E::kEndedAt, "ended_at", 0, "Завершено", "Ended at"),
};
constexpr IndexInfo kEscalationIndexes[] = {{{E::kEvent, E::kTrigger, E::kSince}, true}, {{E::kNextAt}, false, true}};

using S = EscalationStep;
constexpr FieldInfo kEscalationStep[] = {
    field<&S::trigger>(S::kTrigger, "trigger", kRequired, enums::kTrigger, "Повод", "Trigger"),
    field<&S::delay_minutes>(S::kDelayMinutes, "delay_minutes", kRequired, "Через минут", "Delay, minutes"),
    field<&S::working_time>(S::kWorkingTime, "working_time", kRequired, "Считать рабочее время", "In working time"),
    field<&S::level>(S::kLevel, "level", kRequired, "Уровень над исполнителем", "Level above the executor"),
    field<&S::min_priority>(S::kMinPriority, "min_priority", kRequired, enums::kPriority, "Приоритет не ниже", "From priority"),
    field<&S::raises>(S::kRaises, "raises", kRequired, "Поднимает приоритет", "Raises the priority"),
    field<&S::retired>(S::kRetired, "retired", kRequired, "Не используется", "Retired"),
};

using R = Reminder;
constexpr FieldInfo kReminder[] = {
    field<&R::type>(R::kType, "type_id", kImmutable, "Вид события", "Event type"),
    field<&R::event>(R::kEvent, "event_id", kImmutable, "Событие", "Event"),
    field<&R::minutes_before>(R::kMinutesBefore, "minutes_before", 0, "За минут до начала", "Minutes before"),
};
constexpr IndexInfo kReminderIndexes[] = {{{R::kType}, false, true}, {{R::kEvent}, false, true}};

using W = Watcher;
constexpr FieldInfo kWatcher[] = {
    field<&W::event>(W::kEvent, "event_id", kRequired | kImmutable, "Событие", "Event"),
    field<&W::user>(W::kUser, "user_id", kRequired | kImmutable, "Наблюдатель", "User"),
};
constexpr IndexInfo kWatcherIndexes[] = {{{W::kEvent, W::kUser}, true}, {{W::kUser, W::kEvent}}};

using B = Subscription;
constexpr FieldInfo kSubscription[] = {
    field<&B::user>(B::kUser, "user_id", kRequired | kImmutable, "Пользователь", "User"),
    field<&B::kind>(B::kKind, "kind", kRequired | kImmutable, enums::kNoticeKind, "Вид уведомления", "Kind of notice"),
    field<&B::role>(B::kRole, "role", kRequired | kImmutable, enums::kRecipientRole, "В роли", "Role"),
    field<&B::wanted>(B::kWanted, "wanted", kRequired, "Уведомлять", "Wanted"),
};
constexpr IndexInfo kSubscriptionIndexes[] = {{{B::kUser, B::kKind, B::kRole}, true}};

using X = NoticeText;
constexpr FieldInfo kNoticeText[] = {
    field<&X::kind>(X::kKind, "kind", kRequired | kImmutable, enums::kNoticeKind, "Вид уведомления", "Kind of notice"),
    field<&X::text_ru>(X::kTextRu, "text_ru", 0, "Текст", "Text in Russian"),
    field<&X::text_en>(X::kTextEn, "text_en", 0, "Текст по-английски", "Text in English"),
};
constexpr IndexInfo kNoticeTextIndexes[] = {{{X::kKind}, true}};

using D = PlannedDismissal;
constexpr FieldInfo kPlannedDismissal[] = {
    field<&D::user>(D::kUser, "user_id", kRequired, "Пользователь", "User"),
    field<&D::day>(D::kDay, "day", kRequired, "День увольнения", "Day"),
    field<&D::successor>(D::kSuccessor, "successor_id", 0, "Преемник", "Successor"),
    field<&D::subordinates_to_successor>(D::kSubordinatesToSuccessor, "subordinates_to_successor", kRequired, "Подчинённые к преемнику",
                                         "Subordinates to the successor"),
    field<&D::by>(D::kBy, "by_id", 0, "Кем", "By"),
    field<&D::tick_on>(D::kTickOn, "tick_on", 0, "Предстоит", "To be done on"),
    field<&D::refusal>(D::kRefusal, "refusal", 0, "Почему не выполнено", "Refusal"),
};
constexpr IndexInfo kPlannedDismissalIndexes[] = {{{D::kTickOn}, false, true}, {{D::kUser}}};

}  // namespace

CRM_ENTITY(Notice, "notice", "Уведомление", "Notice", kNotice, kNoticeIndexes);
CRM_ENTITY(Escalation, "escalation", "Эскалация", "Escalation", kEscalation, kEscalationIndexes);
CRM_ENTITY(EscalationStep, "escalation_step", "Шаг эскалации", "Escalation step", kEscalationStep, {});
CRM_ENTITY(Reminder, "reminder", "Напоминание", "Reminder", kReminder, kReminderIndexes);
CRM_ENTITY(Watcher, "watcher", "Наблюдатель", "Watcher", kWatcher, kWatcherIndexes);
CRM_ENTITY(Subscription, "subscription", "Подписка на уведомления", "Subscription", kSubscription, kSubscriptionIndexes);
CRM_ENTITY(NoticeText, "notice_text", "Текст уведомления", "Notice text", kNoticeText, kNoticeTextIndexes);
CRM_ENTITY(PlannedDismissal, "planned_dismissal", "Предстоящее увольнение", "Planned dismissal", kPlannedDismissal,
           kPlannedDismissalIndexes);

}  // namespace crm::table
