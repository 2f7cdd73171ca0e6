/// The calendar as a picture and as a page (E11), for a host without a control for it.
#pragma once

#include <string>

#include "crm/base/error.hpp"
#include "crm/services/calendar.hpp"

namespace crm {

/// An SVG picture: the grid with its events, a legend, the overdue ones below. Every text is cut to its place, and told whole in a <title>.
std::string calendar_svg(const Calendar& calendar, Language language, const CalendarPicture& picture = {});

/// One self-contained HTML page: the picture, the overdue events and those of the period as tables. Fetches nothing, runs no script.
std::string calendar_html(const Calendar& calendar, Language language, const CalendarPicture& picture = {});

}  // namespace crm
