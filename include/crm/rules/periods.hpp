/// The calendar period that a date falls in: how facts are put together by time.
#pragma once

#include "crm/base/time.hpp"

namespace crm {

enum class PeriodLength : std::int32_t { day = 0, week = 1, month = 2, quarter = 3, year = 4 };

/// Its first day; weeks begin on Monday.
Date period_start(Date day, PeriodLength length);

}  // namespace crm
