// Which index a question is answered by follows from the question, whatever figures of the rows the base has.
#include <doctest/doctest.h>
#include <sqlite3.h>

#include <string>
#include <vector>

#include "stores/sqlite/schema.hpp"
#include "stores/sqlite/sql.hpp"

using namespace crm;

namespace {

enum : EntityNo { kCompany = 1, kNumber, kText, kPerson, kNote };
enum : FieldNo { kName = 3, kStatus, kCreated, kTax };
enum : FieldNo { kOwnerKind = 3, kOwner, kWhich, kOrdinal, kValue };
enum : FieldNo { kEmployer = 3, kLogin, kAbout };

EntityDef values(EntityNo no, const char* name, Storage kind) {
  EntityDef def;
  def.no = no;
  def.name = name;
  def.fields = {{kOwnerKind, "owner_kind", Storage::integer, true}, {kOwner, "owner", Storage::integer, true}, {kWhich, "which", Storage::integer, true},
                {kOrdinal, "ordinal", Storage::integer, true}, {kValue, "value", kind, true}};
  def.indexes = {{{kOwnerKind, kOwner, kWhich, kOrdinal}}, {{kWhich, kValue, kOwner}}};
  return def;
}

Schema house() {
  EntityDef company;
  company.no = kCompany;
  company.name = "company";
  company.fields = {{kName, "name", Storage::text, true},
                    {kStatus, "status", Storage::integer, true, 0, false, Meaning::code},
                    {kCreated, "created", Storage::integer, true},
                    {kTax, "tax", Storage::text}};
  company.indexes = {{{kStatus, kCreated}}, {{kTax}}};
  EntityDef person;
  person.no = kPerson;
  person.name = "person";
  person.fields = {{kEmployer, "employer", Storage::integer, false, kCompany}, {kLogin, "login", Storage::text}};
  person.indexes = {{{kEmployer}}, {{kLogin}, false, true}};
  EntityDef note;  // no index leads to those of a person
  note.no = kNote;
  note.name = "note";
  note.fields = {{kAbout, "about", Storage::integer, false, kPerson}};
  Schema schema;
  schema.entities = {company, values(kNumber, "number", Storage::integer), values(kText, "text", Storage::text), person, note};
  return schema;
}

/// Figures as they may stand in a base: none; of few rows, all alike; of many, few of which have the same value; of many, most alike.
const std::vector<std::string> kFigures = {"", "300 300 300 300 300", "1000000 200 20 2 1", "1000000 900000 900000 900000 900000"};

/// The plan with each of these figures for every index.
std::vector<std::string> plans(const std::string& sql) {
  std::vector<std::string> found;
  for (const std::string& figures : kFigures) {
    const Schema schema = house();
    sqlite::Connection connection(":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, 0);
    sqlite::create_tables(connection, schema);
    sqlite::create_indexes(connection, schema);
    connection.execute("ANALYZE");
    connection.execute("DELETE FROM sqlite_stat1");
    if (!figures.empty())
      connection.execute("INSERT INTO sqlite_stat1 SELECT tbl_name, name, '" + figures + "' FROM sqlite_schema WHERE type = 'index'");
    connection.execute("ANALYZE sqlite_schema");
    sqlite::Statement explain = connection.prepare("EXPLAIN QUERY PLAN " + sql);
    std::string text;
    while (explain.step()) text += std::string(explain.text(3)) + "\n";
    found.push_back(text);
  }
  return found;
}

/// The plan, which is to be the same with all figures.
std::string plan(const Query& query) {
  const auto found = plans(sqlite::select_sql(house(), query));
  for (const std::string& one : found) CHECK(one == found[0]);
  return found[0];
}

std::string plan(EntityNo entity, Filter filter, std::vector<Order> order = {}, std::int64_t limit = 0) {
  Query query;
  query.entity = entity;
  query.columns = {kId};
  query.filter = std::move(filter);
  query.order = std::move(order);
  query.limit = limit;
  return plan(query);
}

Filter characteristic(EntityNo of, Filter value) {
  return where::exists(of, kOwner, kId, {where::eq(kOwnerKind, Id{kCompany}), where::eq(kWhich, Id{7}), std::move(value)});
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("whatever is asked of a characteristic, its rows are found by their owner") {
  const std::vector<Filter> conditions = {where::eq(kValue, Id{5}), where::ne(kValue, Id{5}), where::lt(kValue, Id{5}), where::ge(kValue, Id{5}),
                                          where::in(kValue, {Id{5}, Id{6}}), where::not_null(kValue),
                                          where::any({where::lt(kValue, Id{1}), where::gt(kValue, Id{9})}),
                                          where::all({where::ge(kValue, Id{1}), where::lt(kValue, Id{9})})};
  for (const Filter& condition : conditions)
    CHECK(has(plan(kCompany, characteristic(kNumber, condition)), "ix_number_0 (owner_kind=? AND owner=? AND which=?)"));
  for (const Filter& condition : {where::starts_with(kValue, "кабель"), where::ge(kValue, std::string("a")), where::contains(kValue, "б")})
    CHECK(has(plan(kCompany, where::none({characteristic(kText, condition)})), "ix_text_0 (owner_kind=? AND owner=? AND which=?)"));
}

TEST_CASE("rows that no index leads to are read once, not for each row of another table") {
  const std::string text = plan(kPerson, where::exists(kNote, kAbout, kId));

  CHECK(has(text, "LIST SUBQUERY"));
  CHECK_FALSE(has(text, "CORRELATED"));
  CHECK_FALSE(has(text, "AUTOMATIC"));
}

TEST_CASE("a condition behind a reference does not turn the tables round, unless an index leads there and back") {
  CHECK(plan(kPerson, where::eq({kEmployer, kCreated}, Id{5})).starts_with("SCAN t"));
  CHECK(plan(kPerson, where::starts_with({kEmployer, kTax}, "77")).starts_with("SCAN t"));

  const std::string back = plan(kPerson, where::eq({kEmployer, kTax}, std::string("7701")));
  CHECK(has(back, "SEARCH f USING COVERING INDEX ix_company_1 (tax=?)"));
  CHECK(has(back, "SEARCH t USING COVERING INDEX ix_person_0 (employer=?)"));
}

TEST_CASE("given ids are looked up, whatever else is asked") {
  CHECK(has(plan(kCompany, where::all({where::in(kId, {Id{1}, Id{2}}), where::eq(kTax, std::string("77"))})), "INTEGER PRIMARY KEY (rowid=?)"));
}

TEST_CASE("a page of one status comes in the order of its index; one by id walks the rows") {
  CHECK(plan(kCompany, where::eq(kStatus, Id{1}), {{kCreated, true}}, 50) == "SEARCH t USING COVERING INDEX ix_company_0 (status=?)\n");
  CHECK(plan(kCompany, where::gt(kName, std::string("x")), {}, 50) == "SCAN t\n");
}

TEST_CASE("rows of a tax number are found by it rather than by a status that most have") {
  CHECK(has(plan(kCompany, where::all({where::eq(kStatus, Id{1}), where::eq(kTax, std::string("77"))})), "ix_company_1 (tax=?)"));
}

TEST_CASE("a list of no values leads to no index") {
  CHECK(plan(kCompany, where::all({where::in(kTax, {}), where::eq(kStatus, Id{1})})).find("ix_company_1") == std::string::npos);
}

TEST_CASE("many values are looked up one by one") {
  std::vector<Value> many;
  for (Id i = 0; i < 100; ++i) many.emplace_back(i);
  CHECK(has(plan(kPerson, where::in(kEmployer, many)), "ix_person_0 (employer=?)"));
}

TEST_CASE("where nothing can be found the index of the filled ones is good as well") {
  CHECK_FALSE(plan(kPerson, where::all({where::ge(kLogin, std::string("a")), where::any({})})).empty());
  CHECK_FALSE(plan(kPerson, where::all({where::eq(kLogin, std::string("a")), where::in(kEmployer, {})})).empty());
}
