// Jobs 3 (card), 4 (an executor's month), 5 (extended filter; 5u: as a limited user), 8c (overdue), 9t (contacts) through the C++ API.
#include <cstdio>
#include <cstdlib>

#include "crm/base/text.hpp"
#include "crm/services/filters.hpp"
#include "jobs.hpp"

namespace bench {
namespace {

using namespace crm;

/// Looks at every cell of a row, as a list does that draws it.
void draw(const Cell* cells, std::size_t from, std::size_t to) {
  for (std::size_t i = from; i < to; ++i)
    drawn += cells[i].kind == Storage::text ? (cells[i].size ? static_cast<std::size_t>(cells[i].text[0]) + 1 : 1)
                                            : static_cast<std::size_t>(cells[i].as_integer());
}

Query asks(EntityNo entity, std::vector<Path> columns, Filter filter) {
  Query query;
  query.entity = entity;
  query.columns = std::move(columns);
  query.filter = std::move(filter);
  return query;
}

/// Everything on a company with its last 20 events.
void card(const Race& race, Crm& base) {
  const auto companies = numbers(race.file("p_card"));
  const auto of = [](FieldNo field) { return where::eq(field, Id{0}); };
  Query company = asks(Company::kEntity, {Company::kName, Company::kCreatedAt}, of(kId));
  Query addresses = asks(Address::kEntity, {Address::kStreet}, of(Address::kCompany));
  Query spheres = asks(CompanySphere::kEntity, {{CompanySphere::kSphere, Sphere::kName}}, of(CompanySphere::kCompany));
  Query people = asks(Employee::kEntity,
                      {Employee::kLastName, Employee::kPosition, Employee::kPhone, Employee::kEmail},
                      of(Employee::kCompany));
  Query values = asks(NumberValue::kEntity, {{NumberValue::kCharacteristic, Characteristic::kNameRu}, NumberValue::kValue},
                      where::all({where::eq(NumberValue::kOwnerKind, Id{Company::kEntity}), of(NumberValue::kOwner)}));
  Query value_texts = asks(DictionaryValue::kEntity, {DictionaryValue::kText}, where::in(kId, {}));
  Query legal = asks(LegalEntity::kEntity, {kId, LegalEntity::kName, LegalEntity::kInn, LegalEntity::kKpp},
                     of(LegalEntity::kCompany));
  Query managers = asks(Assignment::kEntity, {Assignment::kUser, {Assignment::kUser, User::kLastName}},
                        of(Assignment::kCompany));
  Query events = asks(Event::kEntity,
                      {kId, Event::kStart, Event::kEnd, Event::kType, Event::kState, Event::kPriority, Event::kPurpose,
                       Event::kResult, {Event::kExecutor, User::kLastName}, {Event::kProduct, Product::kName}},
                      where::all({of(Event::kCompany)}));
  events.order = {{Event::kStart, true}};
  events.limit = 20;
  timed(race, "3", [&](std::int64_t& operations) {
    std::int64_t checksum = 0;
    const auto rows = [&](Query& query, Filter& key, Id id, auto&& each) {
      key.values[0] = id;
      Rows cursor = base.select(query);
      while (const Cell* cells = cursor.next()) {
        draw(cells, 0, query.columns.size());
        each(cells);
      }
    };
    for (const auto& line : companies) {
      ++operations;
      const Id id = line[0];
      const auto snapshot = base.snapshot();  // one card is of one moment
      const auto counted = [&](const Cell*) { ++checksum; };
      rows(company, *company.filter, id, [](const Cell*) {});
      rows(addresses, *addresses.filter, id, [](const Cell*) {});
      rows(spheres, *spheres.filter, id, counted);
      rows(people, *people.filter, id, counted);
      auto& wanted = value_texts.filter->values;
      wanted.clear();
      rows(values, values.filter->parts[1], id, [&](const Cell* cells) {
        ++checksum;
        wanted.emplace_back(cells[1].integer);
      });
      Rows texts = base.select(value_texts);
      while (const Cell* cells = texts.next()) draw(cells, 0, 1);
      // The opponent keeps the company's own ИНН in the company's row, so that one is not counted.
      rows(legal, *legal.filter, id, [&](const Cell* cells) { checksum += cells[0].integer > race.companies; });
      rows(managers, *managers.filter, id, counted);
      rows(events, events.filter->parts[0], id, [&](const Cell* cells) { checksum += cells[0].integer; });
    }
    return checksum;
  });
}

void month(const Race& race, Crm& base) {
  const auto months = numbers(race.file("p_cal"));
  Query query = asks(Event::kEntity,
                     {kId, Event::kStart, Event::kEnd, Event::kType, Event::kState, Event::kPriority, Event::kPurpose,
                      {Event::kCompany, Company::kName}},
                     where::all({where::eq(Event::kExecutor, Id{0}), where::ge(Event::kStart, Id{0}),
                                 where::lt(Event::kStart, Id{0})}));
  query.order = {{Event::kStart}};
  timed(race, "4", [&](std::int64_t& operations) {
    std::int64_t checksum = 0;
    for (const auto& line : months) {
      ++operations;
      query.filter->parts[0].values[0] = line[0];
      query.filter->parts[1].values[0] = to_number(at(line[1]));
      query.filter->parts[2].values[0] = to_number(at(line[2]));
      Rows rows = base.select(query);
      while (const Cell* cells = rows.next()) {
        checksum += cells[0].integer;
        draw(cells, 1, 8);
      }
    }
    return checksum;
  });
}

void extended_filter(const Race& race, Crm& base, const std::string& job) {
  const auto filters = numbers(race.file("p_filter"));
  timed(race, job, [&](std::int64_t& operations) {
    std::int64_t checksum = 0;
    for (const auto& line : filters) {
      ++operations;
      Query query = asks(
          Event::kEntity,
          {kId, Event::kStart, {Event::kCompany, Company::kName}, {Event::kExecutor, User::kLastName}, Event::kType,
           Event::kState, Event::kPurpose},
          where::all({where::eq(Event::kType, line[0]),
                      where::effective_state({EffectiveState::held}, Instant{}),  // held: 2 in the generator
                      where::ge(Event::kStart, to_number(at(line[2]))), where::lt(Event::kStart, to_number(at(line[3]))),
                      where::in_spheres(Event::kCompany, {{line[4]}}),
                      where::number_characteristic(Event::kCompany, Company::kEntity, {line[5]}, Filter::Op::eq,
                                                   {line[6]})}));
      query.order = {{Event::kStart, true}, {kId, true}};
      query.limit = 50;
      query.offset = line[7] * 50;
      Rows rows = base.select(query);
      while (const Cell* cells = rows.next()) {
        checksum += cells[0].integer;
        draw(cells, 1, 7);
      }
    }
    return checksum;
  });
}

void overdue(const Race& race, Crm& base) {
  const Instant now = at(numbers(race.file("p_now"))[0][0]);
  Query query = asks(Event::kEntity, {kId, Event::kExecutor, Event::kCompany, Event::kEnd},
                     where::effective_state({EffectiveState::overdue}, now));
  query.order = {{Event::kDueAt}};  // the oldest first, as the list is shown
  timed(race, "8c", [&](std::int64_t& operations) {
    std::int64_t checksum = 0;
    operations = 1;
    Rows rows = base.select(query);
    while (const Cell* cells = rows.next()) {
      checksum += cells[0].integer;
      draw(cells, 1, 4);
    }
    return checksum;
  });
}

void contacts(const Race& race, Crm& base) {
  const auto patterns = texts(race.file("p_search"));
  Query query = asks(Employee::kEntity,
                     {kId, Employee::kCompany, Employee::kLastName, Employee::kPhone, Employee::kEmail},
                     where::contains(Employee::kSearchKey, ""));
  query.limit = 50;
  timed(race, "9t", [&](std::int64_t& operations) {
    std::int64_t checksum = 0;
    for (const auto& line : patterns) {
      ++operations;
      query.filter->values[0] = fold(line[0]);
      Rows rows = base.select(query);
      while (const Cell* cells = rows.next()) {
        checksum += cells[0].integer;
        draw(cells, 1, 5);
      }
    }
    return checksum;
  });
}

}  // namespace

void read(const Race& race, const std::string& job) {
  Crm base = race.open(Durability::full);
  if (job == "3") return card(race, base);
  if (job == "4") return month(race, base);
  if (job == "5") return extended_filter(race, base, job);
  if (job == "5u") {  // as one who sees what is his own
    base.act_as(UserId{numbers(race.file("p_cal"))[0][0]});
    return extended_filter(race, base, job);
  }
  if (job == "5r") {  // in a handle whose reports keep columns
    PivotQuery report;
    report.from = date_of(19723);
    report.to = date_of(19724);
    for (int i = 0; i < 2; ++i) base.pivot(report);
    return extended_filter(race, base, job);
  }
  if (job == "8c") return overdue(race, base);
  if (job == "9t") return contacts(race, base);
  std::fprintf(stderr, "no such job: %s\n", job.c_str());
  std::exit(2);
}

}  // namespace bench
