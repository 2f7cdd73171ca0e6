// Dates and times as people read them.
#pragma once

#include <string>

#include "crm/base/error.hpp"
#include "crm/base/time.hpp"

namespace crm::report {

/// "Пн", "Mon".
std::string weekday_name(Date day, Language language);
/// "2 марта", "2 March".
std::string day_name(Date day, Language language);
/// "2 марта 2026", "2 March 2026".
std::string date_name(Date day, Language language);
/// "Март 2026", "March 2026".
std::string month_name(Date day, Language language);
/// Of days, the last one inclusive: "2–8 марта 2026", "30 марта – 5 апреля 2026".
std::string period_name(Date first, Date last, Language language);
/// "09:05".
std::string clock(std::int32_t minute_of_day);
std::string clock(Instant at, const Zone& zone);

}  // namespace crm::report
