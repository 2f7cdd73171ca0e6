#include "crm/rules/periods.hpp"

namespace crm {

Date period_start(Date day, PeriodLength length) {
  using namespace std::chrono;
  const year_month_day date(day);
  switch (length) {
    case PeriodLength::day: return day;
    case PeriodLength::week: return day - days(weekday(day).iso_encoding() - 1);
    case PeriodLength::month: return Date(date.year() / date.month() / 1);
    case PeriodLength::quarter: return Date(date.year() / month((static_cast<unsigned>(date.month()) - 1) / 3 * 3 + 1) / 1);
    case PeriodLength::year: break;
  }
  return Date(date.year() / January / 1);
}

}  // namespace crm
