#include "table.hpp"

namespace crm::table {
namespace {

using W = WorkingHours;
constexpr FieldInfo kWorkingHours[] = {
    field<&W::user>(W::kUser, "user_id", 0, "Пользователь", "User"),
    field<&W::weekday>(W::kWeekday, "weekday", kRequired, "День недели, с понедельника", "Weekday, from Monday"),
    field<&W::from_minute>(W::kFrom, "from_minute", kRequired, "С минуты суток", "From minute of the day"),
    field<&W::to_minute>(W::kTo, "to_minute", kRequired, "По минуту суток", "To minute of the day"),
};
constexpr IndexInfo kWorkingHoursIndexes[] = {{{W::kUser, W::kWeekday}}};

using D = CalendarDay;
constexpr FieldInfo kCalendarDay[] = {
    field<&D::user>(D::kUser, "user_id", 0, "Пользователь", "User"),
    field<&D::day>(D::kDay, "day", kRequired, "День", "Day"),
    field<&D::works_as>(D::kWorksAs, "works_as", kRequired, "Работа как в день недели (0: выходной)", "Works as weekday (0: day off)"),
    field<&D::shorter_minutes>(D::kShorter, "shorter_minutes", kRequired, "Короче на минут", "Shorter by minutes"),
    field<&D::name>(D::kName, "name", 0, "Название", "Name"),
};
constexpr IndexInfo kCalendarDayIndexes[] = {{{D::kUser, D::kDay}}};

}  // namespace

CRM_ENTITY(WorkingHours, "working_hours", "Рабочие часы", "Working hours", kWorkingHours, kWorkingHoursIndexes);
CRM_ENTITY(CalendarDay, "calendar_day", "Особый день календаря", "Special day of the calendar", kCalendarDay, kCalendarDayIndexes);

}  // namespace crm::table
