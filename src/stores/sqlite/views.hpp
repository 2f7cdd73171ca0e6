// Views for those who read the file by SQL: `company_view` beside `company`, with what the columns mean written out.
#pragma once

#include "connection.hpp"
#include "crm/store/schema.hpp"

namespace crm::sqlite {

/// Makes the view of every entity. Dates and instants are ISO 8601 (UTC), decimals and amounts are numbers, enumerations are their
/// codes; a reference `company_id` brings along `company`, the first text of its record.
void create_views(Connection& connection, const Schema& schema);
/// Those that there are: an older base may have none, or fewer.
void drop_views(Connection& connection, const Schema& schema);

}  // namespace crm::sqlite
