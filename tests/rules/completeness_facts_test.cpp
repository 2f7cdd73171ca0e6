#include <doctest/doctest.h>

#include <vector>

#include "crm/rules/completeness.hpp"

namespace {

using crm::CardFacts;
using crm::Date;
using Subject = crm::Criterion::Subject;

Date day(int number) { return Date(std::chrono::days(20'000 + number)); }

crm::LegalEntity entity(crm::LegalEntity::Form form, const char* inn, const char* kpp = "") {
  crm::LegalEntity made;
  made.form = form;
  made.inn = inn;
  made.kpp = kpp;
  return made;
}

TEST_CASE("a legal entity counts while it is current, with its ИНН and КПП if they are valid") {
  using Form = crm::LegalEntity::Form;
  const auto company = entity(Form::organisation, "7707083893", "773601001");
  const auto unchecked = entity(Form::organisation, "7707083894", "7736");
  const auto person = entity(Form::entrepreneur, "500100732259");
  const auto foreign = entity(Form::foreign, "");
  auto past = company;
  past.to = day(0);
  auto future = company;
  future.from = day(1);
  const auto later = entity(static_cast<Form>(77), "7707083893");  // a form that a later release may know
  struct Row {
    std::vector<crm::LegalEntity> entities;
    int all, with_inn, with_kpp;
    bool inn_applies, kpp_applies;
  };
  const Row rows[] = {
      {{}, 0, 0, 0, true, true},
      {{company}, 1, 1, 1, true, true},
      {{unchecked}, 1, 0, 0, true, true},
      {{person}, 1, 1, 0, true, false},
      {{foreign}, 1, 0, 0, false, false},
      {{person, foreign}, 2, 1, 0, true, false},
      {{company, person, foreign}, 3, 2, 1, true, true},
      {{past, future}, 0, 0, 0, true, true},
      {{past, person}, 1, 1, 0, true, false},
      {{later}, 1, 0, 0, true, false},
  };
  for (const Row& row : rows) {
    CardFacts facts;
    crm::count_legal_entities(facts, row.entities, day(0));
    CAPTURE(&row - rows);
    CHECK(facts.count(Subject::legal_entity) == row.all);
    CHECK(facts.count(Subject::legal_entity_with_inn) == row.with_inn);
    CHECK(facts.count(Subject::legal_entity_with_kpp) == row.with_kpp);
    CHECK(facts.inn_applies == row.inn_applies);
    CHECK(facts.kpp_applies == row.kpp_applies);
  }
}

TEST_CASE("a score holds until the next day on which an interval used starts or ends") {
  const std::vector<crm::DateRange> used = {{day(-3), day(5)}, {day(0), {}}, {{}, day(4)}, {day(9), day(11)}};

  CHECK(crm::valid_until(used, day(-4)) == day(-3));
  CHECK(crm::valid_until(used, day(0)) == day(4));  // what starts today is counted today
  CHECK(crm::valid_until(used, day(4)) == day(5));
  CHECK(crm::valid_until(used, day(5)) == day(9));
  CHECK_FALSE(crm::valid_until(used, day(11)));
  CHECK_FALSE(crm::valid_until({}, day(0)));
}

}  // namespace
