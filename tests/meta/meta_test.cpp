#include "crm/meta/meta.hpp"

#include <doctest/doctest.h>

#include <set>
#include <string>

#include "crm/meta/record.hpp"
#include "crm/model/entities.hpp"

using namespace crm;

TEST_CASE("entities stand in the order of their permanent numbers") {
  EntityNo expected = 1;
  for (const EntityInfo* info : entities()) CHECK(info->no == expected++);
}

TEST_CASE("permanent numbers have not changed since the first release") {
  // A number here may never be edited: files, logs and compiled hosts hold it.
  CHECK(Company::kEntity == 6);
  CHECK(Event::kEntity == 20);
  CHECK(Criterion::kEntity == 37);
  CHECK(WorkingHours::kEntity == 38);
  CHECK(CalendarDay::kEntity == 39);
  CHECK(int{Company::kName} == 3);
  CHECK(int{Company::kSearchKey} == 15);
  CHECK(int{Event::kState} == 9);
  CHECK(int{Event::kProduct} == 27);
  CHECK(int{User::kSupervisor} == 7);
}

TEST_CASE("every entity and field has a name and captions in both languages") {
  std::set<std::string> names;
  for (const EntityInfo* info : entities()) {
    CHECK(names.insert(info->name).second);
    CHECK(std::string(info->ru) != "");
    CHECK(std::string(info->en) != "");
    std::set<std::string> fields;
    for (const FieldInfo& field : info->fields) {
      INFO(info->name << "." << field.name);
      CHECK(fields.insert(field.name).second);
      CHECK(std::string(field.ru) != "");
      CHECK(std::string(field.en) != "");
      CHECK((field.kind == Kind::enumeration) == (field.values != nullptr));
      CHECK((field.kind == Kind::reference) == (field.refers != 0));
      CHECK((field.kind != Kind::reference || std::string(field.name).ends_with("_id")));
    }
  }
}

TEST_CASE("captions of the trade are those of the customer's page") {
  CHECK(std::string(entity_info(Event::kEntity).at(Event::kExecutor).ru) == "Исполнитель");
  CHECK(std::string(entity_info(Event::kEntity).at(Event::kSetter).ru) == "Постановщик");
  const EnumInfo& states = *entity_info(Event::kEntity).at(Event::kState).values;
  CHECK(std::string(states.find("held")->ru) == "состоялось");
  CHECK(std::string(states.find("postponed")->ru) == "отложено");
}

TEST_CASE("a new record has the defaults of its struct") {
  const Record card(Company::kEntity);

  CHECK(card.get(Company::kStatus).as_integer() == static_cast<Id>(Company::Status::draft));
  CHECK(card.get(Company::kName).is_null());
}

TEST_CASE("an entity becomes a row and the row becomes the same entity") {
  Event event;
  event.id = {7};
  event.version = 3;
  event.type = {2};
  event.company = {9};
  event.priority = Event::Priority::very_high;
  event.start = instant_of(1'700'000'000'000'000);
  event.amount = Money{12345, Currency("EUR")};
  event.purpose = "Обсудить условия поставки";

  const Row row = to_row(event);
  const auto again = from_row<Event>(row);

  CHECK(to_row(again) == row);
  CHECK(again.amount == event.amount);
  CHECK(again.start == event.start);
  CHECK(again.priority == event.priority);
  CHECK(row.values[static_cast<std::size_t>(entity_info(Event::kEntity).position(Event::kCurrency))] ==
        Value(std::string("EUR")));
}

TEST_CASE("an empty text and no reference are stored as null") {
  Company card;
  card.name = "Вектор";

  const Row row = to_row(card);

  CHECK(row.values[0] == Value(std::string("Вектор")));
  CHECK(row.values[1] == Value());
}

TEST_CASE("a value of a wrong kind is refused with its field") {
  Record card(Company::kEntity);
  try {
    card.set(Company::kName, Cell::of(std::int64_t{5}));
    FAIL("must throw");
  } catch (const Error& error) {
    CHECK(error.code() == Code::invalid_argument);
    CHECK(error.refused_by("field.type"));
    CHECK(error.violations()[0].field == Company::kName);
    CHECK(error.violations()[0].value == "5");
  }
}

TEST_CASE("wrong values are told by rule") {
  struct Case {
    EntityNo entity;
    FieldNo field;
    Cell value;
    const char* rule;
  };
  const std::string nul("a\0b", 3);
  const Case cases[] = {
      {Company::kEntity, Company::kName, Cell::of(std::string_view("\xd0")), "field.utf8"},
      {Company::kEntity, Company::kName, Cell::of(std::string_view(nul)), "field.nul"},
      {Company::kEntity, Company::kStatus, Cell::of(std::int64_t{17}), "field.enum"},
      {Company::kEntity, 99, Cell::of(std::int64_t{17}), "field.unknown"},
      {Company::kEntity, kId, Cell::of(std::int64_t{17}), "field.read_only"},
      {Event::kEntity, Event::kAllDay, Cell::of(std::int64_t{2}), "field.range"},
      {Event::kEntity, Event::kCompany, Cell::of(std::int64_t{-1}), "field.range"},
      {Event::kEntity, Event::kCurrency, Cell::of(std::string_view("rub")), "money.currency_form"},
      {EventType::kEntity, EventType::kDefaultMinutes, Cell::of(std::int64_t{1} << 40), "field.range"},
      {Document::kEntity, Document::kOwnerKind, Cell::of(std::int64_t{1000}), "entity.unknown"},
  };
  for (const Case& c : cases) {
    INFO(c.rule);
    Record record(c.entity);
    try {
      record.set(c.field, c.value);
      FAIL("must throw");
    } catch (const Error& error) {
      CHECK(error.refused_by(c.rule));
    }
  }
}
