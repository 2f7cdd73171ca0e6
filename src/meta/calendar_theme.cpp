#include "enums.hpp"
#include "table.hpp"

namespace crm::table {
namespace {

using T = CalendarTheme;
constexpr FieldInfo kCalendarTheme[] = {
    field<&T::name_ru>(T::kNameRu, "name_ru", kRequired, "Название", "Name in Russian"),
    field<&T::name_en>(T::kNameEn, "name_en", 0, "Название по-английски", "Name in English"),
    field<&T::font>(T::kFont, "font", kRequired, "Шрифт", "Font"),
    field<&T::font_size>(T::kFontSize, "font_size", kRequired, "Размер шрифта", "Font size"),
    field<&T::paper>(T::kPaper, "paper", kRequired, "Фон", "Paper"),
    field<&T::ink>(T::kInk, "ink", kRequired, "Цвет текста", "Ink"),
    field<&T::grid>(T::kGrid, "grid", kRequired, "Линии сетки", "Grid"),
    field<&T::off_hours>(T::kOffHours, "off_hours", kRequired, "Нерабочее время", "Off hours"),
    field<&T::today>(T::kToday, "today", kRequired, "Сегодня", "Today"),
};
constexpr IndexInfo kCalendarThemeIndexes[] = {{{T::kNameRu}, true}};

using S = CalendarStyle;
constexpr FieldInfo kCalendarStyle[] = {
    field<&S::theme>(S::kTheme, "theme_id", kRequired | kImmutable, "Тема календаря", "Calendar theme"),
    field<&S::state>(S::kState, "state", 0, enums::kEffectiveState, "Состояние", "State"),
    field<&S::priority>(S::kPriority, "priority", 0, enums::kPriority, "Приоритет", "Priority"),
    field<&S::background>(S::kBackground, "background", 0, "Фон", "Background"),
    field<&S::ink>(S::kInk, "ink", 0, "Цвет текста", "Ink"),
    field<&S::accent>(S::kAccent, "accent", 0, "Цвет полосы", "Accent"),
    field<&S::bold>(S::kBold, "bold", kRequired, "Полужирный", "Bold"),
    field<&S::italic>(S::kItalic, "italic", kRequired, "Курсив", "Italic"),
    field<&S::struck>(S::kStruck, "struck", kRequired, "Зачёркнутый", "Struck"),
};
constexpr IndexInfo kCalendarStyleIndexes[] = {{{S::kTheme}}};

}  // namespace

CRM_ENTITY(CalendarTheme, "calendar_theme", "Тема календаря", "Calendar theme", kCalendarTheme, kCalendarThemeIndexes);
CRM_ENTITY(CalendarStyle, "calendar_style", "Стиль календаря", "Calendar style", kCalendarStyle, kCalendarStyleIndexes);

}  // namespace crm::table
