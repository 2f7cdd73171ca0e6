/// All entities.
#pragma once

#include "crm/model/access.hpp"
#include "crm/model/calendar_theme.hpp"
#include "crm/model/characteristic.hpp"
#include "crm/model/company.hpp"
#include "crm/model/event.hpp"
#include "crm/model/funnel.hpp"
#include "crm/model/host_document.hpp"
#include "crm/model/notice.hpp"
#include "crm/model/organisation.hpp"
#include "crm/model/product.hpp"
#include "crm/model/working_calendar.hpp"
