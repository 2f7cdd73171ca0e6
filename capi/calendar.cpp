// The calendar (E11).
#include "crm/report/calendar.hpp"
#include "handles.hpp"

using namespace crm;
using namespace crm::capi;

namespace {

CalendarCell cell_of(std::int64_t day, std::int32_t minute) {
  CalendarCell cell{checked_date(day), {}};
  if (minute != -1) cell.minute = minute;
  return cell;
}

/// What `show` makes of the calendar that `json` asks for.
template <class Show>
std::int32_t shown(crm_db* db, const char* json, const char** answer, Show&& show) {
  return guard_text(db, answer, [&](Base& base) {
    const CalendarRequest request = calendar_request(opened(base), text_of(json, "json"));
    return show(opened(base), opened(base).calendar(request.query), request.picture);
  });
}

}  // namespace

int32_t CRM_CALL crm_calendar_json(crm_db* db, const char* json, const char** answer) {
  return shown(db, json, answer, [](Crm& crm, const Calendar& calendar, const CalendarPicture&) { return calendar_json(crm, calendar); });
}

int32_t CRM_CALL crm_calendar_svg(crm_db* db, const char* json, const char** svg) {
  return shown(db, json, svg, [](Crm& crm, const Calendar& calendar, const CalendarPicture& picture) {
    return calendar_svg(calendar, crm.language(), picture);
  });
}

int32_t CRM_CALL crm_calendar_html(crm_db* db, const char* json, const char** html) {
  return shown(db, json, html, [](Crm& crm, const Calendar& calendar, const CalendarPicture& picture) {
    return calendar_html(calendar, crm.language(), picture);
  });
}

int32_t CRM_CALL crm_event_in_cell_json(crm_db* db, int64_t event_type, int64_t user, int64_t day, int32_t minute, const char** json) {
  return guard_text(db, json, [&](Base& base) {
    return new_event_json(opened(base).event_in_cell({event_type}, cell_of(day, minute), {user}));
  });
}

int32_t CRM_CALL crm_event_move(crm_db* db, int64_t event_id, int64_t version, int64_t day, int32_t minute, const char* reason,
                                int64_t* new_version) {
  return guard(db, [&](Base& base) {
    const Event after = opened(base).move_event({event_id}, version, cell_of(day, minute), reason ? text_of(reason, "reason") : "");
    if (new_version) *new_version = after.version;
  });
}
