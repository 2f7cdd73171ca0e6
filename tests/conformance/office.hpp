// Four releases of one small schema, for upgrades.
#pragma once

#include <functional>

#include "shop.hpp"

namespace crm::conformance {

// Release 1: firms and workers. Release 2: visits, a firm's staff with an index, a worker's searched key.
// Release 3: a firm's code, unique; a visit may have no time. Release 4: a visit's note, searched and unique.
constexpr EntityNo kFirm = 1, kWorker = 2, kVisit = 3;
constexpr FieldNo kFirmName = 3, kFirmCity = 4, kFirmStaff = 5, kFirmCode = 6;
constexpr FieldNo kWorkerName = 3, kWorkerFirm = 4, kWorkerKey = 5;
constexpr FieldNo kVisitWorker = 3, kVisitAt = 4, kVisitNote = 5;

Schema office_v1();
/// Fills a new store of release 1. fixtures/office_v1.* were made by it and never change.
void fill_v1(Session& session);

/// Counts every firm's workers, makes their keys, and one visit for each.
void fill_v2(Session& session);
Schema office_v2(std::function<void(Session&)> fill = fill_v2);
Schema office_v3(std::function<void(Session&)> fill);
/// Notes what visits there are.
void fill_v4(Session& session);
Schema office_v4();

}  // namespace crm::conformance
