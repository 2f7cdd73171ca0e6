#include "office.hpp"

#include <utility>

namespace crm::conformance {

Schema office_v1() {
  EntityDef firms{kFirm, "firm", {}, {}};
  firms.fields = {{kFirmName, "name", Storage::text, true, 0, false},
                  {kFirmCity, "city", Storage::text, false, 0, true}};
  EntityDef workers{kWorker, "worker", {}, {}};
  workers.fields = {{kWorkerName, "name", Storage::text, false, 0, false},
                    {kWorkerFirm, "firm_id", Storage::integer, true, kFirm, false}};
  workers.indexes = {{{kWorkerFirm}, false, false}};
  return {1, {firms, workers}, {}};
}

void fill_v2(Session& session) {
  for (const Id firm : matching(session, kFirm, where::all({}))) {
    const std::vector<Id> workers = matching(session, kWorker, where::eq(kWorkerFirm, firm));
    refresh(session, kFirm, firm, {{kFirmStaff, static_cast<std::int64_t>(workers.size())}});
    for (const Id worker : workers) {
      refresh(session, kWorker, worker, {{kWorkerKey, "key of " + std::to_string(worker)}});
      insert(session, kVisit, {{kVisitWorker, worker}, {kVisitAt, 100 + worker}});
    }
  }
}

Schema office_v2(std::function<void(Session&)> fill) {
  Schema schema = office_v1();
  schema.version = 2;
  schema.entities[0].fields.push_back({kFirmStaff, "staff", Storage::integer, false, 0, false});
  schema.entities[0].indexes.push_back({{kFirmStaff}, false, false});
  schema.entities[1].fields.push_back({kWorkerKey, "name_key", Storage::text, false, 0, true});
  EntityDef visits{kVisit, "visit", {}, {}};
  visits.fields = {{kVisitWorker, "worker_id", Storage::integer, true, kWorker, false},
                   {kVisitAt, "at", Storage::integer, true, 0, false}};
  visits.indexes = {{{kVisitAt}, true, false}};
  schema.entities.push_back(visits);
  schema.migrations = {{2, {kVisit}, {{kFirm, kFirmStaff}, {kWorker, kWorkerKey}}, {{kFirm, 0}}, std::move(fill)}};
  return schema;
}

Schema office_v3(std::function<void(Session&)> fill) {
  Schema schema = office_v2(fill_v2);
  schema.version = 3;
  schema.entities[0].fields.push_back({kFirmCode, "code", Storage::text, false, 0, false});
  schema.entities[0].indexes.push_back({{kFirmCode}, true, true});
  schema.entities[2].fields[1].required = false;
  schema.migrations.push_back({3, {}, {{kFirm, kFirmCode}}, {{kFirm, 1}}, std::move(fill), {kVisit}});
  return schema;
}

void fill_v4(Session& session) {
  for (const Id visit : matching(session, kVisit, where::all({})))
    refresh(session, kVisit, visit, {{kVisitNote, "note of " + std::to_string(visit)}});
}

Schema office_v4() {
  Schema schema = office_v3([](Session&) {});
  schema.version = 4;
  schema.entities[2].fields.push_back({kVisitNote, "note", Storage::text, false, 0, true});
  schema.entities[2].indexes.push_back({{kVisitNote}, true, false});
  schema.migrations.push_back({4, {}, {{kVisit, kVisitNote}}, {{kVisit, 1}}, fill_v4});
  return schema;
}

void fill_v1(Session& session) {
  insert(session, kFirm, {{kFirmName, "Ромашка"}, {kFirmCity, "новосибирск"}});
  insert(session, kFirm, {{kFirmName, "Rose & \"Co\""}});
  for (int i = 1; i <= 3; ++i)
    insert(session, kWorker, {{kWorkerName, "worker " + std::to_string(i)}, {kWorkerFirm, i < 3 ? 1 : 2}});
  insert(session, kFirm, {{kFirmName, "erased"}});
  update(session, kFirm, 2, 2, {{kFirmCity, "омск"}});
  erase(session, kFirm, 3, 6);
}

}  // namespace crm::conformance
