#include "shop.hpp"

#include <algorithm>
#include <ostream>
#include <set>

namespace crm::conformance {

Schema shop() {
  const auto text = Storage::text;
  const auto integer = Storage::integer;
  EntityDef companies{company::kEntity, "company", {}, {}};
  companies.fields = {{company::kName, "name", text, true, 0, true},
                      {company::kInn, "inn", text, false, 0, false},
                      {company::kStaff, "staff", integer, false, 0, false},
                      {company::kRating, "rating", Storage::real, false, 0, false},
                      {company::kStamp, "stamp", Storage::bytes, false, 0, false},
                      {company::kParent, "parent_id", integer, false, company::kEntity, false}};
  companies.indexes = {{{company::kInn}, true, false}, {{company::kStaff}, false, false}};

  EntityDef people{person::kEntity, "person", {}, {}};
  people.fields = {{person::kName, "name", text, false, 0, false},
                   {person::kCompany, "company_id", integer, true, company::kEntity, false},
                   {person::kTable, "table_no", integer, false, 0, false},
                   {person::kEmail, "email", text, false, 0, false}};
  people.indexes = {{{person::kCompany, person::kTable}, true, false}, {{person::kEmail}, true, true}};

  EntityDef calls{call::kEntity, "call", {}, {}};
  calls.fields = {{call::kPerson, "person_id", integer, false, person::kEntity, false},
                  {call::kState, "state", integer, false, 0, false},
                  {call::kAt, "at", integer, true, 0, false},
                  {call::kSum, "sum", integer, false, 0, false},
                  {call::kNote, "note", text, false, 0, true}};
  calls.indexes = {{{call::kState, call::kAt}, false, false}, {{call::kPerson}, false, true}};
  return {1, {companies, people, calls}, {}};
}

Stamp monday() { return {7, instant_of(1772442000000000)}; }

Id Batch::insert(EntityNo entity, Fields fields) {
  const Id id = session_->reserve(entity);
  insert_as(entity, id, std::move(fields));
  kept_.back().reserved = true;
  return id;
}

Batch Batch::copy_for(Session& other) const {
  Batch copy(other);
  for (const Kept& kept : kept_) {
    const Change& change = kept.change;
    const Id id = kept.reserved ? other.reserve(change.entity) : change.id;
    copy.add(change.op, change.entity, id, change.version, kept.fields);
  }
  return copy;
}

void Batch::insert_as(EntityNo entity, Id id, Fields fields) { add(Do::insert, entity, id, 0, std::move(fields)); }

void Batch::update(EntityNo entity, Id id, Version version, Fields fields) {
  add(Do::update, entity, id, version, std::move(fields));
}

void Batch::refresh(EntityNo entity, Id id, Fields fields) { add(Do::refresh, entity, id, 0, std::move(fields)); }

void Batch::erase(EntityNo entity, Id id, Version version) { add(Do::erase, entity, id, version, {}); }

void Batch::add(Do op, EntityNo entity, Id id, Version version, Fields fields) {
  Kept& kept = kept_.emplace_back();
  kept.change.op = op;
  kept.change.entity = entity;
  kept.change.id = id;
  kept.change.version = version;
  kept.fields = std::move(fields);
}

std::vector<Version> Batch::apply() {
  std::vector<Change> changes;
  for (Kept& kept : kept_) {
    for (const auto& [field, value] : kept.fields) {
      kept.numbers.push_back(field);
      kept.cells.push_back(to_cell(value));
    }
    kept.change.fields = kept.numbers;
    kept.change.cells = kept.cells;
    changes.push_back(kept.change);
  }
  session_->apply(changes);
  std::vector<Version> versions;
  for (const Change& change : changes) versions.push_back(change.version);
  return versions;
}

Row insert(Session& session, EntityNo entity, Fields fields) {
  Batch batch(session);
  const Id id = batch.insert(entity, std::move(fields));
  batch.apply();
  return row(session, entity, id);
}

Version update(Session& session, EntityNo entity, Id id, Version version, Fields fields) {
  Batch batch(session);
  batch.update(entity, id, version, std::move(fields));
  return batch.apply().front();
}

Version erase(Session& session, EntityNo entity, Id id, Version version) {
  Batch batch(session);
  batch.erase(entity, id, version);
  return batch.apply().front();
}

void refresh(Session& session, EntityNo entity, Id id, Fields fields) {
  Batch batch(session);
  batch.refresh(entity, id, std::move(fields));
  batch.apply();
}

void write(Store& store, const std::function<void(Session&)>& work) {
  const auto session = store.write(monday());
  work(*session);
  session->commit();
}

std::unique_ptr<Store> shop_with(const StoreUnderTest& under_test, const std::function<void(Session&)>& work) {
  auto store = under_test.make(shop());
  write(*store, work);
  return store;
}

Row row(Session& session, EntityNo entity, Id id) {
  const auto found = session.find(entity, id);
  REQUIRE(found);
  return *found;
}

std::vector<std::vector<Value>> rows(Session& session, const Query& query) {
  const auto cursor = session.select(query);
  std::vector<std::vector<Value>> all;
  while (const Cell* cells = cursor->next()) {
    auto& values = all.emplace_back();
    for (std::size_t i = 0; i < query.columns.size(); ++i) values.push_back(to_value(cells[i]));
  }
  return all;
}

std::vector<Id> ids(Session& session, Query query) {
  query.columns = {kId};
  std::vector<Id> all;
  for (const auto& values : rows(session, query)) all.push_back(std::get<std::int64_t>(values[0]));
  return all;
}

std::vector<Id> matching(Session& session, EntityNo entity, Filter filter) {
  Query query;
  query.entity = entity;
  query.filter = std::move(filter);
  return ids(session, query);
}

Failure failure_of(const std::function<void()>& call) {
  try {
    call();
  } catch (const Error& error) {
    std::set<std::string> rules;
    for (const Violation& violation : error.violations()) rules.insert(violation.rule);
    return {error.code(), {rules.begin(), rules.end()}};
  }
  return {};
}

std::ostream& operator<<(std::ostream& out, const Failure& failure) {
  out << name(failure.code) << " ";
  print(out, failure.rules);
  return out;
}

}  // namespace crm::conformance
